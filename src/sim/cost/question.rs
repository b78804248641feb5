//! What `eastwest calc cost` is asked: a scenario, and what is to be different from it.

use super::flow::WHOLE;
use super::impact::Check;
use super::model::Model;
use super::prices::{Prices, dollars};
use super::standby::Standby;
use super::{Answer, MONTH_HOURS};
use crate::sim::decimal::decimal;
use crate::sim::near;
use crate::sim::scenario::{MeshKind, Scenario};
use crate::sim::time::SimSpan;

/// Every option and an example of its value, as after `eastwest calc cost --OPTION`.
pub const OPTIONS: [(&str, &str); 16] = [
    ("standby", "warm"),
    ("warm-pods", "50%"),
    ("scale-up", "25s"),
    ("rps", "360"),
    ("bytes", "50000"),
    ("gb-month", "100000"),
    ("remote-share", "0.5"),
    ("pods", "18"),
    ("pod-cpu", "500m"),
    ("overhead", "0.18"),
    ("incidents", "1"),
    ("incident-lasts", "10m"),
    ("check", "shallow"),
    ("outage-usd-hour", "1000"),
    ("slo", "99.95"),
    ("price", "transit_gateway.usd_per_gb=0"),
];

/// A percent, in the unit of shares.
pub(super) const PERCENT: u64 = WHOLE / 100;
/// The highest rate that is asked about, in requests a second; a break-even is looked for up to here.
pub const RATE_MAX: u64 = 10_000_000;
const BYTES_MAX: u64 = 1_000_000_000;
const PODS_MAX: u64 = 1_000_000;
const OUTAGE_USD_MAX: u64 = 100_000_000;
const MILLIONTH: u128 = 1_000_000;

/// What is to be worked out.
#[derive(Clone, Debug)]
pub struct Question {
    pub(super) scenario: Scenario,
    pub(super) prices: Prices,
    /// Thousandths of a request a second, over all regions.
    pub(super) rate_milli: u64,
    pub(super) volume: Volume,
    /// The share of bytes that crosses where nothing keeps it near, if it is not the flat pool's.
    pub(super) remote: Option<u64>,
    pub(super) pods: Option<u64>,
    /// Thousandths of a vCPU, of each pod.
    pub(super) pod_cpu: Option<u64>,
    /// The sidecars' cost as a share of the pods', if it is not worked out.
    pub(super) overhead: Option<u64>,
    /// Each month.
    pub(super) incidents: u64,
    pub(super) incident: SimSpan,
    pub(super) check: Check,
    /// Micro-dollars that an hour costs in which everything fails.
    pub(super) outage_hour: u64,
    /// The share of time in which all must go well.
    pub(super) slo: Option<u64>,
    pub(super) standby: Standby,
    /// What was set, in the order it was: an option, or a price by its key, and its value as written.
    pub(super) given: Vec<(String, String)>,
}

/// How much the calls of users' requests weigh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Volume {
    /// As in the scenario.
    Scenario,
    /// Bytes of all calls of one request.
    Request(u64),
    /// Gigabytes of all calls of a month at the rate asked for.
    Month(u64),
}

impl Question {
    /// The bills of a scenario as it is, with one incident of ten minutes a month that costs nothing.
    pub fn new(scenario: Scenario) -> Self {
        let rate_milli = scenario.users.iter().map(|users| users.rate_milli).sum();
        Self {
            prices: Prices::shipped(),
            rate_milli,
            volume: Volume::Scenario,
            remote: None,
            pods: None,
            pod_cpu: None,
            overhead: None,
            incidents: 1,
            incident: SimSpan::from_seconds(600),
            check: Check::default(),
            outage_hour: 0,
            slo: None,
            standby: Standby::of(&scenario),
            given: Vec::new(),
            scenario,
        }
    }

    /// Sets one of [`OPTIONS`]; `price` may be set again and again.
    pub fn set(&mut self, option: &str, value: &str) -> Result<(), String> {
        match option {
            "rps" => self.rate_milli = rate(value)?,
            "bytes" => self.volume = Volume::Request(whole(value, 0, BYTES_MAX)?),
            "gb-month" => self.volume = Volume::Month(whole(value, 0, BYTES_MAX)?),
            "remote-share" => self.remote = Some(share(value, 1)?),
            "pods" => self.pods = Some(whole(value, 1, PODS_MAX)?),
            "pod-cpu" => self.pod_cpu = Some(cpu(value)?),
            "overhead" => self.overhead = Some(share(value, 10)?),
            "incidents" => self.incidents = whole(value, 0, 10_000)?,
            "incident-lasts" => self.incident = span(value)?,
            "check" => {
                self.check = [Check::Shallow, Check::Deep][named(value, ["shallow", "deep"])?];
            }
            "outage-usd-hour" => self.outage_hour = outage(value)?,
            "slo" => self.slo = Some(slo(value)?),
            "standby" => self.standby.warm = named(value, ["hot", "warm"])? == 1,
            "warm-pods" => self.standby.kept = share(value, 1)?,
            "scale-up" => self.standby.scale_up = span(value)?,
            "price" => self.prices.set(value)?,
            other => {
                let names = OPTIONS.map(|(name, _)| name);
                let hint = near::hint(other, names);
                return Err(format!("there is no option '{other}'; there is {}{hint}", names.join(", ")));
            }
        }
        self.note(option, value);
        Ok(())
    }

    /// Works the three bills out, or says what does not go together.
    pub fn answer(self) -> Result<Answer, String> {
        let month = u128::from(MONTH_HOURS) * 3_600_000_000_000;
        let struck = u128::from(self.incidents) * u128::from(self.incident.nanos());
        if struck > month {
            return Err(format!(
                "{} incidents of {} are longer than a month of {MONTH_HOURS} hours; there can be {}",
                self.incidents,
                self.incident,
                month / u128::from(self.incident.nanos().max(1))
            ));
        }
        if matches!(self.volume, Volume::Month(gb) if gb > 0) && self.rate_milli == 0 {
            return Err("without requests there are no gigabytes; set a rate above 0, too".to_owned());
        }
        if self.scenario.mesh.kind == MeshKind::Linkerd {
            return Err("the formulae are those of Istio's proxies; set mesh.kind=istio".to_owned());
        }
        if self.standby.warm && self.scenario.regions.len() < 2 {
            return Err(format!("a standby needs a second region, and '{}' has one", self.scenario.name()));
        }
        Ok(Answer::to(Model::of(self)))
    }

    /// Millionths of a byte that the calls of one request weigh, `scenario` being its bytes in the scenario.
    pub(super) fn request_bytes(&self, scenario: u64) -> u128 {
        match self.volume {
            Volume::Scenario => u128::from(scenario) * MILLIONTH,
            Volume::Request(bytes) => u128::from(bytes) * MILLIONTH,
            Volume::Month(gb) => {
                let requests = u128::from(self.rate_milli) * 3600 * u128::from(MONTH_HOURS) / 1000;
                u128::from(gb) * 1_000_000_000 * MILLIONTH / requests.max(1)
            }
        }
    }
}

fn whole(value: &str, low: u64, high: u64) -> Result<u64, String> {
    decimal(value, 0)
        .filter(|number| (low..=high).contains(number))
        .ok_or_else(|| format!("'{value}' is not a whole number from {low} to {high}"))
}

fn rate(value: &str) -> Result<u64, String> {
    decimal(value, 3).filter(|&milli| milli <= RATE_MAX * 1000).ok_or_else(|| {
        format!("'{value}' is not a rate; write requests a second from 0 to {RATE_MAX}, such as 360")
    })
}

/// `0.18`, `18/100` or `18%`.
fn share(value: &str, most: u64) -> Result<u64, String> {
    let read = if let Some((part, of)) = value.split_once('/') {
        let (part, of) = (decimal(part, 0), decimal(of, 0));
        part.zip(of).and_then(|(part, of)| part.checked_mul(WHOLE)?.checked_div(of))
    } else if let Some(percent) = value.strip_suffix('%') {
        decimal(percent.trim_end(), 7)
    } else {
        decimal(value, 9)
    };
    read.filter(|&share| share <= most * WHOLE)
        .ok_or_else(|| format!("'{value}' is not a share from 0 to {most}; write it as 0.18, 18/100 or 18%"))
}

fn cpu(value: &str) -> Result<u64, String> {
    crate::sim::scenario::cpu_milli(value).map(u64::from)
}

fn span(value: &str) -> Result<SimSpan, String> {
    value.parse().map_err(|error: crate::sim::time::SpanError| error.to_string())
}

/// Which of two names it is.
fn named(value: &str, names: [&str; 2]) -> Result<usize, String> {
    names
        .iter()
        .position(|name| *name == value)
        .ok_or_else(|| format!("'{value}' is not one of {}{}", names.join(", "), near::hint(value, names)))
}

fn outage(value: &str) -> Result<u64, String> {
    dollars(value, OUTAGE_USD_MAX)
}

/// A percentage of time, below 100: nothing is up always.
fn slo(value: &str) -> Result<u64, String> {
    let number = value.strip_suffix('%').unwrap_or(value).trim_end();
    decimal(number, 7).filter(|&share| share > 0 && share < 100 * PERCENT).ok_or_else(|| {
        format!("'{value}' is not an SLO; write the percentage of time in which all goes well, such as 99.95")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question() -> Question {
        Question::new(Scenario::shipped("two-regions").unwrap())
    }

    #[test]
    fn every_option_takes_its_example() {
        for (option, example) in OPTIONS {
            assert_eq!(question().set(option, example), Ok(()), "{option}");
        }
    }

    #[test]
    fn a_share_is_written_in_three_ways() {
        for text in ["0.18", "18/100", "18%", "18 %"] {
            assert_eq!(share(text, 1), Ok(180_000_000), "{text}");
        }
        for bad in ["", "1.1", "-0.1", "2/1", "1/0", "101%", "x"] {
            assert!(share(bad, 1).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_out_of_range_is_refused_in_one_sentence() {
        let cases = [
            ("rps", "10000001"),
            ("pods", "0"),
            ("pod-cpu", "0"),
            ("slo", "100"),
            ("slo", "0"),
            ("incidents", "-1"),
            ("check", "depe"),
            ("standby", "cold"),
            ("warm-pods", "101%"),
            ("scale-up", "soon"),
            ("outage-usd-hour", "1e3"),
            ("price", "nothing=1"),
            ("rsp", "1"),
        ];
        for (option, value) in cases {
            let error = question().set(option, value).unwrap_err();
            assert!(!error.contains('\n'), "{option}: {error}");
        }
        assert!(question().set("rsp", "1").unwrap_err().ends_with("did you mean 'rps'?"));
        let mut month = question();
        month.set("incidents", "10000").unwrap();
        assert!(month.answer().unwrap_err().contains("there can be 4380"));
    }
}

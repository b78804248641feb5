//! Three bills side by side, and when a mesh pays.

use super::bill::{Bill, cpu_milli};
use super::flow::{Flow, WHOLE, deepest};
use super::impact::{Impact, Incident, impact};
use super::question::Question;
use super::{MONTH_HOURS, verdict};
use crate::sim::scenario::{Locality, Pattern, Scenario};

/// Nanoseconds of a month.
const MONTH: u128 = MONTH_HOURS as u128 * 3_600_000_000_000;
/// A rate at which no more is asked for, in requests a second.
const RPS_MAX: u64 = 1_000_000_000;

/// The answer to a [`Question`].
#[derive(Clone, Debug)]
pub struct Answer {
    pub(super) question: Question,
    /// In the lesson's order: dual, federation, mesh.
    pub bills: [Outcome; 3],
    /// Requests a second from which a mesh costs no more than a federation, pods and all else held; `None`: never.
    pub break_even_rps: Option<u64>,
    /// Whole dollars that an hour of outage must cost for a mesh to cost no more than two lone clusters; `None`: it
    /// never does.
    pub break_even_outage: Option<u64>,
    /// The cheapest that meets the SLO, or of all where none is asked for.
    pub cheapest: Option<Pattern>,
}

/// What one pattern comes to.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub pattern: Pattern,
    /// Micro-dollars an hour.
    pub bill: Bill,
    /// Micro-dollars an hour, of incidents.
    pub outages: u64,
    /// Bytes an hour between regions, and between zones.
    pub bytes: (u64, u64),
    pub impact: Impact,
    /// Nanoseconds a month in which everything would have failed.
    pub lost: u128,
    pub meets: bool,
}

impl Outcome {
    /// Micro-dollars an hour, outages included.
    pub fn total(&self) -> u64 {
        self.bill.total().saturating_add(self.outages)
    }

    /// Percent of the month's requests that go well.
    pub fn availability_percent(&self) -> f64 {
        100.0 - 100.0 * self.lost as f64 / MONTH as f64
    }

    /// Each part's name and its micro-dollars an hour.
    pub fn parts(&self) -> [(&'static str, u64); 8] {
        let bill = &self.bill;
        [
            ("pods", bill.pods),
            ("mesh", bill.mesh),
            ("control_plane", bill.control_plane),
            ("attachments", bill.attachments),
            ("dns", bill.dns),
            ("transfer", bill.transfer),
            ("zones", bill.zones),
            ("outages", self.outages),
        ]
    }
}

impl Question {
    /// What a pattern comes to at this rate.
    fn outcome(&self, pattern: Pattern, rate_milli: u64) -> Outcome {
        let flow = Flow::of(&self.scenario, pattern);
        let (bill, bytes) = self.bill(pattern, &flow, rate_milli);
        let incident = Incident { lasts: self.incident, check: self.check, rate_milli };
        let impact = impact(&self.scenario, pattern, incident);
        let lost = u128::from(impact.lost.nanos()) * u128::from(self.incidents);
        let meets = self.slo.is_none_or(|slo| lost * u128::from(WHOLE) <= u128::from(WHOLE - slo) * MONTH);
        let outages = (u128::from(self.outage_hour) * lost / MONTH) as u64;
        Outcome { pattern, bill, outages, bytes, impact, lost, meets }
    }

    /// The bill by formula: rates times prices.
    fn bill(&self, pattern: Pattern, flow: &Flow, rate_milli: u64) -> (Bill, (u64, u64)) {
        let (prices, scenario) = (&self.prices, &self.scenario);
        let of = |whole: u128, share: u64| whole * u128::from(share) / u128::from(WHOLE);
        let bytes = u128::from(rate_milli) * 3600 * self.request_bytes(flow.bytes) / 1_000_000_000;
        let flat = pattern == Pattern::Federation
            || pattern == Pattern::Mesh && scenario.mesh.locality_in_force() == Locality::Off;
        let remote = of(bytes, self.remote.filter(|_| flat).unwrap_or(flow.remote));
        let zones = of(bytes - remote, flow.zones);
        let (remote, zones) = (clamped(remote), clamped(zones));
        let mut bill = Bill::standing(scenario, pattern, prices);
        let (pods, cpu) = self.pods();
        bill.pods = prices.pods_micro(cpu);
        if pattern == Pattern::Mesh {
            let through = of(u128::from(rate_milli), flow.proxies) / u128::from(pods.max(1));
            bill.mesh = match self.overhead {
                Some(share) => clamped(of(u128::from(bill.pods), share)),
                None => prices.proxy_micro(prices.sidecar, clamped(through)).saturating_mul(pods),
            };
        }
        // Users find every pattern's front door by the same records: one for each region, checked every 10 s.
        bill.dns = prices.dns_micro(scenario.regions.len() as u64, true);
        bill.transfer = prices.transfer_micro(remote);
        bill.zones = prices.zones_micro(zones);
        (bill, (remote, zones))
    }

    /// How many pods there are, and the thousandths of a vCPU that they have together.
    pub(super) fn pods(&self) -> (u64, u64) {
        let own = self.scenario.services.iter().flat_map(|service| &service.pods);
        let own: u64 = own.map(|&pods| u64::from(pods)).sum();
        let pods = self.pods.unwrap_or(own);
        let cpu = match self.pod_cpu {
            Some(each) => pods * each,
            None => cpu_milli(&self.scenario) * pods / own.max(1),
        };
        (pods, cpu)
    }

    /// The lowest rate at which a mesh costs no more than a federation.
    ///
    /// The difference is a straight line in the rate up to where sidecars use more than they reserve, and another one from
    /// there: on each it changes its sign once at most.
    fn break_even_rps(&self) -> Option<u64> {
        let pays = |rps: u64| {
            let total = |pattern| self.outcome(pattern, rps * 1000).total();
            total(Pattern::Mesh) <= total(Pattern::Federation)
        };
        let flow = Flow::of(&self.scenario, Pattern::Mesh);
        let sidecar = &self.prices.sidecar;
        let fits =
            u128::from(sidecar.millicores) * 1000 / u128::from(self.prices.proxy_microcores_per_rps.max(1));
        let passes = u128::from(flow.proxies.max(1));
        let kink = fits * u128::from(self.pods().0) * u128::from(WHOLE) / passes;
        let kink = clamped(kink).clamp(1, RPS_MAX);
        let (low, high) = match (pays(1), pays(kink), pays(RPS_MAX)) {
            (true, _, _) => return Some(1),
            (_, true, _) => (1, kink),
            (_, _, true) => (kink, RPS_MAX),
            _ => return None,
        };
        let (mut low, mut high) = (low, high);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if pays(middle) { high = middle } else { low = middle }
        }
        Some(high)
    }
}

impl Answer {
    pub(super) fn to(question: Question) -> Self {
        let bills = Pattern::ALL.map(|pattern| question.outcome(pattern, question.rate_milli));
        let meeting = bills.iter().filter(|outcome| outcome.meets);
        let cheapest = meeting.min_by_key(|outcome| outcome.total()).map(|outcome| outcome.pattern);
        let [dual, _, mesh] = &bills;
        let break_even_outage = break_even_outage(dual, mesh);
        Self { break_even_rps: question.break_even_rps(), break_even_outage, cheapest, bills, question }
    }

    /// The incident that outages are counted from, in words.
    pub fn incident(&self) -> String {
        let Question { incidents, incident, .. } = self.question;
        format!(
            "all pods of {} in one region answer errors for {incident}, {incidents} a month, and the front door looks well",
            deepest_name(&self.question.scenario)
        )
    }

    /// What it all comes to, in one line.
    pub fn verdict(&self) -> String {
        verdict::verdict(self)
    }
}

/// The service that an incident strikes.
fn deepest_name(scenario: &Scenario) -> &str {
    scenario.services().nth(deepest(scenario)).unwrap_or("a service")
}

/// The price of an hour of outage at which a mesh and two lone clusters cost the same.
fn break_even_outage(dual: &Outcome, mesh: &Outcome) -> Option<u64> {
    let more = mesh.bill.total().saturating_sub(dual.bill.total());
    if more == 0 {
        return Some(0);
    }
    let saved = dual.lost.checked_sub(mesh.lost).filter(|&saved| saved > 0)?;
    Some(clamped((u128::from(more) * MONTH).div_ceil(saved * 1_000_000)))
}

fn clamped(number: u128) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

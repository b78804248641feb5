//! The sentences themselves.

use std::fmt::Write as _;

use super::control::part_text;
use crate::sim::engine::Engine;
use crate::sim::intervention::{Effect, Intervention, Part, Target};
use crate::sim::policy::priority::Score;
use crate::sim::policy::retry::Outcome;
use crate::sim::proxy::{Caller, OVERPROVISION, Proxy};
use crate::sim::scenario::Locality;
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::{Cause, Host, NONE, PodId, Try, Within, gateway_region};

impl Engine {
    /// `payment-3`, or `us-west-2's payment-3` for somebody in another region.
    pub(super) fn pod_name(&self, pod: PodId, seen_from: u8) -> String {
        if let Some(region) = gateway_region(pod) {
            return format!("{}'s gateway", self.region_name(region));
        }
        let found = &self.world.pods[usize::from(pod)];
        let name = format!("{}-{}", self.service_name(found.service), found.number);
        if found.region == seen_from { name } else { format!("{}'s {name}", self.region_name(found.region)) }
    }

    /// `us-east-1/payment-3`.
    pub(in crate::sim::engine) fn pod_path(&self, pod: PodId) -> String {
        if let Some(region) = gateway_region(pod) {
            return format!("{}/gateway", self.region_name(region));
        }
        let found = &self.world.pods[usize::from(pod)];
        format!("{}/{}-{}", self.region_name(found.region), self.service_name(found.service), found.number)
    }

    /// The same for an endpoint of a proxy, seen from its region.
    pub(super) fn host_name(&self, proxy: u16, host: Host) -> String {
        let found = &self.world.proxies[usize::from(proxy)];
        self.pod_name(found.pod(host), found.site.region)
    }

    /// An endpoint of a proxy as a target.
    pub(super) fn host_path(&self, proxy: u16, host: Host) -> String {
        self.pod_path(self.world.proxies[usize::from(proxy)].pod(host))
    }

    pub(in crate::sim::engine) fn service_name(&self, service: u16) -> String {
        self.fixed.scenario.services[usize::from(service)].name.clone()
    }

    pub(in crate::sim::engine) fn region_name(&self, region: u8) -> String {
        self.fixed.scenario.regions[usize::from(region)].name.clone()
    }

    /// `us-east-1's checkout proxies`.
    pub(super) fn callers_name(&self, proxy: &Proxy) -> String {
        let region = self.region_name(proxy.site.region);
        match proxy.caller {
            Caller::Client => format!("{region}'s client"),
            Caller::Pod(pod) => {
                let service = self.service_name(self.world.pods[usize::from(pod)].service);
                format!("{region}'s {service} proxies")
            }
        }
    }

    pub(super) fn failure_text(&self, pod: &str, cause: Cause) -> String {
        let rules = &self.fixed.rules;
        match cause.outcome {
            Outcome::Status(code) => match cause.within {
                Within::Itself => format!("{pod} answers {code}"),
                Within::Queue => format!("{pod}'s queue is full, so it answers {code}"),
                Within::Aurora => format!("{pod} answers {code}, because its write to Aurora fails"),
                Within::DynamoDb => format!("{pod} answers {code}, because its write to DynamoDB fails"),
            },
            Outcome::ConnectFailure if self.world.expired > 0 => {
                format!("no mTLS connection to {pod}: a certificate has expired")
            }
            Outcome::ConnectFailure | Outcome::RefusedStream => format!("{pod} refuses a connection"),
            Outcome::ConnectTimeout => format!("no connection to {pod} within {}", rules.connect_timeout),
            Outcome::Reset => format!("a connection to {pod} breaks"),
            Outcome::PerTryTimeout => {
                format!("{pod} does not answer within {}", rules.per_try_timeout.unwrap_or_default())
            }
            Outcome::RouteTimeout => {
                format!("{pod} does not answer within {}", rules.timeout.unwrap_or_default())
            }
            Outcome::Overflow => format!("the caller's own proxy refuses a call to {pod} (UO)"),
            Outcome::Injected(code) => format!("{code} is injected instead of a call to {pod}"),
            Outcome::NoHost => format!("nobody healthy instead of {pod}"),
            Outcome::NoAddress => format!("no address for {pod}"),
        }
    }

    pub(super) fn cause_text(&self, made: &Try) -> String {
        let cause = made.cause;
        if cause.outcome == Outcome::NoAddress {
            return format!("no address for {} (CoreDNS)", self.service_name(cause.service));
        }
        if let Outcome::Injected(code) = cause.outcome {
            return format!("{code} is injected into a call of {} (FI)", self.service_name(cause.service));
        }
        if cause.pod == NONE {
            let what = if self.fixed.rules.sidecars { "healthy pod" } else { "ready endpoint" };
            return format!("no {what} of {}", self.service_name(cause.service));
        }
        self.failure_text(&self.pod_name(cause.pod, made.region), cause)
    }

    pub(super) fn ejected_text(&self, proxy: u16, host: Host, multiplier: u32) -> String {
        let config = &self.fixed.rules.outlier;
        let found = &self.world.proxies[usize::from(proxy)];
        let name = self.host_name(proxy, host);
        let span = config.ejection_time(multiplier);
        let times = if multiplier > 1 {
            format!(" ({multiplier} × {})", seconds(config.base_ejection_time))
        } else {
            String::new()
        };
        format!(
            "{name}: {} errors in a row → ejected for {}{times} by {}",
            config.consecutive_5xx,
            seconds(span),
            self.callers_name(found)
        )
    }

    pub(super) fn shut_text(&self, proxy: u16, host: Host, span: SimSpan, failures: u32) -> String {
        let found = &self.world.proxies[usize::from(proxy)];
        format!(
            "{}: {failures} failures in a row → left alone for {} by {}, then one probe (failure accrual)",
            self.host_name(proxy, host),
            seconds(span),
            self.callers_name(found)
        )
    }

    pub(super) fn overflow_text(&self, proxy: u16, host: Host, ejected: usize, hosts: usize) -> String {
        let config = &self.fixed.rules.outlier;
        let name = self.host_name(proxy, host);
        let percent = 100.0 * (ejected + 1) as f64 / hosts.max(1) as f64;
        format!(
            "{name} has {} errors in a row but stays: {} of {hosts} ejected would be {}, over the {} % limit",
            config.consecutive_5xx,
            ejected + 1,
            percent_text(percent),
            config.max_ejection_percent
        )
    }

    /// The arithmetic of a proxy's new table.
    pub(super) fn table_text(&self, proxy: u16) -> String {
        let found = &self.world.proxies[usize::from(proxy)];
        let service = self.service_name(found.service);
        if !self.fixed.rules.sidecars {
            return self.plain_table_text(found, &service);
        }
        let service = self.routed_name(found, service);
        if found.table().total_panic {
            return self.panic_text(found, &service);
        }
        if found.table().normalized_total == 0 {
            return self.nobody_text(found, &service);
        }
        match self.fixed.rules.locality {
            Locality::Off => self.flat_text(found, &service),
            Locality::Distribute => self.distribute_text(found, &service),
            Locality::Failover | Locality::FailoverPriority | Locality::ZoneAware | Locality::PreferClose => {
                self.levels_text(found, &service)
            }
        }
    }

    fn flat_text(&self, proxy: &Proxy, service: &str) -> String {
        let (healthy, total) = proxy.counts().next().unwrap_or_default();
        if self.fixed.rules.linkerd.is_some() {
            return format!(
                "{service}: {healthy} of {total} ready in one pool → of two at random the quicker and less busy one gets a call (peak EWMA)"
            );
        }
        let doors = proxy.gateways_in(0);
        if doors.is_empty() {
            return format!(
                "{service}: {healthy} of {total} healthy in one pool → each gets {} of calls",
                share(1, healthy)
            );
        }
        let doors: Vec<String> = doors
            .into_iter()
            .map(|(region, weight)| format!("{}'s gateway weighs {weight}", self.region_name(region)))
            .collect();
        format!("{service}: {healthy} of {total} healthy in one pool, where {}", doors.join(" and "))
    }

    fn distribute_text(&self, proxy: &Proxy, service: &str) -> String {
        let shrunk: Vec<String> = proxy
            .region_weights(self.world.regions.len())
            .into_iter()
            .enumerate()
            .filter(|(_, weights)| weights.whole > 0)
            .map(|(region, weights)| {
                format!(
                    "{} of {} healthy in {} → weight {} of {}",
                    weights.healthy,
                    weights.total,
                    self.region_name(region as u8),
                    number(weights.left),
                    weights.whole
                )
            })
            .collect();
        let shares = proxy.region_shares(self.world.regions.len());
        let parts: Vec<String> = shares
            .iter()
            .enumerate()
            .map(|(region, share)| {
                format!("{} to {}", percent_text(100.0 * share), self.region_name(region as u8))
            })
            .collect();
        format!("{service}: {} → {}", shrunk.join(", "), parts.join(", "))
    }

    fn levels_text(&self, proxy: &Proxy, service: &str) -> String {
        let counts: Vec<(u32, u32)> = proxy.counts().collect();
        let loads = &proxy.table().healthy_load;
        let first = counts.first().copied().unwrap_or_default();
        let score = |(healthy, total): (u32, u32)| {
            Score::by_weight(healthy.into(), 0, total.into(), OVERPROVISION).healthy
        };
        if self.fixed.rules.linkerd.is_some() {
            return self.mirror_text(proxy, service);
        }
        let mut text =
            format!("{service}: {} of {} healthy in {}", first.0, first.1, self.level_name(proxy, 0));
        let used = loads.iter().filter(|&&load| load > 0).count();
        let enough: u32 = counts.iter().map(|&count| score(count)).sum();
        if enough < 100 {
            text = format!("{service}: {}", self.scores_text(proxy));
        } else {
            let raised = OVERPROVISION * first.0 / first.1.max(1);
            let _ = write!(text, " → {} × 1.4 = {raised}", share(first.0, first.1));
        }
        let parts: Vec<String> = loads
            .iter()
            .enumerate()
            .filter(|(level, load)| **load > 0 || (*level == 0 && used < 2))
            .map(|(level, load)| self.load_text(proxy, level, *load))
            .collect();
        format!("{text} → {}{}", parts.join(", "), self.partial_panic_text(proxy))
    }

    pub(super) fn load_text(&self, proxy: &Proxy, level: usize, load: u32) -> String {
        let place = self.level_name(proxy, level);
        if proxy.counts().nth(level).is_some_and(|(_, hosts)| hosts == 0) {
            return format!("{load} % has nowhere to go");
        }
        let own = [self.region_name(proxy.site.region), self.zone_name(proxy.site.zone)].contains(&place);
        if own { format!("{load} % stays") } else { format!("{load} % goes to {place}") }
    }

    /// Where the endpoints of a level are.
    pub(super) fn level_name(&self, proxy: &Proxy, level: usize) -> String {
        if let Some(region) = proxy.lone_gateway(level) {
            return format!("{}'s gateway", self.region_name(region));
        }
        let sites = proxy.level_sites(level);
        let mut zones: Vec<u16> = sites.iter().map(|site| site.zone).collect();
        zones.dedup();
        let mut regions: Vec<u8> = sites.iter().map(|site| site.region).collect();
        regions.dedup();
        if matches!(self.fixed.rules.locality, Locality::Failover | Locality::PreferClose)
            && zones.len() == 1
            && regions == [proxy.site.region]
        {
            return self.zone_name(zones[0]);
        }
        let names: Vec<String> = regions.iter().map(|&region| self.region_name(region)).collect();
        if names.is_empty() { "nowhere".to_owned() } else { names.join(" and ") }
    }

    fn zone_name(&self, zone: u16) -> String {
        let mut zones = self.fixed.scenario.regions.iter().flat_map(|region| &region.zones);
        zones.nth(usize::from(zone)).cloned().unwrap_or_default()
    }
}

/// What an intervention does, in words.
pub(super) fn intervention_text(intervention: &Intervention, lasts: Option<SimSpan>) -> String {
    let (subject, many) = target_text(intervention.target());
    let s = if many { "" } else { "s" };
    let part = match intervention.target() {
        Target::Part { part, .. } => part_text(*part, intervention.effect()),
        _ => None,
    };
    let does = match intervention.effect() {
        Effect::Down if *intervention.target() == Target::Aurora => "loses its writer instance".to_owned(),
        _ if part.is_some() => part.unwrap_or_default(),
        Effect::Down => "lose".to_owned() + s + " all packets",
        Effect::Isolate => "is cut off from every other region".to_owned(),
        Effect::Unavailable => format!("answer{s} 503"),
        Effect::Errors(ratio) => format!("answer{s} 503 to {ratio} of calls"),
        Effect::Slow(span) if is_link(intervention.target()) => format!("is {span} slower"),
        Effect::Slow(span) => format!("answer{s} {span} later"),
        Effect::Refuse => format!("refuse{s} connections"),
        Effect::Blackhole => format!("accept{s} calls and never answer{s}"),
        Effect::NotReady => format!("fail{s} the readiness probe and still serve{s}"),
        Effect::Crash if lasts == Some(SimSpan::ZERO) => "cannot crash again before the restart".to_owned(),
        Effect::Crash => format!("crash{}", if many { "" } else { "es" }),
        Effect::Restart if lasts.is_some() => format!("restart{s}, one pod after another, at most"),
        Effect::Restart => format!("restart{s}, one pod after another"),
        Effect::Scale(pods) => format!("scale{s} to {pods}"),
        Effect::Cut => "is cut".to_owned(),
        Effect::Loss(ratio) if matches!(intervention.target(), Target::OneWay { .. }) => {
            format!("loses {ratio} of what is sent that way")
        }
        Effect::Loss(ratio) => format!("loses {ratio} of requests and {ratio} of answers"),
        Effect::Surge(factor) => format!("send {factor} times as many requests"),
        Effect::Promote(region) => format!("is to be written in {region}"),
        Effect::Lag(span) => format!("replicates {span} later"),
        other => other.to_string(),
    };
    let how_long = match (intervention.effect(), lasts) {
        (Effect::Crash, Some(SimSpan::ZERO)) => String::new(),
        (Effect::Crash, Some(span)) => format!(" and will be restarted after {span}"),
        (_, Some(span)) => format!(" for {span}"),
        (_, None) => String::new(),
    };
    match (does.split_once(": "), intervention.target(), intervention.effect()) {
        (Some((what, why)), ..) => format!("{subject} {what}{how_long}: {why}"),
        (_, Target::Service { region, service }, Effect::Scale(_)) => {
            format!("{service} in {region} {does}{how_long}")
        }
        _ => format!("{subject} {does}{how_long}"),
    }
}

fn is_link(target: &Target) -> bool {
    matches!(target, Target::Link { .. } | Target::OneWay { .. })
}

/// A target in words, and whether it is more than one.
fn target_text(target: &Target) -> (String, bool) {
    match target {
        Target::Place(name) => (name.clone(), false),
        Target::Service { region, service } => (format!("every {service} pod in {region}"), false),
        Target::FirstPods { region, service, count: 1 } => (format!("{service}-1 in {region}"), false),
        Target::FirstPods { region, service, count: 2 } => {
            (format!("{service}-1 and {service}-2 in {region}"), true)
        }
        Target::FirstPods { region, service, count } => {
            (format!("{service}-1 to {service}-{count} in {region}"), true)
        }
        Target::Pod { region, service, number } => (format!("{service}-{number} in {region}"), false),
        Target::Link { one, other } => (format!("the link between {one} and {other}"), false),
        Target::OneWay { from, to } => (format!("the way from {from} to {to}"), false),
        Target::Part { region, part: Part::Istiod } => (format!("{region}'s istiod"), false),
        Target::Part { region, part: Part::Dns } => (format!("{region}'s CoreDNS"), false),
        Target::Part { region, part: Part::Gateway } => (format!("the gateway of {region}"), false),
        Target::Users { region } => (format!("the users of {region}"), true),
        Target::Aurora => ("Aurora".to_owned(), false),
        Target::DynamoDb => ("DynamoDB".to_owned(), false),
        other => (other.to_string(), false),
    }
}

fn seconds(span: SimSpan) -> String {
    let seconds = span.as_millis_f64() / 1000.0;
    if seconds.fract() == 0.0 { format!("{seconds:.0} s") } else { format!("{seconds:.1} s") }
}

/// `27.3 s`.
pub(super) fn seconds_since(earlier: SimTime, later: SimTime) -> String {
    format!("{:.1} s", later.since(earlier).as_millis_f64() / 1000.0)
}

pub(super) fn share(part: u32, whole: u32) -> String {
    percent_text(100.0 * f64::from(part) / f64::from(whole.max(1)))
}

/// `95`, `66.5`.
fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    if rounded.fract() == 0.0 { format!("{rounded:.0}") } else { format!("{rounded:.1}") }
}

/// `50 %`, `12.5 %`.
pub(super) fn percent_text(percent: f64) -> String {
    let rounded = (percent * 10.0).round() / 10.0;
    if rounded.fract() == 0.0 { format!("{rounded:.0} %") } else { format!("{rounded:.1} %") }
}

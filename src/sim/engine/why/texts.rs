//! Names, and the sentences about failures and ejections.

use crate::sim::engine::Engine;
use crate::sim::policy::retry::Outcome;
use crate::sim::proxy::{Caller, Proxy};
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

/// `50 %`, `12.5 %`.
pub(super) fn percent_text(percent: f64) -> String {
    let rounded = (percent * 10.0).round() / 10.0;
    if rounded.fract() == 0.0 { format!("{rounded:.0} %") } else { format!("{rounded:.1} %") }
}

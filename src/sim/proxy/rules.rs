//! What all callers of a run go by: the scenario's pattern and `mesh.*` keys in the form that decisions need.
//!
//! A caller without a sidecar is a proxy with fewer rules: it sees ready endpoints only, picks any of them, ejects
//! nobody and does not try again. Its time-outs are those of the mesh (`mesh.timeout`, `mesh.connect_timeout`), though
//! an application's own client would set them: so that patterns differ in routing alone.

use super::linkerd::LinkerdRules;
use super::{Reach, Site};
use crate::sim::policy::balance::SlowStart;
use crate::sim::policy::outlier::OutlierConfig;
use crate::sim::policy::pool::Limits;
use crate::sim::policy::priority::OVERPROVISION_DEFAULT;
use crate::sim::policy::retry::RetryOn;
use crate::sim::scenario::{Balance, Fault, Locality, Mesh, MeshKind, Pattern, Pick, Scenario};
use crate::sim::time::SimSpan;

/// In percent; Istio leaves Envoy's own as it is.
pub const OVERPROVISION: u32 = OVERPROVISION_DEFAULT;

/// How names that lead to gateways are checked and kept: the scenario's `dns.*` keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GatewayNames {
    /// How long a caller keeps an answer.
    pub kept: SimSpan,
    pub check_interval: SimSpan,
    /// Equal results in a row that change a check's mind.
    pub check_threshold: u32,
}

impl GatewayNames {
    fn of(scenario: &Scenario) -> Self {
        let dns = &scenario.dns;
        Self { kept: dns.kept(), check_interval: dns.check_interval, check_threshold: dns.check_threshold }
    }
}

/// The rules of all proxies.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent settings")]
pub struct Rules {
    pub reach: Reach,
    /// Proxies stand beside callers; else it is kube-proxy, or Cilium, that picks.
    pub sidecars: bool,
    pub names: GatewayNames,
    pub outlier: OutlierConfig,
    pub outlier_phase: Option<SimSpan>,
    pub panic_percent: u32,
    pub merge_window: SimSpan,
    pub lists_unhealthy: bool,
    pub balance: Balance,
    pub locality: Locality,
    /// Weights of the own and of the other regions.
    pub distribute: (u32, u32),
    pub retry_on: RetryOn,
    pub retries: u8,
    pub remote_localities: bool,
    pub per_try_timeout: Option<SimSpan>,
    pub timeout: Option<SimSpan>,
    pub connect_timeout: SimSpan,
    /// Connection-pool limits; `None`: no limit at all, so that nobody counts.
    pub limits: Option<Limits>,
    /// `VirtualService` weights of the own and of the other regions.
    pub route_weights: Option<(u32, u32)>,
    /// What is injected into calls; `None`: nothing.
    pub fault: Option<Fault>,
    pub warmup: Option<SlowStart>,
    /// For each region the one that a `failover` rule names; empty where none is written.
    pub failover: Vec<Option<u8>>,
    pub backoff: SimSpan,
    pub ignore_previous_hosts: bool,
    /// Proxies balance as Linkerd does.
    pub linkerd: Option<LinkerdRules>,
}

impl Rules {
    /// The rules that a scenario sets: by its pattern, and under the mesh pattern by its `mesh.*` keys.
    pub fn new(scenario: &Scenario) -> Self {
        let of_mesh = Self::of_mesh(scenario);
        match (scenario.pattern(), scenario.federation) {
            (Pattern::Mesh, _) => of_mesh,
            (Pattern::Dual, _) | (Pattern::Federation, Pick::Random | Pick::Gateway) => {
                of_mesh.without_sidecars(Locality::Off)
            }
            // Ready endpoints by level: the next one serves only when nobody is left in the first.
            (Pattern::Federation, Pick::LocalFirstCliff) => {
                of_mesh.without_sidecars(Locality::FailoverPriority)
            }
        }
    }

    fn without_sidecars(self, locality: Locality) -> Self {
        Self {
            sidecars: false,
            outlier: OutlierConfig { enabled: false, ..self.outlier },
            panic_percent: 0,
            lists_unhealthy: false,
            balance: Balance::Random,
            locality,
            retry_on: RetryOn::never(),
            retries: 0,
            remote_localities: false,
            per_try_timeout: None,
            ..self
        }
    }

    fn of_mesh(scenario: &Scenario) -> Self {
        let mesh = &scenario.mesh;
        let mut rules = Self {
            reach: Reach::under(scenario, scenario.pattern()),
            sidecars: true,
            names: GatewayNames::of(scenario),
            outlier: outlier(mesh),
            outlier_phase: mesh.outlier.phase,
            panic_percent: mesh.panic_percent(),
            merge_window: mesh.update_merge_window,
            lists_unhealthy: mesh.lists_unhealthy(),
            balance: mesh.lb,
            locality: mesh.locality_in_force(),
            distribute: mesh.distribute,
            retry_on: mesh.retries.on.parse().unwrap_or_default(),
            retries: mesh.retries.attempts.min(10) as u8,
            remote_localities: mesh.retries.remote_localities,
            per_try_timeout: mesh.retries.per_try_timeout,
            timeout: mesh.timeout,
            connect_timeout: mesh.connect_timeout,
            limits: (mesh.pool != Limits::default()).then_some(mesh.pool),
            route_weights: mesh.route_weights,
            fault: mesh.fault.does_something().then(|| mesh.fault.clone()),
            warmup: mesh.warmup.slow_start(),
            failover: failover(mesh),
            backoff: mesh.retries.backoff,
            ignore_previous_hosts: mesh.retries.ignore_previous_hosts,
            linkerd: None,
        };
        if scenario.pattern() == Pattern::Mesh && mesh.kind == MeshKind::Linkerd {
            rules.follow_linkerd(&mesh.linkerd);
        }
        if scenario.pattern() != Pattern::Mesh || mesh.kind == MeshKind::Linkerd {
            rules.leave_out_policies();
        }
        rules
    }

    /// What only an Istio sidecar does: limits, weights and faults of routes, warm-up, `failover` lists.
    fn leave_out_policies(&mut self) {
        self.limits = None;
        self.route_weights = None;
        self.fault = None;
        self.warmup = None;
        self.failover = Vec::new();
    }

    /// The level of an endpoint for a caller, before gaps are closed.
    pub fn rank(&self, caller: Site, endpoint: Site) -> u8 {
        match self.locality {
            Locality::Off | Locality::Distribute => 0,
            Locality::FailoverPriority => u8::from(caller.region != endpoint.region),
            Locality::Failover | Locality::PreferClose if caller.region == endpoint.region => {
                u8::from(caller.zone != endpoint.zone)
            }
            Locality::Failover | Locality::PreferClose => 2 + u8::from(self.misses(caller, endpoint)),
            Locality::ZoneAware if caller.region == endpoint.region => 0,
            Locality::ZoneAware => 1 + u8::from(self.misses(caller, endpoint)),
        }
    }

    /// Whether a `failover` rule sends the caller's region elsewhere than to the endpoint's.
    fn misses(&self, caller: Site, endpoint: Site) -> bool {
        let target = self.failover.get(usize::from(caller.region)).copied().flatten();
        target.is_some_and(|target| target != endpoint.region)
    }

    /// Whether something is injected into calls of this service. Istio switches the route's timeout and its retries off
    /// then.
    #[inline]
    pub fn faulted(&self, service: u16) -> bool {
        self.fault.as_ref().is_some_and(|fault| fault.service.is_none_or(|only| only == usize::from(service)))
    }

    /// Whether level 0 is balanced by zone.
    pub fn routes_by_zone(&self) -> bool {
        self.locality == Locality::ZoneAware
    }

    /// Whether zones inside a level are picked by weight: Istio switches that on where `distribute`, `failover` or
    /// `failoverPriority` is written, and not for bare outlier detection.
    pub fn weighs_zones(&self) -> bool {
        self.sidecars
            && match self.locality {
                Locality::Distribute | Locality::FailoverPriority | Locality::PreferClose => true,
                Locality::Failover => !self.failover.is_empty(),
                Locality::Off | Locality::ZoneAware => false,
            }
    }
}

/// Outlier detection as `mesh.outlier.*` sets it.
fn outlier(mesh: &Mesh) -> OutlierConfig {
    OutlierConfig {
        enabled: mesh.outlier.enabled,
        consecutive_5xx: mesh.outlier.consecutive_5xx,
        interval: mesh.outlier.interval,
        base_ejection_time: mesh.outlier.base_ejection_time,
        max_ejection_percent: mesh.outlier.max_ejection_percent,
        consecutive_gateway: mesh.outlier.consecutive_gateway_errors,
        split_local_origin: mesh.outlier.split_external_local_origin_errors,
        consecutive_local_origin: mesh.outlier.consecutive_local_origin_failures,
        ..OutlierConfig::default()
    }
}

/// The rules of the scenario's list, by calling region. Of several for one region Istio takes the first.
fn failover(mesh: &Mesh) -> Vec<Option<u8>> {
    let mut targets = Vec::new();
    for &(from, to) in &mesh.failover {
        targets.resize(targets.len().max(from + 1), None);
        targets[from] = targets[from].or(Some(to as u8));
    }
    targets
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::policy::istio;

    const REGIONS: [&str; 4] = ["us-east-1", "us-west-2", "eu-west-1", "ap-south-1"];
    const ZONES: u16 = 2;

    fn rules(regions: usize, locality: &str, failover: &str) -> Rules {
        let names =
            REGIONS[..regions].iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let text = format!(
            "regions = [{names}]\n[entry]\nservice = \"bank\"\nvia = \"client-proxy\"\n[service.bank]\npods = {{ us-east-1 = 1 }}\n"
        );
        let mut scenario = Scenario::parse(&text, "ranks.toml").unwrap_or_else(|error| panic!("{error}"));
        scenario.set(&format!("mesh.locality={locality}")).unwrap();
        scenario.set(&format!("mesh.failover={failover}")).unwrap();
        Rules::new(&scenario)
    }

    /// The levels that Istio gives the zones of all regions, for a caller in one of them.
    fn by_istio(regions: usize, locality: &str, failover: &str, caller: (usize, u16)) -> Vec<u32> {
        let place = |region: usize, zone: u16| istio::Locality::new(REGIONS[region], &format!("{zone}"));
        let labels = |place: &istio::Locality| {
            istio::Labels::from([(istio::REGION_LABEL.to_owned(), place.region.clone())])
        };
        let group = |(region, zone): (usize, u16)| {
            let place = place(region, zone);
            let endpoint = istio::Endpoint { labels: labels(&place), weight: 1 };
            istio::Group { locality: Some(place), endpoints: vec![endpoint] }
        };
        let sites = (0..regions).flat_map(|region| (0..ZONES).map(move |zone| (region, zone)));
        let groups: Vec<istio::Group> = sites.map(group).collect();
        let here = place(caller.0, caller.1);
        let proxy = istio::Proxy { labels: labels(&here), locality: here };
        let mut setting = istio::LocalityLb::default();
        for rule in failover.split(',').filter_map(|rule| rule.split_once(':')) {
            setting.failover.push(istio::Failover { from: rule.0.to_owned(), to: rule.1.to_owned() });
        }
        if locality == "failover-priority" {
            setting.failover_priority = vec![istio::REGION_LABEL.to_owned()];
        }
        let mut placed = istio::apply(Some(&setting), &proxy, &groups, true);
        if locality == "zone-aware" {
            istio::zone_aware_levels(&proxy.locality, &setting.failover, &groups, &mut placed);
        }
        placed.sort_by_key(|part| part.locality_index);
        placed.iter().map(|part| part.priority).collect()
    }

    fn compact(ranks: &[u8]) -> Vec<u32> {
        let mut levels = ranks.to_vec();
        levels.sort_unstable();
        levels.dedup();
        ranks.iter().map(|rank| levels.partition_point(|level| level < rank) as u32).collect()
    }

    #[test]
    fn ranks_are_those_that_istio_gives_for_any_number_of_regions_and_every_place() {
        let mut compared = 0;
        for regions in 2..=4 {
            let lists: &[&str] = match regions {
                2 => &["none", "us-east-1:us-west-2"],
                3 => &["none", "us-east-1:eu-west-1,us-west-2:us-east-1"],
                _ => &["none", "us-east-1:ap-south-1,us-east-1:us-west-2,eu-west-1:us-west-2"],
            };
            for (locality, failover) in [
                ("failover", lists[0]),
                ("failover", lists[1]),
                ("zone-aware", lists[0]),
                ("zone-aware", lists[1]),
                ("failover-priority", "none"),
            ] {
                let rules = rules(regions, locality, failover);
                for caller in (0..regions).flat_map(|region| (0..ZONES).map(move |zone| (region, zone))) {
                    let site = |(region, zone): (usize, u16)| Site {
                        region: region as u8,
                        zone: region as u16 * ZONES + zone,
                    };
                    let sites = (0..regions).flat_map(|region| (0..ZONES).map(move |zone| (region, zone)));
                    let ours: Vec<u8> = sites.map(|there| rules.rank(site(caller), site(there))).collect();
                    let istio = by_istio(regions, locality, failover, caller);
                    assert_eq!(
                        compact(&ours),
                        istio,
                        "{regions} regions, {locality} {failover}, from {caller:?}"
                    );
                    compared += 1;
                }
            }
        }
        assert_eq!(compared, 5 * (4 + 6 + 8));
    }

    #[test]
    fn zones_are_weighed_where_a_failover_rule_is_written() {
        assert!(!rules(3, "failover", "none").weighs_zones());
        assert!(rules(3, "failover", "us-east-1:us-west-2").weighs_zones());
        assert!(rules(3, "failover-priority", "none").weighs_zones());
        assert!(!rules(3, "zone-aware", "us-east-1:us-west-2").weighs_zones());
    }
}

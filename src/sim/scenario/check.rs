//! What must hold of a whole scenario, and whether it has what an intervention names.

use super::{Balance, Locality, MeshKind, Network, Scenario, ScenarioError, Step, Version, keys};
use crate::sim::intervention::{Effect, Intervention, Part, Target};
use crate::sim::near;
use crate::sim::time::SimSpan;

/// Pods, places and proxies are counted in 16 bits.
pub(in crate::sim) const PODS_MAX: u64 = 20_000;
pub(in crate::sim) const PROXIES_MAX: u64 = 60_000;
const REGIONS_MAX: usize = 64;

impl Scenario {
    /// Whether this scenario has what an intervention names.
    pub fn check(&self, intervention: &Intervention) -> Result<(), ScenarioError> {
        self.has(intervention.target(), intervention.effect())
            .and_then(|()| self.takes(intervention.target(), intervention.effect()))
            .and_then(|()| self.promotes(intervention))
            .map_err(|what| ScenarioError::Intervention { intervention: intervention.to_string(), what })
    }

    fn has(&self, target: &Target, effect: &Effect) -> Result<(), String> {
        match target {
            Target::Place(name) => self.has_place(name),
            Target::Service { region, service } => {
                let least = u32::from(!matches!(effect, Effect::Scale(_) | Effect::Heal));
                self.has_pods(region, service, least).map(|_| ())
            }
            Target::FirstPods { region, service, count: pods }
            | Target::Pod { region, service, number: pods } => {
                let there = self.has_pods(region, service, *pods)?;
                if *pods <= there {
                    return Ok(());
                }
                Err(format!("{region}/{service} has {there} pods, so there is no pod {pods}"))
            }
            Target::Part { region, .. } | Target::Users { region } => {
                keys::region_index(self, region).map(|_| ())
            }
            Target::Link { one: from, other: to } | Target::OneWay { from, to } => {
                keys::region_index(self, from).and_then(|_| keys::region_index(self, to)).map(|_| ())
            }
            Target::Aurora => self.has_store(Step::Aurora, "aurora"),
            Target::DynamoDb => self.has_store(Step::DynamoDb, "dynamodb"),
            Target::All => Ok(()),
        }
    }

    fn has_place(&self, name: &str) -> Result<(), String> {
        let zones = self.regions.iter().flat_map(|region| region.zones.iter().map(String::as_str));
        let places: Vec<&str> = self.regions().chain(zones).collect();
        if places.contains(&name) {
            return Ok(());
        }
        let hint = near::hint(name, places.iter().copied().chain(["aurora", "dynamodb", "all"]));
        let told = near::told(&places, keys::NAMES_TOLD);
        Err(format!("there is no region or zone '{name}'; there is {told}{hint}"))
    }

    fn has_pods(&self, region: &str, service: &str, least: u32) -> Result<u32, String> {
        keys::region_index(self, region)?;
        keys::service_index(self, service)?;
        match self.pods(region, service) {
            0 if least > 0 => Err(format!("{region} has no pod of {service}")),
            pods => Ok(pods),
        }
    }

    fn takes(&self, target: &Target, effect: &Effect) -> Result<(), String> {
        match (target, effect) {
            (Target::Place(name), Effect::Isolate) if !self.regions().any(|region| region == name) => {
                Err(format!("{name} is a zone; a zone takes down or heal"))
            }
            // Whether anything goes through it is for the pattern to say.
            (Target::Part { part: Part::Gateway, .. }, _) => Ok(()),
            (Target::Service { region, service }, Effect::Scale(pods)) => self.scales(region, service, *pods),
            _ => Ok(()),
        }
    }

    /// Whether there is room for so many pods of a service in a region.
    fn scales(&self, region: &str, service: &str, pods: u32) -> Result<(), String> {
        let (region, service) = (keys::region_index(self, region)?, keys::service_index(self, service)?);
        let mut scaled = self.clone();
        scaled.services[service].pods[region] = pods.max(self.services[service].pods[region]);
        scaled.counts()
    }

    /// What must hold between keys.
    pub(super) fn whole(&self) -> Result<(), String> {
        if self.services.is_empty() {
            return Err("there is no service; write at least one [service.NAME]".to_owned());
        }
        if self.regions.len() > REGIONS_MAX {
            return Err(format!(
                "{} regions are more than the {REGIONS_MAX} that can be simulated",
                self.regions.len()
            ));
        }
        for service in &self.services {
            spread(&format!("service.{}.service_time", service.name), service.median, service.p99)?;
            if service.pods.iter().all(|&pods| pods == 0) {
                return Err(format!("service '{}' has no pods in any region", service.name));
            }
        }
        self.counts()?;
        self.data_is_whole()?;
        self.zones_are_apart()?;
        self.calls_end()
    }

    /// Pods, and the proxies beside them, are not too many to be numbered.
    fn counts(&self) -> Result<(), String> {
        let (mut pods, mut proxies) = (0, 0);
        for service in &self.services {
            let all: u64 = service.pods.iter().copied().map(u64::from).sum();
            pods += all;
            let clusters = if self.mesh.route_weights.is_some() { self.regions.len() as u64 } else { 1 };
            proxies += all * service.steps.len() as u64 * clusters;
        }
        if pods > PODS_MAX {
            return Err(format!("{pods} pods are more than the {PODS_MAX} that can be simulated"));
        }
        if proxies > PROXIES_MAX {
            return Err(format!("{proxies} proxies are more than the {PROXIES_MAX} that can be simulated"));
        }
        self.policies_agree()
    }

    /// What Istio would refuse, or leave out without a word.
    fn policies_agree(&self) -> Result<(), String> {
        let mesh = &self.mesh;
        if mesh.locality == Locality::ZoneAware && mesh.istio < (Version { major: 1, minor: 31 }) {
            return Err(format!(
                "mesh.locality=zone-aware needs Istio 1.31, and mesh.istio is {}; set one of the two",
                mesh.istio
            ));
        }
        if mesh.kind == MeshKind::Linkerd && mesh.network == Network::Gateways {
            return Err(
                "mesh.kind=linkerd needs mesh.network=flat; its mirrors behind gateways are not simulated"
                    .to_owned(),
            );
        }
        if !mesh.failover.is_empty() && !matches!(mesh.locality, Locality::Failover | Locality::ZoneAware) {
            return Err(
                "mesh.failover names regions, which goes with mesh.locality=failover or zone-aware only"
                    .to_owned(),
            );
        }
        if mesh.prefer_close && mesh.locality != Locality::Off {
            return Err("mesh.traffic_distribution has no effect beside a DestinationRule's locality setting; set mesh.locality=off too".to_owned());
        }
        if mesh.warmup.duration.is_some() && mesh.lb == Balance::Random {
            return Err("mesh.warmup works with mesh.lb=least-request and round-robin only, not with random"
                .to_owned());
        }
        Ok(())
    }

    fn zones_are_apart(&self) -> Result<(), String> {
        let mut seen: Vec<&str> = self.regions().collect();
        for zone in self.regions.iter().flat_map(|region| &region.zones) {
            if zone.is_empty() || seen.contains(&zone.as_str()) {
                return Err(format!("zone '{zone}' is empty or there twice"));
            }
            seen.push(zone);
        }
        Ok(())
    }

    /// No service may come to call itself.
    fn calls_end(&self) -> Result<(), String> {
        for start in 0..self.services.len() {
            let mut reached = vec![start];
            let mut next = 0;
            while next < reached.len() {
                for step in &self.services[reached[next]].steps {
                    let Step::Call(callee) = *step else { continue };
                    if callee == start {
                        return Err(format!(
                            "service '{}' would come to call itself",
                            self.services[start].name
                        ));
                    }
                    if !reached.contains(&callee) {
                        reached.push(callee);
                    }
                }
                next += 1;
            }
        }
        Ok(())
    }
}

pub(super) fn spread(key: &str, median: SimSpan, p99: SimSpan) -> Result<(), String> {
    if p99 < median {
        return Err(format!("{key}.p99 is {p99}, which is below {key}.median, {median}; set both"));
    }
    if median == SimSpan::ZERO && p99 > median {
        return Err(format!("{key}.median is 0s, so {key}.p99 must be 0s too, not {p99}"));
    }
    Ok(())
}

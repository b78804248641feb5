//! Where a request's calls go by formula: how many there are, what they weigh, and what share of that crosses.
//!
//! The mean of what a run draws: all healthy, no retries. Shares are in thousandths of a millionth.

use crate::sim::scenario::{Locality, Pattern, Pick, Scenario, Step, Users, Via};

/// A whole, in the unit of shares.
pub const WHOLE: u64 = 1_000_000_000;

/// What one user's request sets in motion, on average.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// Calls between services, in shares of one.
    pub calls: u64,
    /// Bytes of those calls, requests and answers.
    pub bytes: u64,
    /// Sidecars that requests and answers pass, in shares of one: two for a call between pods, one at the entry.
    pub proxies: u64,
    /// The share of the bytes that goes between regions.
    pub remote: u64,
    /// The share of the other bytes that goes between zones.
    pub zones: u64,
}

/// Whom a caller chooses while all is well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// Any pod, wherever.
    Flat,
    /// Those of its region; others only where there are none.
    Region,
    /// Those of its zone, then of its region, then others.
    Zone,
    /// Percent to its own region; the rest to others.
    Split(u32),
}

impl Rule {
    /// Whom callers of a scenario choose under a pattern.
    fn of(scenario: &Scenario, pattern: Pattern) -> Self {
        match pattern {
            Pattern::Dual => Self::Region,
            Pattern::Federation if scenario.federation == Pick::Random => Self::Flat,
            // A name leads to the own region's gateway, and Cilium's affinity to its pods, while all is well.
            Pattern::Federation => Self::Region,
            Pattern::Mesh if scenario.mesh.route_weights.is_some() => {
                Self::Split(scenario.mesh.route_weights.map_or(100, |(own, _)| own))
            }
            Pattern::Mesh => match scenario.mesh.locality_in_force() {
                Locality::Off => Self::Flat,
                Locality::Failover | Locality::PreferClose => Self::Zone,
                Locality::FailoverPriority | Locality::ZoneAware => Self::Region,
                Locality::Distribute => Self::Split(scenario.mesh.distribute.0),
            },
        }
    }
}

/// A region and a zone of it, as indices.
type Place = (usize, usize);
/// Something spread over places.
type Spread = Vec<(Place, u64)>;

/// Bytes so far, times [`WHOLE`].
#[derive(Default)]
struct Sums {
    calls: u128,
    proxies: u128,
    bytes: u128,
    remote: u128,
    zones: u128,
}

impl Flow {
    /// The flow of a scenario under a pattern: a federation is a flat pool, a mesh has its locality rule.
    pub fn of(scenario: &Scenario, pattern: Pattern) -> Self {
        let rule = Rule::of(scenario, pattern);
        let mut at: Vec<Spread> = vec![Vec::new(); scenario.services.len()];
        let mut sums = Sums::default();
        let entry = scenario.entry.service;
        let users = users(scenario);
        if scenario.entry.via == Via::ClientProxy {
            at[entry] = sums.call(scenario, rule, entry, &users);
        } else {
            // A load balancer takes turns among all pods of its own region, so it stands in no zone.
            at[entry] = spread(scenario, Rule::Region, entry, &users);
        }
        sums.proxies += weight(&at[entry]);
        for service in order(scenario) {
            for step in &scenario.services[service].steps {
                let Step::Call(callee) = *step else { continue };
                sums.proxies += 2 * weight(&at[service]);
                let callers = at[service].clone();
                let arrived = sums.call(scenario, rule, callee, &callers);
                add(&mut at[callee], arrived);
            }
        }
        let share =
            |part: u128, whole: u128| (part * u128::from(WHOLE)).checked_div(whole).unwrap_or(0) as u64;
        Self {
            calls: sums.calls as u64,
            bytes: (sums.bytes / u128::from(WHOLE)) as u64,
            proxies: sums.proxies as u64,
            remote: share(sums.remote, sums.bytes),
            zones: share(sums.zones, sums.bytes - sums.remote),
        }
    }
}

impl Sums {
    /// Callers at these places call a service; where their calls arrive.
    fn call(&mut self, scenario: &Scenario, rule: Rule, callee: usize, callers: &Spread) -> Spread {
        let service = &scenario.services[callee];
        let bytes = u128::from(service.request_bytes + service.response_bytes);
        let mut arrived = Spread::new();
        for &(from, weight) in callers {
            let targets = spread(scenario, rule, callee, &vec![(from, weight)]);
            for &(to, weight) in &targets {
                let weight = u128::from(weight);
                self.calls += weight;
                self.bytes += weight * bytes;
                self.remote += if to.0 == from.0 { 0 } else { weight * bytes };
                self.zones += if to.0 == from.0 && to.1 != from.1 { weight * bytes } else { 0 };
            }
            add(&mut arrived, targets);
        }
        arrived
    }
}

fn weight(spread: &Spread) -> u128 {
    spread.iter().map(|(_, weight)| u128::from(*weight)).sum()
}

fn add(to: &mut Spread, more: Spread) {
    for (place, weight) in more {
        match to.iter_mut().find(|(known, _)| *known == place) {
            Some((_, sum)) => *sum += weight,
            None => to.push((place, weight)),
        }
    }
}

/// Users by region; equal shares where nobody comes.
fn users(scenario: &Scenario) -> Spread {
    let nobody = scenario.users.iter().all(|users| users.rate_milli == 0);
    let rate = |users: &Users| if nobody { 1 } else { users.rate_milli };
    let rates: Spread =
        scenario.users.iter().enumerate().map(|(region, users)| ((region, 0), rate(users))).collect();
    deal(&rates, WHOLE)
}

/// What callers send, spread over the callee's pods by the rule.
fn spread(scenario: &Scenario, rule: Rule, callee: usize, callers: &Spread) -> Spread {
    let pods = pods(scenario, callee);
    let mut arrived = Spread::new();
    for &(from, weight) in callers {
        let own = |&(place, _): &(Place, u64)| place.0 == from.0;
        let near: Spread = pods.iter().copied().filter(own).collect();
        let far: Spread = pods.iter().copied().filter(|pod| !own(pod)).collect();
        let nearest: Spread = near.iter().copied().filter(|(place, _)| *place == from).collect();
        let first = |choices: [&Spread; 3]| {
            choices.into_iter().find(|choice| !choice.is_empty()).cloned().unwrap_or_default()
        };
        let parts = match rule {
            Rule::Flat => vec![(pods.clone(), weight)],
            Rule::Region => vec![(first([&near, &far, &far]), weight)],
            Rule::Zone => vec![(first([&nearest, &near, &far]), weight)],
            Rule::Split(percent) => {
                let weighted = rounded_up(&near, percent).into_iter().chain(rounded_up(&far, 100 - percent));
                vec![(weighted.filter(|(_, weight)| *weight > 0).collect(), weight)]
            }
        };
        for (targets, weight) in parts {
            add(&mut arrived, deal(&targets, weight));
        }
    }
    arrived
}

/// The weight of each zone under `distribute`: Istio divides a region's weight over its zones and rounds each up
/// (`applyLocalityWeight`), so that 95/5 over two and two zones is 48 and 48 to 3 and 3: one in 17 crosses, not one in 20.
fn rounded_up(zones: &Spread, percent: u32) -> Spread {
    let all: u64 = zones.iter().map(|(_, pods)| pods).sum();
    zones.iter().map(|&(place, pods)| (place, (u64::from(percent) * pods).div_ceil(all.max(1)))).collect()
}

/// A weight dealt in proportion; what does not divide goes to the last, so that nothing is lost.
fn deal(targets: &Spread, weight: u64) -> Spread {
    let all: u64 = targets.iter().map(|(_, pods)| pods).sum();
    let mut left = weight;
    let last = targets.len().saturating_sub(1);
    let dealt = targets.iter().enumerate().map(|(index, &(place, pods))| {
        let part = match all {
            _ if index == last => left,
            0 => 0,
            _ => (u128::from(weight) * u128::from(pods) / u128::from(all)) as u64,
        };
        left -= part;
        (place, part)
    });
    dealt.collect()
}

/// Pods of a service by place: dealt to the zones of a region in turn, as the world does it.
fn pods(scenario: &Scenario, service: usize) -> Spread {
    let mut pods = Spread::new();
    for (region, &count) in scenario.services[service].pods.iter().enumerate() {
        let zones = scenario.regions[region].zones.len().max(1) as u32;
        for zone in 0..zones.min(count) {
            let here = count / zones + u32::from(zone < count % zones);
            pods.push(((region, zone as usize), u64::from(here)));
        }
    }
    pods
}

/// Services reached from the entry, each before all that it calls.
fn order(scenario: &Scenario) -> Vec<usize> {
    fn visit(scenario: &Scenario, service: usize, done: &mut Vec<usize>) {
        if done.contains(&service) {
            return;
        }
        for step in &scenario.services[service].steps {
            if let Step::Call(callee) = *step {
                visit(scenario, callee, done);
            }
        }
        done.push(service);
    }
    let mut done = Vec::new();
    visit(scenario, scenario.entry.service, &mut done);
    done.reverse();
    done
}

/// The service that an incident strikes: the last one reached, which most of the others need.
pub(super) fn deepest(scenario: &Scenario) -> usize {
    order(scenario).last().copied().unwrap_or(scenario.entry.service)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(set: &[&str], pattern: Pattern) -> Flow {
        let mut scenario = Scenario::shipped("two-regions").unwrap();
        for assignment in set {
            scenario.set(assignment).unwrap();
        }
        Flow::of(&scenario, pattern)
    }

    #[test]
    fn the_lesson_s_request_makes_two_calls_of_25_kb_through_five_sidecars() {
        let flow = flow(&[], Pattern::Mesh);
        assert_eq!((flow.calls, flow.bytes, flow.proxies), (2 * WHOLE, 50_000, 5 * WHOLE));
    }

    /// What does not divide moves a share by a few thousandths of a millionth.
    #[track_caller]
    fn about(found: u64, share: u64) {
        assert!(found.abs_diff(share) < 10, "{found} is not {share}");
    }

    #[test]
    fn half_crosses_in_a_flat_pool_and_nothing_by_priority() {
        about(flow(&[], Pattern::Federation).remote, WHOLE / 2);
        assert_eq!(flow(&[], Pattern::Dual).remote, 0);
        assert_eq!(flow(&[], Pattern::Mesh).remote, 0);
        about(flow(&["mesh.locality=off"], Pattern::Mesh).remote, WHOLE / 2);
        about(flow(&["mesh.locality=distribute"], Pattern::Mesh).remote, WHOLE / 17);
        // Without outlier detection there is no failover, and so no priorities.
        about(flow(&["mesh.outlier.enabled=false"], Pattern::Mesh).remote, WHOLE / 2);
    }

    #[test]
    fn half_of_what_stays_changes_zones_unless_the_zone_comes_first() {
        about(flow(&[], Pattern::Mesh).zones, WHOLE / 2);
        about(flow(&[], Pattern::Federation).zones, WHOLE / 2);
        assert_eq!(flow(&["mesh.locality=failover"], Pattern::Mesh).zones, 0);
    }

    #[test]
    fn a_region_without_pods_calls_the_other() {
        let flow = flow(&["service.payment.pods.us-east-1=0"], Pattern::Mesh);
        // Half of the bytes go to payment, and 220 of 360 users are in us-east-1.
        assert_eq!(flow.remote / 1000, WHOLE * 220 / 360 / 2 / 1000);
    }

    #[test]
    fn a_client_with_a_proxy_makes_the_first_call() {
        let flow = Flow::of(&Scenario::shipped("one-service").unwrap(), Pattern::Federation);
        assert_eq!((flow.calls, flow.proxies), (WHOLE, WHOLE));
        about(flow.remote, WHOLE / 2);
    }
}

//! What a target means in a world.

use crate::sim::intervention::{Part, Target};
use crate::sim::scenario::Scenario;
use crate::sim::world::Pod;

/// What a target means in a world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    Region(u8),
    Zone(u16),
    /// Pods of a service in a region, by their numbers.
    Pods {
        service: u16,
        region: u8,
        first: u32,
        last: u32,
    },
    /// Packets between two regions, in one direction or both.
    Link {
        from: u8,
        to: u8,
        both: bool,
    },
    Users(u8),
    /// Aurora's writer instance in a region.
    Instance(u8),
    /// A part of a region's control plane.
    Part(u8, Part),
    /// The gateway of a region.
    Gateway(u8),
    /// No place of its own: a store's replication, `all`, or what the scenario does not have.
    Nothing,
}

impl Scope {
    /// Whether it covers this pod.
    pub fn has(&self, pod: &Pod) -> bool {
        match *self {
            Self::Region(region) => region == pod.region,
            Self::Zone(zone) => zone == pod.zone,
            Self::Pods { service, region, first, last } => {
                (service, region) == (pod.service, pod.region) && (first..=last).contains(&pod.number)
            }
            _ => false,
        }
    }

    pub(super) fn is_service(&self, of: u16, at: u8) -> bool {
        matches!(*self, Self::Pods { service, region, .. } if (service, region) == (of, at))
    }

    /// What a target means here; [`Scope::Nothing`] if the scenario has no such thing.
    pub fn of(target: &Target, scenario: &Scenario) -> Self {
        let region = |name: &str| scenario.regions().position(|known| known == name).map(|index| index as u8);
        let pods = |at: &str, service: &str, first: u32, last: u32| {
            let service = scenario.services().position(|known| known == service)? as u16;
            Some(Self::Pods { service, region: region(at)?, first, last })
        };
        let link = |from: &str, to: &str, both: bool| {
            Some(Self::Link { from: region(from)?, to: region(to)?, both })
        };
        let found = match target {
            Target::Place(name) => {
                region(name).map(Self::Region).or_else(|| zone(name, scenario).map(Self::Zone))
            }
            Target::Service { region, service } => pods(region, service, 1, u32::MAX),
            Target::FirstPods { region, service, count } => pods(region, service, 1, *count),
            Target::Pod { region, service, number } => pods(region, service, *number, *number),
            Target::Link { one, other } => link(one, other, true),
            Target::OneWay { from, to } => link(from, to, false),
            Target::Users { region: name } => region(name).map(Self::Users),
            Target::Part { region: name, part: Part::Gateway } => region(name).map(Self::Gateway),
            Target::Part { region: name, part } => region(name).map(|region| Self::Part(region, *part)),
            Target::Aurora | Target::DynamoDb | Target::All => None,
        };
        found.unwrap_or(Self::Nothing)
    }
}

fn zone(name: &str, scenario: &Scenario) -> Option<u16> {
    let mut zones = scenario.regions.iter().flat_map(|region| &region.zones);
    zones.position(|zone| zone == name).map(|index| index as u16)
}

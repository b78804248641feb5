//! Which of the places that may set locality load balancing is in force. A setting counts as a whole; nothing is merged.

/// What one place has written: `Some(false)` is `enabled: false`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub destination_rule_zone_aware: Option<bool>,
    pub destination_rule_locality: Option<bool>,
    pub traffic_distribution: Option<TrafficDistribution>,
    pub mesh_zone_aware: Option<bool>,
    /// Istio's own default is `Some(true)`.
    pub mesh_locality: Option<bool>,
}

/// A Service's `trafficDistribution`. It forces failover without `outlierDetection`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrafficDistribution {
    /// The older name of [`Self::PreferSameZone`].
    PreferClose,
    PreferSameZone,
    PreferSameNode,
}

/// The setting in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effective {
    /// None: all endpoints stay at level 0.
    Off,
    DestinationRule(Kind),
    TrafficDistribution(TrafficDistribution),
    Mesh(Kind),
}

/// The two fields that a rule or the mesh may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Locality,
    ZoneAware,
}

/// The setting in force: rule before service before mesh, and zone-aware before locality within one. A rule that
/// switches it off ends the search.
#[must_use]
pub fn effective(settings: &Settings) -> Effective {
    let rule = [
        (settings.destination_rule_zone_aware, Kind::ZoneAware),
        (settings.destination_rule_locality, Kind::Locality),
    ];
    if let Some((enabled, kind)) = rule.into_iter().find_map(|(setting, kind)| Some((setting?, kind))) {
        return if enabled { Effective::DestinationRule(kind) } else { Effective::Off };
    }
    if let Some(distribution) = settings.traffic_distribution {
        return Effective::TrafficDistribution(distribution);
    }
    match (settings.mesh_zone_aware, settings.mesh_locality) {
        (Some(true), _) => Effective::Mesh(Kind::ZoneAware),
        (_, Some(true)) => Effective::Mesh(Kind::Locality),
        _ => Effective::Off,
    }
}

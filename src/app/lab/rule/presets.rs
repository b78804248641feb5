//! Named starting points for locality and outlier detection. Each says all of both groups; other rules stay as they are.

use super::fields::{self, Group};
use crate::sim::{Scenario, ScenarioError};

/// A rule with a name.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    pub name: &'static str,
    /// What it says differently from [`COMMON`].
    sets: &'static [(&'static str, &'static str)],
}

/// What every one of them says where it says nothing else: Istio's defaults for an `outlierDetection` that is written.
const COMMON: [(&str, &str); 13] = [
    ("mesh.failover", "none"),
    ("mesh.traffic_distribution", "none"),
    ("mesh.route_weights", "none"),
    ("mesh.distribute", "95/5"),
    ("mesh.outlier.enabled", "true"),
    ("mesh.outlier.consecutive_5xx", "5"),
    ("mesh.outlier.consecutive_gateway_errors", "0"),
    ("mesh.outlier.split_external_local_origin_errors", "false"),
    ("mesh.outlier.consecutive_local_origin_failures", "5"),
    ("mesh.outlier.interval", "10s"),
    ("mesh.outlier.base_ejection_time", "30s"),
    ("mesh.outlier.max_ejection_percent", "10"),
    ("mesh.outlier.min_health_percent", "0"),
];

/// In the order of the key that goes through them.
pub const PRESETS: [Preset; 5] = [
    Preset {
        name: "Istio as installed: no outlierDetection",
        sets: &[("mesh.locality", "failover"), ("mesh.outlier.enabled", "false")],
    },
    Preset { name: "outlierDetection: {}, its defaults", sets: &[("mesh.locality", "failover")] },
    Preset {
        name: "the lesson's rule: own region first, eject 100 %",
        sets: &[("mesh.locality", "failover-priority"), ("mesh.outlier.max_ejection_percent", "100")],
    },
    Preset {
        name: "95/5 by distribute",
        sets: &[("mesh.locality", "distribute"), ("mesh.outlier.max_ejection_percent", "100")],
    },
    Preset {
        name: "95/5 by VirtualService weights",
        sets: &[
            ("mesh.locality", "failover-priority"),
            ("mesh.outlier.max_ejection_percent", "100"),
            ("mesh.route_weights", "95/5"),
        ],
    },
];

impl Preset {
    /// All that it says, key by key in the order of the fields.
    fn says(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let own = self.sets;
        let value = move |key: &str| {
            let all = own.iter().chain(&COMMON);
            all.clone().find(|(known, _)| *known == key).map(|(_, value)| *value)
        };
        governed().filter_map(move |key| Some((key, value(key)?)))
    }

    /// A scenario with it in place of what it has.
    ///
    /// # Errors
    ///
    /// If it does not go with the rules that it leaves alone.
    pub fn put_into(&self, scenario: &Scenario) -> Result<Scenario, ScenarioError> {
        let other = |change: &&String| {
            let key = change.split_once('=').map_or("", |(key, _)| key);
            !governed().any(|governed| governed == key)
        };
        let mut sets: Vec<String> = scenario.changes().iter().filter(other).cloned().collect();
        let original = scenario.original();
        let differs = |(key, value): &(&str, &str)| original.told(key).is_none_or(|told| told != *value);
        sets.extend(self.says().filter(differs).map(|(key, value)| format!("{key}={value}")));
        scenario.changed(sets.iter().map(String::as_str))
    }

    /// The scenario says what this does.
    #[must_use]
    pub fn is_in(&self, scenario: &Scenario) -> bool {
        self.says().all(|(key, value)| scenario.told(key).is_some_and(|told| told == value))
    }
}

/// The keys of both groups.
fn governed() -> impl Iterator<Item = &'static str> {
    let both = |group| matches!(group, Group::Locality | Group::Outlier);
    fields::all().filter(move |field| both(field.group)).map(|field| field.key)
}

/// The one that a scenario has.
#[must_use]
pub fn current(scenario: &Scenario) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.is_in(scenario))
}

/// The one after the one that a scenario has; the first, if it has none.
#[must_use]
pub fn next(scenario: &Scenario) -> &'static Preset {
    let at = PRESETS.iter().position(|preset| preset.is_in(scenario));
    &PRESETS[at.map_or(0, |at| (at + 1) % PRESETS.len())]
}

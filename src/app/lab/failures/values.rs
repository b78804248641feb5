//! The values that a failure can be given, a sensible few of all that the simulator takes.

use super::{Kind, bare};
use crate::sim::Scenario;

/// The values of an effect, weakest first; none where it takes none. `pattern` is the effect as the simulator spells it.
#[must_use]
pub fn values(kind: Kind, pattern: &str, scenario: &Scenario) -> Vec<String> {
    if !pattern.contains('=') {
        return Vec::new();
    }
    let few: &[&str] = match (kind, bare(pattern)) {
        (_, "promote") => return scenario.regions().map(str::to_owned).collect(),
        (_, "errors") => &["1/100", "5/100", "10/100", "30/100", "50/100", "90/100"],
        (_, "loss") => &["1/100", "5/100", "20/100", "50/100"],
        (_, "scale") => &["0", "1", "2", "3", "4", "6", "8", "12"],
        (_, "surge") => &["0.5", "1.5", "2", "3", "5", "10"],
        (_, "lag") => &["500ms", "2s", "10s", "30s"],
        (Kind::Istiod, _) => &["1s", "10s", "30s"],
        (Kind::Link | Kind::OneWay, _) => &["10ms", "50ms", "100ms", "500ms"],
        (Kind::Gateway, _) => &["20ms", "100ms", "500ms", "2s"],
        _ => &["50ms", "100ms", "200ms", "500ms", "1s", "2s", "5s"],
    };
    few.iter().map(|value| (*value).to_owned()).collect()
}

/// The value that one begins with: the simulator's own example where it is among them, else one in the middle. Of
/// regions to promote, the first that does not write.
#[must_use]
pub fn usual(pattern: &str, values: &[String], writer: &str) -> usize {
    let example = pattern.split_once('=').map_or("", |(_, value)| value);
    let found = if bare(pattern) == "promote" {
        values.iter().position(|value| value != writer)
    } else {
        values.iter().position(|value| value == example)
    };
    found.unwrap_or(values.len() / 2)
}

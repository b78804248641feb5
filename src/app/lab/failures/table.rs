//! What each effect does to each kind of target, and where one would see it in a real cluster.
//!
//! Which effects there are is the simulator's to say (`Target::effects`); a test holds that each has its row here.

mod control;
mod data;
mod network;
mod pods;

use super::Kind;

/// Two or three sentences on one effect.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// Targets for which this holds.
    pub kinds: &'static [Kind],
    /// The effect's word without its value.
    pub effect: &'static str,
    /// What it does.
    pub does: &'static str,
    /// The command, metric or response flag that shows it.
    pub seen: &'static str,
}

/// All rows.
pub fn texts() -> impl Iterator<Item = &'static Text> {
    [pods::TEXTS, network::TEXTS, control::TEXTS, data::TEXTS].into_iter().flatten()
}

/// The row of an effect on a target of that kind.
#[must_use]
pub fn text(kind: Kind, effect: &str) -> Option<&'static Text> {
    texts().find(|text| text.effect == effect && text.kinds.contains(&kind))
}

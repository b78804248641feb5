//! What to cut when a talk cannot end in time.

use std::collections::BTreeMap;
use std::time::Duration;

/// Sections to cut, the least that is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// From 0, in order. Everything that may be cut when that is not enough; empty when nothing may.
    pub cut: Vec<usize>,
    /// The least times of those sections together.
    pub saves: Duration,
    /// By how much the talk would end late if every section to come took its least time.
    pub missing: Duration,
}

impl Advice {
    /// By how much the talk is still late after the cut.
    pub fn over(&self) -> Duration {
        self.missing.saturating_sub(self.saves)
    }
}

/// So fine are savings told apart: in steps of a 600th of what is missing, and never finer than a second. The search
/// is as long as there are steps, however many sections there are.
const STEPS: u64 = 600;

/// Chooses among sections, each with what it saves in milliseconds.
///
/// What is given up counts first, then how many sections, then how early they come: who misses an early cut can still
/// make a later one.
pub(super) fn what_to_cut(candidates: &[(usize, u64)], missing: u64) -> Advice {
    let cut = enough(candidates, missing)
        .unwrap_or_else(|| candidates.iter().map(|(section, _)| *section).collect());
    let saves = candidates.iter().filter(|(section, _)| cut.contains(section)).map(|(_, saves)| *saves);
    let saves = saves.fold(0, u64::saturating_add);
    Advice { cut, saves: Duration::from_millis(saves), missing: Duration::from_millis(missing) }
}

/// The cheapest set that saves what is missing, if any does.
fn enough(candidates: &[(usize, u64)], missing: u64) -> Option<Vec<usize>> {
    let step = missing.div_ceil(STEPS).max(1000);
    let needed = missing.div_ceil(step);
    // By what is saved and not yet enough: the fewest and earliest sections that save it.
    let mut short: BTreeMap<u64, (usize, Vec<usize>)> = BTreeMap::from([(0, (0, Vec::new()))]);
    let mut best: Option<(u64, usize, Vec<usize>)> = None;
    for (section, saves) in candidates {
        for (saved, (count, set)) in short.clone() {
            let saved = saved.saturating_add(saves / step);
            let set = (count + 1, [set, vec![*section]].concat());
            if saved < needed {
                let known = short.remove(&saved);
                short.insert(saved, known.into_iter().chain([set.clone()]).min().unwrap_or(set));
            } else {
                best = best.into_iter().chain([(saved, set.0, set.1)]).min();
            }
        }
    }
    best.map(|(_, _, set)| set)
}

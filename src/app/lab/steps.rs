//! Moving about in time, alike in the lab and where patterns stand side by side.

use crate::app::action::Action;
use crate::app::pacer::Pacer;
use crate::sim::{SimSpan, SimTime};

const STEP: SimSpan = SimSpan::from_millis(100);
const SCRUB: SimSpan = SimSpan::from_seconds(1);

/// Where a key for stepping or scrubbing leads from where the clock stands; `None` for any other key.
#[must_use]
pub fn step(pacer: &Pacer, action: Action) -> Option<SimTime> {
    let at = pacer.target();
    let back = |by: SimSpan| SimTime::from_nanos(at.nanos().saturating_sub(by.nanos()));
    Some(match action {
        Action::StepOn => at + STEP,
        Action::StepBack => back(STEP),
        Action::ScrubOn => at + SCRUB,
        Action::ScrubBack => back(SCRUB),
        _ => return None,
    })
}

/// The nearest of these moments after `at`, or before it.
#[must_use]
pub fn nearest(moments: impl Iterator<Item = SimTime>, at: SimTime, forward: bool) -> Option<SimTime> {
    if forward {
        moments.filter(|moment| *moment > at).min()
    } else {
        moments.filter(|moment| *moment < at).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_back_stops_at_the_start() {
        let mut pacer = Pacer::default();
        pacer.jump(SimTime::from_nanos(150_000_000));
        assert_eq!(step(&pacer, Action::StepBack), Some(SimTime::from_nanos(50_000_000)));
        assert_eq!(step(&pacer, Action::ScrubBack), Some(SimTime::ZERO));
        assert_eq!(step(&pacer, Action::ScrubOn), Some(SimTime::from_nanos(1_150_000_000)));
        assert_eq!(step(&pacer, Action::Rerun), None);
    }

    #[test]
    fn the_moment_one_stands_at_is_neither_after_nor_before() {
        let moments = || [40, 10, 20, 30].into_iter().map(SimTime::from_nanos);
        assert_eq!(nearest(moments(), SimTime::from_nanos(20), true), Some(SimTime::from_nanos(30)));
        assert_eq!(nearest(moments(), SimTime::from_nanos(20), false), Some(SimTime::from_nanos(10)));
        assert_eq!(nearest(moments(), SimTime::from_nanos(40), true), None);
    }
}

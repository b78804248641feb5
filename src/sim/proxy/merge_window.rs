//! When a change of health reaches the load balancer: Envoy's `update_merge_window`, kept for each priority.
//!
//! Source: `ClusterManagerImpl::scheduleUpdate` and `applyUpdates` in Envoy's `cluster_manager_impl.cc`, and measured
//! on Envoy 1.40: a change more than a window after the last delivery is delivered at once, with whatever waited; any
//! other starts a timer of a *whole* window, unless one is running. So of two ejections 0.6 s apart the second acts
//! 1 s after itself, not 1 s after the first.

use crate::sim::time::{SimSpan, SimTime};

/// Envoy compares whole milliseconds and asks for more than the window.
const STRICTLY: SimSpan = SimSpan::from_millis(1);

/// One priority's window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct MergeWindow {
    delivered_at: Option<SimTime>,
    /// When the changes that wait are delivered.
    due: Option<SimTime>,
}

/// What becomes of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Now,
    /// A timer has been started.
    At(SimTime),
    /// With an earlier change, for which a timer runs.
    Joins,
}

impl MergeWindow {
    /// A change that adds and removes no endpoint has happened; [`Verdict::Now`] asks for [`MergeWindow::delivered`].
    pub fn change(&mut self, now: SimTime, window: SimSpan) -> Verdict {
        let open = window > SimSpan::ZERO
            && self.delivered_at.is_some_and(|delivered| now.since(delivered) < window + STRICTLY);
        match self.due {
            _ if !open => Verdict::Now,
            Some(_) => Verdict::Joins,
            None => {
                let due = now + window;
                self.due = Some(due);
                Verdict::At(due)
            }
        }
    }

    /// Whether a timer that was started for this moment still stands.
    pub fn is_due(self, now: SimTime) -> bool {
        self.due == Some(now)
    }

    /// The load balancer has the truth; whatever waited is delivered with it.
    pub fn delivered(&mut self, now: SimTime) {
        *self = Self { delivered_at: Some(now), due: None };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: SimSpan = SimSpan::from_seconds(1);

    fn at(millis: u64) -> SimTime {
        SimTime::ZERO + SimSpan::from_millis(millis)
    }

    fn first_at(millis: u64) -> MergeWindow {
        let mut window = MergeWindow::default();
        assert_eq!(window.change(at(millis), WINDOW), Verdict::Now);
        window.delivered(at(millis));
        window
    }

    #[test]
    fn a_second_change_waits_a_whole_window_of_its_own() {
        let mut window = first_at(100);
        assert_eq!(window.change(at(700), WINDOW), Verdict::At(at(1700)));
        assert_eq!(window.change(at(900), WINDOW), Verdict::Joins);
        assert!(!window.is_due(at(1100)) && window.is_due(at(1700)));
    }

    #[test]
    fn a_change_a_window_after_the_last_delivery_takes_along_what_waits() {
        let mut window = first_at(100);
        window.change(at(700), WINDOW);
        assert_eq!(window.change(at(1100), WINDOW), Verdict::Joins, "exactly a window is not more than it");
        assert_eq!(window.change(at(1101), WINDOW), Verdict::Now);
        window.delivered(at(1101));
        assert!(!window.is_due(at(1700)), "its timer is canceled");
    }

    #[test]
    fn without_a_window_nothing_waits() {
        let mut window = first_at(100);
        assert_eq!(window.change(at(100), SimSpan::ZERO), Verdict::Now);
    }
}

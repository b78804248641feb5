//! Hot-hot or hot-warm: whether every region serves users, or the others stand by for the first.
//!
//! **Hot-hot** is the scenario as it is. **Hot-warm**: all users come to the first region, which keeps its pods, since a
//! region of a hot-hot pair holds the whole load already. Each other region keeps a share of its own pods, rounded up
//! for every service, and no user comes to it. Whether calls come to it is the pattern's affair: a flat pool calls
//! whatever is ready, priorities leave it alone. When it takes over it has a share of what is needed until it has scaled
//! up, and what it cannot serve fails. With no pods it takes over nothing.

use super::flow::WHOLE;
use super::question::Question;
use crate::sim::scenario::Scenario;
use crate::sim::time::SimSpan;

/// How often the horizontal pod autoscaler looks (`--horizontal-pod-autoscaler-sync-period`, Kubernetes' default).
const AUTOSCALER_LOOKS: SimSpan = SimSpan::from_seconds(15);

/// Whether the other regions stand by, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standby {
    /// They stand by; what follows counts only then.
    pub warm: bool,
    /// The share of its pods that a standby keeps.
    pub kept: u64,
    /// From taking over until all its pods serve.
    pub scale_up: SimSpan,
}

impl Standby {
    /// Hot-hot; were it warm, half of the pods, and all of them once the autoscaler has looked and a pod has started, for
    /// which a scenario has `kubernetes.restart`.
    pub fn of(scenario: &Scenario) -> Self {
        Self { warm: false, kept: WHOLE / 2, scale_up: AUTOSCALER_LOOKS + scenario.restart }
    }
}

impl Question {
    /// With users and pods where they are if regions stand by; as it is if they do not.
    pub(super) fn standing_by(mut self) -> Self {
        if !self.standby.warm {
            return self;
        }
        let hot = self.own_pods();
        let all: u64 = self.scenario.users.iter().map(|users| users.rate_milli).sum();
        for (region, users) in self.scenario.users.iter_mut().enumerate() {
            // Only shares matter here; nobody at all would be everybody everywhere.
            users.rate_milli = if region == 0 { all.max(1) } else { 0 };
        }
        let kept = u128::from(self.standby.kept);
        for service in &mut self.scenario.services {
            for pods in service.pods.iter_mut().skip(1) {
                *pods = (u128::from(*pods) * kept).div_ceil(u128::from(WHOLE)) as u32;
            }
        }
        let warm = self.own_pods();
        // Pods that were asked for are those of hot regions, too.
        self.pods = self.pods.map(|pods| (pods * warm).div_ceil(hot.max(1)));
        self
    }
}

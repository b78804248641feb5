//! One endpoint, as a proxy knows it.

use super::{Rules, Site};
use crate::sim::time::SimTime;
use crate::sim::world::{PodId, Told};

/// What is known of one endpoint: a pod, or the gateway that stands for several.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts of one endpoint")]
pub(super) struct Endpoint {
    pub pod: PodId,
    pub site: Site,
    pub listed: bool,
    pub ready: bool,
    /// Ejected, as far as that has been noticed: hosts that return in one sweep return one after another.
    pub out: bool,
    /// The level before gaps are closed.
    pub rank: u8,
    pub level: u8,
    /// In the endpoint list: 1 for a pod.
    pub weight: u32,
    /// It has not been told that the pod is gone.
    pub there: bool,
    /// Belongs to another subset.
    pub foreign: bool,
    /// Since when it has been listed and healthy, where endpoints warm up.
    pub warm_since: Option<SimTime>,
}

impl Endpoint {
    /// An endpoint of which nothing is known but where it stands.
    pub(super) fn unlisted(pod: PodId, site: Site, caller: Site, subset: Option<u8>, rules: &Rules) -> Self {
        Self {
            pod,
            site,
            listed: false,
            ready: false,
            out: false,
            rank: rules.rank(caller, site),
            level: 0,
            weight: 1,
            there: false,
            foreign: subset.is_some_and(|subset| subset != site.region),
            warm_since: None,
        }
    }

    /// Not ready is listed or not as the version has it; gone is never listed.
    pub(super) fn set(&mut self, told: Told, rules: &Rules) {
        self.ready = told == Told::Ready;
        self.there = told != Told::Gone;
        self.listed = !self.foreign && (self.ready || (told == Told::NotReady && rules.lists_unhealthy));
    }
}

//! What stands behind the numbers on show: parts, rules and prices, so that each can be explained as it is now.

use super::{Heat, Nanos, PlaceId, Stretch};

/// Behind the numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Detail {
    /// The services, in the scenario's order.
    pub services: Vec<String>,
    /// Users' requests that ended well, and badly, from the start of the run to the end of the last whole second.
    pub so_far: (u64, u64),
    /// The last whole second.
    pub second: Stretch,
    /// The last 60 whole seconds, or as many as there are.
    pub minute: Stretch,
    /// The last seconds in a row, 10 at most, in which nothing was broken: no layer of a failure, every pod ready, nothing
    /// failed, tried again or ejected. No seconds if there were none in the last half hour.
    pub well: Stretch,
    pub policy: Policy,
    /// Who has ejected whom.
    pub ejectors: Vec<Ejector>,
    pub heat: Heat,
}

/// Rules and prices that hold for the whole run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Tries of one call beyond the first, at most.
    pub retries: u8,
    /// What is tried again, as `retryOn` spells it.
    pub retry_on: String,
    /// Calls of one proxy to one service that may be tried again at a time, where that is limited.
    pub retry_limit: Option<u32>,
    /// Errors in a row that eject an endpoint; `None`: nothing is ever ejected.
    pub ejects_after: Option<u32>,
    /// How long the first ejection lasts.
    pub ejection_base: Nanos,
    /// Percent of a proxy's endpoints that may be out at once; `None` where there is no such rule.
    pub max_ejection_percent: Option<u32>,
    /// Micro-dollars of a gigabyte between regions.
    pub gb_micro: u64,
    /// Micro-dollars of a vCPU for an hour.
    pub vcpu_micro: u64,
    /// Thousandths of a vCPU that all pods have together.
    pub vcpu_milli: u64,
    /// Pods that exist.
    pub pods: u64,
}

/// The proxies of one calling service in one region that have ejected endpoints of one service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ejector {
    /// `checkout`, or `users` where a client calls.
    pub caller: String,
    /// An index into [`super::MeshView::regions`].
    pub region: u8,
    /// The service that is called: an index into [`Detail::services`].
    pub service: u16,
    /// How many such proxies there are, those that have ejected nobody included.
    pub proxies: u16,
    /// Endpoints in such a proxy's list.
    pub hosts: u32,
    /// How many of them may be out at once.
    pub most: u32,
    /// Endpoints, how many of the proxies have ejected each, and when the first of these may let it back in.
    pub out: Vec<(PlaceId, u16, Nanos)>,
}

impl Detail {
    /// Empties it, keeping what was allocated.
    pub fn clear(&mut self) {
        self.services.clear();
        self.so_far = (0, 0);
        self.second.clear();
        self.minute.clear();
        self.well.clear();
        self.policy = Policy::default();
        self.ejectors.clear();
        self.heat.begin(0, 0);
    }
}

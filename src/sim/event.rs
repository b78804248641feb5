//! All that can happen by itself, as data.

/// A try in the slab, as it was when the event was scheduled: if the slot has moved on, the event is void.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TryRef {
    pub slot: u32,
    pub generation: u32,
}

/// One thing that happens. A pop of the queue is what every figure calls an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A user of this region sends a request.
    /// A user of this region sends a request, unless the rate has changed since.
    Arrive { region: u8, epoch: u32 },
    /// A try reaches its pod.
    Reach(TryRef),
    /// A pod is done with its own work, or with a store, and takes its next step.
    Step(TryRef),
    /// An answer, or the end of waiting for one, reaches the caller.
    Answer(TryRef),
    /// A retry has waited long enough.
    Retry(TryRef),
    /// A delay that was injected into a call is over.
    Delayed(TryRef),
    /// A try has had no answer within `per_try_timeout`.
    TryTimeout(TryRef),
    /// A call has had no answer within the route's timeout.
    RouteTimeout(TryRef),
    /// The user behind a try that will never be answered has waited long enough.
    UserLeaves(TryRef),
    /// A proxy sweeps its ejected endpoints.
    Sweep { proxy: u16 },
    /// A merge window ends: held-back health changes reach this level of a proxy.
    Merge { proxy: u16, level: u8 },
    /// A change of a pod's readiness reaches the proxies of a region.
    Push { region: u8, pod: u16 },
    /// Kubernetes gives up a pod on a node it has not heard from.
    NodeLost { pod: u16, epoch: u32 },
}

impl Event {
    /// A number that tells kinds and subjects apart, for the digest.
    #[inline]
    pub fn word(self) -> u64 {
        let about = |kind: u64, of: TryRef| kind << 56 | u64::from(of.generation) << 24 ^ u64::from(of.slot);
        match self {
            Self::Arrive { region, epoch } => u64::from(epoch) << 8 | u64::from(region),
            Self::Reach(of) => about(1, of),
            Self::Step(of) => about(2, of),
            Self::Answer(of) => about(3, of),
            Self::Retry(of) => about(4, of),
            Self::TryTimeout(of) => about(5, of),
            Self::RouteTimeout(of) => about(6, of),
            Self::UserLeaves(of) => about(11, of),
            Self::Delayed(of) => about(30, of),
            Self::Sweep { proxy } => 7 << 56 | u64::from(proxy),
            Self::Merge { proxy, level } => 8 << 56 | u64::from(level) << 16 | u64::from(proxy),
            Self::Push { region, pod } => 9 << 56 | u64::from(region) << 16 | u64::from(pod),
            Self::NodeLost { pod, epoch } => 10 << 56 | u64::from(epoch) << 16 | u64::from(pod),
        }
    }
}

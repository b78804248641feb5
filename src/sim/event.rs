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
    /// A pod writes to a store.
    Store(TryRef),
    /// A store of this region commits that write.
    Commit { of: TryRef, region: u8 },
    /// Writes may have arrived at the end of a stream of replication.
    Replicate { stream: u16 },
    /// A promotion of another writer is done.
    Promoted { number: u32 },
    /// A slow control plane is done with what it has heard of a pod.
    PushLate { region: u8, pod: u16 },
    /// A pod that was asked to stop stops listening.
    PodStops { pod: u16, epoch: u32 },
    /// A draining pod may be done.
    PodExits { pod: u16, epoch: u32 },
    /// A pod has started.
    PodStarts { pod: u16, epoch: u32 },
    /// A certificate in this region runs out.
    CertificatesExpire { region: u8, epoch: u32 },
    /// Leases that this region could not renew run out.
    LeasesEnd { region: u8 },
    /// A slow look-up of a name is over.
    Resolved(TryRef),
    /// One of Route 53's checkers asks for the load balancer of a region.
    Check { region: u8, checker: u8 },
    /// It has its answer, or waits no longer.
    Checked { region: u8, checker: u8, ok: bool },
    /// A deep check has waited long enough, unless it has ended.
    CheckLate { region: u8, checker: u8, check: u32 },
    /// No resolver of this region's users keeps an answer that no longer holds.
    UsersMoved { region: u8, epoch: u32 },
    /// `ExternalDNS` of a cluster compares its records with what its cluster asks for.
    ExternalDns { region: u8 },
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
            Self::Delayed(of) => about(27, of),
            Self::Sweep { proxy } => 7 << 56 | u64::from(proxy),
            Self::Merge { proxy, level } => 8 << 56 | u64::from(level) << 16 | u64::from(proxy),
            Self::Push { region, pod } => 9 << 56 | u64::from(region) << 16 | u64::from(pod),
            Self::NodeLost { pod, epoch } => 10 << 56 | u64::from(epoch) << 16 | u64::from(pod),
            Self::Store(of) => about(12, of),
            Self::Commit { of, region } => about(13, of) ^ u64::from(region) << 48,
            Self::Replicate { stream } => 14 << 56 | u64::from(stream),
            Self::Promoted { number } => 15 << 56 | u64::from(number),
            Self::PushLate { region, pod } => 20 << 56 | u64::from(region) << 16 | u64::from(pod),
            Self::PodStops { pod, epoch } => 21 << 56 | u64::from(epoch) << 16 | u64::from(pod),
            Self::PodExits { pod, epoch } => 22 << 56 | u64::from(epoch) << 16 | u64::from(pod),
            Self::PodStarts { pod, epoch } => 23 << 56 | u64::from(epoch) << 16 | u64::from(pod),
            Self::CertificatesExpire { region, epoch } => {
                24 << 56 | u64::from(epoch) << 8 | u64::from(region)
            }
            Self::LeasesEnd { region } => 25 << 56 | u64::from(region),
            Self::Resolved(of) => about(26, of),
            Self::Check { region, checker } => 30 << 56 | u64::from(region) << 8 | u64::from(checker),
            Self::Checked { region, checker, ok } => {
                31 << 56 | u64::from(ok) << 16 | u64::from(region) << 8 | u64::from(checker)
            }
            Self::CheckLate { region, checker, check } => {
                32 << 56 | u64::from(check) << 16 | u64::from(region) << 8 | u64::from(checker)
            }
            Self::UsersMoved { region, epoch } => 33 << 56 | u64::from(epoch) << 8 | u64::from(region),
            Self::ExternalDns { region } => 34 << 56 | u64::from(region),
        }
    }
}

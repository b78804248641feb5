//! What a second is made of: why things failed, how long each part of the way took, how each pod was.

use super::Engine;
use crate::mesh_view::{Gauges, HeatCell, Reason, Stretch};
use crate::sim::event::TryRef;
use crate::sim::policy::retry::Outcome;
use crate::sim::sink::Second;
use crate::sim::time::SimSpan;
use crate::sim::world::{Condition, Life, NONE, Pod, Try, Within};

impl Engine {
    /// Why a try, or the request that it was the last of, did not end well.
    pub(super) fn reason(&self, made: &Try) -> Reason {
        match made.cause.outcome {
            // Nobody has failed: nobody waits any longer.
            Outcome::Status(200) => Reason::Left,
            Outcome::Status(_) => match made.cause.within {
                Within::Itself => Reason::Answered,
                Within::Queue => Reason::QueueFull,
                Within::Aurora => Reason::Aurora,
                Within::DynamoDb => Reason::DynamoDb,
            },
            Outcome::ConnectFailure if self.world.expired > 0 => Reason::Expired,
            Outcome::ConnectFailure | Outcome::RefusedStream => Reason::Refused,
            Outcome::ConnectTimeout => Reason::ConnectTimeout,
            Outcome::Reset => Reason::Reset,
            Outcome::PerTryTimeout | Outcome::RouteTimeout => Reason::Timeout,
            Outcome::Overflow => Reason::Overflow,
            Outcome::Injected(_) => Reason::Injected,
            Outcome::NoHost => Reason::NoHost,
            Outcome::NoAddress => Reason::NoAddress,
        }
    }

    /// A try has ended well: its time is that of its way, less that of the calls its pod made and that ended well. What
    /// a pod waited for in vain stays its own.
    #[inline]
    pub(super) fn note_time(&mut self, made: &Try) {
        if made.is_probe() || made.pod == NONE {
            return;
        }
        let span = self.now.since(made.sent);
        let (service, from, to) = self.leg(made);
        self.meter.took(service, from, to, span);
        let above = made.parent.and_then(|parent| self.world.tries.get(parent)).filter(|up| up.pod != NONE);
        if let Some((service, from, to)) = above.map(|above| self.leg(above)) {
            self.meter.waited(service, from, to, span);
        }
    }

    /// Whom a try calls, from where and where.
    #[inline]
    fn leg(&self, made: &Try) -> (Option<u16>, u8, u8) {
        ((made.proxy != NONE).then_some(made.service), made.region, self.region_of(made.pod))
    }

    /// A call has ended well: what happened on its way has happened on its caller's way.
    #[inline]
    pub(super) fn pass_up(&mut self, parent: TryRef, made: &Try) {
        if let Some(above) = self.world.tries.get_mut(parent) {
            above.flags.went_far |= made.flags.crosses || made.flags.went_far;
            above.flags.took_two |= made.attempt > 0 || made.flags.took_two;
        }
    }

    /// A user's request has ended after so long.
    #[inline]
    pub(super) fn note_end(&mut self, made: &Try, took: SimSpan, ok: bool) {
        if ok {
            let elsewhere = made.pod != NONE && self.region_of(made.pod) != made.region;
            let crossed = elsewhere || made.flags.crosses || made.flags.went_far;
            self.meter.went(crossed, made.attempt > 0 || made.flags.took_two, took);
        } else {
            let reason = self.reason(made);
            let service = if reason == Reason::Left { made.service } else { made.cause.service };
            self.meter.failed_because(made.region, service, reason);
        }
    }

    /// The second that ends now, as it will be shown.
    pub(super) fn second_seen(&self, gauges: &Gauges, parts: Stretch) -> Second {
        let pods: Box<[u8]> = self.world.pods.iter().map(|pod| self.heat(pod).byte()).collect();
        let ready = |byte: &u8| matches!(HeatCell::of(*byte), HeatCell::Ready | HeatCell::Absent);
        let quiet = gauges.failed == 0 && gauges.retries == 0 && gauges.ejected == 0;
        let well = gauges.ok > 0 && quiet && self.faults.is_empty() && pods.iter().all(ready);
        Second { parts, pods, well }
    }

    /// How a pod was in the second that ends now: its state as the picture has it, and errors that it passed on.
    fn heat(&self, pod: &Pod) -> HeatCell {
        let errs = || match pod.counts.calls.max(pod.counts.failed) {
            calls if pod.counts.failed * 2 >= calls && pod.counts.failed > 0 => HeatCell::Fails,
            _ => HeatCell::Errs,
        };
        match &pod.condition {
            _ if pod.life == Life::Gone => HeatCell::Absent,
            Condition { down: true, .. }
            | Condition { refuse: true, .. }
            | Condition { crashed: true, .. } => HeatCell::Down,
            _ if pod.expired => HeatCell::Down,
            _ if self.is_ejected(pod) => HeatCell::Ejected,
            _ if pod.life != Life::Serving => HeatCell::NotReady,
            // What is not answered fails later, if its caller waits no longer.
            Condition { blackhole: true, .. } => HeatCell::Fails,
            Condition { unavailable: true, .. } => errs(),
            Condition { errors, .. } if !errors.is_zero() => errs(),
            Condition { not_ready: true, .. } => HeatCell::NotReady,
            _ if pod.counts.failed > 0 => errs(),
            Condition { slow, .. } if *slow > SimSpan::ZERO => HeatCell::Slow,
            _ => HeatCell::Ready,
        }
    }

    /// Some proxy that calls a pod has ejected it.
    fn is_ejected(&self, pod: &Pod) -> bool {
        self.world.proxies.iter().any(|proxy| {
            proxy.service == pod.service
                && proxy.subset.is_none_or(|subset| subset == pod.region)
                && proxy.ejected_count() > 0
                && proxy.ejected_until(pod.host).is_some()
        })
    }
}

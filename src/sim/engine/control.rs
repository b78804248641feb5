//! The control plane and the proxies' clocks: readiness on its way to endpoint lists, sweeps, merge windows.

use super::Engine;
use crate::sim::event::Event;
use crate::sim::rng::{Concern, below};
use crate::sim::time::SimSpan;
use crate::sim::world::{Host, PodId, Told};

/// What a change of readiness takes from the API server to the proxies at least: istiod's debounce.
const PUSH_MIN: SimSpan = SimSpan::from_millis(100);
/// And at most this much more, drawn for each change and region.
const PUSH_SPREAD: SimSpan = SimSpan::from_millis(400);
/// What an `EndpointSlice` takes more to come to the other clusters of a clusterset: an MCS controller copies it there
/// through both API servers. No implementation promises a time; a second is a healthy one's order of magnitude.
const SLICE_COPY: SimSpan = SimSpan::from_seconds(1);

impl Engine {
    /// Kubernetes has not heard from a pod's node for too long.
    pub(super) fn node_lost(&mut self, id: PodId, epoch: u32) {
        let pod = &mut self.world.pods[usize::from(id)];
        if pod.epoch != epoch || !pod.condition.down {
            return;
        }
        pod.node_lost = true;
        self.refresh_readiness(id);
    }

    /// Brings what is said of a pod up to date and sends word of a change.
    pub(super) fn refresh_readiness(&mut self, id: PodId) {
        let pod = &mut self.world.pods[usize::from(id)];
        let word = pod.word();
        if pod.said == word {
            return;
        }
        pod.said = word;
        for region in 0..self.world.regions.len() as u8 {
            self.schedule_push(region, id);
        }
        if word == Told::Ready {
            self.settled(id);
        }
    }

    /// Word of a pod's readiness starts for the proxies of a region.
    fn schedule_push(&mut self, region: u8, pod: PodId) {
        self.pushes += 1;
        let bits = self.fixed.dice.draw(Concern::Push, self.pushes, u32::from(region), u32::from(pod));
        let mut delay = PUSH_MIN + SimSpan::from_nanos(below(bits, PUSH_SPREAD.nanos()));
        if !self.fixed.rules.sidecars && region != self.world.pods[usize::from(pod)].region {
            delay = delay + SLICE_COPY;
        }
        self.queue.schedule(self.now + delay, Event::Push { region, pod });
    }

    /// Word of a pod's readiness arrives: at the load balancer, which asks Kubernetes itself, and at the control plane.
    pub(super) fn push(&mut self, region: u8, id: PodId) {
        let state = &self.world.regions[usize::from(region)];
        let (region_down, istiod) = (state.down, state.control.istiod);
        let pod = &mut self.world.pods[usize::from(id)];
        if pod.region == region && !region_down && pod.listed != pod.word() {
            pod.listed = pod.word();
            self.look_again();
        }
        if istiod.slow > SimSpan::ZERO && !istiod.down {
            self.queue.schedule(self.now + istiod.slow, Event::PushLate { region, pod: id });
        } else {
            self.tell_proxies(region, id);
        }
    }

    /// A control plane tells its proxies what it knows of a pod, if that is news.
    pub(super) fn tell_proxies(&mut self, region: u8, id: PodId) {
        let Some(word) = self.word_for(region, id) else { return };
        let known = &mut self.world.regions[usize::from(region)].told[usize::from(id)];
        if *known == word {
            return;
        }
        let was = std::mem::replace(known, word);
        let pod = &self.world.pods[usize::from(id)];
        let (service, host) = (usize::from(pod.service), pod.host);
        self.tell_push(region, id, (was, word));
        for index in 0..self.world.regions[usize::from(region)].callers[service].len() {
            let proxy = self.world.regions[usize::from(region)].callers[service][index];
            self.world.proxies[usize::from(proxy)].tell(host, word, self.now, &self.fixed.rules);
            self.table_changed(proxy);
        }
        self.look_again();
    }

    /// After a link, a region or a control plane has come back, word starts for whatever was missed.
    pub(super) fn push_what_differs(&mut self) {
        for region in 0..self.world.regions.len() as u8 {
            for id in 0..self.world.pods.len() as PodId {
                let told = self.world.regions[usize::from(region)].told[usize::from(id)];
                let pod = &self.world.pods[usize::from(id)];
                let unlisted = pod.region == region && pod.listed != pod.word();
                if unlisted || self.word_for(region, id).is_some_and(|word| word != told) {
                    self.schedule_push(region, id);
                }
            }
        }
    }

    /// A proxy's periodic sweep lets endpoints back in.
    pub(super) fn sweep(&mut self, proxy: u16) {
        self.queue.schedule(self.now + self.fixed.rules.outlier.interval, Event::Sweep { proxy });
        let turn = self.now.nanos() / self.fixed.rules.outlier.interval.nanos();
        let (dice, which) = (&self.fixed.dice, turn << 16 | u64::from(proxy));
        let coin = |host: Host| dice.draw(Concern::Phase, which, u32::from(host) + 1, 0) >> 63 == 0;
        for host in self.world.proxies[usize::from(proxy)].sweep(self.now, coin) {
            self.tell_return(proxy, host);
            self.health_changed(proxy, host);
        }
    }

    /// A merge window ends.
    pub(super) fn merge(&mut self, proxy: u16, level: u8) {
        if self.world.proxies[usize::from(proxy)].merge(level, self.now, &self.fixed.rules) {
            self.table_changed(proxy);
        }
    }

    /// A proxy's detector has changed its mind on an endpoint.
    pub(super) fn health_changed(&mut self, proxy: u16, host: Host) {
        use crate::sim::proxy::Change;
        let found = &mut self.world.proxies[usize::from(proxy)];
        let level = found.level_of(host);
        match found.health_changed(host, self.now, &self.fixed.rules) {
            Change::Applied => self.table_changed(proxy),
            Change::WaitUntil(at) => self.queue.schedule(at, Event::Merge { proxy, level }),
            Change::Waits => {}
        }
    }

    /// A second has gone by: its row is written, and counts start again.
    pub(super) fn close_second(&mut self) {
        let end = self.second_ends;
        let bill = self.bill_of_second();
        let (mut gauges, parts) = self.meter.close_second(&self.fixed.prices, &bill);
        gauges.ejected = self.world.proxies.iter().map(|proxy| proxy.ejected_count() as u32).sum();
        self.second_ends = self.meter.second_ends();
        if self.sink.hearing.seconds {
            let second = self.second_seen(&gauges, parts);
            self.sink.second(end, gauges, second);
        }
        for pod in &mut self.world.pods {
            let counts = &mut pod.counts;
            (counts.calls_last, counts.failed_last) = (counts.calls, counts.failed);
            (counts.calls, counts.failed, counts.sent) = (0, 0, 0);
        }
        self.settle_reads(end);
        self.recall(end);
    }
}

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

    /// Brings a pod's readiness up to date and sends word of a change.
    pub(super) fn refresh_readiness(&mut self, id: PodId) {
        let pod = &mut self.world.pods[usize::from(id)];
        let condition = &pod.condition;
        let ready = !condition.crashed && !condition.not_ready && !pod.node_lost;
        if pod.ready == ready {
            return;
        }
        pod.ready = ready;
        for region in 0..self.world.regions.len() as u8 {
            self.schedule_push(region, id);
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

    /// Word of a pod's readiness arrives. A control plane that cannot reach the pod's region keeps what it knew.
    pub(super) fn push(&mut self, region: u8, id: PodId) {
        let pod = &self.world.pods[usize::from(id)];
        let told = if pod.ready { Told::Ready } else { Told::NotReady };
        let cut_off = self.world.severed(region, pod.region)
            || self.world.regions[usize::from(region)].down
            || self.world.regions[usize::from(pod.region)].down;
        let known = &mut self.world.regions[usize::from(region)].told[usize::from(id)];
        if cut_off || *known == told {
            return;
        }
        *known = told;
        let (service, host, ready) = (usize::from(pod.service), pod.host, pod.ready);
        self.tell_push(region, id, ready);
        for index in 0..self.world.regions[usize::from(region)].callers[service].len() {
            let proxy = self.world.regions[usize::from(region)].callers[service][index];
            self.world.proxies[usize::from(proxy)].tell(host, ready, self.now, &self.fixed.rules);
            self.table_changed(proxy);
        }
    }

    /// After a link or a region has come back, word starts for whatever was missed.
    pub(super) fn push_what_differs(&mut self) {
        for region in 0..self.world.regions.len() {
            for id in 0..self.world.pods.len() {
                let pod = &self.world.pods[id];
                let told = if pod.ready { Told::Ready } else { Told::NotReady };
                let missed = self.world.regions[region].told[id] != told;
                if missed && !self.world.severed(region as u8, pod.region) {
                    self.schedule_push(region as u8, id as PodId);
                }
            }
        }
    }

    /// A proxy's periodic sweep lets endpoints back in.
    pub(super) fn sweep(&mut self, proxy: u16) {
        self.queue.schedule(self.now + self.fixed.rules.outlier.interval, Event::Sweep { proxy });
        for host in self.world.proxies[usize::from(proxy)].sweep(self.now) {
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
        let pods = self.world.pods.len() as u64;
        let mut gauges = self.meter.close_second(&self.fixed.prices, pods);
        gauges.ejected = self.world.proxies.iter().map(|proxy| proxy.ejected_count() as u32).sum();
        self.second_ends = self.meter.second_ends();
        self.sink.second(end, gauges);
        for pod in &mut self.world.pods {
            let counts = &mut pod.counts;
            (counts.calls_last, counts.failed_last) = (counts.calls, counts.failed);
            (counts.calls, counts.failed) = (0, 0);
        }
        self.recall(end);
    }
}

//! Endpoints leave and come back: ejections, what is held against them, returns.

use super::QUIET;
use super::memory::Ejected;
use crate::mesh_view::LogKind;
use crate::sim::engine::Engine;
use crate::sim::policy::outlier::Ejection;
use crate::sim::time::SimTime;
use crate::sim::world::Host;

impl Engine {
    /// A proxy's detector has found a run of errors.
    pub(in crate::sim::engine) fn ejected(&mut self, proxy: u16, host: Host, ejection: Ejection) {
        match ejection {
            Ejection::Ejected { multiplier, .. } => {
                self.meter.ejected();
                self.tell_ejected(proxy, host, multiplier);
                self.health_changed(proxy, host);
            }
            Ejection::Overflow { now_ejected, hosts } => self.tell_overflow(proxy, host, now_ejected, hosts),
        }
    }

    fn ejection(&mut self, proxy: u16, host: Host) -> &mut Ejected {
        let found = &self.world.proxies[usize::from(proxy)];
        let place = usize::from(found.site.region) * self.memory.services + usize::from(found.service);
        let told = &mut self.memory.ejections[place];
        if told.len() <= usize::from(host) {
            told.resize(usize::from(host) + 1, Ejected::default());
        }
        &mut told[usize::from(host)]
    }

    fn tell_ejected(&mut self, proxy: u16, host: Host, multiplier: u32) {
        let now = self.now;
        let told = self.ejection(proxy, host);
        if told.out && multiplier <= told.multiplier {
            return;
        }
        let since = if told.out { told.since } else { now };
        *told = Ejected { out: true, since, multiplier, ..*told };
        if self.heard() {
            let text = self.ejected_text(proxy, host, multiplier);
            let path = self.host_path(proxy, host);
            self.line(LogKind::Ejection, path, text);
        }
    }

    /// A Linkerd proxy's breaker has shut, or stays shut after a probe.
    pub(in crate::sim::engine) fn tell_shut(
        &mut self,
        proxy: u16,
        host: Host,
        until: SimTime,
        failures: u32,
    ) {
        let now = self.now;
        let told = self.ejection(proxy, host);
        let again = told.out;
        let since = if again { told.since } else { now };
        *told = Ejected { out: true, since, ..*told };
        if self.heard() && !again {
            let text = self.shut_text(proxy, host, until.since(now), failures);
            let path = self.host_path(proxy, host);
            self.line(LogKind::Ejection, path, text);
        }
    }

    fn tell_overflow(&mut self, proxy: u16, host: Host, ejected: usize, hosts: usize) {
        let now = self.now;
        let told = self.ejection(proxy, host);
        let last = told.overflow_at.replace(now);
        if self.heard() && last.is_none_or(|last| now.since(last) >= QUIET.times(3)) {
            let text = self.overflow_text(proxy, host, ejected, hosts);
            let path = self.host_path(proxy, host);
            self.line(LogKind::Ejection, path, text);
        }
    }

    /// A proxy lets an endpoint back in.
    pub(in crate::sim::engine) fn tell_return(&mut self, proxy: u16, host: Host) {
        let now = self.now;
        let multiplier = self.world.proxies[usize::from(proxy)].multiplier(host);
        let told = self.ejection(proxy, host);
        if !told.out || multiplier < told.multiplier {
            return;
        }
        told.out = false;
        let away = now.since(told.since).as_millis_f64() / 1000.0;
        if self.heard() {
            let text = format!("{} is back after {away:.0} s", self.host_name(proxy, host));
            let path = self.host_path(proxy, host);
            self.line(LogKind::Return, path, text);
        }
    }
}

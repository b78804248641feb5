//! The Why log: one sentence for each thing that changes where traffic goes, with its arithmetic.
//!
//! Proxies of one region see the same things within moments of each other; the first to see one tells it and the
//! others' lines are folded into that. What has been told is remembered here and decides nothing but lines, so it is
//! kept whether anybody listens or not.

mod control;
mod data;
mod dns;
mod plain;
mod policies;
mod scores;
mod tables;
mod texts;

use crate::mesh_view::LogKind;
use crate::sim::engine::Engine;
use crate::sim::intervention::{Effect, Intervention, Part, Target};
use crate::sim::policy::outlier::Ejection;
use crate::sim::policy::retry::Outcome;
use crate::sim::proxy::Proxy;
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::{Cause, Host, NONE, Try, World, gateway_region};

/// After so long without failures the next one is news again, and its end is a recovery.
const QUIET: SimSpan = SimSpan::from_seconds(10);

/// What has been told.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    services: usize,
    /// For each caller region and service, by endpoint.
    ejections: Vec<Vec<Ejected>>,
    /// For each region and service of pods: when one failed last.
    failures: Vec<Option<SimTime>>,
    tables: tables::Told,
    no_hosts: Vec<Option<SimTime>>,
    /// For each region: when a call came no further than its gateway last.
    gateways: Vec<Option<SimTime>>,
    /// The same for calls over a connection-pool limit.
    overflows: Vec<Option<SimTime>>,
    faults: Vec<Option<SimTime>>,
    /// For each region's users: the trouble they are in.
    troubles: Vec<Option<Trouble>>,
    data: data::Told,
}

#[derive(Clone, Copy, Debug, Default)]
struct Ejected {
    out: bool,
    since: SimTime,
    multiplier: u32,
    overflow_at: Option<SimTime>,
}

#[derive(Clone, Copy, Debug)]
struct Trouble {
    first: SimTime,
    last: SimTime,
    failed: u64,
}

impl Memory {
    pub fn new(world: &World) -> Self {
        let (regions, services) = (world.regions.len(), world.services.len());
        Self {
            services,
            ejections: vec![Vec::new(); regions * services],
            failures: vec![None; regions * services],
            tables: tables::Told::new(world),
            no_hosts: vec![None; regions * services],
            gateways: vec![None; regions],
            overflows: vec![None; regions * services],
            faults: vec![None; regions * services],
            troubles: vec![None; regions],
            data: data::Told::default(),
        }
    }
}

impl Engine {
    fn line(&mut self, kind: LogKind, subject: String, text: String) {
        self.sink.line(self.now, kind, subject, text);
    }

    fn heard(&self) -> bool {
        self.sink.hearing.log
    }

    /// A try has failed at its pod, or on the way there.
    pub(super) fn pod_failed(&mut self, made: &Try) {
        if made.pod == NONE {
            return;
        }
        if let Some(region) = gateway_region(made.pod) {
            self.gateway_failed(made, region);
            return;
        }
        let pod = &mut self.world.pods[usize::from(made.pod)];
        pod.counts.failed += 1;
        // What a pod only passes on did not begin with it.
        if made.cause.pod != made.pod && made.outcome == Outcome::Status(503) {
            return;
        }
        let place = usize::from(pod.region) * self.memory.services + usize::from(made.service);
        let last = self.memory.failures[place].replace(self.now);
        if self.heard() && last.is_none_or(|last| self.now.since(last) >= QUIET) {
            let (name, path) = (self.pod_name(made.pod, made.region), self.pod_path(made.pod));
            let text = self.failure_text(&name, Cause { outcome: made.outcome, ..made.cause });
            self.line(LogKind::Failure, path, text);
        }
    }

    /// A try came no further than a gateway.
    fn gateway_failed(&mut self, made: &Try, region: u8) {
        let last = self.memory.gateways[usize::from(region)].replace(self.now);
        if self.heard() && last.is_none_or(|last| self.now.since(last) >= QUIET) {
            let (name, path) = (self.pod_name(made.pod, made.region), self.pod_path(made.pod));
            let text = self.failure_text(&name, Cause::new(made.service, made.pod, made.outcome));
            self.line(LogKind::Failure, path, text);
        }
    }

    /// No endpoint could be picked.
    pub(super) fn no_host(&mut self, made: &Try) {
        let place = usize::from(made.region) * self.memory.services + usize::from(made.service);
        let last = self.memory.no_hosts[place].replace(self.now);
        if self.heard() && last.is_none_or(|last| self.now.since(last) >= QUIET) {
            let (service, region) = (self.service_name(made.service), self.region_name(made.region));
            let text = if self.fixed.rules.sidecars {
                self.no_host_text(made, &service, &region)
            } else {
                self.no_endpoint_text(&service, made.region)
            };
            self.line(LogKind::Failure, service, text);
        }
    }

    /// A user's request has failed.
    pub(super) fn user_failed(&mut self, made: &Try) {
        let now = self.now;
        if let Some(trouble) = &mut self.memory.troubles[usize::from(made.region)] {
            trouble.last = now;
            trouble.failed += 1;
            return;
        }
        self.memory.troubles[usize::from(made.region)] = Some(Trouble { first: now, last: now, failed: 1 });
        if self.heard() {
            let region = self.region_name(made.region);
            let why = self.cause_text(made);
            self.line(
                LogKind::Failure,
                format!("{region}/users"),
                format!("{region}'s users: a request fails: {why}"),
            );
        }
    }

    /// Says so when users have been well for a while.
    pub(super) fn recall(&mut self, end: SimTime) {
        for region in 0..self.memory.troubles.len() {
            let Some(trouble) = self.memory.troubles[region] else { continue };
            if end.since(trouble.last) < QUIET {
                continue;
            }
            self.memory.troubles[region] = None;
            if self.heard() {
                let name = self.region_name(region as u8);
                let took = trouble.last.since(trouble.first).as_millis_f64() / 1000.0;
                let requests = if trouble.failed == 1 { "request" } else { "requests" };
                let text = format!(
                    "{name}'s users: all well for {QUIET}, after {} failed {requests} in {took:.1} s",
                    trouble.failed
                );
                self.sink.line(end, LogKind::Recovery, format!("{name}/users"), text);
            }
        }
    }

    /// A proxy's detector has found a run of errors.
    pub(super) fn ejected(&mut self, proxy: u16, host: Host, ejection: Ejection) {
        match ejection {
            Ejection::Ejected { multiplier, .. } => {
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
    pub(super) fn tell_shut(&mut self, proxy: u16, host: Host, until: SimTime, failures: u32) {
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
    pub(super) fn tell_return(&mut self, proxy: u16, host: Host) {
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

    /// A proxy's load balancer has a new table.
    pub(super) fn table_changed(&mut self, proxy: u16) {
        let (regions, services) = (self.world.regions.len(), self.memory.services);
        let found = &self.world.proxies[usize::from(proxy)];
        if !self.memory.tables.is_news(proxy, found, services, regions, self.now) {
            return;
        }
        if self.heard() {
            let text = self.table_text(proxy);
            let service = self.service_name(self.world.proxies[usize::from(proxy)].service);
            self.line(LogKind::Shift, service, text);
        }
    }

    /// Somebody has broken something, for so long.
    pub(super) fn tell_intervention(&mut self, intervention: &Intervention, lasts: Option<SimSpan>) {
        if self.heard() {
            let mut text = texts::intervention_text(intervention, lasts);
            if matches!(intervention.target(), Target::Part { part: Part::Gateway, .. })
                && !self.fixed.rules.reach.has_gateways()
            {
                text.push_str(", and no call here goes through a gateway");
            }
            if matches!(intervention.target(), Target::Part { part: Part::Istiod, .. }) {
                if !self.fixed.rules.sidecars {
                    text = format!("{}, and nothing here asks one", text.split(": ").next().unwrap_or(&text));
                } else if self.fixed.rules.linkerd.is_some() {
                    text = text.replacen("'s istiod", "'s Linkerd control plane", 1);
                }
            }
            self.line(LogKind::Intervention, intervention.target().to_string(), text);
        }
    }

    /// Somebody has healed something.
    pub(super) fn tell_healed(&mut self, target: &Target, layers: usize) {
        if self.heard() {
            let what = if *target == Target::All { "everything".to_owned() } else { target.to_string() };
            let text =
                if layers == 0 { format!("{what}: nothing was broken") } else { format!("{what} is healed") };
            self.line(LogKind::Intervention, target.to_string(), text);
        }
    }

    /// A layer has come to its end by itself.
    pub(super) fn tell_ended(&mut self, target: &Target, effect: &Effect) {
        if self.heard() {
            let text = if *effect == Effect::Crash {
                format!("{target}: restarted")
            } else {
                format!("{target}: {effect} ends")
            };
            self.line(LogKind::Intervention, target.to_string(), text);
        }
    }

    /// Proxies of a region that call a service; under route weights their clusters for the own region.
    pub(in crate::sim) fn callers(&self, region: usize, service: usize) -> impl Iterator<Item = &Proxy> {
        let ids = &self.world.regions[region].callers[service];
        let proxies = ids.iter().map(|&id| &self.world.proxies[usize::from(id)]);
        proxies.filter(move |proxy| proxy.subset.is_none_or(|subset| usize::from(subset) == region))
    }
}

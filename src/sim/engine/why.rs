//! The Why log: one sentence for each thing that changes where traffic goes, with its arithmetic.
//!
//! Proxies of one region see the same things within moments of each other; the first to see one tells it and the
//! others' lines are folded into that. What has been told is remembered ([`Memory`]) and decides nothing but lines, so
//! it is kept whether anybody listens or not.

mod broken;
mod control;
mod data;
mod dns;
mod ejections;
mod memory;
mod news;
mod plain;
mod policies;
mod scores;
mod tables;
mod texts;

use crate::mesh_view::LogKind;
use crate::sim::engine::Engine;
use crate::sim::intervention::{Effect, Intervention, Part, Target};
use crate::sim::policy::retry::Outcome;
use crate::sim::proxy::{Proxy, Reach};
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::{Cause, NONE, Try, gateway_region};

pub(super) use memory::Memory;

use memory::Trouble;

/// After so long without failures the next one is news again, and its end is a recovery.
const QUIET: SimSpan = SimSpan::from_seconds(10);

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

    /// Why breaking this changes nothing under these rules: `on a flat network no call goes through a gateway`. `None` where it may
    /// change something.
    pub fn passes_by(&self, target: &Target) -> Option<&'static str> {
        let Target::Part { part, .. } = target else { return None };
        let rules = &self.fixed.rules;
        match part {
            Part::Gateway if rules.reach == Reach::Flat => {
                Some("on a flat network no call goes through a gateway")
            }
            Part::Gateway if !rules.reach.has_gateways() => Some("no call here goes through a gateway"),
            Part::Istiod if !rules.sidecars => Some("nothing here asks one"),
            Part::Gateway | Part::Istiod | Part::Dns => None,
        }
    }

    /// Somebody has broken something, for so long.
    pub(super) fn tell_intervention(&mut self, intervention: &Intervention, lasts: Option<SimSpan>) {
        if self.heard() {
            let mut text = broken::intervention_text(intervention, lasts);
            if let Some(why) = self.passes_by(intervention.target()) {
                text =
                    format!("{}, and {why}: this changes nothing", text.split(": ").next().unwrap_or(&text));
            } else if self.fixed.rules.linkerd.is_some() {
                text = text.replacen("'s istiod", "'s Linkerd control plane", 1);
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

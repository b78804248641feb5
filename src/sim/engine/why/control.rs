//! What control planes do, and what becomes of pods: one sentence each.

use super::QUIET;
use crate::mesh_view::LogKind;
use crate::sim::engine::Engine;
use crate::sim::intervention::{Effect, Part};
use crate::sim::time::SimSpan;
use crate::sim::world::{Life, PodId, Told, Try};

impl Engine {
    /// Word of a pod has reached a region's proxies.
    pub(in crate::sim::engine) fn tell_push(&mut self, region: u8, pod: PodId, (was, word): (Told, Told)) {
        if self.heard() && self.world.pods[usize::from(pod)].region == region {
            let text = if self.fixed.rules.sidecars {
                self.push_text(pod, word)
            } else if (was == Told::Ready) == (word == Told::Ready) {
                // Only ready endpoints are listed, so that nobody sees a difference.
                return;
            } else {
                self.slice_text(pod, word)
            };
            let path = self.pod_path(pod);
            self.line(LogKind::Control, path, text);
        }
    }

    fn push_text(&self, pod: PodId, word: Told) -> String {
        let found = &self.world.pods[usize::from(pod)];
        let (name, region) = (self.pod_name(pod, found.region), self.region_name(found.region));
        let who = self.control_plane();
        let istio = self.fixed.scenario.mesh.istio;
        let listed = match (&self.fixed.rules.linkerd, self.fixed.rules.lists_unhealthy) {
            (Some(_), _) => "left out of the list".to_owned(),
            (None, true) => format!("listed as unhealthy (Istio {istio})"),
            (None, false) => format!("left out of the list (Istio {istio})"),
        };
        match (word, found.life) {
            (Told::Ready, _) => format!("{name} is ready: {who} tells {region}'s proxies"),
            (Told::Gone, Life::Serving | Life::Starting) => {
                format!("{name} has no lease any more: {who} takes it off the list of {region}'s proxies")
            }
            (Told::Gone, _) => {
                format!("{name} terminates: {who} takes it off the list of {region}'s proxies")
            }
            (Told::NotReady, Life::Starting) => {
                format!("{name} is starting: {who} tells {region}'s proxies, {listed}")
            }
            (Told::NotReady, _) => {
                format!("{name} is not ready: {who} tells {region}'s proxies, {listed}")
            }
        }
    }

    /// What tells proxies of endpoints.
    fn control_plane(&self) -> &'static str {
        if self.fixed.rules.linkerd.is_some() { "Linkerd's control plane" } else { "istiod" }
    }

    /// A pod has been asked to stop.
    pub(in crate::sim::engine) fn tell_leaving(&mut self, pod: PodId) {
        if self.heard() {
            let name = self.pod_name(pod, self.world.pods[usize::from(pod)].region);
            let hook = self.fixed.scenario.control.pre_stop;
            let listens = if hook == SimSpan::ZERO {
                "it refuses connections from now on (no preStop hook) and finishes what it has".to_owned()
            } else {
                format!("its preStop hook lets it take calls for {hook} more")
            };
            let path = self.pod_path(pod);
            self.line(LogKind::Control, path, format!("{name} is asked to stop: {listens}"));
        }
    }

    /// A rolling restart is over.
    pub(in crate::sim::engine) fn tell_restarted(&mut self, service: u16, region: u8) {
        if self.heard() {
            let (service, region) = (self.service_name(service), self.region_name(region));
            let text = format!("every {service} pod in {region} has been restarted");
            self.line(LogKind::Recovery, format!("{region}/{service}"), text);
        }
    }

    /// A consistent registry has let go of endpoints.
    pub(in crate::sim::engine) fn tell_leases_end(&mut self, region: u8, quorum: bool) {
        if self.heard() {
            let name = self.region_name(region);
            let text = if quorum {
                format!(
                    "{name}'s registry lets go of endpoints that it cannot reach: their leases have run out"
                )
            } else {
                format!(
                    "{name}'s registry has no quorum and answers nobody: all endpoints are gone (consistent)"
                )
            };
            self.line(LogKind::Control, format!("{name}/istiod"), text);
        }
    }

    /// A pod's certificate has run out.
    pub(in crate::sim::engine) fn tell_expired(&mut self, pod: PodId) {
        if self.heard() {
            let region = self.world.pods[usize::from(pod)].region;
            let (name, path) = (self.pod_name(pod, region), self.pod_path(pod));
            let away = self.now.since(self.world.regions[usize::from(region)].control.changed_at);
            let away = SimSpan::from_seconds(away.nanos() / 1_000_000_000);
            let text = format!(
                "{name}'s certificate has expired: {} has renewed none for {away} → mTLS with it fails",
                self.control_plane()
            );
            self.line(LogKind::Control, path, text);
        }
    }

    /// A caller has found no address for a name.
    pub(in crate::sim::engine) fn tell_no_address(&mut self, made: &Try) {
        let place = usize::from(made.region) * self.memory.services + usize::from(made.service);
        let last = self.memory.no_hosts[place].replace(self.now);
        if self.heard() && last.is_none_or(|last| self.now.since(last) >= QUIET) {
            let (service, region) = (self.service_name(made.service), self.region_name(made.region));
            let text = format!(
                "{service}: callers in {region} find no address (CoreDNS) → they fail at once, and no proxy sees it"
            );
            self.line(LogKind::Failure, service, text);
        }
    }
}

/// What an effect does to a part of the control plane; `None` if it has no words of its own.
pub(super) fn part_text(part: Part, effect: &Effect) -> Option<String> {
    Some(match (part, effect) {
        (Part::Istiod, Effect::Down) => {
            "is down: its region's proxies keep what they know, no pod starts and no certificate is renewed"
                .to_owned()
        }
        (Part::Istiod, Effect::Slow(span)) => format!("tells its proxies everything {span} later"),
        (Part::Istiod, Effect::SecretLost) => {
            "loses the remote secret: the other regions' endpoints leave its lists".to_owned()
        }
        (Part::Dns, Effect::Down) => {
            "is down: look-ups are refused once what is known has expired".to_owned()
        }
        (Part::Dns, Effect::Slow(span)) => format!("answers every query {span} later"),
        _ => return None,
    })
}

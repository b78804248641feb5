//! What stands behind the numbers: stretches of seconds, rules, who has ejected whom, how pods were.

use super::{SECONDS_SHOWN, Timeline};
use crate::mesh_view::{Detail, Ejector, MeshView, Nanos, PlaceId, Policy};
use crate::sim::engine::Engine;
use crate::sim::policy::outlier::eject_max;
use crate::sim::proxy::{Caller, Proxy};
use crate::sim::sink::Second;
use crate::sim::time::SimTime;

/// Seconds of the stretch that numbers of the past speak of.
const MINUTE: usize = 60;
/// Seconds of the stretch in which all was well, at most.
const WELL: usize = 10;

pub(super) fn fill(timeline: &Timeline, shown: SimTime, view: &mut MeshView) {
    let engine = &timeline.engine;
    let detail = &mut view.detail;
    detail.services.extend(engine.scenario().services.iter().map(|service| service.name.clone()));
    // As far as the last 60 s go, beside which they stand.
    detail.so_far = engine.meter().ended_in_whole_seconds();
    detail.policy = policy(engine);
    stretches(timeline, shown, detail);
    heat(timeline, shown, detail);
    ejectors(engine, &mut detail.ejectors);
}

/// The seconds told by the moment shown that are kept, the newest first.
fn told(timeline: &Timeline, shown: SimTime) -> impl Iterator<Item = &Second> {
    let seconds = timeline.history.last_details(usize::MAX).rev();
    seconds.skip_while(move |second| second.parts.end > shown.nanos())
}

fn stretches(timeline: &Timeline, shown: SimTime, detail: &mut Detail) {
    told(timeline, shown).take(1).for_each(|second| detail.second.join(&second.parts));
    told(timeline, shown).take(MINUTE).for_each(|second| detail.minute.join(&second.parts));
    let well = told(timeline, shown).skip_while(|second| !second.well).take_while(|second| second.well);
    well.take(WELL).for_each(|second| detail.well.join(&second.parts));
}

fn heat(timeline: &Timeline, shown: SimTime, detail: &mut Detail) {
    let engine = &timeline.engine;
    detail.heat.begin(engine.place_of(0), engine.world().pods.len() as u16);
    for second in timeline.history.last_details(SECONDS_SHOWN + 1) {
        if second.parts.end <= shown.nanos() {
            detail.heat.push(second.parts.end, &second.pods);
        }
    }
}

fn policy(engine: &Engine) -> Policy {
    let (rules, prices, scenario) = (engine.rules(), engine.prices(), engine.scenario());
    let ejects = rules.ejects();
    let size = |service: u16| u64::from(scenario.services[usize::from(service)].cpu_milli);
    let pods = || engine.world().pods.iter().filter(|pod| pod.exists());
    Policy {
        retries: rules.retries,
        retry_on: rules.retry_on.to_string(),
        retry_limit: rules.limits.map(|limits| limits.max_retries),
        ejects_after: ejects.map(|(errors, _)| errors),
        ejection_base: ejects.map_or(0, |(_, base)| base.nanos()),
        max_ejection_percent: ejects
            .filter(|_| rules.linkerd.is_none())
            .map(|_| rules.outlier.max_ejection_percent),
        gb_micro: prices.between_regions_gb(),
        vcpu_micro: prices.pod_hour,
        vcpu_milli: pods().map(|pod| size(pod.service)).sum(),
        pods: pods().count() as u64,
    }
}

/// Proxies that have ejected somebody, those of one calling service in one region together.
fn ejectors(engine: &Engine, into: &mut Vec<Ejector>) {
    let ejecting = |proxy: &&Proxy| proxy.ejected_count() > 0;
    for proxy in engine.world().proxies.iter().filter(ejecting) {
        let caller = caller(engine, proxy);
        let same = |known: &Ejector| {
            (known.caller == caller, known.region, known.service) == (true, proxy.site.region, proxy.service)
        };
        let at = into.iter().position(same).unwrap_or_else(|| {
            into.push(begun(engine, proxy, caller.clone()));
            into.len() - 1
        });
        for (host, _, endpoint) in proxy.endpoints_seen(engine.now()) {
            if let Some(until) = endpoint.ejected_until {
                count(&mut into[at].out, engine.place_of(proxy.pod(host)), until);
            }
        }
    }
}

fn begun(engine: &Engine, proxy: &Proxy, caller: String) -> Ejector {
    let same = |other: &&Proxy| {
        (other.site.region, other.service, other.subset) == (proxy.site.region, proxy.service, proxy.subset)
            && self::caller(engine, other) == caller
    };
    let hosts = proxy.host_count();
    let most = eject_max(&engine.rules().outlier, hosts);
    Ejector {
        region: proxy.site.region,
        service: proxy.service,
        proxies: engine.world().proxies.iter().filter(same).count() as u16,
        hosts: hosts as u32,
        most: if engine.rules().linkerd.is_some() { hosts } else { most } as u32,
        out: Vec::new(),
        caller,
    }
}

fn caller(engine: &Engine, proxy: &Proxy) -> String {
    match proxy.caller {
        Caller::Client => "users".to_owned(),
        Caller::Pod(pod) => {
            let service = engine.world().pods[usize::from(pod)].service;
            engine.scenario().services[usize::from(service)].name.clone()
        }
    }
}

fn count(out: &mut Vec<(PlaceId, u16, Nanos)>, place: PlaceId, until: Nanos) {
    match out.iter_mut().find(|(known, ..)| *known == place) {
        Some((_, proxies, first)) => {
            *proxies += 1;
            *first = until.min(*first);
        }
        None => out.push((place, 1, until)),
    }
}

//! One proxy of the moment on show, laid open.

use super::Timeline;
use crate::mesh_view::{PlaceId, ProxyRef, ProxyView};
use crate::sim::engine::Engine;
use crate::sim::proxy::{Caller, Proxy, Reach, Rules};
use crate::sim::time::SimTime;

impl Timeline {
    /// Every proxy, in the order of the callers; one that stands for nobody is left out.
    pub fn proxies(&self) -> impl Iterator<Item = ProxyRef> {
        let proxies = self.engine.world().proxies.iter().enumerate();
        proxies.map(|(number, proxy)| ProxyRef {
            number: number as u16,
            caller: caller(&self.engine, proxy),
            service: proxy.service,
        })
    }

    /// Fills in what one proxy knows now; whether there is such a proxy.
    pub fn inspect(&self, number: u16, into: &mut ProxyView) -> bool {
        let engine = &self.engine;
        let Some(proxy) = engine.world().proxies.get(usize::from(number)) else { return false };
        let (rules, now) = (engine.rules(), engine.now());
        let scenario = engine.scenario();
        let ejects = rules.ejects();
        *into = ProxyView {
            kind: rules.proxy_kind(),
            caller: caller(engine, proxy),
            zone: zone(engine, proxy.site.zone),
            service: scenario.services[usize::from(proxy.service)].name.clone(),
            subset: proxy.subset.map(|region| scenario.regions[usize::from(region)].name.clone()),
            levels: proxy.levels_seen(),
            endpoints: Vec::new(),
            overprovision_percent: Rules::overprovision_percent(),
            normalized_total: proxy.table().normalized_total,
            ejects_after: ejects.map(|(errors, _)| errors),
            ejection_base: ejects.map_or(0, |(_, base)| base.nanos()),
            asks_at: (rules.reach == Reach::Ingress && proxy.asks_at() > SimTime::ZERO)
                .then(|| proxy.asks_at().nanos()),
        };
        into.endpoints.extend(proxy.endpoints_seen(now).map(|(host, at, mut endpoint)| {
            endpoint.place = engine.place_of(proxy.pod(host));
            endpoint.zone = zone(engine, at);
            endpoint
        }));
        true
    }
}

fn caller(engine: &Engine, proxy: &Proxy) -> PlaceId {
    match proxy.caller {
        Caller::Client => PlaceId::from(proxy.site.region),
        Caller::Pod(pod) => engine.place_of(pod),
    }
}

/// Zones are counted through all regions.
fn zone(engine: &Engine, zone: u16) -> String {
    let names = engine.scenario().regions.iter().flat_map(|region| &region.zones);
    names.into_iter().nth(usize::from(zone)).cloned().unwrap_or_default()
}

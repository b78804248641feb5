//! A moment of a run as the plain snapshot that is drawn.

mod detail;
mod stores;

use super::Timeline;
use crate::mesh_view::{
    HopOutcome, HopView, LinkView, LoadTable, MeshView, Place, PlaceKind, PlaceState, RegionView,
};
use crate::sim::engine::Engine;
use crate::sim::proxy::{Caller, Proxy};
use crate::sim::report::majority;
use crate::sim::sink::Hop;
use crate::sim::time::{SimSpan, SimTime};
use crate::sim::world::{ClusterDns, Condition, GatewayState, Host, Istiod, Life, Pod, PodId};

/// Hops begun so long before the moment shown are in the view.
const HOPS_SHOWN: SimSpan = SimSpan::from_seconds(2);
/// Hops a second that are drawn at most, roughly: a dot lives about a second, and more than 120 are too many to follow.
const DRAWN_PER_SECOND: f64 = 110.0;
/// What a dot may stand for: numbers that people count in.
const SAMPLES: [u32; 10] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const SECONDS_SHOWN: usize = 240;
const LINES_SHOWN: usize = 200;

/// How many ordinary hops a drawn one stands for: by the scenario's own rate, so that it does not change in a run.
pub(super) fn sample(engine: &Engine) -> u32 {
    let rate: f64 = (0..engine.world().regions.len()).map(|region| engine.user_rate(region)).sum();
    let hops = engine.world().services.len() as f64;
    let least = rate * hops / DRAWN_PER_SECOND;
    SAMPLES.into_iter().find(|size| f64::from(*size) >= least).unwrap_or(SAMPLES[SAMPLES.len() - 1])
}

pub(super) fn fill(timeline: &Timeline, shown: SimTime, view: &mut MeshView) {
    let engine = &timeline.engine;
    view.clear();
    view.scenario.push_str(engine.scenario().name());
    view.pattern.push_str(engine.scenario().pattern().name());
    view.seed = engine.seed().to_string();
    view.at = shown.nanos();
    view.sample = timeline.sample;
    view.regions.extend((0..engine.world().regions.len()).map(|region| region_view(engine, region)));
    links(engine, view);
    places(engine, shown, view);
    hops(timeline, shown, view);
    let told = |end: &SimTime| *end <= shown;
    let seconds = timeline.history.last_seconds(SECONDS_SHOWN + 1);
    view.seconds.extend(seconds.filter(|(end, _)| told(end)).map(|(_, row)| *row));
    let surplus = view.seconds.len().saturating_sub(SECONDS_SHOWN);
    view.seconds.drain(..surplus);
    view.now = view.seconds.last().copied().unwrap_or_default();
    detail::fill(timeline, shown, view);
    let lines = timeline.history.last_lines(LINES_SHOWN);
    view.log.extend(lines.filter(|line| line.at <= shown.nanos()).cloned());
    let so_far = timeline.log[..timeline.applied].iter().filter(|done| done.at() <= shown);
    view.marks.extend(so_far.map(|done| (done.at().nanos(), done.words())));
}

fn region_view(engine: &Engine, region: usize) -> RegionView {
    let state = &engine.world().regions[region];
    RegionView {
        name: engine.scenario().regions[region].name.clone(),
        state: match (state.down, state.isolated) {
            (true, _) => PlaceState::Down,
            (false, true) => PlaceState::Isolated,
            (false, false) => PlaceState::Healthy,
        },
        istiod: match state.control.istiod {
            Istiod { down: true, .. } => PlaceState::Down,
            Istiod { secret_lost: true, .. } => PlaceState::Erring,
            Istiod { slow, .. } if slow > SimSpan::ZERO => PlaceState::Slow,
            _ => PlaceState::Healthy,
        },
        dns: match state.control.dns {
            ClusterDns { down: true, .. } => PlaceState::Down,
            ClusterDns { slow, .. } if slow > SimSpan::ZERO => PlaceState::Slow,
            _ => PlaceState::Healthy,
        },
        users_per_second: engine.user_rate(region),
        users_to: users_to(engine, region),
        tables: (0..engine.world().services.len())
            .filter_map(|service| table(engine, region, service))
            .collect(),
    }
}

/// Where DNS sends the users of a region; nowhere if they do not come that way.
fn users_to(engine: &Engine, region: usize) -> Vec<f64> {
    if engine.world().route53.is_none() {
        return Vec::new();
    }
    engine.meter().users_to(region).1.iter().map(|&sent| f64::from(sent)).collect()
}

/// What most proxies of a region hold for a service; `None` if none of them calls it, or those that do are gone.
fn table(engine: &Engine, region: usize, service: usize) -> Option<LoadTable> {
    let lives = |proxy: &&Proxy| match proxy.caller {
        Caller::Client => true,
        Caller::Pod(pod) => !engine.world().pods[usize::from(pod)].unreachable(),
    };
    let held = majority(engine.callers(region, service).filter(lives))?;
    Some(LoadTable {
        service: engine.scenario().services[service].name.clone(),
        healthy: held.proxy.counts().map(|(healthy, _)| healthy).collect(),
        total: held.proxy.counts().map(|(_, total)| total).collect(),
        load_percent: held.proxy.table().healthy_load.clone(),
        ejected: engine.ejected_by(held.proxy) as u32,
        differ: held.differ,
        pooled: held.proxy.level_sites(0).iter().any(|site| usize::from(site.region) != region),
    })
}

fn links(engine: &Engine, view: &mut MeshView) {
    let world = engine.world();
    let regions = world.regions.len();
    for one in 0..regions {
        for other in one + 1..regions {
            let (there, back) = (world.link(one as u8, other as u8), world.link(other as u8, one as u8));
            let crossing = engine.meter().crossing_last(one, other);
            let jitter = SimSpan::from_nanos(world.wire.link_jitter.nanos() / 2);
            let round_trip = world.wire.link_rtt + jitter + there.slow + back.slow;
            view.links.push(LinkView {
                ends: (one as u8, other as u8),
                rtt_ms: round_trip.as_millis_f64(),
                cut: (there.cut, back.cut),
                calls_per_second: crossing.calls as f64,
                gb_per_hour: crossing.bytes as f64 * 3600.0 / 1e9,
            });
        }
    }
}

/// Users of every region, gateways where calls go through them, every pod, then the data stores of every region: the numbers that hops use.
fn places(engine: &Engine, shown: SimTime, view: &mut MeshView) {
    let regions = engine.world().regions.len();
    for region in 0..regions {
        let rate = engine.user_rate(region);
        view.places.push(Place { region: region as u8, name: "users".to_owned(), rate, ..Place::default() });
    }
    if engine.rules().reach.has_gateways() {
        view.places.extend((0..regions as u8).map(|region| gateway_place(engine, region)));
    }
    view.places.extend((0..engine.world().pods.len()).map(|pod| pod_place(engine, pod as PodId, shown)));
    stores::places(engine, shown, view);
}

/// The gateway of a region, and who has ejected it.
fn gateway_place(engine: &Engine, region: u8) -> Place {
    let world = engine.world();
    let gateway = world.gateways[usize::from(region)];
    let callers = world.proxies.iter().filter(|proxy| proxy.site.region != region);
    let ends: Vec<SimTime> =
        callers.clone().filter_map(|proxy| proxy.ejected_until(Host::from(region))).collect();
    Place {
        kind: PlaceKind::Gateway,
        region,
        name: "gateway".to_owned(),
        state: match gateway {
            GatewayState { down: true, .. } => PlaceState::Down,
            GatewayState { refuse: true, .. } => PlaceState::Refusing,
            GatewayState { blackhole: true, .. } => PlaceState::Silent,
            GatewayState { slow, .. } if slow > SimSpan::ZERO => PlaceState::Slow,
            _ => PlaceState::Healthy,
        },
        ejected_by: ends.len() as u16,
        callers: callers.count() as u16,
        ejected_until: ends.into_iter().min().map(SimTime::nanos),
        ..Place::default()
    }
}

fn pod_place(engine: &Engine, id: PodId, shown: SimTime) -> Place {
    let world = engine.world();
    let pod = &world.pods[usize::from(id)];
    let service = &engine.scenario().services[usize::from(pod.service)].name;
    let knows = |proxy: &&Proxy| {
        proxy.service == pod.service && proxy.subset.is_none_or(|subset| subset == pod.region)
    };
    let callers = world.proxies.iter().filter(knows);
    let ends: Vec<SimTime> = callers.clone().filter_map(|proxy| proxy.ejected_until(pod.host)).collect();
    let (active, queued) = pod.load(shown.max(engine.now()));
    let entry = usize::from(pod.service) == engine.scenario().entry.service;
    Place {
        kind: if entry && !world.services[usize::from(pod.service)].steps.is_empty() {
            PlaceKind::Ingress
        } else {
            PlaceKind::Pod
        },
        region: pod.region,
        service: service.clone(),
        name: format!("{service}-{}", pod.number),
        state: state(pod),
        ejected_by: ends.len() as u16,
        callers: callers.count() as u16,
        ejected_until: ends.into_iter().min().map(SimTime::nanos),
        rate: f64::from(pod.counts.calls_last),
        failing: f64::from(pod.counts.failed_last),
        active,
        queued,
        ..Place::default()
    }
}

fn state(pod: &Pod) -> PlaceState {
    match &pod.condition {
        _ if pod.life == Life::Gone => PlaceState::Gone,
        Condition { down: true, .. } => PlaceState::Down,
        Condition { refuse: true, .. } | Condition { crashed: true, .. } => PlaceState::Refusing,
        _ if pod.expired => PlaceState::Refusing,
        _ if pod.life != Life::Serving => PlaceState::NotReady,
        Condition { blackhole: true, .. } => PlaceState::Silent,
        Condition { unavailable: true, .. } => PlaceState::Erring,
        Condition { errors, .. } if !errors.is_zero() => PlaceState::Erring,
        Condition { not_ready: true, .. } => PlaceState::NotReady,
        Condition { slow, .. } if *slow > SimSpan::ZERO => PlaceState::Slow,
        _ => PlaceState::Healthy,
    }
}

/// Every failure, and of each run of `sample` hops one that stands for all of them that did not fail. So the weights sum
/// to the hops there were, and a hop that is drawn in one frame is drawn in the next. Which one stands for its run is
/// mixed: with regular arrivals the first one would always be of the same region.
fn hops(timeline: &Timeline, shown: SimTime, view: &mut MeshView) {
    let (first, hops) = timeline.engine.sink().hops();
    let size = u64::from(timeline.sample);
    let mut standing: Option<(u64, usize, u64)> = None;
    for (index, hop) in hops.iter().enumerate() {
        if hop.start > shown || hop.start + HOPS_SHOWN < shown {
            continue;
        }
        let seen = hop_view(hop, shown);
        if seen.outcome == HopOutcome::Failed {
            view.hops.push(seen);
            continue;
        }
        let number = first + index as u64;
        let (group, rank) = (number / size, mixed(number));
        match &mut standing {
            Some((open, place, best)) if *open == group => {
                let weight = view.hops[*place].weight + 1;
                if rank < *best {
                    (view.hops[*place], *best) = (seen, rank);
                }
                view.hops[*place].weight = weight;
            }
            _ => {
                standing = Some((group, view.hops.len(), rank));
                view.hops.push(seen);
            }
        }
    }
    view.hops.sort_by_key(|hop| hop.start);
}

/// A number without the patterns of the one it is made of.
const fn mixed(number: u64) -> u64 {
    let one = (number ^ (number >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    (one ^ (one >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53)
}

fn hop_view(hop: &Hop, shown: SimTime) -> HopView {
    let ended = hop.took.filter(|&took| hop.start + took <= shown);
    HopView {
        request: hop.request,
        try_number: hop.attempt,
        from: hop.from,
        to: hop.to,
        start: hop.start.nanos(),
        took: ended.map(SimSpan::nanos),
        outcome: if ended.is_some() { hop.outcome } else { HopOutcome::Open },
        crosses: hop.crosses,
        weight: 1,
    }
}

//! Why a place is as it is, in a few sentences with their numbers.

use super::loads;
use crate::mesh_view::{
    LogLine, MeshView, Nanos, Place, PlaceId, PlaceKind, PlaceState, ProxyEndpoint, ProxyKind, ProxyView,
    figures,
};

/// No explanation is longer.
const SENTENCES_MAX: usize = 8;
/// Lines of the log about it that stand below.
const LINES_MAX: usize = 3;

/// Proxies of one calling service in one region.
struct Callers<'a> {
    /// `3 checkout proxies in us-east-1`.
    name: String,
    region: u8,
    proxies: Vec<(&'a ProxyView, Option<&'a ProxyEndpoint>)>,
}

/// What is to be said of a place; `knowing` are the proxies that have it in their cluster, `own` those beside it.
#[must_use]
pub fn sentences(view: &MeshView, id: PlaceId, knowing: &[ProxyView], own: &[ProxyView]) -> Vec<String> {
    let Some(place) = view.places.get(usize::from(id)) else { return Vec::new() };
    let mut said = match place.kind {
        PlaceKind::Users => of_users(view, place),
        PlaceKind::Aurora | PlaceKind::DynamoDb => of_store(view, place),
        PlaceKind::Gateway | PlaceKind::Ingress | PlaceKind::Pod => of_callee(view, id, place, knowing),
    };
    for proxy in own {
        let verb = if place.kind == PlaceKind::Users { "Their client" } else { "Its own proxy" };
        let verb = if proxy.kind == ProxyKind::KubeProxy { "kube-proxy for it" } else { verb };
        said.push(match proxy.kind {
            ProxyKind::Envoy => format!("{verb} splits calls to {}: {}.", proxy.service, split(view, proxy)),
            _ => format!("{verb} picks for {}: {}", proxy.service, loads::sums(proxy).join(" ")),
        });
    }
    said.truncate(SENTENCES_MAX);
    said
}

/// The last lines of the log about a place, or about its service.
pub fn lines<'a>(view: &'a MeshView, place: &Place) -> impl Iterator<Item = &'a LogLine> {
    let path = path(view, place);
    let service = place.service.clone();
    let about =
        move |line: &&LogLine| line.subject == path || (!service.is_empty() && line.subject == service);
    let mut found: Vec<&LogLine> = view.log.iter().rev().filter(about).take(LINES_MAX).collect();
    found.reverse();
    found.into_iter()
}

/// `us-east-1/payment-3`.
#[must_use]
pub fn path(view: &MeshView, place: &Place) -> String {
    format!("{}/{}", region(view, place.region), place.name)
}

fn region(view: &MeshView, index: u8) -> &str {
    view.regions.get(usize::from(index)).map_or("", |region| &region.name)
}

fn of_users(view: &MeshView, place: &Place) -> Vec<String> {
    let here = region(view, place.region);
    let mut said = vec![format!("The users of {here} send {} requests/s.", number(place.rate))];
    let sent = view.regions.get(usize::from(place.region)).map_or(&[] as &[f64], |region| &region.users_to);
    let ways: Vec<String> =
        view.regions.iter().zip(sent).map(|(to, rate)| format!("{} {}", number(*rate), to.name)).collect();
    said.push(if ways.is_empty() {
        "No DNS is asked: they go to their own region.".to_owned()
    } else {
        format!("DNS sent them over the last second to: {}.", ways.join(", "))
    });
    let now = &view.now;
    said.push(format!(
        "Over the last second {} requests of all users ended well and {} badly.",
        now.ok, now.failed
    ));
    said
}

fn of_store(view: &MeshView, place: &Place) -> Vec<String> {
    let here = region(view, place.region);
    let aurora = place.kind == PlaceKind::Aurora;
    let name = if aurora { "Aurora" } else { "DynamoDB" };
    let what = match (aurora, place.writer) {
        (true, true) => "is the writer: every write of every region comes here",
        (true, false) => "is a reader: writes go to the writer's region",
        (false, _) => "is a replica that takes reads and writes itself",
    };
    let mut said = vec![format!("{name} in {here} {} and {what}.", state(place.state))];
    said.push(match place.lag_ms {
        Some(lag) if lag > 0.0 => {
            format!("The oldest write elsewhere that has not come here is {lag:.0} ms old.")
        }
        Some(_) => "Every write made elsewhere has come here.".to_owned(),
        None => "Nothing is replicated to it.".to_owned(),
    });
    said.push("Pods go to it directly: no proxy of the mesh chooses, retries or ejects here.".to_owned());
    said
}

fn of_callee(view: &MeshView, id: PlaceId, place: &Place, knowing: &[ProxyView]) -> Vec<String> {
    let mut said = vec![format!(
        "{} {}: {} requests/s reach it and {} of them fail; {} are being served, {} wait.",
        path(view, place),
        state(place.state),
        number(place.rate),
        number(place.failing),
        place.active,
        place.queued
    )];
    let groups = groups(view, id, knowing);
    if groups.is_empty() {
        said.push(if place.kind == PlaceKind::Ingress {
            "A load balancer sends users here while its readiness probe passes; no proxy judges its answers."
                .to_owned()
        } else {
            "No proxy has it in a list.".to_owned()
        });
    }
    said.extend(groups.iter().map(verdict));
    for group in &groups {
        let Some((proxy, _)) = group.proxies.first() else { continue };
        if proxy.kind == ProxyKind::Envoy {
            said.push(format!(
                "{} {} split calls to {}: {}.",
                if agree(group) { "The" } else { "Most of the" },
                group.name,
                proxy.service,
                split(view, majority(group))
            ));
        } else if group.region == place.region || groups.len() == 1 {
            said.push(format!("The {} pick so: {}", group.name, loads::sums(proxy).join(" ")));
        }
    }
    said
}

/// What one group of callers thinks of the place.
fn verdict(group: &Callers<'_>) -> String {
    let all = group.proxies.len();
    let listed: Vec<(&ProxyView, &ProxyEndpoint)> =
        group.proxies.iter().filter_map(|(proxy, endpoint)| Some((*proxy, (*endpoint)?))).collect();
    let Some((proxy, _)) = listed.first() else {
        return format!("It is on no list of the {}.", group.name);
    };
    let out: Vec<&ProxyEndpoint> = listed
        .iter()
        .map(|(_, endpoint)| *endpoint)
        .filter(|endpoint| endpoint.ejected_until.is_some())
        .collect();
    let run = listed.iter().map(|(_, endpoint)| endpoint.errors_in_a_row).max().unwrap_or(0);
    let unready = listed.iter().any(|(_, endpoint)| !endpoint.ready);
    let told = if unready { "are told that it is not ready" } else { "are told that it is ready" };
    match (proxy.kind, proxy.ejects_after, out.first()) {
        (ProxyKind::KubeProxy, ..) => {
            format!("The {} {told} and cannot eject it: nothing sees its answers.", group.name)
        }
        (_, Some(limit), Some(endpoint)) => {
            let until = out.iter().filter_map(|endpoint| endpoint.ejected_until).min().unwrap_or_default();
            let long = match proxy.kind {
                ProxyKind::Linkerd => "its breaker is shut".to_owned(),
                _ => format!("{} × {} s", endpoint.multiplier.max(1), seconds(proxy.ejection_base)),
            };
            format!(
                "It is ejected by {} until {} at the earliest: {limit} errors in a row, {long}.",
                match (out.len() == all, all) {
                    (true, 1) => format!("the {}", group.name),
                    (true, _) => format!("all {}", group.name),
                    (false, _) => format!("{} of the {}", out.len(), group.name),
                },
                figures::clock(until)
            )
        }
        (_, Some(limit), None) => format!(
            "The {} {told} and keep it: their longest run of errors from it is {run}, {limit} would eject it.",
            group.name
        ),
        (_, None, _) => format!("The {} {told}; nothing is ever ejected here.", group.name),
    }
}

/// The proxies that know the place, by the service and the region of their callers; its own region first.
fn groups<'a>(view: &MeshView, id: PlaceId, knowing: &'a [ProxyView]) -> Vec<Callers<'a>> {
    let home = view.places.get(usize::from(id)).map_or(0, |place| place.region);
    let mut found: Vec<(u8, String, Callers<'a>)> = Vec::new();
    for proxy in knowing {
        let Some(caller) = view.places.get(usize::from(proxy.caller)) else { continue };
        let who = if caller.kind == PlaceKind::Users { "client".to_owned() } else { caller.service.clone() };
        let endpoint = proxy.endpoints.iter().find(|endpoint| endpoint.place == id);
        let same = |known: &&mut (u8, String, Callers<'_>)| known.0 == caller.region && known.1 == who;
        if let Some((.., group)) = found.iter_mut().find(same) {
            group.proxies.push((proxy, endpoint));
        } else {
            let group =
                Callers { name: String::new(), region: caller.region, proxies: vec![(proxy, endpoint)] };
            found.push((caller.region, who, group));
        }
    }
    found.sort_by_key(|(region, ..)| *region != home);
    let name = |(at, who, mut group): (u8, String, Callers<'a>)| {
        let count = group.proxies.len();
        let kind = group.proxies.first().map_or(ProxyKind::Envoy, |(proxy, _)| proxy.kind);
        let what = match (kind, count) {
            (ProxyKind::KubeProxy, 1) => "pod",
            (ProxyKind::KubeProxy, _) => "pods",
            (_, 1) => "proxy",
            _ => "proxies",
        };
        group.name = format!("{count} {who} {what} in {}", region(view, at));
        group
    };
    found.into_iter().map(name).collect()
}

/// All of a group split alike.
fn agree(group: &Callers<'_>) -> bool {
    group.proxies.windows(2).all(|two| two[0].0.levels == two[1].0.levels)
}

/// The view that most of a group share.
fn majority<'a>(group: &Callers<'a>) -> &'a ProxyView {
    let same = |one: &ProxyView| group.proxies.iter().filter(|(other, _)| other.levels == one.levels).count();
    let mut best = group.proxies[0].0;
    for (proxy, _) in &group.proxies {
        if same(proxy) > same(best) {
            best = proxy;
        }
    }
    best
}

/// `P0 2 of 4 healthy → … → 70 %; P1 (us-west-2) …`.
fn split(view: &MeshView, proxy: &ProxyView) -> String {
    let level = |(priority, level): (usize, &crate::mesh_view::ProxyLevel)| {
        let mut regions: Vec<&str> = Vec::new();
        for endpoint in proxy.endpoints.iter().filter(|endpoint| usize::from(endpoint.priority) == priority) {
            let at =
                view.places.get(usize::from(endpoint.place)).map_or("", |place| region(view, place.region));
            if !regions.contains(&at) {
                regions.push(at);
            }
        }
        format!("P{priority} ({}) {}", regions.join(", "), loads::sum(proxy, level))
    };
    proxy.levels.iter().enumerate().map(level).collect::<Vec<_>>().join("; ")
}

const fn state(state: PlaceState) -> &'static str {
    match state {
        PlaceState::Healthy => "is well",
        PlaceState::Erring => "answers with errors and says that it is ready",
        PlaceState::Slow => "is slow",
        PlaceState::NotReady => "fails its readiness probe",
        PlaceState::Silent => "takes calls and never answers",
        PlaceState::Refusing => "refuses connections",
        PlaceState::Down => "is down",
        PlaceState::Isolated => "cannot be reached",
        PlaceState::Gone => "is no more",
    }
}

fn number(rate: f64) -> String {
    format!("{rate:.0}")
}

fn seconds(span: Nanos) -> u64 {
    span / 1_000_000_000
}

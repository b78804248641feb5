//! A picture of the mesh in a few sentences: what stands in its place for those who cannot see it.

use super::words::{ready, said};
use super::{Gauges, MeshView, PlaceKind, PlaceState, figures};

/// What is seen at a glance: the last second's numbers, what is not well in each region, and the links.
#[must_use]
pub fn sentences(view: &MeshView) -> Vec<String> {
    let mut sentences = vec![numbers(view)];
    sentences.extend((0..view.regions.len()).map(|index| region(view, index)));
    sentences.extend(view.links.iter().filter_map(|link| {
        let name = |end: u8| view.regions.get(usize::from(end)).map_or("?", |region| region.name.as_str());
        let (one, other) = (name(link.ends.0), name(link.ends.1));
        match link.cut {
            (false, false) => None,
            (true, true) => Some(format!("The link between {one} and {other} is cut.")),
            (true, false) => Some(format!("The link is cut from {one} to {other}.")),
            (false, true) => Some(format!("The link is cut from {other} to {one}.")),
        }
    }));
    sentences
}

fn numbers(view: &MeshView) -> String {
    let now: &Gauges = &view.now;
    let mut parts = Vec::new();
    if let Some(share) = figures::success(now) {
        parts.push(format!("{} of the requests ended well", figures::percent(share, 1)));
    }
    if let Some(share) = now.local_percent {
        parts.push(format!("{} of the calls stayed in their region", figures::percent(share, 1)));
    }
    if let Some(ms) = now.p99_ms {
        parts.push(format!("99 of 100 requests took at most {}", figures::millis(ms)));
    }
    let at = figures::clock(view.at);
    match parts.split_last() {
        None => format!("At {at} no request has ended yet."),
        Some((last, [])) => format!("In the second before {at}, {last}."),
        Some((last, first)) => format!("In the second before {at}, {}, and {last}.", first.join(", ")),
    }
}

/// The region, and what of it is not well: services that are not whole, control plane, data stores.
fn region(view: &MeshView, index: usize) -> String {
    let region = &view.regions[index];
    let mut services: Vec<&str> = Vec::new();
    for place in view.in_region(index) {
        let counts = matches!(place.kind, PlaceKind::Ingress | PlaceKind::Pod);
        if counts && !services.contains(&place.service.as_str()) {
            services.push(&place.service);
        }
    }
    let is_whole = |service: &str| {
        let pods = || view.in_region(index).filter(|place| place.service == service);
        pods().all(|pod| pod.state == PlaceState::Healthy && pod.ejected_by == 0)
    };
    let ill = services.into_iter().filter(|service| !is_whole(service));
    let mut parts: Vec<String> =
        ill.map(|service| format!("{service}: {}", ready(view, index, service))).collect();
    if region.state != PlaceState::Healthy {
        parts.insert(0, format!("the region is {}", region.state.word()));
    }
    let others = view.control_parts(index).into_iter().chain(view.data_parts(index));
    parts.extend(others.filter(|part| !part.is_well()).map(|part| said(&part)));
    let words = if parts.is_empty() { "all is well".to_owned() } else { parts.join("; ") };
    format!("In {}, {words}.", region.name)
}

#[cfg(test)]
mod tests {
    use super::super::{LinkView, Place, RegionView};
    use super::*;

    fn view() -> MeshView {
        let region = |name: &str| RegionView { name: name.to_owned(), ..RegionView::default() };
        let pod = |region, name: &str, ejected_by| Place {
            kind: PlaceKind::Pod,
            region,
            service: "payment".to_owned(),
            name: name.to_owned(),
            ejected_by,
            ..Place::default()
        };
        let store = Place {
            kind: PlaceKind::Aurora,
            state: PlaceState::Slow,
            service: "aurora".to_owned(),
            lag_ms: Some(900.0),
            ..pod(1, "aurora", 0)
        };
        MeshView {
            at: 30_000_000_000,
            regions: vec![region("us-east-1"), region("us-west-2")],
            links: vec![LinkView { ends: (0, 1), cut: (true, false), ..LinkView::default() }],
            places: vec![store, pod(0, "payment-1", 2), pod(0, "payment-2", 0), pod(1, "payment-1", 0)],
            now: Gauges { ok: 9, failed: 3, local_percent: Some(70.0), ..Gauges::default() },
            ..MeshView::default()
        }
    }

    #[test]
    fn it_says_what_is_not_well_and_where() {
        let words = [
            "In the second before 00:30.0, 75.0 % of the requests ended well, and 70.0 % of the calls stayed in their region.",
            "In us-east-1, payment: 1 of 2 pods are well.",
            "In us-west-2, Aurora reader late, 900 ms behind.",
            "The link is cut from us-east-1 to us-west-2.",
        ];
        assert_eq!(sentences(&view()), words);
    }

    #[test]
    fn a_mesh_that_has_only_begun_has_no_numbers() {
        let view = MeshView { now: Gauges::default(), links: Vec::new(), ..view() };
        assert_eq!(sentences(&view)[0], "At 00:30.0 no request has ended yet.");
        assert_eq!(sentences(&view).len(), 3);
        let view = MeshView { places: Vec::new(), ..view };
        assert_eq!(sentences(&view)[1..], ["In us-east-1, all is well.", "In us-west-2, all is well."]);
    }
}

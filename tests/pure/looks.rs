//! Looking closer: a proxy's table is its own, and following a request changes nothing.

use eastwest::mesh_view::{MeshView, PlaceId, PlaceKind, ProxyKind, ProxyView};
use eastwest::sim::{Budget, Intervention, Pattern, Progress, Scenario, Seed, SimSpan, SimTime, Timeline};

fn timeline(set: &[&str], does: &[&str], pattern: Pattern) -> Timeline {
    let mut scenario = Scenario::shipped("two-regions").unwrap();
    scenario.set_pattern(pattern);
    for assignment in set {
        scenario.set(assignment).unwrap();
    }
    let log: Vec<Intervention> = does.iter().map(|text| text.parse().unwrap()).collect();
    Timeline::new(scenario, Seed(7), log)
}

fn run(timeline: &mut Timeline, millis: u64) {
    let to = SimTime::ZERO + SimSpan::from_millis(millis);
    assert_eq!(timeline.advance(to, &mut Budget::endless()), Progress::Reached);
}

fn picture(timeline: &Timeline) -> MeshView {
    let mut view = MeshView::default();
    timeline.view(timeline.now(), &mut view);
    view
}

fn proxies(timeline: &Timeline) -> Vec<ProxyView> {
    let seen = |number: u16| {
        let mut view = ProxyView::default();
        assert!(timeline.inspect(number, &mut view));
        view
    };
    timeline.proxies().map(|proxy| seen(proxy.number)).collect()
}

fn place(view: &MeshView, region: u8, name: &str) -> PlaceId {
    let found = view.places.iter().position(|place| place.region == region && place.name == name);
    found.unwrap_or_else(|| panic!("{name}")) as PlaceId
}

#[test]
fn every_table_adds_up_to_what_picture_and_report_say() {
    let sets: [&[&str]; 4] =
        [&[], &["mesh.network=gateways"], &["mesh.kind=linkerd"], &["mesh.locality=failover-priority"]];
    for set in sets {
        let does = ["2s us-east-1/payment:2 503", "4s us-west-2/checkout-1 notready"];
        let mut timeline = timeline(set, &does, Pattern::Mesh);
        for millis in [1_000, 2_300, 4_500, 9_000] {
            run(&mut timeline, millis);
            agrees(&timeline, set);
        }
    }
}

fn agrees(timeline: &Timeline, set: &[&str]) {
    let (view, proxies) = (picture(timeline), proxies(timeline));
    let report = timeline.report();
    for (index, region) in view.regions.iter().enumerate() {
        for table in &region.tables {
            let here = |proxy: &&ProxyView| {
                proxy.service == table.service
                    && usize::from(view.places[usize::from(proxy.caller)].region) == index
            };
            let loads = |proxy: &ProxyView| -> Vec<u32> {
                proxy.levels.iter().map(|level| level.load_percent).collect()
            };
            let (all, same) = (
                proxies.iter().filter(here).count(),
                proxies.iter().filter(here).filter(|proxy| loads(proxy) == table.load_percent).count(),
            );
            assert!(same > 0 && (table.differ || same == all), "{set:?}: {same} of {all} {table:?}");
            let calls = &report.calls[&table.service][&region.name];
            assert_eq!(calls.table.load_percent, table.load_percent, "{set:?}");
        }
    }
    for proxy in &proxies {
        for (priority, level) in proxy.levels.iter().enumerate() {
            let mut on = proxy.endpoints.iter().filter(|row| usize::from(row.priority) == priority);
            assert_eq!(on.clone().count() as u32, level.total, "{set:?}");
            assert_eq!(on.clone().filter(|row| row.taken).count() as u32, level.healthy, "{set:?}");
            assert!(on.all(|row| row.ejected_until.is_none() || row.multiplier > 0 || row.cost_ms.is_some()));
        }
    }
    for (id, pod) in view.places.iter().enumerate().filter(|(_, place)| place.kind == PlaceKind::Pod) {
        let rows =
            proxies.iter().flat_map(|proxy| &proxy.endpoints).filter(|row| usize::from(row.place) == id);
        let ejecting = rows.filter(|row| row.ejected_until.is_some()).count();
        assert_eq!(ejecting, usize::from(pod.ejected_by), "{set:?}: {}", pod.name);
    }
}

#[test]
fn callers_differ_in_what_they_have_found_out() {
    let mut timeline = timeline(&[], &["2s us-east-1/payment:1 503"], Pattern::Mesh);
    run(&mut timeline, 2_060);
    let view = picture(&timeline);
    let payment = place(&view, 0, "payment-1");
    let runs: Vec<u32> = proxies(&timeline)
        .iter()
        .flat_map(|proxy| &proxy.endpoints)
        .filter(|row| row.place == payment)
        .map(|row| row.errors_in_a_row)
        .collect();
    assert!(runs.iter().any(|run| *run != runs[0]), "{runs:?}");
}

#[test]
fn what_picks_is_named_and_knows_what_such_a_thing_knows() {
    for (set, pattern, kind) in [
        (&[] as &[&str], Pattern::Mesh, ProxyKind::Envoy),
        (&["mesh.kind=linkerd"], Pattern::Mesh, ProxyKind::Linkerd),
        (&[], Pattern::Federation, ProxyKind::KubeProxy),
        (&[], Pattern::Dual, ProxyKind::KubeProxy),
    ] {
        let mut timeline = timeline(set, &[], pattern);
        run(&mut timeline, 3_000);
        for proxy in proxies(&timeline) {
            assert_eq!(proxy.kind, kind);
            assert_eq!(proxy.endpoints.iter().all(|row| row.cost_ms.is_some()), kind == ProxyKind::Linkerd);
            assert_eq!(proxy.ejects_after.is_some(), kind == ProxyKind::Envoy);
        }
    }
}

#[test]
fn a_request_is_followed_as_it_will_happen_and_the_run_knows_nothing_of_it() {
    let does = ["2s us-east-1/payment:2 503", "3s us-east-1/payment:1 crash"];
    let mut watched = timeline(&[], &does, Pattern::Mesh);
    let mut alone = watched.clone();
    for millis in (1_950..3_500).step_by(50) {
        run(&mut watched, millis);
        let view = picture(&watched);
        for id in 0..view.places.len() as PlaceId {
            let Some(trace) = watched.trace_next(id, 0) else { continue };
            assert!(trace.began >= watched.now().nanos() && !trace.legs.is_empty());
            let path = &view.places[usize::from(id)];
            let path = format!("{}/{}", view.regions[usize::from(path.region)].name, path.name);
            assert!(trace.legs.iter().any(|leg| leg.way.contains(&path)), "{path}: {trace:?}");
        }
    }
    run(&mut alone, 3_450);
    assert_eq!(watched.digest(), alone.digest());
    assert_eq!(picture(&watched), picture(&alone));
}

#[test]
fn the_lab_and_the_command_line_tell_the_same_of_a_request() {
    use eastwest::sim::{Engine, Hearing, trace_words};
    let mut timeline = timeline(&[], &["2s us-east-1/payment 503"], Pattern::Mesh);
    run(&mut timeline, 2_020);
    let trace = timeline.trace_next(0, 0).unwrap();
    let scenario = timeline.scenario().clone();
    let mut engine = Engine::new(&scenario, Seed(7), timeline.log().to_vec());
    engine.hear(Hearing { trace: Some(trace.request), ..Hearing::NOTHING });
    let end = SimTime::ZERO + SimSpan::from_seconds(10);
    assert_eq!(engine.run_until(end, &mut Budget::endless()), Progress::Reached);
    let hops = engine.take_trace();
    let told: Vec<(u64, String, String)> =
        hops.iter().map(|hop| (hop.start.nanos(), hop.way(), hop.outcome_words())).collect();
    let seen: Vec<(u64, String, String)> =
        trace.legs.iter().map(|leg| (leg.start, leg.way.clone(), leg.outcome.clone())).collect();
    assert_eq!(told, seen);
    assert_eq!(trace_words::conclusion(&hops, "within a minute"), trace.conclusion);
    assert!(trace.legs.iter().any(|leg| leg.failed), "{trace:?}");
}

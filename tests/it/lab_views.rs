//! Meshes made by hand, as the simulator would fill them.

use eastwest::mesh_view::stretch::CallsTo;
use eastwest::mesh_view::{
    Gauges, HopOutcome, HopView, LinkView, LoadTable, LogKind, LogLine, MeshView, Place, PlaceKind,
    PlaceState, RegionView, Stretch,
};

pub const SECOND: u64 = 1_000_000_000;
const SERVICES: [(&str, u16, PlaceKind); 3] =
    [("ingress", 2, PlaceKind::Ingress), ("checkout", 3, PlaceKind::Pod), ("payment", 4, PlaceKind::Pod)];

/// All is well at one minute and twelve.
pub fn healthy() -> MeshView {
    let mut view = MeshView {
        scenario: "two-regions".to_owned(),
        pattern: "mesh".to_owned(),
        seed: "7".to_owned(),
        at: 72_400_000_000,
        sample: 5,
        ..MeshView::default()
    };
    for (index, (name, users)) in [("us-east-1", 220.0), ("us-west-2", 140.0)].into_iter().enumerate() {
        view.regions.push(RegionView {
            name: name.to_owned(),
            users_per_second: users,
            users_to: if index == 0 { vec![users, 0.0] } else { vec![0.0, users] },
            tables: vec![table("checkout", 3, 3, 100), table("payment", 4, 4, 100)],
            ..RegionView::default()
        });
        places(&mut view, index as u8, users);
    }
    view.links.push(LinkView { ends: (0, 1), rtt_ms: 71.2, ..LinkView::default() });
    view.now = gauges(360, 0, 100.0);
    view.seconds = (0..72)
        .map(|second| Gauges { p50_ms: Some(10.8 + f64::from(second % 3) / 10.0), ..view.now })
        .collect();
    hops(&mut view);
    behind(&mut view);
    view
}

/// Two of four payment pods in us-east-1 answer 503 since 01:06; they are ejected, 30 of 100 calls cross.
pub fn half_down() -> MeshView {
    let mut view = healthy();
    view.regions[0].tables[1] = table("payment", 2, 4, 70);
    view.regions[0].tables[1].ejected = 2;
    let mut payment = 0;
    for place in view.places.iter_mut().filter(|place| place.service == "payment") {
        payment += 1;
        match payment {
            1 | 2 => {
                place.state = PlaceState::Erring;
                (place.ejected_by, place.callers) = (3, 3);
                place.ejected_until = Some(96 * SECOND);
                place.rate = 0.0;
            }
            3 | 4 => place.rate = 77.0,
            _ => place.rate = 51.5,
        }
    }
    view.links[0].calls_per_second = 66.0;
    view.links[0].gb_per_hour = 5.74;
    view.now = Gauges { crossing: 66, p50_ms: Some(13.7), p99_ms: Some(84.0), ..gauges(360, 0, 81.7) };
    view.now.cost_micro_usd_per_hour = 648_000;
    view.now.transfer_micro_usd_per_hour = 115_000;
    // 5.74 GB an hour.
    view.now.cross_bytes = 1_594_444;
    for second in 66..72 {
        view.seconds[second] = view.now;
    }
    view.seconds[66].failed = 10;
    behind(&mut view);
    view.marks.push((66 * SECOND, "us-east-1/payment:2 503".to_owned()));
    log(&mut view);
    for (index, hop) in view.hops.iter_mut().enumerate() {
        if hop.to >= 6 && hop.to < 10 && index % 3 == 0 {
            (hop.to, hop.crosses, hop.took) = (hop.to + 12, true, Some(82_000_000));
        }
        if index % 29 == 0 {
            hop.outcome = HopOutcome::Failed;
            hop.weight = 1;
        }
        if index % 31 == 0 {
            hop.try_number = 1;
        }
    }
    view
}

/// Nothing answers anywhere, and the link is cut.
pub fn all_down() -> MeshView {
    let mut view = half_down();
    for place in view.places.iter_mut().filter(|place| place.kind != PlaceKind::Users) {
        place.state = PlaceState::Down;
        (place.rate, place.failing, place.ejected_by, place.ejected_until) = (0.0, 0.0, 0, None);
    }
    for region in &mut view.regions {
        region.state = PlaceState::Down;
        region.tables = vec![table("checkout", 0, 3, 0), table("payment", 0, 4, 0)];
        for table in &mut region.tables {
            table.load_percent = vec![0, 0];
        }
    }
    view.links[0] = LinkView { ends: (0, 1), rtt_ms: 70.0, cut: (true, true), ..LinkView::default() };
    view.now = Gauges { local_percent: None, p50_ms: None, p99_ms: None, crossing: 0, ..gauges(0, 360, 0.0) };
    for hop in &mut view.hops {
        (hop.outcome, hop.weight) = (HopOutcome::Failed, 1);
    }
    view
}

/// us-east-1 is down and its users are sent to us-west-2, where Aurora writes now and parts have trouble.
pub fn moved() -> MeshView {
    let mut view = healthy();
    view.regions[0].state = PlaceState::Down;
    view.regions[0].users_to = vec![3.0, 217.0];
    view.regions[1].istiod = PlaceState::Erring;
    view.regions[1].dns = PlaceState::Slow;
    for place in &mut view.places {
        let east = place.region == 0;
        match place.kind {
            PlaceKind::Users => {}
            PlaceKind::Aurora => (place.writer, place.lag_ms) = (!east, east.then_some(14_000.0)),
            PlaceKind::DynamoDb if !east => {
                (place.state, place.lag_ms) = (PlaceState::Slow, Some(14_000.0));
            }
            _ if east => (place.state, place.rate) = (PlaceState::Down, 0.0),
            _ => {}
        }
        if east && place.kind != PlaceKind::Users {
            place.state = PlaceState::Down;
        }
    }
    for hop in &mut view.hops {
        if hop.from == 0 {
            (hop.to, hop.crosses, hop.took) = (hop.to + 12, true, Some(82_000_000));
        }
    }
    view.hops.retain(|hop| hop.from == 0 || hop.from >= 12);
    view
}

/// Calls between the regions go through gateways, and us-west-2's is down.
pub fn gateways() -> MeshView {
    let mut view = half_down();
    for region in 0..2_u8 {
        view.places.push(Place {
            kind: PlaceKind::Gateway,
            region,
            name: "gateway".to_owned(),
            state: if region == 0 { PlaceState::Healthy } else { PlaceState::Down },
            callers: 3,
            ..Place::default()
        });
    }
    view
}

fn table(service: &str, healthy: u32, total: u32, load: u32) -> LoadTable {
    LoadTable {
        service: service.to_owned(),
        healthy: vec![healthy, total],
        total: vec![total, total],
        load_percent: vec![load, 100 - load],
        ..LoadTable::default()
    }
}

fn places(view: &mut MeshView, region: u8, users: f64) {
    let place = |kind, service: &str, name: String, rate| Place {
        kind,
        region,
        service: service.to_owned(),
        name,
        rate,
        callers: 3,
        ..Place::default()
    };
    view.places.push(place(PlaceKind::Users, "", "users".to_owned(), users));
    for (service, pods, kind) in SERVICES {
        for pod in 1..=pods {
            view.places.push(place(kind, service, format!("{service}-{pod}"), users / f64::from(pods)));
        }
    }
    let aurora = place(PlaceKind::Aurora, "aurora", "aurora".to_owned(), users);
    let lag_ms = (region > 0).then_some(380.0);
    view.places.push(Place { writer: region == 0, lag_ms, ..aurora });
    let dynamodb = place(PlaceKind::DynamoDb, "dynamodb", "dynamodb".to_owned(), users);
    view.places.push(Place { lag_ms: Some(380.0), ..dynamodb });
}

fn gauges(ok: u32, failed: u32, local: f64) -> Gauges {
    Gauges {
        ok,
        failed,
        p50_ms: Some(10.9),
        p99_ms: Some(29.0),
        local_percent: Some(local),
        cost_micro_usd_per_hour: 533_000,
        ..Gauges::default()
    }
}

/// A request every 50 ms in each region, with one hop to each service and store.
fn hops(view: &mut MeshView) {
    for step in 0..40_u64 {
        for region in 0..2_u16 {
            let base = region * 12;
            let start = view.at - (step + 1) * 50 * SECOND / 1000 + u64::from(region) * 17_000_000;
            let pods =
                |first: u16, count: u64| base + first + ((step * 7 + u64::from(region)) % count) as u16;
            let way = [base, pods(1, 2), pods(3, 3), pods(6, 4), base + 10];
            for (pair, ms) in way.windows(2).zip([11.0, 10.0, 6.5, 1.5]) {
                view.hops.push(HopView {
                    request: step * 2 + u64::from(region),
                    try_number: 0,
                    from: pair[0],
                    to: pair[1],
                    start,
                    took: Some((ms * 1e6) as u64),
                    outcome: HopOutcome::Ok,
                    crosses: false,
                    weight: view.sample,
                });
            }
        }
    }
    view.hops.sort_by_key(|hop| hop.start);
}

fn log(view: &mut MeshView) {
    let mut line = |at: u64, kind, subject: &str, text: &str| {
        view.log.push(LogLine {
            at: at * 100_000_000,
            kind,
            subject: subject.to_owned(),
            text: text.to_owned(),
        });
    };
    line(
        660,
        LogKind::Intervention,
        "us-east-1/payment:2",
        "payment-1 and payment-2 in us-east-1 answer 503",
    );
    line(
        660,
        LogKind::Failure,
        "us-east-1/payment-1",
        "us-east-1's checkout proxies: payment-1 answers 503; Istio does not retry a 503, the user sees it",
    );
    line(
        662,
        LogKind::Ejection,
        "us-east-1/payment-1",
        "payment-1: 5 errors in a row → ejected for 30 s by us-east-1's checkout proxies",
    );
    line(
        662,
        LogKind::Ejection,
        "us-east-1/payment-2",
        "payment-2: 5 errors in a row → ejected for 30 s by us-east-1's checkout proxies",
    );
    line(
        662,
        LogKind::Shift,
        "payment",
        "payment: 2 of 4 healthy in us-east-1 → 50 % × 1.4 = 70 → 70 % stays, 30 % goes to us-west-2",
    );
    line(663, LogKind::Cost, "transfer", "transfer: 0.00 → 5.74 GB/h, $0.115/h more");
}

/// What stands behind the numbers, as far as they say it.
fn behind(view: &mut MeshView) {
    let detail = &mut view.detail;
    detail.services = SERVICES.map(|(name, ..)| name.to_owned()).to_vec();
    let stretch = |seconds: &[Gauges]| Stretch {
        seconds: seconds.len() as u32,
        end: 72 * SECOND,
        ok: seconds.iter().map(|second| u64::from(second.ok)).sum(),
        failed: seconds.iter().map(|second| u64::from(second.failed)).sum(),
        ..Stretch::default()
    };
    (detail.second, detail.minute) = (stretch(&view.seconds[71..]), stretch(&view.seconds[12..]));
    let all = stretch(&view.seconds);
    detail.so_far = (all.ok, all.failed);
    let crossing = u64::from(view.now.crossing);
    for (from, to, sent) in [(0, 0, 220 - crossing), (0, 1, crossing), (1, 1, 140)] {
        detail.second.calls.push(CallsTo { service: 2, from, to, sent, ..CallsTo::default() });
    }
}

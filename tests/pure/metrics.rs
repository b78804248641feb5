//! What stands behind the numbers adds up to the numbers, whatever is broken, and sentences say no more than that.

use eastwest::mesh_view::budget::{Budget, SLOS};
use eastwest::mesh_view::stretch::Trouble;
use eastwest::mesh_view::{Ejector, HeatCell, MeshView, Metric, PlaceId, PlaceState, why, words};
use eastwest::sim::{Budget as Events, Pattern, Scenario, Seed, SimSpan, SimTime, Timeline};

use crate::support::{read, set_all};

fn at(seconds: u64) -> SimTime {
    SimTime::ZERO + SimSpan::from_seconds(seconds)
}

fn run(scenario: &str, pattern: Pattern, set: &[&str], interventions: &[&str]) -> Timeline {
    let mut scenario = Scenario::shipped(scenario).unwrap();
    scenario.set_pattern(pattern);
    set_all(&mut scenario, set);
    Timeline::new(scenario, Seed(7), read(interventions))
}

fn view_at(timeline: &mut Timeline, seconds: u64) -> MeshView {
    let mut view = MeshView::default();
    timeline.advance(at(seconds), &mut Events::endless());
    timeline.view(timeline.now(), &mut view);
    view
}

/// Runs in which something is broken in many ways.
fn troubled() -> Vec<Timeline> {
    // Within a second: at its end the old second and the new state would meet.
    let plans: [&[&str]; 6] = [
        &["4300ms us-east-1/payment:2 503"],
        &["4300ms us-east-1/payment errors=40/100", "9300ms us-east-1~us-west-2 cut for 6s"],
        &["4300ms us-east-1 down"],
        &["4300ms us-east-1/checkout:1 blackhole", "6300ms us-west-2/payment slow=400ms"],
        &["4300ms us-east-1/payment crash", "8300ms aurora down"],
        &["4300ms us-east-1/payment:2 refuse", "5300ms us-west-2/checkout:1 notready", "12300ms all heal"],
    ];
    let mut runs = Vec::new();
    for plan in plans {
        for pattern in Pattern::ALL {
            runs.push(run("two-regions", pattern, &[], plan));
        }
    }
    runs.push(run("two-regions", Pattern::Mesh, &["mesh.kind=linkerd"], plans[0]));
    runs.push(run("two-regions", Pattern::Mesh, &["mesh.network=gateways"], plans[1]));
    runs.push(run("two-regions", Pattern::Mesh, &["mesh.retries.on=503"], plans[1]));
    runs.push(run("one-service", Pattern::Mesh, &[], plans[0]));
    runs
}

fn sum(troubles: &[Trouble]) -> u64 {
    troubles.iter().map(|trouble| trouble.count).sum()
}

fn adds_up(view: &MeshView) {
    let (now, second, minute) = (&view.now, &view.detail.second, &view.detail.minute);
    assert_eq!((second.ok, second.failed), (u64::from(now.ok), u64::from(now.failed)));
    assert_eq!(sum(&second.failures), second.failed);
    assert_eq!(sum(&second.retries), u64::from(now.retries));
    assert_eq!(second.journeys(|_, _| true).count, second.ok);
    let between = || second.calls.iter().filter(|calls| !calls.by_users);
    let crossing: u64 = between().filter(|calls| calls.crosses()).map(|calls| calls.sent).sum();
    assert_eq!(crossing, u64::from(now.crossing));
    let (near, all) = between().fold((0, 0), |(near, all), calls| {
        (near + if calls.crosses() { 0 } else { calls.sent }, all + calls.sent)
    });
    let share = (all > 0).then(|| 100.0 * near as f64 / all as f64);
    assert_eq!(share, now.local_percent);
    assert_eq!(second.crossed.iter().map(|crossed| crossed.calls).sum::<u64>(), crossing);
    assert_eq!(second.crossed.iter().map(|crossed| crossed.bytes).sum::<u64>(), now.cross_bytes);
    assert_eq!(second.bill.total(), now.cost_micro_usd_per_hour);
    assert_eq!(second.bill.transfer, now.transfer_micro_usd_per_hour);
    let window = &view.seconds[view.seconds.len().saturating_sub(60)..];
    assert_eq!(minute.seconds as usize, window.len());
    assert_eq!(minute.failed, window.iter().map(|row| u64::from(row.failed)).sum::<u64>());
    assert_eq!(minute.ok, window.iter().map(|row| u64::from(row.ok)).sum::<u64>());
    assert_eq!(sum(&minute.failures), minute.failed);
    assert_eq!(view.detail.heat.seconds(), view.seconds.len());
    let ejected: u16 = view.detail.ejectors.iter().flat_map(|by| &by.out).map(|(_, by, _)| by).sum();
    assert_eq!(ejected, view.places.iter().map(|place| place.ejected_by).sum::<u16>());
}

#[test]
fn the_parts_of_every_second_add_up_to_its_numbers() {
    let mut failed = 0;
    for mut timeline in troubled() {
        let (mut ok_so_far, mut failed_so_far) = (0, 0);
        for seconds in 1..=20 {
            let view = view_at(&mut timeline, seconds);
            adds_up(&view);
            ok_so_far += u64::from(view.now.ok);
            failed_so_far += u64::from(view.now.failed);
            assert_eq!(view.detail.so_far, (ok_so_far, failed_so_far));
        }
        failed += failed_so_far;
    }
    assert!(failed > 1_000, "there was something to explain");
}

#[test]
fn the_time_of_a_request_is_the_time_of_its_parts() {
    for pattern in Pattern::ALL {
        let view = view_at(&mut run("two-regions", pattern, &[], &["20s us-west-2/payment slow=50ms"]), 60);
        let minute = &view.detail.minute;
        let whole = minute.journeys(|_, _| true).mean_ms().unwrap();
        let parts: i64 = minute.calls.iter().map(|calls| calls.own_ns).sum();
        let parts = parts as f64 / minute.ok as f64 / 1e6;
        assert!((parts / whole - 1.0).abs() < 0.01, "{pattern}: {parts} ms of {whole} ms");
    }
}

#[test]
fn going_back_and_on_again_shows_the_same() {
    let mut timeline = run("two-regions", Pattern::Mesh, &[], &["4s us-east-1/payment:2 503"]);
    let (early, late) = (view_at(&mut timeline, 9), view_at(&mut timeline, 40));
    let mut view = MeshView::default();
    for wanted in [&early, &late, &early] {
        let to = SimTime::from_nanos(wanted.at);
        timeline.seek(to, &mut Events::endless());
        timeline.view(to, &mut view);
        assert_eq!(view.detail, wanted.detail);
    }
}

#[test]
fn the_last_time_that_all_was_well_is_before_the_break_and_after_the_healing() {
    let mut timeline =
        run("two-regions", Pattern::Mesh, &[], &["15s us-east-1/payment:2 503", "30s all heal"]);
    let well = |view: &MeshView| (view.detail.well.seconds, view.detail.well.end / 1_000_000_000);
    assert_eq!(well(&view_at(&mut timeline, 14)), (10, 14));
    let broken = view_at(&mut timeline, 29);
    assert_eq!(well(&broken), (10, 15));
    let before = broken.detail.well.p99.get().unwrap();
    assert!(before < 45.0 && broken.now.p99_ms.unwrap() > before + 30.0, "a crossing hop is 70 ms");
    let view = view_at(&mut timeline, 66);
    assert_eq!(well(&view), (10, 66), "ejected pods have come back");
}

#[test]
fn the_strip_shows_what_the_pods_were() {
    for mut timeline in troubled() {
        let mut other_than_ready = 0;
        for seconds in 1..=20 {
            let view = view_at(&mut timeline, seconds);
            let last = view.detail.heat.seconds() - 1;
            for (id, place) in view.places.iter().enumerate() {
                let cell = view.detail.heat.cell(id as PlaceId, last);
                let pod = !place.service.is_empty() && (view.detail.heat.first..).contains(&(id as PlaceId));
                let wanted: &[HeatCell] = match place.state {
                    _ if !pod || id as PlaceId >= view.detail.heat.first + view.detail.heat.pods => {
                        &[HeatCell::Absent]
                    }
                    PlaceState::Gone => &[HeatCell::Absent],
                    PlaceState::Down | PlaceState::Refusing => &[HeatCell::Down],
                    _ if place.ejected_by > 0 => &[HeatCell::Ejected],
                    PlaceState::NotReady => &[HeatCell::NotReady],
                    PlaceState::Silent => &[HeatCell::Fails],
                    PlaceState::Erring => &[HeatCell::Errs, HeatCell::Fails],
                    _ if place.failing > 0.0 => &[HeatCell::Errs, HeatCell::Fails],
                    PlaceState::Slow => &[HeatCell::Slow],
                    PlaceState::Healthy | PlaceState::Isolated => &[HeatCell::Ready],
                };
                assert!(wanted.contains(&cell), "{seconds} s: {place:?} is {cell:?}");
                other_than_ready += u32::from(!matches!(cell, HeatCell::Ready | HeatCell::Absent));
            }
        }
        assert!(other_than_ready > 0);
    }
}

#[test]
fn every_number_is_explained_in_whole_sentences() {
    for mut timeline in troubled() {
        for seconds in [0, 1, 6, 15] {
            let view = view_at(&mut timeline, seconds);
            for (metric, slo) in Metric::ALL.into_iter().flat_map(|metric| SLOS.map(|slo| (metric, slo))) {
                let sentences = why::sentences(metric, &view, slo);
                assert!(!sentences.is_empty(), "{metric:?}");
                for said in &sentences {
                    assert!(said.ends_with('.'), "{said}");
                    for wrong in ["NaN", "inf ", "--", "  ", "..", "?"] {
                        assert!(!said.contains(wrong), "{metric:?} after {seconds} s: {said}");
                    }
                    let spoken = words::spoken(said);
                    assert!(spoken.is_ascii() && !spoken.contains('?'), "{spoken}");
                }
            }
        }
    }
}

#[test]
fn reasons_are_those_of_the_run() {
    let told = |pattern, set: &[&str], interventions: &[&str]| {
        let view = view_at(&mut run("two-regions", pattern, set, interventions), 40);
        why::sentences(Metric::Success, &view, 9_990).join(" ")
    };
    let mesh = Pattern::Mesh;
    for (said, wanted) in [
        (told(mesh, &[], &["4s us-east-1/payment:2 503"]), "payment answered with an error"),
        (told(Pattern::Dual, &[], &["4s us-east-1/payment:2 refuse"]), "payment refused a connection"),
        (
            told(Pattern::Dual, &[], &["4s us-east-1/payment-1 down"]),
            "no connection to payment came about in time",
        ),
        (
            told(mesh, &[], &["4s us-east-1/payment 503", "4s us-west-2/payment 503"]),
            "no healthy endpoint of checkout was left to send to (503, UH)",
        ),
        (told(mesh, &[], &["4s aurora down"]), "payment could not write to Aurora"),
        (told(mesh, &[], &["4s us-east-1/dns down"]), "there was no address for"),
    ] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
    let well = told(mesh, &[], &[]);
    assert!(!well.contains("users failed"), "{well}");
}

#[test]
fn the_arithmetic_of_the_sentences_is_that_of_the_view() {
    let mut timeline = run("two-regions", Pattern::Mesh, &[], &["4s us-east-1/payment:2 503"]);
    let view = view_at(&mut timeline, 20);
    let said = |metric| why::sentences(metric, &view, 9_990).join(" ");
    let (ok, failed) = view.detail.so_far;
    let budget = Budget::of(&view, 9_990);
    let used = 100.0 * failed as f64 / ((ok + failed) as f64 / 1000.0);
    assert!((budget.used_percent().unwrap() / used - 1.0).abs() < 1e-9);
    assert!(said(Metric::Budget).contains(&format!("{used:.1} % of the budget")), "{}", said(Metric::Budget));
    assert!(said(Metric::Local).contains("P0 2 of 4 healthy, 50 % × 1.4 = 70 % → 70 % of calls"));
    let ejected = said(Metric::Ejected);
    assert!(
        ejected.contains("us-east-1's 3 checkout proxies that call payment have ejected payment-1"),
        "{ejected}"
    );
    assert!(ejected.contains("100 % of 8 = 8 may be out at once"), "{ejected}");
    let crossed: u64 = view.detail.second.crossed.iter().map(|pair| pair.calls).sum();
    assert!(
        said(Metric::Cross).contains(&format!("us-east-1's calls to payment: {crossed} went to us-west-2."))
    );
    let slow = said(Metric::P99);
    assert!(slow.contains("us-east-1's calls to payment in us-west-2"), "{slow}");
}

#[test]
fn a_limit_on_ejections_is_told_with_its_sum() {
    let set = ["mesh.outlier.max_ejection_percent=25"];
    let view = view_at(&mut run("two-regions", Pattern::Mesh, &set, &["4s us-east-1/payment 503"]), 12);
    let said = why::sentences(Metric::Ejected, &view, 9_990).join(" ");
    assert!(said.contains("25 % of 8 = 2 may be out at once"), "{said}");
    let most = |by: &Ejector| by.out.iter().map(|(_, proxies, _)| proxies).sum::<u16>() <= 2 * by.proxies;
    assert!(view.detail.ejectors.iter().all(most));
    let dual = view_at(&mut run("two-regions", Pattern::Dual, &[], &[]), 3);
    assert!(why::sentences(Metric::Ejected, &dual, 9_990)[0].starts_with("Nothing is ever ejected"));
}

#[test]
fn a_part_is_slow_only_if_it_takes_longer_or_crosses() {
    let told = |interventions: &[&str]| {
        let view = view_at(&mut run("two-regions", Pattern::Mesh, &[], interventions), 20);
        why::sentences(Metric::P99, &view, 9_990).join(" ")
    };
    let gone = told(&["8300ms us-east-1 down"]);
    assert!(!gone.contains("a request since"), "half of the requests are gone, none is slower: {gone}");
    let slow = told(&["8300ms us-west-2/payment slow=50ms"]);
    assert!(slow.contains("us-west-2's calls to payment in us-west-2"), "{slow}");
    assert!(!slow.contains("us-east-1's calls"), "{slow}");
}

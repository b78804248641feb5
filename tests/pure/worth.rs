//! When a mesh is worth it: bills over the rate of requests, where they cross, and a region that stands by.

use eastwest::sim::cost::{Answer, Outcome, Pays, Question, RATE_MAX};
use eastwest::sim::{Pattern, Scenario};

fn question(set: &[(&str, &str)]) -> Question {
    let mut question = Question::new(Scenario::shipped("two-regions").unwrap());
    for (name, value) in set {
        question.put(name, value).unwrap();
    }
    question
}

fn answer(set: &[(&str, &str)]) -> Answer {
    question(set).answer().unwrap()
}

/// Everything one might ask, one after another: no two in step, so that all meet all.
fn questions() -> Vec<Vec<(&'static str, &'static str)>> {
    let choices: [(&str, &[&str]); 12] = [
        ("standby", &["hot", "warm"]),
        ("warm-pods", &["0", "25%", "1"]),
        ("rps", &["1", "360", "20000"]),
        ("bytes", &["0", "900", "50000", "400000"]),
        ("pods", &["3", "18", "200"]),
        ("pod-cpu", &["100m", "500m", "1", "8"]),
        ("overhead", &["0", "18%", "200%"]),
        ("incidents", &["0", "1", "8"]),
        ("outage-usd-hour", &["0", "500", "90000", "3000000"]),
        ("check", &["shallow", "deep"]),
        ("transit_gateway.usd_per_gb", &["0", "0.02"]),
        ("zones.usd_per_gb_each_way", &["0", "0.01", "0.3"]),
    ];
    let mut dice: u64 = 7;
    let mut roll = |sides: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) as usize % sides
    };
    let one = |roll: &mut dyn FnMut(usize) -> usize| {
        let mut set = Vec::new();
        for (name, values) in choices {
            if roll(3) > 0 {
                set.push((name, values[roll(values.len())]));
            }
        }
        set
    };
    (0..150).map(|_| one(&mut roll)).collect()
}

fn found(answer: &Answer, other: Pattern) -> Option<Pays> {
    if other == Pattern::Dual { answer.dual } else { answer.federation }
}

/// The mesh costs no more than another pattern at so many requests a second.
fn pays(answer: &Answer, other: Pattern, rate: u64) -> bool {
    let [dual, federation, mesh] = answer.at(rate * 1000).totals;
    mesh <= if other == Pattern::Dual { dual } else { federation }
}

#[test]
fn the_parts_of_every_bill_add_up_to_its_total() {
    for set in questions() {
        for outcome in answer(&set).bills {
            let sum: u64 = outcome.parts().iter().map(|(_, micro)| micro).sum();
            assert_eq!(sum, outcome.total(), "{set:?} {:?}", outcome.pattern);
        }
    }
}

#[test]
fn a_break_even_is_where_two_bills_cross() {
    let (mut crossed, mut ended) = (0, 0);
    for set in questions() {
        let answer = answer(&set);
        for other in [Pattern::Dual, Pattern::Federation] {
            let Some(Pays { from, until }) = found(&answer, other) else { continue };
            assert!(pays(&answer, other, from), "{set:?} {other} from {from}");
            if from > 1 {
                crossed += 1;
                assert!(!pays(&answer, other, from - 1), "{set:?} {other} before {from}");
            }
            if let Some(until) = until {
                ended += 1;
                assert!(pays(&answer, other, until), "{set:?} {other} until {until}");
                assert!(!pays(&answer, other, until + 1), "{set:?} {other} after {until}");
            }
        }
    }
    assert!(crossed > 40 && ended > 10, "{crossed} crossings and {ended} ends are too few to tell");
}

#[test]
fn never_is_said_only_where_no_rate_crosses() {
    let mut never = 0;
    for set in questions() {
        let answer = answer(&set);
        for other in [Pattern::Dual, Pattern::Federation] {
            let first = found(&answer, other).map(|pays| pays.from);
            // Every rate up to 2,000, and rates a hundredth apart up to the end of the range.
            let dense = std::iter::successors(Some(1), |rate: &u64| Some(rate + (rate / 100).max(1)));
            let rates = (1..=2_000).chain(dense.take_while(|&rate| rate < RATE_MAX)).chain([RATE_MAX]);
            for rate in rates.filter(|&rate| first.is_none_or(|first| rate < first)) {
                assert!(
                    !pays(&answer, other, rate),
                    "{set:?} {other}: it pays at {rate}, not from {first:?}"
                );
            }
            never += usize::from(first.is_none());
        }
    }
    assert!(never > 40, "never is said {never} times");
}

#[test]
fn a_curve_ends_where_it_is_asked_to_and_has_the_bills_of_the_answer() {
    for set in [&[][..], &[("outage-usd-hour", "90000")], &[("standby", "warm")]] {
        let answer = answer(set);
        let curve = answer.curve(10, 1000, 5);
        let rates: Vec<u64> = curve.iter().map(|point| (point.rate_milli + 500) / 1000).collect();
        assert_eq!(rates, [10, 32, 100, 316, 1000], "equal steps on a scale of tens");
        assert_eq!(answer.at(360_000).totals, answer.bills.each_ref().map(Outcome::total));
    }
}

#[test]
fn an_incident_loss_does_not_hang_on_the_rate_but_for_the_mesh() {
    let answer = answer(&[("outage-usd-hour", "90000"), ("bytes", "0")]);
    let (quiet, busy) = (answer.at(1000).totals, answer.at(10_000_000).totals);
    assert_eq!((quiet[0], quiet[1]), (busy[0], busy[1]), "two lone clusters and a flat pool");
    assert!(quiet[2] > busy[2], "a caller that seldom calls ejects late");
}

#[test]
fn the_usual_overhead_lies_on_the_curve_of_that_overhead() {
    let usual = answer(&[]).usual;
    for (percent, found) in [("15%", usual[0]), ("20%", usual[1])] {
        assert_eq!(found, answer(&[("overhead", percent)]).federation, "{percent}");
    }
    assert!(usual[0].unwrap().from < usual[1].unwrap().from);
}

#[test]
fn a_warm_region_keeps_a_share_of_its_pods_rounded_up_for_each_service() {
    let pods = |set: &[(&str, &str)]| answer(set).number("assumed.pods");
    // 2, 3 and 4 pods a region: half of them are 1, 2 and 2.
    assert_eq!(pods(&[("standby", "warm")]), Some(9.0 + 5.0));
    assert_eq!(pods(&[("standby", "warm"), ("warm-pods", "0")]), Some(9.0));
    assert_eq!(pods(&[("standby", "warm"), ("warm-pods", "1")]), Some(18.0));
    assert_eq!(pods(&[("standby", "warm"), ("pods", "36")]), Some(28.0));
    assert_eq!(pods(&[("warm-pods", "0")]), Some(18.0), "hot regions keep all");
}

#[test]
fn no_call_crosses_to_a_standby_but_those_of_a_flat_pool() {
    let crosses = |pattern: &str, set: &[(&str, &str)]| {
        answer(set).number(&format!("bills.{pattern}.between_regions_gb_per_hour")).unwrap()
    };
    let warm = [("standby", "warm")];
    assert_eq!((crosses("dual", &warm), crosses("mesh", &warm)), (0.0, 0.0));
    // Checkout to 2 of 5 in the standby, and from there back again: the pool is flat both ways.
    let pool = crosses("federation", &warm);
    assert!(pool > 0.0 && pool < crosses("federation", &[]), "{pool}");
    assert_eq!(crosses("federation", &[("standby", "warm"), ("warm-pods", "0")]), 0.0);
}

#[test]
fn an_incident_strikes_the_region_that_serves_and_a_standby_takes_over_short_of_pods() {
    let lost = |pattern: &str, set: &[(&str, &str)]| {
        let set = [&[("standby", "warm")], set].concat();
        answer(&set).number(&format!("bills.{pattern}.incident.lost_s")).unwrap()
    };
    let deep = ("check", "deep");
    assert_eq!(lost("dual", &[]), 600.0, "nobody notices, and there are no other users");
    assert_eq!(
        lost("dual", &[deep]),
        55.0 + 12.5,
        "DNS moves them, and half of the pods are missing for 25 s"
    );
    assert_eq!(lost("dual", &[deep, ("warm-pods", "1")]), 55.0);
    assert_eq!(lost("dual", &[deep, ("scale-up", "2m")]), 55.0 + 60.0);
    assert_eq!(lost("dual", &[deep, ("warm-pods", "0")]), 600.0, "there is nothing to move to");
    assert_eq!(lost("federation", &[]), 400.0, "4 of 6 in the pool fail");
    assert_eq!(lost("federation", &[("warm-pods", "0")]), 600.0);
    assert_eq!(lost("mesh", &[("warm-pods", "0")]), 600.0);
    // 20 errors at 120 a second from each of three callers, and Envoy's second, six times; then the missing pods.
    assert_eq!(lost("mesh", &[]), 6.0 * 1.17 + 12.5);
    assert_eq!(lost("mesh", &[("incident-lasts", "5170ms")]), 1.17 + 4.0 / 2.0, "cut off with the incident");
}

#[test]
fn a_standby_needs_a_region_to_stand_by() {
    let mut question = Question::new(Scenario::shipped("two-regions").unwrap());
    question.set("standby", "warm").unwrap();
    assert!(question.clone().answer().is_ok());
    let error = question.set("standby", "warn").unwrap_err();
    assert_eq!(error, "'warn' is not one of hot, warm; did you mean 'warm'?");
}

#[test]
fn a_check_that_sees_through_the_front_door_takes_from_a_mesh_most_of_what_it_buys() {
    let price = |check: &str| {
        let set = [("standby", "warm"), ("check", check)];
        answer(&set).break_even_outage.expect("it saves some seconds")
    };
    assert!(price("deep") > 10 * price("shallow"), "{} {}", price("deep"), price("shallow"));
}

//! Ejections and returns, whatever the order of results.

use eastwest::sim::policy::outlier::{Detector, Ejection, OutlierConfig, eject_max};
use eastwest::sim::time::{SimSpan, SimTime};
use proptest::prelude::*;

fn at(seconds: u64) -> SimTime {
    SimTime::ZERO + SimSpan::from_seconds(seconds)
}

fn config(max_ejection_percent: u32) -> OutlierConfig {
    OutlierConfig { max_ejection_percent, ..OutlierConfig::default() }
}

fn fail(detector: &mut Detector, host: usize, times: usize, now: SimTime) -> Option<Ejection> {
    (0..times).map(|_| detector.record(host, 503, now)).fold(None, |last, next| next.or(last))
}

/// One thing that can happen to a detector.
#[derive(Clone, Debug)]
enum Step {
    Answer(usize, u16),
    Sweep,
    Remove(usize),
    Restore(usize),
    Add,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        20 => (0_usize..14, prop_oneof![3 => Just(503_u16), 1 => Just(500), 1 => Just(200)])
            .prop_map(|(host, code)| Step::Answer(host, code)),
        2 => Just(Step::Sweep),
        1 => (0_usize..14).prop_map(Step::Remove),
        1 => (0_usize..14).prop_map(Step::Restore),
        1 => Just(Step::Add),
    ]
}

proptest! {
    #[test]
    fn never_more_are_ejected_than_the_percentage_allows(
        hosts in 0_usize..12,
        percent in 0_u32..=120,
        runs in prop::collection::vec((0_usize..12, 0_u64..40), 0..60),
    ) {
        let mut detector = Detector::new(config(percent), hosts);
        let mut now = 0;
        for (host, wait) in runs {
            now += wait;
            detector.sweep(at(now));
            fail(&mut detector, host, 5, at(now));
            prop_assert!(detector.ejected_count() <= hosts * percent.min(100) as usize / 100);
        }
    }

    #[test]
    fn the_counts_are_those_of_the_hosts_whatever_happens(
        steps in prop::collection::vec(step(), 0..300),
        percent in 0_u32..=100,
    ) {
        let mut detector = Detector::new(config(percent), 6);
        let mut now = SimTime::ZERO;
        let mut numbers = 6;
        for step in steps {
            match step {
                Step::Answer(host, code) => {
                    let before = detector.ejected_count();
                    match detector.record(host, code, now) {
                        Some(Ejection::Ejected { now_ejected, until_at_least, .. }) => {
                            prop_assert_eq!(now_ejected, before + 1);
                            prop_assert_eq!(detector.ejected_until(host), Some(until_at_least));
                            prop_assert!(now_ejected <= eject_max(detector.config(), detector.host_count()));
                        }
                        Some(Ejection::Overflow { now_ejected, .. }) => prop_assert_eq!(now_ejected, before),
                        None => prop_assert_eq!(detector.ejected_count(), before),
                    }
                }
                Step::Sweep => {
                    now = now + SimSpan::from_seconds(10);
                    for host in detector.sweep(now) {
                        prop_assert!(!detector.is_ejected(host));
                    }
                }
                Step::Remove(host) => detector.remove_host(host),
                Step::Restore(host) => detector.restore_host(host),
                Step::Add => numbers = detector.add_host() + 1,
            }
            let ejected = (0..numbers).filter(|&host| detector.is_ejected(host)).count();
            prop_assert_eq!(ejected, detector.ejected_count());
            prop_assert!(ejected <= detector.host_count());
        }
    }
}

#[test]
fn the_fifth_error_in_a_row_ejects_and_a_success_starts_the_count_again() {
    let mut detector = Detector::new(config(100), 2);
    assert_eq!(fail(&mut detector, 0, 4, at(0)), None);
    detector.record(0, 200, at(0));
    assert_eq!(fail(&mut detector, 0, 4, at(0)), None);
    let ejected = Ejection::Ejected { until_at_least: at(30), multiplier: 1, now_ejected: 1 };
    assert_eq!(detector.record(0, 500, at(0)), Some(ejected));
    assert!(detector.is_ejected(0) && !detector.is_ejected(1));
}

#[test]
fn the_default_ejects_nobody_below_ten_hosts_and_counts_anew_after_each_refusal() {
    let mut detector = Detector::new(config(10), 8);
    for _ in 0..3 {
        let refused = Ejection::Overflow { now_ejected: 0, hosts: 8 };
        assert_eq!(fail(&mut detector, 0, 5, at(0)), Some(refused));
    }
    assert_eq!(fail(&mut detector, 0, 4, at(0)), None);
}

#[test]
fn a_host_returns_at_the_first_sweep_at_or_after_its_time() {
    let mut detector = Detector::new(config(100), 1);
    fail(&mut detector, 0, 5, at(1));
    assert_eq!(detector.ejected_until(0), Some(at(31)));
    assert!(detector.sweep(at(30)).is_empty());
    assert_eq!(detector.sweep(at(40)), [0]);
    assert_eq!(detector.ejected_until(0), None);
}

#[test]
fn each_ejection_lasts_longer_and_a_quiet_interval_takes_one_step_back() {
    let mut detector = Detector::new(config(100), 1);
    fail(&mut detector, 0, 5, at(0));
    detector.sweep(at(30));
    fail(&mut detector, 0, 5, at(30));
    assert_eq!(detector.ejected_until(0), Some(at(90)));
    assert_eq!(detector.sweep(at(90)), [0]);
    assert_eq!(detector.multiplier(0), 2);
    detector.sweep(at(99));
    assert_eq!(detector.multiplier(0), 2, "not back for a whole interval yet");
    detector.sweep(at(100));
    assert_eq!(detector.multiplier(0), 1);
    detector.sweep(at(110));
    detector.sweep(at(120));
    assert_eq!(detector.multiplier(0), 0);
}

#[test]
fn the_multiplier_stops_one_step_past_the_longest_ejection() {
    let config = OutlierConfig {
        base_ejection_time: SimSpan::from_seconds(10),
        max_ejection_time: SimSpan::from_seconds(20),
        ..config(100)
    };
    let steps: Vec<u32> = (0..4).map(|multiplier| config.multiplier_after(multiplier)).collect();
    assert_eq!(steps, [1, 2, 3, 3]);
    assert_eq!(config.ejection_time(3), SimSpan::from_seconds(20));
    let short = OutlierConfig { max_ejection_time: SimSpan::from_seconds(1), ..config };
    assert_eq!(short.ejection_time(1), SimSpan::from_seconds(10), "never shorter than the base");
}

#[test]
fn gateway_errors_have_a_count_of_their_own_when_it_is_on() {
    let config = OutlierConfig { consecutive_5xx: 0, consecutive_gateway: 2, ..config(100) };
    let mut detector = Detector::new(config, 1);
    for code in [502, 500, 503, 200, 504, 500, 500, 500, 500, 500] {
        assert_eq!(detector.record(0, code, at(0)), None, "{code}");
    }
    assert_eq!(detector.record(0, 504, at(0)), None);
    assert!(matches!(detector.record(0, 502, at(0)), Some(Ejection::Ejected { .. })));
}

#[test]
fn one_host_may_always_go_where_that_is_set() {
    let mut detector = Detector::new(OutlierConfig { always_eject_one_host: true, ..config(10) }, 4);
    assert!(matches!(fail(&mut detector, 0, 5, at(0)), Some(Ejection::Ejected { .. })));
    assert!(matches!(
        fail(&mut detector, 1, 5, at(0)),
        Some(Ejection::Overflow { now_ejected: 1, hosts: 4 })
    ));
}

#[test]
fn a_host_that_leaves_the_list_takes_its_ejection_with_it() {
    let mut detector = Detector::new(config(50), 2);
    fail(&mut detector, 0, 5, at(0));
    detector.remove_host(0);
    assert_eq!((detector.ejected_count(), detector.host_count()), (0, 1));
    assert_eq!(fail(&mut detector, 0, 5, at(0)), None, "it is not there");
    detector.restore_host(0);
    assert_eq!(detector.multiplier(0), 0);
    assert!(matches!(fail(&mut detector, 1, 5, at(0)), Some(Ejection::Ejected { now_ejected: 1, .. })));
    detector.resize(1);
    assert_eq!((detector.ejected_count(), detector.host_count()), (0, 1));
}

#[test]
fn switched_off_it_counts_nothing() {
    let mut detector = Detector::new(OutlierConfig { enabled: false, ..config(100) }, 1);
    assert_eq!(fail(&mut detector, 0, 50, at(0)), None);
    fail(&mut detector, 99, 50, at(0));
}

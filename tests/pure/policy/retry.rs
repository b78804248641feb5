//! Which answers are tried again, when, and where.

use eastwest::sim::policy::balance::{least_request, random, round_robin};
use eastwest::sim::policy::priority::{Level, loads};
use eastwest::sim::policy::retry::{Outcome, PreviousPriorities, RetryOn, backoff};
use eastwest::sim::time::SimSpan;

#[track_caller]
fn check(retry_on: &str, retried: &[Outcome]) {
    let set: RetryOn = retry_on.parse().unwrap();
    for outcome in ALL {
        assert_eq!(set.retries(outcome), retried.contains(&outcome), "{retry_on}: {outcome:?}");
    }
    assert_eq!(set.to_string().parse::<RetryOn>().unwrap(), set, "{set} reads back");
}

const ALL: [Outcome; 13] = [
    Outcome::Status(200),
    Outcome::Status(409),
    Outcome::Status(500),
    Outcome::Status(503),
    Outcome::Status(504),
    Outcome::ConnectFailure,
    Outcome::ConnectTimeout,
    Outcome::RefusedStream,
    Outcome::Reset,
    Outcome::PerTryTimeout,
    Outcome::RouteTimeout,
    Outcome::Overflow,
    Outcome::NoHost,
];

#[test]
fn since_1_24_a_503_from_a_host_is_final() {
    check("default", &[Outcome::ConnectFailure, Outcome::ConnectTimeout, Outcome::RefusedStream]);
    assert_eq!(RetryOn::default(), "default".parse().unwrap());
}

#[test]
fn before_1_24_it_was_tried_again() {
    let three = [Outcome::ConnectFailure, Outcome::ConnectTimeout, Outcome::RefusedStream];
    check("503", &[&three[..], &[Outcome::Status(503)]].concat());
}

#[test]
fn a_broken_stream_counts_as_a_5xx_and_as_a_gateway_error() {
    let broken = [
        Outcome::ConnectFailure,
        Outcome::ConnectTimeout,
        Outcome::RefusedStream,
        Outcome::Reset,
        Outcome::PerTryTimeout,
    ];
    check("reset", &broken);
    check("gateway-error", &[&broken[..], &[Outcome::Status(503), Outcome::Status(504)]].concat());
    let codes = [Outcome::Status(500), Outcome::Status(503), Outcome::Status(504)];
    check("5xx", &[&broken[..], &codes].concat());
}

#[test]
fn single_conditions_and_codes_can_be_listed() {
    check("connect-failure", &[Outcome::ConnectFailure, Outcome::ConnectTimeout]);
    check("refused-stream, retriable-4xx", &[Outcome::RefusedStream, Outcome::Status(409)]);
    check("unavailable,cancelled,504,500", &[Outcome::Status(500), Outcome::Status(504)]);
}

#[test]
fn an_unknown_condition_is_named() {
    let error = "connect-failure,5x".parse::<RetryOn>().unwrap_err().to_string();
    assert!(error.starts_with("'5x' is not a retry condition; write default, 503, or"), "{error}");
    assert!("".parse::<RetryOn>().is_err());
}

#[test]
fn the_wait_doubles_from_25_ms_and_stops_at_250() {
    for (retry, longest) in [(1, 24), (2, 49), (3, 99), (4, 199), (5, 249), (6, 249), (u32::MAX, 249)] {
        assert_eq!(backoff(retry, longest), SimSpan::from_millis(longest), "retry {retry}");
        assert_eq!(backoff(retry, longest + 1), SimSpan::ZERO, "retry {retry}");
    }
}

#[test]
fn with_istios_frequency_of_two_only_the_second_retry_leaves() {
    let level = Level { total: 4, healthy: 4, ..Level::default() };
    let levels = [level, level];
    let original = loads(&levels, 140, 0);
    let mut previous = PreviousPriorities::new(2);
    let next = |previous: &mut PreviousPriorities| previous.loads(&levels, 140, &original).healthy_load;
    previous.attempted(0);
    assert_eq!(next(&mut previous), [100, 0], "first retry");
    previous.attempted(0);
    assert_eq!(next(&mut previous), [0, 100], "second retry");
    previous.attempted(1);
    assert_eq!(next(&mut previous), [0, 100], "third retry");
    previous.attempted(1);
    assert_eq!(next(&mut previous), [100, 0], "all were tried: any may be tried again");
    previous.attempted(0);
    previous.attempted(0);
    assert_eq!(next(&mut previous), [0, 100], "and counting starts anew");
}

#[test]
fn with_nothing_healthy_a_retry_keeps_the_table() {
    let levels = [Level { total: 4, ..Level::default() }];
    let original = loads(&levels, 140, 0);
    let mut previous = PreviousPriorities::new(1);
    previous.attempted(0);
    assert_eq!(previous.loads(&levels, 140, &original), original);
}

#[test]
fn the_less_busy_of_two_takes_the_request_and_the_first_drawn_in_a_tie() {
    assert_eq!(least_request(&[3, 1, 2], [0, 1]), Some(1));
    assert_eq!(least_request(&[1, 3, 2], [0, 1]), Some(0));
    assert_eq!(least_request(&[2, 2, 2], [2, 1]), Some(2));
    assert_eq!(least_request(&[2, 0], [0, 2]), Some(0), "both draws may mean the same host");
    assert_eq!(least_request(&[], [0, 0]), None);
    assert_eq!(random(0, 7), None);
    let mut turn = u64::MAX - 1;
    let taken: Vec<_> = (0..4).map(|_| round_robin(3, &mut turn).unwrap()).collect();
    assert_eq!(taken, [2, 0, 0, 1]);
}

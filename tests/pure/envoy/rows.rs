//! The rows: what was measured on a real Envoy 1.40 on loopback, three to twelve trials each.
//!
//! The ranges that ours must keep to are the measured ones, widened to what chance does over hundreds of seeds: a trial
//! of Envoy's shows one point of a distribution, and few trials its middle.

use super::rig::{FOR_LONG, NO_RETRY, RETRY_503, Row, ejected, failed_percent, local, retried_percent};

const ALL_503: &str = "10s us-east-1/payment 503";
const ALL_REFUSE: &str = "10s us-east-1/payment refuse";
const ALL_SILENT: &str = "10s us-east-1/payment blackhole";
const NEVER: &str = "mesh.outlier.consecutive_5xx=0";
const TIMEOUT: &str = "mesh.timeout=1s";

/// All rows in order of their tables.
pub fn all() -> Vec<Row> {
    [errors(), some_pods(), limits(), crashes(), silence(), brown_outs(), saw_tooth(), windows()]
        .into_iter()
        .flatten()
        .collect()
}

/// All local pods answer 503.
fn errors() -> Vec<Row> {
    let row = |what, envoy, low: f64, high: f64| {
        Row::new("all local pods 503", what, envoy, (low, high)).does(&[ALL_503])
    };
    let window = "mesh.update_merge_window=0s";
    let elsewhere = "mesh.retries.remote_localities=true";
    vec![
        row("no retry", "212..216 failed", 208.0, 222.0).set(&[NO_RETRY]),
        row("Istio's retries (not for 503)", "212..216 failed", 208.0, 222.0),
        row("retries for 503", "199..203 failed", 196.0, 208.0).set(&[RETRY_503]),
        row("retries for 503 elsewhere", "0 failed", 0.0, 0.0).set(&[RETRY_503, elsewhere]),
        row("one retry elsewhere does nothing", "201..207 failed", 197.0, 214.0).set(&[
            RETRY_503,
            elsewhere,
            "mesh.retries.attempts=1",
        ]),
        row("no merge window, no retry", "20 failed", 20.0, 20.0).set(&[NO_RETRY, window]),
        row("no merge window, retries for 503", "1..5 failed", 0.0, 6.0).set(&[RETRY_503, window]),
    ]
}

/// Some of the four local pods answer 503.
fn some_pods() -> Vec<Row> {
    let row = |what, envoy, low: f64, high: f64, does: &str| {
        Row::new("some of 4 pods 503", what, envoy, (low, high)).does(&[does])
    };
    let [one, two, three] =
        ["10s us-east-1/payment:1 503", "10s us-east-1/payment:2 503", "10s us-east-1/payment:3 503"];
    let [one_before, two_before, three_before] =
        ["2s us-east-1/payment:1 503", "2s us-east-1/payment:2 503", "2s us-east-1/payment:3 503"];
    vec![
        row("1, no retry", "5 failed", 5.0, 5.0, one).set(&[NO_RETRY]),
        row("2, no retry", "71..79 failed", 50.0, 100.0, two).set(&[NO_RETRY]),
        row("3, no retry", "142..144 failed", 110.0, 170.0, three).set(&[NO_RETRY]),
        row("1, retries for 503", "0 failed", 0.0, 1.0, one).set(&[RETRY_503]),
        row("2, retries for 503", "0 failed", 0.0, 2.0, two).set(&[RETRY_503]),
        row("3, retries for 503", "8..17 failed", 1.0, 30.0, three).set(&[RETRY_503]),
        row("1, then local", "100 %", 100.0, 100.0, one_before).set(&[FOR_LONG]).until(60).reads(local),
        row("2, then local", "70.6..71.5 %", 68.0, 72.0, two_before).set(&[FOR_LONG]).until(60).reads(local),
        row("3, then local", "34..36 %", 33.0, 37.0, three_before).set(&[FOR_LONG]).until(60).reads(local),
    ]
}

/// How many may be ejected, and what panic does.
fn limits() -> Vec<Row> {
    let row = |what, envoy, low: f64, high: f64| Row::new("limits", what, envoy, (low, high));
    let [ten, fifty] = ["mesh.outlier.max_ejection_percent=10", "mesh.outlier.max_ejection_percent=50"];
    let twenty = ["service.payment.pods.us-east-1=10", "service.payment.pods.us-west-2=10"];
    let both = ["10s us-east-1/payment 503 for 3s", "10s us-west-2/payment 503 for 3s"];
    let panic = "mesh.panic_threshold=50";
    vec![
        row("10 %, all local pods", "100 % failed", 100.0, 100.0)
            .set(&[ten, NO_RETRY])
            .does(&[ALL_503])
            .until(16)
            .reads(failed_percent),
        row("10 %, all local pods: ejected", "0", 0.0, 0.0)
            .set(&[ten])
            .does(&[ALL_503])
            .until(16)
            .reads(ejected),
        row("10 %, one bad pod of 4", "25 % failed", 23.0, 27.0)
            .set(&[ten, NO_RETRY])
            .does(&["10s us-east-1/payment-1 503"])
            .until(40)
            .reads(failed_percent),
        row("50 %, all local pods", "214..216 failed", 208.0, 222.0).set(&[fifty, NO_RETRY]).does(&[ALL_503]),
        row("50 % of 10+10, all local pods", "224 failed", 205.0, 240.0)
            .set(&[fifty, NO_RETRY])
            .set(&twenty)
            .does(&[ALL_503]),
        row("both regions 503 for 3 s, panic 50", "600 failed", 588.0, 605.0)
            .set(&[NO_RETRY, panic])
            .does(&both)
            .until(30),
        row("both regions 503 for 3 s, panic 0", "1188 failed", 1_000.0, 1_400.0)
            .set(&[NO_RETRY])
            .does(&both)
            .until(30),
    ]
}

/// Connections are refused.
fn crashes() -> Vec<Row> {
    let row = |what, envoy, low: f64, high: f64| {
        Row::new("connections refused", what, envoy, (low, high)).does(&[ALL_REFUSE])
    };
    let one = |what, envoy, low: f64, high: f64| {
        Row::new("connections refused", what, envoy, (low, high)).does(&["10s us-east-1/payment-1 refuse"])
    };
    vec![
        row("no retry", "214..216 failed", 208.0, 222.0).set(&[NO_RETRY]),
        row("Istio's retries", "199..204 failed", 196.0, 208.0),
        one("one pod, no retry", "5 failed", 5.0, 5.0).set(&[NO_RETRY]),
        one("one pod, Istio's retries", "0..1 failed", 0.0, 1.0),
        one("one pod, never ejected, retries", "0 failed", 0.0, 4.0).set(&[NEVER]).until(16),
        one("the same: requests retried", "26 %", 20.0, 35.0).set(&[NEVER]).until(16).reads(retried_percent),
        one("one pod, never ejected, no retry", "24..26 % failed", 22.0, 28.0)
            .set(&[NEVER, NO_RETRY])
            .until(40)
            .reads(failed_percent),
        row("all, never ejected", "100 % failed", 99.9, 100.0).set(&[NEVER]).until(16).reads(failed_percent),
    ]
}

/// Nobody answers, or no packet comes through.
fn silence() -> Vec<Row> {
    let row = |what, envoy, low: f64, high: f64| Row::new("silence", what, envoy, (low, high));
    let one = ["10s us-east-1/payment-1 blackhole"];
    let down = ["10s us-east-1 down"];
    let cut = "10s us-east-1~us-west-2 cut";
    vec![
        row("all accept and stay silent, timeout 1 s", "417..418 failed", 408.0, 424.0)
            .set(&[TIMEOUT, NO_RETRY])
            .does(&[ALL_SILENT]),
        row("the same, Istio's retries", "417..418 failed", 408.0, 424.0).set(&[TIMEOUT]).does(&[ALL_SILENT]),
        row("the same without a timeout: failed", "0, all hang", 0.0, 0.0).does(&[ALL_SILENT]).until(30),
        row("the same without a timeout: ejected", "0", 0.0, 0.0)
            .does(&[ALL_SILENT])
            .until(30)
            .reads(ejected),
        row("one pod silent, least request", "13..25, mean 17.7", 8.0, 32.0)
            .set(&[TIMEOUT, NO_RETRY])
            .does(&one),
        row("one pod silent, round robin", "54..55 failed", 53.0, 57.0)
            .set(&[TIMEOUT, NO_RETRY, "mesh.lb=round-robin"])
            .does(&one),
        row("all 1.5 s slow, timeout 1 s", "423 failed", 408.0, 430.0)
            .set(&[TIMEOUT, NO_RETRY])
            .does(&["10s us-east-1/payment slow=1500ms"]),
        row("packets dropped, connect timeout 10 s", "11.1 s of all: 2220", 2_190.0, 2_250.0)
            .set(&[TIMEOUT])
            .does(&down)
            .until(25),
        row("packets dropped, connect timeout 1 s", "2.1 s of all: 420", 395.0, 440.0)
            .set(&[TIMEOUT, "mesh.connect_timeout=1s", NO_RETRY])
            .does(&down),
        row("the other region cannot be reached", "0 failed", 0.0, 0.0).does(&[cut]).until(30),
        row("the same, then local pods 503", "100 % failed", 99.0, 100.0)
            .set(&[NO_RETRY])
            .does(&["9s us-east-1~us-west-2 cut", ALL_503])
            .until(40)
            .reads(failed_percent),
    ]
}

/// Each answer of the local pods is an error with the same probability.
fn brown_outs() -> Vec<Row> {
    let row = |what, envoy, low: f64, high: f64| {
        Row::new("brown-out of all 4 pods, 40 s", what, envoy, (low, high))
            .set(&["mesh.outlier.base_ejection_time=30s"])
            .until(50)
            .reads(failed_percent)
    };
    let [tenth, third] = ["10s us-east-1/payment errors=10/100", "10s us-east-1/payment errors=30/100"];
    vec![
        row("p = 0.1, no retry", "9.6 %", 8.3, 11.7).set(&[NO_RETRY]).does(&[tenth]),
        row("p = 0.1, retries for 503", "0.05..0.09 %", 0.0, 0.3).set(&[RETRY_503]).does(&[tenth]),
        row("p = 0.3, no retry", "8.7..13.0 %, mean 10.8 %", 2.5, 22.0).set(&[NO_RETRY]).does(&[third]),
        row("p = 0.3, retries for 503", "0.25..0.81 %, mean 0.57 %", 0.05, 1.6)
            .set(&[RETRY_503])
            .does(&[third]),
        row("p = 0.3, never ejected, no retry", "30.7 %", 28.0, 32.0).set(&[NEVER, NO_RETRY]).does(&[third]),
        row("p = 0.3, never ejected, retries", "2.51..2.85 %", 1.9, 3.5)
            .set(&[NEVER, RETRY_503])
            .does(&[third]),
    ]
}

/// Ten minutes of a region that refuses connections: three and three pods, round robin, 10 requests a second.
fn saw_tooth() -> Vec<Row> {
    let row = |what, envoy, low: f64, high: f64| {
        Row::new("saw-tooth: 10 rps, 600 s, 3+3 pods refuse", what, envoy, (low, high))
            .set(&[
                "users.us-east-1.rps=10",
                "service.payment.pods.us-east-1=3",
                "service.payment.pods.us-west-2=3",
                "mesh.lb=round-robin",
                "mesh.outlier.interval=10s",
                "mesh.outlier.base_ejection_time=30s",
            ])
            .does(&[ALL_REFUSE])
            .until(610)
    };
    let [half, third] = ["mesh.outlier.max_ejection_percent=50", "mesh.outlier.max_ejection_percent=34"];
    let window = "mesh.update_merge_window=0s";
    vec![
        row("100 %, retries", "46..59 failed", 30.0, 75.0),
        row("100 %, retries, no merge window", "26 failed", 15.0, 40.0).set(&[window]),
        row("50 %, retries", "61 failed", 30.0, 75.0).set(&[half]),
        row("34 %, retries", "126..134 failed", 60.0, 200.0).set(&[third]),
        row("34 %, retries, no merge window", "25 failed", 10.0, 60.0).set(&[third, window]),
        row("100 %, no retries", "124..138 failed", 105.0, 160.0).set(&[NO_RETRY]),
        row("100 %, no retries, no merge window", "90 failed", 75.0, 91.0).set(&[NO_RETRY, window]),
    ]
}

/// The merge window itself: the second ejection waits a second of its own unless a later one takes it along.
fn windows() -> Vec<Row> {
    let row = |what, envoy, low: f64, high: f64| {
        Row::new("merge window", what, envoy, (low, high)).set(&[NO_RETRY, FOR_LONG])
    };
    let two = ["10s us-east-1/payment-1 503", "10600ms us-east-1/payment-2 503"];
    vec![
        row("a second pod 0.6 s after the first", "71..81 failed", 55.0, 100.0).does(&two),
        row("and a third 1.2 s after it", "47..70 failed", 40.0, 85.0)
            .does(&two)
            .does(&["11200ms us-east-1/payment-3 503"]),
    ]
}

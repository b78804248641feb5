//! `one-service` against what a real Envoy 1.40 was measured to do (the design's envoy.md, sections A to D and F).
//!
//! `EASTWEST_SEEDS=20` runs every row with twenty seeds; the table of docs/fidelity.md comes from
//! `cargo test --test pure envoy_table -- --ignored --nocapture`.

mod rig;
mod rows;
mod splits;
mod table;
mod times;

use rig::{NO_RETRY, local, run, seeds};

#[test]
fn every_measured_row_holds() {
    for row in rows::all() {
        row.check(seeds(2));
    }
}

#[test]
fn without_outlier_detection_nothing_fails_over() {
    let off = "mesh.outlier.enabled=false";
    let flat = local(&run(1, &[off], &[], 60));
    assert!((40.0..75.0).contains(&flat), "{flat} % local in a flat pool");
    let broken = run(1, &[off, NO_RETRY, "mesh.lb=random"], &["10s us-east-1/payment 503"], 60);
    assert!((broken.success_percent.unwrap() - 50.0).abs() < 2.0, "half of a flat pool is broken");
}

#[test]
fn requests_without_a_timeout_hang_until_their_users_leave() {
    let report = run(1, &[], &["10s us-east-1/payment blackhole"], 30);
    assert_eq!(report.requests.failed, 0);
    assert!(report.requests.open > 3_900, "{} open", report.requests.open);
}

//! The rows as a table for docs/fidelity.md.

use std::fmt::Write as _;

use super::rig::seeds;
use super::rows;

#[test]
#[ignore = "prints a table: cargo test --test pure envoy_table -- --ignored --nocapture"]
fn envoy_table() {
    let mut out = String::new();
    let mut last = "";
    for row in rows::all() {
        if row.table != last {
            let _ = writeln!(
                out,
                "\n### {}\n\n| case | Envoy 1.40 | ours: median | least..most |\n| --- | --- | --- | --- |",
                row.table
            );
            last = row.table;
        }
        let mut ours = row.ours(seeds(20));
        ours.sort_by(f64::total_cmp);
        let digits = usize::from(ours.iter().any(|value| value.fract() != 0.0)) * 2;
        let (low, high, median) = (ours[0], ours[ours.len() - 1], ours[ours.len() / 2]);
        let _ = writeln!(
            out,
            "| {} | {} | {median:.digits$} | {low:.digits$}..{high:.digits$} |",
            row.what, row.envoy
        );
    }
    println!("{out}");
}

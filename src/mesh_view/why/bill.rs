//! What the bill is made of.

use super::{figures, thousands};
use crate::mesh_view::MeshView;
use crate::mesh_view::metric::gigabytes_per_hour;

pub fn sentences(view: &MeshView) -> Vec<String> {
    let (bill, policy) = (&view.detail.second.bill, &view.detail.policy);
    let parts: Vec<String> = bill
        .all()
        .into_iter()
        .filter(|(_, micro)| *micro > 0)
        .map(|(name, micro)| format!("{name} {}", dollars(micro)))
        .collect();
    if parts.is_empty() {
        return vec!["No second is over yet, so there is no bill.".to_owned()];
    }
    let mut said = vec![
        format!("{} = {}.", figures::dollars_per_hour(bill.total()), parts.join(" + ")),
        format!(
            "Pods: {} pods have {} vCPU together, × {} an hour = {}, whatever they do.",
            thousands(policy.pods),
            super::trimmed(policy.vcpu_milli as f64 / 1000.0),
            dollars(policy.vcpu_micro),
            dollars(bill.pods)
        ),
    ];
    let crossed = gigabytes_per_hour(view.now.cross_bytes);
    said.push(format!(
        "Transfer: {crossed:.2} GB/h × {} a GB = {}/h.",
        dollars(policy.gb_micro),
        dollars(bill.transfer)
    ));
    if bill.mesh > 0 {
        said.push(format!(
            "Sidecars: each of the {} pods has one, which costs what it reserves, or what it uses if that is more: {} together.",
            thousands(policy.pods),
            dollars(bill.mesh)
        ));
    }
    let well = &view.detail.well;
    if well.seconds > 0 && well.end != view.detail.second.end {
        let changes: Vec<String> = bill
            .all()
            .into_iter()
            .zip(well.bill.all())
            .filter(|((_, now), (_, then))| now.abs_diff(*then) >= 500)
            .map(|((name, now), (_, then))| format!("{name} {:+.3}", (now as f64 - then as f64) / 1e6))
            .collect();
        let words = if changes.is_empty() { "no part has changed".to_owned() } else { changes.join(", ") };
        said.push(format!(
            "When all was well last, at {}, it was {}; since then {words}.",
            figures::clock(well.end),
            figures::dollars_per_hour(well.bill.total())
        ));
    }
    said
}

fn dollars(micro: u64) -> String {
    format!("${:.3}", micro as f64 / 1e6)
}

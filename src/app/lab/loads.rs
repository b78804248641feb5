//! How a proxy came to its split, in words: Envoy's arithmetic as one would do it by hand.

use crate::mesh_view::{Nanos, ProxyKind, ProxyLevel, ProxyView, figures};

/// One line a level: `P0 2 of 4 healthy → 50 % × 1.4 = 70 → 70 % of calls`.
#[must_use]
pub fn sums(proxy: &ProxyView) -> Vec<String> {
    if proxy.kind != ProxyKind::Envoy {
        return vec![picks(proxy)];
    }
    let lines = proxy.levels.iter().enumerate();
    let mut lines: Vec<String> =
        lines.map(|(priority, level)| format!("P{priority} {}", sum(proxy, level))).collect();
    if proxy.normalized_total > 0 && proxy.normalized_total < 100 {
        let total = proxy.normalized_total;
        lines.push(format!(
            "All levels together score {total}, less than 100: each load is its score of {total}."
        ));
    }
    lines
}

/// Until when a caller that goes by a name holds its answer.
#[must_use]
pub fn asks_again(at: Nanos) -> String {
    format!("The name it goes by is asked for again at {}.", figures::clock(at))
}

/// A proxy without endpoints.
pub const NOBODY_LISTED: &str = "Its list is empty: every call fails at once.";

/// The same for one level, in running text.
#[must_use]
pub fn sum(proxy: &ProxyView, level: &ProxyLevel) -> String {
    let ProxyLevel { healthy, total, score, load_percent, panic } = *level;
    let counted = format!("{healthy} of {total} healthy");
    if panic {
        return format!("{counted} → panic: all {total} are used → {load_percent} %");
    }
    if total == 0 {
        return "nobody in it → 0 %".to_owned();
    }
    let factor = f64::from(proxy.overprovision_percent) / 100.0;
    let share = f64::from(healthy) * 100.0 / f64::from(total);
    let digits = usize::from(share.fract() != 0.0);
    let raw = healthy * proxy.overprovision_percent / total;
    let capped = if raw > score { format!(", at most {score}") } else { String::new() };
    format!("{counted} → {share:.digits$} % × {factor} = {raw}{capped} → {load_percent} %")
}

/// Where there are no loads to reckon with.
fn picks(proxy: &ProxyView) -> String {
    let here = proxy.levels.first().map_or(0, |level| level.healthy);
    let beyond: u32 = proxy.levels.iter().skip(1).map(|level| level.healthy).sum();
    match proxy.kind {
        ProxyKind::Linkerd => format!(
            "{here} endpoints: of two drawn at random the one with the lower cost gets the call (peak EWMA of its \
             latency × (1 + open requests)); there are no priorities{}.",
            if beyond > 0 { " but a mirror to fall back on" } else { "" }
        ),
        _ if beyond > 0 => format!(
            "one of {here} ready endpoints at random; the {beyond} others serve only when none of these is left."
        ),
        _ => format!(
            "one of {here} ready endpoints at random, whatever they answer: kube-proxy sees no answers."
        ),
    }
}

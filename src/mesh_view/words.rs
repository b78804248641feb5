//! All that a view holds, as sentences: the lab for those who hear it. ASCII, and no sign without its word.

use std::fmt::{self, Write as _};

use super::parts::Part;
use super::{
    Gauges, HopOutcome, LinkView, LoadTable, LogKind, LogLine, MeshView, Nanos, Place, PlaceKind, PlaceState,
    figures,
};

/// Seconds that the numbers of the past speak of.
const WINDOW: usize = 60;
/// So many of the newest lines of the log.
const LOG_LINES: usize = 60;

/// The view as lines; what belongs under a line begins with two blanks more than it.
#[must_use]
pub fn lines(view: &MeshView) -> Vec<String> {
    let mut lines = numbers(view);
    lines.extend(users(view));
    for index in 0..view.regions.len() {
        lines.extend(region(view, index));
    }
    lines.extend(view.links.iter().map(|link| self::link(view, link)));
    lines.extend(on_their_way(view));
    lines.extend(reasons(view));
    lines
}

/// A text as it is read aloud: signs as words.
#[must_use]
pub fn spoken(text: &str) -> String {
    const WORDS: [(char, &str); 9] = [
        ('→', ", so"),
        ('×', "times"),
        ('÷', "divided by"),
        ('≥', "at least"),
        ('≤', "at most"),
        ('–', "to"),
        ('·', ","),
        ('…', "..."),
        ('’', "'"),
    ];
    let mut spoken = String::new();
    for c in text.chars() {
        match WORDS.iter().find(|(sign, _)| *sign == c) {
            Some((_, word)) => {
                if word.starts_with(',') {
                    spoken.truncate(spoken.trim_end().len());
                }
                spoken.push_str(word);
            }
            None if c.is_ascii() => spoken.push(c),
            None => spoken.push('?'),
        }
    }
    spoken
}

fn add(line: &mut String, words: fmt::Arguments<'_>) {
    line.write_fmt(words).expect("a string takes all that is written");
}

fn numbers(view: &MeshView) -> Vec<String> {
    let now = &view.now;
    let percent = |share: Option<f64>, digits| {
        share.map_or_else(|| "unknown".to_owned(), |share| figures::percent(share, digits))
    };
    let millis = |ms: Option<f64>| ms.map_or_else(|| "unknown".to_owned(), figures::millis);
    let gb = now.cross_bytes as f64 * 3600.0 / 1e9;
    let mut lines = vec![
        "The last second".to_owned(),
        format!(
            "  success {}: {} requests ended well, {} badly; {} retries",
            percent(figures::success(now), 2),
            now.ok,
            now.failed,
            now.retries
        ),
        format!("  latency p50 {}, p99 {}", millis(now.p50_ms), millis(now.p99_ms)),
        format!(
            "  local share {}; {} tries crossed between regions, {gb:.2} GB an hour",
            percent(now.local_percent, 1),
            now.crossing
        ),
        format!(
            "  bill {}, of that transfer {}",
            figures::dollars_per_hour(now.cost_micro_usd_per_hour),
            figures::dollars_per_hour(now.transfer_micro_usd_per_hour)
        ),
        format!("  ejected now, over all proxies: {}", now.ejected),
    ];
    lines.extend(past(&view.seconds[view.seconds.len().saturating_sub(WINDOW)..]));
    lines
}

/// What sparklines show, as numbers.
fn past(seconds: &[Gauges]) -> Vec<String> {
    if seconds.is_empty() {
        return Vec::new();
    }
    let failed: u64 = seconds.iter().map(|second| u64::from(second.failed)).sum();
    let lowest = |of: &dyn Fn(&Gauges) -> Option<f64>| seconds.iter().filter_map(of).reduce(f64::min);
    let mut line = format!("  the last {} s: {failed} requests failed", seconds.len());
    if let Some(share) = lowest(&figures::success) {
        add(&mut line, format_args!(", worst second {} success", figures::percent(share, 2)));
    }
    if let Some(share) = lowest(&|second| second.local_percent) {
        add(&mut line, format_args!(", least local {}", figures::percent(share, 1)));
    }
    if let Some(ms) = seconds.iter().filter_map(|second| second.p99_ms).reduce(f64::max) {
        add(&mut line, format_args!(", highest p99 {}", figures::millis(ms)));
    }
    vec![line]
}

fn users(view: &MeshView) -> Vec<String> {
    let mut lines = vec!["Users".to_owned()];
    for region in &view.regions {
        let mut line =
            format!("  of {}: {} requests a second", region.name, figures::rate(region.users_per_second));
        let to: Vec<String> = region
            .users_to
            .iter()
            .zip(&view.regions)
            .map(|(rate, to)| format!("{} a second to {}", figures::rate(*rate), to.name))
            .collect();
        if !to.is_empty() {
            add(&mut line, format_args!("; Route 53 sends {}", to.join(", ")));
        }
        lines.push(line);
    }
    lines
}

fn region(view: &MeshView, index: usize) -> Vec<String> {
    let shown = &view.regions[index];
    let state = if shown.state == PlaceState::Healthy { "reachable" } else { shown.state.word() };
    let mut lines = vec![format!("Region {}: {state}", shown.name)];
    let say = |parts: &[Part]| {
        let words: Vec<String> = parts.iter().map(said).collect();
        words.join("; ")
    };
    lines.push(format!("  control: {}", say(&view.control_parts(index))));
    let stores = view.data_parts(index);
    if !stores.is_empty() {
        lines.push(format!("  data: {}", say(&stores)));
    }
    let mut service = None;
    for pod in view.in_region(index).filter(|place| matches!(place.kind, PlaceKind::Ingress | PlaceKind::Pod))
    {
        if service != Some(&pod.service) {
            service = Some(&pod.service);
            lines.push(format!("  {}: {}", pod.service, ready(view, index, &pod.service)));
        }
        lines.push(format!("    {}", self::pod(view, pod)));
    }
    lines.extend(shown.tables.iter().map(table));
    lines
}

/// `istiod up`, `Aurora reader, 420 ms behind`.
pub(super) fn said(part: &Part) -> String {
    let role = part.writer.map_or("", |writer| if writer { " writer" } else { " reader" });
    let state = match part.state {
        PlaceState::Erring => "has lost the other cluster's secret",
        _ => part.word(),
    };
    let lag = part.lag_ms.map_or_else(String::new, |ms| format!(", {} behind", figures::millis(ms)));
    format!("{}{role} {state}{lag}", part.name)
}

/// `3 of 4 pods are well`: of a service in a region.
#[must_use]
pub fn ready(view: &MeshView, region: usize, service: &str) -> String {
    let pods = || view.in_region(region).filter(|place| place.service == service);
    let well = pods().filter(|pod| pod.state == PlaceState::Healthy && pod.ejected_by == 0).count();
    format!("{well} of {} pods are well", pods().count())
}

/// Name, how it is, who has ejected it, what it does.
fn pod(view: &MeshView, pod: &Place) -> String {
    let mut line = format!("{} {}", pod.name, pod.state.word());
    if pod.ejected_by > 0 {
        add(
            &mut line,
            format_args!(", ejected by {} of the {} proxies that call it", pod.ejected_by, pod.callers),
        );
        if let Some(until) = pod.ejected_until {
            add(
                &mut line,
                format_args!(", the first lets it back after {} s", seconds_until(view.at, until)),
            );
        }
    }
    add(&mut line, format_args!("; {} requests a second", figures::rate(pod.rate)));
    if pod.failing > 0.0 {
        add(&mut line, format_args!(", {} of them fail", figures::rate(pod.failing)));
    }
    line + &format!("; {} being served, {} waiting", pod.active, pod.queued)
}

fn seconds_until(now: Nanos, then: Nanos) -> String {
    then.saturating_sub(now).div_ceil(1_000_000_000).to_string()
}

/// `calls to payment: 2 of 4 healthy at priority 0, 50 % times 1.4 = 70 %, takes 70 %; …`.
fn table(table: &LoadTable) -> String {
    let levels = levels(table, |level, healthy, total, load, sum| {
        format!("priority {level} has {healthy} of {total} healthy{sum} and takes {load} %")
    });
    let differ = if table.differ { "; not all proxies hold this table, most do" } else { "" };
    let none =
        if table.load_percent.iter().all(|&load| load == 0) { "; nothing is healthy anywhere" } else { "" };
    format!("  calls to {}: {}; {} ejected{none}{differ}", table.service, levels.join(", "), table.ejected)
}

/// Each priority in words, from its number, its healthy endpoints, all of them, its load, and how that comes about.
pub(super) fn levels(table: &LoadTable, words: impl Fn(usize, u32, u32, u32, &str) -> String) -> Vec<String> {
    let counts = table.healthy.iter().zip(&table.total).zip(&table.load_percent).enumerate();
    counts
        .map(|(level, ((&healthy, &total), &load))| {
            let sum = arithmetic(healthy, total, load).filter(|_| level == 0).unwrap_or_default();
            words(level, healthy, total, load, &sum)
        })
        .collect()
}

/// Said only where it gives the integer that the table has.
fn arithmetic(healthy: u32, total: u32, load: u32) -> Option<String> {
    let weighed = figures::weighed(healthy, total)?;
    if healthy == 0 || healthy >= total || weighed > 100 || weighed != load {
        return None;
    }
    let share = f64::from(healthy) * 100.0 / f64::from(total);
    let digits = usize::from(share.fract() != 0.0);
    Some(format!(", {share:.digits$} % times 1.4 = {weighed} %,"))
}

fn link(view: &MeshView, link: &LinkView) -> String {
    let name = |end: u8| view.regions.get(usize::from(end)).map_or("?", |region| region.name.as_str());
    let (one, other) = (name(link.ends.0), name(link.ends.1));
    let state = match link.cut {
        (false, false) => "open".to_owned(),
        (true, true) => "cut".to_owned(),
        (true, false) => format!("cut from {one} to {other}"),
        (false, true) => format!("cut from {other} to {one}"),
    };
    format!(
        "Link {one} to {other}: {state}, round trip {:.0} ms, {} calls a second cross, {:.2} GB an hour",
        link.rtt_ms,
        figures::rate(link.calls_per_second),
        link.gb_per_hour
    )
}

/// What the dots show.
fn on_their_way(view: &MeshView) -> Vec<String> {
    let count = |outcome| -> u64 {
        view.hops.iter().filter(|hop| hop.outcome == outcome).map(|hop| u64::from(hop.weight)).sum()
    };
    let weight = |test: &dyn Fn(&super::HopView) -> bool| -> u64 {
        view.hops.iter().filter(|hop| test(hop)).map(|hop| u64::from(hop.weight)).sum()
    };
    vec![format!(
        "Tries of the last 2 s, sampled 1 in {}, failures all: {} answered well, {} failed, {} still out; {} crossed, {} were retries",
        view.sample.max(1),
        count(HopOutcome::Ok),
        count(HopOutcome::Failed),
        count(HopOutcome::Open),
        weight(&|hop| hop.crosses),
        weight(&|hop| hop.try_number > 0),
    )]
}

fn reasons(view: &MeshView) -> Vec<String> {
    let mut lines = Vec::new();
    if !view.marks.is_empty() {
        lines.push("Done so far".to_owned());
        let done =
            view.marks.iter().map(|(at, words)| format!("  {} {}", figures::clock(*at), spoken(words)));
        lines.extend(done);
    }
    lines.push("Why, the newest last".to_owned());
    let newest = &view.log[view.log.len().saturating_sub(LOG_LINES)..];
    lines.extend(newest.iter().map(reason));
    if newest.is_empty() {
        lines.push("  nothing has happened yet".to_owned());
    }
    lines
}

fn reason(line: &LogLine) -> String {
    let kind = match line.kind {
        LogKind::Intervention => "done",
        other => other.name(),
    };
    format!("  {} {kind}: {}", figures::clock(line.at), spoken(&line.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_said() {
        assert_eq!(
            spoken("2 of 4 → 50 % × 1.4 = 70 → 70 % stays"),
            "2 of 4, so 50 % times 1.4 = 70, so 70 % stays"
        );
    }

    #[test]
    fn arithmetic_is_said_only_where_it_gives_the_table() {
        assert_eq!(arithmetic(2, 4, 70).as_deref(), Some(", 50 % times 1.4 = 70 %,"));
        assert_eq!(arithmetic(2, 4, 50), None);
        assert_eq!(arithmetic(4, 4, 100), None);
        assert_eq!(arithmetic(0, 0, 0), None);
    }
}

//! The comparison as text: the objective and the verdict first, then each pattern in sentences.

use ratatui::buffer::Buffer;

use super::words;
use crate::app::action::Action;
use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};
use crate::app::lab::compare::{Compare, Lane};
use crate::app::lab::words::{columns, moment, wrapped};
use crate::mesh_view::words::{ready, spoken};
use crate::ui::lab::words_view::draw_rows;
use crate::ui::theme::Theme;

/// All of it, scrolled to the pattern one stands on.
pub fn draw(compare: &Compare, theme: Theme, area: Area, buf: &mut Buffer) {
    let room = columns(area.width);
    let wrap = |lines: Vec<String>| -> Vec<String> {
        lines.iter().flat_map(|line| wrapped(&spoken(line), room)).collect()
    };
    let mut rows = wrap(head(compare));
    let mut top = 0;
    for (index, lane) in compare.lanes().iter().enumerate() {
        if index == compare.column && index > 0 {
            top = rows.len();
        }
        rows.extend(wrap(pattern(compare, index, lane)));
    }
    let key = |action| keymap::shown(Context::Compare, action);
    draw_rows(&rows, top, Some([key(Action::Down), key(Action::Up)]), theme, area, buf);
}

/// How it runs, what is asked, what comes of it, what was done last.
fn head(compare: &Compare) -> Vec<String> {
    let scene = compare.scene();
    let asked = keymap::shown(Context::Compare, Action::NextSlo);
    let mut lines = vec![
        format!("Compare {}, the same users and failures, {}", scene.view.scenario, moment(&scene)),
        format!(
            "Objective: {} of requests end well; {asked} for the next one",
            words::objective(compare.slo())
        ),
        format!("Verdict: {}", words::verdict(compare)),
    ];
    if let Some((at, done)) = scene.view.marks.last() {
        lines.push(format!("Done last, at {}: {done}", super::figures::clock(*at)));
    }
    lines
}

fn pattern(compare: &Compare, index: usize, lane: &Lane) -> Vec<String> {
    let here = if compare.column == index { ", where you stand" } else { "" };
    if !lane.is_on() {
        return vec![format!("Pattern {}{here}: does not take part", lane.name())];
    }
    let (tally, bill) = (lane.tally(), &lane.tally().bill);
    let (keeps, ..) = words::meets(compare, index);
    let mut lines = vec![
        format!("Pattern {}{here}: {}", lane.name(), words::character(lane)),
        format!(
            "  success {}, {} failed; worst 10 s {}; keeps the objective: {keeps}",
            words::percent(tally.success_percent(), 2),
            words::failed(tally),
            words::percent(tally.worst.success_percent, 2)
        ),
        format!(
            "  latency p99 {}; local share {}; {} GB an hour cross",
            words::millis(tally.p99_ms),
            words::percent(tally.local_percent, 1),
            words::gigabytes(tally.gb_per_hour)
        ),
        format!(
            "  bill {} an hour: pods {}, sidecars {}, control plane {}, DNS {}, transfer {}",
            words::dollars(Some(bill.total)),
            words::dollars(Some(bill.pods)),
            words::dollars(Some(bill.mesh)),
            words::dollars(Some(bill.control_plane)),
            words::dollars(bill.dns),
            words::dollars(bill.transfer)
        ),
    ];
    let service = words::service(lane.view());
    for (at, region) in lane.view().regions.iter().enumerate() {
        let pods = ready(lane.view(), at, &service);
        let split = words::split(lane.view(), at);
        lines.push(format!("  {service} in {}: {pods}; its callers: {split}", region.name));
    }
    lines
}

//! Home on the screen: the map of the lesson, what is due, what would be recalled, and the mesh.
//!
//! ```text
//!  wide                                   narrow
//!  ┌ course ───────┐ ┌ go on ──────────┐   ► Enter …
//!  │ ✓ 1 …         │ │ …               │   ● Space …
//!  │ ► 4 …         │ ├ due today ──────┤   ✓ 1 …
//!  │               │ │ …               │   ► 4 …
//!  │ objectives    │ └─────────────────┘   objectives
//!  └───────────────┘
//!  ┌ your mesh ──────────────────────────┐  mesh, one line
//! ```

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::overlay::boxed;
use super::text::{clipped, line_at, rule, width};
use super::theme::{Glyph, Mark, Theme};
use crate::app::geometry::Area;
use crate::app::home::Home;
use crate::app::review::words;
use crate::app::state::Parts;
use crate::course::lesson::Section;
use crate::learner::Outlook;

/// Rows that the mesh takes at the bottom of a wide screen.
const MESH_ROWS: u16 = 13;
/// Cells of a recall bar.
const BAR: u16 = 10;

#[must_use]
pub fn title(_home: &Home, parts: &Parts) -> (String, String) {
    let lesson = &parts.course.lesson;
    let read = parts.place.done.len();
    (
        format!("EP {} · {}", lesson.episode, lesson.title),
        format!("{read} of {} read · offline", lesson.sections.len()),
    )
}

pub fn draw(home: &Home, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    if area.width >= 100 && area.height >= 30 {
        draw_wide(home, parts, theme, area, buf);
    } else {
        draw_narrow(home, parts, theme, area, buf);
    }
}

fn draw_wide(home: &Home, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    let mut rest = area;
    let mesh = rest.cut_bottom(MESH_ROWS.min(area.height / 3 + 1));
    let map = rest.cut_left(rest.width.div_ceil(2));
    let inside = boxed(map, &format!(" Course map · {} ", left_words(parts)), false, theme, buf);
    let mut upper = inside.inset(1, 0);
    let mut objectives = upper.cut_bottom(objective_rows(parts) + 1);
    objectives.cut_top(1);
    draw_map(home, parts, theme, upper, buf);
    draw_objectives(home, parts, theme, objectives, buf);

    let go_on = rest.cut_top(8);
    draw_go_on(home, parts, theme, boxed(go_on, " Go on ", true, theme, buf).inset(1, 1), buf);
    draw_due(home, parts, theme, boxed(rest, " Recall ", false, theme, buf).inset(1, 1), buf);

    let inside = boxed(mesh, " Your mesh, right now ", false, theme, buf);
    super::lab::draw_embedded(&home.mesh, theme, inside.inset(1, 0), buf);
}

fn draw_narrow(home: &Home, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    let mut rest = area.inset(1, 0);
    let strip = rest.cut_bottom(if area.height >= 22 { 3 } else { 0 });
    draw_calls(home, parts, theme, rest.cut_top(2), buf);
    rule(buf, rest.cut_top(1), 0, theme.glyph(Glyph::Rule), theme.mark(Mark::Frame));
    let sections = parts.course.lesson.sections.len() as u16;
    let map = rest.cut_top(sections.min(rest.height));
    draw_map(home, parts, theme, map, buf);
    if rest.height > objective_rows(parts) {
        draw_objectives(home, parts, theme, rest, buf);
    }
    if !strip.is_empty() {
        super::lab::draw_embedded(&home.mesh, theme, strip, buf);
    }
}

/// Two lines: what Enter does, what Space does.
fn draw_calls(home: &Home, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    let x = line_at(buf, area, 0, 0, theme.glyph(Glyph::Pointer), theme.mark(Mark::Local));
    let x = line_at(buf, area, 0, x + 1, "Enter", theme.mark(Mark::Key));
    let room = usize::from(area.width.saturating_sub(x + 2));
    let words = clipped(&enter_words(home, parts), room, theme.glyph(Glyph::Ellipsis));
    line_at(buf, area, 0, x + 2, &words, Style::new());
    let x = line_at(buf, area, 1, 0, theme.glyph(Glyph::Ready), theme.mark(Mark::Local));
    let x = line_at(buf, area, 1, x + 1, "Space", theme.mark(Mark::Key));
    let exam = home.countdown.as_ref().map_or_else(String::new, |it| format!(" · exam {}", it.span()));
    let (due, room) = (due_words(home, parts), usize::from(area.width.saturating_sub(x + 2)));
    let words = if width(&due) + width(&exam) <= room { due + &exam } else { due };
    line_at(buf, area, 1, x + 2, &words, Style::new());
}

fn enter_words(home: &Home, parts: &Parts) -> String {
    let Some(section) = parts.course.lesson.sections.get(home.selected.saturating_sub(1)) else {
        return "nothing to read".to_owned();
    };
    let verb = match (home.resumes(parts), parts.place.section) {
        (true, _) => "resume",
        (false, 0) => "start",
        (false, _) => "read",
    };
    format!("{verb} §{} {}", section.number, section.title)
}

fn due_words(home: &Home, parts: &Parts) -> String {
    let minutes = |count| parts.learner.minutes(count);
    if home.goes_on {
        return "a review waits where you left it".to_owned();
    }
    match (home.outlook.now, home.outlook.fresh) {
        (0, _) if home.is_all_suspended => "all cards are suspended; review brings them back".to_owned(),
        (0, _) => "nothing is due; review says what comes next".to_owned(),
        (all, new) if all == new => format!("{all} new {} (about {} min)", cards(all), minutes(all)),
        (all, 0) => format!("{all} {} due (about {} min)", cards(all), minutes(all)),
        (all, new) => format!("{all} {} due, {new} of them new (about {} min)", cards(all), minutes(all)),
    }
}

/// `later today 1   tomorrow 3 and 12 new   the six days after 9`, without its end where there are not so many columns.
fn ahead_words(outlook: &Outlook, columns: usize) -> String {
    let near = format!("later today {}   tomorrow {}", outlook.later_today, outlook.tomorrow_in_words());
    let all = format!("{near}   the six days after {}", outlook.week);
    if width(&all) <= columns { all } else { near }
}

const fn cards(count: usize) -> &'static str {
    if count == 1 { "card" } else { "cards" }
}

/// `4 of 10 · about 9 min left`, or what a newcomer wants to know.
fn left_words(parts: &Parts) -> String {
    let sections = &parts.course.lesson.sections;
    let done = &parts.place.done;
    if done.is_empty() && parts.place.section == 0 {
        return format!("{} sections · nothing leaves this machine", sections.len());
    }
    let left: u64 = sections
        .iter()
        .filter(|section| !done.contains(&(section.number as u8)))
        .map(|section| section.time_left(0).as_secs())
        .sum();
    format!("{} of {} · about {} min left", done.len(), sections.len(), left.div_ceil(60))
}

fn draw_map(home: &Home, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    let sections = &parts.course.lesson.sections;
    let roomy = usize::from(area.height) > sections.len() + parts_steps(home, parts);
    let mut row = u16::from(usize::from(area.height) > sections.len() + 2 && roomy);
    // The selected one is always in view.
    let above = home.selected.min(sections.len()).saturating_sub(usize::from(area.height).max(1));
    for section in sections.iter().skip(above) {
        let selected = section.number == home.selected;
        draw_section(section, selected, parts, theme, (area, row), buf);
        row += 1;
        if selected && roomy {
            for (at, step) in section.steps.iter().enumerate() {
                let last = at + 1 == section.steps.len();
                let branch = match (theme.ascii, last) {
                    (true, _) => "  - ",
                    (false, true) => "  └ ",
                    (false, false) => "  ├ ",
                };
                let x = line_at(buf, area, row, 5, branch, theme.mark(Mark::Frame));
                line_at(buf, area, row, x, &step.title, theme.mark(Mark::Quiet));
                row += 1;
            }
        }
    }
}

fn parts_steps(home: &Home, parts: &Parts) -> usize {
    parts.course.lesson.sections.get(home.selected.saturating_sub(1)).map_or(0, |section| section.steps.len())
}

fn draw_section(
    section: &Section,
    selected: bool,
    parts: &Parts,
    theme: Theme,
    (area, row): (Area, u16),
    buf: &mut Buffer,
) {
    let number = section.number as u8;
    let mark = if parts.place.done.contains(&number) {
        Glyph::Done
    } else if parts.place.section == number {
        Glyph::Pointer
    } else {
        Glyph::Open
    };
    let style = if selected { theme.mark(Mark::Selected) } else { Style::new() };
    line_at(buf, area, row, 0, theme.glyph(mark), theme.mark(Mark::Local));
    let budget = budget_words(section);
    let room = usize::from(area.width).saturating_sub(16);
    let text =
        format!(" {:>2} {} ", section.number, clipped(&section.title, room, theme.glyph(Glyph::Ellipsis)));
    line_at(buf, area, row, 1, &text, style);
    let at = area.width.saturating_sub(width(&budget) as u16 + 1);
    line_at(buf, area, row, at, &budget, theme.mark(Mark::Quiet));
}

/// `3–4 m`, `30 s`.
fn budget_words(section: &Section) -> String {
    let (low, high) = (section.budget.0.as_secs(), section.budget.1.as_secs());
    match (low, high) {
        (low, high) if low == high && low < 60 => format!("{low} s"),
        (low, high) if low == high => format!("{} m", low / 60),
        (low, high) if low < 60 => format!("{low}–{high} s"),
        (low, high) => format!("{}–{} m", low / 60, high / 60),
    }
}

fn objective_rows(parts: &Parts) -> u16 {
    parts.course.lesson.objectives.len() as u16 + 1
}

/// The chance to recall today, by objective; a bar that sinks with time.
fn draw_objectives(home: &Home, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    let bar_at = area.width.saturating_sub(BAR + 6);
    line_at(buf, area, 0, 0, "Objectives", theme.mark(Mark::Strong));
    line_at(buf, area, 0, bar_at, "known today", theme.mark(Mark::Quiet));
    for (at, objective) in parts.course.lesson.objectives.iter().enumerate() {
        let row = at as u16 + 1;
        let room = usize::from(bar_at.saturating_sub(3));
        let text = clipped(&objective.text, room, theme.glyph(Glyph::Ellipsis));
        line_at(buf, area, row, 0, &format!("{} {text}", objective.id), Style::new());
        let Some(estimate) = home.recall.get(at) else { continue };
        let share = estimate.recall.unwrap_or_default();
        // Cards never seen count as not recalled, so that one lucky card is not an objective.
        let known = share * estimate.seen as f32 / estimate.cards.max(1) as f32;
        let full = (known * f32::from(BAR)).round() as u16;
        for cell in 0..BAR {
            let (glyph, mark) =
                if cell < full { (Glyph::Full, Mark::Local) } else { (Glyph::Empty, Mark::Quiet) };
            line_at(buf, area, row, bar_at + cell, theme.glyph(glyph), theme.mark(mark));
        }
        let words = if estimate.seen == 0 { "  –".to_owned() } else { format!("{:3.0} %", known * 100.0) };
        line_at(buf, area, row, bar_at + BAR + 1, &words, theme.mark(Mark::Quiet));
    }
}

fn draw_go_on(home: &Home, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    line_at(buf, area, 0, 0, &enter_words(home, parts), theme.mark(Mark::Strong));
    let detail = match parts.course.lesson.sections.get(home.selected.saturating_sub(1)) {
        Some(section) if home.resumes(parts) => {
            let blocks = &section.document.blocks;
            let block = blocks.iter().position(|block| block.id == parts.place.block).unwrap_or(0);
            section.steps.get(section.step_at(block)).map(|step| step.title.clone()).unwrap_or_default()
        }
        Some(section) => format!("{} steps, {} words", section.steps.len(), section.words()),
        None => String::new(),
    };
    line_at(buf, area, 1, 0, &detail, theme.mark(Mark::Quiet));
    let x = line_at(buf, area, 3, 0, theme.glyph(Glyph::Pointer), theme.mark(Mark::Local));
    let x = line_at(buf, area, 3, x + 1, "Enter", theme.mark(Mark::Key));
    let words = if home.resumes(parts) { "resume here" } else { "open it" };
    let x = line_at(buf, area, 3, x + 2, words, Style::new());
    let x = line_at(buf, area, 3, x + 4, "s", theme.mark(Mark::Key));
    line_at(buf, area, 3, x + 2, "from its start", Style::new());
}

fn draw_due(home: &Home, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    let outlook = &home.outlook;
    line_at(buf, area, 0, 0, &due_words(home, parts), theme.mark(Mark::Strong));
    if let Some(question) = &home.first_question {
        let room = usize::from(area.width.saturating_sub(7));
        line_at(buf, area, 1, 0, "first: ", theme.mark(Mark::Quiet));
        line_at(buf, area, 1, 7, &clipped(question, room, theme.glyph(Glyph::Ellipsis)), Style::new());
    }
    line_at(buf, area, 3, 0, &ahead_words(outlook, usize::from(area.width)), theme.mark(Mark::Quiet));
    if let Some(countdown) = &home.countdown {
        // What today asks stands above.
        let eve = countdown.eve().map_or_else(String::new, |eve| {
            let count = eve.reviews + eve.fresh;
            format!("; {count} {} on the eve", cards(count))
        });
        line_at(buf, area, 2, 0, &(words::exam(countdown) + &eve), theme.mark(Mark::Strong));
    }
    let x = line_at(buf, area, 5, 0, "Space", theme.mark(Mark::Key));
    let x = line_at(buf, area, 5, x + 2, "review now", Style::new());
    let x = line_at(buf, area, 5, x + 4, "g l", theme.mark(Mark::Key));
    line_at(buf, area, 5, x + 2, "break the mesh in the lab", Style::new());
}

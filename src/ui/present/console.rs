//! The presenter's console: the audience's picture in small, notes, what fires, what comes, questions, time.

mod cue;
mod mirror;
mod pace;

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::app::action::Action;
use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};
use crate::app::lab::words;
use crate::app::present::console::{Console, ahead, facts, lines, notes};
use crate::app::state::Parts;
use crate::course::typeset::Frames;
use crate::ui::lab::panel::headed_rule;
use crate::ui::lab::words_view;
use crate::ui::text::{clipped, clipped_at_word, line_at, row_at, rule, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// Where the presenter is, and who is there.
#[must_use]
pub fn title(console: &Console, parts: &Parts) -> (String, String) {
    if console.is_text() {
        // The text begins with all of it.
        return ("Presenter's console".to_owned(), String::new());
    }
    let talk = console.talk();
    let right =
        [clock(console), Some(facts::audience(talk))].into_iter().flatten().collect::<Vec<_>>().join("   ");
    let left = talk.slide(&talk.session().view).map_or_else(String::new, |slide| {
        let section = parts.course.lesson.sections.get(slide.beat.section);
        let title = section.map_or("", |section| section.title.as_str());
        let of = talk.deck().slides().iter().filter(|other| other.beat.section == slide.beat.section).count();
        let step = format!("step {}/{}", talk.session().view.step + 1, slide.steps());
        let step = format!("  beat {}/{of}  {step}", slide.beat.number);
        let name = if parts.size.width >= 72 { "CONSOLE  " } else { "" };
        let room = usize::from(parts.size.width).saturating_sub(width(&right) + name.len() + step.len() + 8);
        let place = format!("§{} {}", slide.beat.section + 1, clipped_at_word(title, room, "…"));
        format!("{name}{}{step}", place.trim_end())
    });
    (left, right)
}

/// The time of day, as long as it is kept: while the talk's clocks run.
fn clock(console: &Console) -> Option<String> {
    console.time_of_day().map(|(hours, minutes)| format!("{hours:02}:{minutes:02}"))
}

pub fn draw(console: &Console, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    if console.is_text() {
        let rows = lines::rows(console, parts, words::columns(area.width));
        let key = |action| keymap::shown(Context::Console, action);
        let keys = [key(Action::PageDown), key(Action::PageUp)];
        return words_view::draw_rows(&rows, console.top(), Some(keys), theme, area, buf);
    }
    let panes = console.panes(parts, area);
    mirror::draw(console, parts, theme, panes.mirror, panes.framed, buf);
    draw_notes(console, parts, theme, panes.notes, buf);
    cue::draw(console, parts, theme, panes.fire, panes.ruled, buf);
    draw_next(console, parts, theme, panes.next, panes.ruled, panes.wide, buf);
    draw_questions(console, theme, panes.questions, panes.wide, buf);
    pace::draw(console, parts, theme, panes.pace, panes.ruled, panes.wide, buf);
}

/// The part's own words without a heading of its own, and the cells under one where there is one.
fn headed(words: &str, ruled: bool, theme: Theme, area: Area, buf: &mut Buffer) -> Area {
    let mut rest = area;
    if ruled {
        headed_rule(words, theme, rest.cut_top(1), 0, buf);
        return rest.inset(1, 0);
    }
    let mut rest = rest.inset(1, 0);
    let at = line_at(buf, rest, 0, 0, words, theme.mark(Mark::Quiet));
    rest.cut_left((at + 1).max(6));
    rest
}

fn draw_notes(console: &Console, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    let mut rest = area;
    let head = rest.cut_top(1);
    let body = rest.inset(1, 0);
    let frames = if theme.ascii { Frames::Ascii } else { Frames::Lines };
    let rows = notes::rows(console.talk(), parts, body.width, frames);
    let height = usize::from(body.height);
    let is_cut = rows.len() > height;
    let room = height - usize::from(is_cut && height > 0);
    let top = words::top_of(console.top(), rows.len(), height);
    let beat = console
        .talk()
        .beat()
        .map_or_else(String::new, |beat| format!(" {}.{}", beat.section + 1, beat.number));
    headed_rule(&format!("Notes{beat}"), theme, head, 0, buf);
    for (row, line) in rows.iter().skip(top).take(room).enumerate() {
        row_at(buf, body, row as u16, 0, line, theme);
    }
    if is_cut {
        let (on, back) = (key(Action::PageDown), key(Action::PageUp));
        let below = rows.len().saturating_sub(top + room);
        let more = match (top, below) {
            (0, below) => format!("{below} more lines: {on}"),
            (top, 0) => format!("{top} lines above: {back}"),
            (top, below) => format!("{below} more lines: {on}   {top} above: {back}"),
        };
        line_at(buf, body, body.height - 1, 0, &more, theme.mark(Mark::Key));
    }
}

/// What the forward key does, and what follows: two rows each where there is room.
fn draw_next(
    console: &Console,
    parts: &Parts,
    theme: Theme,
    area: Area,
    ruled: bool,
    wide: bool,
    buf: &mut Buffer,
) {
    let body = headed("Next", ruled, theme, area, buf);
    let ellipsis = theme.glyph(Glyph::Ellipsis);
    let mut row = 0;
    for coming in ahead::coming(console.talk(), parts, usize::from(body.height)) {
        if row >= body.height {
            break;
        }
        let name = &coming.name;
        let at = line_at(buf, body, row, 0, name, theme.mark(Mark::Strong)) + 2;
        let fires = if coming.fires.is_empty() {
            String::new()
        } else {
            "fires ".to_owned() + &coming.fires.join(", ")
        };
        let words = &coming.words;
        let (words_row, words_at) = if wide && !words.is_empty() && row + 1 < body.height && at > 2 {
            (row + 1, 2)
        } else {
            (row, at)
        };
        let mut at = at;
        if !fires.is_empty() {
            let fires = format!("{} {fires}", theme.glyph(Glyph::Event));
            let room = usize::from(body.width.saturating_sub(at));
            at =
                line_at(buf, body, row, at, &clipped(&fires, room, ellipsis), theme.mark(Mark::Crossing)) + 2;
        }
        let words_at = if words_row == row { at } else { words_at };
        let room = usize::from(body.width.saturating_sub(words_at));
        line_at(
            buf,
            body,
            words_row,
            words_at,
            &clipped_at_word(words, room, ellipsis),
            theme.mark(Mark::Plain),
        );
        row = words_row + 1;
    }
}

/// What was asked and put off; the last row is the one that is being typed.
fn draw_questions(console: &Console, theme: Theme, area: Area, wide: bool, buf: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let parked = &console.talk().session().parked;
    let (park, cross) = (key(Action::Park), key(Action::Unpark));
    let heading = match parked.len() {
        0 => format!("Questions for later, {park} writes one"),
        count => format!("Questions for later: {count}, {cross} crosses one out"),
    };
    let mut body = if wide { headed(&heading, true, theme, area, buf) } else { area.inset(1, 0) };
    let ellipsis = theme.glyph(Glyph::Ellipsis);
    if let Some(typed) = console.typed() {
        let line = body.cut_bottom(1);
        rule(buf, line, 0, " ", Style::new());
        let at = line_at(buf, line, 0, 0, "Question: ", theme.mark(Mark::Key));
        // The end of what is typed stays in view.
        let room = usize::from(line.width.saturating_sub(at + 1));
        let skip = typed.chars().count().saturating_sub(room);
        let tail: String = typed.chars().skip(skip).collect();
        let at = line_at(buf, line, 0, at, &tail, theme.mark(Mark::Strong));
        line_at(buf, line, 0, at, " ", theme.mark(Mark::Selected));
    }
    let hidden = parked.len().saturating_sub(usize::from(body.height));
    for (row, question) in parked.iter().take(usize::from(body.height)).enumerate() {
        let last = row + 1 == usize::from(body.height) && hidden > 0;
        let more = if last { format!("  +{hidden}") } else { String::new() };
        let room = usize::from(body.width).saturating_sub(4 + more.len());
        let words = format!("? {}{more}", clipped(question, room, ellipsis));
        line_at(buf, body, row as u16, 0, &words, theme.mark(Mark::Plain));
    }
}

fn key(action: Action) -> String {
    keymap::shown(Context::Console, action)
}

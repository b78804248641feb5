//! The Why log: what happened and why, the newest at the bottom, and below it how a prediction came out.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::figures;
use crate::app::action::Action;
use crate::app::geometry::Area;
use crate::app::keymap::{self, Context};
use crate::app::lab::bet::Verdict;
use crate::app::lab::reach::shown_of;
use crate::app::lab::scene::Scene;
use crate::course::typeset::is_unit_of;
use crate::mesh_view::LogKind;
use crate::ui::text::{clipped, line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme};

/// `01:06.2 ◌ `, before each line and under it.
const MARGIN: u16 = 10;

pub fn draw(scene: &Scene<'_>, theme: Theme, area: Area, buf: &mut Buffer) {
    let lines = shown_of(&scene.view.log, scene.log_until);
    let mut rest = area.inset(1, 0);
    if let Some(verdict) = scene.verdict {
        draw_verdict(verdict, theme, &mut rest, buf);
    }
    let room = usize::from(rest.width.saturating_sub(MARGIN)).max(8);
    let needed = lines.iter().map(|line| wrapped(&shown_as(&line.text, theme), room).len());
    // From the top as long as all of it fits, then the newest at the bottom.
    let mut bottom = (needed.sum::<usize>().min(usize::from(rest.height))) as u16;
    for line in lines.iter().rev() {
        let rows = wrapped(&shown_as(&line.text, theme), room);
        if bottom == 0 {
            break;
        }
        // The top line is cut at its top when not all of it fits: its end is next to what follows from it.
        let shown = rows.len().min(usize::from(bottom));
        bottom -= shown as u16;
        for (index, text) in rows[rows.len() - shown..].iter().enumerate() {
            line_at(buf, rest, bottom + index as u16, MARGIN, text, Style::new());
        }
        if shown == rows.len() {
            let (glyph, mark) = look(line.kind);
            line_at(buf, rest, bottom, 0, &figures::clock(line.at), theme.mark(Mark::Quiet));
            line_at(buf, rest, bottom, MARGIN - 2, theme.glyph(glyph), theme.mark(mark));
        }
    }
    if lines.is_empty() && scene.verdict.is_none() {
        let quiet = theme.mark(Mark::Quiet);
        for (row, line) in wrapped(ALL_IS_WELL, usize::from(rest.width)).iter().enumerate() {
            line_at(buf, rest, row as u16, 0, line, quiet);
        }
    }
}

/// What stands in the log until something has happened.
const ALL_IS_WELL: &str = "All is well. Break something: the mesh says here why it does what it does.";

const fn look(kind: LogKind) -> (Glyph, Mark) {
    match kind {
        LogKind::Intervention => (Glyph::You, Mark::Strong),
        LogKind::Failure => (Glyph::Failure, Mark::Failure),
        LogKind::Ejection => (Glyph::Ejected, Mark::Retry),
        LogKind::Return => (Glyph::Ready, Mark::Plain),
        LogKind::Shift => (Glyph::Shift, Mark::Crossing),
        LogKind::Cost => (Glyph::Money, Mark::Crossing),
        LogKind::Control => (Glyph::Control, Mark::Local),
        LogKind::Recovery => (Glyph::Done, Mark::Strong),
    }
}

fn draw_verdict(verdict: &Verdict, theme: Theme, rest: &mut Area, buf: &mut Buffer) {
    let said = verdict.said_words();
    let words = match verdict.was {
        None => format!("You said {said}. Watch."),
        Some(_) => format!("You said {said}, it is {}. {}", verdict.came, verdict.why),
    };
    let room = usize::from(rest.width.saturating_sub(2)).max(8);
    let mut rows = wrapped(&shown_as(&words, theme), room);
    if let Some((_, question)) = &verdict.card {
        let key = keymap::shown(Context::Lab, Action::TakeCard);
        let offer = shown_as(&format!("{key}  card: {question}"), theme);
        rows.push(clipped(&offer, room, theme.glyph(Glyph::Ellipsis)));
    }
    let area = rest.cut_bottom((rows.len() as u16).min(rest.height.saturating_sub(1).max(1)));
    for (index, text) in rows.iter().enumerate() {
        line_at(buf, area, index as u16, 0, theme.glyph(Glyph::Bar), theme.mark(Mark::Key));
        line_at(buf, area, index as u16, 2, text, theme.mark(Mark::Strong));
    }
}

/// The text as the terminal can show it.
#[must_use]
pub fn shown_as(text: &str, theme: Theme) -> String {
    const STAND_INS: [(char, &str); 6] =
        [('→', "->"), ('×', "x"), ('÷', "/"), ('≥', ">="), ('≤', "<="), ('–', "-")];
    if !theme.ascii || text.is_ascii() {
        return text.to_owned();
    }
    let stand_in = |c: char| {
        let known = STAND_INS.iter().find(|(from, _)| *from == c);
        known.map_or_else(
            || if c.is_ascii() { c.to_string() } else { "?".to_owned() },
            |(_, to)| (*to).to_owned(),
        )
    };
    text.chars().map(stand_in).collect()
}

/// The text in lines of at most so many columns, broken between words; a longer word is cut.
#[must_use]
pub fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        // A number keeps its unit.
        let unit = words.next_if(|next| is_unit_of(word, next));
        let word = &unit.map_or_else(|| word.to_owned(), |unit| format!("{word} {unit}"));
        let line = lines.last_mut().expect("there is always a line");
        if line.is_empty() {
            line.push_str(word);
        } else if width(line) + 1 + width(word) <= columns {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.clone());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("health 2/4 = 50 % gives 70 %", 12), ["health 2/4 =", "50 % gives", "70 %"]);
        assert_eq!(wrapped("", 5), [""]);
    }
}

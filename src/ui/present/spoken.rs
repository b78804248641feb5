//! The audience's window as plain lines: where one is, the words, and the mesh in sentences.

use ratatui::buffer::Buffer;

use super::slide::scroll;
use super::slide::words::{self, Setting, Words, set};
use crate::app::geometry::Area;
use crate::app::lab::words::columns;
use crate::app::present::Talk;
use crate::app::present::audience::first_line;
use crate::app::present::session::{Front, View};
use crate::app::state::Parts;
use crate::course::{Role, Row, Span};
use crate::mesh_view::{figures, words as mesh};
use crate::ui::text::line_at;
use crate::ui::theme::{Mark, Theme};

/// Draws a view as lines; gives how far they can be scrolled.
pub fn draw(talk: &Talk, parts: &Parts, view: &View, theme: Theme, area: Area, buf: &mut Buffer) -> usize {
    let mut rest = area;
    let foot = rest.cut_bottom(1);
    let rest = rest.inset(1, 0);
    let columns = columns(area.width) as u16;
    let rows = lines(talk, parts, view, columns);
    let seen = scroll::draw(&Words::all(rows), first_line(view), theme, rest, buf);
    line_at(buf, foot, 0, 1, &seen.words(), theme.mark(Mark::Quiet));
    seen.reach
}

fn lines(talk: &Talk, parts: &Parts, view: &View, columns: u16) -> Vec<Row> {
    let Some(slide) = talk.slide(view) else { return Vec::new() };
    let beat = &slide.beat;
    let of = talk.deck().slides().iter().filter(|other| other.beat.section == beat.section).count();
    let sections = parts.course.lesson.sections.len();
    let head = format!("Section {} of {sections}, beat {} of {of}", beat.section + 1, beat.number);
    let mut rows = set(vec![vec![Span::new(Role::Quiet, head)]], columns);
    let setting = Setting { columns, rows: 0, large: false, ascii: true };
    let words = words::of(talk, parts, slide, view, setting);
    rows.extend(words.rows.into_iter().take(words.shown).filter(|row| !row.spans.is_empty()));
    let lab = talk.stage().lab().filter(|_| view.front == Front::Beat && view.play.is_some());
    if let Some(lab) = lab.filter(|_| !slide.is_veiled(view.step)) {
        let scene = lab.scene(false);
        let state = if talk.stage().pace().is_some() { "running" } else { "standing still" };
        let moment = format!("The mesh, {state}, at {}", figures::clock(scene.view.at));
        let lines = std::iter::once(moment).chain(mesh::lines(scene.view));
        rows.extend(lines.flat_map(|line| set_in(&line, columns)));
    }
    rows
}

/// A line, whose indent its later rows have too.
fn set_in(line: &str, columns: u16) -> Vec<Row> {
    let indent = line.len() - line.trim_start().len();
    let mark = Span::new(Role::Text, " ".repeat(indent));
    words::hung(&mark, &[Span::new(Role::Text, line.trim_start())], columns)
}

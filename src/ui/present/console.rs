//! The presenter's console.

use ratatui::buffer::Buffer;

use super::slide;
use crate::app::geometry::Area;
use crate::app::present::console::Console;
use crate::app::state::Parts;
use crate::course::Document;
use crate::course::typeset::{self, TypesetOptions};
use crate::ui::lab::panel::headed_rule;
use crate::ui::text::{line_at, row_at};
use crate::ui::theme::{Mark, Theme};

#[must_use]
pub fn title(console: &Console, parts: &Parts) -> (String, String) {
    let talk = console.talk();
    let beat = talk.beat();
    let left = beat.map_or_else(String::new, |beat| {
        let section = parts.course.lesson.sections.get(beat.section);
        format!("CONSOLE  {} {}  {}", beat.section + 1, section.map_or("", |s| s.title.as_str()), beat.number)
    });
    let audience = match talk.peers().audience {
        Some(size) => format!("audience {}×{}", size.width, size.height),
        None => "no audience window".to_owned(),
    };
    (left, audience)
}

pub fn draw(console: &Console, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    let talk = console.talk();
    let view = &talk.session().view;
    let mut rest = area;
    let mut mirror = rest.cut_left(area.width * 3 / 5);
    mirror.cut_right(1);
    slide::draw(talk, parts, view, theme, mirror, buf);
    headed_rule("Notes", theme, rest.cut_top(1), 0, buf);
    let Some(slide) = talk.slide(view) else { return };
    let section = parts.course.lesson.sections.get(slide.beat.section);
    if let Some(notes) = section.and_then(|section| slide.beat.notes(section)) {
        let document = Document { blocks: notes.blocks.clone() };
        let rows = typeset::rows(&document, rest.width, &TypesetOptions::default());
        for (index, row) in rows.iter().take(usize::from(rest.height)).enumerate() {
            row_at(buf, rest, index as u16, 0, row, theme);
        }
    }
    if let Some(typed) = console.typed() {
        let words = format!("Question: {typed}");
        line_at(buf, area, area.height.saturating_sub(1), 1, &words, theme.mark(Mark::Key));
    }
}

//! The reader on the screen.
//!
//! ```text
//!  §4 Service Mesh for …           step 2 of 3 · 62 % · about 2 min left
//! ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━──────────────────────────────────── how far one has come
//!  ► ┃ predict …                │  the mesh: beside the text, or a strip
//!      text                     ┃  below it, or alone behind Tab
//! ```

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::text::{line_at, rule, width};
use super::theme::{Glyph, Mark, Theme};
use crate::app::geometry::{self, Area};
use crate::app::reader::{Pane, Reader};
use crate::app::state::Parts;

mod text;

/// Where one is, and how far; shorter words where there is less room.
#[must_use]
pub fn title(reader: &Reader, parts: &Parts) -> (String, String) {
    let Some(section) = reader.section(parts) else { return ("Lesson".to_owned(), String::new()) };
    let left = format!("§{} {}", section.number, section.title);
    let (step, steps) = (reader.step() + 1, section.steps.len());
    let percent = reader.view().percent();
    let time = match (reader.time_left(parts).as_secs() + 30) / 60 {
        _ if reader.view().is_at_end() => "read".to_owned(),
        0 => "under a minute left".to_owned(),
        minutes => format!("about {minutes} min left"),
    };
    if let Some(door) = reader.door() {
        return (left, super::pretest::title(door));
    }
    let forms = [
        format!("step {step} of {steps} · {percent} % · {time}"),
        format!("step {step} of {steps} · {percent} %"),
        format!("{step}/{steps} · {percent} %"),
    ];
    let room = usize::from(parts.size.width).saturating_sub(width(&left) + 4);
    let fits = forms.iter().find(|form| width(form) <= room).or(forms.last());
    (left, fits.cloned().unwrap_or_default())
}

/// The rule under the header: heavy as far as one has come.
pub fn draw_progress(reader: &Reader, theme: Theme, area: Area, row: u16, buf: &mut Buffer) {
    let done = usize::from(area.width) * reader.view().percent() / 100;
    let done = Area { width: done as u16, ..area };
    let looks = Style::reset().patch(theme.mark(Mark::Local));
    rule(buf, done, row, theme.glyph(Glyph::HeavyRule), looks);
}

/// Text and mesh.
pub fn draw(reader: &Reader, parts: &Parts, theme: Theme, area: Area, buf: &mut Buffer) {
    if let Some(door) = reader.door() {
        return super::pretest::draw(door, parts, theme, area, buf);
    }
    let panes = geometry::reader_panes(area);
    let lab = lab_area(reader, area);
    super::lab::draw_embedded(reader.lab(), theme, lab, buf);
    if lab == area {
        return;
    }
    text::draw(reader, parts, theme, panes.text, buf);
    let mut around = panes.lab;
    if panes.beside {
        let edge = around.cut_left(2);
        draw_edge(reader, theme, edge, buf);
        text::draw_thumb(reader, theme, edge, buf);
    } else {
        let mut text = panes.text;
        text::draw_thumb(reader, theme, text.cut_right(1), buf);
        rule(buf, around.cut_top(1), 0, theme.glyph(Glyph::Rule), theme.mark(Mark::Frame));
    }
    if let Some(trouble) = reader.lab_trouble() {
        line_at(buf, around.cut_bottom(1), 0, 1, trouble, theme.mark(Mark::Failure));
    }
}

/// Where the mesh stands: all of a small screen while it has the keys, without the line around it and the one below.
#[must_use]
pub fn lab_area(reader: &Reader, area: Area) -> Area {
    let panes = geometry::reader_panes(area);
    if !panes.beside && reader.pane() == Pane::Lab {
        return area;
    }
    let mut lab = panes.lab;
    if panes.beside {
        lab.cut_left(2);
    } else {
        lab.cut_top(1);
    }
    lab.cut_bottom(u16::from(reader.lab_trouble().is_some()));
    lab
}

/// The line between text and mesh; a pointer says when keys go to the mesh.
fn draw_edge(reader: &Reader, theme: Theme, area: Area, buf: &mut Buffer) {
    for row in 0..area.height {
        line_at(buf, area, row, 0, theme.glyph(Glyph::Bar), theme.mark(Mark::Frame));
    }
    if reader.pane() == Pane::Lab {
        line_at(buf, area, 0, 1, theme.glyph(Glyph::Pointer), theme.mark(Mark::Key));
    }
}

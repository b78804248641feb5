//! What an audience sees of a view: a beat, the lesson's text or a card. Never notes, never an answer before its time.
//!
//! ```text
//!  Spill, not switch                        words, and a mesh under them as large as there is room,
//!  Two of four pods are ejected. …          or beside them on a projector
//!  ┌ us-east-1 ──┐     ┌── us-west-2 ┐
//!  4  Service Mesh …          5 more   4/6  one quiet line
//! ```

mod large;
mod mesh;
mod question;
pub(super) mod scroll;
pub(super) mod words;

use ratatui::buffer::Buffer;

use crate::app::geometry::Area;
use crate::app::lab::Lab;
use crate::app::present::Talk;
use crate::app::present::deck::Slide;
use crate::app::present::session::{Front, View};
use crate::app::state::Parts;
use crate::ui::text::{clipped_at_word, line_at, width};
use crate::ui::theme::{Glyph, Mark, Theme};
use scroll::Seen;
use words::{Setting, Words};

/// Text is easier to read from the last row when its lines are short.
const TEXT_COLUMNS: u16 = 72;
/// From so many columns on, with so many rows, words stand beside the mesh.
const BESIDE_COLUMNS: u16 = 150;
const BESIDE_ROWS: u16 = 24;
/// Columns of words beside a mesh, and between the two.
const SIDE_COLUMNS: u16 = 52;
const BETWEEN: u16 = 3;
/// A mesh that keeps so many rows can leave room for what is not revealed yet.
const ROOMY_MESH: u16 = 16;

/// Draws a view; gives how far it can be scrolled, in rows.
pub fn draw(talk: &Talk, parts: &Parts, view: &View, theme: Theme, area: Area, buf: &mut Buffer) -> usize {
    let Some(slide) = talk.slide(view) else { return 0 };
    let mut rest = area;
    let foot = rest.cut_bottom(1);
    let margin = match area.width {
        100.. => 4,
        60.. => 3,
        _ => 1,
    };
    let body = rest.inset(margin, u16::from(area.height >= 20));
    let scene = Scene { talk, parts, slide, view, theme };
    let lab = talk.stage().lab().filter(|_| view.front == Front::Beat && view.play.is_some());
    let seen = match lab {
        Some(lab) => scene.with_mesh(lab, body, buf),
        None => scene.alone(body, buf),
    };
    scene.foot(seen, foot, buf);
    seen.reach
}

/// What is drawn.
#[derive(Clone, Copy)]
struct Scene<'a> {
    talk: &'a Talk,
    parts: &'a Parts,
    slide: &'a Slide,
    view: &'a View,
    theme: Theme,
}

impl Scene<'_> {
    fn setting(&self, columns: u16, rows: u16) -> Setting {
        let large = self.talk.session().look.large;
        Setting { columns, rows, large, ascii: self.theme.ascii }
    }

    fn words(&self, setting: Setting) -> Words {
        words::of(self.talk, self.parts, self.slide, self.view, setting)
    }

    /// Words alone: a little above the middle, where all that will be revealed has room.
    fn alone(&self, mut body: Area, buf: &mut Buffer) -> Seen {
        let setting = self.setting(body.width, body.height);
        let large = setting.large.then(|| large::of(self.talk, self.parts, self.slide, self.view, setting));
        let (words, columns) = large.flatten().map_or_else(
            || {
                let columns = body.width.min(TEXT_COLUMNS);
                let words = self.words(Setting { columns, ..setting });
                (if setting.large { words.spaced(body.height) } else { words }, columns)
            },
            |words| (words, body.width),
        );
        body.cut_top(body.height.saturating_sub(words.height()) / 3);
        body.cut_left((body.width - columns) / 2);
        scroll::draw(&words, self.view.top, self.theme, body, buf)
    }

    /// Words above the mesh, or beside it. What is longer than the screen is scrolled, and the mesh is a line or two then.
    fn with_mesh(&self, lab: &Lab, mut body: Area, buf: &mut Buffer) -> Seen {
        if body.width >= BESIDE_COLUMNS && body.height >= BESIDE_ROWS {
            let mut side = body.cut_left(SIDE_COLUMNS + BETWEEN);
            side.cut_right(BETWEEN);
            self.mesh(lab, body, buf);
            let words = self.words(self.setting(side.width, side.height));
            side.cut_top(side.height.saturating_sub(words.height()) / 3);
            return scroll::draw(&words, self.view.top, self.theme, side, buf);
        }
        let words = self.words(self.setting(body.width.min(TEXT_COLUMNS), body.height));
        let between = u16::from(body.height >= 14);
        let all = words.height();
        // Where there is room for everything, nothing moves when an answer comes.
        let wanted = if all + between + ROOMY_MESH <= body.height { all } else { words.shown_height() };
        let least = mesh::least_rows(body) + between;
        let text = body.cut_top(wanted.min(body.height.saturating_sub(least)));
        body.cut_top(between);
        self.mesh(lab, body, buf);
        scroll::draw(&words, self.view.top, self.theme, text, buf)
    }

    /// The mesh, unless it would say what is being asked.
    fn mesh(&self, lab: &Lab, area: Area, buf: &mut Buffer) {
        if !self.slide.is_veiled(self.view.step) {
            mesh::draw(lab, self.talk, self.view, self.theme, area, buf);
        }
    }

    /// Where in the lesson this is, and how much there is above and below.
    fn foot(&self, seen: Seen, area: Area, buf: &mut Buffer) {
        let beat = &self.slide.beat;
        let title =
            self.parts.course.lesson.sections.get(beat.section).map_or("", |section| section.title.as_str());
        // Who is on the way forward sees no number left out.
        let of_section = |other: &&Slide| other.beat.section == beat.section && !other.beat.aside;
        let way = || self.talk.deck().slides().iter().filter(of_section);
        let here = way().filter(|other| other.beat.number <= beat.number).count();
        let right = format!("{here}/{}", way().count());
        let more = seen.words();
        let left = format!("{}  {title}", beat.section + 1);
        let room = usize::from(area.width).saturating_sub(right.len() + width(&more) + 6);
        let left = clipped_at_word(&left, room, self.theme.glyph(Glyph::Ellipsis));
        line_at(buf, area, 0, 1, &left, self.theme.mark(Mark::Quiet));
        let mut column = area.width.saturating_sub(right.len() as u16 + 1);
        line_at(buf, area, 0, column, &right, self.theme.mark(Mark::Quiet));
        column = column.saturating_sub(width(&more) as u16 + 2);
        line_at(buf, area, 0, column, &more, self.theme.mark(Mark::Key));
    }
}

//! The words of a view, as rows: laid out for all that will be revealed, and shown as far as it is.

use std::time::Duration;

use super::super::ask;
use super::question;
use crate::app::present::Talk;
use crate::app::present::deck::Slide;
use crate::app::present::session::{Front, View};
use crate::app::state::Parts;
use crate::course::beats::Shows;
use crate::course::markdown::inline;
use crate::course::typeset::{self, Frames, TypesetOptions, wrap_spans};
use crate::course::{Block, BlockId, BlockKind, Document, Lesson, Role, Row, Span};

/// With so many rows a title has air around it and says where it belongs.
const ROOMY: u16 = 16;

/// What rows are made for.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    pub columns: u16,
    /// Rows that there are for words and mesh together.
    pub rows: u16,
    /// Short text in letters of several cells.
    pub large: bool,
    pub ascii: bool,
}

/// Rows of words.
#[derive(Clone, Debug, Default)]
pub struct Words {
    pub rows: Vec<Row>,
    /// So many of them are revealed; the rest has its room.
    pub shown: usize,
}

impl Words {
    /// All of them are shown.
    #[must_use]
    pub fn all(rows: Vec<Row>) -> Self {
        Self { shown: rows.len(), rows }
    }

    /// Adds rows below, shown or not. What is not shown comes last.
    pub fn add(&mut self, rows: Vec<Row>, shown: bool) {
        self.rows.extend(rows);
        if shown {
            self.shown = self.rows.len();
        }
    }

    /// Rows of all of them.
    #[must_use]
    pub fn height(&self) -> u16 {
        u16::try_from(self.rows.len()).unwrap_or(u16::MAX)
    }

    /// Rows of what is shown.
    #[must_use]
    pub fn shown_height(&self) -> u16 {
        u16::try_from(self.shown).unwrap_or(u16::MAX)
    }

    /// With an empty row under every row of text, where that fits.
    #[must_use]
    pub fn spaced(self, height: u16) -> Self {
        let mut spaced = Self::default();
        for (index, row) in self.rows.iter().enumerate() {
            let is_text = !row.spans.is_empty();
            let rows = [vec![row.clone()], if is_text { vec![Row::default()] } else { Vec::new() }].concat();
            spaced.add(rows, index < self.shown);
        }
        if spaced.height() <= height { spaced } else { self }
    }

    /// Empty rows at an end are no words.
    fn trimmed(mut self) -> Self {
        while self.rows.last().is_some_and(|row| row.spans.is_empty()) {
            self.rows.pop();
        }
        self.shown = self.shown.min(self.rows.len());
        while self.shown > 0 && self.rows[self.shown - 1].spans.is_empty() {
            self.shown -= 1;
        }
        self
    }
}

/// The words of a view.
#[must_use]
pub fn of(talk: &Talk, parts: &Parts, slide: &Slide, view: &View, setting: Setting) -> Words {
    match &view.front {
        Front::Text { real } => Words::all(text(parts, slide, *real, setting)),
        Front::Card { id, revealed } => card(talk, parts, id, *revealed, "", setting.columns),
        Front::Beat => beat(talk, parts, slide, view, setting),
    }
    .trimmed()
}

fn beat(talk: &Talk, parts: &Parts, slide: &Slide, view: &View, setting: Setting) -> Words {
    let mut words = Words::all(heading(parts, slide, setting));
    if let Some(question) = question::words(talk, parts, view, setting) {
        let shown = words.shown + question.shown;
        words.rows.extend(question.rows);
        words.shown = shown;
        return with_trouble(talk, words, setting);
    }
    match &slide.beat.shows {
        Shows::Points(points) => {
            for (index, point) in points.iter().enumerate() {
                let role = if index == view.step { Role::Strong } else { Role::Quiet };
                let rows = set(vec![vec![Span::new(role, point.clone())], Vec::new()], setting.columns);
                words.add(rows, index <= view.step);
            }
        }
        Shows::Lab(_) => {
            let caption = slide.demo.as_ref().map_or("", |demo| demo.mesh.caption.as_str());
            let fired = slide.fires_at().is_none_or(|at| view.step >= at);
            words.add(set(vec![inline(caption)], setting.columns), fired);
        }
        Shows::Predict(_) => {}
        Shows::Card(id) => {
            let revealed = Some(view.step) == slide.reveals_at();
            words = card(talk, parts, id, revealed, &slide.beat.id, setting.columns);
        }
    }
    with_trouble(talk, words, setting)
}

/// Why there is no mesh, below the words.
fn with_trouble(talk: &Talk, mut words: Words, setting: Setting) -> Words {
    if let Some(trouble) = talk.stage().trouble() {
        words.add(set(vec![vec![Span::new(Role::Warning, trouble)]], setting.columns), true);
    }
    words
}

/// The heading with air below it; above the first one of a lesson stands which lesson it is.
pub fn heading(parts: &Parts, slide: &Slide, setting: Setting) -> Vec<Row> {
    let mut lines = Vec::new();
    if slide.beat.section == 0 && slide.beat.number == 1 {
        lines.extend(title(&parts.course.lesson, setting.rows >= ROOMY));
    }
    lines.push(vec![Span::new(Role::Heading, slide.beat.heading.clone())]);
    lines.push(Vec::new());
    if setting.rows >= 2 * ROOMY {
        lines.push(Vec::new());
    }
    set(lines, setting.columns)
}

/// Which episode of what; on a small screen its title alone.
fn title(lesson: &Lesson, roomy: bool) -> Vec<Vec<Span>> {
    let mut lines = vec![vec![Span::new(Role::Strong, lesson.title.clone())]];
    if roomy {
        let quiet = |text: String| vec![Span::new(Role::Quiet, text)];
        lines.push(quiet(lesson.course.clone()));
        let minutes = lesson.duration.max(Duration::from_secs(60)).as_secs() / 60;
        lines.push(quiet(format!(
            "Episode {} of {} · {} · {minutes} min",
            lesson.episode, lesson.of, lesson.kind
        )));
        lines.push(Vec::new());
    }
    lines.push(Vec::new());
    lines
}

/// A card for everybody: its question; its answer when that is shown.
fn card(talk: &Talk, parts: &Parts, id: &str, revealed: bool, beat: &str, columns: u16) -> Words {
    let Some(card) = parts.course.card(id) else { return Words::default() };
    let mut lines = vec![vec![Span::new(Role::Strong, card.question.clone())], Vec::new()];
    if revealed {
        lines.extend(crate::app::reader::answer(card));
        lines.push(Vec::new());
    }
    if let (Some(left), false) = (talk.stage().think_left(), beat.is_empty()) {
        lines.extend([ask::think_line(left), Vec::new()]);
    }
    let poll = talk.session().poll(beat);
    if !poll.hands.is_empty() {
        let words = format!("{} of {} had it", poll.count(0), poll.hands.len());
        lines.push(vec![Span::new(Role::Figure, words)]);
    }
    Words::all(set(lines, columns))
}

/// The lesson's text under the beat's heading; its numbers are those that it is held to.
fn text(parts: &Parts, slide: &Slide, real: bool, setting: Setting) -> Vec<Row> {
    let Some(section) = parts.course.lesson.sections.get(slide.beat.section) else { return Vec::new() };
    let blocks = section.document.blocks.get(slide.beat.blocks.clone()).unwrap_or(&[]).to_vec();
    let figures = section.claims().into_iter().map(|(id, _, claim)| (id.0.clone(), claim.expect)).collect();
    let frames = if setting.ascii { Frames::Ascii } else { Frames::Lines };
    let options = TypesetOptions { real_side: real, figures, frames, ..TypesetOptions::default() };
    typeset::rows(&Document { blocks }, setting.columns, &options)
}

/// Lines as paragraphs of their own, in rows of so many columns.
pub fn set(lines: Vec<Vec<Span>>, columns: u16) -> Vec<Row> {
    lines
        .into_iter()
        .flat_map(|spans| {
            if spans.is_empty() {
                return vec![Row::default()];
            }
            let block = Block { id: BlockId::default(), line: 0, kind: BlockKind::Paragraph(spans) };
            typeset::rows(&Document { blocks: vec![block] }, columns, &TypesetOptions::default())
        })
        .collect()
}

/// A mark, and a text whose later rows stand under its first one.
pub fn hung(mark: &Span, text: &[Span], columns: u16) -> Vec<Row> {
    let indent = u16::try_from(typeset::text_width(&mark.text)).unwrap_or(columns);
    let row = |(index, spans): (usize, Vec<Span>)| {
        let blank = || Span::new(Role::Text, " ".repeat(usize::from(indent)));
        let first = if index == 0 { mark.clone() } else { blank() };
        Row { spans: [vec![first], spans].concat(), ..Row::default() }
    };
    wrap_spans(text, columns.saturating_sub(indent)).into_iter().enumerate().map(row).collect()
}

//! The statistics screen: six panels and the table of what a desired retention costs.
//!
//! ```text
//!            Tab, 1-6                  z, Enter
//!  panels ────────────► another one ───────────► that one alone ── Esc ──► panels
//!    │ R                                                                     ▲
//!    └──► retention: j k choose, Enter sets it (a Config entry), u undoes ───┘
//! ```
//!
//! Figures are computed when the screen opens and when the log has grown; the table's rows one a frame.

pub mod words;

use std::time::Duration;

use super::action::Action;
use super::effect::Effect;
use super::geometry::{Size, chrome};
use super::home::card_refs;
use super::keymap::Context;
use super::lab::words::{columns, top_of};
use super::now::Now;
use super::pacer::FRAME;
use super::state::{Go, Parts, Reply};
use crate::learner::stats::{Statistics, Workload};
use crate::learner::{Change, EntryId, Event};
use crate::srs::Retention;

/// Rows that a page key scrolls.
const PAGE_ROWS: usize = 8;
/// More rows than any panel has; drawing stops at the last one.
const ROWS_MAX: usize = 400;

/// The screen.
#[derive(Debug)]
pub struct Stats {
    pub figures: Statistics,
    pub workload: Workload,
    /// The panel with the focus.
    pub panel: Panel,
    /// It has the screen for itself, whatever the size.
    pub zoomed: bool,
    /// First row on show of a panel that is alone.
    pub top: usize,
    /// The card or the retention one stands on.
    pub at: usize,
    /// As text, from this row on.
    pub words: Option<usize>,
    /// Entries that the figures come from.
    counted: usize,
    /// A change of the retention is on its way to the disk.
    saving: Option<EntryId>,
    /// When a row of the table was worked out last.
    worked: Duration,
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// What would be recalled today, by objective.
    Recall,
    /// True retention, and the model against what came.
    Retained,
    /// The heat map, and the time it took.
    Reviews,
    /// What falls due when.
    Ahead,
    /// How sure, and how right: of cards and of predictions.
    Judgment,
    /// The hardest cards, and the confident errors.
    Cards,
    /// What each desired retention costs.
    Retention,
}

impl Panel {
    /// Those that stand side by side, in reading order.
    pub const GRID: [Self; 6] =
        [Self::Recall, Self::Retained, Self::Reviews, Self::Ahead, Self::Judgment, Self::Cards];

    /// Heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Recall => "Recall today",
            Self::Retained => "True retention",
            Self::Reviews => "Answers by day",
            Self::Ahead => "Falling due",
            Self::Judgment => "How sure, how right",
            Self::Cards => "Hardest cards",
            Self::Retention => "Desired retention",
        }
    }
}

impl Stats {
    #[must_use]
    pub fn open(parts: &Parts, now: Now) -> Self {
        let refs = card_refs(&parts.course.cards);
        let figures = Statistics::of(&parts.learner, &refs, now.moment());
        let workload = Workload::new(&parts.learner, &refs, &figures.activity, now.moment());
        Self {
            figures,
            workload,
            panel: Panel::Recall,
            zoomed: false,
            top: 0,
            at: 0,
            words: None,
            counted: parts.learner.entry_count(),
            saving: None,
            worked: now.mono,
        }
    }

    #[must_use]
    pub const fn context(&self) -> Context {
        match (self.words, self.panel) {
            (_, Panel::Retention) => Context::StatsRetention,
            (Some(_), _) => Context::StatsWords,
            (None, _) => Context::Stats,
        }
    }

    /// A screen of this size has room for all panels at once.
    #[must_use]
    pub const fn has_grid(size: Size) -> bool {
        size.width >= 100 && size.height >= 34
    }

    /// One panel alone is on show.
    #[must_use]
    pub fn is_alone(&self, size: Size) -> bool {
        self.zoomed || self.panel == Panel::Retention || !Self::has_grid(size)
    }

    pub fn act(&mut self, parts: &mut Parts, now: Now, action: Action) -> Reply {
        if self.panel != Panel::Retention && self.turn_page(parts, action) {
            return Reply::default();
        }
        match action {
            Action::Back if self.panel == Panel::Retention => self.show(Panel::Recall),
            Action::Back if self.zoomed && Self::has_grid(parts.size) => self.zoomed = false,
            Action::Back => return Reply::go(Go::Home),
            Action::TurnWords => self.words = if self.words.is_some() { None } else { Some(0) },
            Action::Retention => self.show_retention(parts),
            Action::Choose(number) => {
                if let Some(panel) = Panel::GRID.get(usize::from(number).wrapping_sub(1)) {
                    self.show(*panel);
                }
            }
            Action::SelectNext => self.show(self.beside(1)),
            Action::SelectPrevious => self.show(self.beside(Panel::GRID.len() - 1)),
            Action::Zoom => self.zoomed = !self.zoomed,
            Action::Undo => return self.undo(parts, now),
            Action::Confirm => return self.confirm(parts, now),
            action => self.walk(action),
        }
        Reply::default()
    }

    /// Other terminals' entries were read: where there were any, everything is counted anew.
    pub fn log_read(&mut self, parts: &Parts, now: Now) {
        if parts.learner.entry_count() != self.counted {
            self.begin_anew(parts, now);
        }
    }

    /// Counts everything anew but the table, which no setting of the retention changes.
    fn renew(&mut self, parts: &Parts, now: Now) {
        self.counted = parts.learner.entry_count();
        let refs = card_refs(&parts.course.cards);
        self.figures = Statistics::of(&parts.learner, &refs, now.moment());
        let last = self.rows().saturating_sub(1);
        self.at = self.at.min(last);
    }

    /// Cards or answers are others: the table is worked out anew as well.
    pub fn begin_anew(&mut self, parts: &Parts, now: Now) {
        self.renew(parts, now);
        let refs = card_refs(&parts.course.cards);
        self.workload = Workload::new(&parts.learner, &refs, &self.figures.activity, now.moment());
    }

    /// The change with this id is durable, or kept for the next try.
    pub fn appended(&mut self, parts: &Parts, now: Now, id: &EntryId) -> Reply {
        if self.saving.as_ref() != Some(id) {
            return Reply::default();
        }
        self.saving = None;
        self.renew(parts, now);
        Reply::default()
    }

    /// Works out one more row of the table.
    pub fn frame(&mut self, parts: &Parts, now: Now) {
        self.worked = now.mono;
        self.workload.step(&parts.learner);
    }

    /// When it wants to go on with the table.
    #[must_use]
    pub fn next_frame(&self) -> Option<Duration> {
        let is_wanted = self.panel == Panel::Retention || self.words.is_some();
        (is_wanted && !self.workload.is_done()).then(|| self.worked + FRAME)
    }

    /// The retention in force.
    #[must_use]
    pub fn retention(&self) -> Retention {
        Retention::clamped(self.figures.desired_retention)
    }

    fn show(&mut self, panel: Panel) {
        (self.panel, self.top, self.at) = (panel, 0, 0);
    }

    fn show_retention(&mut self, parts: &Parts) {
        self.show(Panel::Retention);
        let current = parts.learner.preferences().schedule.retention;
        self.at = self.workload.choices().iter().position(|choice| *choice == current).unwrap_or(0);
    }

    fn beside(&self, by: usize) -> Panel {
        let at = Panel::GRID.iter().position(|panel| *panel == self.panel).unwrap_or(0);
        Panel::GRID[(at + by) % Panel::GRID.len()]
    }

    /// Rows of this panel that one can stand on.
    fn rows(&self) -> usize {
        match self.panel {
            Panel::Cards => self.figures.hardest.len(),
            Panel::Retention => self.workload.choices().len(),
            _ => 0,
        }
    }

    /// Moves the cursor where there is one, else the text.
    fn walk(&mut self, action: Action) {
        let rows = self.rows();
        match action {
            Action::Down if rows > 0 => self.at = (self.at + 1).min(rows - 1),
            Action::Up if rows > 0 => self.at = self.at.saturating_sub(1),
            Action::Down => self.top = (self.top + 1).min(ROWS_MAX),
            Action::Up => self.top = self.top.saturating_sub(1),
            Action::PageDown => self.top = (self.top + PAGE_ROWS).min(ROWS_MAX),
            Action::PageUp => self.top = self.top.saturating_sub(PAGE_ROWS),
            Action::Top => (self.top, self.at) = (0, 0),
            Action::Bottom => (self.top, self.at) = (ROWS_MAX, rows.saturating_sub(1)),
            _ => {}
        }
    }

    /// A key of the text form; false where it is for the screen.
    fn turn_page(&mut self, parts: &Parts, action: Action) -> bool {
        let body = chrome(parts.size).body;
        let (shown, rows) = (usize::from(body.height), words::rows(self, parts, columns(body.width)).len());
        let Some(top) = &mut self.words else { return false };
        let at = top_of(*top, rows, shown);
        let to = match action {
            Action::Down => at + 1,
            Action::Up => at.saturating_sub(1),
            Action::PageDown => at + shown.saturating_sub(2),
            Action::PageUp => at.saturating_sub(shown.saturating_sub(2)),
            Action::Top => 0,
            Action::Bottom => rows,
            _ => return false,
        };
        *top = top_of(to, rows, shown);
        true
    }

    /// Enter: asks the card one stands on, sets the retention one stands on, or opens the panel.
    fn confirm(&mut self, parts: &mut Parts, now: Now) -> Reply {
        match self.panel {
            Panel::Retention => self.set_retention(parts, now),
            Panel::Cards if !self.figures.hardest.is_empty() => {
                Reply::go(Go::ReviewOf(self.figures.hardest[self.at].card.clone()))
            }
            _ => {
                self.zoomed = !self.zoomed;
                Reply::default()
            }
        }
    }

    fn set_retention(&mut self, parts: &mut Parts, now: Now) -> Reply {
        let Some(wanted) = self.workload.choices().get(self.at).copied() else { return Reply::default() };
        if wanted == parts.learner.preferences().schedule.retention {
            return Reply::info("that is what you have already");
        }
        let change = Event::Config(Change { retention: Some(wanted), ..Change::default() });
        let words = format!(
            "you now want to recall {} of what is due; dates already given stay",
            words::percent(wanted.as_share())
        );
        self.write(parts, now, change, words)
    }

    fn undo(&mut self, parts: &mut Parts, now: Now) -> Reply {
        let Some(of) = parts.learner.last_retention_change(parts.ids.device()).cloned() else {
            return Reply::info("this device has not set the retention that is in force");
        };
        self.write(parts, now, Event::Undo { of }, "took the change back".to_owned())
    }

    fn write(&mut self, parts: &mut Parts, now: Now, event: Event, words: String) -> Reply {
        if self.saving.is_some() {
            return Reply::default();
        }
        let entry = parts.ids.entry(now.moment(), event);
        parts.learner.apply(entry.clone());
        self.saving = Some(entry.id.clone());
        Reply { effects: vec![Effect::Append(entry)], ..Reply::info(words) }
    }
}

//! How a talk keeps its time: what its lesson gives each section, how it stands, and what to leave out.

use std::time::Duration;

use super::Talk;
use super::deed::Deed;
use crate::app::state::Parts;
use crate::course::Course;
use crate::course::directive::Directive;
use crate::pace::{self, Budget, Pace, Targets};

/// Time of one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// From 1.
    pub number: usize,
    pub title: String,
    pub spent: Duration,
    /// By the plan for the whole talk; of a section to come what it may still take.
    pub planned: Duration,
    pub state: State,
}

/// Where a section stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Done,
    Here,
    Cut,
    ToCome,
}

impl State {
    /// The word for those who see no mark.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Here => "here",
            Self::Cut => "cut",
            Self::ToCome => "to come",
        }
    }
}

/// What there is to keep to: the lesson's budgets, and its duration unless the talk has one of its own. A section that
/// asks the class its cards is never proposed to be cut.
#[must_use]
pub fn targets(course: &Course, total: Option<Duration>) -> Targets {
    let sections = &course.lesson.sections;
    let budgets = sections.iter().map(|section| Budget::from(section.budget)).collect();
    let asks = |section: &crate::course::Section| {
        section.directives().any(|(_, directive)| matches!(directive, Directive::Recall { .. }))
    };
    let kept: Vec<usize> = (0..sections.len()).filter(|index| asks(&sections[*index])).collect();
    Targets::new(budgets, total.unwrap_or(course.lesson.duration)).keeping(&kept)
}

impl Talk {
    fn targets(&self, parts: &Parts) -> Targets {
        targets(&parts.course, self.session.total_ms.map(Duration::from_millis))
    }

    /// Where the talk stands, at milliseconds since 1970.
    #[must_use]
    pub fn pace(&self, parts: &Parts, now_ms: u64) -> Pace {
        pace::pace(&self.targets(parts), &self.session.clocks, now_ms, self.ghost())
    }

    /// Every section with its time.
    #[must_use]
    pub fn stretches(&self, parts: &Parts, now_ms: u64) -> Vec<Stretch> {
        let clocks = &self.session.clocks;
        let (spent, pace) = (clocks.spent(now_ms), self.pace(parts, now_ms));
        let plan = pace::plan(&self.targets(parts)).sections;
        let here = self.session.section(&self.deck);
        let stretch = |(index, section): (usize, &crate::course::Section)| {
            let state = match index {
                _ if index == here => State::Here,
                _ if clocks.is_cut(index) => State::Cut,
                _ if clocks.is_done(index) => State::Done,
                _ => State::ToCome,
            };
            let planned = if state == State::ToCome { &pace.replanned } else { &plan };
            Stretch {
                number: section.number,
                title: section.title.clone(),
                spent: spent.get(index).copied().unwrap_or_default(),
                planned: planned.get(index).copied().unwrap_or_default(),
                state,
            }
        };
        parts.course.lesson.sections.iter().enumerate().map(stretch).collect()
    }

    /// What the key for cutting does now: what is advised, else everything to come that was cut is taken in again;
    /// nothing where there is neither.
    #[must_use]
    pub fn cut_or_restore(&self, parts: &Parts, now_ms: u64) -> Option<Deed> {
        let advised = self.pace(parts, now_ms).advice.map(|advice| advice.cut).unwrap_or_default();
        if !advised.is_empty() {
            return Some(Deed::Cut(advised));
        }
        let cut = self.cut_to_come();
        (!cut.is_empty()).then_some(Deed::Restore(cut))
    }

    /// Sections, from 0, that are cut and were not begun.
    #[must_use]
    pub fn cut_to_come(&self) -> Vec<usize> {
        let clocks = &self.session.clocks;
        let first = clocks.section().map_or(0, |section| section + 1);
        (first..self.session.sections()).filter(|section| clocks.is_cut(*section)).collect()
    }
}

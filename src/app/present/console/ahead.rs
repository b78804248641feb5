//! What comes next: what the forward key does, and the beats after it.

use super::{cue, facts};
use crate::app::action::Action;
use crate::app::keymap::{self, Context};
use crate::app::present::Talk;
use crate::app::present::deck::Slide;
use crate::app::present::session::Front;
use crate::app::state::Parts;
use crate::course::beats::Shows;

/// One thing to come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coming {
    /// `4.3 Spill, not switch`, or the step of this beat.
    pub name: String,
    /// Its first words or its question.
    pub words: String,
    /// What fires in it.
    pub fires: Vec<String>,
}

/// The next step of this beat, if it has one more, and the beats after it on the way forward; at most so many.
#[must_use]
pub fn coming(talk: &Talk, parts: &Parts, count: usize) -> Vec<Coming> {
    let session = talk.session();
    let mut all: Vec<Coming> = step(talk).into_iter().collect();
    let mut at = session.view.beat;
    while let Some(next) = session.ahead_of(talk.deck(), at).filter(|_| all.len() < count) {
        let Some(slide) = talk.deck().slide(next) else { break };
        all.extend(cut(talk, parts, at, next));
        all.push(beat(parts, slide));
        at = next;
    }
    if all.is_empty() {
        all.push(Coming { name: "The end".to_owned(), ..Coming::default() });
    }
    all.truncate(count);
    all
}

fn beat(parts: &Parts, slide: &Slide) -> Coming {
    Coming { name: facts::named(slide), words: facts::opens_with(parts, slide), fires: cue::fires(slide) }
}

/// What the forward key does before it leaves the beat.
fn step(talk: &Talk) -> Option<Coming> {
    let view = &talk.session().view;
    let slide = talk.slide(view)?;
    let named = |name: &str| Some(Coming { name: name.to_owned(), ..Coming::default() });
    match &view.front {
        Front::Card { revealed: false, .. } => return named("The card's answer"),
        Front::Card { revealed: true, .. } => return named("Back to the beat"),
        Front::Text { .. } => return named("The beat again"),
        Front::Beat => {}
    }
    let next = view.step + 1;
    if next >= slide.steps() {
        let away = slide.beat.aside && !talk.session().back.is_empty();
        return away.then(|| Coming { name: "Back from the detour".to_owned(), ..Coming::default() });
    }
    let name = format!("Step {} of {}", next + 1, slide.steps());
    let fires = if slide.fires_at() == Some(next) { cue::fires(slide) } else { Vec::new() };
    let words = match &slide.beat.shows {
        Shows::Points(points) => points.get(next).cloned().unwrap_or_default(),
        _ if !fires.is_empty() => String::new(),
        _ => "the answer".to_owned(),
    };
    Some(Coming { name, words, fires })
}

/// Sections that are passed by on the way from one beat to another.
fn cut(talk: &Talk, parts: &Parts, from: usize, to: usize) -> Option<Coming> {
    let section = |beat| talk.deck().slide(beat).map_or(0, |slide| slide.beat.section);
    let passed = talk.session().cut_between(section(from), section(to));
    let titles: Vec<String> = passed
        .iter()
        .filter_map(|index| parts.course.lesson.sections.get(*index))
        .map(|section| format!("§{} {}", section.number, section.title))
        .collect();
    let key = keymap::shown(Context::Console, Action::CutAdvice);
    (!titles.is_empty()).then(|| Coming {
        name: format!("cut: {}", titles.join(", ")),
        words: format!("passed by; {key} takes it in again"),
        fires: Vec::new(),
    })
}

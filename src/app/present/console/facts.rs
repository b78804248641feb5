//! What the audience has before it, in words.

use crate::app::action::Action;
use crate::app::home::plain;
use crate::app::keymap::{self, Context};
use crate::app::present::Talk;
use crate::app::present::deck::Slide;
use crate::app::present::session::{Front, View};
use crate::app::present::stage::predict;
use crate::app::state::Parts;
use crate::course::beats::Shows;

/// Who is there: `audience 132×43`, or that nobody is.
#[must_use]
pub fn audience(talk: &Talk) -> String {
    match talk.peers().audience {
        Some(size) => format!("audience {}×{}", size.width, size.height),
        None => "no audience window".to_owned(),
    }
}

/// What the audience sees: `sees 4.2 The rule, step 1 of 2`, or why it does not see that.
#[must_use]
pub fn sees(talk: &Talk) -> String {
    let session = talk.session();
    let shown = talk.slide(session.shown()).map_or_else(String::new, |slide| at(slide, session.shown()));
    let key = |action| keymap::shown(Context::Console, action);
    if session.blank {
        let held = if session.held.is_some() { ", held" } else { "" };
        format!("blank, sees nothing; {} shows {shown}{held}", key(Action::Blank))
    } else if session.held.is_some() {
        format!("held, sees {shown}; {} lets it follow you", key(Action::Hold))
    } else if talk.peers().audience.is_none() {
        format!("it would see {shown}")
    } else {
        format!("sees {shown}")
    }
}

/// `4.2 The rule, step 1 of 2`.
#[must_use]
pub fn at(slide: &Slide, view: &View) -> String {
    let named = named(slide);
    match &view.front {
        Front::Beat if slide.steps() > 1 => format!("{named}, step {} of {}", view.step + 1, slide.steps()),
        Front::Beat => named,
        Front::Text { .. } => format!("the text of {named}"),
        Front::Card { revealed: false, .. } => format!("a card in front of {named}"),
        Front::Card { revealed: true, .. } => format!("a card's answer in front of {named}"),
    }
}

/// `4.2 The rule`: section and beat from 1.
#[must_use]
pub fn named(slide: &Slide) -> String {
    format!("{}.{} {}", slide.beat.section + 1, slide.beat.number, slide.beat.heading)
}

/// What a beat opens with: its first words, its question, what its mesh shows. Nothing that is a note or an answer.
#[must_use]
pub fn opens_with(parts: &Parts, slide: &Slide) -> String {
    match &slide.beat.shows {
        Shows::Points(points) => points.first().cloned().unwrap_or_default(),
        Shows::Predict(_) => predict(parts, slide).map(|predict| plain(&predict.ask)).unwrap_or_default(),
        Shows::Lab(_) => "the mesh, live".to_owned(),
        Shows::Card(id) => parts.course.card(id).map(|card| plain(&card.question)).unwrap_or_default(),
    }
}

/// The words that a view has before the audience now.
#[must_use]
pub fn says(talk: &Talk, parts: &Parts, view: &View) -> String {
    let Some(slide) = talk.slide(view) else { return String::new() };
    match (&view.front, &slide.beat.shows) {
        (Front::Card { id, .. }, _) => {
            parts.course.card(id).map(|card| plain(&card.question)).unwrap_or_default()
        }
        (Front::Text { .. }, _) => "the lesson's text under this heading".to_owned(),
        (Front::Beat, Shows::Points(points)) => {
            points.get(view.step.min(points.len().saturating_sub(1))).cloned().unwrap_or_default()
        }
        (Front::Beat, Shows::Lab(_)) if slide.fires_at().is_none_or(|at| view.step >= at) => {
            slide.demo.as_ref().map(|demo| plain(&demo.mesh.caption)).unwrap_or_default()
        }
        (Front::Beat, _) => opens_with(parts, slide),
    }
}

//! Short text in letters of several cells: the points of a beat, all of them or one at a time, and a card's question.

use super::words::{Setting, Words, heading};
use crate::app::present::Talk;
use crate::app::present::deck::Slide;
use crate::app::present::session::{Front, View};
use crate::app::state::Parts;
use crate::course::beats::Shows;
use crate::course::{Role, Row, Span};
use crate::ui::letters::{self, Scale};

/// Empty rows between two points.
const BETWEEN: usize = 2;

/// The words of a view in large letters; `None` where they do not fit, or are more to read than to see.
#[must_use]
pub fn of(talk: &Talk, parts: &Parts, slide: &Slide, view: &View, setting: Setting) -> Option<Words> {
    match (&view.front, &slide.beat.shows) {
        (Front::Beat, Shows::Points(points)) => {
            let heading = heading(parts, slide, setting);
            [Scale::Two, Scale::One]
                .into_iter()
                .find_map(|scale| together(&heading, points, view.step, scale, setting))
                .or_else(|| one_at_a_time(&heading, points, view.step, setting))
        }
        (Front::Beat, Shows::Card(id)) if Some(view.step) != slide.reveals_at() => {
            let asks = talk.session().poll(&slide.beat.id).hands.is_empty();
            question(parts, id, setting).filter(|_| asks)
        }
        (Front::Card { id, revealed: false }, _) => question(parts, id, setting),
        _ => None,
    }
}

/// All points below one another.
fn together(
    heading: &[Row],
    points: &[String],
    step: usize,
    scale: Scale,
    setting: Setting,
) -> Option<Words> {
    let mut words = Words::all(heading.to_vec());
    for (index, point) in points.iter().enumerate() {
        let role = if index == step { Role::Strong } else { Role::Quiet };
        if index > 0 {
            words.add(vec![Row::default(); BETWEEN], index <= step);
        }
        words.add(lettered(point, role, scale, setting)?, index <= step);
    }
    (words.rows.len() <= usize::from(setting.rows)).then_some(words)
}

/// The newest point alone. How it is drawn is decided by the longest, so that all points of a beat look alike.
fn one_at_a_time(heading: &[Row], points: &[String], step: usize, setting: Setting) -> Option<Words> {
    let room = usize::from(setting.rows).saturating_sub(heading.len());
    let fits = |scale: &Scale| {
        points.iter().all(|point| {
            lettered(point, Role::Strong, *scale, setting).is_some_and(|rows| rows.len() <= room)
        })
    };
    let scale = [Scale::Two, Scale::One].into_iter().find(fits)?;
    let tallest = points.iter().filter_map(|point| lettered(point, Role::Strong, scale, setting));
    let tallest = tallest.map(|rows| rows.len()).max()?;
    let mut words = Words::all(heading.to_vec());
    words.add(lettered(points.get(step)?, Role::Strong, scale, setting)?, true);
    // The heading stays where it is from point to point.
    words.rows.resize(heading.len() + tallest, Row::default());
    Some(words)
}

fn question(parts: &Parts, id: &str, setting: Setting) -> Option<Words> {
    let card = parts.course.card(id)?;
    let fits = |scale| {
        let rows = lettered(&card.question, Role::Strong, scale, setting)?;
        (rows.len() <= usize::from(setting.rows)).then(|| Words::all(rows))
    };
    fits(Scale::Two).or_else(|| fits(Scale::One))
}

fn lettered(text: &str, role: Role, scale: Scale, setting: Setting) -> Option<Vec<Row>> {
    let rows = letters::rows(text, usize::from(setting.columns), scale, setting.ascii)?;
    Some(rows.into_iter().map(|text| Row { spans: vec![Span::new(role, text)], ..Row::default() }).collect())
}

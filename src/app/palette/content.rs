//! Rows to go to: sections, headings and cards of the lesson, and what the lab has on show.

use super::{Deed, Entry};
use crate::app::home::plain;
use crate::app::lab::explain;
use crate::course::{BlockId, Card, Course, find, passage};
use crate::mesh_view::{MeshView, PlaceId, PlaceState, figures};

/// `Go to §7 Failure Scenarios`, and a row for each of its headings.
pub fn headings(course: &Course) -> Vec<Entry> {
    let mut all = Vec::new();
    for section in &course.lesson.sections {
        let number = section.number;
        let row = |title: &str, block| {
            let words = format!("Go to §{number} {title}");
            Entry { words, also: "", key: String::new(), deed: Deed::Read { section: number, block } }
        };
        all.push(row(&section.title, None));
        let headings = section.steps.iter().filter(|step| step.title != section.title);
        all.extend(headings.map(|step| row(&format!("· {}", step.title), Some(step.id.clone()))));
    }
    all
}

/// `Card: What happens when …`: opens the text that explains it. A review asks it when it is due, not before.
pub fn cards(course: &Course) -> Vec<Entry> {
    let row = |card: &Card| Entry {
        words: format!("Card: {}", plain(&card.question)),
        also: "",
        key: format!("§{}", card.section),
        deed: Deed::Read { section: card.section, block: passage::asked_at(course, card) },
    };
    course.cards.iter().map(row).collect()
}

/// The places that are there, region by region.
pub fn places(view: &MeshView) -> Vec<Entry> {
    let there = view.places.iter().enumerate().filter(|(_, place)| place.state != PlaceState::Gone);
    let row = |(id, place)| Entry {
        words: explain::path(view, place),
        also: "place select",
        key: "select".to_owned(),
        deed: Deed::Select(id as PlaceId),
    };
    there.map(row).collect()
}

/// The lines of the log, the newest first; the moment they happened at is gone to.
pub fn events(view: &MeshView) -> Vec<Entry> {
    let row = |line: &crate::mesh_view::LogLine| Entry {
        words: line.text.clone(),
        also: line.kind.name(),
        key: figures::clock(line.at),
        deed: Deed::Moment(line.at),
    };
    view.log.iter().rev().map(row).collect()
}

/// Blocks of the lesson that hold all words; those of the section one reads come first. Headings have rows already.
pub fn in_text(course: &Course, wanted: &str, reading: Option<usize>) -> Vec<Entry> {
    let mut hits = find::find(&course.lesson, wanted);
    hits.retain(|hit| !is_heading(course, hit.section, &hit.id));
    hits.sort_by_key(|hit| Some(hit.section) != reading);
    let row = |hit: find::Hit| Entry {
        words: from_a_word(&hit.excerpt),
        also: "",
        key: format!("§{}", hit.section),
        deed: Deed::Read { section: hit.section, block: Some(hit.id) },
    };
    hits.into_iter().map(row).collect()
}

/// `…ords of a text` without the piece of a word that it begins with.
fn from_a_word(excerpt: &str) -> String {
    match excerpt.strip_prefix('…').and_then(|rest| rest.split_once(' ')) {
        Some((_, words)) => format!("… {words}"),
        None => excerpt.to_owned(),
    }
}

fn is_heading(course: &Course, section: usize, block: &BlockId) -> bool {
    let named = |step: &crate::course::Step, title: &str| step.id == *block && step.title != title;
    course
        .section(section)
        .is_some_and(|section| section.steps.iter().any(|step| named(step, &section.title)))
}

//! The list of all that can be shown: sections, beats, what lies beside them, cards. It holds no note and no answer, since
//! the audience's window shows it as well.

use super::Talk;
use super::console::facts;
use super::deck::Slide;
use super::deed::Deed;
use super::timing::{State, Stretch};
use crate::app::home::plain;
use crate::app::palette::{self, Entry, Kind, Palette};
use crate::app::state::Parts;
use crate::pace::words::clock;

/// The open list, standing on the presenter's beat. `now_ms`: with the times of sections, which are not for an audience.
#[must_use]
pub fn open(talk: &Talk, parts: &Parts, now_ms: Option<u64>) -> Palette {
    let (all, here) = entries(talk, parts, now_ms);
    Palette::new(Kind::Outline, None, all).standing_on(here)
}

/// Its rows, and the one of the presenter's beat.
#[must_use]
pub fn entries(talk: &Talk, parts: &Parts, now_ms: Option<u64>) -> (Vec<Entry>, usize) {
    let times = now_ms.map(|now_ms| talk.stretches(parts, now_ms)).unwrap_or_default();
    let (mut all, mut here) = (Vec::new(), 0);
    for (index, slide) in talk.deck().slides().iter().enumerate() {
        if talk.deck().first_of(slide.beat.section) == Some(index) {
            all.push(section(parts, slide.beat.section, index, &times));
        }
        let is_here = index == talk.session().view.beat;
        if is_here {
            here = all.len();
        }
        all.push(beat(parts, slide, index, is_here));
    }
    all.extend(parts.course.cards.iter().map(|card| {
        let words = format!("Card: {}", plain(&card.question));
        row(words, "question answer", format!("§{}", card.section), Deed::Card(card.id.0.clone()))
    }));
    (all, here)
}

/// The questions for later; to choose one is to cross it out.
#[must_use]
pub fn parked(talk: &Talk) -> Palette {
    let questions = talk.session().parked.iter().enumerate();
    let rows =
        questions.map(|(index, question)| row(question.clone(), "", String::new(), Deed::Unpark(index)));
    Palette::new(Kind::Parked, None, rows.collect())
}

/// `§4 Service Mesh        2:05 of 3:12`; it leads to the section's first beat.
fn section(parts: &Parts, section: usize, first: usize, times: &[Stretch]) -> Entry {
    let title = parts.course.lesson.sections.get(section).map_or("", |section| section.title.as_str());
    let key = times.get(section).map(time).unwrap_or_default();
    row(format!("§{} {title}", section + 1), "section", key, Deed::Jump(first))
}

fn time(stretch: &Stretch) -> String {
    let planned = clock(stretch.planned);
    match stretch.state {
        State::Cut => format!("cut, {planned}"),
        State::Done | State::Here => format!("{} of {planned}", clock(stretch.spent)),
        // Passed over before the talk began.
        State::ToCome if stretch.planned.is_zero() => String::new(),
        State::ToCome => planned,
    }
}

/// `  4.3 Spill, not switch: Half of the local pods …`.
fn beat(parts: &Parts, slide: &Slide, index: usize, is_here: bool) -> Entry {
    let words = format!("  {}: {}", facts::named(slide), facts::opens_with(parts, slide));
    let key = match (is_here, slide.beat.aside) {
        (true, _) => "here",
        (false, true) => "beside",
        (false, false) => "",
    };
    row(words, "", key.to_owned(), Deed::Jump(index))
}

fn row(words: String, also: &'static str, key: String, deed: Deed) -> Entry {
    Entry { words, also, key, deed: palette::Deed::InTalk(deed) }
}

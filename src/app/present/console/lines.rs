//! The console as text, in the order in which it is needed: where one is, the time, what the audience sees, the notes,
//! what fires, hands, what comes, questions, sections, the mesh.

use super::{Console, ahead, cue, facts, notes};
use crate::app::action::Action;
use crate::app::keymap::{self, Context};
use crate::app::lab::words;
use crate::app::present::session::Front;
use crate::app::present::timing::Stretch;
use crate::app::state::Parts;
use crate::course::typeset::Frames;
use crate::mesh_view::words::{lines as mesh_lines, spoken};
use crate::pace::words as time;

/// So many things to come are told.
const AHEAD: usize = 3;

/// All rows, wrapped to so many columns.
#[must_use]
pub fn rows(console: &Console, parts: &Parts, columns: usize) -> Vec<String> {
    lines(console, parts).iter().flat_map(|line| words::wrapped(&sections_named(line), columns)).collect()
}

fn lines(console: &Console, parts: &Parts) -> Vec<String> {
    let talk = console.talk();
    let mut all: Vec<String> =
        console.typed().map(|typed| format!("Question for later: {typed}")).into_iter().collect();
    all.extend(
        talk.slide(&talk.session().view)
            .map(|slide| format!("You are at {}", spoken(&facts::at(slide, &talk.session().view)))),
    );
    all.extend(pace(console, parts));
    all.extend(audience(console, parts));
    all.push("Notes".to_owned());
    let written = notes::rows(talk, parts, u16::MAX, Frames::Plain);
    let filled = written.iter().map(|row| spoken(&row.text())).filter(|text| !text.trim().is_empty());
    all.extend(filled.map(|text| format!("  {text}")));
    all.extend(fire(console, parts));
    all.push("Next".to_owned());
    for coming in ahead::coming(talk, parts, AHEAD) {
        let mut line = format!("  {}", spoken(&coming.name));
        if !coming.words.is_empty() {
            line += &[": ", &spoken(&coming.words)].concat();
        }
        if !coming.fires.is_empty() {
            line += &["; fires ", &spoken(&coming.fires.join(", "))].concat();
        }
        all.push(line);
    }
    let parked = &talk.session().parked;
    all.push(
        format!("Questions for later: {}", if parked.is_empty() { "none" } else { "" }).trim().to_owned(),
    );
    all.extend((1..).zip(parked).map(|(number, question)| format!("  {number}: {}", spoken(question))));
    all.push("Sections".to_owned());
    all.extend(talk.stretches(parts, console.now_ms()).iter().map(section));
    if let Some(lab) = talk.stage().lab().filter(|_| talk.session().shown().front == Front::Beat) {
        all.push("The mesh before the audience".to_owned());
        all.extend(mesh_lines(lab.scene(false).view).into_iter().map(|line| format!("  {line}")));
    }
    all
}

fn pace(console: &Console, parts: &Parts) -> Vec<String> {
    let talk = console.talk();
    let pace = talk.pace(parts, console.now_ms());
    let key = keymap::shown(Context::Console, Action::Clock);
    let mut all = if talk.session().clocks.is_started() {
        let listed = |words: String| words.replace("  ", ", ");
        vec![format!("Time: {}", listed(time::line(&pace))), format!("  {}", listed(time::projection(&pace)))]
    } else {
        vec![format!("Time: not started, {key} starts; the plan is {}", time::clock(pace.total))]
    };
    all.extend(super::cut_hint(talk, &pace).map(|hint| format!("  {hint}")));
    all
}

fn audience(console: &Console, parts: &Parts) -> Vec<String> {
    let talk = console.talk();
    let shown = talk.session().shown();
    let mut all: Vec<String> = talk.foreign().map(|why| format!("Alone: {why}")).into_iter().collect();
    all.push(format!("{}: {}", capital(&spoken(&facts::audience(talk))), spoken(&facts::sees(talk))));
    let says = facts::says(talk, parts, shown);
    if !says.is_empty() {
        all.push(format!("  {}", spoken(&says)));
    }
    all
}

fn fire(console: &Console, parts: &Parts) -> Vec<String> {
    let talk = console.talk();
    let cue = cue::cue(talk, console.now_ms());
    let lines = cue::lines(talk, parts, &cue);
    let spaced = lines.iter().enumerate().map(|(index, (words, _))| {
        let words = spoken(&words.replace("   ", "; ").replace("  ", " "));
        if index == 0 { words } else { format!("  {words}") }
    });
    spaced.collect()
}

/// `  Section 4, Service Mesh: here, 2:05 of 3:12`.
fn section(stretch: &Stretch) -> String {
    let Stretch { number, title, spent, planned, state } = stretch;
    format!(
        "  Section {number}, {}: {}, {} of {}",
        spoken(title),
        state.words(),
        time::clock(*spent),
        time::clock(*planned)
    )
}

/// The sign for a section as a word.
fn sections_named(line: &str) -> String {
    line.replace('§', "section ")
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default()
        + letters.as_str()
}

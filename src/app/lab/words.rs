//! Text mode: the same facts as lines and numbers, for screen readers and for terminals that draw nothing.

mod numbers;
pub mod sheet;

use super::failures::board::ListedRow;
use super::scene::Scene;
use super::{Lab, explain};
use crate::app::action::{Action, Failure};
use crate::app::geometry::{Size, chrome};
use crate::app::keymap::{self, Context};
use crate::app::state::Parts;
use crate::mesh_view::figures;
use crate::mesh_view::words::{lines, spoken};

/// Lines longer than this are hard to read.
const COLUMNS_MAX: u16 = 100;

/// Columns of text in an area so wide.
#[must_use]
pub fn columns(width: u16) -> usize {
    usize::from(width.saturating_sub(2).clamp(8, COLUMNS_MAX))
}

/// The first row on show: no further down than that the last one stands at the bottom.
#[must_use]
pub const fn top_of(wanted: usize, rows: usize, shown: usize) -> usize {
    // One row says where one is.
    let last = if rows > shown { rows - shown.saturating_sub(1) } else { 0 };
    let last = if shown == 0 || last > rows { 0 } else { last };
    if wanted < last { wanted } else { last }
}

/// All rows, wrapped; what a line goes on with is set in under it.
#[must_use]
pub fn rows(scene: &Scene<'_>, columns: usize) -> Vec<String> {
    let sheet = scene.sheet.iter().flat_map(|sheet| sheet::lines(sheet, scene.view));
    let mut all: Vec<String> = sheet.filter(|_| scene.bet.is_none()).collect();
    all.extend(list(scene));
    all.extend(asked(scene));
    all.extend(scene.rule.as_ref().map(super::rule::words::lines).unwrap_or_default());
    all.extend(selected(scene));
    all.push(pace(scene));
    all.push(format!(
        "Rule: {}; {} opens it",
        spoken(&scene.policy),
        keymap::shown(Context::Lab, Action::Rule)
    ));
    all.extend(lines(scene.view));
    all.extend(breaks(scene));
    all.extend(numbers::lines(scene));
    all.iter().flat_map(|line| wrapped(line, columns)).collect()
}

/// The question, or how the last one came out.
fn asked(scene: &Scene<'_>) -> Vec<String> {
    let key = |action| keymap::shown(Context::LabPredict, action);
    if let Some(bet) = scene.bet {
        let question = &bet.question;
        let mut lines = vec![
            "Before you break it: what will happen?".to_owned(),
            format!("  {}", spoken(&question.deed)),
            format!("  {}", spoken(&question.ask)),
        ];
        let choices = question.choices().iter().enumerate();
        lines.extend(choices.map(|(at, choice)| format!("  {}: {}", at + 1, spoken(choice.words))));
        lines.extend([
            format!("  your answer: {}, {}", spoken(&bet.said_words()), bet.sure.word()),
            format!(
                "  {} locks it in; digits, {} and {} change it; {} how sure; {} skips",
                key(Action::Confirm),
                spoken_key(&key(Action::Less)),
                spoken_key(&key(Action::More)),
                key(Action::Confidence),
                key(Action::Skip)
            ),
        ]);
        return lines;
    }
    let Some(verdict) = scene.verdict else { return Vec::new() };
    let words = match verdict.was {
        None => "it is not known yet".to_owned(),
        Some(_) => format!("it is {}. {}", spoken(&verdict.came), spoken(&verdict.why)),
    };
    let mut lines =
        vec!["Your prediction".to_owned(), format!("  you said {}, {words}", spoken(&verdict.said_words()))];
    if let Some((_, question)) = &verdict.card {
        let key = keymap::shown(Context::Lab, Action::TakeCard);
        lines.push(format!("  {key} asks a card on this: {}", spoken(question)));
    }
    lines
}

/// Arrow keys have names.
pub(super) fn spoken_key(shown: &str) -> String {
    match shown {
        "←" => "left".to_owned(),
        "→" => "right".to_owned(),
        other => spoken(other),
    }
}

/// What a key asks about, while no sheet says it.
fn selected(scene: &Scene<'_>) -> Option<String> {
    let place = scene.view.places.get(usize::from(scene.selected.filter(|_| scene.sheet.is_none())?))?;
    let key = |action| keymap::shown(Context::Lab, action);
    Some(format!(
        "Selected {}: {} what it knows, {} why it is so, {} its next request",
        explain::path(scene.view, place),
        key(Action::Inspect),
        key(Action::Explain),
        key(Action::Trace)
    ))
}

fn pace(scene: &Scene<'_>) -> String {
    let speed = scene.speed.replace('×', " times");
    let state = match (scene.playing, scene.behind) {
        (false, _) => "paused".to_owned(),
        (true, false) => format!("running at {speed} real time"),
        (true, true) => format!("running at {speed} real time, behind it"),
    };
    let view = scene.view;
    format!(
        "Lab {}, pattern {}, seed {}: {state}, time {}, newest {}",
        view.scenario,
        view.pattern,
        view.seed,
        figures::clock(view.at),
        figures::clock(scene.newest)
    )
}

/// The list of all failures while it is open: the one that one stands on, then all of them.
fn list(scene: &Scene<'_>) -> Vec<String> {
    // A question comes before the list that it was asked from.
    let Some(list) = scene.failures.list.as_ref().filter(|_| scene.bet.is_none()) else { return Vec::new() };
    let key = |action| spoken_key(&keymap::shown(Context::LabFailures, action));
    let target_of = |row: usize| list.rows[..=row].iter().rev().find(|row| !row.heading.is_empty());
    let here = list.rows.get(list.row);
    let mut lines = vec![format!("All failures, line {} of {}", list.row + 1, list.rows.len())];
    if let (Some(row), Some(target)) = (here, here.and_then(|_| target_of(list.row))) {
        if row.heading.is_empty() {
            lines.push(format!("  {} {}{}", target.words, row.words, state_of(row)));
            lines.push(format!("  what it does: {}", spoken(&list.does)));
            lines.push(format!("  how one sees it: {}", spoken(&list.seen)));
            lines.push(format!("  to do it: --do \"TIME {}\"", list.words));
        } else {
            lines.push(format!("  {}: {}", row.heading, row.words));
        }
    }
    lines.push(format!(
        "  {} and {} go from line to line; {} and {} change the value, or which one; {} breaks or heals; {} arms; {} how long; {} closes",
        key(Action::Down),
        key(Action::Up),
        key(Action::Less),
        key(Action::More),
        key(Action::Confirm),
        key(Action::Arm),
        key(Action::NextLength),
        key(Action::Back)
    ));
    lines.push("The list, from where you stand".to_owned());
    // From the target whose failure one stands on, and round.
    let from = (0..=list.row).rev().find(|at| list.rows.get(*at).is_some_and(|row| !row.heading.is_empty()));
    let from = from.unwrap_or(0);
    for row in list.rows[from..].iter().chain(&list.rows[..from]) {
        lines.push(if row.heading.is_empty() {
            format!("    {}{}", row.words, state_of(row))
        } else {
            format!("  {}: {}", row.heading, row.words)
        });
    }
    lines
}

fn state_of(row: &ListedRow) -> String {
    let holds = match row.holds {
        None => String::new(),
        Some(None) => ", broken now".to_owned(),
        Some(Some(left)) => format!(", broken for {} more", figures::seconds_left(left)),
    };
    let armed = if row.armed { ", armed" } else { "" };
    format!("{holds}{armed}")
}

/// What the panel of breaks lists.
fn breaks(scene: &Scene<'_>) -> Vec<String> {
    let region = scene.view.regions.get(scene.region).map_or("", |region| region.name.as_str());
    let key = |action| keymap::shown(Context::Lab, action);
    let other = key(Action::OtherRegion);
    let lasts =
        scene.failures.lasts.as_ref().map_or_else(|| "until healed".to_owned(), |span| format!("for {span}"));
    let mut lines = vec![
        format!("To break or heal in {region}; {other} for the other region"),
        format!("  the next failure holds {lasts}; {} changes that", key(Action::NextLength)),
        format!(
            "  {} lists all failures, {} breaks or heals what is selected",
            key(Action::Failures),
            key(Action::BreakSelected)
        ),
    ];
    lines.extend(Failure::ALL.map(|failure| {
        let row_key = keymap::shown(Context::Break, Action::Break(failure));
        let (held, armed) = scene.failures.of(failure);
        let holds = held.or_else(|| scene.broken.contains(&failure).then_some(None));
        let row = ListedRow { holds, armed, ..ListedRow::default() };
        format!("  {} {row_key}: {}{}", key(Action::BreakPrefix), failure.words(), state_of(&row))
    }));
    for (words, armed, left) in scene.failures.others() {
        let holds = (!armed).then_some(left);
        let row = ListedRow { holds, armed, ..ListedRow::default() };
        lines.push(format!("  {words}{}", state_of(&row)));
    }
    if !scene.failures.armed.is_empty() {
        lines.push(format!(
            "  {} armed; {} fires all at once, {} disarms",
            scene.failures.armed.len(),
            key(Action::Fire),
            key(Action::Back)
        ));
    }
    lines
}

/// The line in rows of so many columns; what it goes on with is set in by two.
#[must_use]
#[expect(clippy::missing_panics_doc, reason = "it cannot")]
pub fn wrapped(line: &str, columns: usize) -> Vec<String> {
    let indent = line.len() - line.trim_start().len();
    let mut rows = vec![" ".repeat(indent)];
    let mut empty = true;
    for word in line.split_whitespace() {
        let row = rows.last_mut().expect("there is always a row");
        if empty {
            row.push_str(word);
        } else if row.chars().count() + 1 + word.chars().count() <= columns {
            row.push(' ');
            row.push_str(word);
        } else {
            rows.push(" ".repeat(indent + 2) + word);
        }
        empty = false;
    }
    rows
}

impl Lab {
    /// It is text now, not a picture.
    #[must_use]
    pub const fn is_text(&self) -> bool {
        self.words.is_some()
    }

    /// Changes between picture and text.
    pub(super) fn turn_words(&mut self) {
        self.words = if self.words.is_some() { None } else { Some(0) };
        self.keep_pace();
    }

    /// Scrolls the text; says whether the key was for it.
    pub(super) fn scroll(&mut self, parts: &Parts, action: Action) -> bool {
        let Some(top) = self.words else { return false };
        let body = chrome(parts.size).body;
        let (count, shown) = (self.row_count(parts.size), usize::from(body.height));
        let page = shown.saturating_sub(2).max(1);
        let wanted = match action {
            Action::Down => top + 1,
            Action::Up => top.saturating_sub(1),
            Action::PageDown => top + page,
            Action::PageUp => top.saturating_sub(page),
            Action::Top => 0,
            Action::Bottom => count,
            // There is no row of the panel to stand on.
            Action::Confirm => top,
            _ => return false,
        };
        self.words = Some(top_of(wanted, count, shown));
        true
    }

    fn row_count(&self, size: Size) -> usize {
        rows(&self.scene(false), columns(chrome(size).body.width)).len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_goes_on_with_is_set_in() {
        assert_eq!(wrapped("  one two three", 9), ["  one two", "    three"]);
        assert_eq!(wrapped("Users", 9), ["Users"]);
    }

    #[test]
    fn the_last_row_can_be_reached_and_not_passed() {
        assert_eq!(top_of(0, 10, 20), 0);
        assert_eq!(top_of(7, 10, 20), 0, "all of it is on show");
        assert_eq!(top_of(100, 30, 10), 21, "nine rows and the one that says where one is");
        assert_eq!(top_of(5, 30, 10), 5);
        assert_eq!(top_of(5, 30, 0), 0);
    }
}

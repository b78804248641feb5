//! Text mode: the same facts as lines and numbers, for screen readers and for terminals that draw nothing.

use super::Lab;
use super::scene::Scene;
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
    let mut all = asked(scene);
    all.push(pace(scene));
    all.extend(lines(scene.view));
    all.extend(breaks(scene));
    all.iter().flat_map(|line| wrapped(line, columns)).collect()
}

/// The question, or how the last one came out.
fn asked(scene: &Scene<'_>) -> Vec<String> {
    let key = |action| keymap::shown(Context::LabPredict, action);
    if let Some(bet) = scene.bet {
        return vec![
            "Before you break it: what will happen?".to_owned(),
            format!("  {}", spoken(&bet.deed)),
            format!("  {}", spoken(&bet.ask)),
            format!("  your answer: {} %, {}", bet.said, bet.sure.word()),
            format!(
                "  {} locks it in; digits, {} and {} change it; {} how sure; {} skips",
                key(Action::Confirm),
                spoken_key(&key(Action::Less)),
                spoken_key(&key(Action::More)),
                key(Action::Confidence),
                key(Action::Skip)
            ),
        ];
    }
    let Some(verdict) = scene.verdict else { return Vec::new() };
    let words = match verdict.was {
        None => "it is not known yet".to_owned(),
        Some(was) => format!("it is {}. {}", figures::percent(was, 1), spoken(&verdict.why)),
    };
    vec!["Your prediction".to_owned(), format!("  you said {} %, {words}", verdict.said)]
}

/// Arrow keys have names.
fn spoken_key(shown: &str) -> String {
    match shown {
        "←" => "left".to_owned(),
        "→" => "right".to_owned(),
        other => spoken(other),
    }
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

/// What the panel of breaks lists.
fn breaks(scene: &Scene<'_>) -> Vec<String> {
    let region = scene.view.regions.get(scene.region).map_or("", |region| region.name.as_str());
    let prefix = keymap::shown(Context::Lab, Action::BreakPrefix);
    let other = keymap::shown(Context::Lab, Action::OtherRegion);
    let mut lines = vec![format!("To break or heal in {region}; {other} for the other region")];
    lines.extend(Failure::ALL.map(|failure| {
        let key = keymap::shown(Context::Break, Action::Break(failure));
        let state = if scene.broken.contains(&failure) { ", broken now" } else { "" };
        format!("  {prefix} {key}: {}{state}", failure.words())
    }));
    lines
}

fn wrapped(line: &str, columns: usize) -> Vec<String> {
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

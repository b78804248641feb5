//! Worth it? The learner's own figures, three bills, and where they cross.
//!
//! A figure is an option of `eastwest calc cost` and is set as that command sets it, so both give the same numbers. What
//! the screen says is in [`sheet`], for the picture and for the text alike.

pub mod curve;
mod fields;
pub mod open;
pub mod sheet;
mod steps;
mod words;

use std::collections::BTreeMap;

use super::action::Action;
use super::effect::Effect;
use super::keymap::Context;
use super::state::{Go, Reply};
use crate::sim::Scenario;
use crate::sim::cost::{Answer, Question, price_keys};
pub use fields::{FIELDS, Field, Row};
use open::{answer, asked};

/// More characters than any value has.
const TYPED_MAX: usize = 16;
/// More rows than the text has at any width; scrolling past the end is clamped when it is drawn.
const ROWS_MAX: usize = 500;
const PAGE: usize = 10;

/// The screen that one came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    Home,
    Reader,
    Lab,
    Review,
}

/// The screen.
#[derive(Debug)]
pub struct Worth {
    back: Back,
    scenario: Scenario,
    /// What the learner set, by option or price key.
    set: BTreeMap<&'static str, String>,
    question: Question,
    /// The bills, or one sentence on why there are none.
    answer: Result<Answer, String>,
    /// The row one stands on.
    row: usize,
    prices_open: bool,
    /// A value being typed.
    typed: Option<String>,
    /// Text mode: the first row on show.
    words: Option<usize>,
}

impl Worth {
    #[must_use]
    pub const fn context(&self) -> Context {
        if self.typed.is_some() { Context::WorthTyping } else { Context::Worth }
    }

    pub fn act(&mut self, action: Action) -> Reply {
        match (action, self.typed.is_some()) {
            (Action::Type(c), _) => self.type_in(c),
            (Action::Erase, true) => self.erase(),
            (Action::Back, true) => self.typed = None,
            (Action::Confirm, true) => return self.take_typed(),
            (Action::Back, false) => return Reply::go(self.back()),
            (Action::Up, _) => self.row = self.row.saturating_sub(1),
            (Action::Down, _) => self.row = (self.row + 1).min(self.rows().len() - 1),
            (Action::Top, _) => self.row = 0,
            (Action::Bottom, _) => self.row = self.rows().len() - 1,
            (Action::PageUp, _) => self.scroll(|top| top.saturating_sub(PAGE)),
            (Action::PageDown, _) => self.scroll(|top| (top + PAGE).min(ROWS_MAX)),
            (Action::Less | Action::More, _) => return self.step(action == Action::More),
            (Action::Erase, false) => return self.change(None),
            (Action::Confirm, false) => self.confirm(),
            (Action::TurnWords, _) => self.words = if self.words.is_some() { None } else { Some(0) },
            (Action::CopyCommand, _) => return Reply::effect(Effect::Copy(self.command())),
            _ => {}
        }
        Reply::default()
    }

    fn back(&self) -> Go {
        match self.back {
            Back::Home => Go::Home,
            Back::Reader => Go::Reader(None),
            Back::Lab => Go::Lab(None),
            Back::Review => Go::Review,
        }
    }

    fn scroll(&mut self, to: impl FnOnce(usize) -> usize) {
        self.words = self.words.map(to);
    }

    /// Opens the prices or closes them; begins to type a value, or turns a switch.
    fn confirm(&mut self) {
        match self.selected() {
            Row::Prices => self.prices_open = !self.prices_open,
            row if row.field().is_some_and(Field::is_switch) => {
                let up = self.step_from(row, true).is_some();
                let _ = self.step(up);
            }
            _ => self.typed = Some(String::new()),
        }
    }

    fn type_in(&mut self, c: char) {
        let takes = self.selected().field().is_some_and(|field| !field.is_switch());
        if takes {
            let typed = self.typed.get_or_insert_default();
            if typed.len() < TYPED_MAX && c.is_ascii_graphic() {
                typed.push(c);
            }
        }
    }

    fn erase(&mut self) {
        if let Some(typed) = &mut self.typed
            && typed.pop().is_none()
        {
            self.typed = None;
        }
    }

    /// A bare number has the unit of its figure; nothing typed changes nothing.
    fn take_typed(&mut self) -> Reply {
        let text = self.typed.take().unwrap_or_default();
        if text.is_empty() {
            return Reply::default();
        }
        let bare = text.chars().all(|c| c.is_ascii_digit() || c == '.');
        let unit = self.selected().field().filter(|_| bare).map_or("", |field| field.unit);
        self.change(Some(format!("{text}{unit}")))
    }

    fn step_from(&self, row: Row, up: bool) -> Option<String> {
        row.field()?.step(row.name()?, up, &self.question)
    }

    fn step(&mut self, up: bool) -> Reply {
        let row = self.selected();
        match self.step_from(row, up) {
            Some(text) => self.change(Some(text)),
            None if row == Row::Prices => {
                self.prices_open = up;
                Reply::default()
            }
            // Below the least of what has no value by itself there is none again.
            None if !up && row.name().is_some_and(|name| self.default(name).is_none()) => self.change(None),
            None => Reply::info(if up { "there is no more" } else { "there is no less" }),
        }
    }

    /// Gives the selected figure a value, or takes the one it had by itself.
    fn change(&mut self, value: Option<String>) -> Reply {
        let Some(name) = self.selected().name() else { return Reply::default() };
        let mut set = self.set.clone();
        match value {
            // What one set back by hand is no longer one's own.
            Some(value) if self.default(name).as_ref() != Some(&value) => set.insert(name, value),
            _ => set.remove(name),
        };
        match asked(&self.scenario, &set) {
            Ok(question) => {
                self.answer = answer(&self.scenario, &question);
                (self.set, self.question) = (set, question);
                Reply::default()
            }
            Err(why) => Reply::trouble(why),
        }
    }

    /// What a figure is while nobody sets it.
    fn default(&self, name: &str) -> Option<String> {
        let mut others = self.set.clone();
        others.remove(name);
        asked(&self.scenario, &others).ok()?.value(name)
    }
}

/// What drawing asks.
impl Worth {
    /// The `eastwest calc cost` line of what is on show.
    #[must_use]
    pub fn command(&self) -> String {
        self.question.command()
    }

    /// The bills, or one sentence on why there are none.
    pub fn answer(&self) -> Result<&Answer, &str> {
        self.answer.as_ref().map_err(String::as_str)
    }

    #[must_use]
    pub const fn is_text(&self) -> bool {
        self.words.is_some()
    }

    /// The first row of the text on show.
    #[must_use]
    pub fn top(&self) -> usize {
        self.words.unwrap_or(0)
    }

    /// Where its figures start from.
    #[must_use]
    pub fn scenario(&self) -> &str {
        self.scenario.name()
    }

    /// The rows of the list, prices only while they are open, a standby's only where there is one.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let warm = self.is_warm();
        let only_warm = |field: &&Field| matches!(field.name, "warm-pods" | "scale-up");
        let figures = FIELDS.iter().filter(|field| warm || !only_warm(field)).map(Row::Figure);
        let prices = price_keys().filter(|_| self.prices_open).map(Row::Price);
        figures.chain([Row::Prices]).chain(prices).collect()
    }

    /// The index of the row one stands on.
    #[must_use]
    pub const fn row(&self) -> usize {
        self.row
    }

    /// The row one stands on.
    #[must_use]
    pub fn selected(&self) -> Row {
        self.rows().get(self.row).copied().unwrap_or(Row::Prices)
    }

    fn is_warm(&self) -> bool {
        self.question.amount("standby") == Some(1)
    }
}

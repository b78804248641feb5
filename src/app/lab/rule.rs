//! The rule panel: the policy as fields. A change applies to the running mesh, under the same users, seed and failures.

pub mod fields;
mod idle;
pub mod presets;
mod seen;
mod short;
mod steps;
pub mod view;
pub mod words;
mod yaml;

use super::Lab;
use crate::app::action::Action;
use crate::app::now::Now;
use crate::app::state::Reply;
use crate::sim::{Scenario, ScenarioError};
use fields::Field;
pub use idle::reason;
pub use short::words as short;
use view::RuleView;

/// Fields that a page key goes past.
const PAGE: usize = 8;
/// A value is shorter; more is not taken.
const TYPED_MAX: usize = 80;

/// The panel while it is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Panel {
    /// The field one stands on: an index into [`fields::all`].
    row: usize,
    /// What has been typed of a value.
    typed: Option<String>,
    /// Why the last value was not taken.
    trouble: Option<String>,
}

impl Panel {
    #[must_use]
    pub const fn is_typing(&self) -> bool {
        self.typed.is_some()
    }

    /// All that is shown of it.
    #[must_use]
    pub fn view(&self, scenario: &Scenario) -> RuleView {
        view::of(scenario, self.row, self.typed.as_deref(), self.trouble.as_deref())
    }

    fn field(&self) -> Option<&'static Field> {
        fields::all().nth(self.row)
    }

    fn go(&mut self, row: usize) {
        self.row = row.min(fields::all().count().saturating_sub(1));
        self.trouble = None;
    }

    /// The first field of the group after or before this one.
    fn go_to_group(&mut self, forward: bool) {
        let starts: Vec<usize> = fields::all()
            .enumerate()
            .filter(|(row, field)| {
                row.checked_sub(1).and_then(|row| fields::all().nth(row)).map(|before| before.group)
                    != Some(field.group)
            })
            .map(|(row, _)| row)
            .collect();
        let (first, last) = (starts.first().copied(), starts.last().copied());
        let next = if forward {
            starts.iter().copied().find(|start| *start > self.row).or(first)
        } else {
            starts.iter().copied().rev().find(|start| *start < self.row).or(last)
        };
        self.go(next.unwrap_or(0));
    }

    /// Takes a key while a value is typed; gives the value once it is whole.
    fn type_in(&mut self, action: Action) -> Option<String> {
        let text = self.typed.as_mut()?;
        match action {
            Action::Type(c) if text.len() < TYPED_MAX => text.push(c),
            Action::Erase => drop(text.pop()),
            Action::EraseWord => text.clear(),
            Action::Back => (self.typed, self.trouble) = (None, None),
            Action::Confirm => return Some(text.trim().to_owned()),
            _ => {}
        }
        None
    }
}

impl Lab {
    /// Takes a key that is for the panel; `None` if it is for something else.
    pub(super) fn act_on_rule(&mut self, now: Now, action: Action) -> Option<Reply> {
        let Some(panel) = &mut self.rule else {
            return (action == Action::Rule).then(|| self.open_rule());
        };
        if panel.is_typing() {
            if let Some(value) = panel.type_in(action) {
                return Some(self.take_typed(&value, now));
            }
            return Some(Reply::default());
        }
        let in_words = self.words.is_some();
        match action {
            Action::Rule | Action::Back => self.rule = None,
            Action::Inspect | Action::Explain | Action::Trace => {
                self.rule = None;
                return None;
            }
            Action::PageUp | Action::PageDown if in_words => return None,
            Action::Up => panel.go(panel.row.saturating_sub(1)),
            Action::Down => panel.go(panel.row + 1),
            Action::PageUp => panel.go(panel.row.saturating_sub(PAGE)),
            Action::PageDown => panel.go(panel.row + PAGE),
            Action::Top => panel.go(0),
            Action::Bottom => panel.go(usize::MAX),
            Action::SelectNext | Action::SelectPrevious => panel.go_to_group(action == Action::SelectNext),
            Action::Confirm => (panel.typed, panel.trouble) = (Some(String::new()), None),
            Action::Less | Action::More => return Some(self.step_rule(action == Action::More, now)),
            Action::Erase => return Some(self.reset_rule(now)),
            Action::NextPreset => return Some(self.next_preset(now)),
            _ => return None,
        }
        if in_words {
            self.words = Some(0);
        }
        Some(Reply::default())
    }

    fn open_rule(&mut self) -> Reply {
        if self.beside {
            return Reply::info("the rule is designed in the lab itself: g l, then e");
        }
        if self.inspect.is_open() {
            self.act_on_looks(Action::Back);
        }
        self.rule = Some(Panel::default());
        self.words = self.words.map(|_| 0);
        Reply::default()
    }

    /// The next value that is taken; says why where the nearest one is not.
    fn step_rule(&mut self, up: bool, now: Now) -> Reply {
        let Some(field) = self.rule.as_ref().and_then(Panel::field) else { return Reply::default() };
        let value = self.scenario.told(field.key).unwrap_or_default();
        let mut refused = None;
        for wanted in steps::from(field.values, &value, up, &self.scenario) {
            match self.scenario.with(field.key, &wanted) {
                Ok(scenario) => {
                    let reply = self.put_rule(field, scenario, now);
                    return refused.map_or(reply, Reply::info);
                }
                Err(error) => {
                    refused = refused.or_else(|| Some(format!("not {wanted}: {}", sentence(&error))));
                }
            }
        }
        refused.map_or_else(
            || Reply::info(format!("{value} is the last step; a value can be typed")),
            Reply::trouble,
        )
    }

    fn take_typed(&mut self, value: &str, now: Now) -> Reply {
        let Some(field) = self.rule.as_ref().and_then(Panel::field) else { return Reply::default() };
        let taken = self.scenario.with(field.key, value);
        if let Some(panel) = &mut self.rule {
            match &taken {
                Ok(_) => (panel.typed, panel.trouble) = (None, None),
                Err(error) => panel.trouble = Some(sentence(error)),
            }
        }
        taken.map_or_else(|_| Reply::default(), |scenario| self.put_rule(field, scenario, now))
    }

    fn reset_rule(&mut self, now: Now) -> Reply {
        let Some(field) = self.rule.as_ref().and_then(Panel::field) else { return Reply::default() };
        match self.scenario.without(field.key) {
            Ok(scenario) => self.put_rule(field, scenario, now),
            Err(error) => Reply::trouble(sentence(&error)),
        }
    }

    fn next_preset(&mut self, now: Now) -> Reply {
        let preset = presets::next(&self.scenario);
        match preset.put_into(&self.scenario) {
            Ok(scenario) => {
                self.under(scenario, now);
                Reply::info(format!("rule: {}", preset.name))
            }
            Err(error) => Reply::trouble(format!("{}: {}", preset.name, sentence(&error))),
        }
    }

    fn put_rule(&mut self, field: &Field, scenario: Scenario, now: Now) -> Reply {
        if scenario == self.scenario {
            return Reply::default();
        }
        let set = format!("{}={}", field.key, scenario.told(field.key).unwrap_or_default());
        let idle = reason(field, &scenario);
        self.under(scenario, now);
        Reply::info(match idle {
            Some(why) => format!("{set}, without effect now: {why}"),
            None => format!("{set}: the same users, seed and failures"),
        })
    }
}

/// What is wrong, without the assignment that it is about.
fn sentence(error: &ScenarioError) -> String {
    match error {
        ScenarioError::Assignment { what, .. } => what.clone(),
        other => other.to_string(),
    }
}

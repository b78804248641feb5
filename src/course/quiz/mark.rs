//! Marking: is this answer right? Forgiving where a person would be, strict about numbers.

use super::{Card, CardKind, Number};
use crate::course::near::edits;

/// Answers at least this long may have one slip in them.
const SLIP_LETTERS_MIN: usize = 5;

/// What people write before a number that they are not sure of.
const ABOUT: [&str; 6] = ["about", "around", "roughly", "circa", "~", "≈"];

/// Other names of units, without blanks, the longest first.
const UNITS: [(&str, &[&str]); 5] = [
    ("s", &["seconds", "second", "secs", "sec"]),
    ("ms", &["milliseconds", "millisecond", "msec"]),
    ("min", &["minutes", "minute", "mins"]),
    ("$", &["dollars", "dollar", "usd"]),
    ("gb/h", &["gbanhour", "gbperhour", "gb/hour", "gb"]),
];

/// How an answer was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Right,
    /// Right but for one letter; show how it is spelled.
    Slip,
    Wrong,
}

impl Mark {
    /// Whether it counts as right.
    #[must_use]
    pub fn is_right(self) -> bool {
        self != Self::Wrong
    }
}

impl Card {
    /// A typed answer against the answer and its alternatives: case, blanks, hyphens, quotes, a leading article and
    /// a final full stop do not matter. The right option of a choice, and the words it accepts, are answers as well.
    #[must_use]
    pub fn mark_typed(&self, given: &str) -> Mark {
        let (answer, accept) = match &self.kind {
            CardKind::Typed { accept } | CardKind::Cloze { accept } => (self.answer.as_str(), accept),
            CardKind::Choice { options, accept } => {
                let right = options.iter().find(|option| option.right);
                (right.map_or("", |option| option.text.as_str()), accept)
            }
            _ => return Mark::Wrong,
        };
        let given = normal(given);
        let accepted = std::iter::once(answer).chain(accept.iter().map(String::as_str)).map(normal);
        let mut best = Mark::Wrong;
        for answer in accepted {
            if answer == given {
                return Mark::Right;
            }
            if is_slip(&given, &answer) {
                best = Mark::Slip;
            }
        }
        best
    }

    /// The line of a manifest that was picked, counted from 0.
    #[must_use]
    pub fn mark_line(&self, picked: usize) -> Mark {
        let CardKind::Fault(fault) = &self.kind else { return Mark::Wrong };
        right(fault.wrong.contains(&picked))
    }

    /// The chosen option of a choice, by index.
    #[must_use]
    pub fn mark_choice(&self, chosen: usize) -> Mark {
        let CardKind::Choice { options, .. } = &self.kind else { return Mark::Wrong };
        right(options.get(chosen).is_some_and(|option| option.right))
    }

    /// An order, as the indices of the items in the sequence the learner gave them.
    #[must_use]
    pub fn mark_order(&self, given: &[usize]) -> Mark {
        let CardKind::Order(items) = &self.kind else { return Mark::Wrong };
        let in_place = |(place, &item): (usize, &usize)| items.get(item) == items.get(place);
        right(given.len() == items.len() && given.iter().enumerate().all(in_place))
    }
}

impl Number {
    /// A typed number against this one. The unit or another name of it may stand behind it, commas between thousands,
    /// and `about` before it.
    #[must_use]
    pub fn mark(&self, given: &str) -> Mark {
        right(number(given, &self.unit).is_some_and(|given| {
            // Half a millionth, so that 0.3 is as near to 0.2 as 0.1 says.
            (given - self.value).abs() <= self.tolerance + 5e-7
        }))
    }
}

/// The number in what was typed; nothing where there is more than a number and its unit.
#[must_use]
pub fn number(given: &str, unit: &str) -> Option<f64> {
    let (text, unit) = (normal(given), normal(unit));
    let bare = ABOUT.iter().find_map(|about| text.strip_prefix(about)).unwrap_or(&text);
    let bare = bare.trim_start_matches('$');
    let others = UNITS.iter().find(|(of, _)| *of == unit).map_or(&[][..], |(_, names)| names);
    let mut names = others.iter().copied().chain([unit.as_str()]);
    let bare = names.find_map(|name| bare.strip_suffix(name)).unwrap_or(bare).replace(',', "");
    let negative = if given.trim_start().starts_with('-') { -1.0 } else { 1.0 };
    bare.parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| number * negative)
}

fn right(is_right: bool) -> Mark {
    if is_right { Mark::Right } else { Mark::Wrong }
}

/// The letters that matter.
fn normal(text: &str) -> String {
    let text = text.to_lowercase().replace("percent", "%");
    let text = text.trim().trim_end_matches(['.', '!', '?']);
    let text = ["the ", "an ", "a "].iter().find_map(|article| text.strip_prefix(article)).unwrap_or(text);
    let dropped =
        |c: &char| !(c.is_whitespace() || matches!(c, '-' | '_' | '`' | '"' | '\'' | '‐' | '–' | '’'));
    let text: String = text.chars().filter(dropped).collect();
    match text.strip_suffix('%') {
        // `70 %` and `70` are the same answer to "how many percent".
        Some(number) if number.parse::<f64>().is_ok() => number.to_owned(),
        _ => text,
    }
}

/// One edit apart, in a word long enough, and not in its digits: 70 is no slip of 79.
fn is_slip(given: &str, answer: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    answer.chars().count() >= SLIP_LETTERS_MIN && digits(given) == digits(answer) && edits(given, answer) == 1
}

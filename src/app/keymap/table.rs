//! The table of keys as a value: the shipped one, or that with the user's changes.
//!
//! Keys are named deep inside views and sentences that know no application, so the table in force is ambient for as
//! long as one update or one drawing takes: [`with`] lays it down, [`rows`] reads it. Each [`crate::app::App`] brings
//! its own; nothing is shared between threads, and outside of [`with`] the shipped table holds.

use std::cell::Cell;

use super::bindings::BINDINGS;
use super::{Binding, Context};
use crate::app::action::Action;
use crate::app::chord::Chord;

/// All bindings. Copied freely: rows live as long as the program.
#[derive(Clone, Copy, Debug)]
pub struct Keymap {
    rows: &'static [Binding],
}

impl Default for Keymap {
    /// As shipped.
    fn default() -> Self {
        SHIPPED
    }
}

const SHIPPED: Keymap = Keymap { rows: BINDINGS };

/// One action of one context gets other keys; none at all where `keys` is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub context: Context,
    pub action: Action,
    /// Chords separated by blanks, the shown one first.
    pub keys: String,
}

/// Why changes cannot be taken; `change` is the index of the one to blame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub change: usize,
    /// One sentence.
    pub why: String,
}

impl Keymap {
    /// The shipped table with these changes.
    ///
    /// Changed rows live as long as the program does, so this is for its start.
    pub fn changed(changes: &[Change]) -> Result<Self, Refused> {
        if changes.is_empty() {
            return Ok(SHIPPED);
        }
        let mut rows = BINDINGS.to_vec();
        let mut from = vec![None; rows.len()];
        for (index, change) in changes.iter().enumerate() {
            let refuse = |why: String| Refused { change: index, why };
            check(change).map_err(refuse)?;
            let fits = |row: &Binding| row.context == change.context && row.action == change.action;
            let Some(at) = rows.iter().position(fits) else {
                let name = (change.context.name(), change.action.name());
                return Err(refuse(format!("[keys.{}] has no action '{}'", name.0, name.1)));
            };
            rows[at].keys = Box::leak(change.keys.clone().into_boxed_str());
            from[at] = Some(index);
        }
        clashes(&rows, &from)?;
        Ok(Self { rows: Vec::leak(rows) })
    }

    /// Every binding, context by context.
    #[must_use]
    pub const fn rows(self) -> &'static [Binding] {
        self.rows
    }
}

fn check(change: &Change) -> Result<(), String> {
    for word in change.keys.split_whitespace() {
        let chord: Chord = word.parse().map_err(|error: crate::app::chord::ChordError| error.to_string())?;
        if change.context == Context::ReviewTyping && chord.typed().is_some() {
            return Err(format!("'{word}' is text while an answer is typed; take a key such as ctrl-{word}"));
        }
    }
    if change.action == Action::Quit && change.context != Context::Home && change.keys.trim().is_empty() {
        return Err("leaving needs a key".to_owned());
    }
    Ok(())
}

/// Two rows are in each other's way in one context, and between the lab and what it shares with the comparison.
fn clashes(rows: &[Binding], from: &[Option<usize>]) -> Result<(), Refused> {
    for (index, row) in rows.iter().enumerate() {
        for (other_index, other) in rows.iter().enumerate().skip(index + 1) {
            let Some(change) = from[index].or(from[other_index]) else { continue };
            // A sheet over the lab takes keys for itself on purpose.
            let shared =
                |a: Context, b: Context| a == Context::Run && matches!(b, Context::Lab | Context::Compare);
            let meet = row.context == other.context
                || shared(row.context, other.context)
                || shared(other.context, row.context);
            let both = row.chords().find(|chord| other.chords().any(|bound| bound == *chord));
            if let (true, Some(chord)) = (meet && row.action != other.action, both) {
                let name = |row: &Binding| {
                    format!("'{}' ({}) in [keys.{}]", row.action.name(), row.words(), row.context.name())
                };
                let why = format!("the key {chord} is both {} and {}", name(row), name(other));
                return Err(Refused { change, why });
            }
        }
    }
    Ok(())
}

thread_local! {
    static IN_FORCE: Cell<Keymap> = const { Cell::new(SHIPPED) };
}

/// Lays the table before what used to hold when dropped, a panic included.
struct Before(Keymap);

impl Drop for Before {
    fn drop(&mut self) {
        IN_FORCE.set(self.0);
    }
}

/// Does something under a table of keys.
pub fn with<T>(keys: Keymap, work: impl FnOnce() -> T) -> T {
    let _before = Before(IN_FORCE.replace(keys));
    work()
}

/// The bindings in force.
#[must_use]
pub fn rows() -> &'static [Binding] {
    IN_FORCE.get().rows
}

#[cfg(test)]
mod tests {
    use super::super::{lookup, shown};
    use super::*;

    fn change(context: Context, action: Action, keys: &str) -> Change {
        Change { context, action, keys: keys.to_owned() }
    }

    #[test]
    fn changed_keys_are_found_and_shown_and_the_old_ones_are_free() {
        let changes = [
            change(Context::Run, Action::TogglePlay, "Z space"),
            change(Context::Reader, Action::NextStep, "]"),
            change(Context::Reader, Action::NextSection, "n right"),
        ];
        let keys = Keymap::changed(&changes).unwrap();
        with(keys, || {
            assert_eq!(lookup(Context::Lab, "Z".parse().unwrap()), Some(Action::TogglePlay));
            assert_eq!(shown(Context::Lab, Action::TogglePlay), "Z");
            assert_eq!(lookup(Context::Reader, "n".parse().unwrap()), Some(Action::NextSection));
            assert_eq!(lookup(Context::Reader, "]".parse().unwrap()), Some(Action::NextStep));
        });
        assert_eq!(shown(Context::Lab, Action::TogglePlay), "Space", "the shipped table holds again");
    }

    #[test]
    fn one_key_for_two_actions_is_refused_with_both_names() {
        let why = |changes: &[Change]| Keymap::changed(changes).unwrap_err().why;
        let same = why(&[change(Context::Lab, Action::Inspect, "w")]);
        assert_eq!(
            same,
            "the key w is both 'inspect' (inspect proxy) in [keys.lab] and 'explain' (why so?) in [keys.lab]"
        );
        let shared = why(&[change(Context::Lab, Action::Inspect, "space")]);
        assert!(shared.contains("'toggle-play'") && shared.contains("[keys.run]"), "{shared}");
    }

    #[test]
    fn what_would_lock_somebody_in_or_eat_letters_is_refused() {
        let why = |change: Change| Keymap::changed(&[change]).unwrap_err().why;
        assert_eq!(why(change(Context::Global, Action::Quit, "")), "leaving needs a key");
        assert!(why(change(Context::ReviewTyping, Action::Back, "q")).contains("is text"));
        assert!(why(change(Context::Lab, Action::Inspect, "hyper-i")).contains("is no key"));
        assert!(Keymap::changed(&[change(Context::Lab, Action::Inspect, "")]).is_ok(), "a key may go");
    }
}

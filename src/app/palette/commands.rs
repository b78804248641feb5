//! Rows from the key table, so that nothing can be done by a key alone.

use super::{Deed, Entry};
use crate::app::action::{Action, Failure};
use crate::app::keymap::{self, Binding, Context};

/// How long "for a while" is.
pub const FOR: &str = "20 s";

/// All that can be done in a context: its keys, its parents', what can be broken, and the screens.
///
/// `broken` is what a break would heal, and `at_lab` says that the lab is on the screen, with or without the keys.
#[must_use]
pub fn commands(context: Context, broken: &[Failure], at_lab: bool) -> Vec<Entry> {
    let chain = keymap::chain(context);
    let mut rows: Vec<&Binding> = Vec::new();
    for binding in chain.iter().flat_map(|here| keymap::of(*here)) {
        if !rows.iter().any(|row| row.action == binding.action) && key_of(context, binding).is_some() {
            rows.push(binding);
        }
    }
    rows.sort_by_key(|binding| std::cmp::Reverse(binding.footer));
    let mut all: Vec<Entry> = rows.into_iter().filter_map(|row| command(context, row)).collect();
    all.extend(breaks(&chain, broken, at_lab));
    let goes = keymap::of(Context::Go).filter(|binding| !all.iter().any(|entry| does(entry, binding.action)));
    let goes: Vec<Entry> = goes.map(|binding| go(&chain, binding)).collect();
    all.extend(goes);
    all
}

fn does(entry: &Entry, action: Action) -> bool {
    entry.deed == Deed::Act(action)
}

fn command(context: Context, binding: &Binding) -> Option<Entry> {
    let words = match binding.action {
        Action::Choose(number) => format!("{} {number}", capitalized(binding.words())),
        _ => capitalized(binding.words()),
    };
    let key = key_of(context, binding)?;
    Some(Entry { words, also: "", key, deed: Deed::Act(binding.action) })
}

/// The first of its keys that comes to it and not to a row further in.
fn key_of(context: Context, binding: &Binding) -> Option<String> {
    let reaches = |chord: &crate::app::chord::Chord| keymap::lookup(context, *chord) == Some(binding.action);
    binding.chords().find(reaches).map(crate::app::chord::Chord::shown)
}

/// Breaks where they can be made with a key; elsewhere the way into the lab belongs to it.
fn breaks(chain: &[Context], broken: &[Failure], at_lab: bool) -> Vec<Entry> {
    let here = chain.contains(&Context::Run);
    if at_lab && !here {
        return Vec::new();
    }
    let mut all = Vec::new();
    for failure in Failure::ALL {
        let verb = if broken.contains(&failure) { "Heal" } else { "Break" };
        let words = match failure {
            Failure::HealAll => "Heal all that is broken".to_owned(),
            _ => format!("{verb}: {}", failure.words()),
        };
        let key = keymap::shown(Context::Break, Action::Break(failure));
        let key = format!("{} {key}", keymap::shown(Context::Run, Action::BreakPrefix));
        let also = other_words(failure);
        if !here {
            let key = [way_to_lab(chain), key].concat();
            all.push(Entry { words, also, key, deed: Deed::InLab(failure) });
            continue;
        }
        all.push(Entry { words: words.clone(), also, key, deed: Deed::Act(Action::Break(failure)) });
        if failure != Failure::HealAll && !broken.contains(&failure) {
            let words = format!("{words} for {FOR}, then heal");
            all.push(Entry { words, also, key: String::new(), deed: Deed::BreakFor(failure) });
        }
    }
    all
}

/// `g l `, or nothing where an answer is being typed.
fn way_to_lab(chain: &[Context]) -> String {
    let lab = keymap::of(Context::Go).find(|binding| binding.action == Action::GoLab);
    let key = lab.map(|binding| after_prefix(chain, binding)).unwrap_or_default();
    if key.is_empty() { key } else { key + " " }
}

fn after_prefix(chain: &[Context], binding: &Binding) -> String {
    let prefix = keymap::shown(Context::Global, Action::GoPrefix);
    match binding.chords().next() {
        Some(chord) if chain.contains(&Context::Global) => format!("{prefix} {}", chord.shown()),
        _ => String::new(),
    }
}

fn go(chain: &[Context], binding: &Binding) -> Entry {
    let words = match binding.action {
        Action::Top => capitalized(binding.words()),
        _ => format!("Go to: {}", binding.words()),
    };
    Entry { words, also: "screen", key: after_prefix(chain, binding), deed: Deed::Act(binding.action) }
}

/// What else a failure is called.
const fn other_words(failure: Failure) -> &'static str {
    match failure {
        Failure::Answer503 | Failure::All503 => "brown-out server error unavailable",
        Failure::Errors => "brown-out error rate",
        Failure::Slow => "latency delay",
        Failure::Refuse => "connection refused",
        Failure::NotReady => "readiness probe",
        Failure::Crash => "restart crash loop",
        Failure::Cut => "network partition",
        Failure::RegionDown => "outage disaster lost",
        Failure::HealAll => "repair mend reset",
    }
}

fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

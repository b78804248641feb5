//! Keys as data: the only place where a key is spelled. Help, footer and README are printed from here.

use super::action::{Action, Failure};
use super::chord::Chord;
use crate::srs::Grade;

/// Where a key is pressed. A key that a context does not bind is looked up in [`Context::parent`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Context {
    Global,
    /// After `g`.
    Go,
    Home,
    Reader,
    /// A question of the lesson is waiting for an answer.
    Predict,
    Lab,
    /// The lab is shown as text.
    LabWords,
    /// The lab of a text has the keys.
    Companion,
    /// The lab asks before a break.
    LabPredict,
    /// The patterns side by side.
    Compare,
    /// A sheet over the lab says what a proxy knows, why, or where a request goes; the lab goes on.
    LabLook,
    /// After `f` in the lab.
    Break,
    /// A card is open and is answered by typing; plain characters are text.
    ReviewTyping,
    /// A card is open and is answered by choosing.
    ReviewChoosing,
    /// A card is open and is answered by putting things in order.
    ReviewOrdering,
    /// The answer is shown.
    ReviewRevealed,
    /// The answer is shown, with points to tick.
    ReviewPoints,
    /// Nothing is left for now.
    ReviewDone,
    Help,
}

/// One row: where, which key, what for, and how much it wants to be in the footer (0: never).
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    pub context: Context,
    pub keys: &'static str,
    pub action: Action,
    pub footer: u8,
}

impl Context {
    /// All contexts, in the order the help lists them.
    pub const ALL: [Self; 19] = [
        Self::Global,
        Self::Go,
        Self::Home,
        Self::Reader,
        Self::Predict,
        Self::Lab,
        Self::LabWords,
        Self::Companion,
        Self::LabPredict,
        Self::Compare,
        Self::LabLook,
        Self::Break,
        Self::ReviewTyping,
        Self::ReviewChoosing,
        Self::ReviewOrdering,
        Self::ReviewRevealed,
        Self::ReviewPoints,
        Self::ReviewDone,
        Self::Help,
    ];

    /// Heading in help and README.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Global => "Everywhere",
            Self::Go => "After g",
            Self::Home => "Home",
            Self::Reader => "Reading",
            Self::Predict => "Answering a prediction",
            Self::Lab => "Lab",
            Self::LabWords => "Lab: as text",
            Self::Companion => "Lab of a text",
            Self::LabPredict => "Lab: before a break",
            Self::Compare => "Compare",
            Self::LabLook => "Lab: looking closer",
            Self::Break => "After f in the lab",
            Self::ReviewTyping => "Review: typing an answer",
            Self::ReviewChoosing => "Review: choosing",
            Self::ReviewOrdering => "Review: ordering",
            Self::ReviewRevealed => "Review: answer shown",
            Self::ReviewPoints => "Review: points to tick",
            Self::ReviewDone => "Review: done",
            Self::Help => "Keys",
        }
    }

    /// Where a key goes that this context does not bind.
    #[must_use]
    pub const fn parent(self) -> Option<Self> {
        match self {
            Self::Global | Self::Go | Self::Break | Self::ReviewTyping => None,
            Self::Predict => Some(Self::Reader),
            Self::LabWords | Self::Companion | Self::LabLook => Some(Self::Lab),
            Self::ReviewPoints => Some(Self::ReviewRevealed),
            _ => Some(Self::Global),
        }
    }
}

const fn row(context: Context, keys: &'static str, action: Action, footer: u8) -> Binding {
    Binding { context, keys, action, footer }
}

/// Every binding. Several chords for one action stand in one row, separated by blanks; the first is shown.
pub const BINDINGS: &[Binding] = &[
    row(Context::Global, "?", Action::Help, 2),
    row(Context::Global, "g", Action::GoPrefix, 1),
    row(Context::Global, "esc q", Action::Back, 1),
    row(Context::Global, "ctrl-c", Action::Quit, 0),
    row(Context::Global, "ctrl-l", Action::Redraw, 0),
    //
    row(Context::Go, "h", Action::GoHome, 9),
    row(Context::Go, "c", Action::GoReader, 9),
    row(Context::Go, "l", Action::GoLab, 9),
    row(Context::Go, "r", Action::GoReview, 9),
    row(Context::Go, "g", Action::Top, 9),
    //
    row(Context::Home, "enter", Action::Confirm, 9),
    row(Context::Home, "space", Action::GoReview, 8),
    row(Context::Home, "j down", Action::Down, 7),
    row(Context::Home, "k up", Action::Up, 0),
    row(Context::Home, "s", Action::Restart, 3),
    row(Context::Home, "home", Action::Top, 0),
    row(Context::Home, "G end", Action::Bottom, 0),
    row(Context::Home, "q", Action::Quit, 2),
    //
    row(Context::Reader, "j down", Action::Down, 8),
    row(Context::Reader, "k up", Action::Up, 0),
    row(Context::Reader, "space page-down", Action::PageDown, 9),
    row(Context::Reader, "b page-up", Action::PageUp, 0),
    row(Context::Reader, "n right", Action::NextStep, 4),
    row(Context::Reader, "p left", Action::PreviousStep, 0),
    row(Context::Reader, "]", Action::NextSection, 7),
    row(Context::Reader, "[", Action::PreviousSection, 0),
    row(Context::Reader, "t", Action::FlipSketch, 5),
    row(Context::Reader, "tab", Action::NextPane, 6),
    row(Context::Reader, "enter", Action::Confirm, 0),
    row(Context::Reader, "home", Action::Top, 0),
    row(Context::Reader, "G end", Action::Bottom, 0),
    row(Context::Reader, "r", Action::Rerun, 0),
    row(Context::Reader, "P", Action::TogglePredict, 0),
    //
    row(Context::Predict, "enter", Action::Confirm, 9),
    row(Context::Predict, "1", Action::Choose(1), 8),
    row(Context::Predict, "2", Action::Choose(2), 0),
    row(Context::Predict, "3", Action::Choose(3), 0),
    row(Context::Predict, "4", Action::Choose(4), 0),
    row(Context::Predict, "5", Action::Choose(5), 0),
    row(Context::Predict, "6", Action::Choose(6), 0),
    row(Context::Predict, "7", Action::Choose(7), 0),
    row(Context::Predict, "8", Action::Choose(8), 0),
    row(Context::Predict, "9", Action::Choose(9), 0),
    row(Context::Predict, "0", Action::Choose(0), 0),
    row(Context::Predict, "left h", Action::Less, 7),
    row(Context::Predict, "right l", Action::More, 7),
    row(Context::Predict, "c", Action::Confidence, 5),
    row(Context::Predict, "s", Action::Skip, 6),
    row(Context::Predict, "P", Action::TogglePredict, 3),
    //
    row(Context::Lab, "space", Action::TogglePlay, 9),
    row(Context::Lab, "f", Action::BreakPrefix, 8),
    row(Context::Lab, "o", Action::OtherRegion, 3),
    row(Context::Lab, "1", Action::Pattern(1), 5),
    row(Context::Lab, "2", Action::Pattern(2), 5),
    row(Context::Lab, "3", Action::Pattern(3), 5),
    row(Context::Lab, "=", Action::Compare, 6),
    row(Context::Lab, "u", Action::Undo, 7),
    row(Context::Lab, "ctrl-r", Action::Redo, 0),
    row(Context::Lab, ".", Action::StepOn, 4),
    row(Context::Lab, ",", Action::StepBack, 4),
    row(Context::Lab, "-", Action::Slower, 0),
    row(Context::Lab, "+", Action::Faster, 5),
    row(Context::Lab, "H left", Action::ScrubBack, 6),
    row(Context::Lab, "L right", Action::ScrubOn, 6),
    row(Context::Lab, "[", Action::PreviousEvent, 3),
    row(Context::Lab, "]", Action::NextEvent, 3),
    row(Context::Lab, "0 home", Action::ToStart, 0),
    row(Context::Lab, "$ end", Action::ToEnd, 0),
    row(Context::Lab, "r", Action::Rerun, 2),
    row(Context::Lab, "P", Action::TogglePredict, 0),
    row(Context::Lab, "y", Action::CopyCommand, 2),
    row(Context::Lab, "v", Action::TurnWords, 2),
    row(Context::Lab, "j down", Action::Down, 0),
    row(Context::Lab, "k up", Action::Up, 0),
    row(Context::Lab, "enter", Action::Confirm, 0),
    row(Context::Lab, "tab l", Action::SelectNext, 4),
    row(Context::Lab, "back-tab h", Action::SelectPrevious, 0),
    row(Context::Lab, "i", Action::Inspect, 4),
    row(Context::Lab, "w", Action::Explain, 4),
    row(Context::Lab, "t", Action::Trace, 4),
    //
    row(Context::LabLook, "] right", Action::NextCaller, 9),
    row(Context::LabLook, "[ left", Action::PreviousCaller, 0),
    row(Context::LabLook, "j down", Action::Down, 8),
    row(Context::LabLook, "k up", Action::Up, 0),
    row(Context::LabLook, "page-down", Action::PageDown, 0),
    row(Context::LabLook, "page-up", Action::PageUp, 0),
    row(Context::LabLook, "home", Action::Top, 0),
    row(Context::LabLook, "tab l", Action::SelectNext, 9),
    row(Context::LabLook, "esc q", Action::Back, 9),
    //
    row(Context::LabWords, "j down", Action::Down, 8),
    row(Context::LabWords, "k up", Action::Up, 8),
    row(Context::LabWords, "page-down", Action::PageDown, 3),
    row(Context::LabWords, "page-up", Action::PageUp, 0),
    row(Context::LabWords, "G", Action::Bottom, 0),
    row(Context::LabWords, "v", Action::TurnWords, 7),
    //
    row(Context::Companion, "tab", Action::NextPane, 9),
    //
    row(Context::LabPredict, "enter", Action::Confirm, 9),
    row(Context::LabPredict, "left h", Action::Less, 8),
    row(Context::LabPredict, "right l", Action::More, 8),
    row(Context::LabPredict, "c", Action::Confidence, 6),
    row(Context::LabPredict, "s", Action::Skip, 7),
    row(Context::LabPredict, "P", Action::TogglePredict, 5),
    row(Context::LabPredict, "0", Action::Choose(0), 0),
    row(Context::LabPredict, "1", Action::Choose(1), 0),
    row(Context::LabPredict, "2", Action::Choose(2), 0),
    row(Context::LabPredict, "3", Action::Choose(3), 0),
    row(Context::LabPredict, "4", Action::Choose(4), 0),
    row(Context::LabPredict, "5", Action::Choose(5), 0),
    row(Context::LabPredict, "6", Action::Choose(6), 0),
    row(Context::LabPredict, "7", Action::Choose(7), 0),
    row(Context::LabPredict, "8", Action::Choose(8), 0),
    row(Context::LabPredict, "9", Action::Choose(9), 0),
    //
    row(Context::Compare, "space", Action::TogglePlay, 9),
    row(Context::Compare, "f", Action::BreakPrefix, 9),
    row(Context::Compare, "o", Action::OtherRegion, 3),
    row(Context::Compare, "s", Action::NextSlo, 8),
    row(Context::Compare, "1", Action::Pattern(1), 0),
    row(Context::Compare, "2", Action::Pattern(2), 0),
    row(Context::Compare, "3", Action::Pattern(3), 0),
    row(Context::Compare, "j down tab", Action::Down, 6),
    row(Context::Compare, "k up", Action::Up, 0),
    row(Context::Compare, "d", Action::DropPattern, 6),
    row(Context::Compare, "enter", Action::Confirm, 7),
    row(Context::Compare, "= esc q", Action::Compare, 8),
    row(Context::Compare, "u", Action::Undo, 7),
    row(Context::Compare, "ctrl-r", Action::Redo, 0),
    row(Context::Compare, ".", Action::StepOn, 0),
    row(Context::Compare, ",", Action::StepBack, 0),
    row(Context::Compare, "-", Action::Slower, 0),
    row(Context::Compare, "+", Action::Faster, 5),
    row(Context::Compare, "H left", Action::ScrubBack, 5),
    row(Context::Compare, "L right", Action::ScrubOn, 5),
    row(Context::Compare, "[", Action::PreviousEvent, 0),
    row(Context::Compare, "]", Action::NextEvent, 0),
    row(Context::Compare, "0 home", Action::ToStart, 0),
    row(Context::Compare, "$ end", Action::ToEnd, 0),
    row(Context::Compare, "r", Action::Rerun, 2),
    row(Context::Compare, "y", Action::CopyCommand, 4),
    //
    // The footer begins with those that a small panel leaves out.
    row(Context::Break, "5", Action::Break(Failure::Answer503), 8),
    row(Context::Break, "a", Action::Break(Failure::All503), 8),
    row(Context::Break, "e", Action::Break(Failure::Errors), 8),
    row(Context::Break, "l", Action::Break(Failure::Slow), 8),
    row(Context::Break, "x", Action::Break(Failure::Refuse), 8),
    row(Context::Break, "y", Action::Break(Failure::NotReady), 9),
    row(Context::Break, "k", Action::Break(Failure::Crash), 9),
    row(Context::Break, "n", Action::Break(Failure::Cut), 9),
    row(Context::Break, "r", Action::Break(Failure::RegionDown), 9),
    row(Context::Break, "0", Action::Break(Failure::HealAll), 9),
    //
    row(Context::ReviewTyping, "enter", Action::Confirm, 9),
    row(Context::ReviewTyping, "tab", Action::Confidence, 7),
    row(Context::ReviewTyping, "backspace", Action::Erase, 0),
    row(Context::ReviewTyping, "ctrl-w", Action::EraseWord, 0),
    row(Context::ReviewTyping, "ctrl-u", Action::Undo, 3),
    row(Context::ReviewTyping, "esc", Action::Back, 5),
    row(Context::ReviewTyping, "ctrl-c", Action::Quit, 0),
    row(Context::ReviewTyping, "ctrl-l", Action::Redraw, 0),
    row(Context::ReviewTyping, "page-down", Action::PageDown, 0),
    row(Context::ReviewTyping, "page-up", Action::PageUp, 0),
    //
    row(Context::ReviewChoosing, "1", Action::Choose(1), 9),
    row(Context::ReviewChoosing, "2", Action::Choose(2), 0),
    row(Context::ReviewChoosing, "3", Action::Choose(3), 0),
    row(Context::ReviewChoosing, "4", Action::Choose(4), 0),
    row(Context::ReviewChoosing, "j down", Action::Down, 6),
    row(Context::ReviewChoosing, "k up", Action::Up, 0),
    row(Context::ReviewChoosing, "enter space", Action::Confirm, 8),
    row(Context::ReviewChoosing, "tab", Action::Confidence, 5),
    row(Context::ReviewChoosing, "u", Action::Undo, 3),
    row(Context::ReviewChoosing, "page-down", Action::PageDown, 0),
    row(Context::ReviewChoosing, "page-up", Action::PageUp, 0),
    //
    row(Context::ReviewOrdering, "j down", Action::Down, 8),
    row(Context::ReviewOrdering, "k up", Action::Up, 0),
    row(Context::ReviewOrdering, "J", Action::MoveDown, 7),
    row(Context::ReviewOrdering, "K", Action::MoveUp, 7),
    row(Context::ReviewOrdering, "enter", Action::Confirm, 9),
    row(Context::ReviewOrdering, "tab", Action::Confidence, 5),
    row(Context::ReviewOrdering, "u", Action::Undo, 3),
    row(Context::ReviewOrdering, "page-down", Action::PageDown, 0),
    row(Context::ReviewOrdering, "page-up", Action::PageUp, 0),
    //
    row(Context::ReviewRevealed, "1", Action::Grade(Grade::Again), 9),
    row(Context::ReviewRevealed, "2", Action::Grade(Grade::Hard), 9),
    row(Context::ReviewRevealed, "3", Action::Grade(Grade::Good), 9),
    row(Context::ReviewRevealed, "4", Action::Grade(Grade::Easy), 9),
    row(Context::ReviewRevealed, "space enter", Action::Confirm, 8),
    row(Context::ReviewRevealed, "u", Action::Undo, 5),
    row(Context::ReviewRevealed, "page-down", Action::PageDown, 0),
    row(Context::ReviewRevealed, "page-up", Action::PageUp, 0),
    row(Context::ReviewRevealed, "j down", Action::Down, 0),
    row(Context::ReviewRevealed, "k up", Action::Up, 0),
    //
    row(Context::ReviewPoints, "x", Action::Tick, 6),
    row(Context::ReviewPoints, "j down", Action::Down, 0),
    row(Context::ReviewPoints, "k up", Action::Up, 0),
    //
    row(Context::ReviewDone, "u", Action::Undo, 8),
    row(Context::ReviewDone, "enter", Action::Confirm, 9),
    row(Context::ReviewDone, "page-down", Action::PageDown, 0),
    row(Context::ReviewDone, "page-up", Action::PageUp, 0),
    row(Context::ReviewDone, "j down", Action::Down, 0),
    row(Context::ReviewDone, "k up", Action::Up, 0),
    //
    row(Context::Help, "j down space", Action::Down, 9),
    row(Context::Help, "k up b", Action::Up, 9),
    row(Context::Help, "? esc q enter", Action::Back, 8),
];

impl Binding {
    /// The chords of this row, the shown one first.
    pub fn chords(&self) -> impl Iterator<Item = Chord> {
        self.keys.split_whitespace().filter_map(|text| text.parse().ok())
    }

    /// What the key does here, where the action's own words are too general.
    #[must_use]
    pub const fn words(&self) -> &'static str {
        match (self.context, self.action) {
            (Context::Predict | Context::LabPredict, Action::Confirm) => "lock it in",
            (Context::LabPredict, Action::TogglePredict) => "stop asking",
            (Context::Lab, Action::Confirm) => "break / heal",
            (Context::Lab, Action::Compare) => "compare",
            (Context::Compare, Action::Compare) => "back to one",
            (Context::Compare, Action::Confirm) => "open one",
            (Context::Compare, Action::Down) => "next pattern",
            (Context::Compare, Action::Up) => "pattern before",
            (Context::Compare, Action::Pattern(_)) => "stand on a pattern",
            (Context::LabWords, Action::TurnWords) => "picture",
            (Context::LabLook, Action::Back) => "close",
            (Context::Companion, Action::NextPane) => "back to the text",
            (
                Context::Reader | Context::ReviewTyping | Context::ReviewChoosing | Context::ReviewOrdering,
                Action::Confirm,
            ) => "show the answer",
            (Context::ReviewRevealed, Action::Confirm) => "grade as marked",
            (Context::ReviewDone, Action::Confirm) => "go on",
            (Context::ReviewTyping, Action::Back) => "stop",
            (Context::Reader, Action::Rerun) => "run the text's mesh again",
            _ => self.action.words(),
        }
    }
}

/// The rows of one context.
pub fn of(context: Context) -> impl Iterator<Item = &'static Binding> {
    BINDINGS.iter().filter(move |binding| binding.context == context)
}

/// What a key means there, looking outward through the parents; in a text, characters are text.
#[must_use]
pub fn lookup(context: Context, chord: Chord) -> Option<Action> {
    let mut place = Some(context);
    while let Some(here) = place {
        if let Some(found) = of(here).find(|binding| binding.chords().any(|bound| bound == chord)) {
            return Some(found.action);
        }
        place = here.parent();
    }
    match (context, chord.typed()) {
        (Context::ReviewTyping, Some(c)) => Some(Action::Type(c)),
        _ => None,
    }
}

/// The key that help and running text show for an action there.
#[must_use]
pub fn key_for(context: Context, action: Action) -> Option<Chord> {
    let mut place = Some(context);
    while let Some(here) = place {
        if let Some(found) = of(here).find(|binding| binding.action == action) {
            return found.chords().next();
        }
        place = here.parent();
    }
    None
}

/// That key as it is shown; empty where there is none.
#[must_use]
pub fn shown(context: Context, action: Action) -> String {
    key_for(context, action).map_or_else(String::new, Chord::shown)
}

/// Key and words for the footer, the most wanted first: this context's, then its parents'.
#[must_use]
pub fn footer(context: Context) -> Vec<(String, &'static str)> {
    let mut rows: Vec<&Binding> = Vec::new();
    let mut place = Some(context);
    while let Some(here) = place {
        for binding in of(here).filter(|binding| binding.footer > 0) {
            let hidden =
                binding.chords().any(|chord| rows.iter().any(|row| row.chords().any(|c| c == chord)));
            if !hidden {
                rows.push(binding);
            }
        }
        place = here.parent();
    }
    rows.sort_by_key(|binding| std::cmp::Reverse(binding.footer));
    let words = |binding: &Binding| match binding.action {
        Action::Break(failure) => failure.short(),
        _ => binding.words(),
    };
    rows.iter().filter_map(|binding| Some((binding.chords().next()?.shown(), words(binding)))).collect()
}

/// The whole table as Markdown, for the README.
#[must_use]
pub fn markdown() -> String {
    let mut text = String::from("| where | keys |\n| --- | --- |\n");
    for context in Context::ALL {
        let keys: Vec<String> = of(context)
            .map(|binding| {
                let chords: Vec<String> = binding.chords().map(|c| format!("`{}`", c.shown())).collect();
                format!("{} {}", chords.join(" "), binding.words())
            })
            .collect();
        text += &["| ", context.title(), " | ", &keys.join(" · "), " |\n"].concat();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_table_reads() {
        for binding in BINDINGS {
            let read = binding.chords().count();
            assert_eq!(read, binding.keys.split_whitespace().count(), "{binding:?}");
        }
    }

    #[test]
    fn no_context_binds_a_key_twice() {
        for context in Context::ALL {
            let mut seen = std::collections::BTreeSet::new();
            for chord in of(context).flat_map(Binding::chords) {
                assert!(seen.insert(chord), "{context:?} binds {chord} twice");
            }
        }
    }

    #[test]
    fn letters_are_text_while_an_answer_is_typed() {
        let typed = |text: &str| lookup(Context::ReviewTyping, text.parse().unwrap());
        assert_eq!(typed("q"), Some(Action::Type('q')));
        assert_eq!(typed("?"), Some(Action::Type('?')));
        assert_eq!(typed("space"), Some(Action::Type(' ')));
        assert_eq!(typed("ctrl-c"), Some(Action::Quit));
    }
}

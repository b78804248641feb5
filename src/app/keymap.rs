//! Keys as data: the only place where a key is spelled. Help, footer and README are printed from here. A user's file
//! may change them: [`Keymap`].

mod bindings;
mod mouse;
mod names;
mod printed;
mod table;

use super::action::Action;
use super::chord::Chord;
pub use bindings::BINDINGS;
pub use mouse::{MOUSE, MOUSE_TITLE};
pub use names::actions;
pub use printed::toml;
pub use table::{Change, Keymap, Refused, rows, with};

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
    /// Questions are offered before a section is read, or what was said to them is compared.
    Pretest,
    /// One of them is answered by typing; plain characters are text.
    PretestTyping,
    /// A mesh runs: what the lab and the comparison share.
    Run,
    Lab,
    /// The lab is shown as text.
    LabWords,
    /// The lab of a text has the keys.
    Companion,
    /// The lab asks before a break.
    LabPredict,
    /// The list of all failures lies over the lab.
    LabFailures,
    /// The patterns side by side.
    Compare,
    /// A sheet over the lab says what a proxy knows, why, or where a request goes; the lab goes on.
    LabLook,
    /// The rule panel is open; the lab goes on.
    LabRule,
    /// A value is typed in it; characters are text.
    LabRuleTyping,
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
    /// Something is to be looked at before the next question.
    ReviewLook,
    /// Nothing is left for now.
    ReviewDone,
    /// The cards that are not asked any more.
    ReviewShelf,
    /// Figures, bills and where they cross.
    Worth,
    /// A figure is typed; plain characters are text.
    WorthTyping,
    /// The audience's window of a talk.
    Audience,
    /// The presenter's.
    Console,
    /// A question is written down in it; plain characters are text.
    ConsoleTyping,
    Stats,
    /// The statistics are shown as text.
    StatsWords,
    /// What each desired retention costs; Enter sets one.
    StatsRetention,
    /// The list of keys is open; plain characters filter it.
    Help,
    /// A command or names of files lie over the screen.
    Told,
    /// The list of commands, or what was found, is open; plain characters are looked for.
    Palette,
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
    pub const ALL: [Self; 37] = [
        Self::Global,
        Self::Go,
        Self::Home,
        Self::Reader,
        Self::Predict,
        Self::Pretest,
        Self::PretestTyping,
        Self::Run,
        Self::Lab,
        Self::LabWords,
        Self::Companion,
        Self::LabPredict,
        Self::LabFailures,
        Self::Compare,
        Self::LabLook,
        Self::LabRule,
        Self::LabRuleTyping,
        Self::Break,
        Self::ReviewTyping,
        Self::ReviewChoosing,
        Self::ReviewOrdering,
        Self::ReviewRevealed,
        Self::ReviewPoints,
        Self::ReviewLook,
        Self::ReviewDone,
        Self::ReviewShelf,
        Self::Worth,
        Self::WorthTyping,
        Self::Audience,
        Self::Console,
        Self::ConsoleTyping,
        Self::Stats,
        Self::StatsWords,
        Self::StatsRetention,
        Self::Help,
        Self::Told,
        Self::Palette,
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
            Self::Pretest => "Before reading",
            Self::PretestTyping => "Before reading: typing an answer",
            Self::Run => "Lab and compare",
            Self::Lab => "Lab",
            Self::LabWords => "Lab: as text",
            Self::Companion => "Lab of a text",
            Self::LabPredict => "Lab: before a break",
            Self::LabFailures => "Lab: all failures",
            Self::Compare => "Compare",
            Self::LabLook => "Lab: looking closer",
            Self::LabRule => "Lab: the rule",
            Self::LabRuleTyping => "Lab: typing a value",
            Self::Break => "After f in the lab",
            Self::ReviewTyping => "Review: typing an answer",
            Self::ReviewChoosing => "Review: choosing",
            Self::ReviewOrdering => "Review: ordering",
            Self::ReviewRevealed => "Review: answer shown",
            Self::ReviewPoints => "Review: points to tick",
            Self::ReviewLook => "Review: to look at",
            Self::ReviewDone => "Review: done",
            Self::ReviewShelf => "Review: suspended cards",
            Self::Worth => "Worth it?",
            Self::WorthTyping => "Worth it? typing",
            Self::Audience => "Talk",
            Self::Console => "Talk: the presenter's console",
            Self::ConsoleTyping => "Talk: writing a question down",
            Self::Stats => "Statistics",
            Self::StatsWords => "Statistics: as text",
            Self::StatsRetention => "Statistics: desired retention",
            Self::Help => "Keys",
            Self::Told => "Copied or saved",
            Self::Palette => "Commands and search",
        }
    }

    /// Where a key goes that this context does not bind.
    #[must_use]
    pub const fn parent(self) -> Option<Self> {
        match self {
            Self::Global
            | Self::Go
            | Self::Break
            | Self::LabRuleTyping
            | Self::ReviewTyping
            | Self::PretestTyping
            | Self::WorthTyping
            | Self::ConsoleTyping
            | Self::Help
            | Self::Palette
            | Self::Told => None,
            Self::Predict => Some(Self::Reader),
            Self::Lab | Self::LabFailures | Self::Compare => Some(Self::Run),
            Self::LabWords | Self::Companion | Self::LabLook | Self::LabRule => Some(Self::Lab),
            Self::ReviewPoints => Some(Self::ReviewRevealed),
            Self::Console => Some(Self::Audience),
            _ => Some(Self::Global),
        }
    }
}

/// A context and its parents, from the innermost outward.
#[must_use]
pub fn chain(context: Context) -> Vec<Context> {
    std::iter::successors(Some(context), |here| here.parent()).collect()
}

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
            (Context::Lab | Context::LabFailures, Action::Confirm) => "break / heal",
            (Context::LabFailures, Action::More) => "value / which",
            (Context::Lab, Action::Compare) => "compare",
            (Context::Compare, Action::Compare) => "back to one",
            (Context::Compare, Action::Confirm) => "open one",
            (Context::Compare, Action::Down) => "next pattern",
            (Context::Compare, Action::Up) => "pattern before",
            (Context::Compare, Action::Pattern(_)) => "stand on a pattern",
            (Context::LabWords | Context::StatsWords, Action::TurnWords) => "picture",
            (Context::Stats, Action::SelectNext) => "next panel",
            (Context::Stats, Action::SelectPrevious) => "panel before",
            (Context::Stats, Action::Choose(_)) => "that panel",
            (Context::Stats, Action::Zoom) => "one panel / all",
            (Context::Stats, Action::Confirm) => "open it / ask the card",
            (Context::StatsRetention, Action::Confirm) => "set it",
            (Context::StatsRetention, Action::Undo) => "take it back",
            (Context::Told, Action::Back) => "close, as does any other key",
            (
                Context::LabLook | Context::LabFailures | Context::LabRule | Context::Help | Context::Palette,
                Action::Back,
            ) => "close",
            (Context::LabRule, Action::Less) => "value before",
            (Context::LabRule, Action::More) => "next value",
            (Context::LabRule, Action::Erase) => "default",
            (Context::LabRule, Action::Confirm) => "type a value",
            (Context::LabRule, Action::SelectNext) => "next group",
            (Context::LabRule, Action::SelectPrevious) => "group before",
            (Context::LabRuleTyping, Action::Confirm) => "set it",
            (Context::LabRuleTyping, Action::Back) => "leave it",
            (Context::Palette, Action::Confirm) => "run",
            (Context::Lab, Action::PageUp) => "log back",
            (Context::Lab, Action::PageDown) => "log on",
            (Context::Companion, Action::NextPane) => "back to the text",
            (
                Context::Reader | Context::ReviewTyping | Context::ReviewChoosing | Context::ReviewOrdering,
                Action::Confirm,
            ) => "show the answer",
            (Context::ReviewRevealed, Action::Confirm) => "grade as marked",
            (Context::ReviewDone, Action::OpenSection) => "read what does not stick",
            (Context::ReviewDone, Action::Choose(_)) => "practice an objective",
            (Context::ReviewDone, Action::Suspend) => "suspended cards",
            (Context::ReviewShelf, Action::Confirm) => "bring it back",
            (Context::ReviewShelf, Action::Back) => "close",
            (Context::Pretest | Context::ReviewLook, Action::Confirm) => "go on",
            // Home where nothing is left to go on with.
            (Context::ReviewDone, Action::Confirm) => "go on / home",
            (Context::PretestTyping, Action::Confirm) => "keep it, go on",
            (Context::PretestTyping, Action::Skip) => "skip the rest",
            (Context::ReviewTyping, Action::Back) => "stop",
            (Context::Worth, Action::Confirm) => "type / open",
            (Context::Worth, Action::Erase) => "default",
            (Context::WorthTyping, Action::Confirm) => "take it",
            (Context::WorthTyping | Context::ConsoleTyping, Action::Back) => "drop it",
            (Context::ConsoleTyping, Action::Confirm) => "keep it",
            (Context::Audience | Context::Console, Action::NextStep) => "next",
            (Context::Audience, Action::PreviousStep) => "back",
            (Context::Audience, Action::Choose(_)) => "count a hand",
            (Context::Audience, Action::Erase) => "take a hand back",
            (Context::Audience, Action::TogglePlay) => "mesh: run / pause",
            (Context::Console, Action::Fire) => "fire",
            (Context::Console, Action::PageDown) => "notes: more",
            (Context::Console, Action::PageUp) => "notes: back",
            (Context::Reader, Action::Rerun) => "run the text's mesh again",
            _ => self.action.words(),
        }
    }
}

/// The rows of one context.
pub fn of(context: Context) -> impl Iterator<Item = &'static Binding> {
    rows().iter().filter(move |binding| binding.context == context)
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
        (
            Context::ReviewTyping
            | Context::PretestTyping
            | Context::LabRuleTyping
            | Context::WorthTyping
            | Context::ConsoleTyping
            | Context::Help
            | Context::Palette,
            Some(c),
        ) => Some(Action::Type(c)),
        // A figure is typed by beginning with it.
        (Context::Worth, Some(c)) if c.is_ascii_digit() => Some(Action::Type(c)),
        (Context::Told, _) => Some(Action::Back),
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

/// Chord and words for the footer, the most wanted first: this context's, then its parents'.
#[must_use]
pub fn footer(context: Context) -> Vec<(Chord, &'static str)> {
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
    rows.iter().filter_map(|binding| Some((binding.chords().next()?, words(binding)))).collect()
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
    let mouse: Vec<String> = MOUSE.iter().map(|(gesture, words)| format!("{gesture}: {words}")).collect();
    text += &["| ", MOUSE_TITLE, " | ", &mouse.join(" · "), " |\n"].concat();
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

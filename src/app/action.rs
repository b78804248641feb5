//! What the user wants, each with the words that help and footer show.

use crate::srs::Grade;

/// One wish. Keys become wishes in [`super::keymap`] and nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Leave the program; everything is saved already.
    Quit,
    /// Close what is on top, or go back one screen.
    Back,
    /// Open or close the list of keys.
    Help,
    /// The next key says where to go.
    GoPrefix,
    GoHome,
    GoLab,
    GoReview,
    GoReader,
    /// What the patterns cost, and when a mesh pays.
    GoWorth,
    /// The talk that one left for a question.
    GoTalk,
    GoStats,
    /// Draw everything anew.
    Redraw,
    /// The list of all commands.
    Palette,
    /// The list of what can be found.
    Search,
    /// Type what the row says.
    Complete,
    /// Have the mouse, or leave it to the terminal.
    ToggleMouse,

    Up,
    Down,
    PageUp,
    PageDown,
    Top,
    Bottom,
    /// Enter: open, lock in, reveal.
    Confirm,
    /// Start the section over.
    Restart,
    NextPane,

    NextSection,
    PreviousSection,
    NextStep,
    PreviousStep,
    /// Turn the outline's sketch into what one would apply, and back.
    FlipSketch,

    /// Pick the option with this number, from 1.
    Choose(u8),
    /// Move the answer on a scale.
    Less,
    More,
    /// How sure: guess, fairly, certain.
    Confidence,
    /// Answer nothing.
    Skip,
    /// Ask for predictions, or stop asking.
    TogglePredict,

    TogglePlay,
    StepBack,
    StepOn,
    Slower,
    Faster,
    ScrubBack,
    ScrubOn,
    PreviousEvent,
    NextEvent,
    ToStart,
    ToEnd,
    Undo,
    Redo,
    /// Run the same again from the start.
    Rerun,
    /// The next key says what to break.
    BreakPrefix,
    Break(Failure),
    /// The list of every failure there is.
    Failures,
    /// Break or heal what is selected.
    BreakSelected,
    /// How long the next failure lasts.
    NextLength,
    /// Set the failure one stands on up without doing it, or take that back.
    Arm,
    /// Do all that is armed, at one instant.
    Fire,
    /// The card that is about a wrong prediction.
    TakeCard,
    /// Breaks go to the other region from now on.
    OtherRegion,
    /// The same users and failures under the pattern of the lesson with this number, from 1.
    Pattern(u8),
    /// The patterns side by side, or back to one.
    Compare,
    /// Leave a pattern out of the comparison, or have it back.
    DropPattern,
    /// Ask the next share of requests to end well.
    NextSlo,
    /// The policy as fields, or back.
    Rule,
    /// The next of some named rules.
    NextPreset,
    /// The numbers on the whole screen, or the picture again.
    Zoom,
    CopyCommand,
    /// Write the run's seconds and events to files.
    Export,
    /// The lab as text, or as a picture again.
    TurnWords,
    /// The next place of the picture is selected.
    SelectNext,
    SelectPrevious,
    /// What the selected place's proxy knows.
    Inspect,
    /// Why the selected place is as it is.
    Explain,
    /// The next request of the selected place, hop by hop.
    Trace,
    /// The same table of another caller, or another request.
    NextCaller,
    PreviousCaller,

    Grade(Grade),
    /// The text that the card is about.
    OpenSection,
    /// Do not ask the card any more; at the end, the list of such cards.
    Suspend,
    /// Not again before tomorrow.
    Bury,
    /// The card is new again.
    Reset,
    /// Practice that touches no schedule.
    Cram,
    /// Had this point in mind, or had not.
    Tick,
    /// The run or the manifest behind the answer.
    SeeIt,
    /// Type a character of an answer.
    Type(char),
    Erase,
    EraseWord,
    /// The talk: what lies beside this beat, and back to where a detour began.
    Aside,
    Return,
    /// The lesson's text under the beat.
    Details,
    /// The audience sees nothing, or everything again.
    Blank,
    /// The audience keeps its picture while the presenter looks elsewhere.
    Hold,
    /// Short text in large letters.
    Large,
    /// The colors for another room.
    NextStage,
    /// The presenter's notes in the audience's window.
    Notes,
    /// The clock: begin, stop for questions, go on.
    Clock,
    ResetClock,
    /// The talk is over.
    EndTalk,
    /// Leave out what the pace proposes to, or take it in again.
    CutAdvice,
    /// The list of all beats and cards.
    Outline,
    /// The mesh as it was when the beat opened.
    Healthy,
    /// The audience's mesh ten seconds back.
    RewindTalk,
    /// Write a question down for later, or cross one out.
    Park,
    Unpark,
    /// What each desired retention costs, and setting it.
    Retention,
    /// Move the chosen item of an ordering.
    MoveUp,
    MoveDown,
}

/// What the lab can break with one key; which pods and regions is the lab's to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Failure {
    /// Half of a region's payment pods answer 503 and stay ready.
    Answer503,
    /// All of them do.
    All503,
    /// 30 of 100 answers are errors.
    Errors,
    /// Every answer is half a second late.
    Slow,
    /// Half of the pods refuse connections.
    Refuse,
    /// Half of the pods fail their readiness probe and still serve.
    NotReady,
    /// The pods crash and restart.
    Crash,
    /// The link between the regions loses everything.
    Cut,
    /// A whole region is gone.
    RegionDown,
    /// Everything is mended.
    HealAll,
}

impl Failure {
    /// All of them, in the order the panel lists them.
    pub const ALL: [Self; 10] = [
        Self::Answer503,
        Self::All503,
        Self::Errors,
        Self::Slow,
        Self::Refuse,
        Self::NotReady,
        Self::Crash,
        Self::Cut,
        Self::RegionDown,
        Self::HealAll,
    ];

    /// Words for panel and help.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Answer503 => "half of payment 503",
            Self::All503 => "all of payment 503",
            Self::Errors => "30 % errors",
            Self::Slow => "slow pods",
            Self::Refuse => "half refuse",
            Self::NotReady => "half not ready",
            Self::Crash => "pods crash",
            Self::Cut => "cut the link",
            Self::RegionDown => "region down",
            Self::HealAll => "heal all",
        }
    }

    /// The same in few columns, for footers and small panels.
    #[must_use]
    pub const fn short(self) -> &'static str {
        match self {
            Self::Answer503 => "half 503",
            Self::All503 => "all 503",
            Self::Errors => "errors",
            Self::Slow => "slow",
            Self::Refuse => "refuse",
            Self::NotReady => "not ready",
            Self::Crash => "crash",
            Self::Cut => "cut link",
            Self::RegionDown => "region",
            Self::HealAll => "heal all",
        }
    }
}

impl Failure {
    /// What the log of predictions calls it; never changes.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answer503 => "half-503",
            Self::All503 => "all-503",
            Self::Errors => "errors",
            Self::Slow => "slow",
            Self::Refuse => "half-refuse",
            Self::NotReady => "half-not-ready",
            Self::Crash => "crash",
            Self::Cut => "cut",
            Self::RegionDown => "region-down",
            Self::HealAll => "heal-all",
        }
    }
}

impl Action {
    /// Words for help and footer.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Quit => "quit",
            Self::Back => "back",
            Self::Help => "keys",
            Self::GoPrefix => "go to",
            Self::GoHome => "home",
            Self::GoLab => "lab",
            Self::GoReview => "review",
            Self::GoReader => "lesson",
            Self::GoWorth => "worth it?",
            Self::GoTalk => "back to the talk",
            Self::GoStats => "statistics",
            Self::Redraw => "draw anew",
            Self::Palette => "commands",
            Self::Search => "search",
            Self::Complete => "complete",
            Self::ToggleMouse => "mouse on / off",
            Self::Up => "up",
            Self::Down => "down",
            Self::PageUp => "page up",
            Self::PageDown => "page down",
            Self::Top => "top",
            Self::Bottom => "bottom",
            Self::Confirm => "open",
            Self::Restart => "from start",
            Self::NextPane => "text / lab",
            Self::NextSection => "next section",
            Self::PreviousSection => "section before",
            Self::NextStep => "next step",
            Self::PreviousStep => "step before",
            Self::FlipSketch => "sketch / real",
            Self::Choose(_) => "choose",
            Self::Less => "less",
            Self::More => "more",
            Self::Confidence => "how sure",
            Self::Skip => "skip",
            Self::TogglePredict => "ask first, or not",
            Self::TogglePlay => "run / pause",
            Self::StepBack => "100 ms back",
            Self::StepOn => "100 ms on",
            Self::Slower => "slower",
            Self::Faster => "faster",
            Self::ScrubBack => "1 s back",
            Self::ScrubOn => "1 s on",
            Self::PreviousEvent => "event before",
            Self::NextEvent => "next event",
            Self::ToStart => "to the start",
            Self::ToEnd => "to the newest",
            Self::Undo => "undo",
            Self::Redo => "redo",
            Self::Rerun => "run again",
            Self::BreakPrefix => "break",
            Self::Break(failure) => failure.words(),
            Self::Failures => "all failures",
            Self::BreakSelected => "break / heal selected",
            Self::NextLength => "how long",
            Self::Arm => "arm / disarm",
            Self::Fire => "fire what is armed",
            Self::TakeCard => "card on a wrong guess",
            Self::OtherRegion => "other region",
            Self::Pattern(1) => "dual clusters",
            Self::Pattern(2) => "federation",
            Self::Pattern(_) => "mesh",
            Self::Compare => "compare all three",
            Self::DropPattern => "drop / bring back",
            Self::NextSlo => "SLO",
            Self::Rule => "rule",
            Self::NextPreset => "named rules",
            Self::Zoom => "zoom numbers",
            Self::CopyCommand => "copy as command",
            Self::Export => "save as files",
            Self::TurnWords => "text / picture",
            Self::SelectNext => "select next",
            Self::SelectPrevious => "select before",
            Self::Inspect => "inspect proxy",
            Self::Explain => "why so?",
            Self::Trace => "trace a request",
            Self::NextCaller => "next caller / request",
            Self::PreviousCaller => "the one before",
            Self::Grade(Grade::Again) => "again",
            Self::Grade(Grade::Hard) => "hard",
            Self::Grade(Grade::Good) => "good",
            Self::Grade(Grade::Easy) => "easy",
            Self::OpenSection => "read its section",
            Self::Suspend => "suspend",
            Self::Bury => "until tomorrow",
            Self::Reset => "new again",
            Self::Cram => "practice all",
            Self::SeeIt => "see it",
            Self::Tick => "had it",
            Self::Type(_) => "type",
            Self::Erase => "erase",
            Self::EraseWord => "erase word",
            Self::Retention => "desired retention",
            Self::MoveUp => "move up",
            Self::MoveDown => "move down",
            of_a_talk => of_a_talk.words_in_talk(),
        }
    }

    /// The same for what only a talk has.
    const fn words_in_talk(self) -> &'static str {
        match self {
            Self::Aside => "beside this",
            Self::Return => "back from a detour",
            Self::Details => "text / beat",
            Self::Blank => "blank",
            Self::Hold => "hold the audience",
            Self::Large => "large letters",
            Self::NextStage => "colors of the room",
            Self::Notes => "notes here",
            Self::Clock => "clock: start / stop",
            Self::ResetClock => "clock to zero",
            Self::EndTalk => "end the talk",
            Self::CutAdvice => "cut as proposed",
            Self::Outline => "outline",
            Self::Healthy => "healthy again",
            Self::RewindTalk => "10 s back",
            Self::Park => "question for later",
            Self::Unpark => "question answered",
            _ => "",
        }
    }
}

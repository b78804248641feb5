//! Meaning to looks: the only place that knows how a mark is drawn; its numbers come from a [`Palette`].
//!
//! Healthy is not green: it is the text color; only trouble and what crosses have one. Shape always says it too.

mod cells;
pub mod room;

use ratatui::style::{Color, Modifier, Style};

pub use cells::Paint;

use crate::course::Role;
pub use crate::palette::Role as Mark;
use crate::palette::{Palette, Stroke};

/// How many colors the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// None at all: `NO_COLOR`, or `TERM=dumb`.
    Mono,
    /// The user's own sixteen.
    Ansi,
    /// The 256 of xterm.
    Indexed,
    /// 24 bits.
    True,
}

/// Which palette: the one that fits the terminal's background, or one that was asked for by name or file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    Dark,
    Light,
    Of(&'static Palette),
}

/// Everything that decides looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    pub depth: Depth,
    pub ground: Ground,
    /// Only ASCII glyphs.
    pub ascii: bool,
}

impl Default for Theme {
    /// The safe one for a first frame: the user's own colors, on whatever ground.
    fn default() -> Self {
        Self { depth: Depth::Ansi, ground: Ground::Dark, ascii: false }
    }
}

impl Theme {
    /// The colors in force.
    #[must_use]
    pub fn palette(self) -> &'static Palette {
        match self.ground {
            Ground::Dark => Palette::dark(),
            Ground::Light => Palette::light(),
            Ground::Of(palette) => palette,
        }
    }

    /// The looks of a mark.
    #[must_use]
    pub fn mark(self, mark: Mark) -> Style {
        let paint = self.palette().paint(mark);
        let color = match self.depth {
            Depth::Mono => None,
            Depth::Ansi => paint.ansi.map(ansi),
            Depth::Indexed => paint.indexed.map(Color::Indexed),
            Depth::True => paint.rgb.map(|(red, green, blue)| Color::Rgb(red, green, blue)),
        };
        let bare: &[Stroke] = if color.is_none() { &paint.bare } else { &[] };
        let strokes = paint.style.iter().chain(bare);
        let style = color.map_or_else(Style::new, |color| Style::new().fg(color));
        strokes.fold(style, |style, stroke| style.add_modifier(modifier(*stroke)))
    }

    /// The looks of a run of lesson text.
    #[must_use]
    pub fn role(self, role: Role) -> Style {
        match role {
            Role::Text | Role::CodePlain => Style::new(),
            Role::Emphasis | Role::Quote => Style::new().add_modifier(Modifier::ITALIC),
            Role::Strong | Role::Subheading => self.mark(Mark::Strong),
            Role::Title => self.mark(Mark::Strong).add_modifier(Modifier::UNDERLINED),
            Role::Heading | Role::Label | Role::Key => self.mark(Mark::Key),
            Role::Code | Role::CodeKey | Role::Figure => self.mark(Mark::Local),
            Role::Link => self.mark(Mark::Local).add_modifier(Modifier::UNDERLINED),
            Role::CodeString | Role::Note | Role::Warning => self.mark(Mark::Crossing),
            Role::CodeNumber => self.mark(Mark::Retry),
            Role::FootnoteMark | Role::Frame | Role::CodeComment | Role::CodePunctuation | Role::Quiet => {
                self.mark(Mark::Quiet)
            }
            Role::Good => self.mark(Mark::Strong),
            Role::Bad => self.mark(Mark::Failure),
            Role::Selected => self.mark(Mark::Selected),
        }
    }

    /// The glyph, or its ASCII stand-in.
    #[must_use]
    pub fn glyph(self, glyph: Glyph) -> &'static str {
        let (drawn, ascii) = glyph.forms();
        if self.ascii { ascii } else { drawn }
    }
}

/// The user's sixteen by number.
const fn ansi(index: u8) -> Color {
    match index {
        0 => Color::Black,
        1 => Color::Red,
        2 => Color::Green,
        3 => Color::Yellow,
        4 => Color::Blue,
        5 => Color::Magenta,
        6 => Color::Cyan,
        7 => Color::Gray,
        8 => Color::DarkGray,
        9 => Color::LightRed,
        10 => Color::LightGreen,
        11 => Color::LightYellow,
        12 => Color::LightBlue,
        13 => Color::LightMagenta,
        14 => Color::LightCyan,
        _ => Color::White,
    }
}

const fn modifier(stroke: Stroke) -> Modifier {
    match stroke {
        Stroke::Bold => Modifier::BOLD,
        Stroke::Dim => Modifier::DIM,
        Stroke::Underlined => Modifier::UNDERLINED,
        Stroke::Reversed => Modifier::REVERSED,
    }
}

/// Every glyph the screens draw beside plain text; each one cell wide, none with an emoji twin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Glyph {
    Ready,
    Erring,
    Ejected,
    NotReady,
    Down,
    Slow,
    Request,
    Crossing,
    Failure,
    Retry,
    Proxy,
    Arrow,
    ArrowLeft,
    Rule,
    HeavyRule,
    Bar,
    HeavyBar,
    Pointer,
    Done,
    Open,
    Event,
    Here,
    Ran,
    Ahead,
    Pause,
    Play,
    Full,
    Empty,
    Ellipsis,
    Shift,
    Dot,
    Cut,
    You,
    Money,
    Control,
    Start,
    End,
}

impl Glyph {
    /// All of them, for the test that measures them.
    pub const ALL: [Self; 37] = [
        Self::Ready,
        Self::Erring,
        Self::Ejected,
        Self::NotReady,
        Self::Down,
        Self::Slow,
        Self::Request,
        Self::Crossing,
        Self::Failure,
        Self::Retry,
        Self::Proxy,
        Self::Arrow,
        Self::ArrowLeft,
        Self::Rule,
        Self::HeavyRule,
        Self::Bar,
        Self::HeavyBar,
        Self::Pointer,
        Self::Done,
        Self::Open,
        Self::Event,
        Self::Here,
        Self::Ran,
        Self::Ahead,
        Self::Pause,
        Self::Play,
        Self::Full,
        Self::Empty,
        Self::Ellipsis,
        Self::Shift,
        Self::Dot,
        Self::Cut,
        Self::You,
        Self::Money,
        Self::Control,
        Self::Start,
        Self::End,
    ];

    const fn forms(self) -> (&'static str, &'static str) {
        match self {
            Self::Ready => ("●", "O"),
            Self::Erring => ("◐", "0"),
            Self::Ejected => ("◌", "e"),
            Self::NotReady => ("○", "o"),
            Self::Down => ("✗", "x"),
            Self::Slow => ("◔", "s"),
            Self::Request => ("•", "."),
            Self::Crossing => ("◆", "*"),
            Self::Failure => ("✕", "X"),
            Self::Retry => ("↻", "r"),
            Self::Proxy => ("□", "&"),
            Self::Arrow => ("►", ">"),
            Self::ArrowLeft => ("◄", "<"),
            Self::Rule => ("─", "-"),
            Self::HeavyRule => ("━", "="),
            Self::Bar => ("│", "|"),
            Self::HeavyBar => ("┃", "#"),
            Self::Pointer => ("►", ">"),
            Self::Done => ("✓", "v"),
            Self::Open => ("○", "o"),
            Self::Event => ("▲", "^"),
            Self::Here => ("●", "O"),
            Self::Ran => ("━", "="),
            Self::Ahead => ("─", "-"),
            Self::Pause => ("‖", "="),
            Self::Play => ("►", ">"),
            Self::Full => ("█", "#"),
            Self::Empty => ("░", "."),
            Self::Ellipsis => ("…", "~"),
            Self::Shift => ("⇄", "<"),
            Self::Dot => ("·", "."),
            Self::Cut => ("╳", "X"),
            Self::You => ("»", "!"),
            Self::Money => ("$", "$"),
            Self::Control => ("◇", "c"),
            Self::Start => ("├", "|"),
            Self::End => ("┤", "|"),
        }
    }
}

/// Eight heights for a sparkline, lowest first, and their ASCII stand-ins.
#[must_use]
pub fn heights(ascii: bool) -> [&'static str; 8] {
    if ascii {
        ["_", ".", ".", ":", ":", "+", "#", "#"]
    } else {
        ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    }
}

/// Five shades for a heat map, none first, and their ASCII stand-ins.
#[must_use]
pub const fn shades(ascii: bool) -> [&'static str; 5] {
    if ascii { [".", "-", "+", "*", "#"] } else { ["·", "░", "▒", "▓", "█"] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn every_glyph_is_one_cell_wide_in_both_forms() {
        for glyph in Glyph::ALL {
            let (drawn, ascii) = glyph.forms();
            assert_eq!(drawn.width(), 1, "{glyph:?}");
            assert!(ascii.len() == 1 && ascii.is_ascii(), "{glyph:?}");
        }
    }

    #[test]
    fn without_color_nothing_has_one() {
        let theme = Theme { depth: Depth::Mono, ..Theme::default() };
        for mark in [Mark::Local, Mark::Crossing, Mark::Failure, Mark::Retry, Mark::Quiet, Mark::Key] {
            let style = theme.mark(mark);
            assert!(style.fg.is_none() && style.bg.is_none(), "{mark:?}");
        }
    }
}

//! Meaning to looks: the only place that knows a color.
//!
//! Roles were chosen for the largest smallest difference under normal, protan, deutan and tritan vision with a
//! contrast of at least 4.5 to 1 (the values for dark and light ground below). Healthy is not green: it is the
//! text color; only trouble and what crosses have one. Shape always says it too.

use ratatui::style::{Color, Modifier, Style};

use crate::course::Role;

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

/// What the terminal's background is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    Dark,
    Light,
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

/// What a mark on the screen means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Text as it is.
    Plain,
    /// May be skipped.
    Quiet,
    /// A request that stays in its region.
    Local,
    /// A request that crosses.
    Crossing,
    /// A failure.
    Failure,
    /// A retry, an ejection: the mesh at work.
    Retry,
    /// Borders, rules.
    Frame,
    /// The border of the pane with the focus.
    Focus,
    /// The row one stands on.
    Selected,
    /// A heading, a name.
    Strong,
    /// A key in a footer.
    Key,
    /// A number that was computed.
    Figure,
}

/// One role on the two grounds and in fewer colors: 24 bits, 256, 16.
struct Tint {
    dark: (Color, u8),
    light: (Color, u8),
    ansi_dark: Color,
    ansi_light: Color,
}

const fn rgb(hex: u32) -> Color {
    Color::Rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

const LOCAL: Tint = Tint {
    dark: (rgb(0x95_BEF1), 111),
    light: (rgb(0x34_7AB9), 67),
    ansi_dark: Color::LightBlue,
    ansi_light: Color::Blue,
};
const CROSSING: Tint = Tint {
    dark: (rgb(0xEE_E24D), 221),
    light: (rgb(0x88_6810), 94),
    ansi_dark: Color::Yellow,
    ansi_light: Color::Yellow,
};
const FAILURE: Tint = Tint {
    dark: (rgb(0xDC_5145), 167),
    light: (rgb(0x65_0705), 52),
    ansi_dark: Color::Red,
    ansi_light: Color::Red,
};
const RETRY: Tint = Tint {
    dark: (rgb(0xC3_3DE5), 171),
    light: (rgb(0x69_0F7C), 54),
    ansi_dark: Color::Magenta,
    ansi_light: Color::Magenta,
};
const QUIET: Tint = Tint {
    dark: (rgb(0x8A_94A0), 245),
    light: (rgb(0x5A_646E), 241),
    ansi_dark: Color::Reset,
    ansi_light: Color::Reset,
};

impl Theme {
    fn tint(self, tint: &Tint) -> Style {
        let (of_true, of_index) = match self.ground {
            Ground::Dark => tint.dark,
            Ground::Light => tint.light,
        };
        let color = match (self.depth, self.ground) {
            (Depth::Mono, _) => return Style::new(),
            (Depth::True, _) => of_true,
            (Depth::Indexed, _) => Color::Indexed(of_index),
            (Depth::Ansi, Ground::Dark) => tint.ansi_dark,
            (Depth::Ansi, Ground::Light) => tint.ansi_light,
        };
        Style::new().fg(color)
    }

    /// Text that may be skipped. Where there are few colors it is dim; dim and gray together would vanish.
    fn quiet(self) -> Style {
        match self.depth {
            Depth::Mono | Depth::Ansi => Style::new().add_modifier(Modifier::DIM),
            Depth::Indexed | Depth::True => self.tint(&QUIET),
        }
    }

    /// The looks of a mark.
    #[must_use]
    pub fn mark(self, mark: Mark) -> Style {
        let bold = Modifier::BOLD;
        match mark {
            Mark::Plain => Style::new(),
            Mark::Quiet | Mark::Frame => self.quiet(),
            Mark::Local | Mark::Figure => self.tint(&LOCAL),
            Mark::Crossing => self.tint(&CROSSING),
            Mark::Failure => self.tint(&FAILURE).add_modifier(bold),
            Mark::Retry => self.tint(&RETRY),
            Mark::Focus | Mark::Strong => Style::new().add_modifier(bold),
            Mark::Selected => Style::new().add_modifier(Modifier::REVERSED),
            Mark::Key => self.tint(&LOCAL).add_modifier(bold),
        }
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
                self.quiet()
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
            Self::Proxy => ("□", "%"),
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

//! Which theme to start with, from what the environment says; no question to the terminal.

use std::env;

use crate::ui::theme::{Depth, Ground, Theme};

/// Whether to use color.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colors {
    /// As many as the terminal says that it has, none if `NO_COLOR` is set.
    #[default]
    AsTheTerminalSays,
    /// Whatever `NO_COLOR` says, and at least sixteen.
    Always,
    Never,
}

/// What the command line asks for; `None` leaves it to the environment.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wish {
    pub ground: Option<Ground>,
    pub colors: Colors,
    pub ascii: bool,
}

/// What decided the theme, each fit to follow a colon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reasons {
    pub depth: &'static str,
    pub ground: &'static str,
    pub glyphs: &'static str,
}

/// Why it is so that was asked for.
const WISH: &str = "the command line or config.toml says so";

/// The theme of the first frame, and whether the terminal may be asked for more.
#[must_use]
pub fn first(wish: Wish) -> (Theme, bool) {
    let (theme, may_ask, _) = told(wish);
    (theme, may_ask)
}

/// As [`first`], with what decided.
#[must_use]
pub fn told(wish: Wish) -> (Theme, bool, Reasons) {
    decide(wish, &|name| env::var(name).ok().filter(|value| !value.is_empty()))
}

fn decide(wish: Wish, of: &dyn Fn(&str) -> Option<String>) -> (Theme, bool, Reasons) {
    let term = of("TERM").unwrap_or_default();
    let from_colors = of("COLORFGBG").and_then(|value| ground_of_colorfgbg(&value));
    let (depth, why_depth) = depth(wish.colors, &term, of);
    let (utf8, why_utf8) = is_utf8(of);
    let is_plain = matches!(term.as_str(), "dumb" | "linux");
    let theme = Theme {
        depth,
        ground: wish.ground.or(from_colors).unwrap_or(Ground::Dark),
        ascii: wish.ascii || is_plain || !utf8,
    };
    let reasons = Reasons {
        depth: why_depth,
        ground: match (wish.ground, from_colors) {
            (Some(_), _) => WISH,
            (None, Some(_)) => "COLORFGBG says so",
            (None, None) => "nothing in the environment says so; it is taken for dark",
        },
        glyphs: match (wish.ascii, is_plain) {
            (true, _) => WISH,
            (false, true) => "TERM is a terminal of few glyphs",
            (false, false) => why_utf8,
        },
    };
    let may_ask = wish.ground.is_none()
        && of("COLORFGBG").is_none()
        && of("TMUX").is_none()
        && !matches!(term.as_str(), "" | "dumb" | "linux");
    (theme, may_ask, reasons)
}

fn depth(colors: Colors, term: &str, of: &dyn Fn(&str) -> Option<String>) -> (Depth, &'static str) {
    let asks = colors == Colors::AsTheTerminalSays;
    if colors == Colors::Never {
        (Depth::Mono, WISH)
    } else if asks && of("NO_COLOR").is_some() {
        (Depth::Mono, "NO_COLOR is set")
    } else if asks && matches!(term, "dumb" | "vt100" | "vt220") {
        (Depth::Mono, "TERM is a terminal without color")
    } else if of("COLORTERM").is_some_and(|value| value == "truecolor" || value == "24bit") {
        (Depth::True, "COLORTERM says so")
    } else if term.ends_with("-direct") {
        (Depth::True, "TERM says so")
    } else if term.contains("256color") {
        (Depth::Indexed, "TERM says so")
    } else {
        (Depth::Ansi, "neither COLORTERM nor TERM says more")
    }
}

/// `15;0` is light on dark; the last number is the background, and 7 and 9 to 15 are light.
fn ground_of_colorfgbg(value: &str) -> Option<Ground> {
    let background: u8 = value.rsplit(';').next()?.parse().ok()?;
    Some(if background == 7 || background > 8 { Ground::Light } else { Ground::Dark })
}

/// The first of the three locale variables that is set decides; where none is (many containers), the terminal
/// is taken for a modern one, and the width that it reports for `●` has the last word.
fn is_utf8(of: &dyn Fn(&str) -> Option<String>) -> (bool, &'static str) {
    let is_utf8 = |locale: &str| locale.to_ascii_uppercase().replace('-', "").contains("UTF8");
    match ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(of) {
        None => (true, "no locale is set; it is taken for UTF-8"),
        Some(locale) if is_utf8(&locale) => (true, "the locale is UTF-8"),
        Some(_) => (false, "the locale is not UTF-8"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(pairs: &[(&str, &str)]) -> (Theme, bool) {
        let of =
            |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        let (theme, may_ask, _) = decide(Wish::default(), &of);
        (theme, may_ask)
    }

    #[test]
    fn the_depth_follows_what_the_terminal_says_and_what_was_asked() {
        let depth_of = |colors, pairs: &[(&str, &str)]| {
            let of =
                |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
            decide(Wish { colors, ..Wish::default() }, &of).0.depth
        };
        let auto = Colors::AsTheTerminalSays;
        for (pairs, depth) in [
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")][..], Depth::True),
            (&[("TERM", "xterm-direct")], Depth::True),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "yes")], Depth::Indexed),
            (&[("TERM", "xterm")], Depth::Ansi),
            (&[("TERM", "vt100")], Depth::Mono),
            (&[("TERM", "xterm"), ("NO_COLOR", "1")], Depth::Mono),
        ] {
            assert_eq!(depth_of(auto, pairs), depth, "{pairs:?}");
        }
        assert_eq!(depth_of(Colors::Always, &[("TERM", "xterm"), ("NO_COLOR", "1")]), Depth::Ansi);
        assert_eq!(depth_of(Colors::Never, &[("COLORTERM", "truecolor")]), Depth::Mono);
    }

    #[test]
    fn the_first_locale_variable_that_is_set_decides() {
        let ascii = |pairs: &[(&str, &str)]| looks(pairs).0.ascii;
        assert!(ascii(&[("LC_ALL", "C"), ("LC_CTYPE", "de_DE.UTF-8"), ("LANG", "de_DE.UTF-8")]));
        assert!(!ascii(&[("LC_CTYPE", "de_DE.utf8"), ("LANG", "C")]));
        assert!(ascii(&[("LANG", "de_DE.ISO-8859-1")]));
        assert!(!ascii(&[]));
    }

    #[test]
    fn the_environment_decides_the_first_frame() {
        let (theme, ask) = looks(&[("TERM", "xterm-256color"), ("LANG", "en_US.UTF-8")]);
        assert_eq!((theme.depth, theme.ascii, ask), (Depth::Indexed, false, true));
        let (theme, ask) = looks(&[("TERM", "xterm"), ("COLORFGBG", "0;15"), ("LC_ALL", "C")]);
        assert_eq!((theme.ground, theme.ascii, ask), (Ground::Light, true, false));
        let (theme, _) = looks(&[("TERM", "xterm-256color"), ("NO_COLOR", "1")]);
        assert_eq!(theme.depth, Depth::Mono);
        assert!(!looks(&[("TERM", "screen"), ("TMUX", "/tmp/x")]).1);
    }
}

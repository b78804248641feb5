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

/// The theme of the first frame, and whether the terminal may be asked for more.
#[must_use]
pub fn first(wish: Wish) -> (Theme, bool) {
    let of = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    decide(wish, &of)
}

fn decide(wish: Wish, of: &dyn Fn(&str) -> Option<String>) -> (Theme, bool) {
    let term = of("TERM").unwrap_or_default();
    let from_colors = of("COLORFGBG").and_then(|value| ground_of_colorfgbg(&value));
    let theme = Theme {
        depth: depth(wish.colors, &term, of),
        ground: wish.ground.or(from_colors).unwrap_or(Ground::Dark),
        ascii: wish.ascii || matches!(term.as_str(), "dumb" | "linux") || !is_utf8(of),
    };
    let may_ask = wish.ground.is_none()
        && of("COLORFGBG").is_none()
        && of("TMUX").is_none()
        && !matches!(term.as_str(), "" | "dumb" | "linux");
    (theme, may_ask)
}

fn depth(colors: Colors, term: &str, of: &dyn Fn(&str) -> Option<String>) -> Depth {
    let none = of("NO_COLOR").is_some() || matches!(term, "dumb" | "vt100" | "vt220");
    if colors == Colors::Never || (none && colors == Colors::AsTheTerminalSays) {
        Depth::Mono
    } else if of("COLORTERM").is_some_and(|value| value == "truecolor" || value == "24bit")
        || term.ends_with("-direct")
    {
        Depth::True
    } else if term.contains("256color") {
        Depth::Indexed
    } else {
        Depth::Ansi
    }
}

/// `15;0` is light on dark; the last number is the background, and 7 and 9 to 15 are light.
fn ground_of_colorfgbg(value: &str) -> Option<Ground> {
    let background: u8 = value.rsplit(';').next()?.parse().ok()?;
    Some(if background == 7 || background > 8 { Ground::Light } else { Ground::Dark })
}

/// The first of the three locale variables that is set decides; where none is (many containers), the terminal
/// is taken for a modern one, and the width that it reports for `●` has the last word.
fn is_utf8(of: &dyn Fn(&str) -> Option<String>) -> bool {
    ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(of)
        .is_none_or(|locale| locale.to_ascii_uppercase().replace('-', "").contains("UTF8"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(pairs: &[(&str, &str)]) -> (Theme, bool) {
        let of =
            |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned());
        decide(Wish::default(), &of)
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

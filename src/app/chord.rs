//! Keys as values that read and print as text: `j`, `ctrl-d`, `space`, `page-down`.

use std::fmt;
use std::str::FromStr;

/// A key with the modifiers that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chord {
    pub key: Key,
    pub ctrl: bool,
}

/// A key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    Char(char),
    Space,
    Enter,
    Escape,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
}

/// Names of the keys that are not characters, and how the help shows them.
const NAMES: [(Key, &str, &str); 15] = [
    (Key::Space, "space", "Space"),
    (Key::Enter, "enter", "Enter"),
    (Key::Escape, "esc", "Esc"),
    (Key::Tab, "tab", "Tab"),
    (Key::BackTab, "back-tab", "S-Tab"),
    (Key::Backspace, "backspace", "Backspace"),
    (Key::Delete, "delete", "Del"),
    (Key::Up, "up", "↑"),
    (Key::Down, "down", "↓"),
    (Key::Left, "left", "←"),
    (Key::Right, "right", "→"),
    (Key::PageUp, "page-up", "PgUp"),
    (Key::PageDown, "page-down", "PgDn"),
    (Key::Home, "home", "Home"),
    (Key::End, "end", "End"),
];

impl Chord {
    #[must_use]
    pub const fn plain(key: Key) -> Self {
        Self { key, ctrl: false }
    }

    /// The key that types a character.
    #[must_use]
    pub const fn of(c: char) -> Self {
        Self::plain(if c == ' ' { Key::Space } else { Key::Char(c) })
    }

    /// The character it types into a text, if it types one.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self.key {
            Key::Char(c) if !self.ctrl => Some(c),
            Key::Space if !self.ctrl => Some(' '),
            _ => None,
        }
    }

    /// As help and footer show it: `^D`, `Space`, `j`.
    #[must_use]
    pub fn shown(self) -> String {
        let key = match self.key {
            Key::Char(c) if self.ctrl => c.to_ascii_uppercase().to_string(),
            Key::Char(c) => c.to_string(),
            other => NAMES
                .iter()
                .find(|(key, ..)| *key == other)
                .map_or_else(String::new, |(_, _, shown)| (*shown).to_owned()),
        };
        if self.ctrl { format!("^{key}") } else { key }
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("ctrl-")?;
        }
        match self.key {
            Key::Char(c) => write!(f, "{c}"),
            other => {
                let name = NAMES.iter().find(|(key, ..)| *key == other).map_or("", |(_, name, _)| name);
                f.write_str(name)
            }
        }
    }
}

/// Why a chord could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is no key; write a character, or a name such as space, enter, ctrl-d, page-down")]
pub struct ChordError(pub String);

impl FromStr for Chord {
    type Err = ChordError;

    fn from_str(text: &str) -> Result<Self, ChordError> {
        let (ctrl, name) = match text.strip_prefix("ctrl-") {
            Some(rest) if !rest.is_empty() => (true, rest),
            _ => (false, text),
        };
        let named = NAMES.iter().find(|(_, known, _)| *known == name).map(|(key, ..)| *key);
        let mut chars = name.chars();
        let key = match (named, chars.next(), chars.next()) {
            (Some(key), ..) => key,
            (None, Some(' '), None) => Key::Space,
            (None, Some(c), None) => Key::Char(c),
            _ => return Err(ChordError(text.to_owned())),
        };
        Ok(Self { key, ctrl })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chords_read_as_they_print() {
        for text in ["j", "G", "ctrl-d", "space", "enter", "page-down", "?", "-", "ctrl-r", "back-tab"] {
            assert_eq!(text.parse::<Chord>().unwrap().to_string(), text);
        }
        assert!("hyper-x".parse::<Chord>().is_err());
        assert!("".parse::<Chord>().is_err());
    }
}

//! What the user has settled in `config.toml`, and themes of their own. Everything in it can also be left out.
//!
//! A file with anything wrong in it is refused as a whole, with file, line, column and what would be right: settings
//! that are half taken are harder to understand than none.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use toml::Spanned;

use super::StoreFault;
use super::paths::config_folder;
use crate::app::keymap::{self, Change, Context, Keymap};
use crate::app::manner::Motion;
use crate::course::Diagnostic;
use crate::course::near::nearest;
use crate::course::toml_text::Origin;
use crate::palette::{self, Palette};

const FILE: &str = "config.toml";
/// A table of keys has 16 KB; this keeps a wrong file from filling the memory.
const BYTES_MAX: u64 = 1 << 20;

/// When to use color.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Color {
    Auto,
    Always,
    Never,
}

/// What is settled; `None` leaves it to options, environment and terminal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Config {
    pub theme: Option<&'static Palette>,
    pub motion: Option<Motion>,
    pub ascii: Option<bool>,
    pub color: Option<Color>,
    pub keys: Keymap,
}

/// Why there are no settings.
#[derive(Debug, thiserror::Error)]
pub enum ConfigFault {
    #[error(transparent)]
    Unreadable(#[from] StoreFault),
    #[error("{0}")]
    Wrong(Diagnostic),
    #[error("there is no theme '{name}'; it can be {known}, or a file that ends in .toml{near}")]
    NoTheme { name: String, known: String, near: String },
}

type Keys = BTreeMap<Spanned<String>, BTreeMap<Spanned<String>, Spanned<String>>>;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    theme: Option<Spanned<String>>,
    motion: Option<Motion>,
    ascii: Option<bool>,
    color: Option<Color>,
    #[serde(default)]
    keys: Keys,
}

impl Config {
    /// Reads the user's file; without one, or without a folder for it, nothing is settled.
    pub fn load(variable: impl Fn(&str) -> Option<OsString>) -> Result<Self, ConfigFault> {
        let Some(folder) = config_folder(variable) else { return Ok(Self::default()) };
        let path = folder.join(FILE);
        match read(&path) {
            Ok(text) => Self::parse(&path, &text),
            // Where the folder is none there are no settings; who keeps something there says that it is none.
            Err(fault)
                if matches!(fault.cause.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
            {
                Ok(Self::default())
            }
            Err(fault) => Err(fault.into()),
        }
    }

    /// The text of such a file; the path is for messages, and themes are looked for beside it.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigFault> {
        let name = path.display().to_string();
        let origin = Origin::file(&name, text);
        let raw: Raw = origin.read().map_err(ConfigFault::Wrong)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let theme = raw.theme.as_ref().map(|wanted| {
            theme(wanted.get_ref(), folder).map_err(|fault| match fault {
                // A theme file says itself where it is wrong; a name that is none is wrong here.
                ConfigFault::NoTheme { .. } => {
                    ConfigFault::Wrong(origin.error(&wanted.span(), fault.to_string(), ""))
                }
                other => other,
            })
        });
        let keys = changes(&origin, &raw.keys).map_err(ConfigFault::Wrong)?;
        Ok(Self { theme: theme.transpose()?, motion: raw.motion, ascii: raw.ascii, color: raw.color, keys })
    }
}

/// A theme by name, or from a file if it ends in `.toml`; one that is not absolute is looked for in `folder`.
///
/// It lives as long as the program does, so this is for its start.
pub fn theme(name: &str, folder: &Path) -> Result<&'static Palette, ConfigFault> {
    if let Some(shipped) = Palette::shipped(name) {
        return Ok(shipped);
    }
    if Path::new(name).extension().is_none_or(|extension| extension != "toml") {
        let known: Vec<&str> = Palette::names().collect();
        let near = nearest(name, known.iter().copied());
        let near = near.map_or_else(String::new, |near| format!("; did you mean '{near}'?"));
        return Err(ConfigFault::NoTheme { name: name.to_owned(), known: known.join(", "), near });
    }
    let path: PathBuf = folder.join(name);
    let text = read(&path)?;
    let palette = palette::read(&path.display().to_string(), &text).map_err(ConfigFault::Wrong)?;
    Ok(Box::leak(Box::new(palette)))
}

fn read(path: &Path) -> Result<String, StoreFault> {
    let text = || {
        let size = std::fs::metadata(path)?.len();
        if size > BYTES_MAX {
            return Err(io::Error::other("it is larger than a megabyte"));
        }
        std::fs::read_to_string(path)
    };
    text().map_err(StoreFault::at("read", path))
}

/// The shipped keys with what the file changes.
fn changes(origin: &Origin<'_>, keys: &Keys) -> Result<Keymap, Diagnostic> {
    let mut changes = Vec::new();
    let mut spans = Vec::new();
    for (table, lines) in keys {
        let Some(context) = Context::named(table.get_ref()) else {
            let names = Context::ALL.map(Context::name);
            let what = format!("there is no [keys.{}]", table.get_ref());
            return Err(origin.error(&table.span(), what, meant(table.get_ref(), &names, "it can be")));
        };
        for (name, chords) in lines {
            let actions = keymap::actions(context);
            let Some(&action) = actions.iter().find(|action| action.name() == *name.get_ref()) else {
                return Err(no_action(origin, context, name));
            };
            spans.push(chords.span());
            changes.push(Change { context, action, keys: chords.get_ref().clone() });
        }
    }
    Keymap::changed(&changes).map_err(|refused| {
        let span = spans.get(refused.change).cloned().unwrap_or(0..0);
        origin.error(&span, refused.why, "")
    })
}

/// The action stands in another table, or is spelled otherwise, or is none.
fn no_action(origin: &Origin<'_>, context: Context, name: &Spanned<String>) -> Diagnostic {
    let word = name.get_ref();
    let what = format!("[keys.{}] has no action '{word}'", context.name());
    let has = |context: &Context| keymap::actions(*context).iter().any(|action| action.name() == *word);
    let elsewhere = Context::ALL.iter().find(|context| has(context));
    let help = elsewhere.map_or_else(
        || {
            let names: Vec<String> = keymap::actions(context).iter().map(|action| action.name()).collect();
            meant(word, &names, "its actions are")
        },
        |other| format!("it is in [keys.{}]", other.name()),
    );
    origin.error(&name.span(), what, help)
}

fn meant(word: &str, known: &[String], list: &str) -> String {
    match nearest(word, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean '{near}'?"),
        None => format!("{list} {}", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::Action;

    fn parsed(text: &str) -> Result<Config, String> {
        Config::parse(Path::new("/c/config.toml"), text).map_err(|fault| fault.to_string())
    }

    #[test]
    fn all_of_it_reads() {
        let text = "theme = \"light\"\nmotion = \"reduced\"\nascii = true\ncolor = \"never\"\n\
                    [keys.run]\ntoggle-play = \"Z\"\n";
        let config = parsed(text).unwrap();
        assert_eq!(config.theme, Some(Palette::light()));
        assert_eq!((config.motion, config.ascii), (Some(Motion::Reduced), Some(true)));
        assert_eq!(config.color, Some(Color::Never));
        keymap::with(config.keys, || {
            assert_eq!(keymap::shown(Context::Lab, Action::TogglePlay), "Z");
        });
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place_and_what_would_be_right() {
        for (text, said) in [
            ("themes = \"dark\"", "1:1: error: unknown key 'themes' (did you mean 'theme'?)"),
            ("motion = \"ful\"", "1:10: error: unknown value 'ful' (did you mean 'full'?)"),
            ("\n[keys.labb]\n", "2:7: error: there is no [keys.labb] (did you mean 'lab'?)"),
            (
                "[keys.lab]\ninspct = \"x\"",
                "2:1: error: [keys.lab] has no action 'inspct' (did you mean 'inspect'?)",
            ),
            (
                "[keys.lab]\ntoggle-play = \"x\"",
                "2:1: error: [keys.lab] has no action 'toggle-play' (it is in [keys.run])",
            ),
            ("[keys.lab]\ninspect = \"f13\"", "2:11: error: 'f13' is no key"),
            ("[keys.lab]\ninspect = \"t\"", "2:11: error: the key t is both 'inspect'"),
        ] {
            let wrong = parsed(text).unwrap_err();
            assert!(wrong.starts_with(&format!("/c/config.toml:{said}")), "{wrong}");
        }
        let theme = parsed("theme = \"darc\"").unwrap_err();
        assert!(theme.contains("1:9") && theme.ends_with("did you mean 'dark'?"), "{theme}");
        assert!(parsed("theme = \"my.toml\"").unwrap_err().starts_with("could not read /c/my.toml"));
    }

    #[test]
    fn the_printed_table_is_a_file_that_changes_nothing() {
        let keys = parsed(&keymap::toml()).unwrap().keys;
        let lines = |rows: &[keymap::Binding]| rows.iter().map(|row| format!("{row:?}")).collect::<Vec<_>>();
        assert_eq!(lines(keys.rows()), lines(keymap::BINDINGS));
    }
}

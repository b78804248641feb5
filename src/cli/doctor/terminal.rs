//! The terminal: what was found out, and from what.

use serde::Serialize;

use crate::cli::args::Cli;

/// What is known; all but `term` is missing in a build without screens.
#[derive(Serialize)]
pub(super) struct Terminal {
    /// The variable `TERM`.
    term: Option<String>,
    /// Columns and rows; none where output or input is no terminal.
    size: Option<(u16, u16)>,
    color: Option<Known>,
    ground: Option<Known>,
    glyphs: Option<Known>,
    /// Cells that `●` takes, as the terminal said; none where it was not asked or did not answer.
    ambiguous_width: Option<&'static str>,
    /// Whether it takes text for the clipboard.
    osc52: Option<&'static str>,
}

/// A fact and where it comes from.
#[derive(Serialize)]
struct Known {
    is: &'static str,
    why: &'static str,
}

#[cfg(feature = "tui")]
pub(super) fn look(cli: &Cli) -> Terminal {
    use crate::cli::settings;
    use crate::shell::probe;
    use crate::ui::theme::Depth;

    // What is wrong with config.toml is among what was found.
    let config = settings::config().unwrap_or_default();
    let seen = probe::terminal(settings::wish(cli, &config).unwrap_or_default());
    let color = match seen.theme.depth {
        Depth::Mono => "none",
        Depth::Ansi => "16 colors",
        Depth::Indexed => "256 colors",
        Depth::True => "24 bits",
    };
    let answered = seen.answers.as_ref().filter(|answers| answers.answered);
    Terminal {
        term: term(),
        size: seen.size,
        color: Some(Known { is: color, why: seen.reasons.depth }),
        ground: Some(Known { is: seen.ground(), why: seen.reasons.ground }),
        glyphs: Some(Known {
            is: if seen.theme.ascii { "ASCII" } else { "UTF-8" },
            why: seen.reasons.glyphs,
        }),
        ambiguous_width: answered.map(|answers| if answers.odd_glyphs { "2" } else { "1" }),
        osc52: answered.map(|answers| if answers.clipboard { "said" } else { "not said" }),
    }
}

#[cfg(not(feature = "tui"))]
pub(super) fn look(_cli: &Cli) -> Terminal {
    Terminal {
        term: term(),
        size: None,
        color: None,
        ground: None,
        glyphs: None,
        ambiguous_width: None,
        osc52: None,
    }
}

fn term() -> Option<String> {
    std::env::var("TERM").ok().filter(|term| !term.is_empty())
}

impl Terminal {
    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        let size = self.size.map_or_else(
            || "not asked: input or output is no terminal".to_owned(),
            |(columns, rows)| format!("{columns}x{rows}"),
        );
        let mut facts =
            vec![("kind", self.term.clone().unwrap_or_else(|| "TERM is not set".to_owned())), ("size", size)];
        for (name, known) in [("color", &self.color), ("ground", &self.ground), ("glyphs", &self.glyphs)] {
            facts.extend(known.iter().map(|known| (name, format!("{}: {}", known.is, known.why))));
        }
        if self.ambiguous_width.is_none() {
            let unknown = "not known: the terminal was not asked, or did not answer";
            facts.extend([("width of ●", unknown.to_owned()), ("clipboard", unknown.to_owned())]);
        }
        facts.extend(
            self.ambiguous_width.map(|cells| ("width of ●", format!("{cells}, as the terminal says"))),
        );
        facts.extend(self.osc52.map(|said| {
            let words = match said {
                "said" => "the terminal says that it takes OSC 52",
                _ => "the terminal does not say that it takes OSC 52; many do without saying so",
            };
            ("clipboard", words.to_owned())
        }));
        facts
    }
}

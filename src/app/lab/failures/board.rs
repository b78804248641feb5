//! What the lab shows of failures: plain words, without the simulator.

use super::deed::spaced;
use super::kit::Kit;
use super::list::{Ground, Row};
use crate::app::action::Failure;
use crate::app::lab::breaks::Spot;
use crate::mesh_view::Nanos;
use crate::sim::{Holding, SimSpan, SimTime};

/// All of it.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// What holds at the moment on show, the oldest first.
    pub held: Vec<Held>,
    /// What is set up and not done.
    pub armed: Vec<Armed>,
    /// How long the next failure lasts; `None` until it is healed.
    pub lasts: Option<String>,
    /// The list, while it is open.
    pub list: Option<Listed>,
}

/// A failure that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// `TARGET EFFECT`.
    pub words: String,
    /// How long it still holds by itself.
    pub left: Option<Nanos>,
    /// The row of the panel that it is.
    pub row: Option<Failure>,
}

/// A failure that is armed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Armed {
    /// `TARGET EFFECT [for SPAN]`.
    pub words: String,
    pub row: Option<Failure>,
}

/// The list of all failures.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    pub rows: Vec<ListedRow>,
    /// The row one stands on.
    pub row: usize,
    /// What that one does; empty for a target.
    pub does: String,
    /// How one sees it in a real cluster.
    pub seen: String,
    /// The words that do it.
    pub words: String,
}

/// A row of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListedRow {
    /// The target, or the effect.
    pub words: String,
    /// It names a target: `a zone`, and which of how many; empty for an effect.
    pub heading: String,
    /// There are other values, or other targets.
    pub turns: bool,
    /// It holds: for how long still, if not until it is healed.
    pub holds: Option<Option<Nanos>>,
    pub armed: bool,
}

impl Board {
    /// What is shown of a row of the panel: whether it holds and for how long, and whether it is armed.
    #[must_use]
    pub fn of(&self, failure: Failure) -> (Option<Option<Nanos>>, bool) {
        let held = self.held.iter().find(|held| held.row == Some(failure));
        (held.map(|held| held.left), self.armed.iter().any(|armed| armed.row == Some(failure)))
    }

    /// What holds or is armed and has no row of the panel: the words, whether it is armed, and what is left of it.
    pub fn others(&self) -> impl Iterator<Item = (&str, bool, Option<Nanos>)> {
        let held = self.held.iter().filter(|held| held.row.is_none());
        let armed = self.armed.iter().filter(|armed| armed.row.is_none());
        held.map(|held| (held.words.as_str(), false, held.left))
            .chain(armed.map(|armed| (armed.words.as_str(), true, None)))
    }
}

/// Puts it together.
#[must_use]
pub fn board(kit: &Kit, spot: &Spot, held: &[Holding], now: SimTime, ground: Ground<'_>) -> Board {
    let row_of = |words: &str| Failure::ALL.into_iter().find(|failure| spot.is(*failure, words));
    let left = |holding: &Holding| holding.until.map(|until| until.since(now).nanos());
    let shown = |holding: &Holding| {
        let words = holding.words();
        Held { left: left(holding), row: row_of(&words), words }
    };
    let armed = kit.armed.iter().map(|armed| {
        let plain = format!("{} {}", armed.done.target(), armed.done.effect());
        Armed { words: armed.words(), row: row_of(&plain) }
    });
    Board {
        held: held.iter().map(shown).collect(),
        armed: armed.collect(),
        lasts: kit.lasts().and_then(|span| span.parse::<SimSpan>().ok()).map(spaced),
        list: kit.list.is_open.then(|| listed(kit, held, now, ground)),
    }
}

fn listed(kit: &Kit, held: &[Holding], now: SimTime, ground: Ground<'_>) -> Listed {
    let rows = kit.list.rows(ground);
    let row = kit.list.row(rows.len());
    let stands = rows.get(row);
    let failure = stands.and_then(|row| row.failure(ground.scenario));
    let text = stands.and_then(|row| row.effect.as_ref()).map(|effect| effect.text);
    let words = failure.map(|failure| failure.lasting(kit.lasts(), ground.scenario).words());
    Listed {
        does: text.map_or_else(String::new, |text| text.does.to_owned()),
        // The signs around commands are for the page of the documentation.
        seen: text.map_or_else(String::new, |text| text.seen.replace('`', "")),
        words: words.unwrap_or_default(),
        rows: rows.iter().map(|row| listed_row(row, kit, held, now, ground)).collect(),
        row,
    }
}

fn listed_row(row: &Row, kit: &Kit, held: &[Holding], now: SimTime, ground: Ground<'_>) -> ListedRow {
    let Some(effect) = &row.effect else {
        let which = if row.of > 1 { format!(", {} of {}", row.number + 1, row.of) } else { String::new() };
        return ListedRow {
            words: row.target.clone(),
            heading: format!("{}{which}", row.kind.title()),
            turns: row.of > 1,
            ..ListedRow::default()
        };
    };
    let failure = row.failure(ground.scenario);
    let holding = failure.as_ref().and_then(|failure| held.iter().find(|held| held.is_of(&failure.done)));
    ListedRow {
        words: effect.word.clone(),
        heading: String::new(),
        turns: effect.values > 1,
        holds: holding.map(|holding| holding.until.map(|until| until.since(now).nanos())),
        armed: failure.is_some_and(|failure| kit.armed.iter().any(|armed| armed.is_same(&failure))),
    }
}

//! The list that one types to search: every command of the key table, and everything that can be gone to.

mod commands;
mod content;
mod rank;
mod run;

use super::action::{Action, Failure};
use super::present::deed::Deed as TalkDeed;
use super::state::Parts;
use crate::course::BlockId;
use crate::mesh_view::{Nanos, PlaceId};

pub use commands::commands;
pub use rank::rank;

/// Rows that a page key moves.
const PAGE: usize = 8;

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What can be done, then what can be gone to.
    Commands,
    /// What can be found: places and events of the lab, headings and words of the lesson, cards.
    Content,
    /// The beats of a talk, and cards.
    Outline,
    /// Questions for later in a talk.
    Parked,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub words: String,
    /// Found by these words too; they are not shown.
    pub also: &'static str,
    /// The keys that do the same, or where it is; shown at the right.
    pub key: String,
    pub deed: Deed,
}

/// What a row does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// What the key does.
    Act(Action),
    /// Goes to the lab, and does it there.
    InLab(Failure),
    /// Breaks it for a while; then it is mended by itself.
    BreakFor(Failure),
    /// Opens a section, from 1, at a block of it or at its start.
    Read { section: usize, block: Option<BlockId> },
    /// Selects a place of the mesh.
    Select(PlaceId),
    /// Goes to a moment of the run.
    Moment(Nanos),
    /// Does it to the talk on the screen.
    InTalk(TalkDeed),
}

/// An open list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    kind: Kind,
    /// The section that is being read, from 1: its words are found first.
    section: Option<usize>,
    query: String,
    /// All rows, whatever is typed.
    all: Vec<Entry>,
    /// The rows that fit what is typed, the best first.
    found: Vec<Entry>,
    selected: usize,
}

/// What a key comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Stays,
    Closes,
    /// Closes, and this is to be done.
    Does(Deed),
}

impl Palette {
    #[must_use]
    pub fn new(kind: Kind, section: Option<usize>, all: Vec<Entry>) -> Self {
        let found = all.clone();
        Self { kind, section, query: String::new(), all, found, selected: 0 }
    }

    /// The same, standing on a row.
    #[must_use]
    pub fn standing_on(mut self, row: usize) -> Self {
        self.stand_on(row.min(self.found.len().saturating_sub(1)));
        self
    }

    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    #[must_use]
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The rows on show.
    #[must_use]
    pub fn found(&self) -> &[Entry] {
        &self.found
    }

    /// How many there are when nothing is typed.
    #[must_use]
    pub fn total(&self) -> usize {
        self.all.len()
    }

    /// The row one stands on: an index into [`Palette::found`].
    #[must_use]
    pub const fn selected(&self) -> usize {
        self.selected
    }

    /// The first row on show, where there is room for so many: the one that one stands on is always in view, and in an
    /// outline what is around it too.
    #[must_use]
    pub fn top(&self, room: usize) -> usize {
        match self.kind {
            Kind::Outline => {
                (self.selected.saturating_sub(room / 2)).min(self.found.len().saturating_sub(room))
            }
            _ => (self.selected + 1).saturating_sub(room),
        }
    }

    /// Takes a key.
    pub fn act(&mut self, parts: &Parts, action: Action) -> Outcome {
        let last = self.found.len().saturating_sub(1);
        match action {
            Action::Type(c) => self.query.push(c),
            Action::Erase => drop(self.query.pop()),
            Action::EraseWord => erase_word(&mut self.query),
            Action::Complete => {
                let Some(entry) = self.found.get(self.selected) else { return Outcome::Stays };
                self.query.clone_from(&entry.words);
            }
            Action::Down => return self.stand_on(if self.selected >= last { 0 } else { self.selected + 1 }),
            Action::Up => return self.stand_on(self.selected.checked_sub(1).unwrap_or(last)),
            Action::PageDown => return self.stand_on((self.selected + PAGE).min(last)),
            Action::PageUp => return self.stand_on(self.selected.saturating_sub(PAGE)),
            Action::Confirm => return self.run(self.selected),
            Action::Back => return Outcome::Closes,
            _ => return Outcome::Stays,
        }
        self.find(parts);
        Outcome::Stays
    }

    /// What a row does; nothing if there is none.
    #[must_use]
    pub fn run(&self, row: usize) -> Outcome {
        self.found.get(row).map_or(Outcome::Stays, |entry| Outcome::Does(entry.deed.clone()))
    }

    const fn stand_on(&mut self, row: usize) -> Outcome {
        self.selected = row;
        Outcome::Stays
    }

    fn find(&mut self, parts: &Parts) {
        self.selected = 0;
        self.found = rank::sorted(&self.all, &self.query);
        if self.kind == Kind::Content {
            self.found.extend(content::in_text(&parts.course, &self.query, self.section));
        }
    }
}

/// Takes the last word away, and blanks after it.
pub fn erase_word(text: &mut String) {
    let kept = text.trim_end().trim_end_matches(|c: char| !c.is_whitespace()).len();
    text.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::erase_word;

    #[test]
    fn the_last_word_goes_with_the_blanks_after_it() {
        for (before, after) in [("cut the link ", "cut the "), ("cut", ""), ("", ""), ("§7 é", "§7 ")] {
            let mut text = before.to_owned();
            erase_word(&mut text);
            assert_eq!(text, after);
        }
    }
}

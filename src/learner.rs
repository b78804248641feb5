//! What happened to one learner, folded to what they know.
//!
//! A [`Learner`] is a function of the *set* of log entries: the order in which files are read, lines that occur
//! twice and the number of devices make no difference. Entries are put in order by moment, device and number;
//! an id counts once; what was undone does not count.
//!
//! ```text
//!  lines ──wire──► Entry ──fold──► Learner ──► memory and due of each card, agenda, estimates
//! ```

mod card;
mod certain;
pub mod deadline;
mod entry;
pub mod exchange;
mod id;
mod latest;
mod opening;
mod optimize;
mod outlook;
mod plan;
mod preferences;
mod pretest;
mod setting;
mod settle;
pub mod stats;
mod table;
mod wire;

use std::collections::BTreeSet;

pub use card::{Answer, CardState};
pub use certain::is_confident_error;
pub use deadline::{Countdown, Load};
pub use entry::{Confidence, Entry, Event, Kind, Mode, Prediction, Pretest, Review, Round};
pub use id::{EntryId, IdMaker, TextHash};
pub use latest::{Latest, What};
pub use outlook::Outlook;
pub use plan::{CardRef, Estimate};
pub use preferences::{Change, Deadline, Preferences};
pub use setting::Setting;
pub use wire::Line;

use crate::srs::{Buttons, Model, Moment};
use card::{CardLog, Deed, Mark, Rules};
use preferences::Timeline;
use table::CardTable;

/// Everything known about a learner.
#[derive(Clone, Debug)]
pub struct Learner {
    /// The model in force.
    model: Model,
    /// Ids of all entries, also of those that have no effect.
    ids: BTreeSet<EntryId>,
    undone: BTreeSet<EntryId>,
    timeline: Timeline,
    cards: CardTable,
    /// Entries that are about no card, in the order of the fold.
    others: Vec<Entry>,
}

impl Default for Learner {
    fn default() -> Self {
        Self::fold([])
    }
}

impl PartialEq for Learner {
    /// The same entries and the same states, to the bit; the model follows from the entries.
    fn eq(&self, other: &Self) -> bool {
        self.ids == other.ids && self.cards == other.cards && self.others == other.others
    }
}

impl Learner {
    /// The learner to whom all this happened, in whatever order it is told.
    #[must_use]
    pub fn fold(entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut entries: Vec<Entry> = entries.into_iter().collect();
        // Of two entries with one id, which only a hand-edited log can hold, the lesser stands.
        entries.sort_by(|a, b| a.id.cmp(&b.id).then_with(|| a.order(b)));
        entries.dedup_by(|later, earlier| later.id == earlier.id);
        let ids = entries.iter().map(|entry| entry.id.clone()).collect();
        entries.sort_by(Entry::order);
        let mut learner = Self {
            model: Model::default(),
            ids,
            undone: BTreeSet::new(),
            timeline: Timeline::of(std::iter::empty()),
            cards: CardTable::default(),
            others: Vec::new(),
        };
        for entry in entries {
            learner.insert(entry);
        }
        learner.replay_all();
        learner
    }

    /// Takes one more entry: the state is that of a fold of all entries, this one among them.
    pub fn apply(&mut self, entry: Entry) {
        if !self.ids.insert(entry.id.clone()) {
            return self.settle(entry);
        }
        self.take(entry);
    }

    /// Puts an entry with an id that nothing here has where it belongs, and works out what hangs on it.
    fn take(&mut self, entry: Entry) {
        match self.insert(entry) {
            Touched::Card(card) => self.replay(&card),
            Touched::Entry(id) => self.replay_card_of(&id),
            Touched::All => self.replay_all(),
            Touched::Nothing => {}
        }
    }

    /// How a card stands; `None` where nothing was ever done to it.
    #[must_use]
    pub fn card(&self, card: &str) -> Option<&CardState> {
        Some(&self.cards.get(card)?.state)
    }

    /// The answers to a card, oldest first, without those undone.
    pub fn history(&self, card: &str) -> impl DoubleEndedIterator<Item = &Answer> {
        self.cards.get(card).into_iter().flat_map(|log| log.standing(&self.undone))
    }

    /// What each grade would do to a card at `now`: exactly what an entry of that moment will do, with the date that
    /// [`Learner::due`] then has.
    ///
    /// The moment has to be [`IdMaker::stamp`]'s: an entry from before the card's latest review is counted at
    /// its own place in the order.
    #[must_use]
    pub fn buttons(&self, card: &str, now: Moment) -> Buttons {
        let fresh = CardState::default();
        let state = self.card(card).unwrap_or(&fresh);
        let (today, buttons) = (self.today(now), state.buttons(card, now, self.rules()));
        self.eve_after(Some(today), today).map_or(buttons, |eve| buttons.no_later(eve))
    }

    /// The settings in force.
    #[must_use]
    pub fn preferences(&self) -> &Preferences {
        self.timeline.now()
    }

    /// Predictions in the order in which they were made.
    pub fn predictions(&self) -> impl Iterator<Item = (Moment, &Prediction)> {
        self.standing_others().filter_map(|entry| match &entry.event {
            Event::Predict(prediction) => Some((entry.at, prediction)),
            _ => None,
        })
    }

    /// Missions that were won at least once.
    #[must_use]
    pub fn missions_won(&self) -> BTreeSet<&str> {
        let won = self.standing_others().filter_map(|entry| match &entry.event {
            Event::Mission { mission, won: true } => Some(mission.as_str()),
            _ => None,
        });
        won.collect()
    }

    /// Sections read to their end.
    #[must_use]
    pub fn finished(&self) -> BTreeSet<u8> {
        let finished = self.standing_others().filter_map(|entry| match entry.event {
            Event::Finish { section } => Some(section),
            _ => None,
        });
        finished.collect()
    }

    /// A card was reviewed at least once, and that was not undone.
    #[must_use]
    pub fn has_reviewed(&self) -> bool {
        self.cards.iter().any(|(_, log)| log.state.reviews > 0)
    }

    /// Nothing has ever happened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    fn rules(&self) -> Rules<'_> {
        Rules { model: &self.model, timeline: &self.timeline, undone: &self.undone }
    }

    fn standing_others(&self) -> impl Iterator<Item = &Entry> {
        self.others.iter().filter(|entry| !self.undone.contains(&entry.id))
    }

    /// Puts an entry where it belongs and says what has to be worked out anew.
    fn insert(&mut self, entry: Entry) -> Touched {
        let Entry { id, at, event } = entry;
        let (card, deed) = match event {
            Event::Review(review) => {
                let (card, answer) = Answer::new(id, at, review);
                self.cards.entry(&card).insert_answer(answer);
                return Touched::Card(card);
            }
            Event::Suspend { card, on } => (card, Deed::Suspend(on)),
            Event::Bury { card } => (card, Deed::Bury),
            Event::Reset { card } => (card, Deed::Reset),
            event => return self.insert_other(Entry { id, at, event }),
        };
        self.cards.entry(&card).insert_mark(Mark { id, at, deed });
        Touched::Card(card)
    }

    fn insert_other(&mut self, entry: Entry) -> Touched {
        let touched = match &entry.event {
            Event::Undo { of } => {
                self.undone.insert(of.clone());
                Touched::Entry(of.clone())
            }
            Event::Config(_) => Touched::All,
            _ => Touched::Nothing,
        };
        let at = self.others.partition_point(|other| other.order(&entry).is_lt());
        self.others.insert(at, entry);
        touched
    }

    fn replay_all(&mut self) {
        let standing = self.others.iter().filter(|entry| !self.undone.contains(&entry.id));
        let changes = standing.filter_map(|entry| match &entry.event {
            Event::Config(change) => Some((entry.at, &entry.id, change)),
            _ => None,
        });
        self.timeline = Timeline::of(changes);
        self.model = self.timeline.model().clone();
        let rules = Rules { model: &self.model, timeline: &self.timeline, undone: &self.undone };
        for (card, log) in self.cards.iter_mut() {
            log.state = log.replayed(card, rules);
        }
    }

    fn replay(&mut self, card: &str) {
        let rules = Rules { model: &self.model, timeline: &self.timeline, undone: &self.undone };
        if let Some(log) = self.cards.get_mut(card) {
            log.state = log.replayed(card, rules);
        }
    }

    /// After an entry was undone: works out what hung on it.
    fn replay_card_of(&mut self, id: &EntryId) {
        let holds = |log: &CardLog| {
            log.answers.iter().any(|it| it.id == *id) || log.marks.iter().any(|it| it.id == *id)
        };
        let card = self.cards.iter().find(|(_, log)| holds(log)).map(|(card, _)| card.to_owned());
        match card {
            Some(card) => self.replay(&card),
            None => self.replay_all(),
        }
    }
}

/// What an entry changes.
enum Touched {
    Card(String),
    /// Whatever the entry with this id was about.
    Entry(EntryId),
    All,
    Nothing,
}

//! The way through a talk: forward and back, past asides and past sections that were cut.

use super::deck::Deck;
use super::session::Session;

impl Session {
    /// The beat after another one on the way forward.
    #[must_use]
    pub fn ahead_of(&self, deck: &Deck, beat: usize) -> Option<usize> {
        let here = section(deck, beat);
        std::iter::successors(deck.after(beat), |next| deck.after(*next))
            .find(|next| self.is_given(section(deck, *next), here))
    }

    /// The beat before the presenter's.
    #[must_use]
    pub fn behind(&self, deck: &Deck) -> Option<usize> {
        let here = section(deck, self.view.beat);
        std::iter::successors(deck.before(self.view.beat), |before| deck.before(*before))
            .find(|before| self.is_given(section(deck, *before), here))
    }

    /// Sections, from 0, that are cut and lie between two others.
    #[must_use]
    pub fn cut_between(&self, from: usize, to: usize) -> Vec<usize> {
        (from.saturating_add(1)..to).filter(|section| self.clocks.is_cut(*section)).collect()
    }

    /// Who is in a section that was cut goes through it all the same.
    fn is_given(&self, section: usize, here: usize) -> bool {
        section == here || !self.clocks.is_cut(section)
    }
}

fn section(deck: &Deck, beat: usize) -> usize {
    deck.slide(beat).map_or(0, |slide| slide.beat.section)
}

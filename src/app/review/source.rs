//! From a card to the text that explains it, and back to the card as it was.

use super::{Over, Review, Stage};
use crate::app::Action;
use crate::app::effect::Effect;
use crate::app::keymap::{Context, shown};
use crate::app::now::Now;
use crate::app::reader::Reader;
use crate::app::state::{App, Go, Notice, Parts, Reply, Screen};
use crate::course::quiz::Card;
use crate::course::{BlockId, passage};

impl Review {
    /// The section of the card whose answer is shown; at the end, of the next card that does not stick.
    pub(super) fn read_section(&mut self, parts: &Parts) -> Reply {
        let card = match &mut self.stage {
            Stage::Over(Over { leeches, reading, .. }) => {
                let Some(leech) = leeches.get(*reading) else {
                    return Reply::info(
                        "no card of this session was forgotten so often that it needs its text",
                    );
                };
                *reading = (*reading + 1) % leeches.len();
                parts.course.card(&leech.card)
            }
            _ => self.card(parts),
        };
        card.map_or_else(Reply::default, |card| source_of(card, parts))
    }
}

fn source_of(card: &Card, parts: &Parts) -> Reply {
    match parts.course.section(card.section) {
        None => Reply::info(format!("the lesson has no section {}", card.section)),
        Some(section) => {
            Reply::go(Go::Source { section: section.number, block: passage::block_of(&parts.course, card) })
        }
    }
}

impl App {
    /// The reader at that place. The review is kept as it is for the way back.
    pub(in crate::app) fn read_source(
        &mut self,
        now: Now,
        section: usize,
        block: Option<&BlockId>,
        effects: &mut Vec<Effect>,
    ) -> Screen {
        let parked = self.parked.reader.take();
        let mut reader =
            parked.unwrap_or_else(|| Box::new(Reader::open(&self.parts, now, Some(section as u8))));
        // The window may have changed since.
        reader.resized(&self.parts);
        effects.extend(reader.go_to(&mut self.parts, now, section, block).effects);
        let back = shown(Context::Reader, Action::Back);
        self.notice = Some(Notice::Info(format!("{back} comes back to the review")));
        Screen::Reader(reader)
    }

    /// The session that goes on, or a new one.
    pub(in crate::app) fn review(&mut self, now: Now, effects: &mut Vec<Effect>) -> Box<Review> {
        let review = Review::open(&self.parts, now);
        effects.extend(review.keep_place(&mut self.parts, now));
        if let Some(words) = review.welcome(&self.parts, now) {
            self.notice = Some(Notice::Info(words));
        }
        Box::new(review)
    }

    /// Who came to the text or to the lab from a card goes back to the card.
    pub(in crate::app) fn back_to_review(&self, action: Action, reply: &mut Reply) {
        let leaves = action == Action::Back && reply.go == Some(Go::Home);
        if leaves && matches!(self.screen, Screen::Reader(_) | Screen::Lab(_)) && self.parked.review.is_some()
        {
            reply.go = Some(Go::Review);
        }
    }
}

//! From screen to screen: what comes next, and what of the one that is left is kept.

use std::time::Duration;

use super::effect::Effect;
use super::home::Home;
use super::lab::Lab;
use super::now::Now;
use super::reader::Reader;
use super::review::Review;
use super::state::{App, Go, Notice, Screen};
use super::stats::Stats;

impl App {
    /// Leaves the screen for another; what was left is kept where coming back is expected.
    pub(super) fn go(&mut self, now: Now, to: Go) -> Vec<Effect> {
        self.overlay = None;
        // Whoever goes elsewhere meanwhile stays there.
        self.parked.after_log = None;
        if to == Go::BackToTalk && self.parked.talk.is_none() {
            if !self.screen.is_talk() {
                let words = "no talk was left here; `eastwest present` begins one";
                self.notice = Some(Notice::Info(words.to_owned()));
            }
            return Vec::new();
        }
        let mut effects = self.screen.left(&mut self.parts, now);
        // Whoever goes elsewhere from what is seen does not come back to the card by leaving that.
        let waiting = self.parked.review.take();
        let comes_again = matches!(to, Go::See(_) | Go::Source { .. });
        let comes_back = to == Go::Review && waiting.is_some();
        let Some(next) = self.next(now, to, waiting, &mut effects) else { return effects };
        if self.screen.is_talk() {
            self.notice = Some(Notice::Info(super::present::route::way_back(&next)));
        }
        match std::mem::replace(&mut self.screen, next) {
            Screen::Reader(reader) => self.parked.reader = Some(reader),
            // The lab that one has left by oneself stays the one to come back to.
            Screen::Lab(lab) if !comes_back => self.parked.lab = Some(lab),
            Screen::Worth(worth) => self.parked.worth = Some(worth),
            talk @ (Screen::Audience(_) | Screen::Console(_)) => self.parked.talk = Some(talk),
            Screen::Review(review) if comes_again => self.parked.review = Some((review, now.mono)),
            Screen::Home(_) | Screen::Lab(_) | Screen::Review(_) | Screen::Stats(_) => {}
        }
        effects
    }

    /// The screen one goes to, as one left it where it was kept; none where one leaves.
    fn next(
        &mut self,
        now: Now,
        to: Go,
        waiting: Option<(Box<Review>, Duration)>,
        effects: &mut Vec<Effect>,
    ) -> Option<Screen> {
        Some(match to {
            Go::Leave => {
                effects.push(Effect::Quit);
                return None;
            }
            Go::Home => Screen::Home(Home::new(&self.parts, now)),
            Go::AfterLog(then) => {
                self.parked.after_log = Some(*then);
                effects.push(Effect::ReadLog);
                Screen::Home(Home::new(&self.parts, now))
            }
            Go::Reader(section) => Screen::Reader(match (section, self.parked.reader.take()) {
                (None, Some(mut reader)) => {
                    // The window may have changed since.
                    reader.resized(&self.parts);
                    reader
                }
                (section, _) => Box::new(Reader::open(&self.parts, now, section)),
            }),
            Go::Lab(scenario) => Screen::Lab(match (scenario, self.parked.lab.take()) {
                (None, Some(lab)) => lab,
                (scenario, _) => Box::new(Lab::open(&self.parts, now, scenario.as_deref())),
            }),
            Go::LabOf(opening) | Go::See(opening) => {
                Screen::Lab(Box::new(Lab::asked(&self.parts, now, *opening)))
            }
            Go::Review => {
                effects.push(Effect::ReadLog);
                Screen::Review(match waiting {
                    Some((mut review, since)) => {
                        review.resumed(now.mono.saturating_sub(since));
                        review
                    }
                    None => self.review(now, effects),
                })
            }
            Go::Cram(choice) => Screen::Review(Box::new(Review::cram(&self.parts, now, choice))),
            Go::Source { section, block } => self.read_source(now, section, block.as_ref(), effects),
            Go::ReviewOf(card) => {
                effects.push(Effect::ReadLog);
                let review = Review::open_with(&self.parts, now, Some(&card));
                effects.extend(review.keep_place(&mut self.parts, now));
                Screen::Review(Box::new(review))
            }
            Go::Worth => {
                let parked = self.parked.worth.take();
                Screen::Worth(super::worth::open::open(&self.screen, &self.parts, parked))
            }
            Go::Stats => {
                effects.push(Effect::ReadLog);
                Screen::Stats(Box::new(Stats::open(&self.parts, now)))
            }
            Go::Talk { window, section, total, read, wish } => {
                let (screen, more) = Screen::talk(&self.parts, now, window, (section, total), &read, wish);
                effects.extend(more);
                screen
            }
            Go::BackToTalk => return self.parked.talk.take(),
        })
    }
}

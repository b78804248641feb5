//! Asking before a break, and saying afterwards how it came out.

use super::Lab;
use super::bet::Verdict;
use super::failures::card_for;
use super::oracle::Oracle;
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::now::Now;
use crate::app::state::{Parts, Reply};
use crate::learner::{Event, Prediction};

impl Lab {
    pub(super) fn act_on_bet(&mut self, parts: &mut Parts, now: Now, action: Action) -> Reply {
        let Some(bet) = &mut self.bet else { return Reply::default() };
        if bet.adjust(action) {
            return Reply::default();
        }
        match action {
            Action::Confirm => self.lock_in(now),
            Action::Skip => self.break_without(now),
            Action::TogglePredict => {
                let mut reply = toggle_asking(parts);
                reply.effects.extend(self.break_without(now).effects);
                reply
            }
            Action::Back => {
                self.bet = None;
                Reply::default()
            }
            _ => Reply::default(),
        }
    }

    /// Breaks it, and works out on another branch what will come of it.
    fn lock_in(&mut self, now: Now) -> Reply {
        let Some(bet) = self.bet.take() else { return Reply::default() };
        let Some(said) = bet.said else {
            self.bet = Some(bet);
            return Reply::info("choose an answer first");
        };
        let name = bet.failure.name(&self.scenario);
        self.asked.insert(name.clone());
        self.oracle = Some(Oracle::new(self.run.timeline(), bet.failure.clone(), bet.question.clone()));
        self.answer = None;
        self.verdict = Some(Verdict {
            name,
            question: bet.question,
            said,
            sure: bet.sure,
            was: None,
            came: String::new(),
            why: String::new(),
            card: None,
        });
        self.do_break(&bet.failure, now)
    }

    fn break_without(&mut self, now: Now) -> Reply {
        let Some(bet) = self.bet.take() else { return Reply::default() };
        self.asked.insert(bet.failure.name(&self.scenario));
        self.verdict = None;
        self.do_break(&bet.failure, now)
    }

    /// Shows the answer when its time has come, and has it written down.
    pub(super) fn settle(&mut self, parts: &mut Parts, now: Now) -> Reply {
        let due = self.answer.as_ref().is_some_and(|(at, _)| self.run.now() >= *at);
        let (Some(verdict), true) = (&mut self.verdict, due) else { return Reply::default() };
        let Some((_, answer)) = self.answer.take() else { return Reply::default() };
        let Some(number) = answer.number else {
            // Nothing was called, so there is nothing to compare.
            self.verdict = None;
            return Reply::default();
        };
        (verdict.was, verdict.came, verdict.why) = (Some(number), answer.came, answer.why);
        let prediction = Prediction {
            of: format!("lab/{}", verdict.name),
            said: verdict.question.said_words(verdict.said),
            was: verdict.came.clone(),
            right: verdict.is_right(),
            confidence: Some(verdict.sure),
        };
        let moment = now.moment();
        if !prediction.right {
            let card = card_for(&verdict.name, &parts.course, &parts.learner, moment);
            verdict.card = card.map(|card| (card.id.0.clone(), card.question.clone()));
        }
        let entry = parts.ids.entry(moment, Event::Predict(prediction));
        parts.learner.apply(entry.clone());
        Reply::effect(Effect::Append(entry))
    }
}

/// Asks before breaks from now on, or stops asking; kept between runs.
pub(super) fn toggle_asking(parts: &mut Parts) -> Reply {
    parts.place.ask_first = !parts.place.ask_first;
    let words = if parts.place.ask_first { "asks before a break" } else { "breaks without asking" };
    let mut reply = Reply::info(words);
    reply.effects.push(Effect::SavePlace(parts.place.clone()));
    reply
}

//! The keys that break: the list, the selection, how long, armed and fired, and the card after a wrong prediction.

use super::board::{Board, board};
use super::list::{Ground, target_of};
use super::{Break, Kind, spaced};
use crate::app::action::{Action, Failure};
use crate::app::keymap::{self, Context};
use crate::app::lab::Lab;
use crate::app::lab::bet::Bet;
use crate::app::lab::question::Question;
use crate::app::now::Now;
use crate::app::state::{Go, Parts, Reply};

/// Rows that a page key moves.
const PAGE: isize = 8;

impl Lab {
    /// Takes a key that is about failures beyond the ten of the panel; `None` if it is for something else.
    pub(in crate::app::lab) fn act_on_failures(
        &mut self,
        parts: &Parts,
        now: Now,
        action: Action,
    ) -> Option<Reply> {
        if self.kit.list.is_open
            && let Some(reply) = self.act_on_list(parts, now, action)
        {
            return Some(reply);
        }
        Some(match action {
            Action::Failures => self.open_list(),
            Action::BreakSelected => self.break_selected(parts, now),
            Action::NextLength => self.turn_length(),
            Action::Arm => self.arm_panel_row(),
            Action::Fire => self.fire(parts, now),
            Action::TakeCard => self.take_card(),
            Action::Back if !self.inspect.is_open() && self.rule.is_none() && !self.kit.armed.is_empty() => {
                self.kit.armed.clear();
                Reply::info("nothing is armed any more")
            }
            _ => return None,
        })
    }

    /// What the picture shows of failures.
    pub(in crate::app::lab) fn board(&self) -> Board {
        let timeline = self.run.timeline();
        board(&self.kit, &self.spot(), &timeline.holding(), timeline.now(), self.ground())
    }

    fn ground(&self) -> Ground<'_> {
        Ground { scenario: &self.scenario, view: self.run.view(), region: self.region }
    }

    fn open_list(&mut self) -> Reply {
        if self.beside {
            return Reply::info("the lab by itself lists all failures, not the one of a text");
        }
        if let Some(place) = self.inspect.selected(self.run.view()) {
            let shown = self.run.view().places.get(usize::from(place));
            self.region = shown.map_or(self.region, |place| usize::from(place.region));
            let ground = Ground { scenario: &self.scenario, view: self.run.view(), region: self.region };
            self.kit.list.go_to(place, ground);
        }
        self.kit.list.open();
        Reply::default()
    }

    fn act_on_list(&mut self, parts: &Parts, now: Now, action: Action) -> Option<Reply> {
        let rows = self.kit.list.rows(self.ground());
        let count = rows.len();
        let row = rows.get(self.kit.list.row(count))?;
        let failure = row.failure(&self.scenario);
        let is_held = failure.as_ref().is_some_and(|failure| self.held(failure));
        let list = &mut self.kit.list;
        match action {
            Action::Back => list.is_open = false,
            Action::Down => list.step(1, count),
            Action::Up => list.step(-1, count),
            Action::PageDown => list.step(PAGE, count),
            Action::PageUp => list.step(-PAGE, count),
            Action::Top => list.step(isize::MIN, count),
            Action::Bottom => list.step(isize::MAX, count),
            Action::Less | Action::More => {
                list.turn(row, action == Action::More);
            }
            Action::Confirm | Action::Arm => {
                let Some(failure) = failure else {
                    return Some(Reply::info("this is what breaks; how is in the rows below it"));
                };
                if action == Action::Arm {
                    return Some(self.arm(failure));
                }
                // What is broken now is to be seen.
                list.is_open = is_held;
                return Some(self.toggle_break(parts, now, &failure.words()));
            }
            _ => return None,
        }
        Some(Reply::default())
    }

    /// Breaks what is whole, asking first if that is wanted; mends what is broken.
    pub(in crate::app::lab) fn toggle_break(&mut self, parts: &Parts, now: Now, words: &str) -> Reply {
        let failure = match Break::read(words, &self.scenario) {
            Ok(failure) => failure,
            Err(why) => return Reply::trouble(why),
        };
        if self.held(&failure) {
            return self.intervene(Some(failure.heal()), now);
        }
        let failure = failure.lasting(self.kit.lasts(), &self.scenario);
        self.ask_or_break(parts, now, failure)
    }

    fn ask_or_break(&mut self, parts: &Parts, now: Now, failure: Break) -> Reply {
        if parts.place.ask_first && !self.asked.contains(&failure.name(&self.scenario)) {
            let question = Question::of(&failure, self.run.timeline());
            self.run.pacer.pause(now.mono);
            self.bet = Some(Bet::new(failure, question));
            return Reply::default();
        }
        self.do_break(&failure, now)
    }

    /// Does it, now.
    pub(in crate::app::lab) fn do_break(&mut self, failure: &Break, now: Now) -> Reply {
        self.kit.note(failure);
        self.intervene(Some(failure.words()), now)
    }

    fn held(&self, failure: &Break) -> bool {
        self.run.timeline().holding().iter().any(|holding| holding.is_of(&failure.done))
    }

    /// Whatever is wrong with the selected place is mended; if nothing is, it is broken.
    fn break_selected(&mut self, parts: &Parts, now: Now) -> Reply {
        let view = self.run.view();
        let place = self.inspect.selected(view);
        let Some((kind, target)) = place.and_then(|place| target_of(view, place)) else {
            let select = keymap::shown(Context::Lab, Action::SelectNext);
            let all = keymap::shown(Context::Lab, Action::Failures);
            return Reply::info(format!("select a place with {select} first; {all} lists all failures"));
        };
        let heal = format!("{target} heal");
        let broken = |holding: &crate::sim::Holding| holding.target.to_string() == target;
        if self.run.timeline().holding().iter().any(broken) {
            let mut reply = self.intervene(Some(heal), now);
            reply.notice = reply.notice.or_else(|| Reply::info(format!("{target} is healed")).notice);
            return reply;
        }
        let words = format!("{target} {}", self.effect_for(kind));
        self.toggle_break(parts, now, &words)
    }

    fn effect_for(&self, kind: Kind) -> String {
        self.kit.usual(kind).to_owned()
    }

    fn turn_length(&mut self) -> Reply {
        self.kit.turn_lasts();
        Reply::info(match self.kit.lasts() {
            Some(span) => {
                let span = span.parse().map_or_else(|_| span.to_owned(), spaced);
                format!("the next failure lasts {span}")
            }
            None => "the next failure lasts until it is healed".to_owned(),
        })
    }

    fn arm_panel_row(&mut self) -> Reply {
        let row = Failure::ALL[self.row];
        let words = self.spot().broken(row).filter(|_| row != Failure::HealAll);
        match words.map(|words| Break::read(&words, &self.scenario)) {
            Some(Ok(failure)) => self.arm(failure),
            Some(Err(why)) => Reply::trouble(why),
            None => Reply::info("this is nothing that could be armed"),
        }
    }

    fn arm(&mut self, failure: Break) -> Reply {
        let failure = failure.lasting(self.kit.lasts(), &self.scenario);
        let words = failure.words();
        let fire = keymap::shown(Context::Lab, Action::Fire);
        Reply::info(if self.kit.arm(failure) {
            format!("armed: {words}; {fire} fires")
        } else {
            format!("disarmed: {words}")
        })
    }

    /// Does all that is armed at this moment. One alone asks first as it would without having been armed.
    fn fire(&mut self, parts: &Parts, now: Now) -> Reply {
        let armed = self.kit.armed.clone();
        self.kit.list.is_open &= armed.is_empty();
        if let [only] = armed.as_slice() {
            return self.ask_or_break(parts, now, only.clone());
        }
        if armed.is_empty() {
            let arm = keymap::shown(Context::Lab, Action::Arm);
            return Reply::info(format!("nothing is armed; {arm} arms what one stands on"));
        }
        for failure in &armed {
            if let Err(why) = Break::read(&failure.words(), &self.scenario) {
                return Reply::trouble(why);
            }
        }
        for failure in &armed {
            self.do_break(failure, now);
        }
        Reply::info(format!("fired: {} failures at one instant", armed.len()))
    }

    /// Opens the card that fits the wrong prediction on show.
    fn take_card(&mut self) -> Reply {
        match self.verdict.as_ref().and_then(|verdict| verdict.card.as_ref()) {
            Some((card, _)) => Reply::go(Go::ReviewOf(card.clone())),
            None => Reply::info("a prediction that came out wrong offers a card here"),
        }
    }
}

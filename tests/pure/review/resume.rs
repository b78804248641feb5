//! A review that is left and gone on with: by key, with the program, with the line, and by `kill -9`.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use eastwest::app::effect::Effect;
use eastwest::app::geometry::Size;
use eastwest::app::msg::{Done, Msg};
use eastwest::app::now::Now;
use eastwest::app::place::Place;
use eastwest::app::review::{Attempt, Review, Stage};
use eastwest::app::state::{App, Go, Notice, Screen, Setup};
use eastwest::course::Course;
use eastwest::course::quiz::Card;
use eastwest::learner::{Confidence, Entry, IdMaker, Learner};

use super::{NOON, choice, fault, order, said, typed};

/// An application, and what its disk holds.
struct Machine {
    app: App,
    now: Now,
    log: Vec<Entry>,
    /// As a file has it.
    place: String,
    starts: u128,
}

fn cards() -> Vec<Card> {
    vec![said("a"), typed("b"), choice("c"), order("d"), fault("e"), said("f"), typed("g")]
}

fn setup(log: &[Entry], place: &str, starts: u128) -> Setup {
    Setup {
        course: Course { cards: cards(), ..Course::default() },
        scenarios: BTreeMap::default(),
        learner: Learner::fold(log.iter().cloned()),
        ids: IdMaker::new("deva", starts),
        place: serde_json::from_str(place).unwrap(),
        size: Size::new(80, 24),
        start: Go::Review,
        notice: None,
    }
}

impl Machine {
    fn new() -> Self {
        let place = serde_json::to_string(&Place::first()).unwrap();
        let (app, effects) = App::new(setup(&[], &place, 0), NOON);
        let mut machine = Self { app, now: NOON, log: vec![], place, starts: 0 };
        machine.perform(effects);
        machine
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            let told = match effect {
                Effect::Append(entry) => {
                    self.log.push(entry.clone());
                    Msg::Done(Done::Appended { id: entry.id })
                }
                Effect::SavePlace(place) => {
                    self.place = serde_json::to_string(&place).unwrap();
                    continue;
                }
                Effect::ReadLog => Msg::Done(Done::Read(vec![])),
                _ => continue,
            };
            effects.extend(self.app.update(self.now, told));
        }
    }

    fn wait(&mut self, time: Duration) {
        self.now.mono += time;
        self.now.wall_ms += i64::try_from(time.as_millis()).unwrap();
    }

    /// Keys as the table spells them, three seconds apart.
    fn press(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            self.wait(Duration::from_secs(3));
            let effects = self.app.update(self.now, Msg::Key(key.parse().unwrap()));
            self.perform(effects);
        }
    }

    /// `kill -9`, and the program started again: only the disk is left, and the clock of the process begins anew.
    fn killed(&mut self) {
        self.starts += 1;
        self.now.mono = Duration::from_secs(1);
        let (app, effects) = App::new(setup(&self.log, &self.place, self.starts), self.now);
        self.app = app;
        self.perform(effects);
    }

    /// The line drops: what can be kept is kept, then the program starts again.
    fn dropped(&mut self) {
        let effects = self.app.leave(self.now);
        self.perform(effects);
        self.killed();
    }

    /// The review, or what was left of it.
    fn review(&self) -> &Review {
        match self.app.screen() {
            Screen::Review(review) => review,
            _ => panic!("another screen"),
        }
    }

    fn is_elsewhere(&self) -> bool {
        !matches!(self.app.screen(), Screen::Review(_))
    }

    fn progress(&self) -> (usize, usize) {
        if self.is_elsewhere() { (0, 0) } else { self.review().progress() }
    }

    /// The open card, whether its answer shows, and what was said so far.
    fn stands(&self) -> (String, bool, Option<(Attempt, Confidence)>) {
        if self.is_elsewhere() {
            return ("elsewhere".to_owned(), false, None);
        }
        let card = self.review().card(self.app.parts()).map(|card| card.id.0.clone()).unwrap_or_default();
        match &self.review().stage {
            Stage::Asking(asked) => (card, false, Some((asked.attempt.clone(), asked.confidence))),
            Stage::Revealed(it) => (card, true, Some((it.asked.attempt.clone(), it.asked.confidence))),
            _ => (card, false, None),
        }
    }
}

/// Missed cards, two that one was certain of and wrong, an undo, a burial, all kinds of attempts. Every key is one at which something may happen.
const KEYS: &str = "x y tab enter 1 enter t enter 3 2 tab enter b J K tab enter 2 enter j enter 1 u 3 z enter x 3 w \
                    enter 4 enter 3 1 enter 3 q enter 3";

#[test]
fn wherever_the_line_drops_the_session_goes_on_where_it_was() {
    let mut whole = Machine::new();
    let mut trail = vec![(whole.stands(), whole.progress())];
    for key in KEYS.split_whitespace() {
        whole.press(key);
        trail.push((whole.stands(), whole.progress()));
    }
    let asked: std::collections::BTreeSet<&String> = trail.iter().map(|((card, ..), _)| card).collect();
    assert!(asked.len() > 6, "the keys go through the cards: {asked:?}");
    for at in 0..trail.len() - 1 {
        let mut machine = Machine::new();
        let keys: Vec<&str> = KEYS.split_whitespace().collect();
        machine.press(&keys[..at].join(" "));
        if trail[at].0.0 == "elsewhere" || matches!(machine.review().stage, Stage::Over(_)) {
            continue;
        }
        let looks = matches!(machine.review().stage, Stage::Pause(_));
        machine.dropped();
        // What was looked at after a grade is not looked at again: the next session begins with it.
        let from = at + usize::from(looks);
        assert_eq!((machine.stands(), machine.progress()), trail[from], "after {at} keys");
        for key in from..keys.len() {
            machine.press(keys[key]);
            // Where options stand is drawn by the id of the entry before, which names the process.
            let cards = |(stands, progress): &((String, bool, _), _)| (stands.0.clone(), stands.1, *progress);
            let now = (machine.stands(), machine.progress());
            assert_eq!(cards(&now), cards(&trail[key + 1]), "dropped after {at} keys, now {key}");
        }
    }
}

#[test]
fn kill_nine_keeps_the_card_the_order_and_what_was_shown_or_said() {
    let mut machine = Machine::new();
    let first = machine.stands().0;
    machine.killed();
    assert_eq!(machine.stands().0, first, "nothing was done yet");
    machine.press("x tab");
    machine.killed();
    let (card, shown, said) = machine.stands();
    assert_eq!((card, shown), (first.clone(), false));
    assert_eq!(said, Some((Attempt::Text { text: "x".into(), typed: false }, Confidence::Certain)));
    machine.press("enter x");
    machine.killed();
    let Stage::Revealed(revealed) = &machine.review().stage else { panic!("{:?}", machine.review().stage) };
    assert_eq!((&revealed.asked.card, &revealed.points), (&first, &vec![true, false]), "its points too");
    machine.press("1");
    assert!(matches!(machine.review().stage, Stage::Pause(_)), "certain and wrong");
    machine.killed();
    let (next, progress) = (machine.stands().0, machine.review().progress());
    machine.killed();
    assert_eq!((machine.stands().0, machine.review().progress()), (next.clone(), progress));
    assert!(matches!(machine.app.notice(), Some(Notice::Info(said)) if said.contains("1 of 8 answered")));
    assert_eq!((machine.log.len(), progress), (1, (1, 8)), "the missed card comes back");
    machine.press("b enter 2");
    let after = machine.stands().0;
    machine.killed();
    assert!(machine.stands().0 == after && after != next, "graded once, asked once");
}

#[test]
fn time_away_is_not_counted_and_time_used_is() {
    let mut machine = Machine::new();
    machine.wait(Duration::from_secs(400));
    machine.press("x enter 3");
    machine.press("y tab");
    machine.wait(Duration::from_secs(7200));
    machine.killed();
    machine.press("enter");
    assert!(matches!(machine.review().stage, Stage::Revealed(_)), "two hours of lunch are no session");
    machine.wait(Duration::from_secs(80));
    machine.press("3");
    assert!(matches!(machine.review().stage, Stage::Over(_)), "but 400 s before it and 80 after it are one");
}

#[test]
fn home_and_back_is_the_same_session_and_its_end_or_another_day_begins_a_new_one() {
    let mut machine = Machine::new();
    machine.press("x enter 1 y");
    let stands = (machine.stands(), machine.review().progress());
    machine.press("esc");
    assert!(machine.is_elsewhere());
    machine.press("space");
    assert_eq!((machine.stands(), machine.review().progress()), stands);
    let mut tomorrow = Machine::new();
    tomorrow.press("x enter 3");
    tomorrow.wait(Duration::from_secs(86_400));
    tomorrow.killed();
    assert_eq!(tomorrow.review().progress().0, 0, "yesterday's session is over");
    assert!(tomorrow.app.notice().is_none());
}

#[test]
fn a_card_that_was_answered_elsewhere_meanwhile_is_not_opened_again() {
    let mut machine = Machine::new();
    machine.press("x tab");
    let open = machine.stands().0;
    let elsewhere = crate::learner::review(&open, eastwest::srs::Grade::Good);
    machine.log.push(IdMaker::new("other", 5).entry(machine.now.moment(), elsewhere));
    machine.killed();
    assert_ne!(machine.stands().0, open);
}

#[test]
fn an_attempt_that_no_longer_fits_the_card_is_dropped() {
    let fresh = |card: &Card| Attempt::at(card, 7, false);
    for card in cards() {
        assert!(fresh(&card).fits(&fresh(&card)), "{}", card.id);
    }
    let others: [(Attempt, Card); 5] = [
        (Attempt::Text { text: "a".into(), typed: false }, typed("b")),
        (Attempt::Choice { shown: vec![0, 1], picked: None }, choice("c")),
        (Attempt::Order { items: vec![0, 0, 1, 2], at: 0 }, order("d")),
        (Attempt::Order { items: vec![3, 2, 1, 0], at: 4 }, order("d")),
        (Attempt::Line { lines: 3, at: Some(3) }, fault("e")),
    ];
    for (attempt, card) in others {
        assert!(!attempt.fits(&fresh(&card)), "{attempt:?}");
    }
}

#[test]
fn a_review_over_a_long_log_waits_for_it_at_home_and_whoever_leaves_meanwhile_stays_away() {
    let mut ids = IdMaker::new("deva", 9);
    let begin = NOON.moment().plus(-86_400_000 * 3);
    let log: Vec<Entry> = ["a", "b"]
        .map(|card| ids.entry(begin, crate::learner::review(card, eastwest::srs::Grade::Again)))
        .into();
    let place = serde_json::to_string(&Place::first()).unwrap();
    let late = || App::new(Setup { start: Go::Review.once_read(), ..setup(&[], &place, 0) }, NOON);
    let (mut app, effects) = late();
    assert!(matches!(app.screen(), Screen::Home(_)) && effects.contains(&Effect::ReadLog), "{effects:?}");
    app.update(NOON, Msg::Done(Done::Read(log.clone())));
    let Screen::Review(review) = app.screen() else { panic!() };
    let open = review.card(app.parts()).map(|card| card.id.0.clone()).unwrap_or_default();
    assert!(open == "a" || open == "b", "what the log says is due: {open}");

    let (mut app, _) = late();
    for key in ["g", "l"] {
        app.update(NOON, Msg::Key(key.parse().unwrap()));
    }
    app.update(NOON, Msg::Done(Done::Read(log)));
    assert!(matches!(app.screen(), Screen::Lab(_)));
    assert_eq!(Go::Lab(None).once_read(), Go::Lab(None), "the lab needs no log");
}

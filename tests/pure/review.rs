//! A review session, from the first question to the end, with and without trouble.

use std::collections::BTreeMap;
use std::time::Duration;

use eastwest::app::action::Action;
use eastwest::app::effect::Effect;
use eastwest::app::geometry::Size;
use eastwest::app::keymap::Context;
use eastwest::app::now::Now;
use eastwest::app::place::Place;
use eastwest::app::review::words::when;
use eastwest::app::review::{Attempt, Early, Queue, Review, Stage, Why};
use eastwest::app::state::{Go, Notice, Parts, Reply};
use eastwest::course::Course;
use eastwest::course::claim::{Claim, How, Run};
use eastwest::course::quiz::{Card, CardId, CardKind, CardOption, Fault, FreshRun, Mark, Number};
use eastwest::learner::{Confidence, Entry, Event, IdMaker, Kind, Learner, Mode};
use eastwest::sim::Scenario;
use eastwest::srs::{Day, Due, Grade, Memory};

mod aside;
mod cram;
mod looks;
mod others;
mod resume;

/// A Sunday at noon in Berlin.
pub const NOON: Now = Now { mono: Duration::from_secs(100), wall_ms: 1_795_345_200_000, offset_minutes: 60 };
const DAY: Duration = Duration::from_secs(86_400);

pub fn card(id: &str, kind: CardKind) -> Card {
    Card {
        id: CardId(id.into()),
        kind,
        objective: 1,
        section: 4,
        family: None,
        pattern: None,
        question: format!("question {id}?"),
        answer: "outlier detection".into(),
        reason: "because".into(),
        source: String::new(),
        earlier: false,
        claims: vec![],
        shows: None,
        file: String::new(),
        line: 1,
    }
}

pub fn said(id: &str) -> Card {
    card(id, CardKind::Recall { points: vec!["one".into(), "two".into()] })
}

pub fn typed(id: &str) -> Card {
    card(id, CardKind::Typed { accept: vec!["outlierDetection".into()] })
}

pub fn choice(id: &str) -> Card {
    let option = |text: &str, right| CardOption { text: text.into(), right, why: "so".into() };
    let options = vec![option("wrong", false), option("right", true), option("no", false)];
    card(id, CardKind::Choice { options, accept: vec!["correct".into()] })
}

/// A run that goes another way with another seed, within two points.
fn fresh_run(id: &str) -> Card {
    let run = Run {
        scenario: "two-regions".into(),
        pattern: "federation".into(),
        set: vec![],
        actions: vec![],
        seed: 7,
        duration: "5s".into(),
        from: "0s".into(),
        measure: "calls.payment.us-east-1.local_percent".into(),
    };
    let claim = Claim { how: How::Run(run), expect: 50.0, tolerance: 4.0 };
    card(id, CardKind::Run(FreshRun { claim, unit: "%".into() }))
}

pub fn fault(id: &str) -> Card {
    card(id, CardKind::Fault(Fault { yaml: "a: 1\nb: 2\nc: 3".into(), wrong: vec![1] }))
}

pub fn order(id: &str) -> Card {
    card(id, CardKind::Order(["a", "b", "c", "d"].map(String::from).to_vec()))
}

/// A learner at a desk: keys in, what the log holds out. The disk answers at once unless told otherwise.
pub struct Desk {
    pub parts: Parts,
    pub review: Review,
    pub now: Now,
    pub log: Vec<Entry>,
    /// What other terminals have written since the log was read here.
    pub elsewhere: Vec<Entry>,
    disk_answers: bool,
}

impl Desk {
    pub fn new(cards: Vec<Card>) -> Self {
        Self::after(cards, &[], NOON)
    }

    /// A new process in which that log is read.
    pub fn after(cards: Vec<Card>, log: &[Entry], now: Now) -> Self {
        let parts = Parts {
            course: Course { cards, ..Course::default() },
            scenarios: BTreeMap::from([(
                "two-regions".to_owned(),
                Scenario::shipped("two-regions").unwrap(),
            )]),
            learner: Learner::fold(log.iter().cloned()),
            ids: IdMaker::new("deva", log.len() as u128),
            place: Place::default(),
            size: Size::new(80, 24),
            unsaved: vec![],
            manner: eastwest::app::manner::Manner::default(),
        };
        let review = Review::open(&parts, now);
        Self { parts, review, now, log: log.to_vec(), elsewhere: vec![], disk_answers: true }
    }

    pub fn act(&mut self, action: Action) -> Reply {
        let mut reply = self.review.act(&mut self.parts, self.now, action);
        let mut done = 0;
        while let Some(effect) = reply.effects.get(done).cloned() {
            done += 1;
            let more = match effect {
                Effect::ReadLog => self.read(),
                Effect::Append(entry) => {
                    self.log.push(entry.clone());
                    if !self.disk_answers {
                        continue;
                    }
                    self.review.appended(&mut self.parts, self.now, &entry.id)
                }
                _ => continue,
            };
            reply.effects.extend(more.effects);
            reply.notice = more.notice.or(reply.notice);
        }
        reply
    }

    /// The log is read once more.
    fn read(&mut self) -> Reply {
        for entry in self.elsewhere.drain(..) {
            self.parts.learner.apply(entry);
        }
        self.review.log_read(&mut self.parts, self.now)
    }

    pub fn wait(&mut self, time: Duration) {
        self.now.mono += time;
        self.now.wall_ms += i64::try_from(time.as_millis()).unwrap();
    }

    pub fn write(&mut self, text: &str) {
        text.chars().for_each(|c| drop(self.act(Action::Type(c))));
    }

    /// Attempts, reveals and grades the open card; gives its id.
    pub fn answer(&mut self, grade: Grade) -> String {
        let id = self.open();
        self.wait(Duration::from_secs(5));
        self.act(Action::Confirm);
        self.act(Action::Grade(grade));
        id
    }

    pub fn open(&self) -> String {
        self.review.card(&self.parts).expect("a card is open").id.0.clone()
    }

    pub fn is_over(&self) -> bool {
        matches!(self.review.stage, Stage::Over(_))
    }

    pub fn memory(&self, card: &str) -> Memory {
        self.parts.learner.card(card).map_or(Memory::New, |state| state.memory)
    }

    fn last_review(&self) -> &eastwest::learner::Review {
        let reviews = self.log.iter().rev().filter_map(|entry| match &entry.event {
            Event::Review(review) => Some(review),
            _ => None,
        });
        reviews.into_iter().next().expect("a review was logged")
    }
}

pub fn is_told(reply: &Reply) -> bool {
    matches!(reply.notice, Some(Notice::Info(_)))
}

#[test]
fn nothing_is_revealed_before_an_attempt() {
    let mut desk = Desk::new(vec![said("a"), typed("b"), choice("c")]);
    for _ in 0..2 {
        assert!(is_told(&desk.act(Action::Confirm)), "no words and no time to think");
        assert!(matches!(desk.review.stage, Stage::Asking(_)));
        desk.act(Action::Grade(Grade::Easy));
        assert!(matches!(desk.review.stage, Stage::Asking(_)), "a grade needs an answer");
        desk.wait(Duration::from_secs(2));
        desk.act(Action::Confirm);
        assert!(matches!(desk.review.stage, Stage::Revealed(_)), "it was said aloud");
        desk.act(Action::Grade(Grade::Good));
    }
    desk.wait(Duration::from_secs(60));
    assert!(is_told(&desk.act(Action::Confirm)), "a choice is never skipped");
    desk.act(Action::Choose(2));
    desk.act(Action::Confirm);
    assert!(matches!(desk.review.stage, Stage::Revealed(_)));
}

#[test]
fn a_typed_answer_is_marked_and_a_wrong_one_suggests_again() {
    let mut desk = Desk::new(vec![typed("a"), typed("b"), typed("c")]);
    desk.write("Outlier-Detecton");
    desk.act(Action::Confirm);
    let Stage::Revealed(revealed) = &desk.review.stage else { panic!("{:?}", desk.review.stage) };
    assert_eq!((revealed.mark, revealed.suggested()), (Some(Mark::Slip), Grade::Good));
    desk.act(Action::Confirm);
    assert_eq!(desk.last_review().grade, Grade::Good);

    desk.write("panic threshold");
    desk.act(Action::Confidence);
    desk.wait(Duration::from_secs(5));
    desk.act(Action::Confirm);
    let Stage::Revealed(revealed) = &desk.review.stage else { panic!("{:?}", desk.review.stage) };
    assert!(revealed.mark == Some(Mark::Wrong) && revealed.is_surprise());
    desk.wait(Duration::from_secs(2));
    desk.act(Action::Confirm);
    let review = desk.last_review();
    assert_eq!((review.grade, review.right, review.mode), (Grade::Again, Some(false), Mode::Type));
    assert_eq!((review.confidence, review.took_ms), (Some(Confidence::Certain), 7000));
    assert_eq!((review.kind, &review.card), (Kind::New, &"b".to_owned()));
}

#[test]
fn a_choice_is_shown_in_another_order_than_it_is_written_and_marked_by_its_option() {
    let mut orders = std::collections::BTreeSet::new();
    for n in 0..8 {
        let mut desk = Desk::new(vec![choice(&format!("c{n}"))]);
        let Stage::Asking(asked) = &desk.review.stage else { panic!() };
        let Attempt::Choice { shown, .. } = &asked.attempt else { panic!() };
        let right = shown.iter().position(|place| *place == 1).unwrap();
        orders.insert(shown.clone());
        desk.act(Action::Choose(right as u8 + 1));
        desk.act(Action::Confirm);
        let Stage::Revealed(revealed) = &desk.review.stage else { panic!() };
        assert_eq!(revealed.mark, Some(Mark::Right));
    }
    assert!(orders.len() > 2, "{orders:?}");
}

#[test]
fn an_order_starts_wrong_and_is_put_right_by_moving_items() {
    let mut desk = Desk::new(vec![order("o")]);
    assert_eq!(desk.review.context(), Context::ReviewOrdering);
    for target in 0..4 {
        loop {
            let Stage::Asking(asked) = &desk.review.stage else { panic!() };
            let Attempt::Order { items, at } = &asked.attempt else { panic!() };
            let place = items.iter().position(|item| *item == target).unwrap();
            let action = match (place.cmp(&target), at.cmp(&place)) {
                (std::cmp::Ordering::Equal, _) => break,
                (_, std::cmp::Ordering::Equal) => Action::MoveUp,
                (_, std::cmp::Ordering::Less) => Action::Down,
                (_, std::cmp::Ordering::Greater) => Action::Up,
            };
            desk.act(action);
        }
    }
    desk.act(Action::Confirm);
    let Stage::Revealed(revealed) = &desk.review.stage else { panic!() };
    assert_eq!(revealed.mark, Some(Mark::Right));
    desk.act(Action::Confirm);
    assert_eq!(desk.last_review().mode, Mode::Order);
    for n in 0..40 {
        let Attempt::Order { items, .. } = Attempt::at(&order("o"), n, false) else { panic!() };
        assert!(!items.is_sorted());
    }
}

#[test]
fn ticked_points_make_an_honest_grade() {
    let mut desk = Desk::new(vec![said("a")]);
    desk.write("one");
    desk.act(Action::Confirm);
    let suggested = |desk: &Desk| match &desk.review.stage {
        Stage::Revealed(revealed) => revealed.suggested(),
        stage => panic!("{stage:?}"),
    };
    assert_eq!(suggested(&desk), Grade::Good);
    desk.act(Action::Tick);
    assert_eq!(suggested(&desk), Grade::Hard);
    desk.act(Action::Tick);
    assert_eq!(suggested(&desk), Grade::Good);
    desk.act(Action::Up);
    desk.act(Action::Tick);
    assert_eq!(suggested(&desk), Grade::Hard);
}

#[test]
fn the_next_card_waits_for_the_disk() {
    let mut desk = Desk::new(vec![said("a"), said("b")]);
    desk.disk_answers = false;
    let first = desk.answer(Grade::Good);
    assert!(matches!(desk.review.stage, Stage::Saving(_)));
    assert_eq!(desk.open(), first, "the graded card stays on the screen");
    for action in [Action::Confirm, Action::Grade(Grade::Again), Action::Undo, Action::Type('x')] {
        assert!(desk.act(action).effects.is_empty());
    }
    let other = IdMaker::new("devb", 1).entry(NOON.moment(), Event::Finish { section: 1 }).id;
    desk.review.appended(&mut desk.parts, desk.now, &other);
    assert!(
        matches!(desk.review.stage, Stage::Saving(_)),
        "another entry's acknowledgment is not this one's"
    );
    let id = desk.log[0].id.clone();
    desk.review.appended(&mut desk.parts, desk.now, &id);
    assert_ne!(desk.open(), first);
}

#[test]
fn the_dates_on_the_buttons_are_the_dates_the_cards_get() {
    let mut desk = Desk::new(vec![said("a"), said("b"), said("c"), said("d")]);
    for grade in Grade::ALL {
        let id = desk.open();
        desk.wait(Duration::from_secs(5));
        desk.act(Action::Confirm);
        let Stage::Revealed(revealed) = &desk.review.stage else { panic!() };
        let promised = revealed.buttons.of(grade).due;
        desk.act(Action::Grade(grade));
        assert_eq!(desk.parts.learner.card(&id).unwrap().due, Some(promised));
    }
}

#[test]
fn dates_are_shown_again_when_a_new_day_begins_before_the_grade() {
    let mut desk = Desk::new(vec![said("a")]);
    desk.wait(Duration::from_secs(5));
    desk.act(Action::Confirm);
    desk.wait(DAY);
    assert!(is_told(&desk.act(Action::Grade(Grade::Good))));
    let Stage::Revealed(revealed) = &desk.review.stage else { panic!() };
    assert_eq!(revealed.buttons.of(Grade::Good).due, Due::On(Day(NOON.moment().day(4).0 + 3)));
    desk.act(Action::Grade(Grade::Good));
    assert_eq!(desk.log.len(), 1);
}

#[test]
fn a_missed_card_comes_back_after_three_others_and_each_card_has_one_success() {
    let names = ["a", "b", "c", "d", "e"];
    let mut desk = Desk::new(names.map(said).to_vec());
    let missed = desk.answer(Grade::Again);
    let mut asked = vec![];
    while !desk.is_over() {
        asked.push(desk.answer(Grade::Good));
    }
    assert_eq!(asked[3], missed, "{asked:?}");
    assert_eq!(asked.len(), 5, "four others, the missed one once more: {asked:?}");
    let Stage::Over(over) = &desk.review.stage else { panic!() };
    assert_eq!((over.why, over.left, over.answers.len()), (Why::Done, 0, 6));
    for (card, ..) in &over.answers {
        let of_card = over.answers.iter().filter(|row| row.0 == *card);
        let dates: Vec<bool> = of_card.map(|row| row.2.is_some()).collect();
        assert!(
            dates.iter().filter(|has_one| **has_one).count() == 1 && dates.last() == Some(&true),
            "{card}"
        );
    }
    assert_eq!(desk.review.progress(), (6, 6));
}

#[test]
fn a_card_missed_at_the_end_can_be_asked_at_once_and_enter_then_leads_home() {
    let mut desk = Desk::new(vec![said("a")]);
    desk.answer(Grade::Again);
    let Stage::Over(over) = &desk.review.stage else { panic!() };
    assert_eq!((over.left, over.missed), (1, 1));
    desk.act(Action::Confirm);
    let Stage::Asking(asked) = &desk.review.stage else { panic!() };
    assert_eq!((asked.early, asked.seen), (Some(Early::Step), 1));
    desk.answer(Grade::Hard);
    assert!(desk.is_over());
    assert_eq!(desk.act(Action::Confirm).go, Some(Go::Home), "one success is enough for today");
}

#[test]
fn a_missed_card_comes_back_after_ten_minutes_too() {
    let mut queue = Queue::new(vec!["a".into(), "b".into()]);
    let start = Duration::ZERO;
    let missed = queue.next(start).unwrap();
    queue.answered(&missed, false, start);
    assert_eq!(queue.next(Duration::from_secs(600)), Some("a".into()));
}

#[test]
fn eight_minutes_are_enough_and_enter_goes_on() {
    let mut desk = Desk::new(["a", "b", "c"].map(said).to_vec());
    desk.wait(Duration::from_secs(475));
    desk.answer(Grade::Good);
    let Stage::Over(over) = &desk.review.stage else { panic!() };
    assert_eq!((over.why, over.left), (Why::Enough, 2));
    desk.act(Action::Confirm);
    desk.answer(Grade::Good);
    desk.answer(Grade::Good);
    let Stage::Over(over) = &desk.review.stage else { panic!() };
    assert_eq!(over.why, Why::Done);
}

#[test]
fn undo_takes_the_last_grade_back_and_shows_the_answer_again() {
    let mut desk = Desk::new(vec![said("a"), said("b")]);
    let first = desk.answer(Grade::Easy);
    let second = desk.open();
    assert!(is_told(&desk.act(Action::Undo)));
    assert!(matches!(desk.review.stage, Stage::Revealed(_)), "the attempt was made, so the answer may show");
    assert_eq!((desk.open(), desk.memory(&first)), (first.clone(), Memory::New));
    let read = desk.review.log_read(&mut desk.parts, desk.now);
    assert!(!is_told(&read), "taking back one's own grade is nobody else's doing");
    desk.act(Action::Grade(Grade::Again));
    assert!(matches!(desk.memory(&first), Memory::Learning { .. }));
    assert_eq!(desk.open(), second, "the card that was open comes next");
    assert_eq!(desk.log.len(), 3, "nothing is ever taken out of the log");
}

#[test]
fn undo_works_after_the_last_card_and_as_often_as_there_are_grades() {
    let mut desk = Desk::new(vec![said("a"), said("b")]);
    desk.answer(Grade::Good);
    desk.answer(Grade::Good);
    assert!(desk.is_over());
    desk.act(Action::Undo);
    desk.act(Action::Undo);
    assert_eq!((desk.memory("a"), desk.memory("b")), (Memory::New, Memory::New));
    assert_eq!(desk.review.progress(), (0, 2));
    assert!(is_told(&desk.act(Action::Undo)), "there is nothing left to undo");
    desk.act(Action::Grade(Grade::Good));
    desk.answer(Grade::Good);
    assert!(desk.is_over());
    assert_eq!(desk.review.progress(), (2, 2));
}

#[test]
fn undo_survives_a_restart_and_asks_the_card_again() {
    let cards = || vec![said("a"), said("b")];
    let mut desk = Desk::new(cards());
    let first = desk.answer(Grade::Good);
    let second = desk.open();
    let mut again = Desk::after(cards(), &desk.log, desk.now);
    assert_eq!(again.open(), second);
    again.act(Action::Undo);
    assert!(matches!(again.review.stage, Stage::Asking(_)), "this process has seen no attempt");
    assert_eq!(again.open(), first);
    let third = Desk::after(cards(), &again.log, again.now);
    assert_eq!((third.memory(&first), third.parts.learner.has_reviewed()), (Memory::New, false));
}

#[test]
fn a_card_graded_in_another_terminal_is_not_asked_again() {
    let mut desk = Desk::new(vec![said("a"), said("b"), said("c")]);
    let (open, mut elsewhere) = (desk.open(), IdMaker::new("deva", 99));
    let mut grade = |desk: &mut Desk, card: &str| {
        let event = super::learner::review(card, Grade::Good);
        desk.parts.learner.apply(elsewhere.entry(desk.now.moment(), event));
        desk.review.log_read(&mut desk.parts, desk.now)
    };
    let others: Vec<String> =
        ["a", "b", "c"].into_iter().filter(|id| *id != open).map(String::from).collect();
    let last = others[1].clone();
    assert!(!is_told(&grade(&mut desk, &last)));
    assert_eq!(desk.open(), open, "the open card is not disturbed by others");
    assert!(is_told(&grade(&mut desk, &open)));
    assert_eq!(desk.open(), others[0]);
    desk.answer(Grade::Good);
    assert!(desk.is_over());
}

#[test]
fn a_card_whose_sibling_was_graded_in_another_terminal_waits_until_tomorrow() {
    let of_family = |id| Card { family: Some("outlier".into()), ..said(id) };
    let mut elsewhere = IdMaker::new("deva", 99);
    let cards = || vec![said("c"), of_family("a"), of_family("b")];
    let days_ago = |days: i64| NOON.moment().plus(-days * 86_400_000);
    let known = ["c", "a"].map(|id| elsewhere.entry(days_ago(9), super::learner::review(id, Grade::Good)));
    for log in [&[][..], &known] {
        let mut desk = Desk::after(cards(), log, NOON);
        assert_eq!(desk.review.progress(), (0, 2));
        let sibling = elsewhere.entry(NOON.moment(), super::learner::review("b", Grade::Good));
        desk.parts.learner.apply(sibling);
        desk.review.log_read(&mut desk.parts, desk.now);
        assert_eq!((desk.open(), desk.review.progress()), ("c".into(), (0, 1)));
    }
}

#[test]
fn with_nothing_due_the_session_says_when_there_will_be() {
    let cards = || vec![said("a")];
    let mut desk = Desk::new(cards());
    desk.answer(Grade::Good);
    let later = Desk::after(cards(), &desk.log, desk.now);
    let Stage::Over(over) = &later.review.stage else { panic!() };
    assert_eq!((over.why, over.outlook.now, over.outlook.week), (Why::NothingDue, 0, 1));
}

#[test]
fn a_card_whose_text_was_changed_says_so_and_keeps_its_schedule() {
    let mut desk = Desk::new(vec![typed("a")]);
    desk.answer(Grade::Good);
    let mut changed = typed("a");
    changed.question.push_str(" And why?");
    let mut now = desk.now;
    now.wall_ms += 2 * 86_400_000;
    for (card, is_edited) in [(typed("a"), false), (changed, true)] {
        let again = Desk::after(vec![card], &desk.log, now);
        let Stage::Asking(asked) = &again.review.stage else { panic!() };
        assert_eq!((asked.is_edited, asked.seen, asked.days_ago), (is_edited, 1, Some(2)));
    }
}

#[test]
fn answers_are_edited_by_letters_and_words() {
    let mut desk = Desk::new(vec![typed("a")]);
    desk.write("two words é");
    desk.act(Action::Erase);
    desk.act(Action::EraseWord);
    desk.act(Action::Erase);
    let Stage::Asking(asked) = &desk.review.stage else { panic!() };
    assert_eq!(asked.attempt, Attempt::Text { text: "two".into(), typed: true });
    // Blanks of several bytes: a no-break space and an ideographic one, as a paste brings them.
    desk.write("\u{a0}and\u{3000}three");
    desk.act(Action::EraseWord);
    desk.act(Action::EraseWord);
    let Stage::Asking(asked) = &desk.review.stage else { panic!() };
    assert_eq!(asked.attempt, Attempt::Text { text: "two\u{a0}".into(), typed: true });
    for _ in 0..9 {
        desk.act(Action::Erase);
        desk.act(Action::EraseWord);
    }
    assert_eq!(desk.act(Action::Back).go, Some(Go::Home));
}

#[test]
fn buttons_say_spans_and_dates_as_people_do() {
    let now = NOON.moment();
    let today = now.day(4);
    let says = |due| {
        let when = when(due, now, 4);
        when.date.map_or(when.span.clone(), |date| format!("{} · {date}", when.span))
    };
    let cases = [
        (Due::At(now.ms - 5), "now"),
        (Due::At(now.ms + 599_001), "10 min"),
        (Due::At(now.ms + 7_200_000), "2 h"),
        (Due::On(today.plus(1)), "tomorrow · Mon 23 Nov"),
        (Due::On(today.plus(9)), "9 days · Tue 1 Dec"),
        (Due::On(today.plus(60)), "60 days · 21 Jan 2027"),
        (Due::On(today.plus(500)), "1.4 years · 5 Apr 2028"),
    ];
    for (due, expected) in cases {
        assert_eq!(says(due), expected);
    }
}

#[test]
fn a_choice_that_is_known_is_asked_without_its_options_until_it_is_missed() {
    let mut desk = Desk::new(vec![choice("c")]);
    let mut now = NOON;
    for _ in 0..2 {
        assert!(matches!(desk.review.stage, Stage::Asking(_)), "{:?}", desk.review.stage);
        desk.act(Action::Choose(1));
        desk.act(Action::Confirm);
        desk.act(Action::Grade(Grade::Easy));
        now.wall_ms += 400 * 86_400_000;
        desk = Desk::after(vec![choice("c")], &desk.log, now);
    }
    assert_eq!(desk.review.context(), Context::ReviewTyping);
    desk.write("correct");
    desk.act(Action::Confirm);
    let Stage::Revealed(revealed) = &desk.review.stage else { panic!("{:?}", desk.review.stage) };
    assert_eq!(revealed.mark, Some(Mark::Right));
    desk.act(Action::Grade(Grade::Again));
    now.wall_ms += 86_400_000;
    let desk = Desk::after(vec![choice("c")], &desk.log, now);
    assert_eq!(desk.review.context(), Context::ReviewChoosing);
}

#[test]
fn a_number_is_right_within_its_tolerance_whatever_stands_around_it() {
    let number = |value, tolerance, unit: &str| Number { value, tolerance, unit: unit.into() };
    let seventy = number(70.0, 5.0, "%");
    for right in ["70", "75 %", "65%", " 70 percent", "70.0"] {
        assert_eq!(seventy.mark(right), Mark::Right, "{right}");
    }
    for wrong in ["64.9", "76", "-70", "seventy", "", "70 ms", "7 0 0"] {
        assert_eq!(seventy.mark(wrong), Mark::Wrong, "{wrong}");
    }
    assert_eq!(number(1_000.0, 0.0, "ms").mark("1,000 ms"), Mark::Right);
    assert_eq!(number(-2.5, 0.0, "").mark("-2.5"), Mark::Right);
    for (unit, said) in
        [("s", "about 40 seconds"), ("s", "~40 sec"), ("$", "40 dollars"), ("GB/h", "40 GB an hour")]
    {
        assert_eq!(number(40.0, 0.0, unit).mark(said), Mark::Right, "{said}");
    }
    for (unit, said) in [("s", "40 minutes"), ("s", "about"), ("%", "40 seconds"), ("$", "40 cents")] {
        assert_eq!(number(40.0, 0.0, unit).mark(said), Mark::Wrong, "{said}");
    }
    assert_eq!(number(0.2, 0.1, "$").mark("$0.3"), Mark::Right);
}

#[test]
fn the_wrong_line_of_a_manifest_is_picked() {
    let mut desk = Desk::new(vec![fault("f")]);
    assert!(is_told(&desk.act(Action::Confirm)), "a line has to be picked");
    desk.act(Action::Down);
    desk.act(Action::Down);
    desk.act(Action::Confirm);
    let Stage::Revealed(revealed) = &desk.review.stage else { panic!() };
    assert_eq!(revealed.mark, Some(Mark::Right));
    assert_eq!(fault("f").mark_line(0), Mark::Wrong);
}

#[test]
fn a_fresh_run_goes_another_way_each_time_and_is_worked_out_while_one_thinks() {
    let came_out = |log: &[Entry]| {
        let mut desk = Desk::after(vec![fresh_run("r")], log, Now { wall_ms: NOON.wall_ms + 1, ..NOON });
        let mut frames = 0;
        while let Some(at) = desk.review.next_frame() {
            desk.now.mono = desk.now.mono.max(at);
            desk.review.frame(desk.now);
            frames += 1;
        }
        assert!(frames > 0, "it takes more than no time");
        desk.write("50");
        desk.act(Action::Confirm);
        let Stage::Revealed(revealed) = &desk.review.stage else { panic!("{:?}", desk.review.stage) };
        let number = *revealed.came_out.as_ref().unwrap().as_ref().unwrap();
        let near = (number - 50.0).abs() <= 4.0;
        assert_eq!(revealed.mark, Some(if near { Mark::Right } else { Mark::Wrong }));
        desk.act(Action::Grade(Grade::Again));
        (number, desk.log)
    };
    let (first, log) = came_out(&[]);
    assert_eq!(came_out(&[]).0, first, "the same card at the same review has the same run");
    let later: Vec<Entry> = log;
    let mut desk =
        Desk::after(vec![fresh_run("r")], &later, Now { wall_ms: NOON.wall_ms + 3_600_000, ..NOON });
    desk.write("50");
    // Nobody has to wait for frames.
    desk.act(Action::Confirm);
    let Stage::Revealed(revealed) = &desk.review.stage else { panic!("{:?}", desk.review.stage) };
    assert_ne!(*revealed.came_out.as_ref().unwrap().as_ref().unwrap(), first);
}

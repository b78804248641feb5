//! The log's fold: what it makes of entries, and that only their set matters.

use eastwest::learner::{
    Change, Confidence, Entry, EntryId, Event, IdMaker, Kind, Learner, Line, Mode, Prediction, Pretest,
    Review, Round, TextHash,
};
use eastwest::srs::{Day, Due, Grade, Memory, Model, Moment, Retention, Settings, Steps, Weights};
use proptest::prelude::*;

const DAY_MS: i64 = 86_400_000;
/// A Sunday at noon in Berlin.
const NOON: Moment = Moment { ms: 1_795_345_200_000, offset: 60 };

pub fn review(card: &str, grade: Grade) -> Event {
    Event::Review(Review {
        card: card.into(),
        hash: TextHash::new("00c0ffee00c0ffee"),
        grade,
        took_ms: 5400,
        mode: Mode::Type,
        right: Some(grade != Grade::Again),
        confidence: Some(Confidence::Fairly),
        kind: Kind::Review,
    })
}

pub fn ids(device: &str) -> IdMaker {
    IdMaker::new(device, 7)
}

fn line(text: &str) -> Line {
    Line::read(text.as_bytes())
}

#[test]
fn a_review_is_the_line_that_the_contract_shows() {
    let entry = ids("deva").entry(NOON, review("e11.mesh", Grade::Good));
    let text = concat!(
        r#"{"v":1,"id":"1795345200000-deva-00000000000000000000000000000007-1","op":"review","t":1795345200000,"off":60,"#,
        r#""card":"e11.mesh","h":"00c0ffee00c0ffee","r":3,"ms":5400,"mode":"type","ok":true,"conf":2,"kind":"review"}"#
    );
    assert_eq!(entry.to_line(), text);
    assert_eq!(line(text), Line::Entry(entry));
}

#[test]
fn what_is_not_ours_is_told_from_what_is_broken() {
    let with = |fields: &str| line(&format!(r#"{{"id":"1-a-0-1","t":1,"off":0,{fields}}}"#));
    let review = r#""op":"review","card":"c","r":3"#;
    assert!(matches!(with(&format!(r#""v":1,{review}"#)), Line::Entry(_)));
    assert!(
        matches!(with(&format!(r#""v":1,{review},"later":[1]"#)), Line::Entry(_)),
        "unknown fields are no harm"
    );
    assert_eq!(with(&format!(r#""v":2,{review}"#)), Line::Unknown);
    assert_eq!(with(r#""v":2,"op":"review","r":"good""#), Line::Unknown);
    assert_eq!(with(r#""v":1,"op":"dance","card":7"#), Line::Unknown);
    for broken in
        [r#""v":1,"op":"review","card":"c","r":5"#, r#""v":1,"op":"review","r":3"#, r#""op":"undo""#]
    {
        assert_eq!(with(broken), Line::Broken, "{broken}");
    }
    for broken in ["", "{", "null", "[]", "\u{0}\u{0}", r#"{"v":1,"op":"review","card":"c","r":3}"#] {
        assert_eq!(line(broken), Line::Broken, "{broken}");
    }
}

#[test]
fn ids_know_their_device_even_if_its_name_has_hyphens() {
    let id = EntryId::new("1795345200000-my-old-laptop-00000000000000000000000000000007-12");
    assert_eq!((id.device(), id.seq()), ("my-old-laptop", 12));
    let other = EntryId::new("from elsewhere");
    assert_eq!((other.device(), other.seq()), ("", 0));
}

#[test]
fn what_the_buttons_promise_is_what_the_entry_does() {
    let (mut learner, mut ids, mut now) = (Learner::default(), ids("deva"), NOON);
    for grade in [Grade::Good, Grade::Good, Grade::Hard, Grade::Again, Grade::Hard, Grade::Good, Grade::Easy]
    {
        let promised = learner.buttons("c", now).of(grade);
        learner.apply(ids.entry(now, review("c", grade)));
        let state = learner.card("c").unwrap();
        assert_eq!((state.memory, state.due), (promised.memory, Some(promised.due)));
        now = match promised.due {
            Due::At(ms) => Moment { ms, ..now },
            Due::On(day) => Moment { ms: day.begins(60, 4) + 8 * 3_600_000, ..now },
        };
    }
    let state = learner.card("c").unwrap();
    assert_eq!((state.reviews, state.lapses), (7, 1));
}

#[test]
fn an_undone_review_leaves_no_trace_and_the_one_before_is_next() {
    let (mut learner, mut ids) = (Learner::default(), ids("deva"));
    let first = ids.entry(NOON, review("a", Grade::Good));
    let second = ids.entry(NOON.plus(1000), review("b", Grade::Again));
    learner.apply(first.clone());
    let before = learner.card("a").cloned();
    learner.apply(second.clone());
    assert_eq!(learner.latest(&IdMaker::new("deva", 99), NOON).unwrap().card, "b");
    assert_eq!(
        learner.latest(&IdMaker::new("elsewhere", 99), NOON),
        None,
        "only what was done here is undone here"
    );
    learner.apply(ids.entry(NOON.plus(2000), Event::Undo { of: second.id }));
    assert_eq!(learner.card("b").unwrap().memory, Memory::New);
    assert_eq!(learner.card("a").cloned(), before);
    assert_eq!(learner.latest(&IdMaker::new("deva", 99), NOON).unwrap().card, "a");
    learner.apply(ids.entry(NOON.plus(3000), Event::Undo { of: first.id }));
    assert_eq!(learner.latest(&IdMaker::new("deva", 99), NOON), None);
}

#[test]
fn pretests_and_cramming_do_not_touch_the_schedule() {
    let mut ids = ids("deva");
    for kind in [Kind::Pretest, Kind::Cram] {
        let Event::Review(plain) = review("c", Grade::Again) else { unreachable!() };
        let learner = Learner::fold([ids.entry(NOON, Event::Review(Review { kind, ..plain }))]);
        assert_eq!(learner.card("c").unwrap().memory, Memory::New);
        assert_eq!(learner.history("c").count(), 1);
    }
}

#[test]
fn suspended_buried_and_reset_cards_stand_accordingly() {
    let (mut learner, mut ids) = (Learner::default(), ids("deva"));
    let today = NOON.day(4);
    learner.apply(ids.entry(NOON, review("c", Grade::Easy)));
    learner.apply(ids.entry(NOON, Event::Bury { card: "c".into() }));
    assert!(!learner.card("c").unwrap().is_open(today) && learner.card("c").unwrap().is_open(today.plus(1)));
    learner.apply(ids.entry(NOON, Event::Suspend { card: "c".into(), on: true }));
    assert!(!learner.card("c").unwrap().is_open(today.plus(1)));
    learner.apply(ids.entry(NOON, Event::Suspend { card: "c".into(), on: false }));
    learner.apply(ids.entry(NOON, Event::Reset { card: "c".into() }));
    let state = learner.card("c").unwrap();
    assert_eq!((state.memory, state.due, state.reviews, state.begun), (Memory::New, None, 0, None));
    assert_eq!(learner.history("c").count(), 1, "what happened is not forgotten");
}

#[test]
fn a_card_that_was_reset_gets_the_dates_of_a_new_one() {
    let (mut learner, mut ids) = (Learner::default(), ids("deva"));
    for card in ["a", "b", "c", "d", "e", "f"] {
        learner.apply(ids.entry(NOON, review(card, Grade::Easy)));
        learner.apply(ids.entry(NOON, Event::Reset { card: card.into() }));
        assert_eq!(learner.buttons(card, NOON), Learner::default().buttons(card, NOON), "{card}");
    }
}

#[test]
fn settings_hold_from_the_moment_they_were_made() {
    let mut ids = ids("deva");
    let change = |change| Event::Config(change);
    let long = Steps::new(&[3_600_000]).unwrap();
    let entries = [
        ids.entry(NOON, review("early", Grade::Again)),
        ids.entry(
            NOON.plus(1),
            change(Change { learning: Some(long), new_per_day: Some(3), ..Change::default() }),
        ),
        ids.entry(NOON.plus(2), review("late", Grade::Again)),
        ids.entry(
            NOON.plus(3),
            change(Change { retention: Some(Retention::clamped(0.8)), ..Change::default() }),
        ),
    ];
    let learner = Learner::fold(entries);
    assert_eq!(learner.card("early").unwrap().due, Some(Due::At(NOON.ms + 600_000)));
    assert_eq!(learner.card("late").unwrap().due, Some(Due::At(NOON.ms + 2 + 3_600_000)));
    let preferences = learner.preferences();
    assert_eq!((preferences.new_per_day, preferences.schedule.retention), (3, Retention::clamped(0.8)));
}

/// Parameters of somebody else: a first Good lasts `days`.
pub fn weights(days: f64) -> Weights {
    let mut values = Weights::default().values();
    values[2] = days;
    Weights::new(&values).unwrap()
}

#[test]
fn parameters_hold_from_the_moment_they_were_accepted() {
    let mut ids = ids("deva");
    let change = Change { weights: Some(weights(9.0)), ..Change::default() };
    let first = ids.entry(NOON, review("early", Grade::Good));
    let accepted = ids.entry(NOON.plus(1), Event::Config(change));
    let late = ids.entry(NOON.plus(2), review("late", Grade::Good));
    let again = ids.entry(NOON.plus(2 * DAY_MS), review("early", Grade::Good));
    let learner = Learner::fold([again.clone(), late, first.clone(), accepted.clone()]);

    let (old, new, settings) = (Model::default(), Model::new(weights(9.0)), Settings::default());
    let begun = Memory::New.review(&old, &settings, Grade::Good, NOON.day(4)).0;
    let early = begun.review(&new, &settings, Grade::Good, NOON.day(4).plus(2)).0;
    assert_eq!(learner.card("early").unwrap().memory, early, "each answer by the parameters of its time");
    let late = learner.card("late").unwrap().memory.trace().unwrap().strength.stability;
    assert!((late - 9.0).abs() < 1e-6, "{late}");
    assert_eq!(learner.model().weights(), &weights(9.0));

    let undo = ids.entry(NOON.plus(3 * DAY_MS), Event::Undo { of: accepted.id.clone() });
    let mut back = Learner::fold([first, accepted, again]);
    back.apply(undo);
    assert_eq!(back.model(), &old, "and taken back they never were");
}

#[test]
fn parameters_that_make_no_sense_are_a_broken_line() {
    let with = |values: &str| {
        line(&format!(r#"{{"v":1,"id":"1-a-0-1","op":"config","t":1,"set":{{"fsrs6":[{values}]}}}}"#))
    };
    let good: Vec<String> = Weights::default().values().iter().map(ToString::to_string).collect();
    assert!(matches!(with(&good.join(",")), Line::Entry(_)));
    for (at, wrong) in [(0, "-1"), (3, "101"), (20, "0.05"), (20, "0.9")] {
        let mut values = good.clone();
        values[at] = wrong.to_owned();
        assert_eq!(with(&values.join(",")), Line::Broken, "{at} {wrong}");
    }
    assert_eq!(with(&good[1..].join(",")), Line::Broken);
}

#[test]
fn predictions_sections_and_missions_are_remembered() {
    let mut ids = ids("deva");
    let prediction = Prediction {
        of: "s4-half".into(),
        said: "50".into(),
        was: "70".into(),
        right: false,
        confidence: Some(Confidence::Certain),
    };
    let lost = ids.entry(NOON, Event::Finish { section: 9 });
    let entries = [
        ids.entry(NOON, Event::Predict(prediction.clone())),
        ids.entry(NOON, Event::Finish { section: 3 }),
        ids.entry(NOON, Event::Undo { of: lost.id.clone() }),
        ids.entry(NOON, Event::Mission { mission: "keep-it-home".into(), won: true }),
        ids.entry(NOON, Event::Mission { mission: "write-the-rule".into(), won: false }),
        lost,
    ];
    for entry in &entries {
        assert_eq!(line(&entry.to_line()), Line::Entry(entry.clone()));
    }
    let learner = Learner::fold(entries);
    assert_eq!(learner.predictions().map(|(_, made)| made).collect::<Vec<_>>(), [&prediction]);
    assert_eq!(learner.finished().into_iter().collect::<Vec<_>>(), [3]);
    assert_eq!(learner.missions_won().into_iter().collect::<Vec<_>>(), ["keep-it-home"]);
}

#[test]
fn what_was_said_before_reading_is_a_line_of_its_own_that_moves_no_schedule() {
    let mut ids = ids("deva");
    let said = |round, said: &str| Pretest {
        card: "e11.q1".into(),
        said: said.into(),
        confidence: Some(Confidence::Guess),
        round,
    };
    let first = ids.entry(NOON, Event::Pretest(said(Round::Before, "never")));
    let text = concat!(
        r#"{"v":1,"id":"1795345200000-deva-00000000000000000000000000000007-1","op":"pretest","t":1795345200000,"#,
        r#""off":60,"card":"e11.q1","said":"never","conf":1,"kind":"before"}"#
    );
    assert_eq!((first.to_line().as_str(), line(text)), (text, Line::Entry(first.clone())));
    let again = ids.entry(NOON, Event::Pretest(said(Round::Before, "changed my mind")));
    let after = ids.entry(NOON, Event::Pretest(said(Round::After, "")));
    assert_eq!(line(&after.to_line()), Line::Entry(after.clone()));
    let learner = Learner::fold([again, first, after]);
    assert_eq!(learner.pretest("e11.q1", Round::Before).unwrap().said, "never", "the first answer stands");
    assert_eq!(learner.pretest("e11.q1", Round::After).unwrap().said, "");
    assert_eq!(learner.pretest("e11.q2", Round::Before), None);
    assert!(learner.card("e11.q1").is_none() && !learner.has_reviewed());
}

#[test]
fn a_clock_put_right_by_minutes_keeps_the_order() {
    let (mut learner, mut ids) = (Learner::default(), ids("deva"));
    learner.apply(ids.entry(NOON, review("c", Grade::Again)));
    let back = NOON.plus(-120_000);
    let promised = learner.buttons("c", ids.stamp(back)).of(Grade::Good);
    learner.apply(ids.entry(back, review("c", Grade::Good)));
    assert_eq!(learner.card("c").unwrap().due, Some(promised.due));
    assert_eq!(ids.stamp(NOON.plus(-DAY_MS)), NOON.plus(-DAY_MS), "a day is no correction");
}

#[test]
fn the_clock_set_back_a_day_loses_nothing() {
    let mut ids = ids("deva");
    let first = ids.entry(NOON, review("c", Grade::Good));
    let second = ids.entry(NOON.plus(-DAY_MS), review("c", Grade::Good));
    let learner = Learner::fold([first, second]);
    let state = learner.card("c").unwrap();
    assert_eq!((state.reviews, state.asked), (2, Some(NOON.day(4))));
    assert!(state.due.is_some_and(|due| due.day(60, 4) > Day(NOON.day(4).0)));
}

/// Entries of four processes on three devices about few cards and few moments, so that ties, duplicates and undone ones are common.
fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let one = (0..4u8, 0..8i64, 0..12u8, 0..4usize, 0..4usize, 0..30u32);
    prop::collection::vec(one, 1..40).prop_map(|rows| {
        // Two processes on one device, and two other devices.
        let mut makers = [ids("deva"), IdMaker::new("deva", 8), ids("devb"), ids("dev-c")];
        let mut made: Vec<Entry> = Vec::new();
        for (device, time, what, card, grade, target) in rows {
            let now = NOON.plus(time * DAY_MS / 2);
            let card = ["a", "b", "c", "d"][card];
            let event = match what {
                0..7 => review(card, Grade::ALL[grade]),
                7 => Event::Suspend { card: card.into(), on: grade > 1 },
                8 => Event::Reset { card: card.into() },
                9 => Event::Bury { card: card.into() },
                10 => Event::Config(Change {
                    retention: Some(Retention::clamped(0.7 + grade as f64 / 20.0)),
                    rollover_hour: Some(grade as u8),
                    weights: (grade > 1).then(|| weights(grade as f64)),
                    ..Change::default()
                }),
                _ => match made.get(target as usize) {
                    Some(entry) => Event::Undo { of: entry.id.clone() },
                    None => Event::Undo { of: EntryId::new("not seen here") },
                },
            };
            made.push(makers[usize::from(device)].entry(now, event));
        }
        made
    })
}

proptest! {
    #[test]
    fn ids_print_as_they_were_read(
        ms in "[0-9]{1,14}|-5|x", device in "[a-z0-9-]{0,20}", nonce in "[0-9a-f]{32}|[0-9A-F]{32}|7", seq in "[0-9]{1,12}",
    ) {
        let text = format!("{ms}-{device}-{nonce}-{seq}");
        prop_assert_eq!(EntryId::new(&text).to_string(), text);
    }

    #[test]
    fn text_hashes_print_as_they_were_read(text in "[0-9a-f]{16}|[0-9A-F]{16}|[a-z]{1,4}") {
        prop_assert_eq!(TextHash::new(&text).unwrap().to_string(), text);
    }

    #[test]
    fn any_order_duplication_and_split_gives_the_same_learner(
        entries in entries(),
        order in prop::collection::vec(any::<prop::sample::Index>(), 80),
        split in any::<prop::sample::Index>(),
    ) {
        let whole = Learner::fold(entries.clone());
        let mut told: Vec<Entry> = entries.clone();
        told.extend(order.iter().take(40).map(|index| index.get(&entries).clone()));
        for (at, index) in order.iter().enumerate().take(told.len()) {
            let other = index.index(told.len());
            told.swap(at, other);
        }
        let folded = Learner::fold(told.clone());
        prop_assert_eq!(&folded, &whole);
        let at = split.index(told.len());
        let mut grown = Learner::fold(told[..at].to_vec());
        for entry in &told[at..] {
            grown.apply(entry.clone());
        }
        prop_assert_eq!(&grown, &whole);
        prop_assert_eq!(grown.preferences(), whole.preferences());
        let later = NOON.plus(20 * DAY_MS);
        for card in ["a", "b", "c", "d"] {
            prop_assert_eq!(grown.buttons(card, later), whole.buttons(card, later));
            prop_assert_eq!(grown.history(card).collect::<Vec<_>>(), whole.history(card).collect::<Vec<_>>());
        }
    }

    #[test]
    fn two_entries_of_one_id_count_once_whichever_comes_first(grades in prop::array::uniform2(0..4usize), late in 0..2i64) {
        let id = EntryId::new("1-deva-0-1");
        let entry = |grade: usize, at| Entry { id: id.clone(), at, event: review("c", Grade::ALL[grade]) };
        let (one, two) = (entry(grades[0], NOON), entry(grades[1], NOON.plus(late)));
        let mut grown = Learner::fold([two.clone()]);
        grown.apply(one.clone());
        prop_assert_eq!(grown.history("c").count(), 1);
        prop_assert_eq!(&grown, &Learner::fold([one.clone(), two.clone()]));
        let mut other_way = Learner::fold([one]);
        other_way.apply(two);
        prop_assert_eq!(grown, other_way);
    }

    #[test]
    fn of_two_entries_of_one_id_the_same_stands_whatever_they_are(
        entries in entries(), others in entries(), pairs in prop::collection::vec(any::<[prop::sample::Index; 2]>(), 1..6),
    ) {
        let mut known = Learner::fold(entries.clone());
        let mut all = entries.clone();
        for [one, other] in pairs {
            // Another event under an id that is there: of the same card or another, a mark, a setting.
            let id = one.get(&entries).id.clone();
            let twin = Entry { id, ..other.get(&others).clone() };
            known.apply(twin.clone());
            all.push(twin);
        }
        prop_assert_eq!(known, Learner::fold(all));
    }

    #[test]
    fn every_entry_reads_as_it_was_written(entries in entries()) {
        for entry in entries {
            prop_assert_eq!(line(&entry.to_line()), Line::Entry(entry));
        }
    }

    #[test]
    fn no_line_can_do_harm(text in ".*", bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let _ = line(&text);
        let _ = Line::read(&bytes);
    }

    #[test]
    fn no_moment_and_no_offset_can_do_harm(t in any::<i64>(), later in any::<i64>(), off in any::<i32>(), grade in 0..4usize) {
        let entry = |t: i64, seq: u32| Entry {
            id: EntryId::new(&format!("1-deva-0-{seq}")),
            at: Moment { ms: t, offset: off },
            event: review("c", Grade::ALL[grade]),
        };
        let learner = Learner::fold([entry(t, 1), entry(later, 2)]);
        let _ = learner.buttons("c", Moment { ms: t, offset: off });
        prop_assert_eq!(learner.history("c").count(), 2);
    }
}

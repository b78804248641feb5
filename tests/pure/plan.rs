//! What a learner is asked, out of what happened to them.

use super::learner::{ids, review};
use eastwest::learner::{CardRef, Change, Event, Learner};
use eastwest::srs::{Grade, Moment};

const DAY_MS: i64 = 86_400_000;
/// A Sunday at noon in Berlin.
const NOON: Moment = Moment { ms: 1_795_345_200_000, offset: 60 };

fn card(id: &str) -> CardRef<'_> {
    CardRef { id, objective: 1, section: 3, family: None, pattern: None, earlier: false }
}

fn cards<'a>(ids: &[&'a str]) -> Vec<CardRef<'a>> {
    ids.iter().map(|id| card(id)).collect()
}

#[test]
fn a_new_learner_gets_new_cards_up_to_the_limit_of_the_day() {
    let names: Vec<String> = (0..20).map(|n| format!("c{n:02}")).collect();
    let deck: Vec<CardRef> = names.iter().map(|name| card(name)).collect();
    let (mut learner, mut ids) = (Learner::default(), ids("deva"));
    assert_eq!(learner.agenda(&deck, NOON).fresh.len(), 12);
    for name in &names[..5] {
        learner.apply(ids.entry(NOON, review(name, Grade::Good)));
    }
    assert_eq!(
        learner.agenda(&deck, NOON).queue(),
        names[5..12].iter().map(String::as_str).collect::<Vec<_>>()
    );
    learner.apply(ids.entry(NOON, Event::Config(Change { new_per_day: Some(6), ..Change::default() })));
    assert_eq!(learner.agenda(&deck, NOON).queue(), ["c05"]);
    assert_eq!(learner.agenda(&deck, NOON.plus(DAY_MS)).fresh.len(), 6, "a new day, a new limit");
}

#[test]
fn a_day_of_new_cards_begins_with_three_of_earlier_episodes() {
    let earlier = |id, family| CardRef { earlier: true, family, ..card(id) };
    let mut deck = cards(&["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]);
    let (cap, none) = (Some("cap"), None);
    deck.extend([
        earlier("t", none),
        earlier("u", cap),
        earlier("v", cap),
        earlier("w", none),
        earlier("x", none),
    ]);
    let (mut learner, mut ids) = (Learner::default(), ids("deva"));
    let fresh = |learner: &Learner, days| learner.agenda(&deck, NOON.plus(days * DAY_MS)).fresh.join("");
    assert_eq!(fresh(&learner, 0), "tuwabcdefghi", "no two of one family, and three at most");
    learner.apply(ids.entry(NOON, review("t", Grade::Good)));
    assert_eq!(fresh(&learner, 0), "uwabcdefghi", "the one that was begun is one of the three");
    learner.apply(ids.entry(NOON, review("u", Grade::Good)));
    learner.apply(ids.entry(NOON, review("w", Grade::Good)));
    assert_eq!(fresh(&learner, 0), "abcdefghi", "a plan made anew brings no more of them");
    assert!(fresh(&learner, 1).starts_with("vxab"), "{}", fresh(&learner, 1));
    learner.apply(ids.entry(NOON.plus(DAY_MS), Event::Suspend { card: "v".into(), on: true }));
    assert!(fresh(&learner, 1).starts_with("xab"), "{}", fresh(&learner, 1));
}

#[test]
fn a_sibling_of_what_was_asked_today_waits_until_tomorrow() {
    let of_family = |id| CardRef { family: Some("outlier"), ..card(id) };
    let deck = [of_family("asked"), of_family("sibling"), card("other")];
    let (mut learner, mut ids) = (Learner::default(), ids("deva"));
    learner.apply(ids.entry(NOON, review("asked", Grade::Easy)));
    assert_eq!(learner.agenda(&deck, NOON).queue(), ["other"]);
    assert_eq!(learner.agenda(&deck, NOON.plus(DAY_MS)).queue(), ["sibling", "other"]);
}

#[test]
fn suspended_and_buried_cards_are_not_asked() {
    let (mut learner, mut ids) = (Learner::default(), ids("deva"));
    learner.apply(ids.entry(NOON, Event::Suspend { card: "a".into(), on: true }));
    learner.apply(ids.entry(NOON, Event::Bury { card: "b".into() }));
    let deck = cards(&["a", "b", "c"]);
    assert_eq!(learner.agenda(&deck, NOON).queue(), ["c"]);
    assert_eq!(learner.agenda(&deck, NOON.plus(DAY_MS)).queue(), ["b", "c"]);
}

#[test]
fn the_outlook_counts_today_tomorrow_the_week_and_later() {
    let (mut learner, mut ids) = (Learner::default(), ids("deva"));
    learner.apply(ids.entry(NOON.plus(-3 * DAY_MS), review("due", Grade::Good)));
    learner.apply(ids.entry(NOON, review("step", Grade::Again)));
    learner.apply(ids.entry(NOON, review("two days", Grade::Good)));
    learner.apply(ids.entry(NOON, review("a week", Grade::Easy)));
    let deck = cards(&["due", "step", "two days", "a week", "new", "gone"]);
    learner.apply(ids.entry(NOON, Event::Suspend { card: "gone".into(), on: true }));
    let outlook = learner.outlook(&deck, NOON);
    assert_eq!((outlook.now, outlook.fresh, outlook.later_today), (2, 1, 1));
    assert_eq!(outlook.tomorrow + outlook.week + outlook.later, 2);
    assert_eq!(outlook.next_step, Some(NOON.ms + 600_000));
    let tomorrow = learner.outlook(&deck, NOON.plus(DAY_MS));
    assert_eq!((tomorrow.now, tomorrow.tomorrow), (3, 1));
}

#[test]
fn recall_sinks_with_time_and_counts_only_what_was_seen() {
    let (mut learner, mut ids) = (Learner::default(), ids("deva"));
    assert_eq!(learner.estimate(["a", "b"], NOON).recall, None);
    learner.apply(ids.entry(NOON, review("a", Grade::Good)));
    let estimate = |days| learner.estimate(["a", "b"], NOON.plus(days * DAY_MS));
    assert_eq!((estimate(0).cards, estimate(0).seen, estimate(0).recall), (2, 1, Some(1.0)));
    let later: Vec<f32> = [2, 10, 100].iter().map(|days| estimate(*days).recall.unwrap()).collect();
    assert!(later[0] > 0.88 && later[0] < 0.93 && later[1] < later[0] && later[2] < later[1], "{later:?}");
}

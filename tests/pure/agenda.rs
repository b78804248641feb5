//! What is asked, and in which order.

use eastwest::srs::{Agenda, Candidate, Day, Limits, Moment, Standing};
use proptest::prelude::*;
use std::collections::BTreeSet;

const TODAY: Day = Day(20_000);
const NOW: Moment = Moment { ms: 1_728_043_200_000, offset: 0 };

fn card(key: &str, standing: Standing) -> Candidate<'_, &str> {
    Candidate { key, standing, family: None, pattern: None }
}

fn due(key: &str, recall: f32) -> Candidate<'_, &str> {
    card(key, Standing::Review { due: TODAY, recall })
}

fn plan<'a>(cards: &[Candidate<'a, &'a str>]) -> Agenda<&'a str> {
    Agenda::plan(cards, &BTreeSet::new(), NOW, TODAY, &Limits::default())
}

#[test]
fn learning_comes_before_reviews_and_reviews_before_new() {
    let cards = [
        card("new", Standing::New),
        due("review", 0.9),
        card("step", Standing::Learning { due: NOW.ms }),
        card("later", Standing::Learning { due: NOW.ms + 60_000 }),
        card("tomorrow", Standing::Review { due: TODAY.plus(1), recall: 0.95 }),
    ];
    let agenda = plan(&cards);
    assert_eq!(agenda.queue(), ["step", "review", "new"]);
    assert_eq!((agenda.due(), agenda.next_step), (3, Some(NOW.ms + 60_000)));
}

#[test]
fn steps_within_twenty_minutes_are_asked_when_nothing_else_is_due() {
    let cards = [
        card("soon", Standing::Learning { due: NOW.ms + 1_200_000 }),
        card("too far", Standing::Learning { due: NOW.ms + 1_200_001 }),
    ];
    let agenda = plan(&cards);
    assert_eq!((agenda.due(), agenda.queue()), (0, vec!["soon"]));
}

#[test]
fn a_family_is_asked_once_a_day() {
    let of_family = |key, standing| Candidate { family: Some("outlier"), ..card(key, standing) };
    let cards = [
        of_family("new", Standing::New),
        of_family("review", Standing::Review { due: TODAY, recall: 0.8 }),
        of_family("other", Standing::Review { due: TODAY, recall: 0.9 }),
    ];
    assert_eq!(plan(&cards).queue(), ["other"]);
    assert_eq!(plan(&cards[..1]).queue(), ["new"]);
    let asked = BTreeSet::from(["outlier"]);
    let agenda = Agenda::plan(&cards, &asked, NOW, TODAY, &Limits::default());
    assert_eq!(agenda.queue(), Vec::<&str>::new());
    let step = of_family("step", Standing::Learning { due: NOW.ms });
    let with_step = [cards[0], cards[1], step];
    let agenda = Agenda::plan(&with_step, &asked, NOW, TODAY, &Limits::default());
    assert_eq!(agenda.queue(), ["step"], "a card on a step comes back whatever its family");
}

#[test]
fn too_much_is_cut_to_the_time_box_with_the_best_remembered_first() {
    let keys: Vec<String> = (0..30).map(|n| format!("card-{n:02}")).collect();
    let mut cards: Vec<_> = keys.iter().enumerate().map(|(n, key)| due(key, n as f32 / 30.0)).collect();
    cards.push(card("new", Standing::New));
    let agenda = plan(&cards);
    assert_eq!((agenda.reviews.len(), agenda.left_over, agenda.fresh.len()), (24, 6, 0));
    assert!(agenda.reviews.iter().all(|key| *key >= "card-06"), "{:?}", agenda.reviews);
    assert_ne!(agenda.reviews, {
        let mut sorted = agenda.reviews.clone();
        sorted.sort_unstable();
        sorted
    });
}

#[test]
fn new_cards_keep_the_order_of_the_course_and_the_limit_of_the_day() {
    let keys: Vec<String> = (0..20).map(|n| format!("card-{n:02}")).collect();
    let cards: Vec<_> = keys.iter().map(|key| card(key, Standing::New)).collect();
    let agenda = plan(&cards);
    assert_eq!(agenda.fresh, keys[..12].iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn the_order_of_reviews_changes_with_the_day_and_stays_while_cards_leave() {
    let keys: Vec<String> = (0..20).map(|n| format!("card-{n:02}")).collect();
    let cards: Vec<_> = keys.iter().map(|key| due(key, 0.9)).collect();
    let on = |day, cards: &[_]| Agenda::plan(cards, &BTreeSet::new(), NOW, day, &Limits::default()).reviews;
    let today = on(TODAY, &cards);
    assert_ne!(today, on(TODAY.plus(1), &cards));
    let without: Vec<_> = cards.iter().filter(|card| card.key != today[0]).copied().collect();
    assert_eq!(on(TODAY, &without), today[1..]);
}

proptest! {
    #[test]
    fn no_two_of_a_pattern_follow_each_other_where_that_can_be_had(patterns in prop::collection::vec(0..4usize, 1..24)) {
        const NAMES: [Option<&str>; 4] = [Some("mesh"), Some("dual"), Some("federation"), None];
        let keys: Vec<String> = (0..patterns.len()).map(|n| format!("card-{n:02}")).collect();
        let cards: Vec<_> = patterns.iter().zip(&keys)
            .map(|(pattern, key)| Candidate { pattern: NAMES[*pattern], ..due(key, 0.9) })
            .collect();
        let order = plan(&cards).reviews;
        prop_assert_eq!(order.len(), cards.len());
        let pattern = |key: &str| cards.iter().find(|card| card.key == key).unwrap().pattern;
        let rows = order.windows(2).filter(|two| pattern(two[0]).is_some() && pattern(two[0]) == pattern(two[1])).count();
        let most = NAMES[..3].iter().map(|name| cards.iter().filter(|card| card.pattern == *name).count()).max().unwrap();
        let unavoidable = (2 * most).saturating_sub(cards.len() + 1);
        prop_assert_eq!(rows, unavoidable);
    }
}

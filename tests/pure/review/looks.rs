//! What is looked at between questions: certain errors, those of last time, manifests; and which card is next.

use eastwest::app::review::see::opening;
use eastwest::app::review::{Pause, Reminded, contrast};
use eastwest::course::Span;
use eastwest::course::directive::Lab;
use eastwest::course::quiz::{Run as SeenRun, See};
use eastwest::sim::Seed;

use super::*;

/// Answers the open card with certainty; a typed one wrongly.
fn be_certain(desk: &mut Desk, grade: Grade) -> String {
    let id = desk.open();
    match desk.review.context() {
        Context::ReviewChoosing => drop(desk.act(Action::Choose(wrong_option(desk)))),
        _ => desk.write("panic"),
    }
    desk.act(Action::Confidence);
    desk.act(Action::Confirm);
    desk.act(Action::Grade(grade));
    id
}

/// The number of an option that is not right.
fn wrong_option(desk: &Desk) -> u8 {
    let Stage::Asking(asked) = &desk.review.stage else { panic!() };
    let Attempt::Choice { shown, .. } = &asked.attempt else { panic!() };
    shown.iter().position(|place| *place != 1).unwrap() as u8 + 1
}

fn is_contrast(desk: &Desk) -> bool {
    matches!(desk.review.stage, Stage::Pause(Pause::Contrast(_)))
}

fn words(lines: &[Vec<Span>]) -> String {
    lines
        .iter()
        .map(|line| line.iter().map(|span| span.text.as_str()).collect::<String>())
        .collect::<Vec<_>>()
        .join("|")
}

#[test]
fn certain_and_wrong_is_looked_at_and_comes_back_in_this_session() {
    let mut desk = Desk::new(vec![typed("a"), said("b"), said("c"), said("d"), said("e")]);
    let missed = be_certain(&mut desk, Grade::Again);
    let Stage::Pause(Pause::Contrast(revealed)) = &desk.review.stage else {
        panic!("{:?}", desk.review.stage)
    };
    let card = desk.parts.course.card(&missed).unwrap();
    assert_eq!(words(&contrast::said(&revealed.asked.attempt, card)), "panic");
    assert_eq!(words(&contrast::right(revealed, card)), "outlier detection");
    assert_eq!((desk.open(), desk.review.context()), (missed.clone(), Context::ReviewLook));
    assert!(desk.act(Action::Grade(Grade::Easy)).effects.is_empty(), "it is graded already");
    desk.act(Action::Confirm);
    let mut asked = vec![];
    while !desk.is_over() {
        asked.push(desk.answer(Grade::Good));
    }
    assert_eq!(asked[3], missed, "{asked:?}");
}

#[test]
fn a_choice_that_was_wrong_comes_back_whatever_the_grade_and_a_typed_answer_by_its_grade() {
    let mut desk = Desk::new(vec![choice("a"), typed("b"), said("c")]);
    assert_eq!(be_certain(&mut desk, Grade::Good), "a");
    assert!(is_contrast(&desk), "{:?}", desk.review.stage);
    desk.act(Action::Confirm);
    assert_eq!(be_certain(&mut desk, Grade::Good), "b");
    assert!(!is_contrast(&desk), "who typed another word for the same thing says so with the grade");
    assert_eq!(be_certain(&mut desk, Grade::Again), "c");
    assert!(is_contrast(&desk), "only the learner can tell");
    desk.act(Action::Confirm);
    let Stage::Over(over) = &desk.review.stage else { panic!("{:?}", desk.review.stage) };
    assert_eq!((over.left, over.missed), (2, 2));
}

#[test]
fn neither_doubt_nor_being_right_is_looked_at() {
    let mut desk = Desk::new(vec![typed("a"), typed("b")]);
    desk.write("panic");
    desk.act(Action::Confirm);
    desk.act(Action::Grade(Grade::Again));
    assert!(!is_contrast(&desk));
    desk.write("outlier detection");
    desk.act(Action::Confidence);
    desk.act(Action::Confirm);
    desk.act(Action::Grade(Grade::Good));
    assert!(!is_contrast(&desk));
}

#[test]
fn both_sides_are_said_for_every_kind() {
    let sides = |card: Card, act: &[Action]| {
        let mut desk = Desk::new(vec![card]);
        for action in act {
            desk.act(*action);
        }
        desk.act(Action::Confirm);
        let Stage::Revealed(revealed) = &desk.review.stage else { panic!("{:?}", desk.review.stage) };
        let card = desk.parts.course.card(&revealed.asked.card).unwrap();
        (words(&contrast::said(&revealed.asked.attempt, card)), words(&contrast::right(revealed, card)))
    };
    let (said, right) = sides(choice("c"), &[Action::Choose(1)]);
    assert!(["wrong", "right", "no"].contains(&said.as_str()), "{said}");
    assert_eq!(right, "right");
    let (said, right) = sides(order("o"), &[]);
    assert!(said.starts_with("1 ") && said != right, "{said}");
    assert_eq!(right, "1 a|2 b|3 c|4 d");
    let (said, right) = sides(fault("f"), &[Action::Choose(1)]);
    assert_eq!((said.as_str(), right.as_str()), ("line 1: a: 1", "line 2: b: 2|outlier detection"));
    let number = card("n", CardKind::Number(Number { value: 70.0, tolerance: 1.0, unit: "%".into() }));
    let (said, right) = sides(number, &[Action::Type('7')]);
    assert_eq!((said.as_str(), right.as_str()), ("7", "70 %|outlier detection"));
}

#[test]
fn undo_takes_the_grade_of_what_is_looked_at_back() {
    let mut desk = Desk::new(vec![typed("a"), said("b")]);
    be_certain(&mut desk, Grade::Again);
    desk.act(Action::Undo);
    assert!(matches!(desk.review.stage, Stage::Revealed(_)), "{:?}", desk.review.stage);
    assert_eq!((desk.open(), desk.memory("a")), ("a".into(), Memory::New));
    desk.act(Action::Grade(Grade::Good));
    assert_eq!(desk.open(), "b");
    desk.answer(Grade::Good);
    let Stage::Over(over) = &desk.review.stage else { panic!("{:?}", desk.review.stage) };
    assert_eq!(over.left, 0, "it is not among the missed any more");
}

#[test]
fn the_next_session_opens_with_the_certain_errors_and_asks_them_first() {
    let cards = || vec![said("b"), said("c"), typed("a")];
    let mut desk = Desk::new(cards());
    while desk.open() != "a" {
        desk.answer(Grade::Good);
    }
    be_certain(&mut desk, Grade::Again);
    desk.act(Action::Confirm);
    // Once more at once, rightly; the error is of today all the same.
    desk.act(Action::Confirm);
    desk.answer(Grade::Good);
    assert!(desk.is_over());

    let later = |log: &[Entry], days: i64| {
        let now = Now { wall_ms: NOON.wall_ms + days * 86_400_000, ..NOON };
        Desk::after(cards(), log, now)
    };
    let mut next = later(&desk.log, 1);
    let Stage::Pause(Pause::Reminder(list)) = &next.review.stage else { panic!("{:?}", next.review.stage) };
    assert_eq!(*list, [Reminded { card: "a".into(), days_ago: 1 }]);
    assert_eq!(next.review.context(), Context::ReviewLook);
    next.act(Action::Confirm);
    assert_eq!(next.open(), "a", "due or not");
    next.answer(Grade::Again);
    let third = later(&next.log, 2);
    assert!(matches!(third.review.stage, Stage::Pause(Pause::Reminder(_))), "it was not right yet");
    let mut mended = later(&desk.log, 1);
    mended.act(Action::Confirm);
    mended.answer(Grade::Good);
    let after = later(&mended.log, 9);
    assert!(matches!(after.review.stage, Stage::Asking(_)), "{:?}", after.review.stage);
}

#[test]
fn a_list_of_errors_opens_no_session_without_questions_and_none_that_asks_for_a_card() {
    let mut desk = Desk::new(vec![typed("a")]);
    be_certain(&mut desk, Grade::Again);
    desk.act(Action::Confirm);
    desk.act(Action::Confirm);
    desk.answer(Grade::Good);
    let again = Desk::after(vec![typed("a")], &desk.log, desk.now);
    assert!(again.is_over(), "today it was right: {:?}", again.review.stage);
    let cards = vec![typed("a"), said("b")];
    let same_day = Desk::after(cards.clone(), &desk.log, desk.now);
    let Stage::Pause(Pause::Reminder(list)) = &same_day.review.stage else {
        panic!("{:?}", same_day.review.stage)
    };
    assert_eq!(*list, [Reminded { card: "a".into(), days_ago: 0 }]);
    assert_eq!(same_day.review.progress(), (0, 1), "one success a day is enough");
    let wanted = Review::open_with(&same_day.parts, desk.now, Some("b"));
    assert!(matches!(wanted.stage, Stage::Asking(_)));
}

#[test]
fn neighbors_differ_in_family_and_pattern_also_around_what_comes_back() {
    let of = |id: &str, pattern: &str| Card { pattern: Some(pattern.into()), ..said(id) };
    let cards = || {
        ["a", "b", "c", "d"]
            .map(|id| of(id, "mesh"))
            .into_iter()
            .chain(["w", "x", "y", "z"].map(|id| of(id, "dual")))
    };
    let pattern = |id: &str| if "abcd".contains(id) { "mesh" } else { "dual" };
    for missed_at in 0..5 {
        let mut desk = Desk::new(cards().collect());
        let mut asked: Vec<String> = vec![];
        while !desk.is_over() {
            let grade = if asked.len() == missed_at { Grade::Again } else { Grade::Good };
            asked.push(desk.answer(grade));
        }
        let alike = asked.windows(2).filter(|pair| pattern(&pair[0]) == pattern(&pair[1])).count();
        // Five of one pattern and four of the other, begun with whichever: at most the very end is alike.
        assert!(asked.len() == 9 && alike <= 1, "{missed_at}: {asked:?}");
        assert!(asked.windows(2).take(6).all(|pair| pattern(&pair[0]) != pattern(&pair[1])), "{asked:?}");
    }
}

#[test]
fn what_is_brought_back_stands_for_its_family_and_beside_another_pattern() {
    let mesh = |card: Card| Card { pattern: Some("mesh".into()), ..card };
    let cards = || {
        vec![
            mesh(said("m")),
            Card { family: Some("cap".into()), ..mesh(choice("a")) },
            Card { family: Some("cap".into()), ..said("b") },
            Card { pattern: Some("dual".into()), ..said("d") },
        ]
    };
    let mut desk = Desk::new(cards().into_iter().filter(|card| card.id.0 == "a").collect());
    // Graded so well that by its schedule it would not be asked, nor stand for its family, tomorrow.
    be_certain(&mut desk, Grade::Easy);
    let tomorrow = Now { wall_ms: NOON.wall_ms + 86_400_000, ..NOON };
    let mut desk = Desk::after(cards(), &desk.log, tomorrow);
    assert!(
        matches!(desk.parts.learner.card("a").unwrap().due, Some(Due::On(day)) if day > tomorrow.moment().day(4))
    );
    desk.act(Action::Confirm);
    let mut asked = vec![];
    while !desk.is_over() {
        desk.act(Action::Choose(1));
        asked.push(desk.answer(Grade::Good));
    }
    assert_eq!(asked, ["a", "d", "m"], "the sibling waits for another day");
}

#[test]
fn a_manifest_opens_over_the_card_and_leaves_it_as_it_is() {
    let shown = Card { shows: Some(See::Manifest("kind: Service".into())), ..said("a") };
    let mut desk = Desk::new(vec![shown]);
    desk.write("one");
    desk.act(Action::Confirm);
    desk.act(Action::Tick);
    let before = desk.review.stage.clone();
    for close in [Action::Back, Action::Confirm, Action::SeeIt] {
        desk.act(Action::SeeIt);
        assert!(matches!(&desk.review.stage, Stage::Pause(Pause::Manifest { .. })));
        assert_eq!((desk.open(), desk.review.progress()), ("a".into(), (0, 1)));
        assert!(desk.act(Action::Grade(Grade::Easy)).effects.is_empty());
        let reply = desk.act(close);
        assert!(reply.go.is_none() && desk.review.stage == before, "{close:?}");
    }
    assert!(desk.log.is_empty());
    let mut plain = Desk::new(vec![said("b")]);
    plain.write("one");
    plain.act(Action::Confirm);
    assert!(is_told(&plain.act(Action::SeeIt)), "there is nothing to see");
}

#[test]
fn what_plays_is_the_fresh_run_of_the_card_or_the_run_that_its_claim_is_about() {
    let mut desk = Desk::new(vec![fresh_run("r")]);
    desk.write("50");
    desk.act(Action::Confirm);
    let Stage::Revealed(revealed) = &desk.review.stage else { panic!() };
    let seed = revealed.asked.seed();
    let reply = desk.act(Action::SeeIt);
    let Some(Go::See(opened)) = reply.go else { panic!("{reply:?}") };
    assert_eq!((opened.seed, opened.scenario.name()), (Seed(seed), "two-regions"));

    let claim = |actions: &[&str], seed| {
        let How::Run(run) = (match fresh_run("x").kind {
            CardKind::Run(fresh) => fresh.claim.how,
            other => panic!("{other:?}"),
        }) else {
            panic!()
        };
        let actions = actions.iter().map(ToString::to_string).collect();
        Claim { how: How::Run(Run { actions, seed, ..run }), expect: 0.0, tolerance: 0.0 }
    };
    let claimed = Card { claims: vec![claim(&["20s us-east-1/payment 503"], 3), claim(&[], 4)], ..said("c") };
    let Some(See::Run(run)) = claimed.see() else { panic!() };
    let opened = opening(&claimed, &run, 99, &desk.parts).unwrap();
    assert_eq!((opened.seed, opened.interventions.len(), opened.stands), (Seed(3), 1, None));
    let lab = Lab { actions: vec!["20s us-east-1/nobody 503".into()], ..run.lab };
    let wrong = opening(&claimed, &SeenRun { lab, seed: None }, 1, &desk.parts).unwrap_err();
    assert!(wrong.contains("nobody"), "{wrong}");
}

#[test]
fn time_spent_looking_is_no_thinking_time() {
    let mut desk = Desk::new(vec![fresh_run("r"), said("b")]);
    desk.write("50");
    desk.act(Action::Confirm);
    desk.wait(Duration::from_secs(4));
    desk.act(Action::SeeIt);
    desk.wait(Duration::from_secs(600));
    desk.review.resumed(Duration::from_secs(600));
    desk.act(Action::Grade(Grade::Good));
    assert_eq!(desk.last_review().took_ms, 4000);
    assert!(!desk.is_over(), "nor does it use up the time box");
}

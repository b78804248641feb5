//! What deeds make of a talk, whatever their order; and what an audience may read.

use std::sync::LazyLock;

use eastwest::app::present::deck::Deck;
use eastwest::app::present::deed::Deed;
use eastwest::app::present::session::{Front, Session, View};
use eastwest::course::beats::Shows;
use eastwest::course::typeset::{self, TypesetOptions};
use eastwest::course::{Course, Document};
use proptest::prelude::*;

use crate::hall::Hall;
use crate::sessions::{BEGIN_MS, STAGE};

static DECK: LazyLock<Deck> = LazyLock::new(|| Deck::new(&STAGE.course));

fn session(beat: usize) -> Session {
    let sections = STAGE.course.lesson.sections.len();
    Session::new(&DECK, sections, beat, BEGIN_MS.unsigned_abs())
}

/// Any deed, with the milliseconds that pass before it.
fn deed() -> impl Strategy<Value = (Deed, u64)> {
    let beats = 0..DECK.slides().len() + 2;
    let words =
        prop::sample::select(vec!["us-east-1/payment:2 503", "us-east-1 down", "all heal", "no words"]);
    let plain = prop::sample::select(vec![
        Deed::Next,
        Deed::Next,
        Deed::Next,
        Deed::Previous,
        Deed::Aside,
        Deed::Return,
        Deed::Text,
        Deed::Flip,
        Deed::Blank,
        Deed::Hold,
        Deed::Clock,
        Deed::ResetClock,
        Deed::Disarm,
        Deed::Fire,
        Deed::Healthy,
        Deed::Rewind,
        Deed::TogglePlay,
        Deed::Faster,
        Deed::Slower,
        Deed::TakeBackHand,
        Deed::Card("e11.q3-partition".to_owned()),
        Deed::Card("no such card".to_owned()),
    ]);
    let deed = prop_oneof![
        6 => plain,
        1 => beats.prop_map(Deed::Jump),
        1 => words.prop_map(|words| Deed::Arm(words.to_owned())),
        1 => (0..6_u8).prop_map(Deed::Hand),
        1 => any::<u16>().prop_map(Deed::Scroll),
        1 => (0..3_usize).prop_map(Deed::Unpark),
    ];
    (deed, 0..20_000_u64)
}

/// A talk after these deeds, and the time it is then.
fn after(deeds: &[(Deed, u64)]) -> (Session, u64) {
    let mut talk = session(0);
    let mut now = talk.changed_ms;
    for (deed, passed) in deeds {
        now += passed;
        talk.apply(deed, &DECK, now);
    }
    (talk, now)
}

/// A view without its clocks.
fn place(view: &View) -> (usize, usize, Front, Option<(String, bool, bool)>) {
    let armed = view.armed.as_ref();
    let armed = armed.map(|armed| (armed.what.clone(), armed.before.is_some(), armed.told));
    (view.beat, view.step, view.front.clone(), armed)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_deeds_leave_a_talk_that_can_be_shown_and_read_again(deeds in prop::collection::vec(deed(), 0..80)) {
        let (talk, _) = after(&deeds);
        let text = serde_json::to_string(&talk).unwrap();
        prop_assert_eq!(serde_json::from_str::<Session>(&text).unwrap(), talk.clone());
        for view in [Some(&talk.view), talk.held.as_ref()].into_iter().flatten().chain(&talk.back) {
            let slide = DECK.slide(view.beat).unwrap();
            prop_assert!(view.step < slide.steps(), "{:?}", view);
            prop_assert_eq!(view.play.is_some(), slide.demo.is_some());
            prop_assert!(view.armed.is_none() || view.play.is_some());
        }
    }

    #[test]
    fn forward_from_anywhere_ends_at_the_end(deeds in prop::collection::vec(deed(), 0..60)) {
        let (mut talk, mut now) = after(&deeds);
        for _ in 0..600 {
            now += 10;
            talk.apply(&Deed::Next, &DECK, now);
        }
        let last = DECK.slides().iter().rposition(|slide| !slide.beat.aside).unwrap();
        prop_assert_eq!(place(&talk.view), (last, DECK.slides()[last].steps() - 1, Front::Beat, None));
    }

    #[test]
    fn back_undoes_forward_on_the_way_through_the_beats(deeds in prop::collection::vec(deed(), 0..60)) {
        let (mut talk, now) = after(&deeds);
        let was = talk.view.clone();
        talk.apply(&Deed::Next, &DECK, now + 5);
        // An aside or a card was left for where the detour began, the end was reached, or what was told is done with.
        let is_way = was.front == Front::Beat
            && !DECK.slide(was.beat).unwrap().beat.aside
            && place(&talk.view) != place(&was)
            && !was.armed.as_ref().is_some_and(|armed| armed.told || armed.heals());
        prop_assume!(is_way);
        talk.apply(&Deed::Previous, &DECK, now + 9);
        prop_assert_eq!(place(&talk.view), place(&was));
    }

    #[test]
    fn a_detour_comes_back_to_the_very_view(
        deeds in prop::collection::vec(deed(), 0..60),
        to in 0..DECK.slides().len(),
        steps in 0..3_usize,
    ) {
        let (mut talk, now) = after(&deeds);
        let was = talk.view.clone();
        talk.apply(&Deed::Jump(to), &DECK, now);
        for _ in 0..steps.min(DECK.slides()[to].steps() - 1) {
            talk.apply(&Deed::Next, &DECK, now);
        }
        talk.apply(&Deed::Return, &DECK, now);
        // The mesh goes on from where it was left: the anchor is another one, the moment on show the same.
        let moment = |view: &View| view.play.as_ref().map(|play| (play.moment(now), play.until, play.speed));
        prop_assert_eq!(moment(&talk.view), moment(&was));
        let bare = |view: &View| View { play: None, ..view.clone() };
        prop_assert_eq!(bare(&talk.view), bare(&was));
    }
}

#[test]
fn a_file_from_before_there_were_armed_failures_is_read() {
    let mut talk = session(3);
    talk.apply(&Deed::Next, &DECK, talk.changed_ms + 10);
    let mut value = serde_json::to_value(&talk).unwrap();
    value["view"].as_object_mut().unwrap().remove("armed").unwrap();
    value["polls"] = serde_json::json!({ "7/s7-partition": { "hands": [0, 2] } });
    value["armed"] = serde_json::json!("us-east-1 down");
    let read: Session = serde_json::from_value(value).unwrap();
    assert_eq!((&read.view, read.poll("7/s7-partition").hands), (&talk.view, vec![0, 2]));
}

/// A text, blanks and lines made one.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words(document: &Document) -> String {
    let rows = typeset::rows(document, 400, &TypesetOptions { notes: true, ..TypesetOptions::default() });
    let rows = rows.iter().map(|row| row.spans.iter().map(|span| &*span.text).collect::<String>());
    plain(&rows.collect::<Vec<_>>().join("\n"))
}

/// What a beat may not say before its last step: sentences that only the answer has.
fn answers(course: &Course, shows: &Shows, caption: Option<&str>) -> Vec<String> {
    let mut all: Vec<String> = caption.map(ToOwned::to_owned).into_iter().collect();
    match shows {
        Shows::Predict(id) => {
            let mut directives =
                course.lesson.sections.iter().flat_map(eastwest::course::Section::directives);
            all.extend(directives.find_map(|(_, directive)| match directive {
                eastwest::course::directive::Directive::Predict(predict) if predict.id == *id => {
                    Some(predict.why.clone())
                }
                _ => None,
            }));
            all.extend(["The run says".to_owned(), "✓".to_owned()]);
        }
        Shows::Card(id) => {
            let card = course.card(id).unwrap();
            all.extend([card.answer.clone(), card.reason.clone()]);
        }
        Shows::Lab(_) => all.extend(["The run says".to_owned(), "✓".to_owned()]),
        Shows::Points(_) => {}
    }
    all.iter().map(|text| plain(&text.replace("**", ""))).filter(|text| !text.is_empty()).collect()
}

#[test]
fn an_audience_reads_no_notes_and_no_answer_before_its_step() {
    let course = &STAGE.course;
    let mut told = 0;
    for (at, slide) in DECK.slides().iter().enumerate() {
        let section = &course.lesson.sections[slide.beat.section];
        let notes = slide.beat.notes(section).map(words).unwrap_or_default();
        let caption = slide.demo.as_ref().filter(|demo| demo.fires()).map(|demo| demo.mesh.caption.as_str());
        let answers = answers(course, &slide.beat.shows, caption);
        for step in 0..slide.steps() {
            let mut talk = session(at);
            for _ in 0..step {
                talk.apply(&Deed::Next, &DECK, talk.changed_ms + 1_000);
            }
            let mut hall = Hall::of(talk);
            hall.settle();
            let read = hall.read();
            let about = format!("{} step {step}: {read}", slide.beat.id);
            for note in
                notes.split_inclusive(['.', '?']).map(plain).filter(|note| note.split(' ').count() > 3)
            {
                assert!(!read.contains(&note), "the note '{note}' at {about}");
            }
            let is_told = slide.reveals_at().is_none_or(|reveals| step >= reveals);
            if !is_told {
                for answer in &answers {
                    assert!(!read.contains(answer), "'{answer}' at {about}");
                }
            } else if slide.reveals_at().is_some() {
                // The same texts are there once they may be: the look above is able to see them.
                told += usize::from(answers.iter().any(|answer| read.contains(answer)));
            }
        }
    }
    let questions = DECK.slides().iter().filter(|slide| slide.reveals_at().is_some()).count();
    assert_eq!(told, questions);
}

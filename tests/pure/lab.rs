//! The lab by its keys: what is broken, taken back, asked and seen again.

use std::time::Duration;

use eastwest::app::geometry::Size;
use eastwest::app::keymap::Context;
use eastwest::app::lab::Lab;
use eastwest::app::lab::scene::Scene;
use eastwest::app::pacer::FRAME;
use eastwest::app::place::Place;
use eastwest::app::state::{Go, Parts};
use eastwest::app::{App, Effect, Failure, Msg, Now, Screen, Setup};
use eastwest::course::{Course, directive};
use eastwest::learner::{Event, IdMaker, Learner};
use eastwest::mesh_view::{LoadTable, MeshView};

/// An app in its lab, and the moment.
pub struct Sitting {
    pub app: App,
    pub now: Now,
    pub effects: Vec<Effect>,
}

impl Sitting {
    pub fn new(asks: bool) -> Self {
        Self::of(Course::default(), Go::Lab(None), asks)
    }

    pub fn of(course: Course, start: Go, asks: bool) -> Self {
        let now = Now { mono: Duration::from_secs(1), wall_ms: 1_767_600_000_000, offset_minutes: 0 };
        let setup = Setup {
            course,
            scenarios: std::collections::BTreeMap::default(),
            learner: Learner::default(),
            ids: IdMaker::new("desk", 1),
            place: Place { ask_first: asks, ..Place::default() },
            size: Size::new(120, 40),
            start,
            notice: None,
        };
        let (app, effects) = App::new(setup, now);
        Self { app, now, effects }
    }

    pub fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            self.effects.extend(self.app.update(self.now, Msg::Key(key.parse().unwrap())));
        }
        self
    }

    /// Lets so much wall time pass, with the frames that are asked for.
    pub fn pass(&mut self, millis: u64) -> &mut Self {
        let end = self.now.mono + Duration::from_millis(millis);
        while self.now.mono < end {
            self.now.mono += FRAME;
            if self.app.wants_frame().is_some_and(|at| at <= self.now.mono) {
                self.effects.extend(self.app.update(self.now, Msg::Frame));
            }
        }
        self
    }

    pub fn scene(&self) -> Scene<'_> {
        match self.app.screen() {
            Screen::Lab(lab) => lab.scene(self.app.parts().place.ask_first),
            other => panic!("this is no lab: {other:?}"),
        }
    }

    pub fn view(&self) -> &MeshView {
        self.scene().view
    }

    fn payment(&self, region: usize) -> &LoadTable {
        self.view().regions[region].tables.iter().find(|table| table.service == "payment").unwrap()
    }
}

fn parts() -> Parts {
    Parts {
        course: Course::default(),
        scenarios: std::collections::BTreeMap::default(),
        learner: Learner::default(),
        ids: IdMaker::new("desk", 1),
        place: Place::default(),
        size: Size::new(120, 40),
        unsaved: Vec::new(),
        manner: eastwest::app::manner::Manner::default(),
    }
}

#[test]
fn half_of_payment_broken_sends_thirty_percent_away_and_undo_heals_it() {
    let mut sitting = Sitting::new(false);
    sitting.pass(1_000).press("f 5").pass(12_000);
    assert_eq!(sitting.scene().broken, [Failure::Answer503]);
    assert_eq!(sitting.payment(0).load_percent, [70, 30]);
    assert_eq!(sitting.payment(1).load_percent, [100, 0]);
    let at = sitting.view().at;
    sitting.press("space u").pass(3_000);
    assert_eq!(sitting.view().at, at, "the same moment, as if it had never been");
    assert_eq!(sitting.payment(0).load_percent, [100, 0]);
    assert!(sitting.scene().broken.is_empty() && sitting.view().marks.is_empty());
    sitting.press("ctrl-r $").pass(3_000);
    assert_eq!(sitting.scene().broken, [Failure::Answer503]);
}

#[test]
fn paused_it_wants_nothing_and_playing_it_wants_fifteen_frames_a_second() {
    let mut sitting = Sitting::new(false);
    sitting.pass(500);
    let wanted = sitting.app.wants_frame().unwrap();
    assert!(wanted <= sitting.now.mono + FRAME);
    sitting.press("space");
    assert_eq!(sitting.app.wants_frame(), None);
    let revision = sitting.app.revision();
    sitting.pass(5_000);
    assert_eq!(sitting.app.revision(), revision);
}

#[test]
fn back_and_forward_again_is_the_same_view() {
    let mut sitting = Sitting::new(false);
    sitting.press("f 5").pass(6_000).press("space");
    let before = sitting.view().clone();
    sitting.press("H H H , ,").pass(2_000);
    assert!(sitting.view().at < before.at);
    sitting.press("L L L . .").pass(2_000);
    assert_eq!(*sitting.view(), before);
    sitting.press("0").pass(1_000);
    assert_eq!(sitting.view().at, 0);
    sitting.press("$").pass(4_000);
    assert_eq!(*sitting.view(), before);
}

#[test]
fn events_are_stepped_to_and_from() {
    let mut sitting = Sitting::new(false);
    sitting.press("f 5").pass(4_000).press("space");
    let broken_at = sitting.view().marks[0].0;
    sitting.press("0").pass(1_000).press("]").pass(1_000);
    assert_eq!(sitting.view().at, broken_at);
    sitting.press("]").pass(1_000);
    assert!(sitting.view().at > broken_at);
    sitting.press("[").pass(1_000);
    assert_eq!(sitting.view().at, broken_at);
}

#[test]
fn a_break_asks_first_and_says_afterwards_how_it_came_out() {
    let mut sitting = Sitting::new(true);
    sitting.pass(500).press("f 5");
    assert_eq!(sitting.app.context(), Context::LabPredict);
    assert!(sitting.scene().bet.unwrap().question.ask.contains("us-east-1's calls to payment"));
    assert_eq!(sitting.app.wants_frame(), None, "the mesh waits for the answer");
    sitting.press("5 0 enter");
    assert_eq!(sitting.app.context(), Context::Lab);
    assert_eq!(sitting.scene().verdict.unwrap().was, None);
    sitting.pass(8_000);
    let verdict = sitting.scene().verdict.unwrap().clone();
    let was = verdict.was.unwrap();
    assert!((66.0..74.0).contains(&was), "{was}");
    assert!(verdict.why.contains("50 % × 1.4 = 70 %"), "{}", verdict.why);
    let kept = sitting.effects.iter().any(|effect| match effect {
        Effect::Append(entry) => matches!(&entry.event, Event::Predict(p) if p.said == "50 %" && !p.right),
        _ => false,
    });
    assert!(kept, "the prediction is written down: {:?}", sitting.effects);
    sitting.press("f 0 f 5");
    assert_eq!(sitting.app.context(), Context::Lab, "it asks once");
}

#[test]
fn a_question_can_be_skipped_closed_or_turned_off() {
    let mut sitting = Sitting::new(true);
    sitting.press("f a esc");
    assert!(sitting.scene().bet.is_none() && sitting.scene().broken.is_empty());
    sitting.press("f a s");
    assert_eq!(sitting.scene().broken, [Failure::All503]);
    sitting.press("f n P");
    assert_eq!(sitting.scene().broken, [Failure::All503, Failure::Cut]);
    assert!(
        sitting.effects.iter().any(|effect| matches!(effect, Effect::SavePlace(place) if !place.ask_first))
    );
    sitting.press("f l");
    assert_eq!(sitting.app.context(), Context::Lab);
}

#[test]
fn enter_breaks_and_heals_what_one_stands_on() {
    let mut sitting = Sitting::new(false);
    sitting.press("j j enter");
    assert_eq!(sitting.scene().broken, [Failure::Errors]);
    sitting.press("enter").pass(200);
    assert!(sitting.scene().broken.is_empty());
    sitting.press("o f r").pass(200);
    assert_eq!(sitting.scene().region, 1);
    assert!(sitting.view().marks.last().unwrap().1.contains("us-west-2 down"));
}

#[test]
fn every_break_runs_in_both_regions() {
    for failure in ["5", "a", "e", "l", "x", "y", "k", "n", "r"] {
        let mut sitting = Sitting::new(false);
        sitting.press("f").press(failure).press("o f").press(failure).pass(3_000);
        assert!(!sitting.view().log.is_empty(), "{failure} said nothing");
    }
}

#[test]
fn what_is_copied_is_the_command_of_the_run() {
    let mut sitting = Sitting::new(false);
    sitting.press("f 5").pass(1_000).press("y");
    let Some(Effect::Copy(command)) = sitting.effects.last() else { panic!("{:?}", sitting.effects) };
    assert!(command.starts_with("eastwest sim ") && command.contains("us-east-1/payment:2 503"), "{command}");
}

#[test]
fn a_mesh_beside_a_text_plays_for_ten_seconds() {
    let mut now = Now { mono: Duration::from_secs(1), ..Now::default() };
    let wanted = directive::Lab {
        actions: vec!["30s us-east-1/payment:2 503".to_owned()],
        ..directive::Lab::default()
    };
    let mut parts = parts();
    let mut lab = Lab::embedded(&parts, now, &wanted).unwrap();
    while let Some(at) = lab.next_frame() {
        now.mono = at;
        lab.frame(&mut parts, now);
        assert!(now.mono < Duration::from_secs(20));
    }
    assert!((35..45).contains(&(lab.scene(false).view.at / 1_000_000_000)));
    assert_eq!(lab.scene(false).broken, [Failure::Answer503]);
}

#[test]
fn a_mesh_beside_a_text_runs_under_the_pattern_that_the_text_names() {
    for pattern in ["dual", "federation", "mesh"] {
        let wanted = directive::Lab { pattern: pattern.to_owned(), ..directive::Lab::default() };
        let lab = Lab::embedded(&parts(), Now::default(), &wanted).unwrap();
        assert_eq!(lab.scene(false).view.pattern, pattern);
    }
}

#[test]
fn an_author_is_told_what_is_wrong_with_a_mesh() {
    let sitting = Sitting::new(false);
    let told = |wanted: &directive::Lab| Lab::embedded(sitting.app.parts(), sitting.now, wanted).unwrap_err();
    let lab = directive::Lab::default();
    assert!(told(&directive::Lab { scenario: "moon".to_owned(), ..lab.clone() }).contains("moon"));
    assert!(
        told(&directive::Lab { set: vec!["mesh.lb=fast".to_owned()], ..lab.clone() }).contains("mesh.lb")
    );
    let wrong = directive::Lab { pattern: "duel".to_owned(), ..lab.clone() };
    assert!(told(&wrong).contains("did you mean 'dual'?"));
    let nowhere = directive::Lab { actions: vec!["1s us-moon/payment down".to_owned()], ..lab.clone() };
    assert!(told(&nowhere).contains("us-moon"));
    let apart = vec!["data.dynamodb.consistency=strong".to_owned()];
    assert!(told(&directive::Lab { set: apart, ..lab.clone() }).contains("needs 3 regions"));
    assert!(told(&directive::Lab { actions: vec!["1s moon explode".to_owned()], ..lab }).contains("explode"));
}

#[test]
fn every_prediction_gets_an_answer_and_a_reason() {
    // Percent that stays local; for what takes all of a service, the link or a region, percent that ends well.
    for (key, low, high) in [
        ("5", 66.0, 74.0),
        ("a", 99.0, 100.0),
        ("e", 40.0, 95.0),
        ("l", 100.0, 100.0),
        ("x", 66.0, 74.0),
        ("y", 66.0, 74.0),
        ("k", 99.0, 100.0),
        ("n", 99.0, 100.0),
        ("r", 30.0, 50.0),
    ] {
        let mut sitting = Sitting::new(true);
        sitting.pass(5_000).press("f").press(key).press("enter").pass(9_000);
        let verdict = sitting.scene().verdict.unwrap().clone();
        let was = verdict.was.unwrap();
        assert!((low..=high).contains(&was) && !verdict.why.is_empty(), "f {key}: {verdict:?}");
    }
}

//! Sessions with the reader: keys in, screen out.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use eastwest::app::geometry::Size;
use eastwest::app::keymap::Context;
use eastwest::app::place::Place;
use eastwest::app::state::Go;
use eastwest::app::{App, Effect, Msg, Now, Screen, Setup};
use eastwest::course::Course;
use eastwest::learner::{Confidence, Event, IdMaker, Learner};
use eastwest::sim::Scenario;
use ratatui::layout::Rect;

use crate::screen;

/// A learner at a terminal.
pub struct Session {
    app: App,
    size: Size,
    now: Now,
    effects: Vec<Effect>,
}

impl Session {
    pub fn of(course: Course, place: Place, size: (u16, u16), start: Go) -> Self {
        Self::with(Learner::default(), course, place, size, start)
    }

    fn with(learner: Learner, course: Course, place: Place, size: (u16, u16), start: Go) -> Self {
        let size = Size::new(size.0, size.1);
        let now = Now { mono: Duration::from_secs(1), wall_ms: 1_700_000_000_000, offset_minutes: 0 };
        let setup = Setup {
            course,
            scenarios: scenarios(),
            learner,
            ids: IdMaker::new("here", 1),
            place,
            size,
            start,
            notice: None,
        };
        let (app, effects) = App::new(setup, now);
        Self { app, size, now, effects }
    }

    pub fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            self.now.mono += Duration::from_millis(100);
            self.now.wall_ms += 100;
            let effects = self.app.update(self.now, Msg::Key(key.parse().unwrap()));
            self.effects.extend(effects);
        }
        self
    }

    /// Lets so many frames pass.
    pub fn frames(&mut self, count: usize) -> &mut Self {
        for _ in 0..count {
            let Some(at) = self.app.wants_frame() else { return self };
            self.now.mono = self.now.mono.max(at);
            let effects = self.app.update(self.now, Msg::Frame);
            self.effects.extend(effects);
        }
        self
    }

    /// Lets time pass until nothing wants to move any more.
    pub fn rest(&mut self) -> &mut Self {
        self.frames(10_000);
        assert_eq!(self.app.wants_frame(), None, "something moves for ever");
        self
    }

    fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.size = Size::new(width, height);
        self.app.update(self.now, Msg::Resized(self.size));
        self
    }

    pub fn text(&self) -> String {
        screen::text(&self.app, self.size.width, self.size.height)
    }

    /// The first row of the text.
    fn top(&self) -> String {
        self.text().lines().nth(2).unwrap().chars().take(60).collect::<String>().trim().to_owned()
    }

    /// What is said under the mesh beside the text.
    fn caption(&self) -> &str {
        match self.app.screen() {
            Screen::Reader(reader) => reader.lab().scene(false).caption,
            other => panic!("{other:?}"),
        }
    }

    fn place(&self) -> Place {
        let saved = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::SavePlace(place) => Some(place.clone()),
            _ => None,
        });
        saved.expect("the place was saved")
    }
}

pub fn scenarios() -> BTreeMap<String, Scenario> {
    Scenario::shipped_names().filter_map(|name| Some((name.to_owned(), Scenario::shipped(name)?))).collect()
}

/// The course as it stands in the repository.
pub fn course() -> Course {
    let mut files = BTreeMap::new();
    for folder in ["lessons", "quizzes"] {
        gather(Path::new(folder), &mut files);
    }
    Course::build(&files).0
}

fn gather(folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "md" || extension == "toml") {
            files.insert(path.display().to_string(), std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// A course of two short sections with one of everything.
fn small() -> Course {
    let text = |text: &str| text.to_owned();
    let files = BTreeMap::from([
        (text("lessons/1-small/lesson.toml"), text(LESSON)),
        (text("lessons/1-small/01-spill.md"), text(SPILL)),
        (text("lessons/1-small/02-end.md"), text(END)),
        (text("quizzes/1-small/cards.toml"), text(CARDS)),
    ]);
    let (course, _) = Course::build(&files);
    assert_eq!(course.lesson.sections.len(), 2);
    course
}

const LESSON: &str = r#"
schema = 1
title = "Small"
episode = 1
of = 1
course = "Course"
kind = "Core Concept"
duration = "5m"
prerequisites = []
success = []
[[objective]]
id = 1
text = "Explain spill"
[[section]]
file = "01-spill.md"
budget = ["1m", "3m"]
objectives = [1]
[[section]]
file = "02-end.md"
budget = ["1m", "3m"]
objectives = [1]
"#;

const SPILL: &str = r#"# Spill

```beat
text = "Spill."
```

Each region keeps its own calls as long as it can. What it cannot carry goes to the other region.

## The factor

```beat
text = "1.4."
```

A level carries `min(100, floor(140 × healthy / total))` percent.

```predict
id = "half"
ask = "Two of four pods are ejected. How much stays?"
kind = "percent"
tolerance = 2
why = "140 × 2 / 4 = 70."
card = "e1.factor"
[claim]
spill = ["2/4", "4/4"]
expect = 70
```

```lab
id = "broken"
scenario = "two-regions"
do = ["20s us-east-1/payment:2 503"]
caption = "Seventy stay."
```

```calc
text = "With three of four, {} % stay."
[claim]
spill = ["3/4", "4/4"]
expect = 100
```

```predict
id = "quarter"
ask = "One of four is left. What happens?"
kind = "choice"
why = "140 / 4 = 35."
card = "e1.factor"
[claim]
spill = ["1/4", "4/4"]
expect = 35
[[option]]
text = "All stays"
min = 100
max = 100
[[option]]
text = "About a third stays"
min = 30
max = 40
```

## The rule

```beat
text = "A rule."
```

```sketch yaml
priorityLb: shorthand
```

```real yaml
apiVersion: networking.istio.io/v1
kind: DestinationRule
```

```recall
card = "e1.factor"
```

The last words of the section stand here, after everything else has been said.
"#;

const END: &str = r#"# The End

```beat
text = "End."
```

Nothing more.
"#;

const CARDS: &str = r#"
schema = 1
deck = "e1"
[[card]]
id = "e1.factor"
kind = "recall"
objective = 1
section = 1
question = "What is the factor?"
answer = "It is 1.4."
points = ["140 percent"]
reason = "Envoy's default."
source = "Envoy"
"#;

fn reading(size: (u16, u16)) -> Session {
    Session::of(small(), Place::first(), size, Go::Reader(Some(1)))
}

fn events(session: &Session) -> Vec<&Event> {
    session
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Append(entry) => Some(&entry.event),
            _ => None,
        })
        .collect()
}

#[test]
fn a_section_reads_like_a_page() {
    // Header and text; the mesh beside it has pictures of its own.
    let page = |size: (u16, u16), keys: &str, part: (u16, u16)| {
        let mut session = reading(size);
        session.press(keys).rest();
        let part = Rect::new(0, 0, part.0, part.1);
        screen::picture_of(&session.app, size.0, size.1, part)
    };
    insta::assert_snapshot!("page_120x40", page((120, 40), "", (67, 40)));
    insta::assert_snapshot!("page_80x24_wrong", page((80, 24), "n right enter", (80, 17)));
    insta::assert_snapshot!("page_60x20_end", page((60, 20), "G s j j", (60, 13)));
}

#[test]
fn a_wrong_prediction_is_set_beside_the_computed_number() {
    let mut session = reading((80, 30));
    session.press("right right c c enter").rest();
    let text = session.text();
    assert!(text.contains("Not so: you said 60 %, computed 70 %"), "{text}");
    assert!(text.contains("140 × 2 / 4 = 70.") && text.contains("card on this"), "{text}");
    let events = events(&session);
    let [Event::Predict(said)] = events[..] else { panic!("{events:?}") };
    assert_eq!(
        (said.of.as_str(), said.said.as_str(), said.was.as_str(), said.right),
        ("half", "60", "70", false)
    );
    assert_eq!(said.confidence, Some(Confidence::Fairly));
}

#[test]
fn a_right_prediction_may_be_typed() {
    let mut session = reading((80, 30));
    session.press("7 1 enter").rest();
    let text = session.text();
    assert!(text.contains("Right: you said 71 %, computed 70 %"), "{text}");
    assert!(!text.contains("card on this"), "{text}");
}

#[test]
fn a_choice_is_made_by_number_and_needs_one() {
    let mut session = reading((80, 40));
    session.press("s enter").rest();
    assert!(session.text().contains("choose an answer first: 1 to 2"), "{}", session.text());
    session.press("1").rest();
    assert!(session.text().contains("• 1  All stays"), "{}", session.text());
    session.press("enter").rest();
    let text = session.text();
    assert!(text.contains("Not so: computed 35"), "{text}");
    assert!(text.contains("The answer is 2: About a third stays"), "{text}");
}

#[test]
fn a_skipped_prediction_shows_its_answer_and_is_not_noted() {
    let mut session = reading((80, 30));
    session.press("s").rest();
    let text = session.text();
    assert!(text.contains("┃ Computed: 70 %") && !text.contains("you said"), "{text}");
    assert!(events(&session).is_empty(), "{:?}", events(&session));
}

#[test]
fn who_turned_predictions_off_is_shown_answers_on_a_key() {
    let mut session = reading((80, 30));
    session.press("P").rest();
    let text = session.text();
    assert!(text.contains("Enter works it out and shows the answer"), "{text}");
    assert!(!session.place().ask_first);
    session.press("enter").rest();
    assert!(session.text().contains("Computed: 70 %"), "{}", session.text());
    assert!(events(&session).is_empty());
}

#[test]
fn a_page_does_not_pass_a_question_unseen() {
    let mut session = reading((80, 22));
    session.press("space");
    assert!(session.top().contains("┃ predict"), "{}", session.text());
    assert_eq!(session.app.context(), Context::Predict);
}

#[test]
fn what_came_of_a_question_is_brought_onto_the_screen() {
    let mut session = reading((80, 22));
    session.press("n s home");
    while session.app.context() != Context::Predict {
        session.press("j");
    }
    assert!(session.text().contains("1–2 choose"), "{}", session.text());
    session.press("1 enter");
    assert!(session.text().contains("140 / 4 = 35."), "{}", session.text());
}

#[test]
fn what_a_failure_shows_is_not_said_before_the_prediction() {
    let mut session = reading((80, 40));
    assert!(!session.text().contains("Seventy stay."), "{}", session.text());
    session.press("s 1 enter").rest();
    assert!(session.text().contains("Seventy stay."), "{}", session.text());
}

#[test]
fn a_mesh_waits_for_the_prediction_above_it_and_plays_when_it_is_locked_in() {
    let mut session = reading((60, 20));
    assert_eq!(session.caption(), "");
    session.press("n j j j j j j j j j j j j");
    assert!(session.caption().starts_with("Predict first"), "{}\n{}", session.caption(), session.text());
    session.press("p j j j");
    assert_eq!(session.caption(), "");
    session.press("s");
    assert_eq!(session.caption(), "Seventy stay.");
}

#[test]
fn the_mesh_follows_the_reading_and_comes_back_with_it() {
    let mut session = reading((60, 20));
    session.press("n j s");
    session.press("j j j j");
    assert_eq!(session.caption(), "Seventy stay.");
    session.press("home");
    assert_eq!(session.caption(), "");
    session.press("n n");
    assert_eq!(session.caption(), "Seventy stay.");
}

#[test]
fn a_mesh_that_was_touched_is_left_alone_until_it_is_given_back() {
    let mut session = reading((60, 20));
    session.press("n j s home tab . tab n n");
    assert_eq!(session.caption(), "", "{}", session.text());
    session.press("r");
    assert_eq!(session.caption(), "Seventy stay.");
}

#[test]
fn tab_goes_to_the_mesh_and_back() {
    let mut session = reading((60, 20));
    assert_eq!(session.app.context(), Context::Reader);
    session.press("tab");
    assert_eq!(session.app.context(), Context::Lab);
    session.press("esc");
    assert_eq!(session.app.context(), Context::Reader);
    assert!(session.text().contains("§1 Spill"));
}

#[test]
fn an_answer_of_another_day_still_stands() {
    let mut first = reading((80, 30));
    first.press("right right enter").rest();
    let entries = first.effects.iter().filter_map(|effect| match effect {
        Effect::Append(entry) => Some(entry.clone()),
        _ => None,
    });
    let learner = Learner::fold(entries);
    let again = Session::with(learner, small(), Place::first(), (80, 30), Go::Reader(Some(1)));
    assert!(again.text().contains("you said 60 %, computed 70 %"), "{}", again.text());
}

#[test]
fn sketch_and_real_turn_into_each_other() {
    let mut session = reading((80, 24));
    session.press("s n n");
    assert!(session.text().contains("priorityLb: shorthand"), "{}", session.text());
    session.press("t");
    let text = session.text();
    assert!(text.contains("kind: DestinationRule") && !text.contains("shorthand  "), "{text}");
    session.press("t");
    assert!(session.text().contains("priorityLb: shorthand"));
}

#[test]
fn a_recalled_card_shows_its_answer_on_a_key() {
    let mut session = reading((80, 24));
    session.press("s n n");
    assert!(session.text().contains("What is the factor?") && !session.text().contains("It is 1.4."));
    session.press("enter");
    let text = session.text();
    assert!(text.contains("It is 1.4.") && text.contains("· 140 percent"), "{text}");
}

#[test]
fn steps_and_sections_are_walked_through_and_back() {
    let mut session = reading((80, 16));
    assert!(session.text().contains("step 1 of 3"), "{}", session.text());
    session.press("n");
    assert!(session.top().contains("The factor"), "{}", session.text());
    assert!(session.text().contains("step 2 of 3"));
    session.press("n");
    assert!(session.text().contains("step 3 of 3"));
    session.press("n");
    assert!(session.text().contains("§2 The End"), "{}", session.text());
    session.press("p");
    assert!(session.text().contains("§1 Spill") && session.text().contains("step 3 of 3"));
    session.press("[");
    assert!(session.text().contains("this is the first section"));
    session.press("] ]");
    assert!(session.text().contains("this is the last section"));
}

#[test]
fn the_end_of_a_section_is_noted_once_and_leads_on() {
    let mut session = reading((80, 16));
    session.press("G");
    assert!(session.place().done == [1] && session.text().contains("100 %"), "{}", session.text());
    session.press("k G space");
    assert!(session.text().contains("§2 The End"), "{}", session.text());
    session.press("[ G");
    let finished =
        events(&session).iter().filter(|event| matches!(event, Event::Finish { section: 1 })).count();
    assert_eq!(finished, 1);
}

#[test]
fn one_comes_back_to_the_line_at_any_width() {
    for section in 1..=10 {
        let mut first = Session::of(course(), Place::first(), (120, 40), Go::Reader(Some(section)));
        first.press("space space j j j");
        let top = first.top();
        first.press("g h");
        let place = first.place();
        let same = Session::of(course(), place.clone(), (120, 40), Go::Reader(None));
        assert_eq!(same.top(), top);
        let start: String = top.chars().filter(|c| c.is_alphanumeric()).take(8).collect();
        if top.contains(['│', '─']) {
            // Cells of a table are broken elsewhere at another width.
            continue;
        }
        for size in [(80, 24), (60, 20), (100, 50), (131, 30)] {
            let other = Session::of(course(), place.clone(), size, Go::Reader(None));
            // Where everything fits, or nothing is left to scroll, the line is still on the screen.
            let rows: String = other.text().chars().filter(|c| c.is_alphanumeric()).collect();
            assert!(rows.contains(&start), "{size:?} {start}\n{}", other.text());
        }
    }
}

#[test]
fn a_new_size_keeps_the_line_at_the_top() {
    let mut session = Session::of(course(), Place::first(), (120, 40), Go::Reader(Some(4)));
    session.press("space space j j j");
    let top = session.top();
    session.resize(60, 20).resize(80, 24).resize(41, 13).resize(120, 40);
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&session.top()).first(), words(&top).first(), "{}", session.text());
}

#[test]
fn no_size_is_too_small_and_a_picture_is_its_own_twin() {
    let course = course();
    for (width, height) in sizes() {
        let mut session = Session::of(course.clone(), Place::first(), (width, height), Go::Reader(Some(4)));
        for keys in ["", "space", "2 enter", "n n", "tab", "tab G", "]"] {
            session.press(keys);
            let picture = screen::picture(&session.app, width, height);
            assert_eq!(picture, screen::picture(&session.app, width, height), "{width}x{height}");
        }
    }
}

/// From a single cell to more than a large terminal, in steps.
fn sizes() -> impl Iterator<Item = (u16, u16)> {
    (1..=130).step_by(11).flat_map(|width| (1..=45).step_by(5).map(move |height| (width, height)))
}

#[test]
fn a_course_without_lessons_says_so() {
    let mut session = Session::of(Course::default(), Place::first(), (80, 24), Go::Reader(None));
    session.press("j space ] n t G enter P tab tab r").rest();
    assert!(session.text().contains("There is no lesson here."), "{}", session.text());
}

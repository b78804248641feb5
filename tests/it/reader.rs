//! Sessions with the reader: keys in, screen out.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use eastwest::app::geometry::Size;
use eastwest::app::place::Place;
use eastwest::app::state::Go;
use eastwest::app::{App, Done, Effect, Msg, Now, Screen, Setup};
use eastwest::course::Course;
use eastwest::learner::{Entry, Event, IdMaker, Learner};
use eastwest::sim::Scenario;
use ratatui::layout::Rect;

use crate::screen;
use small::small;

mod door;
mod mesh;
mod place;
mod questions;
mod small;

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
            let mut effects = self.app.update(self.now, Msg::Key(key.parse().unwrap()));
            if effects.contains(&Effect::ReadLog) {
                effects.extend(self.app.update(self.now, Msg::Done(Done::Read(Vec::new()))));
            }
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

fn reading(size: (u16, u16)) -> Session {
    Session::of(small(), Place::first(), size, Go::Reader(Some(1)))
}

/// What was to be written to the log.
fn entries(session: &Session) -> Vec<Entry> {
    let entry = |effect: &Effect| match effect {
        Effect::Append(entry) => Some(entry.clone()),
        _ => None,
    };
    session.effects.iter().filter_map(entry).collect()
}

fn events(session: &Session) -> Vec<Event> {
    entries(session).into_iter().map(|entry| entry.event).collect()
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

//! Sessions as files: keys in, screens out. Adding one is adding a file to `tests/sessions`.
//!
//! ```text
//! size 80x24           columns and rows
//! start review         home, learn 4, lab, review
//! press g l            keys as the key table spells them
//! type a few words     an answer, letter by letter
//! pass 3s              lets wall time pass, with the frames that are asked for
//! see NAME             the screen, with its looks, goes into the snapshot
//! ```

use std::time::Duration;

use eastwest::app::geometry::Size;
use eastwest::app::manner::Manner;
use eastwest::app::place::Place;
use eastwest::app::state::Go;
use eastwest::app::{App, Done, Effect, Msg, Now, Setup};
use eastwest::learner::{IdMaker, Learner};
use eastwest::sim::SimSpan;

use crate::reader::{course, scenarios};
use crate::screen;

/// A Sunday morning.
pub const BEGIN_MS: i64 = 1_795_341_600_000;

/// An application whose effects are carried out in memory, at once.
pub struct Sitting {
    pub app: App,
    size: Size,
    now: Now,
}

impl Sitting {
    pub fn open(size: Size, start: Go) -> Self {
        Self::with(size, start, Manner::default())
    }

    /// For somebody who wants it otherwise than shipped.
    pub fn with(size: Size, start: Go, manner: Manner) -> Self {
        let now = Now { mono: Duration::from_secs(1), wall_ms: BEGIN_MS, offset_minutes: 0 };
        let setup = Setup {
            course: course(),
            scenarios: scenarios(),
            learner: Learner::default(),
            ids: IdMaker::new("here", 1),
            place: Place::first(),
            size,
            start,
            notice: None,
        };
        let (app, effects) = App::with(setup, manner, now);
        let mut sitting = Self { app, size, now };
        sitting.carry_out(effects);
        sitting
    }

    /// Time since the start.
    pub fn now(&self) -> Duration {
        self.now.mono
    }

    pub fn tell(&mut self, msg: Msg) {
        let effects = self.app.update(self.now, msg);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Append(entry) => self.tell(Msg::Done(Done::Appended { id: entry.id })),
                Effect::ReadLog => self.tell(Msg::Done(Done::Read(Vec::new()))),
                Effect::Copy(text) => self.tell(Msg::Done(Done::Copied(text))),
                Effect::SavePlace(_) | Effect::Redraw | Effect::Quit => {}
            }
        }
    }

    pub fn press(&mut self, key: &str) {
        self.pass(Duration::from_millis(50));
        self.tell(Msg::Key(key.parse().unwrap_or_else(|error| panic!("{error}"))));
    }

    pub fn pass(&mut self, length: Duration) {
        let end = self.now.mono + length;
        while let Some(at) = self.app.wants_frame().filter(|at| *at <= end) {
            self.move_to(at.max(self.now.mono));
            self.tell(Msg::Frame);
        }
        self.move_to(end);
    }

    fn move_to(&mut self, mono: Duration) {
        self.now.wall_ms += mono.checked_sub(self.now.mono).unwrap().as_millis() as i64;
        self.now.mono = mono;
    }
}

/// Plays a script; gives all that it wants seen.
fn play(script: &str) -> String {
    let mut size = Size::new(120, 40);
    let mut sitting: Option<Sitting> = None;
    let mut seen = String::new();
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match (word, sitting.as_mut()) {
            ("size", None) => size = size_of(rest),
            ("size", Some(open)) => {
                open.size = size_of(rest);
                open.tell(Msg::Resized(open.size));
            }
            ("start", _) => sitting = Some(Sitting::open(size, start_of(rest))),
            ("press", Some(open)) => rest.split_whitespace().for_each(|key| open.press(key)),
            ("type", Some(open)) => rest.chars().for_each(|letter| {
                open.press(&letter.to_string());
            }),
            ("pass", Some(open)) => {
                let span: SimSpan = rest.parse().unwrap();
                open.pass(Duration::from_nanos(span.nanos()));
            }
            ("see", Some(open)) => {
                let picture = screen::picture(&open.app, open.size.width, open.size.height);
                seen += &["==== ", rest, "\n", &picture, "\n"].concat();
            }
            _ => panic!("'{line}' is no line of a session; see tests/it/sessions.rs"),
        }
    }
    seen
}

fn size_of(text: &str) -> Size {
    let (width, height) = text.split_once('x').expect("a size such as 80x24");
    Size::new(width.parse().unwrap(), height.parse().unwrap())
}

fn start_of(text: &str) -> Go {
    match text.split_once(' ').unwrap_or((text, "")) {
        ("home", _) => Go::Home,
        ("learn", section) => Go::Reader(section.parse().ok()),
        ("lab", _) => Go::Lab(None),
        ("review", _) => Go::Review,
        other => panic!("{other:?} is no screen"),
    }
}

#[test]
fn every_session_shows_what_it_showed() {
    insta::glob!("..", "sessions/*.keys", |path| {
        let script = std::fs::read_to_string(path).unwrap();
        insta::assert_snapshot!(play(&script));
    });
}

#[test]
fn drawing_changes_nothing_and_any_size_will_do() {
    for start in ["home", "learn 4", "lab", "review"] {
        let mut sitting = Sitting::open(Size::new(80, 24), start_of(start));
        sitting.pass(Duration::from_secs(2));
        for (width, height) in
            (1..=130).step_by(3).flat_map(|width| [1, 2, 5, 12, 24, 41].map(|height| (width, height)))
        {
            let size = Size::new(width, height);
            sitting.tell(Msg::Resized(size));
            let first = screen::buffer(&sitting.app, width, height);
            assert_eq!(first, screen::buffer(&sitting.app, width, height), "{start} at {width}x{height}");
        }
    }
}

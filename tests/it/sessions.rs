//! Sessions as files: keys in, screens out (`docs/record.md` has the words). Adding one is adding a file to
//! `tests/sessions`.

use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;
use std::time::Duration;

use eastwest::app::App;
use eastwest::app::geometry::Size;
use eastwest::app::manner::Manner;
use eastwest::app::present::rehearse::Wish;
pub use eastwest::app::script::BEGIN_MS;
use eastwest::app::script::{self, Moment, Script, Stage};
use eastwest::app::state::{Go, Window};
use eastwest::ui::hits::EYES;

use crate::reader::{course, scenarios};
use crate::screen;

/// The repository's course.
pub static STAGE: LazyLock<Stage> =
    LazyLock::new(|| Stage { course: course(), scenarios: scenarios(), eyes: Some(EYES) });

/// An application whose effects are carried out in memory, at once.
pub struct Sitting(script::Sitting);

impl Deref for Sitting {
    type Target = script::Sitting;

    fn deref(&self) -> &script::Sitting {
        &self.0
    }
}

impl DerefMut for Sitting {
    fn deref_mut(&mut self) -> &mut script::Sitting {
        &mut self.0
    }
}

impl Sitting {
    pub fn open(size: Size, start: Go) -> Self {
        Self::with(size, start, Manner::default())
    }

    /// For somebody who wants it otherwise than shipped.
    pub fn with(size: Size, start: Go, manner: Manner) -> Self {
        Self(script::Sitting::with(&STAGE, size, start, manner))
    }

    pub fn press(&mut self, key: &str) {
        self.0.press(key.parse().unwrap_or_else(|error| panic!("{error}")), &mut |_| {});
    }

    pub fn pass(&mut self, length: Duration) {
        self.0.pass(length, &mut |_| {});
    }

    pub fn into_app(self) -> App {
        self.0.app
    }
}

/// Plays a script; gives all that it wants seen.
fn play(script: &str, file: &str) -> String {
    let script = Script::read(script, file).unwrap_or_else(|error| panic!("{error}"));
    let mut seen = String::new();
    let mut look = |moment: Moment<'_>, sitting: &script::Sitting| {
        let name = match moment {
            Moment::See(name) => name,
            Moment::Film { name, number, of } if number + 1 == of => name,
            Moment::Frame | Moment::Film { .. } => return,
        };
        let picture = screen::picture(&sitting.app, sitting.size().width, sitting.size().height);
        seen += &["==== ", name, "\n", &picture, "\n"].concat();
    };
    script.play(&STAGE, None, &mut look).unwrap_or_else(|error| panic!("{error}"));
    seen
}

#[test]
fn every_session_shows_what_it_showed() {
    insta::glob!("..", "sessions/*.keys", |path| {
        let script = std::fs::read_to_string(path).unwrap();
        insta::assert_snapshot!(play(&script, &path.display().to_string()));
    });
}

#[test]
fn drawing_changes_nothing_and_any_size_will_do() {
    let talk = |window| Go::Talk {
        window,
        section: Some(7),
        total: None,
        read: Box::default(),
        wish: Wish::default(),
    };
    let talks = [talk(Window::Audience), talk(Window::Console)];
    for start in [Go::Home, Go::Reader(Some(4)), Go::Lab(None), Go::Review, Go::Worth, Go::Stats]
        .into_iter()
        .chain(talks)
    {
        let mut sitting = Sitting::open(Size::new(80, 24), start.clone());
        sitting.pass(Duration::from_secs(2));
        for (width, height) in
            (1..=130).step_by(3).flat_map(|width| [1, 2, 5, 12, 24, 41].map(|height| (width, height)))
        {
            let size = Size::new(width, height);
            sitting.resize(size, &mut |_| {});
            let first = screen::buffer(&sitting.app, width, height);
            assert_eq!(first, screen::buffer(&sitting.app, width, height), "{start:?} at {width}x{height}");
        }
    }
}

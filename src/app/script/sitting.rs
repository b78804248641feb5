//! An application without a terminal, a disk or a clock that goes: what it asks for is done in memory, at once.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Point, Spot};
use crate::app::Screen;
use crate::app::chord::Chord;
use crate::app::effect::Effect;
use crate::app::geometry::Size;
use crate::app::lab::explain;
use crate::app::manner::Manner;
use crate::app::msg::{Done, Msg};
use crate::app::now::Now;
use crate::app::place::Place as Where;
use crate::app::pointer::{Pointing, Target};
use crate::app::state::{App, Go, Setup};
use crate::course::Course;
use crate::learner::{IdMaker, Learner};
use crate::mesh_view::{Place, PlaceId};
use crate::sim::Scenario;

/// When every session begins, in milliseconds since 1970: a Sunday morning.
pub const BEGIN_MS: i64 = 1_795_341_600_000;
/// The monotonic clock then.
const BEGIN: Duration = Duration::from_secs(1);
/// Before each key: nobody types faster.
const KEY: Duration = Duration::from_millis(50);

/// What sessions start from: a course and its scenarios; nothing has been learned yet.
#[derive(Clone, Debug, Default)]
pub struct Stage {
    pub course: Course,
    pub scenarios: BTreeMap<String, Scenario>,
    /// Without them nothing can be pointed at.
    pub eyes: Option<Eyes>,
}

/// Column and row, from 0.
type Cell = (u16, u16);

/// What only drawing knows.
#[derive(Clone, Copy, Debug)]
pub struct Eyes {
    /// What is at a cell of the picture.
    pub at: fn(&App, Size, Cell) -> Option<Target>,
    /// What a button held from one cell to another drags.
    pub dragged: fn(&App, Size, Cell, Cell) -> Option<Target>,
    /// How far what is open can be scrolled, where something is.
    pub reach: fn(&App, Size) -> Option<usize>,
}

/// An application being used.
#[derive(Debug)]
pub struct Sitting {
    pub app: App,
    size: Size,
    now: Now,
    eyes: Option<Eyes>,
    /// What went to the clipboard and to files, oldest first.
    sent: Vec<Effect>,
}

impl Sitting {
    /// The application at its first screen.
    #[must_use]
    pub fn open(stage: &Stage, size: Size, start: Go) -> Self {
        Self::with(stage, size, start, Manner::default())
    }

    /// For somebody who wants it otherwise than shipped.
    #[must_use]
    pub fn with(stage: &Stage, size: Size, start: Go, manner: Manner) -> Self {
        let now = Now { mono: BEGIN, wall_ms: BEGIN_MS, offset_minutes: 0 };
        let setup = Setup {
            course: stage.course.clone(),
            scenarios: stage.scenarios.clone(),
            learner: Learner::default(),
            ids: IdMaker::new("here", 1),
            place: Where::first(),
            size,
            start,
            notice: None,
        };
        let (app, effects) = App::with(setup, manner, now);
        let mut sitting = Self { app, size, now, eyes: stage.eyes, sent: Vec::new() };
        sitting.carry_out(effects);
        sitting
    }

    #[must_use]
    pub const fn size(&self) -> Size {
        self.size
    }

    /// How long it has gone on.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.now.mono.saturating_sub(BEGIN)
    }

    /// What went to the clipboard and to files, oldest first.
    #[must_use]
    pub fn sent(&self) -> &[Effect] {
        &self.sent
    }

    /// Another size of the terminal.
    pub fn resize(&mut self, size: Size, frame: &mut dyn FnMut(&Self)) {
        self.size = size;
        self.tell(Msg::Resized(size));
        frame(self);
    }

    /// A key, a little later.
    pub fn press(&mut self, chord: Chord, frame: &mut dyn FnMut(&Self)) {
        self.pass(KEY, frame);
        let reach = self.eyes.and_then(|eyes| (eyes.reach)(&self.app, self.size));
        if let Some(rows) = reach {
            self.tell(Msg::Reach(rows));
        }
        self.tell(Msg::Key(chord));
        frame(self);
    }

    /// Points, 50 ms after whatever was before. What is not in the picture takes nothing.
    pub fn point(&mut self, points: &[Point], frame: &mut dyn FnMut(&Self)) {
        self.pass(KEY, frame);
        for point in points {
            let (spot, how) = match point {
                Point::Press(spot) => (spot, Pointing::Press),
                Point::Drag(_, to) => (to, Pointing::Drag),
                Point::Wheel { up, at } => (at, Pointing::Wheel { up: *up }),
            };
            let at = match (point, spot) {
                (Point::Drag(Spot::Cell(from), Spot::Cell(to)), _) => {
                    self.eyes.and_then(|eyes| (eyes.dragged)(&self.app, self.size, *from, *to))
                }
                (_, Spot::Cell(cell)) => self.eyes.and_then(|eyes| (eyes.at)(&self.app, self.size, *cell)),
                (_, Spot::Place(name)) => place(&self.app, name).map(Target::Place),
            };
            if let Some(at) = at {
                self.tell(Msg::Pointed { at, how });
            }
        }
        frame(self);
    }

    /// Lets time pass, with the frames that are asked for.
    pub fn pass(&mut self, length: Duration, frame: &mut dyn FnMut(&Self)) {
        let end = self.now.mono + length;
        while let Some(at) = self.app.wants_frame().filter(|at| *at <= end) {
            self.move_to(at.max(self.now.mono));
            self.tell(Msg::Frame);
            frame(self);
        }
        self.move_to(end);
    }

    /// What its clocks say.
    #[must_use]
    pub const fn now(&self) -> Now {
        self.now
    }

    /// Hands it a message, and does what it asks for.
    pub fn tell(&mut self, msg: Msg) {
        let effects = self.app.update(self.now, msg);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match &effect {
                Effect::Append(entry) => self.tell(Msg::Done(Done::Appended { id: entry.id.clone() })),
                Effect::ReadLog => self.tell(Msg::Done(Done::Read(Vec::new()))),
                Effect::Copy(text) => {
                    self.tell(Msg::Done(Done::Copied(text.clone())));
                    self.sent.push(effect);
                }
                Effect::Save(files) => {
                    let names = files.iter().map(|file| file.name.clone()).collect();
                    self.tell(Msg::Done(Done::Saved { folder: "memory".to_owned(), names }));
                    self.sent.push(effect);
                }
                Effect::ClassRound(_) => self.sent.push(effect),
                Effect::Talk { .. } => self.tell(Msg::Done(Done::TalkWritten)),
                Effect::SavePlace(_) | Effect::Rehearsed(_) | Effect::Redraw | Effect::Quit => {}
            }
        }
    }

    fn move_to(&mut self, mono: Duration) {
        self.now.wall_ms += mono.saturating_sub(self.now.mono).as_millis() as i64;
        self.now.mono = mono;
    }
}

/// The place of the lab on the screen with this name, or with a path that ends so.
fn place(app: &App, name: &str) -> Option<PlaceId> {
    let Screen::Lab(lab) = app.screen() else { return None };
    let scene = lab.scene(false);
    let is_it = |place: &Place| {
        let path = explain::path(scene.view, place);
        path == name || path.ends_with(&format!("/{name}"))
    };
    scene.view.places.iter().position(is_it).map(|at| at as PlaceId)
}

//! A lecture hall in memory: an audience's window and a console over one file, on a clock that goes by hand.

use std::time::Duration;

use eastwest::app::geometry::Size;
use eastwest::app::place::Place;
use eastwest::app::present::polls::Round;
use eastwest::app::present::rehearse::Wish;
use eastwest::app::present::session::{Session, View};
use eastwest::app::present::{Peers, Read, Talk};
use eastwest::app::state::{Go, Parts, Window};
use eastwest::app::{App, Done, Effect, Msg, Now, Screen, Setup};
use eastwest::course::beats::{Beat, Shows};
use eastwest::learner::{IdMaker, Learner};
use eastwest::mesh_view::MeshView;

use crate::screen;
use crate::sessions::{BEGIN_MS, STAGE};

/// From one look at the clock to the next.
const STEP: Duration = Duration::from_millis(50);
/// More looks than any run needs to be worked out.
const LOOKS_MAX: usize = 4_000;

/// Two windows at most, and what became of their effects.
pub struct Hall {
    file: Option<Session>,
    windows: Vec<(Window, App)>,
    pub now: Now,
    pub rounds: Vec<Round>,
    /// Effects that are no talk's business.
    pub others: Vec<Effect>,
}

impl Hall {
    pub fn new() -> Self {
        let now = Now { mono: Duration::from_secs(1), wall_ms: BEGIN_MS, offset_minutes: 0 };
        Self { file: None, windows: Vec::new(), now, rounds: Vec::new(), others: Vec::new() }
    }

    /// The console and the audience's window, at the first beat.
    pub fn full() -> Self {
        let mut hall = Self::new();
        hall.enter(Window::Console);
        hall.enter(Window::Audience);
        hall
    }

    /// Both at the first beat on the way forward that has this heading or shows this.
    pub fn at(name: &str) -> Self {
        let mut hall = Self::full();
        for _ in 0..200 {
            let beat = hall.beat();
            let is_it = match &beat.shows {
                Shows::Points(_) => beat.heading == name,
                Shows::Lab(id) | Shows::Predict(id) | Shows::Card(id) => id == name,
            };
            if is_it {
                return hall;
            }
            hall.press(Window::Console, "right");
        }
        panic!("no beat {name} on the way forward");
    }

    /// A talk that stands as a session says.
    pub fn of(session: Session) -> Self {
        let mut hall = Self::new();
        hall.now.wall_ms = i64::try_from(session.changed_ms).unwrap();
        hall.file = Some(session);
        hall.enter(Window::Audience);
        hall
    }

    /// A window joins, however late.
    pub fn enter(&mut self, window: Window) {
        let read = Read { session: self.file.clone().map(Box::new), ..Read::default() };
        let setup = Setup {
            course: STAGE.course.clone(),
            scenarios: STAGE.scenarios.clone(),
            learner: Learner::default(),
            ids: IdMaker::new("here", 1),
            place: Place::first(),
            size: Size::new(100, 60),
            start: Go::Talk {
                window,
                section: None,
                total: None,
                read: Box::new(read),
                wish: Wish::default(),
            },
            notice: None,
        };
        let (app, effects) = App::new(setup, self.now);
        self.windows.retain(|(known, _)| *known != window);
        self.windows.push((window, app));
        self.carry_out(window, effects);
    }

    pub fn app(&mut self, window: Window) -> &mut App {
        &mut self.windows.iter_mut().find(|(known, _)| *known == window).unwrap().1
    }

    pub fn parts(&self, window: Window) -> &Parts {
        self.windows.iter().find(|(known, _)| *known == window).unwrap().1.parts()
    }

    pub fn talk(&self, window: Window) -> &Talk {
        let (_, app) = self.windows.iter().find(|(known, _)| *known == window).unwrap();
        match app.screen() {
            Screen::Audience(audience) => audience.talk(),
            Screen::Console(console) => console.talk(),
            _ => panic!("no talk"),
        }
    }

    pub fn session(&self) -> &Session {
        self.file.as_ref().unwrap()
    }

    pub fn view(&self) -> &View {
        &self.session().view
    }

    pub fn beat(&self) -> &Beat {
        self.talk(self.windows[0].0).beat().unwrap()
    }

    /// The mesh that a window shows.
    pub fn mesh(&self, window: Window) -> &MeshView {
        self.talk(window).stage().lab().unwrap().scene(false).view
    }

    /// What the audience reads, blanks and lines made one.
    pub fn read(&mut self) -> String {
        screen::text(self.app(Window::Audience), 100, 60).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub fn press(&mut self, window: Window, keys: &str) {
        for key in keys.split_whitespace() {
            let now = self.now;
            let effects = self.app(window).update(now, Msg::Key(key.parse().unwrap()));
            self.carry_out(window, effects);
        }
    }

    /// The same, and the other window does not hear of it.
    pub fn press_unheard(&mut self, window: Window, key: &str) {
        let others: Vec<_> = self.windows.extract_if(.., |(known, _)| *known != window).collect();
        self.press(window, key);
        self.windows.extend(others);
    }

    /// Lets time pass, with the frames that are asked for.
    pub fn pass(&mut self, length: Duration) {
        let end = self.now.mono + length;
        while self.now.mono < end {
            let step = STEP.min(end.saturating_sub(self.now.mono));
            self.now.mono += step;
            self.now.wall_ms += i64::try_from(step.as_millis()).unwrap();
            self.frames();
        }
    }

    /// Has every window work, at this very moment, until its mesh and its answers are there.
    pub fn settle(&mut self) {
        for _ in 0..LOOKS_MAX {
            self.now.mono += STEP;
            self.frames();
            if self.windows.iter().all(|(window, _)| self.is_settled(*window)) {
                return;
            }
        }
        panic!("still at work");
    }

    fn is_settled(&self, window: Window) -> bool {
        let stage = self.talk(window).stage();
        let moment = self.view().play.as_ref().map(|play| play.moment(self.now.wall_ms.unsigned_abs()));
        let arrived = moment.is_none_or(|ms| self.mesh(window).at == ms * 1_000_000);
        arrived && stage.inquiry().is_none_or(|inquiry| !inquiry.works()) && !stage.is_working()
    }

    fn frames(&mut self) {
        let now = self.now;
        for at in 0..self.windows.len() {
            let (window, app) = &mut self.windows[at];
            if app.wants_frame().is_some_and(|wanted| wanted <= now.mono) {
                let window = *window;
                let effects = app.update(now, Msg::Frame);
                self.carry_out(window, effects);
            }
        }
    }

    fn carry_out(&mut self, window: Window, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Talk { session, anew, .. } => {
                    let moved = self.file.as_ref().filter(|there| !anew && there.serial >= session.serial);
                    let done = if let Some(theirs) = moved {
                        Done::TalkMoved(Box::new(read(theirs)))
                    } else {
                        self.file = Some(*session);
                        Done::TalkWritten
                    };
                    let now = self.now;
                    let effects = self.app(window).update(now, Msg::Done(done));
                    self.carry_out(window, effects);
                }
                Effect::ClassRound(round) => self.rounds.push(round),
                other => self.others.push(other),
            }
        }
        let (now, news) = (self.now, read(self.session()));
        for (_, app) in self.windows.iter_mut().filter(|(known, _)| *known != window) {
            app.update(now, Msg::Talk(Box::new(news.clone())));
        }
    }
}

fn read(session: &Session) -> Read {
    let peers = Peers { audience: Some(Size::new(100, 60)), console: true };
    Read { session: Some(Box::new(session.clone())), peers, ..Read::default() }
}

//! The loop: wait, drain, update, draw at most once. It is the whole of the concurrency.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::clock::Clock;
use super::late::LateAnswers;
use super::pointer::Pointer;
use super::translate;
use super::wake::Wake;
use crate::app::effect::Effect;
use crate::app::msg::Msg;
use crate::app::pointer::Pointing;
use crate::app::{App, Now};
use crate::ui::hits::Hits;

/// Wakes taken before drawing: what a burst brings is one frame.
const DRAIN_MAX: usize = 256;
/// Frames that no key caused are at least this far apart.
const FLOOR: Duration = Duration::from_millis(10);

/// What the loop needs of the world.
pub trait World {
    /// Carries out one effect; what came of it is a message.
    fn perform(&mut self, effect: Effect) -> Performed;
    /// Reads the course again.
    fn reload(&mut self) -> Option<Msg>;
    /// What the talk's files say now, for windows of a talk.
    fn talk(&mut self) -> Option<Msg> {
        None
    }
    /// Puts the picture on the screen; says where on it is what can be pointed at.
    fn draw(&mut self, app: &App) -> std::io::Result<Hits>;
    /// How far what is open can be scrolled as it is drawn, where something is.
    fn reach(&self, _app: &App) -> Option<usize> {
        None
    }
    /// What the world has to say after a picture; asked once each.
    fn news(&mut self) -> Option<Msg> {
        None
    }
}

/// What came of an effect.
#[derive(Debug)]
pub enum Performed {
    /// These happened, in this order.
    Tell(Vec<Msg>),
    /// The sitting is over.
    Leave,
}

/// Why the loop ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The user left.
    Quit,
    /// A signal.
    Stopped(&'static str),
    /// A thread died; which, and why.
    Died(&'static str, String),
}

/// Runs until somebody ends it.
///
/// `effects` are what the application asked for before the first message.
pub fn drive(
    app: &mut App,
    effects: Vec<Effect>,
    wakes: &Receiver<Wake>,
    clock: &dyn Clock,
    world: &mut dyn World,
) -> std::io::Result<End> {
    let mut turn = Turn {
        app,
        clock,
        world,
        late: LateAnswers::default(),
        pointer: Pointer::default(),
        dragged: None,
        drawn: None,
        drawn_at: Duration::ZERO,
    };
    let end = turn.run(effects, wakes);
    if !matches!(end, Ok(End::Quit)) {
        // No key asked to leave, so the place has not been kept yet.
        turn.leave();
    }
    end
}

/// What a wake did.
#[derive(Debug, Default)]
struct Taken {
    /// A key was in it, so the frame does not wait.
    key: bool,
    /// Files changed. Saving one is several events, and reading the course once is enough for all of them.
    reload: bool,
    /// The talk changed; one look is enough for a burst of changes as well.
    talk: bool,
    end: Option<End>,
}

impl Taken {
    fn and(self, later: Self) -> Self {
        Self {
            key: self.key || later.key,
            reload: self.reload || later.reload,
            talk: self.talk || later.talk,
            end: self.end.or(later.end),
        }
    }
}

struct Turn<'a> {
    app: &'a mut App,
    clock: &'a dyn Clock,
    world: &'a mut dyn World,
    late: LateAnswers,
    pointer: Pointer,
    /// Where the mouse was dragged last; of many such messages in a row only the last one counts.
    dragged: Option<Msg>,
    /// The revision on the screen.
    drawn: Option<u64>,
    drawn_at: Duration,
}

impl Turn<'_> {
    fn run(&mut self, effects: Vec<Effect>, wakes: &Receiver<Wake>) -> std::io::Result<End> {
        self.carry_out(self.clock.now(), effects);
        self.draw_now()?;
        loop {
            let Some(mut taken) = self.wait(wakes)? else {
                return Ok(End::Died("wakes", "nobody is left".to_owned()));
            };
            let mut count = 1;
            while count < DRAIN_MAX && taken.end.is_none() {
                let Ok(wake) = wakes.try_recv() else { break };
                taken = taken.and(self.take(wake));
                count += 1;
            }
            if taken.end.is_none() {
                taken = taken.and(self.end_drag());
            }
            if taken.reload && taken.end.is_none() {
                taken = taken.and(self.reload());
            }
            if taken.talk && taken.end.is_none() {
                taken = taken.and(self.talk());
            }
            if let Some(end) = taken.end {
                return Ok(end);
            }
            if taken.key || self.is_due() {
                self.draw_if_stale()?;
            }
        }
    }

    fn leave(&mut self) {
        let now = self.clock.now();
        let effects = self.app.leave(now);
        self.carry_out(now, effects);
    }

    fn reload(&mut self) -> Taken {
        let read = self.world.reload();
        read.map_or_else(Taken::default, |msg| self.tell(self.clock.now(), msg))
    }

    fn talk(&mut self) -> Taken {
        let read = self.world.talk();
        read.map_or_else(Taken::default, |msg| self.tell(self.clock.now(), msg))
    }

    /// Sleeps until a wake or a deadline; without either, for ever. `None`: all senders are gone.
    fn wait(&mut self, wakes: &Receiver<Wake>) -> std::io::Result<Option<Taken>> {
        let Some(deadline) = self.deadline() else {
            return Ok(wakes.recv().ok().map(|wake| self.take(wake)));
        };
        match wakes.recv_timeout(deadline.saturating_sub(self.clock.now().mono)) {
            Ok(wake) => Ok(Some(self.take(wake))),
            Err(RecvTimeoutError::Disconnected) => Ok(None),
            Err(RecvTimeoutError::Timeout) => {
                let now = self.clock.now();
                if self.app.wants_frame().is_some_and(|at| at <= now.mono) {
                    return Ok(Some(self.tell(now, Msg::Frame)));
                }
                self.draw_if_stale()?;
                Ok(Some(Taken::default()))
            }
        }
    }

    /// The next moment at which something is to be done without anybody waking us.
    fn deadline(&self) -> Option<Duration> {
        let floor = self.is_stale().then(|| self.drawn_at + FLOOR);
        [self.app.wants_frame(), floor].into_iter().flatten().min()
    }

    fn take(&mut self, wake: Wake) -> Taken {
        let now = self.clock.now();
        match wake {
            Wake::Input(event) if self.late.swallows(&event, now.mono) => Taken::default(),
            Wake::Input(event) => match translate::message(&event, &mut self.pointer) {
                Some(msg @ Msg::Pointed { how: Pointing::Drag, .. }) => {
                    self.dragged = Some(msg);
                    Taken { key: true, ..Taken::default() }
                }
                Some(msg) => {
                    let key = matches!(msg, Msg::Key(_) | Msg::Paste(_) | Msg::Pointed { .. });
                    let before = self.end_drag();
                    if key && let Some(reach) = self.world.reach(self.app) {
                        self.tell(now, Msg::Reach(reach));
                    }
                    Taken { key, ..before }.and(self.tell(now, msg))
                }
                None => Taken::default(),
            },
            Wake::CourseChanged => Taken { reload: true, ..Taken::default() },
            Wake::TalkChanged => Taken { talk: true, ..Taken::default() },
            Wake::Stop { signal } => Taken { end: Some(End::Stopped(signal)), ..Taken::default() },
            Wake::Died { thread, why } => Taken { end: Some(End::Died(thread, why)), ..Taken::default() },
        }
    }

    /// Tells where the mouse was dragged to, before anything else is told.
    fn end_drag(&mut self) -> Taken {
        self.dragged.take().map_or_else(Taken::default, |msg| self.tell(self.clock.now(), msg))
    }

    /// Updates, and carries out what follows from it until nothing follows any more.
    fn tell(&mut self, now: Now, msg: Msg) -> Taken {
        let effects = self.app.update(now, msg);
        self.carry_out(now, effects)
    }

    fn carry_out(&mut self, now: Now, effects: Vec<Effect>) -> Taken {
        let mut taken = Taken::default();
        let mut effects = VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            match self.world.perform(effect) {
                Performed::Tell(answers) => {
                    effects.extend(answers.into_iter().flat_map(|answer| self.app.update(now, answer)));
                }
                Performed::Leave => taken.end = Some(End::Quit),
            }
        }
        taken
    }

    fn is_stale(&self) -> bool {
        self.drawn != Some(self.app.revision())
    }

    fn is_due(&self) -> bool {
        self.clock.now().mono >= self.drawn_at + FLOOR
    }

    fn draw_if_stale(&mut self) -> std::io::Result<()> {
        if self.is_stale() { self.draw_now() } else { Ok(()) }
    }

    fn draw_now(&mut self) -> std::io::Result<()> {
        let hits = self.world.draw(self.app)?;
        self.pointer.drew(hits);
        self.drawn = Some(self.app.revision());
        let now = self.clock.now();
        self.drawn_at = now.mono;
        if let Some(msg) = self.world.news() {
            self.tell(now, msg);
        }
        Ok(())
    }
}

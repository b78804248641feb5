//! The loop, in a world without a terminal, a disk or a clock that goes.

use std::cell::Cell;
use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use eastwest::app::geometry::Size;
use eastwest::app::state::Go;
use eastwest::app::{App, Done, Effect, Msg, Notice, Now};
use eastwest::shell::clock::Clock;
use eastwest::shell::drive::{End, Performed, World, drive};
use eastwest::shell::wake::Wake;

use crate::sessions::{BEGIN_MS, Sitting};

/// Stands still, and counts how often it is asked.
#[derive(Default)]
struct Asked(Cell<u32>);

impl Clock for Asked {
    fn now(&self) -> Now {
        self.0.set(self.0.get() + 1);
        Now { mono: Duration::from_secs(2), wall_ms: BEGIN_MS, offset_minutes: 0 }
    }
}

/// Notes what is asked of it.
#[derive(Default)]
struct Notes {
    done: Vec<&'static str>,
    draws: usize,
    reloads: usize,
    disk_is_full: bool,
    /// What the log's reading brings.
    read: Vec<Msg>,
    /// Let go with the first picture, so that an idle loop ends.
    keeps: Option<Sender<Wake>>,
    screen_is_gone: bool,
}

impl World for Notes {
    fn perform(&mut self, effect: Effect) -> Performed {
        let (name, answers) = match effect {
            Effect::Append(entry) if self.disk_is_full => {
                let entry = Box::new(entry);
                ("refused", vec![Msg::Done(Done::NotAppended { entry, why: "the disk is full".to_owned() })])
            }
            Effect::Append(entry) => ("append", vec![Msg::Done(Done::Appended { id: entry.id })]),
            Effect::SavePlace(_) => ("place", Vec::new()),
            Effect::ReadLog => ("read", std::mem::take(&mut self.read)),
            Effect::Copy(_) => ("copy", Vec::new()),
            Effect::Save(_) => ("save", Vec::new()),
            Effect::Redraw => ("redraw", Vec::new()),
            Effect::Quit => {
                self.done.push("quit");
                return Performed::Leave;
            }
        };
        self.done.push(name);
        Performed::Tell(answers)
    }

    fn reload(&mut self) -> Option<Msg> {
        self.reloads += 1;
        None
    }

    fn draw(&mut self, _: &App) -> io::Result<()> {
        self.draws += 1;
        self.keeps = None;
        if self.screen_is_gone { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(()) }
    }
}

fn key(code: KeyCode) -> Wake {
    Wake::Input(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)))
}

fn letters(text: &str) -> Vec<Wake> {
    text.chars().map(|c| key(if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) })).collect()
}

/// A loop for which these wakes wait; when they are taken, nobody is left to send more.
fn queue(wakes: Vec<Wake>) -> Receiver<Wake> {
    let (to, queue) = channel();
    for wake in wakes {
        to.send(wake).unwrap();
    }
    queue
}

fn run(app: &mut App, wakes: Vec<Wake>, world: &mut Notes) -> io::Result<End> {
    drive(app, vec![Effect::ReadLog], &queue(wakes), &Asked::default(), world)
}

fn review() -> App {
    Sitting::open(Size::new(80, 24), Go::Review).into_app()
}

#[test]
fn a_burst_of_keys_costs_one_frame() {
    let mut world = Notes::default();
    run(&mut review(), letters("jkjkjkjk"), &mut world).unwrap();
    assert_eq!(world.draws, 2, "the first frame, and one for all keys");
}

#[test]
fn a_loop_at_rest_asks_no_clock_and_draws_nothing() {
    let (to, wakes) = channel();
    let mut world = Notes { keeps: Some(to), ..Notes::default() };
    let clock = Asked::default();
    let mut app = review();
    assert_eq!(app.wants_frame(), None);
    drive(&mut app, Vec::new(), &wakes, &clock, &mut world).unwrap();
    // For the effects, for the first frame, and for leaving; a wait with a timeout would be a fourth.
    assert_eq!((world.draws, clock.0.get()), (1, 3));
}

#[test]
fn answers_of_the_world_are_taken_in_their_order() {
    let failed = |why: &str| Msg::Done(Done::Failed(why.to_owned()));
    let mut world = Notes { read: vec![failed("first"), failed("second")], ..Notes::default() };
    let mut app = review();
    run(&mut app, Vec::new(), &mut world).unwrap();
    assert_eq!(app.notice(), Some(&Notice::Trouble("second".to_owned())));
}

#[test]
fn what_the_disk_refused_is_tried_again_before_leaving_and_is_kept() {
    let mut world = Notes { disk_is_full: true, ..Notes::default() };
    let mut app = review();
    let mut wakes = letters("2\n3");
    wakes.push(Wake::Input(Event::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL))));
    assert_eq!(run(&mut app, wakes, &mut world).unwrap(), End::Quit);
    world.done.retain(|done| *done != "read");
    assert_eq!(world.done, ["refused", "refused", "quit"]);
    assert_eq!(app.parts().unsaved.len(), 1);
}

#[test]
fn a_signal_keeps_the_place_as_a_key_does() {
    let mut world = Notes::default();
    let mut app = Sitting::open(Size::new(80, 24), Go::Reader(Some(3))).into_app();
    let end = run(&mut app, vec![key(KeyCode::PageDown), Wake::Stop { signal: "TERM" }], &mut world);
    assert_eq!(end.unwrap(), End::Stopped("TERM"));
    assert_eq!(world.done.last_chunk(), Some(&["place", "quit"]), "{:?}", world.done);
}

#[test]
fn a_screen_that_is_gone_keeps_the_place_too() {
    let mut world = Notes { screen_is_gone: true, ..Notes::default() };
    let mut app = Sitting::open(Size::new(80, 24), Go::Reader(Some(3))).into_app();
    run(&mut app, Vec::new(), &mut world).unwrap_err();
    assert_eq!(world.done.last(), Some(&"quit"));
}

#[test]
fn many_changed_files_are_read_once() {
    let mut world = Notes::default();
    run(&mut review(), vec![Wake::CourseChanged; 30], &mut world).unwrap();
    assert_eq!(world.reloads, 1);
}

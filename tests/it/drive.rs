//! The loop, in a world without a terminal, a disk or a clock that goes.

use std::cell::Cell;
use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use eastwest::app::geometry::{Area, Size};
use eastwest::app::pointer::Target;
use eastwest::app::state::Go;
use eastwest::app::{App, Done, Effect, Msg, Notice, Now, Screen};
use eastwest::shell::clock::Clock;
use eastwest::shell::drive::{End, Performed, World, drive};
use eastwest::shell::wake::Wake;
use eastwest::ui::hits::Hits;
use eastwest::ui::theme::Theme;

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
    /// It says when the log was read.
    reads: bool,
    /// What the log's reading brings besides.
    read: Vec<Msg>,
    /// Let go with the first picture, so that an idle loop ends.
    keeps: Option<Sender<Wake>>,
    screen_is_gone: bool,
    /// Where the pictures have what can be pointed at.
    hits: Hits,
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
            Effect::ReadLog => {
                let nothing_new = self.reads.then(|| Msg::Done(Done::Read(Vec::new())));
                ("read", nothing_new.into_iter().chain(std::mem::take(&mut self.read)).collect())
            }
            Effect::Copy(_) => ("copy", Vec::new()),
            Effect::Save(_) => ("save", Vec::new()),
            Effect::Talk { .. } => ("talk", vec![Msg::Done(Done::TalkWritten)]),
            Effect::Rehearsed(_) => ("rehearsed", Vec::new()),
            Effect::ClassRound(_) => ("class", Vec::new()),
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

    fn draw(&mut self, _: &App) -> io::Result<Hits> {
        self.draws += 1;
        self.keeps = None;
        if self.screen_is_gone { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(self.hits.clone()) }
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
    let mut world = Notes { disk_is_full: true, reads: true, ..Notes::default() };
    let mut app = review();
    let mut wakes = letters("2\n3");
    wakes.push(Wake::Input(Event::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL))));
    assert_eq!(run(&mut app, wakes, &mut world).unwrap(), End::Quit);
    world.done.retain(|done| *done != "read");
    assert_eq!(world.done, ["place", "refused", "refused", "place", "quit"]);
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

fn mouse(kind: MouseEventKind, column: u16) -> Wake {
    Wake::Input(Event::Mouse(MouseEvent { kind, column, row: 20, modifiers: KeyModifiers::NONE }))
}

/// A lab that stands still, with its time bar in a row of ten columns, a second each.
fn lab_and_bar() -> (App, Notes) {
    let mut sitting = Sitting::open(Size::new(80, 24), Go::Lab(None));
    sitting.press("space");
    let mut hits = Hits::of(&sitting.app, Theme::default(), Size::new(80, 24));
    for second in 0..10_u16 {
        let cell = Area { x: second, y: 20, width: 1, height: 1 };
        hits.add(cell, Target::Moment(u64::from(second) * 1_000_000_000));
    }
    (sitting.into_app(), Notes { hits, ..Notes::default() })
}

fn shown(app: &App) -> u64 {
    let Screen::Lab(lab) = app.screen() else { panic!("the lab") };
    lab.scene(false).view.at
}

#[test]
fn of_a_burst_of_drags_only_the_last_one_counts_and_keys_stay_behind_them() {
    let drags = |to| (1..=to).map(|column| mouse(MouseEventKind::Drag(MouseButton::Left), column));
    let (mut app, mut world) = lab_and_bar();
    let before = app.revision();
    let mut wakes = vec![mouse(MouseEventKind::Down(MouseButton::Left), 0)];
    wakes.extend(drags(2));
    run(&mut app, wakes, &mut world).unwrap();
    assert_eq!(shown(&app), 2_000_000_000);
    assert_eq!(app.revision() - before, 2, "the press, and one drag for both of them");
    let (mut app, mut world) = lab_and_bar();
    let mut wakes = vec![mouse(MouseEventKind::Down(MouseButton::Left), 0)];
    wakes.extend(drags(2));
    wakes.push(key(KeyCode::Char('.')));
    run(&mut app, wakes, &mut world).unwrap();
    assert_eq!(shown(&app), 2_100_000_000, "a step after the drag, not before it");
}

#[test]
fn after_a_resize_nothing_is_pointed_at_until_it_was_drawn_anew() {
    let (mut app, mut world) = lab_and_bar();
    let before = shown(&app);
    let wakes = vec![
        Wake::Input(Event::Resize(80, 23)),
        mouse(MouseEventKind::Down(MouseButton::Left), 1),
        mouse(MouseEventKind::Drag(MouseButton::Left), 2),
    ];
    run(&mut app, wakes, &mut world).unwrap();
    assert_eq!(shown(&app), before);
}

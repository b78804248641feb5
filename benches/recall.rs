//! How long a learner waits, beside Anki and hashcards: `cargo bench --bench recall`.
//!
//! Theirs were measured on a machine with two cores under some load, Anki 26.9.3 headless and hashcards 0.5.0. Compare
//! orders of magnitude, not milliseconds, unless you measure all of them on yours.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench reads the clock and prints")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use eastwest::app::geometry::Size;
use eastwest::app::home::card_refs;
use eastwest::app::keymap::Context;
use eastwest::app::place::Place;
use eastwest::app::review::Stage;
use eastwest::app::state::Go;
use eastwest::app::{App, Done, Effect, Msg, Now, Screen, Setup};
use eastwest::course::Course;
use eastwest::learner::stats::Statistics;
use eastwest::learner::{Confidence, Event, IdMaker, Kind, Learner, Mode, Review};
use eastwest::srs::{Grade, Moment, fuzz};
use eastwest::store::library::Library;
use eastwest::store::{Home, Journal};
use eastwest::ui::{self, theme::Theme};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_eastwest");
/// Runs of a whole process.
const RUNS: usize = 15;
const GRADES: usize = 300;
const SIZE: Size = Size::new(120, 40);
/// A Sunday morning; the logs end there.
const END: Moment = Moment { ms: 1_795_341_600_000, offset: 0 };

fn main() {
    let (course, _) = Course::build(&Library::embedded().files);
    for (reviews, cards) in [(10_000, 1_000), (100_000, 10_000)] {
        let (folder, home) = logged(&course, reviews, cards);
        println!("-- {reviews} reviews of {cards} cards");
        due(&folder, cards);
        first_frame(&folder, &[], b"Course map", "home, to the first frame");
        first_frame(&folder, &["review"], "───".as_bytes(), "review, to the first frame");
        first_frame(&folder, &["review"], b"how sure", "review, to the first question");
        println!("     a new process; Anki's import and open {}", theirs(cards, ["181 ms", "182 ms"]));
        println!("     hashcards drill, to the first page    {}", theirs(cards, ["12 ms", "97 ms"]));
        reading(&home);
        statistics(&course, &home);
        grades(&course, &home);
    }
}

/// What others needed for 1,000 and for 10,000 cards.
fn theirs(cards: usize, figures: [&str; 2]) -> String {
    format!("{} ({cards} cards)", figures[usize::from(cards > 1_000)])
}

/// A home with a log of that many reviews; the course's cards are among the cards.
fn logged(course: &Course, reviews: usize, cards: usize) -> (TempDir, Home) {
    let folder = tempfile::tempdir().expect("a folder");
    let home = Home::at(folder.path());
    home.create().expect("a home");
    let mut ids = IdMaker::new("bench", 1);
    let mut lines = String::new();
    for n in 0..reviews {
        let back = (reviews - n) as i64;
        let at = END.plus(-back * 1_750_000);
        let card =
            course.cards.get(n % cards).map_or_else(|| format!("e10.{}", n % cards), |it| it.id.0.clone());
        let event = Event::Review(Review {
            card,
            hash: None,
            grade: Grade::ALL[(fuzz::mix(n as u64) % 9).min(3) as usize],
            took_ms: 9_000,
            mode: Mode::Type,
            right: None,
            confidence: Some(Confidence::Fairly),
            kind: Kind::Review,
        });
        let _ = writeln!(lines, "{}", ids.entry(at, event).to_line());
    }
    std::fs::write(folder.path().join("reviews/bench.jsonl"), lines).expect("a log");
    (folder, home)
}

/// `eastwest due` as a prompt runs it: a whole process.
fn due(folder: &TempDir, cards: usize) {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            timed(|| {
                let status = Command::new(PROGRAM)
                    .arg("due")
                    .env("EASTWEST_HOME", folder.path())
                    .stdout(Stdio::null())
                    .status();
                assert!(status.expect("the program runs").success());
            })
        })
        .collect();
    println!("due, a whole process                       {}", spread(&mut times));
    println!("     hashcards due, a whole process        {}", theirs(cards, ["9 ms", "74 ms"]));
    println!("     Anki's deck tree, collection open     {}", theirs(cards, ["0.6 ms", "2.2 ms"]));
}

/// From exec to the first picture with that text, in a real pseudo-terminal.
fn first_frame(folder: &TempDir, args: &[&str], text: &[u8], what: &str) {
    let mut times: Vec<Duration> = (0..RUNS).map(|_| until(folder, args, text)).collect();
    println!("{what:<42} {}", spread(&mut times));
}

fn until(folder: &TempDir, args: &[&str], text: &[u8]) -> Duration {
    let size = PtySize { rows: SIZE.height, cols: SIZE.width, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a terminal");
    let mut command = CommandBuilder::new(PROGRAM);
    command.args(["--theme", "dark"].iter().chain(args));
    command.env("EASTWEST_HOME", folder.path());
    command.env("TERM", "xterm-256color");
    let mut reader = pair.master.try_clone_reader().expect("its output");
    let started = Instant::now();
    let mut child = pair.slave.spawn_command(command).expect("the program runs");
    let (mut seen, mut bytes) = (Vec::new(), vec![0; 65_536]);
    while !seen.windows(text.len()).any(|window| window == text) {
        let count = reader.read(&mut bytes).expect("it draws");
        assert!(count > 0, "it ended without drawing {}", String::from_utf8_lossy(text));
        seen.extend_from_slice(&bytes[..count]);
    }
    let time = started.elapsed();
    child.kill().ok();
    child.wait().ok();
    time
}

/// The log from the disk's cache to every card's memory.
fn reading(home: &Home) {
    let mut read: Vec<Duration> = (0..RUNS).map(|_| timed(|| drop(Journal::read(home)))).collect();
    println!("the log to entries                         {}", spread(&mut read));
    let entries = Journal::read(home).0;
    let mut fold = Vec::new();
    for _ in 0..RUNS {
        let entries = entries.clone();
        fold.push(timed(|| drop(Learner::fold(entries))));
    }
    println!("entries to what is remembered of each card {}", spread(&mut fold));
}

/// Opening the statistics, the log being in memory.
fn statistics(course: &Course, home: &Home) {
    let learner = Learner::fold(Journal::read(home).0);
    let refs = card_refs(&course.cards);
    let mut times: Vec<Duration> =
        (0..RUNS).map(|_| timed(|| drop(Statistics::of(&learner, &refs, END)))).collect();
    println!("statistics, from the log in memory         {}", spread(&mut times));
}

/// From a grade's key until it is on disk and the next card is drawn.
fn grades(course: &Course, home: &Home) {
    let (journal, entries) = Journal::open(home, "here");
    let mut now = Now { mono: Duration::from_secs(1), wall_ms: END.ms, offset_minutes: 0 };
    let setup = Setup {
        course: course.clone(),
        scenarios: BTreeMap::new(),
        learner: Learner::fold(entries),
        ids: IdMaker::new("here", 2),
        place: Place::default(),
        size: SIZE,
        start: Go::Review,
        notice: None,
    };
    let (app, _) = App::new(setup, now);
    let terminal = Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).expect("a buffer");
    let mut desk = Desk { app, journal, terminal, on_disk: Vec::new() };
    let (mut times, mut synced) = (Vec::new(), Vec::new());
    while times.len() < GRADES {
        now.mono += Duration::from_secs(3);
        now.wall_ms += 3_000;
        let Screen::Review(review) = desk.app.screen() else { panic!("a review") };
        if matches!(review.stage, Stage::Over(_)) {
            // The next day, from home again.
            now.wall_ms += 86_400_000;
            now.mono += Duration::from_secs(3_600);
            for key in ["esc", "space"] {
                desk.press(key, now);
            }
            continue;
        }
        match desk.app.context() {
            Context::ReviewTyping => desk.press("x", now),
            Context::ReviewChoosing => desk.press("1", now),
            _ => {}
        }
        desk.press("enter", now);
        desk.on_disk.clear();
        times.push(timed(|| desk.press("3", now)));
        synced.push(desk.on_disk.iter().sum());
    }
    println!("a durable grade to the next card           {}", spread(&mut times));
    println!("     of that, until it is safe on the disk {}", spread(&mut synced));
    println!("     Anki, to answer one and get the next  1.1 to 10 ms");
    println!("     hashcards saves when a session ends");
}

/// An application, its log and its screen.
struct Desk {
    app: App,
    journal: Journal,
    terminal: Terminal<TestBackend>,
    /// How long each entry took to be written and synced.
    on_disk: Vec<Duration>,
}

impl Desk {
    /// A key, all that follows from it on the disk, and the picture.
    fn press(&mut self, key: &str, now: Now) {
        let mut effects = self.app.update(now, Msg::Key(key.parse().expect("a key")));
        while !effects.is_empty() {
            let mut next = Vec::new();
            for effect in effects {
                let done = match effect {
                    Effect::Append(entry) => {
                        let journal = &mut self.journal;
                        self.on_disk.push(timed(|| drop(journal.append(&entry).expect("a disk"))));
                        Done::Appended { id: entry.id }
                    }
                    Effect::ReadLog => Done::Read(self.journal.read_tail()),
                    _ => continue,
                };
                next.extend(self.app.update(now, Msg::Done(done)));
            }
            effects = next;
        }
        self.terminal.draw(|frame| ui::draw(&self.app, Theme::default(), frame)).expect("a buffer");
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

fn spread(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    format!("best {:.1?}  p50 {:.1?}  p99 {:.1?}", times[0], at(50), at(99))
}

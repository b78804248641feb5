//! How long a frame takes, and how long a grade takes to be durable: `cargo bench --bench screen`.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench reads the clock and prints")]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use eastwest::app::geometry::Size;
use eastwest::app::place::Place;
use eastwest::app::state::Go;
use eastwest::app::{App, Msg, Now, Setup};
use eastwest::course::Course;
use eastwest::learner::{Entry, Event, IdMaker, Kind, Learner, Mode, Review};
use eastwest::sim::Scenario;
use eastwest::srs::{Grade, Moment};
use eastwest::store::library::Library;
use eastwest::store::{Home, Journal};
use eastwest::ui::{self, theme::Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const FRAMES: usize = 600;
const GRADES: usize = 300;
const LOG_ENTRIES: usize = 100_000;

fn main() {
    for (width, height) in [(120, 40), (240, 70)] {
        frames("lab", "", (width, height));
        frames("lab, numbers alone", "P f 5 z", (width, height));
    }
    grades();
    long_log();
}

/// One animated lab after these keys: what a frame costs to advance and to draw.
fn frames(name: &str, keys: &str, (width, height): (u16, u16)) {
    let mut now = Now { mono: Duration::from_secs(1), wall_ms: 1_795_341_600_000, offset_minutes: 0 };
    let (course, _) = Course::build(&Library::embedded().files);
    let setup = Setup {
        course,
        scenarios: Scenario::shipped_names()
            .filter_map(|name| Some((name.to_owned(), Scenario::shipped(name)?)))
            .collect::<BTreeMap<_, _>>(),
        learner: Learner::default(),
        ids: IdMaker::new("bench", 1),
        place: Place::default(),
        size: Size::new(width, height),
        start: Go::Lab(None),
        notice: None,
    };
    let (mut app, _) = App::new(setup, now);
    for key in keys.split_whitespace() {
        app.update(now, Msg::Key(key.parse().expect("a key")));
    }
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a buffer");
    let (mut updates, mut draws) = (Vec::new(), Vec::new());
    for _ in 0..FRAMES {
        now.mono = app.wants_frame().unwrap_or(now.mono).max(now.mono);
        updates.push(timed(|| drop(app.update(now, Msg::Frame))));
        draws.push(timed(|| {
            terminal.draw(|frame| ui::draw(&app, Theme::default(), frame)).expect("a buffer");
        }));
    }
    println!("{name} {width}x{height}  update {}  draw {}", spread(&mut updates), spread(&mut draws));
}

/// Appending a grade so that it survives a power cut.
fn grades() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = Home::at(folder.path());
    let mut ids = IdMaker::new("bench", 1);
    let (mut journal, _) = Journal::open(&home, "bench");
    let mut times: Vec<Duration> = (0..GRADES)
        .map(|n| {
            let entry = review(&mut ids, n);
            timed(|| drop(journal.append(&entry)))
        })
        .collect();
    println!("durable grade  {}", spread(&mut times));
}

/// Reading and folding years of reviews.
fn long_log() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = Home::at(folder.path());
    home.create().expect("a home");
    let mut ids = IdMaker::new("bench", 1);
    let lines: String = (0..LOG_ENTRIES).map(|n| review(&mut ids, n).to_line() + "\n").collect();
    std::fs::write(folder.path().join("reviews/bench.jsonl"), lines).expect("a log");
    let mut entries = Vec::new();
    let read = timed(|| entries = Journal::open(&home, "bench").1);
    assert_eq!(entries.len(), LOG_ENTRIES, "every line is an entry");
    let fold = timed(|| drop(Learner::fold(entries)));
    println!("{LOG_ENTRIES} reviews  read {read:.1?}  fold {fold:.1?}");
}

fn review(ids: &mut IdMaker, n: usize) -> Entry {
    let at = Moment { ms: 1_600_000_000_000 + n as i64 * 900_000, offset: 0 };
    let event = Event::Review(Review {
        card: format!("e11.card-{}", n % 10_000),
        hash: None,
        grade: Grade::Good,
        took_ms: 5_400,
        mode: Mode::Type,
        right: Some(true),
        confidence: None,
        kind: Kind::Review,
    });
    ids.entry(at, event)
}

fn timed(work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

fn spread(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    format!("p50 {:.1?}  p99 {:.1?}", at(50), at(99))
}

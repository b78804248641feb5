//! Two windows of one talk in real pseudo-terminals: either first, either leading, either killed.

use std::fs;
use std::path::Path;

use eastwest::app::geometry::Size;
use eastwest::app::present::deck::Deck;
use eastwest::app::present::session::Session;
use eastwest::app::state::Window;
use eastwest::course::Course;
use eastwest::course::beats::Shows;
use eastwest::store::Home;
use eastwest::store::library::Library;
use eastwest::store::rehearsals::Rehearsals;
use eastwest::store::talk::{TalkFiles, Written};

use crate::terminal::Terminal;

const COLUMNS: u16 = 100;
const ROWS: u16 = 30;

fn window(home: &Path, command: &[&str]) -> Terminal {
    sized(home, command, (COLUMNS, ROWS))
}

fn sized(home: &Path, command: &[&str], (columns, rows): (u16, u16)) -> Terminal {
    // Nothing is asked of a terminal that says what its colors are, so that keys are read from the start.
    Terminal::start(home, columns, rows, command, &[("COLORFGBG", "15;0")])
}

fn session(home: &Path) -> Option<Session> {
    serde_json::from_slice(&fs::read(home.join("present/session.json")).ok()?).ok()
}

fn course() -> Course {
    Course::build(&Library::open(None).unwrap().files).0
}

/// Presses a key and waits until the talk's file tells of it.
fn press(terminal: &mut Terminal, home: &Path, key: &str) -> Session {
    let before = session(home);
    terminal.send(key);
    // A file that is being replaced may not be read for a moment.
    terminal.until("the talk to change", |_| session(home).is_some_and(|now| Some(&now) != before.as_ref()));
    session(home).unwrap()
}

/// The words that a beat begins with on any screen.
fn heading(course: &Course, deck: &Deck, session: &Session) -> String {
    let beat = &deck.slide(session.view.beat).unwrap().beat;
    let words = match &beat.shows {
        Shows::Card(id) => course.card(id).unwrap().question.clone(),
        _ => beat.heading.clone(),
    };
    words.chars().take(24).collect()
}

#[test]
fn either_window_leads_and_a_late_one_is_right_at_once() {
    for commands in [["present", "console"], ["console", "present"]] {
        let home = tempfile::tempdir().unwrap();
        let mut first = window(home.path(), &[commands[0]]);
        first.until_text("Recall & Connection");
        for _ in 0..2 {
            press(&mut first, home.path(), " ");
        }
        first.until_text("What is already in place");
        let mut late = window(home.path(), &[commands[1]]);
        late.until_text("What is already in place");
        for _ in 0..4 {
            press(&mut late, home.path(), " ");
        }
        first.until_text("What is still missing");
        late.until_text("What is still missing");
        press(&mut first, home.path(), "\u{1b}[D");
        for mut terminal in [first, late] {
            terminal.send("qq");
            assert!(terminal.ended().success());
            assert!(terminal.is_given_back());
        }
    }
}

#[test]
fn the_console_learns_that_the_audience_came_and_died() {
    let home = tempfile::tempdir().unwrap();
    let mut console = window(home.path(), &["console"]);
    console.until_text("no audience");
    for _ in 0..2 {
        let mut audience = window(home.path(), &["present"]);
        console.until_text(&format!("{COLUMNS}×{ROWS}"));
        audience.signal("KILL");
        audience.ended();
        console.until_text("no audience");
    }
}

#[test]
fn killed_at_any_step_of_the_talk_each_window_comes_back_to_it() {
    let home = tempfile::tempdir().unwrap();
    let course = course();
    let deck = Deck::new(&course);
    // Where no beat has to be scrolled, its heading stands on the audience's screen.
    let open = |command| sized(home.path(), &[command], (160, 50));
    let shows = |command: &str, terminal: &mut Terminal, told: &Session| {
        let slide = deck.slide(told.view.beat).unwrap();
        terminal.until_text(&match command {
            "console" => format!("beat {}/", slide.beat.number),
            _ => heading(&course, &deck, told),
        });
    };
    let mut console = open("console");
    console.until_text("Recall & Connection");
    let mut audience = open("present");
    audience.until_text("Recall & Connection");
    let last = (0..deck.slides().len()).rev().find(|at| !deck.slides()[*at].beat.aside).unwrap();
    let mut kills = 0;
    loop {
        let (terminal, command) =
            if kills % 2 == 0 { (&mut audience, "present") } else { (&mut console, "console") };
        let told = press(terminal, home.path(), " ");
        shows(command, terminal, &told);
        terminal.signal("KILL");
        terminal.ended();
        *terminal = open(command);
        shows(command, terminal, &told);
        let read = session(home.path()).unwrap();
        assert_eq!((&read.view, &read.spent), (&told.view, &told.spent), "after {kills} kills");
        kills += 1;
        if told.view.beat == last && told.view.step + 1 == deck.slides()[last].steps() {
            break;
        }
    }
    assert!(kills >= 30, "{kills} steps only");
}

#[test]
fn another_version_s_talk_is_shown_and_not_obeyed_while_its_window_lives() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::at(folder.path());
    home.create().unwrap();
    let files = TalkFiles::open(&home).unwrap();
    let theirs = Session { version: "9.9.9".to_owned(), ..fresh() };
    assert!(matches!(files.write(&theirs, true, true).unwrap(), Written::Done));
    let alive = files.enter(Window::Console, Size::new(80, 24)).unwrap().unwrap();
    let mut audience = window(folder.path(), &["present"]);
    audience.send(" ");
    audience.until_text("9.9.9");
    assert_eq!(session(folder.path()).unwrap(), theirs, "nothing was written over it");
    drop(alive);
    audience.send("qq");
    audience.ended();
    // Nobody is there any more: the talk begins anew, and what was there is kept.
    let mut audience = window(folder.path(), &["present"]);
    audience.until_text("Recall & Connection");
    press(&mut audience, folder.path(), " ");
    assert_eq!(session(folder.path()).unwrap().version, env!("CARGO_PKG_VERSION"));
    let kept = fs::read_dir(files.folder()).unwrap().filter_map(Result::ok);
    let kept = kept.filter(|entry| entry.file_name().to_string_lossy().starts_with("talk-"));
    assert_eq!(kept.count(), 1);
}

fn fresh() -> Session {
    let course = course();
    Session::new(&Deck::new(&course), course.lesson.sections.len(), 0, 1_795_345_200_000)
}

#[test]
fn of_two_who_write_at_once_the_second_is_told_what_the_first_has_written() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::at(folder.path());
    home.create().unwrap();
    let files = TalkFiles::open(&home).unwrap();
    let first = Session { serial: 1, ..fresh() };
    assert!(matches!(files.write(&first, true, false).unwrap(), Written::Done));
    let [one, other] = [true, false].map(|blank| Session { serial: 2, blank, ..first.clone() });
    assert!(matches!(files.write(&one, false, false).unwrap(), Written::Done));
    match files.write(&other, false, false).unwrap() {
        Written::Moved(theirs) => assert_eq!(*theirs, one),
        Written::Done => panic!("what the first wrote is lost"),
    }
    let after_a_full_disk = Session { serial: 9, ..one };
    assert!(matches!(files.write(&after_a_full_disk, false, false).unwrap(), Written::Done));
}

#[test]
fn a_second_window_of_a_kind_follows_without_taking_the_first_one_s_place() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::at(folder.path());
    home.create().unwrap();
    let files = TalkFiles::open(&home).unwrap();
    let first = files.enter(Window::Audience, Size::new(132, 43)).unwrap();
    assert!(first.is_some());
    assert!(files.enter(Window::Audience, Size::new(80, 24)).unwrap().is_none());
    assert_eq!(files.read(Window::Console).unwrap().peers.audience, Some(Size::new(132, 43)));
    drop(first);
    assert_eq!(files.read(Window::Console).unwrap().peers.audience, None);
}

#[test]
fn a_rehearsal_s_times_are_kept_when_it_ends_and_the_next_talk_begins_anew() {
    let home = tempfile::tempdir().unwrap();
    let mut audience = window(home.path(), &["present", "--rehearse", "9"]);
    audience.until_text("Recap");
    while press(&mut audience, home.path(), " ").clocks.section() != Some(9) {}
    audience.send("E");
    audience.until_text("once more ends the talk");
    assert!(press(&mut audience, home.path(), "E").ended);
    audience.until_text("is kept");
    audience.send("qq");
    assert!(audience.ended().success());
    let kept = Rehearsals::of(&Home::at(home.path())).read().unwrap();
    assert_eq!(kept.len(), 1);
    let gone_through: Vec<usize> = (0..10).filter(|at| kept[0].sections_ms[*at] > 0).collect();
    assert_eq!(gone_through, [8, 9]);
    let output = crate::cli::eastwest(home.path(), &["present", "--suggest"]);
    assert!(output.status.success());
    let lines = String::from_utf8(output.stdout).unwrap();
    assert!(lines.contains("09-recap.md") && !lines.contains("03-three"), "{lines}");
    let mut audience = window(home.path(), &["present"]);
    audience.until_text("Recall & Connection");
    assert!(!press(&mut audience, home.path(), " ").rehearsal);
}

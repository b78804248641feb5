//! What only a real terminal shows: that it is taken, drawn on, and given back whatever happens.

use std::fs;
use std::path::Path;

use eastwest::learner::{Event, IdMaker, Kind, Mode, Review};
use eastwest::srs::{Grade, Moment};

use crate::terminal::{Terminal, has_mouse};

fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn it_starts_shows_the_episode_and_gives_the_terminal_back() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 120, 40, &[], &[]);
    terminal.until_text("Multi-Region Kubernetes");
    terminal.send("q");
    let status = terminal.ended();
    assert!(status.success(), "{status:?}");
    assert!(terminal.is_given_back());
}

#[test]
fn a_terminal_that_never_answers_still_gets_its_first_frame() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 80, 24, &[], &[]);
    terminal.until_text("Multi-Region");
    let asked = String::from_utf8_lossy(&terminal.bytes).contains("\u{1b}]11;?");
    assert!(asked, "the question stands before the frame");
    terminal.send("q");
    assert!(terminal.ended().success());
}

#[test]
fn signals_end_it_and_the_terminal_is_given_back() {
    for name in ["TERM", "HUP", "INT"] {
        let home = home();
        let mut terminal = Terminal::start(home.path(), 80, 24, &[], &[]);
        terminal.until_text("Multi-Region");
        terminal.signal(name);
        terminal.ended();
        assert!(terminal.is_given_back(), "after {name}");
    }
}

#[test]
fn a_panic_gives_the_terminal_back_and_can_be_read() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 80, 24, &[], &[("EASTWEST_FAULT", "draw")]);
    let status = terminal.ended();
    assert!(!status.success());
    assert!(terminal.is_given_back());
    assert!(terminal.text().contains("EASTWEST_FAULT=draw"), "{}", terminal.text());
}

#[test]
fn a_dead_input_thread_ends_it_instead_of_leaving_a_deaf_screen() {
    let home = home();
    // With COLORFGBG nothing is asked of the terminal, so that the key is the input thread's to read.
    let fault = [("EASTWEST_FAULT", "input"), ("COLORFGBG", "15;0")];
    let mut terminal = Terminal::start(home.path(), 80, 24, &[], &fault);
    terminal.until_text("Multi-Region");
    terminal.send("j");
    let status = terminal.ended();
    assert_eq!(status.exit_code(), 2);
    assert!(terminal.is_given_back());
}

#[test]
fn it_follows_the_size_of_the_window_and_says_what_it_needs_when_that_is_too_small() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 120, 40, &[], &[]);
    terminal.until_text("Multi-Region");
    terminal.resize(20, 5);
    terminal.until_text("40x12");
    terminal.resize(1, 1);
    terminal.resize(80, 24);
    terminal.until_text("Multi-Region");
    terminal.send("\u{3}");
    assert!(terminal.ended().success());
}

/// All that the logs of a home hold.
fn log(home: &Path) -> String {
    let Ok(folder) = fs::read_dir(home.join("reviews")) else { return String::new() };
    folder.filter_map(|entry| fs::read_to_string(entry.ok()?.path()).ok()).collect()
}

/// Picks an option of the first card, which is a choice, and looks at its answer.
fn reveal(terminal: &mut Terminal) {
    terminal.until_text("how sure?");
    terminal.send("2\r");
    terminal.until_text("Good");
}

#[test]
fn an_answer_of_the_terminal_that_comes_late_grades_no_card() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 80, 24, &["review"], &[]);
    reveal(&mut terminal);
    terminal.send("\u{1b}]11;rgb:1111/2222/3333\u{1b}\\");
    terminal.send("?");
    terminal.until_text("Review: answer shown");
    assert!(!log(home.path()).contains("\"review\""), "{}", log(home.path()));
    terminal.send("\u{3}");
    assert!(terminal.ended().success());
}

#[test]
fn a_grade_is_on_the_disk_before_the_next_card_shows_and_outlives_kill_nine() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 80, 24, &["review"], &[]);
    reveal(&mut terminal);
    terminal.send("3");
    terminal.until_text("card 2 of");
    terminal.signal("KILL");
    terminal.ended();
    assert!(log(home.path()).contains("\"op\":\"review\""), "{}", log(home.path()));
    let mut again = Terminal::start(home.path(), 80, 24, &["review"], &[]);
    again.until_text("card 2 of 12");
    again.until_text("going on where you left: 1 of 12 answered");
    again.send("\u{3}");
    assert!(again.ended().success());
}

#[test]
fn what_could_not_be_saved_to_the_last_is_said_when_the_terminal_is_back() {
    let home = home();
    // A file stands where the folder of the logs belongs, so that no entry can be written.
    fs::write(home.path().join("reviews"), "").unwrap();
    let mut terminal = Terminal::start(home.path(), 80, 24, &["review"], &[]);
    reveal(&mut terminal);
    terminal.send("3");
    terminal.until_text("card 2 of");
    terminal.send("\u{3}");
    assert_eq!(terminal.ended().exit_code(), 2);
    assert!(terminal.is_given_back());
    assert!(terminal.text().contains("your last answer is not saved"), "{}", terminal.text());
}

#[test]
fn the_reader_comes_back_to_where_it_was_left() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 80, 24, &["learn", "6"], &[]);
    terminal.until_text("§6");
    terminal.send("  ");
    terminal.until("further down", |screen| !screen.contents().contains(" 0 %"));
    terminal.send("q");
    terminal.until_text("Enter");
    terminal.send("q");
    assert!(terminal.ended().success());
    let mut again = Terminal::start(home.path(), 120, 40, &["learn"], &[]);
    again.until_text("§6");
    assert!(!again.text().contains("· 0 %"), "{}", again.text());
    again.send("\u{3}");
    assert!(again.ended().success());
}

#[test]
fn a_log_of_many_years_is_read_after_the_first_frame_and_counts() {
    let home = home();
    let mut ids = IdMaker::new("elsewhere", 7);
    let line = |n: i64| {
        let at = Moment { ms: 1_600_000_000_000 + n * 3_600_000, offset: 0 };
        let review = Review {
            card: "e11.q3-partition".to_owned(),
            hash: None,
            grade: Grade::Good,
            took_ms: 5_000,
            mode: Mode::Type,
            right: Some(true),
            confidence: None,
            kind: Kind::Review,
        };
        ids.entry(at, Event::Review(review)).to_line() + "\n"
    };
    let lines: String = (0..12_000).map(line).collect();
    assert!(lines.len() > 1 << 20, "long enough to be left for later");
    fs::create_dir_all(home.path().join("reviews")).unwrap();
    fs::write(home.path().join("reviews/elsewhere.jsonl"), lines).unwrap();
    let mut terminal = Terminal::start(home.path(), 120, 40, &[], &[]);
    // Of 50 cards one was reviewed, so that its objective has an estimate.
    terminal.until("an estimate", |screen| {
        screen.contents().lines().any(|line| line.contains("░ ") && line.contains(" %"))
    });
    terminal.send("q");
    assert!(terminal.ended().success());
}

#[test]
fn the_mouse_is_taken_in_the_lab_alone_and_given_back() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 100, 30, &[], &[]);
    terminal.until_text("Multi-Region");
    terminal.send("gl");
    terminal.until("the lab with the mouse", |screen| screen.contents().contains("LAB") && has_mouse(screen));
    terminal.send("M");
    terminal.until("mouse off", |screen| screen.contents().contains("mouse off") && !has_mouse(screen));
    terminal.send("M");
    terminal.until("mouse on", |screen| screen.contents().contains("mouse on") && has_mouse(screen));
    terminal.send("v");
    terminal
        .until("text without a mouse", |screen| screen.contents().contains("as text") && !has_mouse(screen));
    terminal.send("vgc");
    terminal.until("the text", |screen| screen.contents().contains("§1") && !has_mouse(screen));
    let bytes = String::from_utf8_lossy(&terminal.bytes);
    assert!(bytes.contains("\u{1b}[?1006h"), "columns beyond 223");
    assert!(!bytes.contains("\u{1b}[?1003h"), "a mouse that only moves wakes nobody");
    terminal.send("\u{3}");
    assert!(terminal.ended().success());
    assert!(terminal.is_given_back());
}

#[test]
fn however_the_lab_ends_the_mouse_is_given_back() {
    for name in ["quit", "TERM", "HUP", "INT"] {
        let home = home();
        let mut terminal = Terminal::start(home.path(), 80, 24, &["lab"], &[]);
        terminal.until("the mouse", has_mouse);
        if name == "quit" {
            terminal.send("\u{3}");
        } else {
            terminal.signal(name);
        }
        terminal.ended();
        assert!(terminal.is_given_back(), "after {name}");
    }
    let faults = [("draw-with-mouse", ""), ("input", ".")];
    for (fault, key) in faults {
        let home = home();
        let env = [("EASTWEST_FAULT", fault), ("COLORFGBG", "15;0")];
        let mut terminal = Terminal::start(home.path(), 80, 24, &["lab"], &env);
        if !key.is_empty() {
            terminal.until("the mouse", has_mouse);
            terminal.send(key);
        }
        assert!(!terminal.ended().success(), "{fault}");
        assert!(String::from_utf8_lossy(&terminal.bytes).contains("\u{1b}[?1002h"), "{fault}: it was taken");
        assert!(terminal.is_given_back(), "after {fault}");
    }
}

#[test]
fn a_click_reaches_the_lab() {
    let home = home();
    // With COLORFGBG nothing is asked of the terminal, so that the click is not taken for an answer.
    let mut terminal = Terminal::start(home.path(), 100, 30, &["lab"], &[("COLORFGBG", "15;0")]);
    terminal.until("the mouse", has_mouse);
    terminal.until_text("payment");
    // The footer's first key, run / pause; SGR counts from 1.
    terminal.until_text("run / pause");
    terminal.send("\u{1b}[<0;3;30M\u{1b}[<0;3;30m");
    terminal.until_text("‖");
    terminal.send("\u{3}");
    assert!(terminal.ended().success());
}

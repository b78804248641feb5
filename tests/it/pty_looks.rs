//! What depends on the terminal one sits at: its glyphs, its speed, its locale, and what the user has settled.

use std::fs;

use crate::terminal::Terminal;

/// With COLORFGBG nothing is asked of the terminal.
const UNASKED: (&str, &str) = ("COLORFGBG", "15;0");

fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn a_terminal_that_draws_dots_two_cells_wide_gets_ascii() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 80, 24, &["lab"], &[]);
    // The first frame stands without an answer; then the answers come, the cursor's among them.
    terminal.send("\u{1b}]11;rgb:1010/1414/1818\u{1b}\\\u{1b}[1;3R\u{1b}[?62;22c");
    terminal.until("ASCII alone", |screen| {
        let text = screen.contents();
        text.contains("us-east-1") && text.is_ascii()
    });
    terminal.send("\u{3}");
    assert!(terminal.ended().success());
}

#[test]
fn without_utf_8_there_is_only_ascii() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 80, 24, &["lab"], &[UNASKED, ("LC_ALL", "C")]);
    terminal.until_text("us-east-1");
    assert!(terminal.text().is_ascii(), "{}", terminal.text());
    terminal.send("\u{3}");
    assert!(terminal.ended().success());
}

#[test]
fn colors_are_as_many_as_were_asked_for() {
    for (args, env, sequence) in [
        (&["lab", "--theme", "dark"][..], ("COLORTERM", "truecolor"), "38;2;149;190;241"),
        (&["lab", "--theme", "high-contrast"], ("COLORTERM", "truecolor"), "38;2;163;215;253"),
        (&["lab", "--theme", "light"], ("COLORTERM", ""), "38;5;27"),
        (&["lab", "--theme", "dark", "--color", "always"], ("NO_COLOR", "1"), "38;5;110"),
    ] {
        let home = home();
        let mut terminal = Terminal::start(home.path(), 80, 24, args, &[env]);
        terminal.until_text("us-east-1");
        let bytes = String::from_utf8_lossy(&terminal.bytes).into_owned();
        assert!(bytes.contains(sequence), "{args:?} {env:?}");
        terminal.send("\u{3}");
        assert!(terminal.ended().success());
    }
    for args in [&["lab", "--color", "never"][..], &["lab", "--theme", "mono"]] {
        let home = home();
        let mut terminal = Terminal::start(home.path(), 80, 24, args, &[UNASKED, ("COLORTERM", "truecolor")]);
        terminal.until_text("us-east-1");
        let bytes = String::from_utf8_lossy(&terminal.bytes).into_owned();
        assert!(!bytes.contains("[38;"), "{args:?}");
        terminal.send("\u{3}");
        assert!(terminal.ended().success());
    }
}

#[test]
fn settings_are_taken_and_what_is_wrong_with_them_is_said_before_the_terminal_is_taken() {
    let home = home();
    let settings = home.path().join("config.toml");
    fs::write(&settings, "theme = \"mine.toml\"\nascii = true\n[keys.run]\ntoggle-play = \"Z\"\n").unwrap();
    fs::write(home.path().join("mine.toml"), "[roles]\nlocal = { rgb = \"#010203\" }\n").unwrap();
    let mut terminal = Terminal::start(home.path(), 120, 40, &["lab"], &[("COLORTERM", "truecolor")]);
    terminal.until_text("Z run / pause");
    assert!(terminal.text().is_ascii(), "{}", terminal.text());
    assert!(String::from_utf8_lossy(&terminal.bytes).contains("38;2;1;2;3"));
    terminal.send("\u{3}");
    assert!(terminal.ended().success());
    fs::write(&settings, "[keys.lab]\ninspect = \"w\"\n").unwrap();
    let mut refused = Terminal::start(home.path(), 200, 24, &["lab"], &[]);
    assert_eq!(refused.ended().exit_code(), 2);
    let said = refused.text();
    assert!(said.contains("config.toml:2:11: error: the key w is both 'inspect'"), "{said}");
    assert!(!String::from_utf8_lossy(&refused.bytes).contains("\u{1b}[?1049h"), "the terminal was not taken");
}

#[test]
fn resizing_in_mid_animation_leaves_nothing_behind() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 120, 40, &["lab"], &[UNASKED]);
    terminal.until_text("us-west-2");
    for (columns, rows) in [(80, 24), (132, 43), (61, 19), (100, 30)] {
        terminal.resize(columns, rows);
    }
    terminal
        .until("the last size", |screen| screen.contents().lines().any(|line| line.chars().count() == 100));
    terminal.send(" ");
    terminal.until_text("‖");
    while !terminal.bytes.ends_with(b"\x1b[?2026l") {
        terminal.more();
    }
    // Drawn anew from nothing, it is what stood there.
    let cleared = |bytes: &[u8]| bytes.windows(4).filter(|four| four == b"\x1b[2J").count();
    let (before, count) = (terminal.text(), cleared(&terminal.bytes));
    terminal.send("\u{c}");
    while cleared(&terminal.bytes) == count {
        terminal.more();
    }
    terminal.until("the same again", |screen| screen.contents() == before);
    terminal.send("\u{3}");
    assert!(terminal.ended().success());
}

#[test]
fn a_terminal_that_only_prints_is_talked_to_in_lines() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 120, 200, &["lab"], &[("TERM", "dumb")]);
    terminal.until_text("f 0: heal all");
    terminal.send("P f 5 10s\n");
    terminal.until_text("half of payment 503, broken now");
    terminal.send("hyper-x\n");
    terminal.until_text("'hyper-x' is neither a key");
    terminal.send("ctrl-c\n");
    assert!(terminal.ended().success());
    let bytes = String::from_utf8_lossy(&terminal.bytes).into_owned();
    assert!(!bytes.contains('\u{1b}'), "no cursor is moved: {bytes}");
    assert!(bytes.is_ascii(), "{bytes}");
}

#[test]
fn a_card_can_be_answered_on_paper() {
    let home = home();
    let mut terminal = Terminal::start(home.path(), 120, 200, &["review"], &[("TERM", "dumb")]);
    terminal.until_text("how sure?");
    terminal.send("2\n\n");
    terminal.until_text("Good");
    terminal.send("3\n");
    terminal.until_text("card 2 of");
    terminal.send("ctrl-c\n");
    assert!(terminal.ended().success());
    let log: String = fs::read_dir(home.path().join("reviews"))
        .unwrap()
        .map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    assert!(log.contains("\"op\":\"review\""), "{log}");
}

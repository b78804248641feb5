//! `eastwest record`: a session as a recording and as pictures, the same bytes each time.

use std::fs;
use std::num::NonZero;
use std::path::Path;

use eastwest::app::script::{Moment, Script};
use eastwest::cli::record::watch::draw;
use eastwest::ui::theme::{Depth, Ground, Theme};
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use serde_json::Value;

use crate::cli::{check, eastwest, home, text};
use crate::sessions::STAGE;

const THEME: Theme = Theme { depth: Depth::True, ground: Ground::Dark, ascii: false };
const PAGE: &str = "docs/record.md";
const LAB: &str = "size 100x30\nstart lab\npass 4s\nsee healthy\npress P f 5\nfilm 1s broken\nsize 80x24\npress v\npass 2s\n";

/// The recording of a script, by the command.
fn cast(script: &Path, args: &[&str]) -> String {
    let output = eastwest(home().path(), &[&["record", &script.display().to_string()], args].concat());
    check(&output, 0);
    text(&output.stdout)
}

/// Head, then time, kind and data of each event.
fn parsed(cast: &str) -> (Value, Vec<(f64, String, String)>) {
    let mut lines = cast.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let head = lines.next().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let events = lines.map(|line| (line[0].as_f64().unwrap(), text(&line[1]), text(&line[2])));
    (head, events.collect())
}

/// A terminal that has played a recording to its end.
fn replayed(cast: &str) -> vt100::Parser {
    let (head, events) = parsed(cast);
    let number = |key: &str| NonZero::new(head[key].as_u64().unwrap() as u16).unwrap();
    let mut terminal = vt100::Parser::new(number("height"), number("width"), 0);
    for (_, kind, data) in events {
        match kind.as_str() {
            "o" => terminal.process(data.as_bytes()),
            "r" => {
                let (width, height) = data.split_once('x').unwrap();
                terminal.screen_mut().set_size(height.parse().unwrap(), width.parse().unwrap());
            }
            _ => {}
        }
    }
    terminal
}

/// The screen at the end of a script, cell by cell.
fn last_screen(text: &str) -> Buffer {
    let mut last = None;
    let script = Script::read(text, "here").unwrap();
    script.play(&STAGE, None, &mut |_: Moment<'_>, sitting| last = Some(draw(sitting, THEME))).unwrap();
    last.unwrap()
}

fn color(color: Color) -> vt100::Color {
    match color {
        Color::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
        _ => vt100::Color::Default,
    }
}

#[track_caller]
fn same(cell: &Cell, shown: &vt100::Cell, (x, y): (u16, u16)) {
    // A cell that was never written to is empty there and a blank here.
    let symbol = if shown.contents().is_empty() { " " } else { shown.contents() };
    assert_eq!(symbol, cell.symbol(), "{x}, {y}");
    assert_eq!(shown.fgcolor(), color(cell.fg), "{x}, {y}: {symbol}");
    let has = |modifier| cell.modifier.contains(modifier);
    let wanted = [Modifier::BOLD, Modifier::ITALIC, Modifier::UNDERLINED, Modifier::REVERSED].map(has);
    assert_eq!(
        [shown.bold(), shown.italic(), shown.underline(), shown.inverse()],
        wanted,
        "{x}, {y}: {symbol}"
    );
}

#[test]
fn a_recording_ends_on_the_screen_that_was_drawn() {
    let folder = home();
    let script = folder.path().join("lab.keys");
    for text in
        [LAB, "start learn 4\npress space\npass 1s\npress 2 enter\npass 3s\n", "size 60x20\nstart review\n"]
    {
        fs::write(&script, text).unwrap();
        let terminal = replayed(&cast(&script, &[]));
        let drawn = last_screen(text);
        assert_eq!(
            terminal.screen().size(),
            (drawn.area.height.try_into().unwrap(), drawn.area.width.try_into().unwrap())
        );
        for (x, y) in (0..drawn.area.height).flat_map(|y| (0..drawn.area.width).map(move |x| (x, y))) {
            same(&drawn[(x, y)], terminal.screen().cell(y, x).unwrap(), (x, y));
        }
    }
}

#[test]
fn the_same_script_gives_the_same_bytes_and_time_never_runs_back() {
    let folder = home();
    let script = folder.path().join("lab.keys");
    fs::write(&script, LAB).unwrap();
    let first = cast(&script, &[]);
    assert_eq!(first, cast(&script, &[]));
    let (head, events) = parsed(&first);
    assert_eq!((&head["version"], &head["width"], &head["height"]), (&2.into(), &100.into(), &30.into()));
    assert!(events.windows(2).all(|pair| pair[0].0 <= pair[1].0));
    let of = |kind: &str| -> Vec<(f64, &str)> {
        events.iter().filter(|event| event.1 == kind).map(|event| (event.0, event.2.as_str())).collect()
    };
    assert_eq!(of("m")[0], (4.0, "healthy"));
    let names: Vec<&str> = of("m").iter().map(|mark| mark.1).collect();
    assert_eq!(names, ["healthy", "us-east-1/payment:2 503", "broken"]);
    assert_eq!(of("r").len(), 1, "{:?}", of("r"));
    assert!(of("o").len() > 60, "four seconds have 60 frames");
}

#[test]
fn each_section_and_each_break_is_a_chapter() {
    let folder = home();
    let script = folder.path().join("chapters.keys");
    let text = "start learn 3\npress esc\npass 1s\npress ]\npass 1s\npress [ [\npress g l P f 5\npass 1s\npress u\npass 1s\npress g c ]\n";
    fs::write(&script, text).unwrap();
    let (_, events) = parsed(&cast(&script, &[]));
    let marks: Vec<(usize, &str)> = events
        .iter()
        .enumerate()
        .filter(|(_, event)| event.1 == "m")
        .map(|(at, event)| (at, event.2.as_str()))
        .collect();
    let names: Vec<&str> = marks.iter().map(|mark| mark.1).collect();
    // Taking something back is no chapter, and neither is coming back to a section that was left.
    let wanted = [
        "3. Three Kubernetes Multi-Region Patterns",
        "4. Service Mesh for Locality-Aware Traffic",
        "3. Three Kubernetes Multi-Region Patterns",
        "2. Learning Objectives",
        "us-east-1/payment:2 503",
        "3. Three Kubernetes Multi-Region Patterns",
    ];
    assert_eq!(names, wanted);
    for (at, name) in marks {
        // Whoever goes there sees it: the screen has been sent.
        assert_eq!(events[at - 1].1, "o", "{name}");
        assert_eq!(events[at - 1].0, events[at].0, "{name}");
    }
}

#[test]
fn a_size_of_the_command_line_goes_before_the_scripts() {
    let folder = home();
    let script = folder.path().join("home.keys");
    fs::write(&script, "size 80x24\nstart home\n").unwrap();
    let out = folder.path().join("home.cast");
    let path = out.display().to_string();
    assert!(cast(&script, &["--size", "61x21", "--out", &path]).is_empty());
    let (head, _) = parsed(&fs::read_to_string(out).unwrap());
    assert_eq!((&head["width"], &head["height"], &head["title"]), (&61.into(), &21.into(), &"home".into()));
}

#[test]
fn a_picture_holds_its_text_and_a_film_its_frames() {
    let folder = home();
    let script = folder.path().join("lab.keys");
    fs::write(&script, "start lab\npass 4s\nsee It is <well>\nsee It is <well>\nfilm 400ms moving\n")
        .unwrap();
    let path = folder.path().display().to_string();
    let printed = cast(&script, &["--format", "svg", "--out", &path, "--theme", "light"]);
    let names: Vec<String> = printed.lines().map(|line| line.replace(&path, "")).collect();
    assert_eq!(names, ["/it-is-well-2-light.svg", "/it-is-well-light.svg", "/moving-light.svg"]);
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let still = read("it-is-well-light.svg");
    assert!(still.contains("<title>It is &lt;well&gt;</title>") && still.contains("us-east-1"), "{still}");
    assert_eq!(
        (still.matches("<g class").count(), read("moving-light.svg").matches("<g class").count()),
        (0, 3)
    );
}

#[test]
fn what_is_wrong_with_a_script_is_said_with_its_line() {
    let folder = home();
    let script = folder.path().join("wrong.keys");
    for (text, says) in [
        ("start lab\n\n# no\npres f\n", "wrong.keys:4: 'pres' is no word of a session; there is size, start"),
        ("start lab\npres f", "did you mean 'press'?"),
        (
            "press f\nstart lab\n",
            "wrong.keys:1: 'press f' comes before anything is open; write a line such as",
        ),
        ("# nothing\n", "wrong.keys:1: nothing is opened; write a line such as 'start lab'"),
        ("size 80*24\n", "wrong.keys:1: '80*24' is no size; write columns and rows, such as 80x24"),
        ("size 80x0\nstart lab", "'80x0' is no size"),
        ("size 9000x24\nstart lab", "is larger than any screen; write at most 500x200"),
        (
            "start lba\n",
            "'lba' is no screen; there is home, learn, lab, review, worth, stats, present, console; did you mean 'lab'?",
        ),
        ("start lab moon\n", "there is no scenario 'moon'; there is two-regions and one-service"),
        ("start learn 0\n", "'0' is no section; write its number, such as learn 4"),
        ("start learn 99\n", "wrong.keys:1: there is no section 99; write 1 to 10"),
        ("start lab\npress hyper-x\n", "wrong.keys:2: 'hyper-x' is no key; write a character, or a name"),
        ("start lab\npress\n", "press what? Write keys"),
        ("start lab\npass soon\n", "'soon' is not a span of time; write a number and a unit"),
        ("start lab\npass 2h\n", "pass 2h is too long; write at most 1h"),
        ("start lab\nfilm 1m all\n", "film 1m is too long; write at most 10s"),
        ("start lab\nfilm 1s\n", "the picture has no name; write one, such as film 2s the link is cut"),
    ] {
        fs::write(&script, text).unwrap();
        let output = eastwest(home().path(), &["record", &script.display().to_string()]);
        check(&output, 2);
        let err = crate::cli::text(&output.stderr);
        assert!(err.contains(says) && err.lines().count() == 1, "{text:?}: {err}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn what_cannot_be_written_is_said_in_one_sentence() {
    let folder = home();
    let script = folder.path().join("home.keys");
    fs::write(&script, "start home\n").unwrap();
    let named = script.display().to_string();
    let inside = format!("{named}/home.cast");
    for (args, says) in [
        (&["record", "no-such.keys"][..], "could not read no-such.keys"),
        (&["record", &named, "--out", &inside], "could not write "),
        (
            &["record", &named, "--format", "svg", "--out", &inside],
            "shows nothing; write a line such as 'see ",
        ),
        (&["record", &named, "--size", "big"], "--size: 'big' is no size"),
    ] {
        let output = eastwest(home().path(), args);
        check(&output, 2);
        let err = text(&output.stderr);
        assert!(err.contains(says) && err.lines().count() == 1, "{args:?}: {err}");
    }
}

#[test]
fn the_page_of_the_format_is_one_that_plays() {
    let page = fs::read_to_string(PAGE).expect(PAGE);
    let example =
        page.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let folder = home();
    let script = folder.path().join("example.keys");
    fs::write(&script, example).unwrap();
    let (_, events) = parsed(&cast(&script, &[]));
    let marks: Vec<&str> =
        events.iter().filter(|event| event.1 == "m").map(|event| event.2.as_str()).collect();
    assert_eq!(marks, ["healthy", "us-east-1/payment:2 503", "30 % cross", "as text"]);
    for word in ["size", "start", "press", "type", "pass", "see", "film"] {
        assert!(page.contains(&format!("| `{word}")), "{word} has no row in {PAGE}");
    }
}

//! Statistics on the screen and on the command line, of somebody who has learned for a while.

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;
use std::time::Duration;

use eastwest::app::geometry::Size;
use eastwest::app::home::card_refs;
use eastwest::app::place::Place;
use eastwest::app::state::Go;
use eastwest::app::stats::words::is_over_sure;
use eastwest::app::{Action, App, Effect, Msg, Now, Screen, Setup};
use eastwest::cli::stats::StatsArgs;
use eastwest::learner::stats::{Statistics, Sureness, Tally};
use eastwest::learner::{Confidence, Entry, Event, IdMaker, Kind, Learner, Mode, Prediction, Review};
use eastwest::srs::{Grade, Memory, Moment, fuzz};
use eastwest::store::{Home, Journal};
use eastwest::ui;
use eastwest::ui::theme::{Depth, Ground, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::Color;
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{check, eastwest, text};
use crate::reader::{course, scenarios};
use crate::screen;

const PAGE: &str = "docs/stats-json.md";
const DAY_MS: i64 = 86_400_000;
/// A Sunday morning.
const END: Moment = Moment { ms: 1_795_341_600_000, offset: 60 };

/// What happens to somebody who answers what is due on most days; every draw is a hash.
fn history(days: i64) -> Vec<Entry> {
    let course = course();
    let refs = card_refs(&course.cards);
    let (mut learner, mut ids, mut all) = (Learner::default(), IdMaker::new("deva", 7), Vec::new());
    let mut add = |learner: &mut Learner, at: Moment, event: Event| {
        let entry = ids.entry(at, event);
        learner.apply(entry.clone());
        all.push(entry);
    };
    let mut drawn = 0_u64;
    let mut draw = |of: u64| {
        drawn += 1;
        fuzz::mix(drawn) % of
    };
    for day in 0..days {
        let mut at = END.plus((day - days) * DAY_MS);
        if draw(5) == 0 {
            continue;
        }
        for card in learner.agenda(&refs, at).queue() {
            at = at.plus(30_000);
            let state = learner.card(card).cloned().unwrap_or_default();
            let is_known = state.memory != Memory::New;
            let grade = match draw(10) {
                0 => Grade::Again,
                1 | 2 if is_known => Grade::Hard,
                9 => Grade::Easy,
                _ => Grade::Good,
            };
            let confidence = Confidence::ALL[(draw(6) as usize).min(2)];
            let event = Event::Review(Review {
                card: card.to_owned(),
                hash: None,
                grade,
                took_ms: 8_000 + draw(20_000) as u32,
                mode: Mode::Type,
                right: None,
                confidence: Some(confidence),
                kind: if is_known { Kind::Review } else { Kind::New },
            });
            add(&mut learner, at, event);
        }
        if day % 9 == 0 {
            let (said, was) = (draw(101), draw(101));
            let event = Event::Predict(Prediction {
                of: format!("lab/break-{day}"),
                said: format!("{said} %"),
                was: format!("{was} %"),
                right: said.abs_diff(was) < 40,
                confidence: Some(Confidence::ALL[draw(3) as usize]),
            });
            add(&mut learner, at, event);
        }
    }
    all
}

static HISTORY: LazyLock<Vec<Entry>> = LazyLock::new(|| history(150));

fn now() -> Now {
    Now { mono: Duration::from_secs(1), wall_ms: END.ms, offset_minutes: END.offset }
}

fn app(entries: Vec<Entry>, width: u16, height: u16) -> App {
    let setup = Setup {
        course: course(),
        scenarios: scenarios(),
        learner: Learner::fold(entries),
        ids: IdMaker::new("here", 1),
        place: Place::first(),
        size: Size::new(width, height),
        start: Go::Stats,
        notice: None,
    };
    App::new(setup, now()).0
}

fn press(app: &mut App, keys: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    for key in keys.split_whitespace() {
        effects.extend(app.update(now(), Msg::Key(key.parse().unwrap())));
    }
    effects
}

/// Frames until nothing more is wanted.
fn settle(app: &mut App) {
    while app.wants_frame().is_some() {
        app.update(now(), Msg::Frame);
    }
}

fn drawn(app: &App, theme: Theme, width: u16, height: u16) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| ui::draw(app, theme, frame)).unwrap();
    terminal.backend().buffer().clone()
}

fn symbols(buffer: &Buffer) -> String {
    buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect()
}

#[test]
fn after_some_months_all_panels_have_figures() {
    let app = app(HISTORY.clone(), 120, 40);
    insta::assert_snapshot!(screen::picture(&app, 120, 40));
}

#[test]
fn one_panel_at_a_time_on_a_small_screen() {
    let mut app = app(HISTORY.clone(), 80, 24);
    let mut seen = String::new();
    for panel in ["1", "2", "3", "4", "5", "6", "R"] {
        press(&mut app, panel);
        settle(&mut app);
        seen += &["==== ", panel, "\n", &screen::text(&app, 80, 24), "\n"].concat();
    }
    insta::assert_snapshot!(seen);
}

#[test]
fn sixty_columns_and_forty_are_enough() {
    let mut seen = String::new();
    for (width, height) in [(60, 20), (40, 12)] {
        let mut app = app(HISTORY.clone(), width, height);
        for panel in ["1", "2", "3", "4", "5", "6", "R"] {
            press(&mut app, panel);
            settle(&mut app);
            seen += &["==== ", panel, "\n", &screen::text(&app, width, height), "\n"].concat();
        }
    }
    insta::assert_snapshot!(seen);
}

#[test]
fn grounds_and_depths_change_no_text_and_ascii_is_ascii() {
    let dark = Theme { depth: Depth::True, ground: Ground::Dark, ascii: false };
    for keys in ["1", "2 z", "3 z", "4 z", "5 z", "6 z", "R"] {
        let mut app = app(HISTORY.clone(), 120, 40);
        press(&mut app, keys);
        settle(&mut app);
        let first = drawn(&app, dark, 120, 40);
        let light = drawn(&app, Theme { ground: Ground::Light, ..dark }, 120, 40);
        assert_eq!(symbols(&first), symbols(&light), "{keys}");
        assert_ne!(first, light, "{keys}: light has colors of its own");
        let mono = drawn(&app, Theme { depth: Depth::Mono, ..dark }, 120, 40);
        assert_eq!(symbols(&first), symbols(&mono), "{keys}");
        assert!(mono.content.iter().all(|cell| cell.fg == Color::Reset && cell.bg == Color::Reset), "{keys}");
        let ascii = drawn(&app, Theme { ascii: true, ..dark }, 120, 40);
        let odd: BTreeSet<char> = symbols(&ascii).chars().filter(|c| !c.is_ascii()).collect();
        assert!(odd.is_empty(), "{keys}: {odd:?}");
    }
}

#[test]
fn in_ascii_shades_stay_apart() {
    let mut app = app(HISTORY.clone(), 80, 24);
    press(&mut app, "3");
    let theme = Theme { depth: Depth::Mono, ground: Ground::Dark, ascii: true };
    let rows: Vec<String> = symbols(&drawn(&app, theme, 80, 24))
        .as_bytes()
        .chunks(80)
        .map(|row| String::from_utf8_lossy(row).trim_end().to_owned())
        .collect();
    insta::assert_snapshot!(rows.join("\n"));
}

#[test]
fn the_text_has_every_number_of_the_panels() {
    let mut app = app(HISTORY.clone(), 100, 30);
    press(&mut app, "v");
    settle(&mut app);
    let Screen::Stats(stats) = app.screen() else { panic!("statistics") };
    let rows = eastwest::app::stats::words::rows(stats, app.parts(), 98);
    insta::assert_snapshot!(rows.join("\n"));
}

#[test]
fn certain_and_no_better_than_fairly_sure_is_over_sure() {
    let over_sure = |fairly: Option<f64>, certain: Option<f64>| {
        let row = |said, share| Sureness { said, was: Tally { right: 0, n: 20, share } };
        let rows = [row(Confidence::Fairly, fairly), row(Confidence::Certain, certain)];
        assert!(!is_over_sure(&rows[0], &rows));
        is_over_sure(&rows[1], &rows)
    };
    assert!(over_sure(Some(0.8), Some(0.8)) && over_sure(Some(0.8), Some(0.7)));
    assert!(!over_sure(Some(0.8), Some(0.9)));
    assert!(!over_sure(None, Some(0.1)) && !over_sure(Some(0.8), None), "too few to say");
}

#[test]
fn a_hundred_thousand_reviews_fit() {
    let mut ids = IdMaker::new("deva", 7);
    let cards = course().cards;
    let entries: Vec<Entry> = (0..100_000_i64)
        .map(|n| {
            let at = END.plus((n - 100_000) * 1_750_000);
            let event = Event::Review(Review {
                card: cards[n as usize % cards.len()].id.0.clone(),
                hash: None,
                grade: Grade::ALL[(fuzz::mix(n as u64) % 9).min(3) as usize],
                took_ms: 9_000,
                mode: Mode::Type,
                right: None,
                confidence: Some(Confidence::Certain),
                kind: Kind::Review,
            });
            ids.entry(at, event)
        })
        .collect();
    let app = app(entries, 120, 40);
    insta::assert_snapshot!(screen::text(&app, 120, 40));
}

#[test]
fn setting_a_retention_writes_one_entry_and_undoing_it_another() {
    let mut app = app(HISTORY.clone(), 120, 40);
    let wanted = |app: &App| app.parts().learner.preferences().schedule.retention.as_share();
    let before = app.parts().learner.card("e11.patterns.three").cloned();
    press(&mut app, "R k");
    let effects = press(&mut app, "enter");
    let [Effect::Append(entry)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(entry.to_line().contains(r#""op":"config""#) && entry.to_line().contains(r#""retention":0.85"#));
    assert_eq!(wanted(&app), 0.85);
    assert_eq!(app.parts().learner.card("e11.patterns.three").cloned(), before, "dates given stay");
    app.update(now(), Msg::Done(eastwest::app::Done::Appended { id: entry.id.clone() }));
    let effects = press(&mut app, "u");
    assert!(
        matches!(effects.as_slice(), [Effect::Append(undo)] if undo.event == Event::Undo { of: entry.id.clone() })
    );
    assert_eq!(wanted(&app), 0.9);
}

#[test]
fn enter_asks_the_hardest_card() {
    let mut app = app(HISTORY.clone(), 80, 24);
    let hardest = Statistics::of(&app.parts().learner, &card_refs(&app.parts().course.cards), END).hardest;
    press(&mut app, "6 j enter");
    let Screen::Review(review) = app.screen() else { panic!("a review") };
    assert_eq!(review.card(app.parts()).unwrap().id.0, hardest[1].card);
    assert_ne!(Action::GoStats.words(), "");
}

/// A home with that history in two files.
fn home() -> (TempDir, Home) {
    let folder = TempDir::new().unwrap();
    let home = Home::at(folder.path());
    home.create().unwrap();
    let (here, there): (Vec<_>, Vec<_>) = HISTORY.iter().enumerate().partition(|(at, _)| at % 3 == 0);
    for (name, part) in [("a", here), ("b", there)] {
        let lines: String = part.iter().map(|(_, entry)| entry.to_line() + "\n").collect();
        fs::write(folder.path().join(format!("reviews/{name}.jsonl")), lines).unwrap();
    }
    (folder, home)
}

fn printed(home: &Home, json: bool, workload: bool) -> String {
    let words: Vec<&str> = [("--json", json), ("--workload", workload)]
        .into_iter()
        .filter_map(|(word, wanted)| wanted.then_some(word))
        .collect();
    let args = <ArgsOf as clap::Parser>::parse_from([&["stats"], words.as_slice()].concat()).args;
    let mut out = Vec::new();
    eastwest::cli::stats::run(args, home, &course().cards, END, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[derive(clap::Parser)]
struct ArgsOf {
    #[command(flatten)]
    args: StatsArgs,
}

#[test]
fn the_tables_have_what_the_screen_has() {
    let (_folder, home) = home();
    insta::assert_snapshot!(printed(&home, false, false));
}

#[test]
fn the_workload_is_a_table_of_its_own() {
    let (_folder, home) = home();
    insta::assert_snapshot!(printed(&home, false, true));
}

#[test]
fn logs_told_twice_say_the_same() {
    let (folder, home) = home();
    let once = printed(&home, true, true);
    let copy = fs::read(folder.path().join("reviews/b.jsonl")).unwrap();
    fs::write(folder.path().join("reviews/synced.jsonl"), copy).unwrap();
    assert_eq!(printed(&home, true, true), once);
    assert_eq!(Journal::read(&home).0.len(), HISTORY.len() + HISTORY.len() - HISTORY.len().div_ceil(3));
}

#[test]
fn nobody_who_has_learned_nothing_is_left_without_a_word() {
    let folder = TempDir::new().unwrap();
    let home = folder.path().join("never-made");
    let output = eastwest(&home, &["stats"]);
    check(&output, 0);
    assert_eq!(text(&output.stdout), "Nothing reviewed yet; `eastwest review` asks the first cards.\n");
    let output = eastwest(&home, &["stats", "--json"]);
    check(&output, 0);
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((json["schema"].as_u64(), json["activity"]["answers"].as_u64()), (Some(1), Some(0)));
    assert!(!home.exists());
    check(&eastwest(&home, &["stats", "--workload"]), 0);
    check(&eastwest(&home, &["stats", "--nonsense"]), 2);
}

/// The fields of the page, each under the path that its heading names.
fn documented() -> BTreeSet<String> {
    let page = fs::read_to_string(PAGE).expect(PAGE);
    let mut under = String::new();
    let mut fields = BTreeSet::new();
    for line in page.lines() {
        let quoted = line.split('`').nth(1).unwrap_or_default();
        if line.starts_with("## ") {
            under.clear();
        } else if line.starts_with("### ") {
            under = format!("{quoted}.");
        } else if line.starts_with("| `") {
            assert_eq!(line.matches('|').count(), 5, "name, unit, meaning, null: {line}");
            assert!(fields.insert(format!("{under}{quoted}")), "{under}{quoted} is there twice");
        }
    }
    fields
}

/// Paths of all values without parts.
fn ends(path: &str, value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let dot = if path.is_empty() { "" } else { "." };
                ends(&[path, dot, key].concat(), value, found);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for item in items {
                ends(&[path, "[]"].concat(), item, found);
            }
        }
        _ => {
            found.insert(path.to_owned());
        }
    }
}

#[test]
fn every_field_is_on_the_page_and_every_row_is_printed() {
    let (_folder, home) = home();
    let mut found = BTreeSet::new();
    for workload in [true, false] {
        let json: Value = serde_json::from_str(&printed(&home, true, workload)).unwrap();
        ends("", &json, &mut found);
    }
    let documented = documented();
    let missing: Vec<_> = found.difference(&documented).collect();
    assert!(missing.is_empty(), "{PAGE} has no row for {missing:?}");
    let stale: Vec<_> = documented.difference(&found).collect();
    assert!(stale.is_empty(), "{PAGE} has rows that nothing prints: {stale:?}");
}

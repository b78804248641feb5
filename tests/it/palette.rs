//! The command palette and the search: that everything is in them, and that a row does what its key does.

use eastwest::app::geometry::Size;
use eastwest::app::keymap::{self, Context};
use eastwest::app::palette::{Deed, Entry, commands};
use eastwest::app::state::Go;
use eastwest::app::{Action, Msg, Overlay, Screen};
use eastwest::ui;
use eastwest::ui::theme::{Depth, Ground, Theme};

use crate::screen;
use crate::sessions::Sitting;
use crate::styled::{blank, styled, text};

/// Contexts that are lists themselves.
const LISTS: [Context; 2] = [Context::Help, Context::Palette];

fn list(sitting: &Sitting) -> Vec<Entry> {
    let Some(Overlay::Palette(list)) = sitting.app.overlay() else { panic!("no list is open") };
    list.found().to_vec()
}

#[test]
fn every_action_of_the_table_is_in_the_palette_with_its_key() {
    for context in Context::ALL.into_iter().filter(|context| !LISTS.contains(context)) {
        // What follows a prefix is listed where the prefix is a key.
        let (open, chain) = match context {
            Context::Go => (Context::Home, vec![Context::Go]),
            Context::Break => (Context::Lab, vec![Context::Break]),
            other => (other, keymap::chain(other)),
        };
        let entries = commands(open, &[], true);
        for binding in chain.iter().flat_map(|here| keymap::of(*here)) {
            let reached =
                binding.chords().find(|chord| keymap::lookup(context, *chord) == Some(binding.action));
            let Some(chord) = reached else { continue };
            let entry = entries.iter().find(|entry| entry.deed == Deed::Act(binding.action));
            let entry = entry.unwrap_or_else(|| panic!("{context:?} has no row for {:?}", binding.action));
            let shown = entry.key.split(' ').next_back().unwrap_or_default();
            let same =
                keymap::chain(open).iter().chain(&chain).flat_map(|here| keymap::of(*here)).any(|row| {
                    row.action == binding.action && row.chords().any(|known| known.shown() == shown)
                });
            assert!(same, "{context:?}: {:?} shows '{}' for {chord}", binding.action, entry.key);
        }
    }
}

/// Keys and the palette, at one moment, on the same screen: the same picture comes of both.
fn does_the_same(size: Size, start: fn() -> Go, before: &[&str]) {
    let open = || {
        let mut sitting = Sitting::open(size, start());
        for key in before {
            sitting.press(key);
        }
        sitting
    };
    let context = open().app.context();
    for binding in keymap::chain(context).iter().flat_map(|here| keymap::of(*here)) {
        let Some(chord) =
            binding.chords().find(|chord| keymap::lookup(context, *chord) == Some(binding.action))
        else {
            continue;
        };
        let mut by_key = open();
        by_key.tell(Msg::Key(chord));
        let mut by_row = open();
        by_row.tell(Msg::Key("ctrl-p".parse().unwrap()));
        let row = list(&by_row).iter().position(|entry| entry.deed == Deed::Act(binding.action));
        let row = row.unwrap_or_else(|| panic!("{context:?}: {:?}", binding.action));
        for _ in 0..row {
            by_row.tell(Msg::Key("down".parse().unwrap()));
        }
        by_row.tell(Msg::Key("enter".parse().unwrap()));
        let picture = |sitting: &Sitting| screen::picture(&sitting.app, size.width, size.height);
        assert_eq!(
            picture(&by_key),
            picture(&by_row),
            "{context:?}: {chord} and the row {:?}",
            binding.action
        );
        assert_eq!(by_key.app.context(), by_row.app.context(), "{context:?}: {chord}");
    }
}

#[test]
fn a_row_does_what_its_key_does() {
    does_the_same(Size::new(80, 24), || Go::Home, &[]);
    does_the_same(Size::new(80, 24), || Go::Reader(Some(4)), &["space"]);
    does_the_same(Size::new(80, 24), || Go::Lab(None), &["space", "P"]);
    does_the_same(Size::new(80, 24), || Go::Lab(None), &["space", "P", "i"]);
    does_the_same(Size::new(60, 20), || Go::Lab(None), &["space", "="]);
    does_the_same(Size::new(60, 20), || Go::Review, &[]);
}

/// Types into the open list and runs its first row.
fn run(sitting: &mut Sitting, words: &str) {
    for letter in words.chars() {
        sitting.press(&letter.to_string());
    }
    sitting.press("enter");
}

#[test]
fn the_same_words_give_the_same_rows_and_what_fits_best_is_first() {
    let mut sitting = Sitting::open(Size::new(80, 24), Go::Lab(None));
    sitting.press(":");
    let all = list(&sitting).len();
    "cut".chars().for_each(|letter| sitting.press(&letter.to_string()));
    let found = list(&sitting);
    assert!(found.len() < all);
    assert_eq!(found[0].words, "Break: cut the link");
    assert_eq!(found[1].words, "Break: cut the link for 20 s, then heal");
    assert!(found[2..].iter().all(|entry| entry.words.to_lowercase().contains("cut")), "{found:?}");
    sitting.press("tab");
    let Some(Overlay::Palette(list)) = sitting.app.overlay() else { panic!("the list stays open") };
    assert_eq!(list.query(), "Break: cut the link");
    sitting.press("esc");
    assert_eq!(sitting.app.overlay(), None);
}

#[test]
fn a_break_for_a_while_mends_itself() {
    let mut sitting = Sitting::open(Size::new(80, 24), Go::Lab(None));
    sitting.press(":");
    run(&mut sitting, "cut 20 s");
    let broken = |sitting: &Sitting| {
        let Screen::Lab(lab) = sitting.app.screen() else { panic!("the lab") };
        lab.broken().to_vec()
    };
    sitting.pass(std::time::Duration::from_secs(10));
    assert_eq!(broken(&sitting), [eastwest::app::Failure::Cut]);
    sitting.press(":");
    let heal = list(&sitting).iter().any(|entry| entry.words == "Heal: cut the link");
    assert!(heal, "what is broken can be healed");
    sitting.press("esc");
    sitting.pass(std::time::Duration::from_secs(15));
    assert_eq!(broken(&sitting), []);
}

#[test]
fn from_any_screen_the_lesson_and_the_lab_are_gone_to() {
    let mut sitting = Sitting::open(Size::new(80, 24), Go::Home);
    sitting.press(":");
    run(&mut sitting, "go failure");
    let Screen::Reader(reader) = sitting.app.screen() else { panic!("the reader") };
    assert_eq!(reader.section(sitting.app.parts()).map(|section| section.number), Some(7));
    sitting.press("ctrl-p");
    run(&mut sitting, "break cut link");
    assert!(matches!(sitting.app.screen(), Screen::Lab(_)));
    assert_eq!(sitting.app.context(), Context::LabPredict, "it asks first, as the key does");
}

#[test]
fn every_section_heading_and_card_is_in_the_palette_and_opens() {
    let mut sitting = Sitting::open(Size::new(80, 24), Go::Home);
    sitting.press(":");
    let entries = list(&sitting);
    let read = |entry: &&Entry| matches!(entry.deed, Deed::Read { .. });
    let course = &sitting.app.parts().course;
    let headings: usize = course.lesson.sections.iter().map(|section| section.steps.len()).sum();
    let cards = entries.iter().filter(|entry| entry.words.starts_with("Card: ")).count();
    assert_eq!(cards, course.cards.len());
    assert!(entries.iter().filter(read).count() >= headings + cards);
    for row in (0..entries.len()).filter(|row| read(&&entries[*row])) {
        let Deed::Read { section, .. } = entries[row].deed else { unreachable!() };
        let mut sitting = Sitting::open(Size::new(80, 24), Go::Reader(Some(2)));
        sitting.tell(Msg::Key(":".parse().unwrap()));
        let at = list(&sitting).iter().position(|entry| *entry == entries[row]).expect("on every screen");
        (0..at).for_each(|_| sitting.tell(Msg::Key("down".parse().unwrap())));
        sitting.tell(Msg::Key("enter".parse().unwrap()));
        let Screen::Reader(reader) = sitting.app.screen() else { panic!("{:?}", entries[row]) };
        let shown = reader.section(sitting.app.parts()).map(|section| section.number);
        assert_eq!(shown, Some(section.max(1)), "{:?}", entries[row]);
    }
}

#[test]
fn a_search_in_a_text_finds_its_words_and_jumps_to_them() {
    let mut sitting = Sitting::open(Size::new(80, 24), Go::Reader(Some(4)));
    sitting.press("/");
    "140".chars().for_each(|letter| sitting.press(&letter.to_string()));
    let found = list(&sitting);
    assert!(!found.is_empty() && found.iter().all(|entry| entry.words.contains("140")), "{found:?}");
    let text = found.iter().position(|entry| matches!(entry.deed, Deed::Read { .. }) && entry.key == "§4");
    let row = text.expect("the section that is read");
    (0..row).for_each(|_| sitting.press("down"));
    sitting.press("enter");
    assert!(screen::text(&sitting.app, 80, 24).contains("140"), "{}", screen::text(&sitting.app, 80, 24));
}

#[test]
fn a_search_in_the_lab_finds_places_and_events() {
    let mut sitting = Sitting::open(Size::new(80, 24), Go::Lab(None));
    for key in ["P", "f", "n"] {
        sitting.press(key);
    }
    sitting.pass(std::time::Duration::from_secs(6));
    sitting.press("space");
    sitting.press("/");
    run(&mut sitting, "west payment-3");
    let Screen::Lab(lab) = sitting.app.screen() else { panic!("the lab") };
    let scene = lab.scene(false);
    let place = &scene.view.places[usize::from(scene.selected.expect("a place"))];
    assert_eq!((place.name.as_str(), place.region), ("payment-3", 1));
    let first = scene.view.log.first().expect("something happened").clone();
    sitting.press("/");
    let events = list(&sitting);
    let row = events.iter().position(|entry| entry.deed == Deed::Moment(first.at)).expect("in the list");
    (0..row).for_each(|_| sitting.tell(Msg::Key("down".parse().unwrap())));
    sitting.tell(Msg::Key("enter".parse().unwrap()));
    let Screen::Lab(lab) = sitting.app.screen() else { panic!("the lab") };
    assert_eq!(lab.scene(false).view.at, first.at);
}

#[test]
fn while_an_answer_is_typed_the_palette_opens_with_control_alone() {
    assert_eq!(keymap::lookup(Context::ReviewTyping, ":".parse().unwrap()), Some(Action::Type(':')));
    assert_eq!(keymap::lookup(Context::ReviewTyping, "ctrl-p".parse().unwrap()), Some(Action::Palette));
    assert_eq!(keymap::lookup(Context::ReviewTyping, "/".parse().unwrap()), Some(Action::Type('/')));
}

#[test]
fn lists_are_drawn_in_ascii_and_without_color() {
    let plain = Theme { depth: Depth::Mono, ground: Ground::Dark, ascii: true };
    for (name, key) in [("palette", ":"), ("search", "/"), ("help", "?")] {
        let mut sitting = Sitting::open(Size::new(80, 24), Go::Lab(None));
        sitting.press("space");
        sitting.press(key);
        sitting.press("c");
        let mut buf = blank(80, 24);
        ui::draw_in(&sitting.app, plain, Size::new(80, 24), &mut buf);
        assert!(text(&buf).is_ascii(), "{}", text(&buf));
        insta::assert_snapshot!(format!("{name}-ascii-80x24"), styled(&buf, plain));
    }
}

#[test]
fn no_screen_shows_other_signs_where_there_are_none() {
    let plain = Theme { depth: Depth::Mono, ground: Ground::Dark, ascii: true };
    for start in [Go::Home, Go::Reader(Some(3)), Go::Lab(None), Go::Review, Go::Stats, Go::Worth] {
        let mut sitting = Sitting::open(Size::new(80, 24), start.clone());
        sitting.pass(std::time::Duration::from_secs(3));
        for key in ["1", "enter", "3"] {
            let mut buf = blank(80, 24);
            ui::draw_in(&sitting.app, plain, Size::new(80, 24), &mut buf);
            assert!(text(&buf).is_ascii(), "{start:?} before {key}:\n{}", text(&buf));
            sitting.press(key);
        }
    }
}

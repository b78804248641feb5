//! The mouse: that the map agrees with the picture, and what a click, a drag and the wheel do.

use std::time::Duration;

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use eastwest::app::geometry::{Area, Size};
use eastwest::app::lab::explain;
use eastwest::app::lab::scene::Scene;
use eastwest::app::pointer::Target;
use eastwest::app::script::{self, Point, Spot};
use eastwest::app::state::Go;
use eastwest::app::{App, Notice, Screen};
use eastwest::mesh_view::{PlaceKind, figures};
use eastwest::shell::pointer::Pointer;
use eastwest::ui::hits::Hits;
use eastwest::ui::lab::mesh::pod_look;
use eastwest::ui::theme::{Depth, Glyph, Ground, Theme};
use ratatui::buffer::Buffer;

use crate::screen::{self, THEME};
use crate::sessions::Sitting;

const SIZES: [(u16, u16); 6] = [(120, 40), (80, 24), (60, 20), (100, 30), (200, 60), (40, 12)];

impl Sitting {
    /// A line of a session, `click` and `payment-3`, as a real mouse does it.
    pub fn point(&mut self, word: &str, rest: &str) {
        self.pass(Duration::from_millis(50));
        for point in script::points(word, rest).unwrap_or_else(|error| panic!("{error}")) {
            let (from, kind, to) = match point {
                Point::Press(at) => (None, MouseEventKind::Down(MouseButton::Left), at),
                Point::Drag(from, to) => (Some(from), MouseEventKind::Drag(MouseButton::Left), to),
                Point::Wheel { up: true, at } => (None, MouseEventKind::ScrollUp, at),
                Point::Wheel { up: false, at } => (None, MouseEventKind::ScrollDown, at),
            };
            let mut pointer = Pointer::default();
            pointer.drew(hits(&self.app, self.size()));
            if let Some(from) = from {
                pointer.message(event(MouseEventKind::Down(MouseButton::Left), self.cell(&from)));
            }
            if let Some(msg) = pointer.message(event(kind, self.cell(&to))) {
                self.tell(msg);
            }
        }
    }

    /// The cell itself, or the first one of a place.
    fn cell(&self, spot: &Spot) -> (u16, u16) {
        let name = match spot {
            Spot::Cell(cell) => return *cell,
            Spot::Place(name) => name,
        };
        let scene = scene(&self.app);
        let hits = hits(&self.app, self.size());
        let named = |target: &Target| match target {
            Target::Place(id) => {
                let path = explain::path(scene.view, &scene.view.places[usize::from(*id)]);
                path == *name || path.ends_with(&format!("/{name}"))
            }
            _ => false,
        };
        let found = hits.spots().iter().find(|(_, target)| named(target));
        found.map_or_else(|| panic!("{name} is not in the picture"), |(area, _)| (area.x, area.y))
    }
}

fn event(kind: MouseEventKind, (column, row): (u16, u16)) -> MouseEvent {
    MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE }
}

fn hits(app: &App, size: Size) -> Hits {
    Hits::of(app, THEME, size)
}

fn scene(app: &App) -> Scene<'_> {
    let Screen::Lab(lab) = app.screen() else { panic!("the lab is on the screen") };
    lab.scene(false)
}

fn lab(width: u16, height: u16) -> Sitting {
    let mut sitting = Sitting::open(Size::new(width, height), Go::Lab(None));
    sitting.pass(Duration::from_secs(3));
    sitting.press("space");
    sitting
}

fn words(buffer: &Buffer, area: Area) -> String {
    (area.x..area.x + area.width).map(|x| buffer[(x, area.y)].symbol()).collect()
}

#[test]
fn the_map_has_what_the_picture_has_at_every_size() {
    for (width, height) in SIZES {
        for keys in ["", "f 5 s", "f r s", "2", "3 f n s f x s"] {
            let mut sitting = lab(width, height);
            keys.split_whitespace().for_each(|key| sitting.press(key));
            sitting.pass(Duration::from_secs(4));
            agrees(&sitting, &format!("{width}x{height} after '{keys}'"));
        }
    }
}

/// Every place, break and key of the map is drawn in the cells that the map says.
fn agrees(sitting: &Sitting, at: &str) {
    let Size { width, height } = sitting.size();
    let buffer = screen::buffer(&sitting.app, width, height);
    let hits = hits(&sitting.app, sitting.size());
    let scene = scene(&sitting.app);
    let (mut places, mut breaks, mut keys) = (0, 0, 0);
    for (area, target) in hits.spots() {
        let drawn = words(&buffer, *area);
        let on_top = (area.x..area.x + area.width).all(|x| hits.at((x, area.y)) == Some(*target));
        match target {
            Target::Place(id) if on_top => {
                let place = &scene.view.places[usize::from(*id)];
                let wanted = match place.kind {
                    PlaceKind::Users => figures::rate(place.rate),
                    PlaceKind::Aurora => "Aurora".to_owned(),
                    PlaceKind::DynamoDb => "DynamoDB".to_owned(),
                    _ => THEME.glyph(pod_look(place).0).to_owned(),
                };
                let wanted = if place.kind == PlaceKind::Users { wanted.trim().to_owned() } else { wanted };
                assert!(
                    drawn.contains(&wanted) || wanted.contains(drawn.trim()),
                    "{at}: {} is '{drawn}'",
                    place.name
                );
                places += 1;
            }
            Target::Break(failure) => {
                let said = [failure.words(), failure.short()].iter().any(|said| drawn.contains(said));
                assert!(said, "{at}: {failure:?} is '{drawn}'");
                breaks += 1;
            }
            Target::Key(chord) => {
                assert!(drawn.starts_with(&chord.shown()), "{at}: {chord} is '{drawn}'");
                keys += 1;
            }
            _ => {}
        }
    }
    // A notice takes the place of the keys.
    assert_eq!(keys >= 3, sitting.app.notice().is_none(), "{at}: {keys} keys");
    assert!(breaks >= if height >= 22 { 9 } else { 0 }, "{at}: {breaks} breaks");
    assert!(places >= if height >= 20 { 14 } else { 0 }, "{at}: {places} places");
}

#[test]
fn the_time_bar_has_the_moment_that_it_shows() {
    for (width, height) in SIZES {
        for compares in [false, true] {
            let mut sitting = lab(width, height);
            if compares {
                sitting.press("=");
                sitting.pass(Duration::from_secs(1));
            }
            let buffer = screen::buffer(&sitting.app, width, height);
            let hits = hits(&sitting.app, sitting.size());
            let bar: Vec<&(Area, Target)> =
                hits.spots().iter().filter(|(_, target)| matches!(target, Target::Moment(_))).collect();
            if compares && height == 12 {
                assert!(bar.is_empty(), "the table has no room for it");
                continue;
            }
            assert!(bar.len() > 20, "{width}x{height}");
            let glyph = |at: &(Area, Target)| buffer[(at.0.x, at.0.y)].symbol().to_owned();
            assert_eq!(glyph(bar[0]), THEME.glyph(Glyph::Start));
            assert_eq!(glyph(bar[bar.len() - 1]), THEME.glyph(Glyph::End));
            let here =
                bar.iter().find(|at| glyph(at) == THEME.glyph(Glyph::Here)).expect("the moment on show");
            let Target::Moment(first) = here.1 else { unreachable!() };
            let Screen::Lab(lab) = sitting.app.screen() else { unreachable!() };
            let now = lab.compare().map_or_else(|| lab.scene(false).view.at, |runs| runs.scene().view.at);
            let column = 180_000_000_000 / (bar.len() as u64 - 3) + 1;
            assert!((first..first + column).contains(&now), "{width}x{height}: {now} is not from {first}");
        }
    }
}

#[test]
fn each_pattern_of_the_comparison_is_where_its_name_is() {
    for (width, height) in SIZES {
        let mut sitting = lab(width, height);
        sitting.press("=");
        let buffer = screen::buffer(&sitting.app, width, height);
        let hits = hits(&sitting.app, sitting.size());
        for number in 1..=3 {
            let (area, _) =
                hits.spots().iter().find(|(_, target)| *target == Target::Pattern(number)).unwrap();
            let drawn = words(&buffer, *area);
            assert!(drawn.contains(&number.to_string()), "{width}x{height}: pattern {number} is '{drawn}'");
            sitting.point("click", &format!("{},{}", area.x + 1, area.y));
            let Screen::Lab(lab) = sitting.app.screen() else { unreachable!() };
            assert_eq!(lab.compare().unwrap().column, usize::from(number) - 1);
        }
    }
}

#[test]
fn a_click_selects_and_a_second_one_in_time_breaks() {
    let mut sitting = lab(120, 40);
    sitting.press("P");
    sitting.point("click", "us-west-2/payment-2");
    let selected = scene(&sitting.app).selected.expect("something is selected");
    assert_eq!(scene(&sitting.app).view.places[usize::from(selected)].name, "payment-2");
    assert_eq!(scene(&sitting.app).view.places[usize::from(selected)].region, 1);
    sitting.pass(Duration::from_millis(500));
    sitting.point("click", "us-west-2/payment-2");
    assert!(scene(&sitting.app).broken.is_empty(), "too late for a double click");
    sitting.pass(Duration::from_millis(500));
    sitting.point("double", "us-west-2/payment-2");
    let held: Vec<String> =
        scene(&sitting.app).failures.others().map(|(words, ..)| words.to_owned()).collect();
    assert_eq!(held, ["us-west-2/payment-2 503"]);
}

#[test]
fn a_sheet_and_a_list_cover_what_is_under_them() {
    let mut sitting = lab(80, 24);
    sitting.press("i");
    let under = hits(&sitting.app, sitting.size());
    let covered = under.spots().iter().filter(|(_, target)| matches!(target, Target::Place(_)));
    assert!(covered.clone().any(|(area, target)| under.at((area.x, area.y)) != Some(*target)));
    for key in [":", "esc", "?"] {
        sitting.press(key);
    }
    let over = hits(&sitting.app, sitting.size());
    assert!(!over.spots().iter().any(|(_, target)| matches!(target, Target::Place(_) | Target::Break(_))));
}

#[test]
fn a_question_before_a_break_takes_no_clicks_on_the_mesh() {
    let mut sitting = lab(120, 40);
    let before = hits(&sitting.app, sitting.size());
    let (place, _) = *before.spots().iter().find(|(_, target)| matches!(target, Target::Place(_))).unwrap();
    sitting.press("f");
    sitting.press("5");
    sitting.point("double", &format!("{},{}", place.x, place.y));
    let Screen::Lab(lab) = sitting.app.screen() else { unreachable!() };
    assert!(lab.scene(false).bet.is_some() && lab.scene(false).selected.is_none());
}

#[test]
fn dragging_over_nothing_says_once_how_text_is_selected() {
    let mut sitting = lab(80, 24);
    sitting.point("drag", "1,0 20,0");
    let Some(Notice::Info(words)) = sitting.app.notice() else { panic!("nothing was said") };
    assert!(words.contains("Shift") && words.contains('M'), "{words}");
    sitting.press(".");
    sitting.point("drag", "1,0 20,0");
    assert_eq!(sitting.app.notice(), None);
}

#[test]
fn the_mouse_is_the_terminals_in_text_and_what_m_says() {
    let mut sitting = Sitting::open(Size::new(80, 24), Go::Reader(Some(4)));
    let wants = |sitting: &Sitting| sitting.app.wants_mouse();
    assert!(!wants(&sitting));
    sitting.press("M");
    assert!(wants(&sitting), "asked for in a text");
    sitting.press("g");
    sitting.press("l");
    assert!(wants(&sitting), "the lab's own setting");
    sitting.press("M");
    assert!(!wants(&sitting));
    sitting.press("M");
    sitting.press("v");
    assert!(!wants(&sitting), "the lab as text");
    sitting.press("M");
    assert!(!wants(&sitting) && sitting.app.notice().is_some());
}

#[test]
fn in_ascii_and_without_color_the_mesh_is_where_it_was() {
    let sitting = lab(80, 24);
    let plain = Theme { depth: Depth::Mono, ground: Ground::Light, ascii: true };
    let mesh = |theme| {
        let hits = Hits::of(&sitting.app, theme, sitting.size());
        hits.spots()
            .iter()
            .filter(|(_, target)| !matches!(target, Target::Key(_)))
            .copied()
            .collect::<Vec<_>>()
    };
    assert_eq!(mesh(plain), mesh(THEME));
    assert!(mesh(plain).len() > 30);
}

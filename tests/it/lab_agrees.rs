//! The picture and the numbers cannot disagree: what is drawn is read from the screen and held against a second run of
//! the same, second by second.

use eastwest::app::geometry::{Area, Size, chrome};
use eastwest::app::lab::scene::{Front, Scene};
use eastwest::mesh_view::{HeatCell, MeshView, Metric, Place, PlaceId, PlaceKind, PlaceState, figures};
use eastwest::sim::{Budget, Intervention, Pattern, Scenario, Seed, SimSpan, SimTime, Timeline};
use eastwest::ui::lab;
use eastwest::ui::lab::heat;
use eastwest::ui::theme::{Depth, Ground, Theme};
use ratatui::buffer::Buffer;

use crate::lab_draw::scene;
use crate::styled::{blank, styled, text};

const COLOR: Theme = Theme { depth: Depth::True, ground: Ground::Dark, ascii: false };
const LIGHT: Theme = Theme { depth: Depth::Indexed, ground: Ground::Light, ascii: false };
const MONO: Theme = Theme { depth: Depth::Mono, ground: Ground::Dark, ascii: false };
const MONO_ASCII: Theme = Theme { depth: Depth::Mono, ground: Ground::Dark, ascii: true };
/// The moment on show: within a second, as most are.
const SHOWN: SimTime = SimTime::from_nanos(24_300_000_000);

fn timeline(pattern: Pattern, interventions: &[&str]) -> Timeline {
    let mut scenario = Scenario::shipped("two-regions").unwrap();
    scenario.set_pattern(pattern);
    let read = |text: &&str| text.parse::<Intervention>().unwrap();
    Timeline::new(scenario, Seed(7), interventions.iter().map(read).collect())
}

fn view_at(timeline: &mut Timeline, at: SimTime) -> MeshView {
    let mut view = MeshView::default();
    timeline.advance(at, &mut Budget::endless());
    timeline.view(at, &mut view);
    view
}

/// A plan, the view of its moment, and the run it is of.
fn all() -> Vec<(&'static [&'static str], Pattern, MeshView)> {
    let plans: [&[&str]; 4] = [
        &[],
        &["6100ms us-east-1/payment:2 503"],
        &[
            "5200ms us-east-1/payment errors=30/100",
            "12400ms us-west-2/payment-1 down",
            "15300ms us-east-1~us-west-2 cut for 4s",
        ],
        &["8300ms us-east-1 down", "9600ms us-west-2/checkout:1 notready", "18200ms all heal"],
    ];
    let mut found = Vec::new();
    for plan in plans {
        for pattern in Pattern::ALL {
            found.push((plan, pattern, view_at(&mut timeline(pattern, plan), SHOWN)));
        }
    }
    found
}

fn drawn(scene: &Scene<'_>, theme: Theme, (width, height): (u16, u16)) -> Buffer {
    let mut buf = blank(width, height);
    lab::draw_scene(scene, theme, chrome(Size::new(width, height)).body, &mut buf);
    buf
}

#[test]
fn every_number_on_the_screen_is_that_of_the_run() {
    for (plan, pattern, view) in all() {
        let mut other = timeline(pattern, plan);
        let requests = |timeline: &mut Timeline, seconds| {
            view_at(timeline, SimTime::ZERO + SimSpan::from_seconds(seconds));
            let report = timeline.report();
            (report.requests.ok, report.requests.failed)
        };
        let (before, after) = (requests(&mut other, 23), requests(&mut other, 24));
        let (ok, failed) = (after.0 - before.0, after.1 - before.1);
        let success = match ok + failed {
            0 => "none done".to_owned(),
            all => figures::percent(ok as f64 / all as f64 * 100.0, 2),
        };
        for size in [(120, 40), (80, 24), (60, 20), (220, 70)] {
            let mut scene = scene(&view, &[]);
            let picture = text(&drawn(&scene, COLOR, size));
            let shown = |picture: &str, metric: Metric| {
                let figure =
                    if metric == Metric::Success { success.clone() } else { metric.figure(&view, scene.slo) };
                // Blanks between a name and its figure are the layout's.
                let squeezed = picture.split_whitespace().collect::<Vec<_>>().join(" ");
                let wanted = format!("{} {figure}", metric.name());
                assert!(squeezed.contains(&wanted), "{wanted} at {size:?} of {plan:?}\n{picture}");
            };
            let gauges = if size.1 < 24 { Metric::GAUGES } else { Metric::ALL.len() };
            Metric::ALL.iter().take(gauges).for_each(|metric| shown(&picture, *metric));
            scene.front = Front::Numbers;
            let numbers = text(&drawn(&scene, COLOR, size));
            Metric::ALL.iter().take(8).for_each(|metric| shown(&numbers, *metric));
            let failed = format!("{} failed", figures::thousands(after.1));
            let ended = format!("of {} may fail", figures::thousands(after.0 + after.1));
            assert!(numbers.contains(&failed) && numbers.contains(&ended), "{failed}, {ended}\n{numbers}");
        }
    }
}

#[test]
fn dots_stand_for_all_requests_of_the_last_seconds() {
    for (plan, pattern, view) in all() {
        let calls: u32 = lab::flights::flying(&view).map(|(hop, _)| hop.weight).sum();
        let dots = lab::flights::flying(&view).count() as u32;
        for (width, height) in [(120, 40), (80, 24), (60, 20), (220, 70)] {
            let mut buf = blank(width, height);
            let area = chrome(Size::new(width, height)).body;
            let tally = lab::draw_scene(&scene(&view, &[]), COLOR, area, &mut buf);
            assert_eq!((tally.dots, tally.weight), (dots, calls), "{width}x{height} {pattern} {plan:?}");
        }
    }
}

fn is_pod(place: &Place) -> bool {
    matches!(place.kind, PlaceKind::Pod | PlaceKind::Ingress) && place.state != PlaceState::Gone
}

/// How often a shape stands before a number in the left half of the mesh, or behind it in the right half.
fn count(rows: &[Vec<char>], shape: char, number: char, mirrored: bool) -> usize {
    let digit =
        |row: &[char], at: Option<usize>| at.and_then(|at| row.get(at)).is_some_and(char::is_ascii_digit);
    let found = |row: &Vec<char>| {
        let half = row.len() / 2;
        let range = if mirrored { half..row.len() } else { 0..half };
        range
            .filter(|&at| {
                let (beside, beyond) = if mirrored {
                    (at.checked_sub(1), at.checked_sub(2))
                } else {
                    (Some(at + 1), Some(at + 2))
                };
                row[at] == shape
                    && beside.is_some_and(|at| row.get(at) == Some(&number))
                    && !digit(row, beyond)
            })
            .count()
    };
    rows.iter().map(found).sum()
}

#[test]
fn every_pod_has_the_shape_of_its_state() {
    for (plan, _, view) in all() {
        let picture = text(&drawn(&scene(&view, &[]), COLOR, (120, 40)));
        let rows: Vec<Vec<char>> = picture
            .lines()
            .take_while(|line| !line.contains("Metrics"))
            .map(|line| {
                let mut row: Vec<char> = line.chars().collect();
                row.resize(120, ' ');
                row
            })
            .collect();
        let shape = |place: &Place| match place.state {
            PlaceState::Down | PlaceState::Refusing | PlaceState::Isolated | PlaceState::Gone => '✗',
            _ if place.ejected_by > 0 => '◌',
            PlaceState::Erring | PlaceState::Silent => '◐',
            PlaceState::NotReady => '○',
            PlaceState::Slow => '◔',
            PlaceState::Healthy => '●',
        };
        for place in view.places.iter().filter(|place| is_pod(place)) {
            let number = figures::number(&place.name, &place.service).chars().next().unwrap();
            let alike = |other: &&Place| {
                is_pod(other)
                    && other.region == place.region
                    && shape(other) == shape(place)
                    && figures::number(&other.name, &other.service).starts_with(number)
            };
            let wanted = view.places.iter().filter(alike).count();
            let seen = count(&rows, shape(place), number, place.region == 1);
            assert_eq!(seen, wanted, "{} of region {}, {plan:?}\n{picture}", place.name, place.region);
        }
    }
}

/// The pods' cells at the end of every whole second, from a run of its own.
fn cells_of(pattern: Pattern, plan: &[&str], seconds: u64) -> Vec<Vec<HeatCell>> {
    let mut run = timeline(pattern, plan);
    (1..=seconds)
        .map(|second| {
            let view = view_at(&mut run, SimTime::ZERO + SimSpan::from_seconds(second));
            let last = view.detail.heat.seconds() - 1;
            (0..view.places.len() as PlaceId).map(|id| view.detail.heat.cell(id, last)).collect()
        })
        .collect()
}

/// The cells that a cell of the screen shows: the one pair that looks like it.
fn decoded(buf: &Buffer, at: (u16, u16), theme: Theme) -> (HeatCell, HeatCell) {
    let cell = &buf[at];
    let mut pairs = HeatCell::ALL.into_iter().flat_map(|upper| HeatCell::ALL.map(|lower| (upper, lower)));
    let same = |(upper, lower): &(HeatCell, HeatCell)| {
        let (glyph, style) = theme.half_blocks(*upper, *lower);
        let mut wanted = ratatui::buffer::Cell::new(glyph);
        wanted.set_style(style);
        *cell == wanted
    };
    pairs.find(same).unwrap_or_else(|| panic!("{cell:?} at {at:?} is no cell of the strip"))
}

#[test]
fn every_cell_of_the_strip_is_what_its_pod_was() {
    let mut troubled = 0;
    for (plan, pattern, view) in all() {
        let seconds = 24;
        let cells = cells_of(pattern, plan, seconds);
        for (theme, (width, height)) in
            [(COLOR, (120, 40)), (LIGHT, (100, 30)), (COLOR, (220, 70)), (COLOR, (80, 24))]
        {
            let mut scene = scene(&view, &[]);
            scene.front = Front::Numbers;
            let buf = drawn(&scene, theme, (width, height));
            let picture = text(&buf);
            let heading = picture.lines().position(|line| line.contains("Pods by seconds")).expect(&picture);
            let end = if width >= 160 { width - 74 } else { width };
            for (pair, label) in labels(&view, &picture, heading) {
                for second in 0..seconds {
                    let x = end - 2 - second as u16;
                    let (upper, lower) = decoded(&buf, (x, label), theme);
                    let was = &cells[(seconds - 1 - second) as usize];
                    let wanted =
                        |id: Option<&PlaceId>| id.map_or(HeatCell::Absent, |id| was[usize::from(*id)]);
                    let both = (wanted(pair.first()), wanted(pair.get(1)));
                    assert_eq!((upper, lower), both, "{second} s ago, {width}x{height} {plan:?}\n{picture}");
                    troubled += u32::from(upper > HeatCell::Ready);
                }
            }
        }
    }
    assert!(troubled > 200, "{troubled}");
}

/// The rows of the strip: whose they are, from their labels, and where.
fn labels(view: &MeshView, picture: &str, heading: usize) -> Vec<(Vec<PlaceId>, u16)> {
    let mut found = Vec::new();
    for (at, line) in picture.lines().enumerate().skip(heading + 1) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [region @ ("E" | "W"), service, numbers @ ..] = words.as_slice() else { break };
        let is = |place: &Place, number: &str| {
            place.service == *service
                && figures::initial(&view.regions[usize::from(place.region)].name) == *region
                && figures::number(&place.name, &place.service) == number
        };
        let id =
            |number: &&str| view.places.iter().position(|place| is(place, number)).map(|id| id as PlaceId);
        let mut pods: Vec<PlaceId> = numbers
            .iter()
            .take_while(|word| word.parse::<u8>().is_ok())
            .map(|number| id(number).unwrap())
            .collect();
        let alone = !picture.contains(&format!("{region} {service} 1 2"));
        if alone {
            // A pod with a row of its own fills it.
            pods.push(pods[0]);
        }
        found.push((pods, at as u16));
    }
    assert!(found.len() >= 10, "{picture}");
    found
}

#[test]
fn without_color_every_cell_is_a_shape() {
    for (plan, pattern, view) in all() {
        let cells = cells_of(pattern, plan, 24);
        for theme in [MONO, MONO_ASCII] {
            let mut scene = scene(&view, &[]);
            scene.front = Front::Numbers;
            let picture = text(&drawn(&scene, theme, (120, 50)));
            assert!(!theme.ascii || picture.is_ascii(), "{picture}");
            for (id, place) in view.places.iter().enumerate().filter(|(_, place)| is_pod(place)) {
                let label = format!(
                    " {} {} {} ",
                    figures::initial(&view.regions[usize::from(place.region)].name),
                    place.service,
                    figures::number(&place.name, &place.service)
                );
                let line = picture.lines().find(|line| line.starts_with(&label)).expect(&picture);
                let shown: String =
                    line.chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
                let wanted: String = cells.iter().map(|row| theme.cell_shape(row[id])).collect();
                assert_eq!(shown, wanted, "{label} of {plan:?}\n{picture}");
            }
        }
    }
}

#[test]
fn numbers_alone_fit_any_size() {
    let (_, _, view) = all().swap_remove(5);
    for width in (1..=240).step_by(5) {
        for height in (1..=75).step_by(3) {
            for (theme, number) in [(COLOR, Metric::Budget), (MONO_ASCII, Metric::Success)] {
                for front in [Front::Numbers, Front::Picture] {
                    let mut scene = scene(&view, &[]);
                    (scene.front, scene.number) = (front, Some(number));
                    let buf = drawn(&scene, theme, (width, height));
                    assert_eq!(buf, drawn(&scene, theme, (width, height)), "{width}x{height}");
                }
            }
        }
    }
    let mut buf = blank(50, 3);
    heat::draw(&scene(&MeshView::default(), &[]), COLOR, Area { x: 0, y: 0, width: 50, height: 3 }, &mut buf);
}

#[test]
fn a_number_that_is_selected_stands_in_brackets() {
    let (_, _, view) = all().swap_remove(2);
    for size in [(120, 40), (80, 24), (220, 70)] {
        for metric in Metric::ALL {
            let mut scene = scene(&view, &[]);
            scene.number = Some(metric);
            for front in [Front::Picture, Front::Numbers] {
                scene.front = front;
                let picture = text(&drawn(&scene, COLOR, size));
                assert_eq!(
                    picture.matches(&format!("[{}]", metric.name())).count(),
                    1,
                    "{size:?}\n{picture}"
                );
            }
        }
    }
}

#[test]
fn numbers_alone_in_every_look() {
    let (_, _, view) = all().swap_remove(5);
    for (name, theme) in [("dark", COLOR), ("light", LIGHT), ("mono", MONO), ("ascii", MONO_ASCII)] {
        for (width, height) in [(120, 40), (80, 24)] {
            let mut scene = scene(&view, &[]);
            (scene.front, scene.number) = (Front::Numbers, Some(Metric::P99));
            let buf = drawn(&scene, theme, (width, height));
            insta::assert_snapshot!(format!("numbers-{name}-{width}x{height}"), styled(&buf, theme));
        }
    }
}

#[test]
fn a_mark_does_not_hide_the_second_it_is_for() {
    let mut run = timeline(Pattern::Mesh, &["6100ms us-east-1/payment:2 503"]);
    let view = view_at(&mut run, SimTime::from_nanos(10_300_000_000));
    for size in [(120, 40), (80, 24), (60, 20)] {
        let picture = text(&drawn(&scene(&view, &[]), COLOR, size));
        // The second of the break has the most failures and no crossing yet: the lowest step of both sparklines.
        assert_eq!(picture.matches("▲▁").count(), 2, "{size:?}\n{picture}");
    }
}

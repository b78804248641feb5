//! The lab as text: all that is in the view is in the words, and the words are plain.

use eastwest::app::geometry::{Size, chrome};
use eastwest::app::lab::words as spoken;
use eastwest::mesh_view::{MeshView, PlaceKind, PlaceState, words};
use eastwest::ui::lab;
use eastwest::ui::theme::Theme;

use crate::lab_draw::scene;
use crate::lab_views::{all_down, gateways, half_down, healthy, moved};
use crate::styled::{blank, text};

fn views() -> [MeshView; 5] {
    [healthy(), half_down(), all_down(), moved(), gateways()]
}

/// Lines that begin with a word, blanks aside.
fn count(lines: &[String], start: &str) -> usize {
    lines.iter().filter(|line| line.trim_start().starts_with(start)).count()
}

#[test]
fn every_pod_table_part_and_reason_is_in_the_text() {
    for view in views() {
        let lines = words::lines(&view);
        let all = lines.join("\n");
        for place in &view.places {
            if matches!(place.kind, PlaceKind::Pod | PlaceKind::Ingress) && place.state != PlaceState::Gone {
                assert_eq!(
                    count(&lines, &format!("{} ", place.name)),
                    2,
                    "one a region: {}\n{all}",
                    place.name
                );
            }
        }
        let tables: usize = view.regions.iter().map(|region| region.tables.len()).sum();
        assert_eq!(count(&lines, "calls to "), tables, "{all}");
        assert_eq!(count(&lines, "control: "), view.regions.len());
        assert_eq!(count(&lines, "data: "), view.regions.len());
        assert_eq!(count(&lines, "of us-"), view.regions.len(), "users");
        assert_eq!(count(&lines, "Link "), view.links.len());
        let gateways = view.places.iter().filter(|place| place.kind == PlaceKind::Gateway).count();
        assert_eq!(all.matches("; gateway ").count(), gateways);
        for part in ["istiod", "CoreDNS", "Aurora", "DynamoDB"] {
            assert!(all.matches(part).count() >= view.regions.len(), "{part}\n{all}");
        }
        for line in &view.log {
            assert!(all.contains(&words::spoken(&line.text)), "{}\n{all}", line.text);
        }
        for (_, done) in &view.marks {
            assert!(all.contains(&words::spoken(done)), "{done}");
        }
    }
}

#[test]
fn numbers_of_the_view_are_numbers_of_the_text() {
    let all = words::lines(&half_down()).join("\n");
    for words in [
        "360 requests ended well, 0 badly",
        "p50 13.7 ms, p99 84.0 ms",
        "local share 81.7 %; 66 tries crossed",
        "bill $0.648/h, of that transfer $0.115/h",
        "has 2 of 4 healthy, 50 % times 1.4 = 70 %, and takes 70 %",
        "payment-1 answers with errors, ejected by 3 of the 3 proxies that call it, the first lets it back after 24 s",
        "open, round trip 71 ms, 66 calls a second cross, 5.74 GB an hour",
        "01:06.2 ejection: payment-1: 5 errors in a row, so ejected for 30 s",
    ] {
        assert!(all.contains(words), "{words}\n{all}");
    }
    let all = words::lines(&moved()).join("\n");
    for words in [
        "Route 53 sends 3 a second to us-east-1, 217 a second to us-west-2",
        "istiod has lost the other cluster's secret; CoreDNS slow",
        "Aurora writer up; DynamoDB late, 14.0 s behind",
    ] {
        assert!(all.contains(words), "{words}\n{all}");
    }
}

#[test]
fn a_text_is_ascii_and_stays_in_its_columns() {
    for view in views() {
        assert!(words::lines(&view).iter().all(|line| line.is_ascii()));
        for (width, height) in [(120, 40), (80, 24), (60, 20), (40, 12), (7, 3), (1, 1)] {
            let mut buf = blank(width, height);
            let mut scene = scene(&view, &[]);
            scene.words = Some(9999);
            lab::draw_scene(&scene, Theme::default(), chrome(Size::new(width, height)).body, &mut buf);
            let drawn = text(&buf);
            assert!(drawn.is_ascii(), "{drawn}");
            if width >= 60 {
                let rows = spoken::rows(&scene, spoken::columns(width));
                assert!(
                    drawn.contains(rows.last().unwrap().trim()),
                    "the end is on show however far one scrolls\n{drawn}"
                );
            }
        }
    }
}

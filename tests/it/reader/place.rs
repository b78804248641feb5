//! Where one is: steps, sections, and coming back to the line.

use eastwest::app::place::Place;
use eastwest::app::state::Go;
use eastwest::learner::Event;

use super::{Session, course, events, reading};

#[test]
fn steps_and_sections_are_walked_through_and_back() {
    let mut session = reading((80, 16));
    assert!(session.text().contains("step 1 of 3"), "{}", session.text());
    session.press("n");
    assert!(session.top().contains("The factor"), "{}", session.text());
    assert!(session.text().contains("step 2 of 3"));
    session.press("n");
    assert!(session.text().contains("step 3 of 3"));
    session.press("n");
    assert!(session.text().contains("§2 The End"), "{}", session.text());
    session.press("p");
    assert!(session.text().contains("§1 Spill") && session.text().contains("step 3 of 3"));
    session.press("[");
    assert!(session.text().contains("this is the first section"));
    session.press("] ]");
    assert!(session.text().contains("this is the last section"));
}

#[test]
fn the_end_of_a_section_is_noted_once_and_leads_on() {
    let mut session = reading((80, 16));
    session.press("G");
    assert!(session.place().done == [1] && session.text().contains("100 %"), "{}", session.text());
    session.press("k G space");
    assert!(session.text().contains("§2 The End"), "{}", session.text());
    session.press("[ G");
    let finished =
        events(&session).iter().filter(|event| matches!(event, Event::Finish { section: 1 })).count();
    assert_eq!(finished, 1);
}

#[test]
fn one_comes_back_to_the_line_at_any_width() {
    for section in 1..=10 {
        let mut first = Session::of(course(), Place::first(), (120, 40), Go::Reader(Some(section)));
        // What is asked before section 3 is left out.
        if section == 3 {
            first.press("esc");
        }
        first.press("space space j j j");
        let top = first.top();
        first.press("g h");
        let place = first.place();
        let same = Session::of(course(), place.clone(), (120, 40), Go::Reader(None));
        assert_eq!(same.top(), top);
        let start: String = top.chars().filter(|c| c.is_alphanumeric()).take(8).collect();
        if top.contains(['│', '─']) {
            // Cells of a table are broken elsewhere at another width.
            continue;
        }
        for size in [(80, 24), (60, 20), (100, 50), (131, 30)] {
            let other = Session::of(course(), place.clone(), size, Go::Reader(None));
            // Where everything fits, or nothing is left to scroll, the line is still on the screen.
            let rows: String = other.text().chars().filter(|c| c.is_alphanumeric()).collect();
            assert!(rows.contains(&start), "{size:?} {start}\n{}", other.text());
        }
    }
}

#[test]
fn a_new_size_keeps_the_line_at_the_top() {
    let mut session = Session::of(course(), Place::first(), (120, 40), Go::Reader(Some(4)));
    session.press("space space j j j");
    let top = session.top();
    session.resize(60, 20).resize(80, 24).resize(41, 13).resize(120, 40);
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&session.top()).first(), words(&top).first(), "{}", session.text());
}

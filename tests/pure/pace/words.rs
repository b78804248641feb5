//! Pace as one line, and the sentences of the check.

use std::time::Duration;

use eastwest::pace::{Clocks, Drift, Ghost, Rehearsal, Targets, check, pace, words};

use super::{lesson, seconds, targets};

/// In section 4 of episode 11 after so many seconds there, `late` seconds later than planned.
fn in_four(late: u64, into: u64) -> (Clocks, u64) {
    let mut clocks = Clocks::new(10);
    clocks.start(0, 0);
    for (section, at) in [(1, 72), (2, 102), (3, 294 + late)] {
        clocks.enter(at * 1000, section);
    }
    (clocks, (294 + late + into) * 1000)
}

fn line(late: u64, into: u64) -> String {
    let (clocks, now) = in_four(late, into);
    words::line(&pace(&lesson(), &clocks, now, None))
}

fn short(late: u64, into: u64) -> String {
    let (clocks, now) = in_four(late, into);
    words::short(&pace(&lesson(), &clocks, now, None))
}

#[test]
fn one_line_says_where_a_talk_stands() {
    assert_eq!(line(0, 125), "§4 2:05/3:12  lesson 6:59  on time  slack 0:36");
    assert_eq!(line(16, 125), "§4 2:05/3:12  lesson 7:15  +0:16 behind  slack 0:20");
    assert_eq!(line(66, 125), "§4 2:05/3:12  lesson 8:05  +1:06 behind  cannot finish: cut §10 (saves 0:30)");
    assert_eq!(line(127, 0), "§4 0:00/3:12  lesson 7:01  +2:07 behind  cannot finish: cut §5 (saves 2:00)");
    let before = words::line(&pace(&lesson(), &Clocks::new(10), 0, None));
    assert_eq!(before, "§1 0:00/1:12  lesson 0:00  on time  slack 1:00");
}

#[test]
fn questions_are_said_while_they_are_taken() {
    let (mut clocks, now) = in_four(0, 125);
    clocks.freeze(now);
    let said = words::line(&pace(&lesson(), &clocks, now + 20_000, None));
    assert_eq!(said, "§4 2:05/3:12  questions 0:20  lesson 7:19  +0:20 behind  slack 0:16");
}

#[test]
fn sixty_columns_have_the_section_the_drift_and_what_to_do() {
    assert_eq!(short(16, 125), "§4 2:05/3:12  +0:16 behind  slack 0:20");
    assert_eq!(short(97, 0), "§4 0:00/3:12  +1:37 behind  cut §6 §10 (-1:30)");
    let mut clocks = Clocks::new(1);
    clocks.start(0, 0);
    let over = pace(&targets(&[(60, 60)], 60), &clocks, 100_000, None);
    assert_eq!(words::short(&over), "§1 1:40/1:00  +0:40 behind  over by 0:40");
    assert_eq!(
        words::line(&over),
        "§1 1:40/1:00  lesson 1:40  +0:40 behind  over by 0:40, nothing left to cut"
    );
}

#[test]
fn the_longest_form_that_fits_is_taken() {
    let (clocks, now) = in_four(66, 125);
    let pace = pace(&lesson(), &clocks, now, None);
    let (line, short) = (words::line(&pace), words::short(&pace));
    assert_eq!((line.chars().count(), short.chars().count()), (76, 43));
    assert_eq!(words::fitted(&pace, 76), line);
    assert_eq!(words::fitted(&pace, 75), short);
    assert_eq!(words::fitted(&pace, 42), "+1:06 behind");
    assert_eq!(words::fitted(&pace, 0), "+1:06 behind");
}

#[test]
fn a_cut_that_is_not_enough_says_what_stays() {
    let (clocks, now) = in_four(36 + 400, 0);
    let advice = pace(&lesson().keeping(&[7]), &clocks, now, None).advice.unwrap();
    assert_eq!(words::advice(&advice), "cannot finish: cut §5 §6 §7 §9 §10 (saves 5:30), still over by 1:10");
}

#[test]
fn ahead_behind_and_on_time_differ_in_sign_and_word() {
    assert_eq!(words::drift(Drift::Ahead(seconds(16))), "-0:16 ahead");
    assert_eq!(words::drift(Drift::On), "on time");
    assert_eq!(words::drift(Drift::Behind(seconds(3723))), "+1:02:03 behind");
    assert_eq!(words::clock(Duration::from_millis(59_999)), "0:59");
}

#[test]
fn the_box_says_when_it_ends_and_what_is_usual() {
    let (clocks, now) = in_four(0, 125);
    let ghost = Ghost::of(&[Rehearsal { at_ms: 1, sections_ms: vec![0, 0, 0, 220_000], beats_ms: vec![] }]);
    let pace = pace(&lesson(), &clocks, now, ghost.as_ref());
    assert_eq!(words::projection(&pace), "plan 15:00  now 6:59  at this pace ends 15:28");
    assert_eq!(words::usual(&pace).as_deref(), Some("usually 3:40 here"));
}

#[test]
fn what_was_planned_is_said_to_the_nearest_second() {
    let thirds = Targets::new(targets(&[(0, 100); 3], 0).sections, seconds(80));
    let said = words::line(&pace(&thirds, &Clocks::new(3), 0, None));
    assert!(said.starts_with("§1 0:00/0:27 "), "26.667 s: {said}");
}

#[test]
fn the_check_says_whether_the_budgets_add_up() {
    assert_eq!(check(&lesson()), ["budgets 14:00 to 19:00, duration 15:00, slack 1:00"]);
    assert_eq!(
        check(&lesson().lasting(seconds(750)).keeping(&[1, 9])),
        ["budgets 14:00 to 19:00, duration 12:30, 1:30 too short", "cannot finish: cut §5 (saves 2:00)",]
    );
    assert_eq!(
        check(&lesson().lasting(seconds(1200))),
        [
            "budgets 14:00 to 19:00, duration 20:00, 1:00 too long",
            "every section is planned at 105 % of its most time",
        ]
    );
}

#[test]
fn the_check_says_what_makes_no_sense() {
    assert_eq!(check(&Targets::default()), ["no section has a budget"]);
    assert_eq!(
        check(&targets(&[(240, 180), (60, 60)], 300)),
        [
            "budgets 5:00 to 5:00, duration 5:00, slack 0:00",
            "§1 takes at least 4:00 and at most 3:00; the most is taken for 4:00",
        ]
    );
    let said = check(&targets(&[(0, 0)], 60));
    assert_eq!(said[1], "the duration is divided equally, because no section has a time");
}

#[test]
fn the_table_has_a_line_for_each_section() {
    let lines = check::table(&lesson());
    assert_eq!((lines.len(), lines[0].as_str()), (10, "  §1     1:00 to    2:00  plan    1:12"));
    assert_eq!(lines[9], " §10     0:30 to    0:30  plan    0:30");
    let thirds = Targets::new(targets(&[(0, 100); 3], 0).sections, seconds(80));
    assert!(check::table(&thirds)[0].ends_with(" 0:27"), "26.667 s");
}

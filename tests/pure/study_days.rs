//! Study days against the shared cases, and what must hold for any moment.

use eastwest::srs::day::{Day, study_day};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    rollover_hour: u8,
    t1: String,
    offset1_min: i32,
    t2: String,
    offset2_min: i32,
    day1: String,
    day2: String,
    delta_t: u32,
}

fn ms(text: &str) -> i64 {
    text.parse::<jiff::Timestamp>().unwrap().as_millisecond()
}

#[test]
fn every_shared_case_falls_on_its_day() {
    let cases: Cases = serde_json::from_str(include_str!("../vectors/study_days.json")).unwrap();
    assert_eq!(cases.cases.len(), 26);
    for case in &cases.cases {
        let first = study_day(ms(&case.t1), case.offset1_min, case.rollover_hour);
        let second = study_day(ms(&case.t2), case.offset2_min, case.rollover_hour);
        assert_eq!(first.to_string(), case.day1, "{}", case.name);
        assert_eq!(second.to_string(), case.day2, "{}", case.name);
        assert_eq!(second.since(first), case.delta_t, "{}", case.name);
    }
}

#[test]
fn days_know_their_dates_and_weekdays() {
    let day = Day::of_date(2026, 11, 22);
    assert_eq!((day.date(), day.weekday(), day.month_name()), ((2026, 11, 22), "Sun", "Nov"));
    assert_eq!(Day(0).to_string(), "1970-01-01");
    assert_eq!(Day(-1).weekday(), "Wed");
    assert_eq!(Day::of_date(2028, 2, 29).plus(1).to_string(), "2028-03-01");
}

proptest! {
    #[test]
    fn a_later_moment_is_never_on_an_earlier_day(ms in any::<i64>(), more in 0..i64::MAX, offset in -1440..1440, rollover in 0..24u8) {
        prop_assert!(study_day(ms, offset, rollover) <= study_day(ms.saturating_add(more), offset, rollover));
    }

    #[test]
    fn a_day_begins_where_the_moment_before_belongs_to_the_day_before(day in -100_000..100_000i32, offset in -840..840, rollover in 0..24u8) {
        let begins = Day(day).begins(offset, rollover);
        prop_assert_eq!(study_day(begins, offset, rollover), Day(day));
        prop_assert_eq!(study_day(begins - 1, offset, rollover), Day(day - 1));
    }

    #[test]
    fn dates_and_days_are_inverse(day in -1_000_000..1_000_000i32) {
        let (year, month, date) = Day(day).date();
        prop_assert_eq!(Day::of_date(year, month, date), Day(day));
    }
}

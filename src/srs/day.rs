//! Study days: which day a moment belongs to, for a learner who sits up late or travels.
//!
//! A study day begins at a rollover hour (04:00) of the local clock. The offset from UTC is stored with each
//! review, so a later change of zone or of summer time does not move old reviews to other days.

use std::fmt;

use serde::{Serialize, Serializer};

/// Milliseconds in a civil day.
const DAY_MS: i64 = 86_400_000;
/// Milliseconds in an hour.
const HOUR_MS: i64 = 3_600_000;
/// Milliseconds in a minute.
const MINUTE_MS: i64 = 60_000;
/// Days from 0000-03-01, where leap years are counted from, to 1970-01-01.
const EPOCH_FROM_MARCH_0: i64 = 719_468;
/// Days in 400 years, after which the calendar repeats.
const ERA_DAYS: i64 = 146_097;

/// A civil day, counted from 1970-01-01, which is day 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// A moment and how far the local clock was from UTC then.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Milliseconds since 1970-01-01 00:00 UTC.
    pub ms: i64,
    /// Minutes that the local clock is ahead of UTC; east is positive.
    pub offset: i32,
}

/// The study day of a moment: the local date, where a day begins at `rollover_hour` (0 to 23).
///
/// Moments beyond any calendar stay at its ends, so that a log edited by hand can do no harm.
#[must_use]
pub fn study_day(unix_ms: i64, offset_minutes: i32, rollover_hour: u8) -> Day {
    let local = unix_ms
        .saturating_add(i64::from(offset_minutes) * MINUTE_MS)
        .saturating_sub(i64::from(rollover_hour) * HOUR_MS);
    let day = local.div_euclid(DAY_MS);
    Day(day.clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32)
}

impl Moment {
    /// The study day it belongs to.
    #[must_use]
    pub fn day(self, rollover_hour: u8) -> Day {
        study_day(self.ms, self.offset, rollover_hour)
    }

    /// By its own clock, as ISO 8601 has it: `2026-11-22T13:00:05+01:00`.
    #[must_use]
    pub fn civil(self) -> String {
        let local = self.ms.saturating_add(i64::from(self.offset) * MINUTE_MS);
        let (year, month, day) = study_day(self.ms, self.offset, 0).date();
        let seconds = local.rem_euclid(DAY_MS) / 1000;
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let (sign, ahead) = (if self.offset < 0 { '-' } else { '+' }, self.offset.unsigned_abs());
        let zone = format!("{sign}{:02}:{:02}", ahead / 60, ahead % 60);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}")
    }

    /// The moment that lies `ms` milliseconds later on the same clock.
    #[must_use]
    pub fn plus(self, ms: i64) -> Self {
        Self { ms: self.ms.saturating_add(ms), ..self }
    }
}

impl Day {
    /// The day that lies `days` later; the last day there is, where that is beyond it.
    #[must_use]
    pub fn plus(self, days: u32) -> Self {
        Self(self.0.saturating_add_unsigned(days))
    }

    /// Whole days since `earlier`; 0 where that day is not earlier (the learner flew west, or the clock was set back).
    #[must_use]
    pub fn since(self, earlier: Self) -> u32 {
        i64::from(self.0).saturating_sub(i64::from(earlier.0)).max(0) as u32
    }

    /// When this study day begins, in milliseconds since 1970, where the local clock is `offset` minutes ahead.
    #[must_use]
    pub fn begins(self, offset: i32, rollover_hour: u8) -> i64 {
        i64::from(self.0) * DAY_MS + i64::from(rollover_hour) * HOUR_MS - i64::from(offset) * MINUTE_MS
    }

    /// Year, month (1 to 12) and day of the month (1 to 31), Gregorian.
    ///
    /// Howard Hinnant's `civil_from_days`: years begin in March, so that the leap day is their last.
    #[must_use]
    pub fn date(self) -> (i32, u8, u8) {
        let days = i64::from(self.0) + EPOCH_FROM_MARCH_0;
        let (era, day_of_era) = (days.div_euclid(ERA_DAYS), days.rem_euclid(ERA_DAYS));
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        (year as i32, month as u8, day as u8)
    }

    /// The day of a Gregorian date; the inverse of [`Day::date`].
    #[must_use]
    pub fn of_date(year: i32, month: u8, day: u8) -> Self {
        let year = i64::from(year) - i64::from(month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let month_from_march = (i64::from(month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        Self((era * ERA_DAYS + day_of_era - EPOCH_FROM_MARCH_0) as i32)
    }

    /// The day that reads like this: `2026-12-14`; `None` where the calendar has no such day.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let is_plain =
            |part: &str, digits| part.len() == digits && part.bytes().all(|it| it.is_ascii_digit());
        if !(is_plain(year, 4) && is_plain(month, 2) && is_plain(day, 2)) {
            return None;
        }
        let date = (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        let read = Self::of_date(date.0, date.1, date.2);
        // 30 February would be a day in March.
        (read.date() == date).then_some(read)
    }

    /// `Mon 14 Dec 2026`.
    #[must_use]
    pub fn in_words(self) -> String {
        let (year, _, day) = self.date();
        format!("{} {day} {} {year}", self.weekday(), self.month_name())
    }

    /// Three letters of the weekday's name.
    #[must_use]
    pub fn weekday(self) -> &'static str {
        // 1970-01-01 was a Thursday.
        ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][self.0.rem_euclid(7) as usize]
    }

    /// Three letters of the month's name.
    #[must_use]
    pub fn month_name(self) -> &'static str {
        const NAMES: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        NAMES[usize::from(self.date().1) - 1]
    }
}

impl Day {
    /// The Monday of its week; the day itself where it is one.
    #[must_use]
    pub fn monday(self) -> Self {
        // 1970-01-01 was a Thursday.
        Self(self.0.saturating_sub((i64::from(self.0) + 3).rem_euclid(7) as i32))
    }
}

impl fmt::Display for Day {
    /// `2026-11-22`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl Serialize for Day {
    /// As it prints.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

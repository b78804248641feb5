//! The settings of review by name: what each is for, what it may be, and how it is written.

use super::preferences::{Change, Preferences};
use crate::course::near;
use crate::srs::{Retention, Steps};

/// Lowest and highest desired retention: below, most is forgotten in between; above, reviews multiply.
const RETENTION: (f64, f64) = (0.70, 0.97);
/// Longest interval that FSRS-6 reckons with, in days: a hundred years.
const INTERVAL_DAYS_MAX: u32 = 36_500;
/// New cards a day, at most.
const NEW_MAX: u32 = 1_000;
/// Longest session, in minutes.
const MINUTES_MAX: u32 = 240;

/// One setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    Retention,
    Learning,
    Relearning,
    MaxInterval,
    Rollover,
    New,
    Minutes,
}

impl Setting {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 7] = [
        Self::Retention,
        Self::Learning,
        Self::Relearning,
        Self::MaxInterval,
        Self::Rollover,
        Self::New,
        Self::Minutes,
    ];

    /// The name by which it is set.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Retention => "retention",
            Self::Learning => "learning",
            Self::Relearning => "relearning",
            Self::MaxInterval => "max-interval",
            Self::Rollover => "rollover",
            Self::New => "new",
            Self::Minutes => "minutes",
        }
    }

    /// What it is for, in one sentence.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Retention => "The chance of recall at which a card is due; more is more work.",
            Self::Learning => "The waits of a new card before its first interval in days.",
            Self::Relearning => "The waits of a forgotten card before its next interval in days.",
            Self::MaxInterval => "The longest time until a card comes back.",
            Self::Rollover => "The hour of your clock at which a study day begins.",
            Self::New => "How many new cards are begun on a day, at most.",
            Self::Minutes => "How long a session is before it says that it is enough.",
        }
    }

    /// What it may be.
    #[must_use]
    pub fn range(self) -> String {
        match self {
            Self::Retention => format!("{:.2} to {:.2}", RETENTION.0, RETENTION.1),
            Self::Learning | Self::Relearning => {
                "none, or at most 10 growing waits under 24h, such as 1m,10m".to_owned()
            }
            Self::MaxInterval => format!("1d to {INTERVAL_DAYS_MAX}d"),
            Self::Rollover => "0 to 23".to_owned(),
            Self::New => format!("0 to {NEW_MAX}"),
            Self::Minutes => format!("1 to {MINUTES_MAX}"),
        }
    }

    /// From when a change of it counts.
    #[must_use]
    pub const fn holds(self) -> &'static str {
        match self {
            Self::Retention | Self::MaxInterval => "from the next grade on; dates that were given stay",
            Self::Learning | Self::Relearning => "from the next grade on; waits that have begun stay",
            Self::Rollover => "from now on; answers stay on the days on which they were given",
            Self::New => "from today on",
            Self::Minutes => "from the next card on",
        }
    }

    /// Its value, as it is written to set it.
    #[must_use]
    pub fn value(self, preferences: &Preferences) -> String {
        let schedule = &preferences.schedule;
        match self {
            Self::Retention => retention_text(schedule.retention),
            Self::Learning => steps_text(&schedule.learning),
            Self::Relearning => steps_text(&schedule.relearning),
            Self::MaxInterval => format!("{}d", schedule.max_interval_days),
            Self::Rollover => schedule.rollover_hour.to_string(),
            Self::New => preferences.new_per_day.to_string(),
            Self::Minutes => preferences.time_box_minutes.to_string(),
        }
    }

    /// The setting of `KEY=VALUE`, and the value as it was written.
    ///
    /// # Errors
    ///
    /// One sentence: that this is no assignment, or which keys there are.
    pub fn read(text: &str) -> Result<(Self, &str), String> {
        let Some((key, value)) = text.split_once('=') else {
            return Err(format!("'{text}' sets nothing; write it as KEY=VALUE, such as new=12"));
        };
        let (key, value) = (key.trim(), value.trim());
        if key == "deadline" {
            return Err("a deadline has an option of its own; give --deadline 2026-12-14, or none".to_owned());
        }
        let keys = || Self::ALL.map(Self::key);
        let found = Self::ALL.into_iter().find(|setting| setting.key() == key);
        found.map(|setting| (setting, value)).ok_or_else(|| {
            let hint = near::nearest(key, keys()).map_or_else(
                || format!("there are {}", keys().join(", ")),
                |near| format!("did you mean '{near}'?"),
            );
            format!("there is no setting '{key}'; {hint}")
        })
    }

    /// Adds to a change that this is set to `value`.
    ///
    /// # Errors
    ///
    /// One sentence: what is wrong with the value and what would be right.
    pub fn set(self, value: &str, change: &mut Change) -> Result<(), String> {
        let done = match self {
            Self::Retention => retention(value).map(|it| change.retention = Some(it)),
            Self::Learning => steps(value).map(|it| change.learning = Some(it)),
            Self::Relearning => steps(value).map(|it| change.relearning = Some(it)),
            Self::MaxInterval => {
                let days = value.strip_suffix('d').unwrap_or(value);
                whole(days, 1, INTERVAL_DAYS_MAX).map(|it| change.max_interval_days = Some(it))
            }
            Self::Rollover => whole(value, 0, 23).map(|it| change.rollover_hour = u8::try_from(it).ok()),
            Self::New => whole(value, 0, NEW_MAX).map(|it| change.new_per_day = Some(it)),
            Self::Minutes => whole(value, 1, MINUTES_MAX).map(|it| change.time_box_minutes = Some(it)),
        };
        done.ok_or_else(|| format!("{} cannot be '{value}'; give {}", self.key(), self.range()))
    }
}

/// A share of 1, in range.
fn retention(text: &str) -> Option<Retention> {
    let share: f64 = text.parse().ok()?;
    (RETENTION.0..=RETENTION.1).contains(&share).then(|| Retention::clamped(share))
}

/// `0.90`, with a third digit where there is one.
fn retention_text(retention: Retention) -> String {
    let text = format!("{:.3}", retention.as_share());
    text.strip_suffix('0').unwrap_or(&text).to_owned()
}

/// `none`, or waits with their units and commas between them.
fn steps(text: &str) -> Option<Steps> {
    if text == "none" {
        return Steps::new(&[]);
    }
    let waits: Option<Vec<i64>> = text.split(',').map(|wait| wait_ms(wait.trim())).collect();
    Steps::new(&waits?)
}

/// `30s`, `10m` or `2h` in milliseconds. The log keeps whole seconds.
fn wait_ms(text: &str) -> Option<i64> {
    let (number, unit_ms) = [("s", 1_000), ("m", 60_000), ("h", 3_600_000)]
        .into_iter()
        .find_map(|(unit, ms)| Some((text.strip_suffix(unit)?, ms)))?;
    i64::from(number.parse::<u32>().ok()?).checked_mul(unit_ms)
}

fn steps_text(steps: &Steps) -> String {
    let wait = |ms: &i64| match ms / 1000 {
        seconds if seconds % 3600 == 0 => format!("{}h", seconds / 3600),
        seconds if seconds % 60 == 0 => format!("{}m", seconds / 60),
        seconds => format!("{seconds}s"),
    };
    let waits: Vec<String> = steps.waits_ms().iter().map(wait).collect();
    if waits.is_empty() { "none".to_owned() } else { waits.join(",") }
}

/// A whole number in a range, both ends in it.
fn whole(text: &str, from: u32, to: u32) -> Option<u32> {
    text.parse().ok().filter(|number| (from..=to).contains(number))
}

//! Simulated time: whole nanoseconds from the start of a run. Nothing is rounded to a step.

use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

const NANOS_PER_MILLI: u64 = 1_000_000;
const NANOS_PER_SECOND: u64 = 1_000_000_000;

/// A moment of a run, in nanoseconds from its start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimTime(u64);

/// A length of simulated time, in nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SimSpan(u64);

impl SimTime {
    pub const ZERO: Self = Self(0);
    /// Later than anything that happens.
    pub const MAX: Self = Self(u64::MAX);

    #[must_use]
    pub const fn from_nanos(nanos: u64) -> Self {
        Self(nanos)
    }

    #[must_use]
    pub const fn nanos(self) -> u64 {
        self.0
    }

    /// Whole milliseconds, truncated.
    #[must_use]
    pub const fn millis(self) -> u64 {
        self.0 / NANOS_PER_MILLI
    }

    /// Whole seconds, truncated.
    #[must_use]
    pub const fn seconds(self) -> u64 {
        self.0 / NANOS_PER_SECOND
    }

    /// The span since an earlier moment; zero if that moment is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> SimSpan {
        SimSpan(self.0.saturating_sub(earlier.0))
    }
}

impl SimSpan {
    pub const ZERO: Self = Self(0);

    #[must_use]
    pub const fn from_nanos(nanos: u64) -> Self {
        Self(nanos)
    }

    #[must_use]
    pub const fn from_micros(micros: u64) -> Self {
        Self(micros.saturating_mul(1_000))
    }

    #[must_use]
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis.saturating_mul(NANOS_PER_MILLI))
    }

    #[must_use]
    pub const fn from_seconds(seconds: u64) -> Self {
        Self(seconds.saturating_mul(NANOS_PER_SECOND))
    }

    #[must_use]
    pub const fn nanos(self) -> u64 {
        self.0
    }

    /// Milliseconds with their fraction, for people.
    #[must_use]
    pub fn as_millis_f64(self) -> f64 {
        self.0 as f64 / NANOS_PER_MILLI as f64
    }

    /// `self` `factor` times; saturates.
    #[must_use]
    pub const fn times(self, factor: u64) -> Self {
        Self(self.0.saturating_mul(factor))
    }
}

impl Add<SimSpan> for SimTime {
    type Output = Self;
    /// Saturates at [`SimTime::MAX`], which no run reaches: 584 years.
    fn add(self, span: SimSpan) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Add for SimSpan {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for SimSpan {
    type Output = Self;
    /// Stops at zero.
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for SimTime {
    /// `72.400 s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03} s", self.seconds(), self.millis() % 1000)
    }
}

impl fmt::Display for SimSpan {
    /// A SPAN that parses back to the same length: `250ms`, `6.5ms`, `1m30s`, `24h`. What is below a minute is one
    /// decimal number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == 0 {
            return f.write_str("0s");
        }
        let mut rest = self.0;
        for (unit, nanos) in UNITS {
            let whole = rest / nanos;
            rest %= nanos;
            if whole == 0 {
                continue;
            }
            if nanos > NANOS_PER_SECOND {
                write!(f, "{whole}{unit}")?;
                continue;
            }
            let digits = nanos.ilog10() as usize;
            let fraction = format!(".{rest:0digits$}");
            let fraction = fraction.trim_end_matches(['0', '.']);
            return write!(f, "{whole}{fraction}{unit}");
        }
        Ok(())
    }
}

/// Units of a SPAN, largest first.
const UNITS: [(&str, u64); 6] = [
    ("h", 3600 * NANOS_PER_SECOND),
    ("m", 60 * NANOS_PER_SECOND),
    ("s", NANOS_PER_SECOND),
    ("ms", NANOS_PER_MILLI),
    ("us", 1_000),
    ("ns", 1),
];

/// Why a SPAN could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    #[error("'{0}' is not a span of time; write a number and a unit, such as 250ms, 1.5s, 1m30s or 24h")]
    Unreadable(String),
    /// More nanoseconds than 64 bits hold.
    #[error("'{0}' is longer than the 584 years that can be counted; write a shorter span, such as 24h")]
    TooLong(String),
}

impl FromStr for SimSpan {
    type Err = SpanError;

    /// A decimal number and a unit, or several joined: `250ms`, `1.5s`, `1m30s`, `24h`.
    fn from_str(text: &str) -> Result<Self, SpanError> {
        let wrong = || SpanError::Unreadable(text.to_owned());
        let too_long = || SpanError::TooLong(text.to_owned());
        let mut rest = text;
        let mut total: u64 = 0;
        if rest.is_empty() {
            return Err(wrong());
        }
        while !rest.is_empty() {
            let number_end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').ok_or_else(wrong)?;
            let (number, after) = rest.split_at(number_end);
            let unit_end = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
            let (unit, next) = after.split_at(unit_end);
            let scale = UNITS.iter().find(|(name, _)| *name == unit).ok_or_else(wrong)?.1;
            if !is_decimal(number) {
                return Err(wrong());
            }
            total = scaled(number, scale).and_then(|nanos| total.checked_add(nanos)).ok_or_else(too_long)?;
            rest = next;
        }
        Ok(Self(total))
    }
}

/// Digits, and if there is a point, digits on both sides of it.
fn is_decimal(number: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    number.split_once('.').map_or(digits(number), |(whole, fraction)| digits(whole) && digits(fraction))
}

/// `number`, a decimal, times `scale`, exactly; what is finer than 1 ns is cut off. `None` if that is too much.
fn scaled(number: &str, scale: u64) -> Option<u64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let mut nanos = whole.parse::<u64>().ok()?.checked_mul(scale)?;
    let mut place = scale;
    for digit in fraction.chars() {
        place /= 10;
        nanos = nanos.checked_add(u64::from(digit.to_digit(10)?) * place)?;
    }
    Some(nanos)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_parse_and_print_the_same_length() {
        for (text, millis) in
            [("250ms", 250), ("1.5s", 1500), ("90s", 90_000), ("1m30s", 90_000), ("24h", 86_400_000)]
        {
            let span: SimSpan = text.parse().unwrap();
            assert_eq!(span, SimSpan::from_millis(millis), "{text}");
            assert_eq!(span.to_string().parse::<SimSpan>().unwrap(), span, "{text}");
        }
    }

    #[test]
    fn a_span_is_printed_as_one_would_write_it() {
        for text in ["6.5ms", "1.5s", "1m30s", "24h", "1h250ms", "100ms", "10us", "1.000000001s", "2m", "7ns"]
        {
            assert_eq!(text.parse::<SimSpan>().unwrap().to_string(), text);
        }
        for nanos in [1, 10, 999, 1_000, 1_500, 1_000_001, 59_999_999_999, 60_000_000_001, u64::MAX] {
            let span = SimSpan::from_nanos(nanos);
            assert_eq!(span.to_string().parse(), Ok(span), "{span}");
        }
    }

    #[test]
    fn what_is_no_span_is_refused() {
        for text in ["", "s", "10", "1.s", ".5s", "1.2.3s", "5 s", "5d", "-1s", "99999999999999h"] {
            assert!(text.parse::<SimSpan>().is_err(), "{text:?} was taken");
        }
    }
}

//! One priority level as people write it: `2+1/4-1` is two healthy and one degraded of four, one of them left out.

use std::fmt;
use std::str::FromStr;

/// The hosts of one priority, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// All hosts of the level, whatever their health.
    pub total: u32,
    pub healthy: u32,
    pub degraded: u32,
    /// Hosts that do not count at all, such as those not warmed up yet. Istio has none.
    pub excluded: u32,
}

/// Why a level could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LevelError {
    #[error(
        "'{text}' is not a level; write healthy/total, such as 2/4, with +degraded and -excluded where needed: 2+1/4-1"
    )]
    Form { text: String },
    #[error(
        "level '{text}' has {available} healthy and degraded hosts, but only {counted} that count; the first number must not be larger"
    )]
    TooMany { text: String, available: u64, counted: u32 },
    #[error("level '{text}' leaves out {excluded} hosts of {total}; at most all can be left out")]
    Excluded { text: String, excluded: u32, total: u32 },
}

impl FromStr for Level {
    type Err = LevelError;

    /// `healthy[+degraded]/total[-excluded]`.
    fn from_str(text: &str) -> Result<Self, LevelError> {
        let level = parse(text).ok_or_else(|| LevelError::Form { text: text.to_owned() })?;
        let Some(counted) = level.total.checked_sub(level.excluded) else {
            return Err(LevelError::Excluded {
                text: text.to_owned(),
                excluded: level.excluded,
                total: level.total,
            });
        };
        let available = u64::from(level.healthy) + u64::from(level.degraded);
        if available > u64::from(counted) {
            return Err(LevelError::TooMany { text: text.to_owned(), available, counted });
        }
        Ok(level)
    }
}

fn parse(text: &str) -> Option<Level> {
    let (available, hosts) = text.split_once('/')?;
    let (healthy, degraded) = available.split_once('+').unwrap_or((available, "0"));
    let (total, excluded) = hosts.split_once('-').unwrap_or((hosts, "0"));
    Some(Level {
        total: number(total)?,
        healthy: number(healthy)?,
        degraded: number(degraded)?,
        excluded: number(excluded)?,
    })
}

/// Digits alone: `u32::from_str` would also take a sign.
fn number(text: &str) -> Option<u32> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.healthy)?;
        if self.degraded > 0 {
            write!(f, "+{}", self.degraded)?;
        }
        write!(f, "/{}", self.total)?;
        if self.excluded > 0 {
            write!(f, "-{}", self.excluded)?;
        }
        Ok(())
    }
}

//! The three ways in which the lesson joins two clusters.

use std::fmt;
use std::str::FromStr;

use crate::sim::near;

/// How the clusters of a scenario are joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pattern {
    /// Pattern 1, dual single clusters: each region alone, users reach one by DNS, only data layers talk across.
    Dual,
    /// Pattern 2, federation: shared names and endpoints, no proxies.
    Federation,
    /// Pattern 3, a service mesh over both.
    #[default]
    Mesh,
}

impl Pattern {
    /// All, in the lesson's order.
    pub const ALL: [Self; 3] = [Self::Dual, Self::Federation, Self::Mesh];

    /// As it is written after `--pattern`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dual => "dual",
            Self::Federation => "federation",
            Self::Mesh => "mesh",
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Pattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|pattern| pattern.name() == text).ok_or_else(|| {
            let names = Self::ALL.map(Self::name);
            format!("there is no pattern '{text}'; there is {}{}", names.join(", "), near::hint(text, names))
        })
    }
}

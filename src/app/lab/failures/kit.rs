//! What one breaks with: the list, how long the next failure lasts, what is armed, and what was used last.

use std::collections::BTreeMap;

use super::list::List;
use super::{Break, Kind};

/// How long a failure can last; the first is until it is healed.
const LASTS: [Option<&str>; 4] = [None, Some("5s"), Some("20s"), Some("60s")];

/// All of that.
#[derive(Clone, Debug, Default)]
pub struct Kit {
    pub list: List,
    /// An index into [`LASTS`].
    lasts: usize,
    /// Set up and not done, in the order in which they were armed.
    pub armed: Vec<Break>,
    /// The effect that was last used on a target of this kind.
    used: BTreeMap<Kind, String>,
}

impl Kit {
    /// How long the next failure lasts, as a SPAN; `None` until it is healed.
    #[must_use]
    pub const fn lasts(&self) -> Option<&'static str> {
        LASTS[self.lasts]
    }

    /// The next length.
    pub const fn turn_lasts(&mut self) {
        self.lasts = (self.lasts + 1) % LASTS.len();
    }

    /// Arms it, or takes it from what is armed; says whether it is armed now.
    pub fn arm(&mut self, failure: Break) -> bool {
        let before = self.armed.len();
        self.armed.retain(|armed| !armed.is_same(&failure));
        let arms = self.armed.len() == before;
        if arms {
            self.armed.push(failure);
        }
        arms
    }

    /// It has been done: it is armed no more, and is what one uses on such a target from now on.
    pub fn note(&mut self, failure: &Break) {
        self.armed.retain(|armed| !armed.is_same(failure));
        self.used.insert(failure.kind, failure.done.effect().to_string());
    }

    /// What a key does to a target of this kind: what was last done to one, or the usual.
    #[must_use]
    pub fn usual(&self, kind: Kind) -> &str {
        let usual = match kind {
            Kind::Pod | Kind::Service | Kind::FirstPods => "503",
            Kind::DynamoDb => "lag=2s",
            Kind::Users => "surge=3",
            Kind::Link | Kind::OneWay => "cut",
            Kind::Region | Kind::Zone | Kind::Gateway | Kind::Istiod | Kind::Dns | Kind::Aurora => "down",
        };
        self.used.get(&kind).map_or(usual, String::as_str)
    }
}

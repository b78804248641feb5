//! Every failure there is: what it does, how one sees it in a real cluster, and the words that do it.
//!
//! ```text
//!  sim's targets and their effects ──► list ──► Break ──► question, oracle, run
//!            table: what each does        selection, panel ─┘
//! ```

mod act;
pub mod board;
mod card;
mod deed;
mod docs;
mod kit;
mod list;
mod table;
mod values;

use crate::sim::{Effect, Intervention, Part, Scenario, SimTime, Target};

pub use board::Board;
pub use card::card_for;
pub use deed::{deed, spaced};
pub use docs::markdown;
pub use kit::Kit;

/// The kinds of target, in the order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Region,
    Zone,
    Service,
    FirstPods,
    Pod,
    Gateway,
    Istiod,
    Dns,
    Link,
    OneWay,
    Aurora,
    DynamoDb,
    Users,
}

/// One failure of a mesh, as it can be done to it at any moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    pub kind: Kind,
    /// What is done; its moment is that of the deed.
    pub done: Intervention,
}

impl Kind {
    pub const ALL: [Self; 13] = [
        Self::Region,
        Self::Zone,
        Self::Service,
        Self::FirstPods,
        Self::Pod,
        Self::Gateway,
        Self::Istiod,
        Self::Dns,
        Self::Link,
        Self::OneWay,
        Self::Aurora,
        Self::DynamoDb,
        Self::Users,
    ];

    /// What a target is; `None` for `all`, which nothing breaks.
    #[must_use]
    pub fn of(target: &Target, scenario: &Scenario) -> Option<Self> {
        Some(match target {
            Target::Place(name) if scenario.regions().any(|region| region == name) => Self::Region,
            Target::Place(_) => Self::Zone,
            Target::Service { .. } => Self::Service,
            Target::FirstPods { .. } => Self::FirstPods,
            Target::Pod { .. } => Self::Pod,
            Target::Part { part: Part::Gateway, .. } => Self::Gateway,
            Target::Part { part: Part::Istiod, .. } => Self::Istiod,
            Target::Part { part: Part::Dns, .. } => Self::Dns,
            Target::Link { .. } => Self::Link,
            Target::OneWay { .. } => Self::OneWay,
            Target::Aurora => Self::Aurora,
            Target::DynamoDb => Self::DynamoDb,
            Target::Users { .. } => Self::Users,
            Target::All => return None,
        })
    }

    /// What it is called in the list and in the documentation.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Region => "a region",
            Self::Zone => "a zone",
            Self::Service => "a service",
            Self::FirstPods => "its first pods",
            Self::Pod => "one pod",
            Self::Gateway => "a gateway",
            Self::Istiod => "istiod",
            Self::Dns => "CoreDNS",
            Self::Link => "a link",
            Self::OneWay => "one direction of a link",
            Self::Aurora => "Aurora",
            Self::DynamoDb => "DynamoDB",
            Self::Users => "users",
        }
    }

    /// What the log of predictions calls it; never changes.
    const fn slug(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Zone => "zone",
            Self::Service => "service",
            Self::FirstPods => "first-pods",
            Self::Pod => "pod",
            Self::Gateway => "gateway",
            Self::Istiod => "istiod",
            Self::Dns => "dns",
            Self::Link => "link",
            Self::OneWay => "one-way",
            Self::Aurora => "aurora",
            Self::DynamoDb => "dynamodb",
            Self::Users => "users",
        }
    }
}

impl Break {
    /// Reads `TARGET EFFECT [for SPAN]`; an error is one sentence.
    pub fn read(words: &str, scenario: &Scenario) -> Result<Self, String> {
        let done = Intervention::parse_now(words, SimTime::ZERO).map_err(|error| error.to_string())?;
        scenario.check(&done).map_err(|error| error.to_string())?;
        let kind = Kind::of(done.target(), scenario).filter(|_| !done.is_heal());
        kind.map(|kind| Self { kind, done }).ok_or_else(|| format!("'{words}' breaks nothing"))
    }

    /// The same for so long, where its effect is a layer that can end: a promotion and a rolling restart are deeds.
    #[must_use]
    pub fn lasting(self, span: Option<&str>, scenario: &Scenario) -> Self {
        let ends = !matches!(self.done.effect(), Effect::Promote(_) | Effect::Restart);
        let words = span.filter(|_| ends).map(|span| format!("{} for {span}", self.words()));
        words.and_then(|words| Self::read(&words, scenario).ok()).unwrap_or(self)
    }

    /// `TARGET EFFECT [for SPAN]`.
    #[must_use]
    pub fn words(&self) -> String {
        self.done.words()
    }

    /// What mends it, and whatever else is wrong with the same target.
    #[must_use]
    pub fn heal(&self) -> String {
        format!("{} heal", self.done.target())
    }

    /// The same target and effect, however long.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.done.effect() == other.done.effect() && self.done.target().is_same(other.done.target())
    }

    /// The effect's word without its value: `errors`.
    #[must_use]
    pub fn effect_name(&self) -> String {
        bare(&self.done.effect().to_string()).to_owned()
    }

    /// What the log of predictions calls its kind; never changes.
    #[must_use]
    pub fn name(&self, scenario: &Scenario) -> String {
        let effect = self.effect_name();
        let half = match self.done.target() {
            Target::FirstPods { region, service, count } => *count == half_of(scenario.pods(region, service)),
            _ => false,
        };
        match (self.kind, effect.as_str()) {
            (Kind::FirstPods, "503" | "refuse") if half => format!("half-{effect}"),
            (Kind::FirstPods, "notready") if half => "half-not-ready".to_owned(),
            (Kind::Service, "503") => "all-503".to_owned(),
            (Kind::Service, "errors" | "slow" | "crash") | (Kind::Link, "cut") => effect,
            (kind, _) => format!("{}-{effect}", kind.slug()),
        }
    }
}

/// Half of so many pods, one at least.
#[must_use]
pub const fn half_of(pods: u32) -> u32 {
    if pods < 2 { 1 } else { pods / 2 }
}

/// An effect's word without its value.
fn bare(effect: &str) -> &str {
    effect.split('=').next().unwrap_or(effect)
}

//! What somebody does to a mesh: `TIME TARGET EFFECT [for SPAN] [every SPAN]`.
//!
//! Every effect is a layer on its target. `for` removes that layer when the span ends, `every` repeats it,
//! `heal` removes all layers on exactly that target and `all heal` every layer there is. An intervention
//! takes effect after all events of its instant; those of one instant in the order given.

mod effects;
mod meant;
mod parse;

use std::fmt::{self, Write as _};

use crate::sim::rng::Ratio;
use crate::sim::time::{SimSpan, SimTime};

pub use parse::InterventionError;

/// One timed change. Parses from its text and prints it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intervention {
    at: SimTime,
    target: Target,
    effect: Effect,
    lasts: Option<SimSpan>,
    every: Option<SimSpan>,
}

/// What an intervention changes, by names that a scenario may or may not have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A region or a zone: `us-east-1`, `us-east-1a`. Which of the two, only the scenario knows.
    Place(String),
    /// All pods of a service in a region: `us-east-1/payment`.
    Service { region: String, service: String },
    /// The first so many of them: `us-east-1/payment:2`.
    FirstPods { region: String, service: String, count: u32 },
    /// One pod, counted from 1: `us-east-1/payment-3`.
    Pod { region: String, service: String, number: u32 },
    /// A part of the region's control plane or network: `us-east-1/istiod`.
    Part { region: String, part: Part },
    /// A link, both ways: `us-east-1~us-west-2`.
    Link { one: String, other: String },
    /// One direction of a link: `us-east-1>us-west-2`.
    OneWay { from: String, to: String },
    /// The relational store.
    Aurora,
    /// The key-value store.
    DynamoDb,
    /// The users of a region: `us-east-1/users`.
    Users { region: String },
    /// Everything: takes only `heal`.
    All,
}

/// Parts of a region that are no service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    Gateway,
    Istiod,
    Dns,
}

/// What happens to the target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Packets to it are lost.
    Down,
    /// The links of a region are cut; itself it is fine.
    Isolate,
    /// All layers on exactly this target go away.
    Heal,
    /// Answers every call with 503.
    Unavailable,
    /// Answers this share of calls with 503.
    Errors(Ratio),
    /// Answers, or passes packets, this much later.
    Slow(SimSpan),
    /// Refuses connections at once.
    Refuse,
    /// Accepts and never answers.
    Blackhole,
    /// Fails its readiness probe and still serves.
    NotReady,
    /// Resets what is open, refuses connections, and is restarted.
    Crash,
    /// A rolling restart, one pod at a time.
    Restart,
    /// So many pods from now on.
    Scale(u32),
    /// The other cluster's remote secret is gone.
    SecretLost,
    /// No packet passes.
    Cut,
    /// This share of tries is lost.
    Loss(Ratio),
    /// This region becomes the writer.
    Promote(String),
    /// Replication lags by this much.
    Lag(SimSpan),
    /// Users come so many times as often.
    Surge(Factor),
}

/// A decimal factor with up to three decimals: `3`, `1.5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Factor {
    thousandths: u32,
}

impl Factor {
    /// Times 1000.
    pub const fn thousandths(self) -> u32 {
        self.thousandths
    }
}

impl Target {
    /// The effects that a target of this kind takes, as they are written: `errors=30/100`. Which of them this or that
    /// scenario allows, `Scenario::check` says.
    pub fn effects(&self) -> &'static [&'static str] {
        effects::taken(self).effects
    }
}

impl Intervention {
    /// When it takes effect: after all events of this instant.
    pub fn at(&self) -> SimTime {
        self.at
    }

    /// The same at another moment.
    #[must_use]
    pub fn moved_to(mut self, at: SimTime) -> Self {
        self.at = at;
        self
    }

    /// What it changes.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// What happens to the target.
    pub fn effect(&self) -> &Effect {
        &self.effect
    }

    /// How long the layer stays, if not until it is healed.
    pub fn lasts(&self) -> Option<SimSpan> {
        self.lasts
    }

    /// How often it comes again, counted from start to start.
    pub fn every(&self) -> Option<SimSpan> {
        self.every
    }

    /// Heals rather than breaks.
    pub fn is_heal(&self) -> bool {
        self.effect == Effect::Heal
    }

    /// The text without its time, as somebody would type it now.
    pub fn words(&self) -> String {
        let mut words = format!("{} {}", self.target, self.effect);
        // Writing to a text cannot fail.
        if let Some(span) = self.lasts {
            let _ = write!(words, " for {span}");
        }
        if let Some(span) = self.every {
            let _ = write!(words, " every {span}");
        }
        words
    }
}

impl fmt::Display for Intervention {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", SimSpan::from_nanos(self.at.nanos()), self.words())
    }
}

impl Target {
    /// Names the same thing: a link has no first and second end.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Link { one, other: two }, Self::Link { one: three, other: four }) => {
                (one, two) == (three, four) || (one, two) == (four, three)
            }
            _ => self == other,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Place(name) => f.write_str(name),
            Self::Service { region, service } => write!(f, "{region}/{service}"),
            Self::FirstPods { region, service, count } => write!(f, "{region}/{service}:{count}"),
            Self::Pod { region, service, number } => write!(f, "{region}/{service}-{number}"),
            Self::Part { region, part } => write!(f, "{region}/{}", part.name()),
            Self::Link { one, other } => write!(f, "{one}~{other}"),
            Self::OneWay { from, to } => write!(f, "{from}>{to}"),
            Self::Aurora => f.write_str("aurora"),
            Self::DynamoDb => f.write_str("dynamodb"),
            Self::Users { region } => write!(f, "{region}/users"),
            Self::All => f.write_str("all"),
        }
    }
}

impl Part {
    /// As it is written in a target.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gateway => "gateway",
            Self::Istiod => "istiod",
            Self::Dns => "dns",
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Down => f.write_str("down"),
            Self::Isolate => f.write_str("isolate"),
            Self::Heal => f.write_str("heal"),
            Self::Unavailable => f.write_str("503"),
            Self::Errors(share) => write!(f, "errors={share}"),
            Self::Slow(span) => write!(f, "slow={span}"),
            Self::Refuse => f.write_str("refuse"),
            Self::Blackhole => f.write_str("blackhole"),
            Self::NotReady => f.write_str("notready"),
            Self::Crash => f.write_str("crash"),
            Self::Restart => f.write_str("restart"),
            Self::Scale(pods) => write!(f, "scale={pods}"),
            Self::SecretLost => f.write_str("secret-lost"),
            Self::Cut => f.write_str("cut"),
            Self::Loss(share) => write!(f, "loss={share}"),
            Self::Promote(region) => write!(f, "promote={region}"),
            Self::Lag(span) => write!(f, "lag={span}"),
            Self::Surge(factor) => write!(f, "surge={factor}"),
        }
    }
}

impl fmt::Display for Factor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.thousandths / 1000, self.thousandths % 1000);
        if rest == 0 {
            return write!(f, "{whole}");
        }
        write!(f, "{whole}.{}", format!("{rest:03}").trim_end_matches('0'))
    }
}

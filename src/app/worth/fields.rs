//! The figures one can change: options of `eastwest calc cost`, each with its words and its steps.

use super::steps::Steps;

/// One figure.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// The option of `eastwest calc cost`.
    pub name: &'static str,
    /// In few columns.
    pub label: &'static str,
    /// As one says it.
    pub spoken: &'static str,
    /// One sentence.
    pub about: &'static str,
    /// Where its value is from while the learner sets none.
    pub origin: &'static str,
    /// What a bare number that is typed means.
    pub unit: &'static str,
    pub(super) steps: Steps,
}

const SHARES: &[&str] = &["0%", "5%", "10%", "25%", "50%", "75%", "100%"];

const fn field(
    name: &'static str,
    (label, spoken): (&'static str, &'static str),
    about: &'static str,
    (origin, unit): (&'static str, &'static str),
    steps: Steps,
) -> Field {
    Field { name, label, spoken, about, origin, unit, steps }
}

/// All of them, in the order they are listed.
pub const FIELDS: [Field; 14] = [
    field(
        "standby",
        ("regions", "regions"),
        "hot: users come to every region. warm: to the first; the others stand by with fewer pods.",
        ("default", ""),
        Steps::Of(&["hot", "warm"]),
    ),
    field(
        "warm-pods",
        ("kept warm", "pods that a standby keeps"),
        "The share of its pods that a standby runs; 0 % takes over nothing.",
        ("default", "%"),
        Steps::Of(SHARES),
    ),
    field(
        "scale-up",
        ("scales up in", "time to scale up"),
        "How long a standby is short of pods after it took over.",
        ("default", "s"),
        Steps::Of(&["0s", "10s", "25s", "1m", "2m", "5m", "10m", "30m"]),
    ),
    field(
        "rps",
        ("requests/s", "requests a second"),
        "Users' requests a second, over all regions.",
        ("scenario", ""),
        Steps::Ladder(10_000_000),
    ),
    field(
        "bytes",
        ("bytes a request", "bytes a request"),
        "Bytes that the calls of one request move, answers included.",
        ("scenario", ""),
        Steps::Ladder(1_000_000_000),
    ),
    field(
        "remote-share",
        ("flat pool crosses", "share that crosses in a flat pool"),
        "The share of calls that crosses where nothing keeps them near.",
        ("modeled", "%"),
        Steps::Of(SHARES),
    ),
    field(
        "pods",
        ("pods", "pods"),
        "Pods over all services and regions, were all regions hot.",
        ("scenario", ""),
        Steps::Ladder(1_000_000),
    ),
    field(
        "pod-cpu",
        ("vCPUs a pod", "vCPUs a pod"),
        "The size of a pod: the sidecar's 100m are a share of this.",
        ("scenario", ""),
        Steps::Of(&["100m", "200m", "250m", "500m", "667m", "1", "2", "4", "8", "16"]),
    ),
    field(
        "overhead",
        ("sidecar overhead", "sidecar overhead"),
        "Sidecars as a share of the pods' cost, instead of what they reserve and use.",
        ("modeled", "%"),
        Steps::Of(&["0%", "5%", "10%", "15%", "18%", "20%", "25%", "30%", "50%", "100%"]),
    ),
    field(
        "incidents",
        ("incidents a month", "incidents a month"),
        "A service fails in a region that serves, while its front door looks well.",
        ("default", ""),
        Steps::Ladder(10_000),
    ),
    field(
        "incident-lasts",
        ("each lasts", "length of an incident"),
        "How long one lasts if nothing routes around it.",
        ("default", "m"),
        Steps::Of(&["30s", "1m", "2m", "5m", "10m", "15m", "30m", "1h", "2h", "4h"]),
    ),
    field(
        "check",
        ("health check", "health check"),
        "shallow asks the front door alone; deep sends a request through all services.",
        ("default", ""),
        Steps::Of(&["shallow", "deep"]),
    ),
    field(
        "outage-usd-hour",
        ("outage hour, $", "dollars that an hour of outage costs"),
        "What an hour costs you in which every request fails.",
        ("default", ""),
        Steps::Ladder(100_000_000),
    ),
    field(
        "slo",
        ("SLO, %", "SLO in percent of time"),
        "The percent of time in which all must go well.",
        ("", ""),
        Steps::Of(&["99", "99.5", "99.9", "99.95", "99.99", "99.995", "99.999", "99.9999"]),
    ),
];

/// A price by its key in the asset file.
const PRICE: Field = field("", ("", ""), "", ("shipped", ""), Steps::Dollars);

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    Figure(&'static Field),
    /// Opens and closes the rows of prices.
    Prices,
    Price(&'static str),
}

impl Row {
    /// The option, or the price's key; nothing for what has no value.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Figure(field) => Some(field.name),
            Self::Prices => None,
            Self::Price(key) => Some(key),
        }
    }

    /// In few columns.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Figure(field) => field.label.to_owned(),
            Self::Prices => "prices, $".to_owned(),
            Self::Price(key) => key.replace(".usd_per_", ": ").replace('_', " "),
        }
    }

    /// As one says it.
    #[must_use]
    pub fn spoken(self) -> String {
        match self {
            Self::Figure(field) => field.spoken.to_owned(),
            Self::Prices => "prices in dollars".to_owned(),
            Self::Price(key) => {
                format!("price of {}", key.replace(".usd_per_", ", dollars per ").replace('_', " "))
            }
        }
    }

    pub(super) const fn field(self) -> Option<&'static Field> {
        match self {
            Self::Figure(field) => Some(field),
            Self::Prices => None,
            Self::Price(_) => Some(&PRICE),
        }
    }
}

//! The rules that can be designed in the lab, as one table: each with what it may be, what it does, and the line that
//! it is in a cluster.
//!
//! Istio's names are those of its API (`networking.istio.io/v1`), Linkerd's those of its annotations, and Route 53's
//! those of `CloudFormation`.

mod clusters;
mod destination;
mod dns;
mod route;

use crate::sim::Scenario;

/// Groups of fields, in the order they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Locality,
    Outlier,
    Retries,
    Pool,
    Balance,
    Mesh,
    Linkerd,
    Dns,
    Others,
}

/// One rule.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub group: Group,
    /// The key of the scenario.
    pub key: &'static str,
    /// What it is called where it is set, in few columns.
    pub name: &'static str,
    pub values: Values,
    /// One sentence: what it does.
    pub says: &'static str,
    /// The object whose field it is.
    pub object: &'static str,
    pub line: Line,
}

/// What a field may be. Others than those offered can be typed.
#[derive(Clone, Copy, Debug)]
pub enum Values {
    /// One of these, in a circle.
    Choices(&'static [&'static str]),
    /// Sensible ones from low to high, and the range in words.
    Steps(&'static [&'static str], &'static str),
    /// `none`, or from each region to the next one.
    Regions,
}

/// How the value is written in a cluster.
#[derive(Clone, Copy, Debug)]
pub enum Line {
    /// `PATH: VALUE`; values for which it is left out are `none`, `unlimited` and those named here.
    At(&'static str, &'static [&'static str]),
    /// `PATH: "VALUE"`: annotations and labels hold text.
    Text(&'static str),
    /// `PATH: 60`: a span in whole seconds, or what to say where it is none.
    Seconds(&'static str),
    /// A line for each value.
    Each(&'static [(&'static str, &'static str)]),
    /// Put together from more than the value.
    Made(fn(&Scenario) -> String),
    /// It is written nowhere; why.
    Nowhere(&'static str),
}

impl Group {
    /// The heading above its fields.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Locality => "Locality",
            Self::Outlier => "Outlier detection",
            Self::Retries => "Retries and timeouts",
            Self::Pool => "Connection pool",
            Self::Balance => "Load balancer",
            Self::Mesh => "Mesh",
            Self::Linkerd => "Linkerd",
            Self::Dns => "DNS: Route 53",
            Self::Others => "Federation, registry",
        }
    }
}

/// All fields, group by group.
pub fn all() -> impl Iterator<Item = &'static Field> {
    [destination::LOCALITY, destination::OUTLIER, route::FIELDS, destination::POOL, destination::BALANCE]
        .into_iter()
        .chain([clusters::MESH, clusters::LINKERD, dns::FIELDS, clusters::OTHERS])
        .flatten()
}

impl Values {
    /// The values that keys step through.
    #[must_use]
    pub fn offered(self, scenario: &Scenario) -> Vec<String> {
        match self {
            Self::Choices(words) | Self::Steps(words, _) => {
                words.iter().map(|word| (*word).to_owned()).collect()
            }
            Self::Regions => {
                let regions: Vec<&str> = scenario.regions().collect();
                let to = |index: usize| regions.get((index + 1) % regions.len().max(1)).copied();
                let pairs =
                    regions.iter().enumerate().filter_map(|(at, from)| Some(format!("{from}:{}", to(at)?)));
                let all: Vec<String> = pairs.collect();
                if regions.len() < 2 {
                    vec!["none".to_owned()]
                } else {
                    vec!["none".to_owned(), all.join(",")]
                }
            }
        }
    }

    /// What it may be, in words.
    #[must_use]
    pub fn range(self) -> String {
        match self {
            Self::Choices(words) => words.join(", "),
            Self::Steps(_, range) => range.to_owned(),
            Self::Regions => "none, or FROM:TO with two regions, joined by commas".to_owned(),
        }
    }
}

impl Line {
    /// The line for the value that a scenario has.
    #[must_use]
    pub fn written(self, value: &str, scenario: &Scenario) -> String {
        match self {
            Self::At(path, absent) if absent.contains(&value) || ["none", "unlimited"].contains(&value) => {
                format!("{path} is not written")
            }
            Self::At(path, _) => format!("{path}: {value}"),
            Self::Text(path) => format!("{path}: \"{value}\""),
            Self::Seconds(path) => match value.parse::<crate::sim::SimSpan>().map(crate::sim::SimSpan::nanos)
            {
                Ok(nanos) => format!("{path}: {}", nanos.div_ceil(1_000_000_000)),
                Err(_) => format!("{path} is not written"),
            },
            Self::Each(lines) => {
                let line = lines.iter().find(|(known, _)| *known == value).map(|(_, line)| *line);
                line.unwrap_or_default().to_owned()
            }
            Self::Made(make) => make(scenario),
            Self::Nowhere(why) => why.to_owned(),
        }
    }
}

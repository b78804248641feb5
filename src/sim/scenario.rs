//! Which mesh is simulated: regions, users, services, latencies and the rules of the proxies.
//!
//! A scenario is read from TOML text ([`Scenario::parse`]) and changed by assignments ([`Scenario::set`]); both
//! go through one table of keys, so a key means the same in a file and after `--set`. Nothing here does I/O.

mod change;
mod check;
mod control;
mod data;
mod dns;
mod document;
mod keys;
mod linkerd;
mod listed;
mod mesh;
mod network;
mod pattern;
mod value;

use std::sync::Arc;

use crate::sim::rng::Ratio;
use crate::sim::time::SimSpan;

pub(in crate::sim) use check::{PODS_MAX, PROXIES_MAX};
pub use control::{Consistency, Control};
pub use data::Data;
pub use dns::{CheckDepth, Dns, Owner, RoutingPolicy};
pub use document::ScenarioError;
pub use linkerd::{Linkerd, LinkerdService, MeshKind};
pub use mesh::{Balance, Fault, Locality, Mesh, Outlier, Retries, Version, Warmup};
pub use network::{Network, Pick};
pub use pattern::Pattern;
pub(super) use value::cpu_milli;

/// The scenarios that come with the program: name and text.
pub const SHIPPED: [(&str, &str); 2] = [
    ("two-regions", include_str!("../../assets/scenarios/two-regions.toml")),
    ("one-service", include_str!("../../assets/scenarios/one-service.toml")),
];

/// A mesh to simulate.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    name: String,
    about: String,
    pub(super) pattern: Pattern,
    /// The pattern that it was written for.
    own_pattern: Pattern,
    pub(super) regions: Vec<Region>,
    pub(super) users: Vec<Users>,
    pub(super) services: Vec<Service>,
    pub(super) entry: Entry,
    pub(super) data: Data,
    pub(super) wire: Wire,
    pub(super) mesh: Mesh,
    pub(super) dns: Dns,
    /// `federation.pick`.
    pub(super) federation: Pick,
    /// What a crashed container waits before its first restart.
    pub(super) restart: SimSpan,
    pub(super) control: Control,
    /// The assignments made by `set`, in order.
    changes: Vec<String>,
    /// What it was before the first of them.
    original: Option<Arc<Self>>,
    file: Option<ScenarioFile>,
}

/// The file that a scenario was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioFile {
    /// As a command names it.
    pub path: String,
    /// Of its content, in small hexadecimal digits.
    pub sha256: String,
}

/// A region and its zones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Region {
    pub name: String,
    pub zones: Vec<String>,
}

/// Who sends requests, and how often.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Users {
    /// Thousandths of a request a second.
    pub rate_milli: u64,
    pub arrivals: Arrivals,
    /// The share of requests that write.
    pub writes: Ratio,
}

/// How users' requests are spaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrivals {
    /// At random, independent of each other.
    #[default]
    Poisson,
    /// One exactly every 1 / rate seconds; the first after one such gap.
    Constant,
}

/// Where users' requests come in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Index of the service they call first.
    pub service: usize,
    pub via: Via,
}

/// What stands between users and the first service.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Via {
    /// The load balancer that Route 53 answers with: it takes turns among the ready pods of its region and knows no
    /// other region.
    #[default]
    LoadBalancer,
    /// A client with a mesh proxy, one in each region.
    ClientProxy,
}

impl Via {
    /// As they are written in `entry.via`.
    const NAMES: [(&'static str, Self); 2] =
        [("load-balancer", Self::LoadBalancer), ("client-proxy", Self::ClientProxy)];
}

/// A service: its pods, its work, and what it calls.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Service {
    pub name: String,
    /// Pods in each region.
    pub pods: Vec<u32>,
    /// Thousandths of a vCPU that each pod has, with 4 GiB of memory a vCPU: what it costs, not how fast it is.
    pub cpu_milli: u32,
    /// Calls that a pod works on at once.
    pub concurrency: u32,
    pub median: SimSpan,
    pub p99: SimSpan,
    /// What a call does after the pod's own work, one after another.
    pub steps: Vec<Step>,
    pub request_bytes: u64,
    pub response_bytes: u64,
}

/// One thing that a service does for a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Calls the service with this index.
    Call(usize),
    /// Reads from Aurora in its own region, or writes at the writer.
    Aurora,
    /// Reads or writes the `DynamoDB` replica of its own region.
    DynamoDb,
}

/// A log-normal span by its median and 99th percentile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    pub median: SimSpan,
    pub p99: SimSpan,
}

/// Round trips between places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wire {
    /// Between regions.
    pub link_rtt: SimSpan,
    /// A round trip between regions is longer by 0 to this.
    pub link_jitter: SimSpan,
    /// Between zones of a region.
    pub zone_rtt: SimSpan,
    /// Inside a zone.
    pub local_rtt: SimSpan,
}

impl Default for Wire {
    fn default() -> Self {
        Self {
            link_rtt: SimSpan::from_millis(70),
            link_jitter: SimSpan::from_millis(2),
            zone_rtt: SimSpan::from_millis(1),
            local_rtt: SimSpan::from_micros(500),
        }
    }
}

impl Scenario {
    /// Reads a scenario; `file` is only for messages.
    pub fn parse(text: &str, file: &str) -> Result<Self, ScenarioError> {
        document::read(text, file)
    }

    /// The shipped scenario of that name.
    ///
    /// # Panics
    ///
    /// If a shipped file does not read; a test reads them all.
    pub fn shipped(name: &str) -> Option<Self> {
        let (_, text) = SHIPPED.iter().find(|(shipped, _)| *shipped == name)?;
        Some(Self::parse(text, name).expect("a test reads every shipped scenario"))
    }

    /// The shipped names, in order.
    pub fn shipped_names() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|(name, _)| *name)
    }

    /// Its name, such as `two-regions`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// One line on what it is for.
    pub fn about(&self) -> &str {
        &self.about
    }

    /// How its clusters are joined.
    pub fn pattern(&self) -> Pattern {
        self.pattern
    }

    /// Runs the same mesh under another pattern.
    pub fn set_pattern(&mut self, pattern: Pattern) {
        self.pattern = pattern;
    }

    /// The pattern, if it is not the one that the scenario was written for.
    pub fn other_pattern(&self) -> Option<Pattern> {
        (self.pattern != self.own_pattern).then_some(self.pattern)
    }

    /// The file it was read from, if it was not shipped.
    pub fn file(&self) -> Option<&ScenarioFile> {
        self.file.as_ref()
    }

    /// Commands name this file from now on, not the scenario.
    pub fn set_file(&mut self, file: ScenarioFile) {
        self.file = Some(file);
    }

    /// The regions, in order.
    pub fn regions(&self) -> impl Iterator<Item = &str> {
        self.regions.iter().map(|region| region.name.as_str())
    }

    /// The services, in order.
    pub fn services(&self) -> impl Iterator<Item = &str> {
        self.services.iter().map(|service| service.name.as_str())
    }

    /// How many pods of a service a region has; 0 if there is no such service or region.
    pub fn pods(&self, region: &str, service: &str) -> u32 {
        let region = self.regions.iter().position(|known| known.name == region);
        let service = self.services.iter().find(|known| known.name == service);
        region.zip(service).and_then(|(region, service)| service.pods.get(region)).copied().unwrap_or(0)
    }

    /// What a crashed container waits before its first restart.
    pub fn restart_wait(&self) -> SimSpan {
        self.restart
    }

    /// The zones of a region, in order; none if there is no such region.
    pub fn zones(&self, region: &str) -> impl Iterator<Item = &str> {
        let of = self.regions.iter().filter(move |known| known.name == region);
        of.flat_map(|region| region.zones.iter().map(String::as_str))
    }

    /// The assignments made so far, as `KEY=VALUE`, in order.
    pub fn changes(&self) -> &[String] {
        &self.changes
    }

    fn empty(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            about: String::new(),
            pattern: Pattern::default(),
            own_pattern: Pattern::default(),
            regions: Vec::new(),
            users: Vec::new(),
            services: Vec::new(),
            entry: Entry::default(),
            data: Data::default(),
            wire: Wire::default(),
            mesh: Mesh::default(),
            dns: Dns::default(),
            federation: Pick::default(),
            restart: SimSpan::from_seconds(10),
            control: Control::default(),
            changes: Vec::new(),
            file: None,
            original: None,
        }
    }
}

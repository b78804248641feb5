//! What the lab draws: one plain snapshot of a mesh at one moment, and nothing that moves by itself.
//!
//! The simulator fills it today; a real Envoy can fill it later. `ui` draws it and knows neither. The module
//! names nothing else of this crate, so times are plain nanoseconds and names are text.
//!
//! The buffer is reused: whoever fills it calls [`MeshView::clear`] first, which keeps the allocations.

pub mod budget;
mod detail;
pub mod figures;
mod heat;
pub mod metric;
pub mod parts;
mod proxy_view;
pub mod sentences;
pub mod stretch;
mod trace_view;
pub mod why;
pub mod words;

pub use detail::{Detail, Ejector, Policy};
pub use heat::{Heat, HeatCell};
pub use metric::Metric;
pub use proxy_view::{ProxyEndpoint, ProxyKind, ProxyLevel, ProxyRef, ProxyView};
pub use stretch::{Reason, Stretch};
pub use trace_view::{TraceLeg, TraceView};

/// Nanoseconds on the mesh's own clock, from the start of the run.
pub type Nanos = u64;

/// Where a thing stands in [`MeshView::places`].
pub type PlaceId = u16;

/// One moment of a mesh.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MeshView {
    /// The scenario's name, such as `two-regions`.
    pub scenario: String,
    /// `dual`, `federation` or `mesh`.
    pub pattern: String,
    /// The seed of the run, in decimal.
    pub seed: String,
    /// The moment shown.
    pub at: Nanos,
    /// The regions, in the scenario's order; at least one, ordinarily two.
    pub regions: Vec<RegionView>,
    /// The links between regions.
    pub links: Vec<LinkView>,
    /// Everything a request can stand at: users, pods, data stores. Indexed by [`PlaceId`].
    pub places: Vec<Place>,
    /// The sampled hops begun in the last two seconds before [`MeshView::at`], oldest first.
    ///
    /// Every failure is here with weight 1; an ordinary hop stands for [`HopView::weight`] real ones.
    pub hops: Vec<HopView>,
    /// How many ordinary hops one drawn hop stands for (the legend's N), 1 or more.
    pub sample: u32,
    /// Totals and rates over the last second.
    pub now: Gauges,
    /// One entry per whole second, oldest first, at most the last 240.
    pub seconds: Vec<Gauges>,
    /// What happened and why, oldest first, at most the last 200 lines.
    pub log: Vec<LogLine>,
    /// The interventions so far, for marks on the time line: moment and words.
    pub marks: Vec<(Nanos, String)>,
    /// What stands behind the numbers.
    pub detail: Detail,
}

impl MeshView {
    /// Empties the view, keeping what was allocated.
    pub fn clear(&mut self) {
        self.scenario.clear();
        self.pattern.clear();
        self.seed.clear();
        self.at = 0;
        self.regions.clear();
        self.links.clear();
        self.places.clear();
        self.hops.clear();
        self.sample = 1;
        self.now = Gauges::default();
        self.seconds.clear();
        self.log.clear();
        self.marks.clear();
        self.detail.clear();
    }
}

/// One region as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegionView {
    /// Such as `us-east-1`.
    pub name: String,
    /// The state of the region as a place: down, isolated, or fine.
    pub state: PlaceState,
    /// Its control plane: down, slow, or erring where it has lost sight of the other regions.
    pub istiod: PlaceState,
    /// Its cluster's DNS: down or slow.
    pub dns: PlaceState,
    /// Requests a second that its users send.
    pub users_per_second: f64,
    /// Where they were sent over the last second: requests for each region's load balancer, in the order of
    /// [`MeshView::regions`]; empty where users come through no load balancer.
    pub users_to: Vec<f64>,
    /// One row per called service: the load table its callers here hold.
    pub tables: Vec<LoadTable>,
}

/// How the proxies of one region split calls to one service: Envoy's integers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadTable {
    /// The service that is called.
    pub service: String,
    /// Healthy endpoints of each priority, highest priority first.
    pub healthy: Vec<u32>,
    /// All endpoints of each priority.
    pub total: Vec<u32>,
    /// Percent of calls sent to each priority; sums to 100 unless nothing is healthy.
    pub load_percent: Vec<u32>,
    /// Endpoints that these proxies have ejected now.
    pub ejected: u32,
    /// Not all proxies of the region hold this same table; this is the one most of them hold.
    pub differ: bool,
    /// The first priority holds endpoints of several regions, so that its share says nothing about near and far.
    pub pooled: bool,
}

/// The path between two regions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinkView {
    /// Indices into [`MeshView::regions`].
    pub ends: (u8, u8),
    /// Round trip in milliseconds, extra delay included.
    pub rtt_ms: f64,
    /// No packet passes from the first end to the second, and the other way.
    pub cut: (bool, bool),
    /// Calls a second that cross, over the last second.
    pub calls_per_second: f64,
    /// Gigabytes an hour that cross at the present rate, both ways.
    pub gb_per_hour: f64,
}

/// What a place is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceKind {
    /// The users of a region.
    #[default]
    Users,
    /// A pod of the service that users call first.
    Ingress,
    /// A pod of any other service.
    Pod,
    /// The relational store (one writer region).
    Aurora,
    /// The key-value store (a replica in each region).
    DynamoDb,
    /// The gateway of a region, where calls go through it.
    Gateway,
}

/// One thing that requests go to or come from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// What it is.
    pub kind: PlaceKind,
    /// Index into [`MeshView::regions`].
    pub region: u8,
    /// Its service, such as `payment`; empty for users.
    pub service: String,
    /// Its full name inside the region, such as `payment-3`.
    pub name: String,
    /// How it is.
    pub state: PlaceState,
    /// Ejected now by callers of these many proxies, of [`Place::callers`].
    pub ejected_by: u16,
    /// Proxies that call it.
    pub callers: u16,
    /// When the first of those proxies lets it back in, if it is ejected.
    pub ejected_until: Option<Nanos>,
    /// Requests a second that reached it, over the last second.
    pub rate: f64,
    /// Failures a second among those.
    pub failing: f64,
    /// Requests being served now.
    pub active: u32,
    /// Requests waiting in its queue now.
    pub queued: u32,
    /// A data store: milliseconds since the first write elsewhere that has not come here; 0 when all have. `None` for
    /// Aurora's writer and for everything that is no store.
    pub lag_ms: Option<f64>,
    /// Aurora: this is the region that writes.
    pub writer: bool,
}

/// How a place is, before anybody's opinion of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlaceState {
    /// Serves as it should.
    #[default]
    Healthy,
    /// Answers, some or all with errors, yet says it is ready.
    Erring,
    /// Serves late.
    Slow,
    /// Fails its readiness probe and still serves, starts, or is about to stop.
    NotReady,
    /// Accepts and never answers.
    Silent,
    /// Refuses connections or is restarting.
    Refusing,
    /// Gone: packets to it are lost.
    Down,
    /// A region that is fine itself and cannot be reached.
    Isolated,
    /// A pod that is no more: it keeps its number and is not drawn.
    Gone,
}

/// One try of one call, from a caller to the place that its proxy chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HopView {
    /// The user's request it belongs to, counted from 0.
    pub request: u64,
    /// Which try of the call this is, from 0.
    pub try_number: u8,
    /// Where it started.
    pub from: PlaceId,
    /// Where it was sent.
    pub to: PlaceId,
    /// When it left.
    pub start: Nanos,
    /// How long it took to answer or fail; `None` while it is out.
    pub took: Option<Nanos>,
    /// How it ended.
    pub outcome: HopOutcome,
    /// It crosses a region boundary.
    pub crosses: bool,
    /// Real hops it stands for.
    pub weight: u32,
}

/// How one hop ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HopOutcome {
    /// Still out.
    Open,
    /// Answered well.
    Ok,
    /// Answered with an error, refused, reset or timed out.
    Failed,
}

/// Counters over one second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gauges {
    /// Users' requests that ended well.
    pub ok: u32,
    /// Users' requests that ended badly.
    pub failed: u32,
    /// Tries beyond the first.
    pub retries: u32,
    /// Latency of users' requests that ended well, in milliseconds; `None` when there was none.
    pub p50_ms: Option<f64>,
    /// The same at the 99th percentile.
    pub p99_ms: Option<f64>,
    /// Tries between services sent to the caller's own region, in percent; `None` when there was none.
    pub local_percent: Option<f64>,
    /// Tries sent to another region.
    pub crossing: u32,
    /// Bytes that crossed a region boundary, both ways.
    pub cross_bytes: u64,
    /// Dollars an hour at this second's rate, in micro-dollars.
    pub cost_micro_usd_per_hour: u64,
    /// The part of that which is transfer between regions.
    pub transfer_micro_usd_per_hour: u64,
    /// Endpoints ejected at the end of the second, over all proxies.
    pub ejected: u32,
}

/// One line of the Why log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// When it happened.
    pub at: Nanos,
    /// Which mark it gets.
    pub kind: LogKind,
    /// What it happened to: a pod, a service, a region, a link.
    pub subject: String,
    /// One sentence, with its arithmetic where there is some.
    pub text: String,
}

/// The kinds of log line; the shape drawn before each differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogKind {
    /// Somebody broke or healed something.
    Intervention,
    /// The first failures of something.
    Failure,
    /// An endpoint was ejected, or could not be.
    Ejection,
    /// An ejected endpoint came back.
    Return,
    /// The split of traffic changed.
    Shift,
    /// The bill changed.
    Cost,
    /// The control plane did something.
    Control,
    /// Things are well again.
    Recovery,
}

impl LogKind {
    /// In one word, as the JSON has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Intervention => "intervention",
            Self::Failure => "failure",
            Self::Ejection => "ejection",
            Self::Return => "return",
            Self::Shift => "shift",
            Self::Cost => "cost",
            Self::Control => "control",
            Self::Recovery => "recovery",
        }
    }
}

//! Looking closer: a place is selected, and a sheet says what its proxy knows, why it is so, or where its next request
//! goes. Nothing of this stops the run or changes it.

mod keys;

use super::explain;
use crate::mesh_view::{
    LogLine, MeshView, Metric, Place, PlaceId, PlaceKind, PlaceState, ProxyRef, ProxyView, TraceView, why,
};
use crate::sim::Timeline;

/// Requests in a row that are looked through for one that comes to a data store.
const STORE_TRIES: usize = 12;
/// Traces that one can go back to.
const TRACES_MAX: usize = 20;

/// What a sheet is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// The endpoint tables of a proxy.
    Proxy,
    /// Sentences.
    Why,
    /// A request, hop by hop.
    Trace,
}

/// What lies over the lab.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// `us-east-1/checkout-2`.
    pub title: String,
    pub content: Content,
    /// Rows above the first one shown.
    pub scroll: usize,
    /// It cannot be scrolled further, as it was drawn last.
    reach: usize,
}

/// What is in a sheet.
#[derive(Clone, Debug)]
pub enum Content {
    /// One proxy for each service, whose it is among how many, and the endpoint that was selected.
    Proxy {
        proxies: Vec<ProxyView>,
        number: usize,
        of: usize,
        marked: Option<PlaceId>,
    },
    Why {
        sentences: Vec<String>,
        lines: Vec<LogLine>,
    },
    /// A request, and which it is of how many that were followed.
    Trace {
        trace: TraceView,
        number: usize,
        of: usize,
    },
    /// Why there is nothing to show.
    Nothing(String),
}

impl Default for Content {
    fn default() -> Self {
        Self::Nothing(String::new())
    }
}

/// A place by its name: its number is another one under another pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Name {
    region: u8,
    kind: PlaceKind,
    called: String,
}

/// A request, and the place it was followed for.
#[derive(Clone, Debug)]
struct Followed {
    /// `us-east-1/checkout-2`.
    path: String,
    trace: TraceView,
}

/// What is selected, and what is looked at.
#[derive(Clone, Debug, Default)]
pub struct Inspect {
    selected: Option<Name>,
    /// A number is selected, and no place.
    number: Option<Metric>,
    panel: Option<Panel>,
    /// Whose table is on show, where that is not the selected place's own.
    caller: Option<Name>,
    traces: Vec<Followed>,
    /// Which of them is on show.
    trace: usize,
    sheet: Sheet,
}

impl Name {
    fn of(place: &Place) -> Self {
        Self { region: place.region, kind: place.kind, called: place.name.clone() }
    }

    fn find(&self, view: &MeshView) -> Option<PlaceId> {
        let same = |place: &Place| {
            place.region == self.region && place.kind == self.kind && place.name == self.called
        };
        view.places.iter().position(same).map(|at| at as PlaceId)
    }
}

impl Inspect {
    /// Closes the sheet; the selection stays.
    pub fn close(&mut self) {
        self.panel = None;
    }

    /// A sheet is open.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.panel.is_some()
    }

    #[must_use]
    pub fn sheet(&self) -> Option<&Sheet> {
        self.panel.map(|_| &self.sheet)
    }

    #[must_use]
    pub fn selected(&self, view: &MeshView) -> Option<PlaceId> {
        self.selected.as_ref().filter(|_| self.number.is_none())?.find(view)
    }

    /// The number that is selected, where that is no place.
    #[must_use]
    pub const fn number(&self) -> Option<Metric> {
        self.number
    }

    /// Brings what is shown up to the moment on show. A trace stays as it was followed.
    pub fn look(&mut self, timeline: &Timeline, view: &MeshView, slo: u32) {
        let place = self.selected(view);
        match (self.panel, place) {
            (Some(Panel::Why), None) if self.number.is_some() => self.explain_number(view, slo),
            (Some(Panel::Proxy), Some(place)) => self.look_at_proxy(timeline, view, place),
            (Some(Panel::Why), Some(place)) => self.explain(timeline, view, place),
            (Some(Panel::Proxy | Panel::Why), None) => {
                self.sheet.content = Content::Nothing("what was selected is not here any more".to_owned());
            }
            (Some(Panel::Trace), _) => {
                if let Some(Followed { path, trace }) = self.traces.get(self.trace) {
                    let (number, of) = (self.trace + 1, self.traces.len());
                    self.sheet.title.clone_from(path);
                    self.sheet.content = Content::Trace { trace: trace.clone(), number, of };
                }
            }
            (None, _) => {}
        }
    }

    fn look_at_proxy(&mut self, timeline: &Timeline, view: &MeshView, place: PlaceId) {
        let found = Found::of(timeline, view, place);
        let home = view.places.get(usize::from(place)).map_or(0, |place| place.region);
        let near =
            |caller: &&PlaceId| view.places.get(usize::from(**caller)).is_some_and(|p| p.region == home);
        let wanted = self.caller.as_ref().and_then(|name| name.find(view));
        let first = || found.callers.iter().find(near).or(found.callers.first()).copied();
        let own = found.own.then_some(place);
        let Some(caller) = wanted.filter(|wanted| found.callers.contains(wanted)).or(own).or_else(first)
        else {
            self.sheet.content = Content::Nothing(no_proxy(view, place));
            return;
        };
        let proxies = inspected(timeline, found.refs.iter().filter(|proxy| proxy.caller == caller));
        let number = found.callers.iter().position(|known| *known == caller).map_or(1, |at| at + 1);
        self.sheet.title =
            view.places.get(usize::from(caller)).map_or_else(String::new, |p| explain::path(view, p));
        let marked = (!found.own).then_some(place);
        self.sheet.content = Content::Proxy { proxies, number, of: found.callers.len(), marked };
    }

    fn explain(&mut self, timeline: &Timeline, view: &MeshView, place: PlaceId) {
        let Some(shown) = view.places.get(usize::from(place)) else { return };
        let refs: Vec<ProxyRef> = timeline.proxies().collect();
        let service = service_of(timeline, shown);
        let gateway = shown.kind == PlaceKind::Gateway;
        let knowing = refs.iter().filter(|proxy| Some(proxy.service) == service || gateway);
        let mut knowing = inspected(timeline, knowing);
        if gateway {
            knowing.retain(|proxy| proxy.endpoints.iter().any(|endpoint| endpoint.place == place));
        } else {
            knowing.retain(|proxy| {
                let here = view.regions.get(usize::from(shown.region)).map(|region| &region.name);
                proxy.subset.as_ref().is_none_or(|subset| Some(subset) == here)
            });
        }
        let own = inspected(timeline, refs.iter().filter(|proxy| proxy.caller == place));
        self.sheet.title = explain::path(view, shown);
        self.sheet.content = Content::Why {
            sentences: explain::sentences(view, place, &knowing, &own),
            lines: explain::lines(view, shown).cloned().collect(),
        };
    }

    fn explain_number(&mut self, view: &MeshView, slo: u32) {
        let Some(number) = self.number else { return };
        self.sheet.title = format!("{} {}", number.name(), number.figure(view, slo));
        self.sheet.content = Content::Why { sentences: why::sentences(number, view, slo), lines: Vec::new() };
    }

    /// The one before or after what is selected: places region by region, in the order of calls, then the numbers.
    fn select(&mut self, view: &MeshView, forward: bool) {
        let mut order: Vec<PlaceId> = (0..view.places.len() as PlaceId).collect();
        order.retain(|id| view.places[usize::from(*id)].state != PlaceState::Gone);
        order.sort_by_key(|id| {
            (view.places[usize::from(*id)].region, view.places[usize::from(*id)].kind, *id)
        });
        let count = order.len() + Metric::ALL.len();
        let numbered = |number| Metric::ALL.iter().position(|known| *known == number);
        let at = match self.number {
            Some(number) => numbered(number).map(|at| order.len() + at),
            None => self.selected(view).and_then(|selected| order.iter().position(|id| *id == selected)),
        };
        let next = match at {
            None if forward => 0,
            None => count - 1,
            Some(at) if forward => (at + 1) % count,
            Some(at) => at.checked_sub(1).unwrap_or(count - 1),
        };
        self.number = next.checked_sub(order.len()).and_then(|at| Metric::ALL.get(at)).copied();
        if self.number.is_some() && self.panel.is_some() {
            // Numbers have no table and no request of their own.
            self.panel = Some(Panel::Why);
        }
        if let Some(&id) = order.get(next) {
            self.stand_on(view, id);
        } else {
            (self.caller, self.sheet.scroll) = (None, 0);
        }
    }

    fn stand_on(&mut self, view: &MeshView, place: PlaceId) {
        self.selected = view.places.get(usize::from(place)).map(Name::of);
        (self.caller, self.number) = (None, None);
        if self.panel != Some(Panel::Trace) {
            self.sheet.scroll = 0;
        }
    }

    /// With nothing selected: the first caller of the last service in the region that breaks go to.
    fn select_something(&mut self, timeline: &Timeline, view: &MeshView, region: usize) {
        if self.selected(view).is_some() {
            return;
        }
        let last = timeline.proxies().map(|proxy| proxy.service).max();
        let inside = |id: PlaceId| {
            view.places.get(usize::from(id)).filter(|place| usize::from(place.region) == region)
        };
        let caller = timeline
            .proxies()
            .filter(|proxy| Some(proxy.service) == last)
            .find_map(|proxy| inside(proxy.caller));
        self.selected = caller.or_else(|| inside(region as PlaceId)).map(Name::of);
    }

    fn turn_caller(&mut self, timeline: &Timeline, view: &MeshView, forward: bool) {
        let Some(place) = self.selected(view) else { return };
        let found = Found::of(timeline, view, place);
        let Content::Proxy { number, .. } = self.sheet.content else { return };
        let Some(last) = found.callers.len().checked_sub(1) else { return };
        let at = number - 1;
        let next = if forward { (at + 1) % (last + 1) } else { at.checked_sub(1).unwrap_or(last) };
        self.caller = found.callers.get(next).and_then(|id| view.places.get(usize::from(*id))).map(Name::of);
    }

    /// Shows the next request of what is selected. Where none comes all stays as it is, and the error is what was
    /// selected.
    fn follow(
        &mut self,
        timeline: &Timeline,
        view: &MeshView,
        region: usize,
        least: u64,
    ) -> Result<(), String> {
        let place = self.selected(view).unwrap_or(region as PlaceId);
        let Some(shown) = view.places.get(usize::from(place)) else { return Err("this place".to_owned()) };
        let found = match shown.kind {
            PlaceKind::Aurora | PlaceKind::DynamoDb => to_store(timeline, view, shown, least),
            _ => timeline.trace_next(place, least),
        };
        let path = explain::path(view, shown);
        let Some(trace) = found else { return Err(path) };
        if self.panel != Some(Panel::Trace) {
            self.traces.clear();
            self.panel = Some(Panel::Trace);
        }
        self.sheet = Sheet::default();
        self.traces.push(Followed { path, trace });
        let surplus = self.traces.len().saturating_sub(TRACES_MAX);
        self.traces.drain(..surplus);
        self.trace = self.traces.len() - 1;
        Ok(())
    }
}

/// The proxies that have to do with a place.
struct Found {
    refs: Vec<ProxyRef>,
    /// Whose they are, each once.
    callers: Vec<PlaceId>,
    /// The place has proxies itself; else these are those that call it.
    own: bool,
}

impl Found {
    fn of(timeline: &Timeline, view: &MeshView, place: PlaceId) -> Self {
        let all: Vec<ProxyRef> = timeline.proxies().collect();
        let services: Vec<u16> =
            all.iter().filter(|proxy| proxy.caller == place).map(|proxy| proxy.service).collect();
        let own = !services.is_empty();
        let shown = view.places.get(usize::from(place));
        let gateway = shown.is_some_and(|place| place.kind == PlaceKind::Gateway);
        let called = shown.and_then(|place| service_of(timeline, place));
        let wanted = |proxy: &ProxyRef| {
            if own { services.contains(&proxy.service) } else { gateway || Some(proxy.service) == called }
        };
        let mut refs: Vec<ProxyRef> = all.into_iter().filter(wanted).collect();
        if gateway {
            let mut seen = ProxyView::default();
            refs.retain(|proxy| {
                timeline.inspect(proxy.number, &mut seen)
                    && seen.endpoints.iter().any(|endpoint| endpoint.place == place)
            });
        }
        let mut callers: Vec<PlaceId> = refs.iter().map(|proxy| proxy.caller).collect();
        callers.sort_unstable();
        callers.dedup();
        let region = |id: &PlaceId| view.places.get(usize::from(*id)).map_or(0, |place| place.region);
        callers.sort_by_key(region);
        Self { refs, callers, own }
    }
}

fn inspected<'a>(timeline: &Timeline, refs: impl Iterator<Item = &'a ProxyRef>) -> Vec<ProxyView> {
    let seen = |proxy: &ProxyRef| {
        let mut view = ProxyView::default();
        timeline.inspect(proxy.number, &mut view).then_some(view)
    };
    refs.filter_map(seen).collect()
}

/// Its number in the scenario's list.
fn service_of(timeline: &Timeline, place: &Place) -> Option<u16> {
    let is_pod = matches!(place.kind, PlaceKind::Pod | PlaceKind::Ingress);
    let at = || timeline.scenario().services().position(|name| *name == place.service);
    is_pod.then(at).flatten().map(|at| at as u16)
}

fn no_proxy(view: &MeshView, place: PlaceId) -> String {
    let kind = view.places.get(usize::from(place)).map_or(PlaceKind::Pod, |place| place.kind);
    match kind {
        PlaceKind::Aurora | PlaceKind::DynamoDb => "Pods go to a data store directly: no proxy chooses here.",
        PlaceKind::Users => "Users come through DNS and a load balancer: no proxy stands beside them.",
        PlaceKind::Ingress => {
            "It calls nobody, and users come to it through a load balancer: no proxy has a table of it."
        }
        PlaceKind::Gateway => "No proxy has this gateway in its list now.",
        PlaceKind::Pod => "It calls nobody, and no proxy has it in a list.",
    }
    .to_owned()
}

/// The next request of the region's users for which a pod of the region goes to the store.
fn to_store(timeline: &Timeline, view: &MeshView, store: &Place, least: u64) -> Option<TraceView> {
    let region = view.regions.get(usize::from(store.region))?;
    let name = if store.kind == PlaceKind::Aurora { " -> aurora" } else { " -> dynamodb" };
    let mut from = least;
    for _ in 0..STORE_TRIES {
        let trace = timeline.trace_next(PlaceId::from(store.region), from)?;
        let goes = |way: &str| way.ends_with(name) && way.starts_with(&format!("{}/", region.name));
        if trace.legs.iter().any(|leg| goes(&leg.way)) {
            return Some(trace);
        }
        from = trace.request + 1;
    }
    None
}

//! The list of every failure that a mesh can have: targets with their effects, a cursor, and the values chosen.

use std::collections::BTreeMap;

use super::table::{Text, text};
use super::values::{usual, values};
use super::{Break, Kind, bare, half_of};
use crate::mesh_view::{MeshView, PlaceId, PlaceKind};
use crate::sim::{Intervention, Scenario, SimTime};

/// What is to be known of a mesh to list what can fail in it.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    pub scenario: &'a Scenario,
    pub view: &'a MeshView,
    /// The region of breaks, counted from 0.
    pub region: usize,
}

/// The list as it was left.
#[derive(Clone, Debug, Default)]
pub struct List {
    pub is_open: bool,
    row: usize,
    /// Which target of a kind, counted from 0; the one it begins with where nothing was chosen.
    chosen: BTreeMap<Kind, usize>,
    /// Which value of an effect.
    valued: BTreeMap<(Kind, &'static str), usize>,
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    pub kind: Kind,
    pub target: String,
    /// Which of how many targets of this kind.
    pub number: usize,
    pub of: usize,
    /// What can be done to it; `None` for the row that names the target.
    pub effect: Option<RowEffect>,
}

/// An effect with the value that is chosen for it.
#[derive(Clone, Debug)]
pub struct RowEffect {
    pub name: &'static str,
    /// As an intervention spells it: `errors=30/100`.
    pub word: String,
    pub values: usize,
    value: usize,
    pub text: &'static Text,
}

impl Row {
    /// The failure of this row; `None` for a target.
    #[must_use]
    pub fn failure(&self, scenario: &Scenario) -> Option<Break> {
        let effect = self.effect.as_ref()?;
        Break::read(&format!("{} {}", self.target, effect.word), scenario).ok()
    }
}

impl List {
    /// Every target with its effects, as they are chosen now.
    #[must_use]
    pub fn rows(&self, ground: Ground<'_>) -> Vec<Row> {
        Kind::ALL.into_iter().flat_map(|kind| self.rows_of(kind, ground)).collect()
    }

    fn rows_of(&self, kind: Kind, ground: Ground<'_>) -> Vec<Row> {
        let targets = self.targets(kind, ground);
        let Some(last) = targets.len().checked_sub(1) else { return Vec::new() };
        let number = self.at(kind, ground).min(last);
        let row = |effect| Row { kind, target: targets[number].clone(), number, of: last + 1, effect };
        let effects = self.effects(kind, &targets[number], ground);
        if effects.is_empty() {
            return Vec::new();
        }
        std::iter::once(None).chain(effects.into_iter().map(Some)).map(row).collect()
    }

    fn effects(&self, kind: Kind, target: &str, ground: Ground<'_>) -> Vec<RowEffect> {
        let Ok(healed) = Intervention::parse_now(&format!("{target} heal"), SimTime::ZERO) else {
            return Vec::new();
        };
        let writer = writer(ground.view);
        let of = |pattern: &&'static str| {
            let name = bare(pattern);
            let values = values(kind, pattern, ground.scenario);
            let value = self.valued.get(&(kind, name)).copied();
            let value = value.unwrap_or_else(|| usual(pattern, &values, writer));
            let word = values.get(value).map_or_else(|| name.to_owned(), |value| format!("{name}={value}"));
            Break::read(&format!("{target} {word}"), ground.scenario).ok()?;
            Some(RowEffect { name, word, values: values.len(), value, text: text(kind, name)? })
        };
        healed.target().effects().iter().filter_map(of).collect()
    }

    /// The targets of a kind that the scenario and its pattern have.
    fn targets(&self, kind: Kind, ground: Ground<'_>) -> Vec<String> {
        let Ground { scenario, view, region } = ground;
        let name = scenario.regions().nth(region).unwrap_or_default();
        let regions: Vec<&str> = scenario.regions().collect();
        let services: Vec<&str> =
            scenario.services().filter(|service| scenario.pods(name, service) > 0).collect();
        let service = services.get(self.at(Kind::Service, ground)).copied().unwrap_or_default();
        let pods = 1..=scenario.pods(name, service);
        let part = |there: bool, part: &str| there.then(|| format!("{name}/{part}")).into_iter().collect();
        let store = |store: &str| {
            let heal = Intervention::parse_now(&format!("{store} heal"), SimTime::ZERO);
            let there = heal.is_ok_and(|heal| scenario.check(&heal).is_ok());
            there.then(|| store.to_owned()).into_iter().collect()
        };
        match kind {
            Kind::Region => vec![name.to_owned()],
            Kind::Zone => scenario.zones(name).map(str::to_owned).collect(),
            Kind::Service => services.iter().map(|service| format!("{name}/{service}")).collect(),
            Kind::FirstPods => pods.map(|count| format!("{name}/{service}:{count}")).collect(),
            Kind::Pod => pods.map(|number| format!("{name}/{service}-{number}")).collect(),
            Kind::Gateway => {
                part(view.places.iter().any(|place| place.kind == PlaceKind::Gateway), "gateway")
            }
            // Without a mesh there is nothing that istiod would steer.
            Kind::Istiod => part(view.pattern == "mesh", "istiod"),
            Kind::Dns => part(true, "dns"),
            Kind::Link => pairs(&regions, name, '~').filter(|(one, two, _)| one < two).map(|p| p.2).collect(),
            Kind::OneWay => pairs(&regions, name, '>').map(|pair| pair.2).collect(),
            Kind::Aurora => store("aurora"),
            Kind::DynamoDb => store("dynamodb"),
            Kind::Users => part(true, "users"),
        }
    }

    /// Which target of a kind is chosen; at first the service at the end of the chain, and half of its pods.
    fn at(&self, kind: Kind, ground: Ground<'_>) -> usize {
        let name = ground.scenario.regions().nth(ground.region).unwrap_or_default();
        let services =
            || ground.scenario.services().filter(|service| ground.scenario.pods(name, service) > 0);
        let first = match kind {
            Kind::Service => services().count().saturating_sub(1),
            Kind::FirstPods => {
                let service = services().nth(self.at(Kind::Service, ground)).unwrap_or_default();
                half_of(ground.scenario.pods(name, service)) as usize - 1
            }
            _ => 0,
        };
        self.chosen.get(&kind).copied().unwrap_or(first)
    }

    /// Opens it where it was left; at first on the first failure.
    pub fn open(&mut self) {
        self.is_open = true;
        self.row = self.row.max(1);
    }

    /// The row one stands on.
    #[must_use]
    pub fn row(&self, rows: usize) -> usize {
        self.row.min(rows.saturating_sub(1))
    }

    /// So many rows up or down.
    pub fn step(&mut self, by: isize, rows: usize) {
        self.row = self.row(rows).saturating_add_signed(by).min(rows.saturating_sub(1));
    }

    /// The next value of the effect, or the next target, or the one before; says whether there was another.
    pub fn turn(&mut self, row: &Row, forward: bool) -> bool {
        let next = |at: usize, of: usize| if forward { (at + 1).min(of - 1) } else { at.saturating_sub(1) };
        match &row.effect {
            None if row.of > 1 => {
                if row.kind == Kind::Service {
                    // Pods are counted anew in another service.
                    self.chosen.retain(|kind, _| !matches!(kind, Kind::FirstPods | Kind::Pod));
                }
                let turned = next(row.number, row.of);
                self.chosen.insert(row.kind, turned);
                turned != row.number
            }
            Some(effect) if effect.values > 1 => {
                let turned = next(effect.value, effect.values);
                self.valued.insert((row.kind, effect.name), turned);
                turned != effect.value
            }
            _ => false,
        }
    }

    /// Other regions have other pods.
    pub fn other_region(&mut self) {
        self.chosen.clear();
    }

    /// Stands on the first failure of a place, with that place chosen.
    pub fn go_to(&mut self, place: PlaceId, ground: Ground<'_>) {
        let Some((kind, target)) = target_of(ground.view, place) else { return };
        self.chosen.clear();
        let service = ground.view.places.get(usize::from(place)).map_or("", |place| place.service.as_str());
        let name = ground.scenario.regions().nth(ground.region).unwrap_or_default();
        let mut services = ground.scenario.services().filter(|known| ground.scenario.pods(name, known) > 0);
        if let Some(at) = services.position(|known| known == service) {
            self.chosen.insert(Kind::Service, at);
        }
        if let Some(at) = self.targets(kind, ground).iter().position(|known| *known == target) {
            self.chosen.insert(kind, at);
        }
        let rows = self.rows(ground);
        if let Some(at) = rows.iter().position(|row| row.kind == kind && row.effect.is_some()) {
            self.row = at;
        }
    }
}

/// What a place of the picture is as a target.
#[must_use]
pub fn target_of(view: &MeshView, place: PlaceId) -> Option<(Kind, String)> {
    let place = view.places.get(usize::from(place))?;
    let region = &view.regions.get(usize::from(place.region))?.name;
    Some(match place.kind {
        PlaceKind::Pod | PlaceKind::Ingress => (Kind::Pod, format!("{region}/{}", place.name)),
        PlaceKind::Gateway => (Kind::Gateway, format!("{region}/gateway")),
        PlaceKind::Aurora => (Kind::Aurora, "aurora".to_owned()),
        PlaceKind::DynamoDb => (Kind::DynamoDb, "dynamodb".to_owned()),
        PlaceKind::Users => (Kind::Users, format!("{region}/users")),
    })
}

/// The region that writes to Aurora; empty where there is none.
fn writer(view: &MeshView) -> &str {
    let place = view.places.iter().find(|place| place.kind == PlaceKind::Aurora && place.writer);
    place.and_then(|place| view.regions.get(usize::from(place.region))).map_or("", |region| &region.name)
}

/// All ordered pairs of regions, those of one region first: the places of both in the scenario, and the two with the sign
/// between them.
fn pairs<'a>(
    regions: &'a [&'a str],
    first: &'a str,
    sign: char,
) -> impl Iterator<Item = (usize, usize, String)> + 'a {
    let numbered = move || regions.iter().enumerate();
    let mut all: Vec<(usize, usize, String)> = numbered()
        .flat_map(|(at, one)| numbered().map(move |(to, two)| (at, to, format!("{one}{sign}{two}"))))
        .filter(|(at, to, _)| at != to)
        .collect();
    let of = regions.iter().position(|known| *known == first).unwrap_or(0);
    all.sort_by_key(|(at, to, _)| (*at != of, *at != of && *to != of));
    all.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::lab::failures::table::texts;
    use crate::sim::{Seed, Timeline};

    fn with_gateways() -> (Scenario, MeshView) {
        let mut scenario = Scenario::shipped("two-regions").unwrap();
        scenario.set("mesh.network=gateways").unwrap();
        let mut view = MeshView::default();
        let timeline = Timeline::new(scenario.clone(), Seed(7), Vec::new());
        timeline.view(timeline.now(), &mut view);
        (scenario, view)
    }

    fn target_of_each_kind() -> [(Kind, &'static str); 13] {
        [
            (Kind::Region, "us-east-1"),
            (Kind::Zone, "us-east-1a"),
            (Kind::Service, "us-east-1/payment"),
            (Kind::FirstPods, "us-east-1/payment:2"),
            (Kind::Pod, "us-east-1/payment-1"),
            (Kind::Gateway, "us-east-1/gateway"),
            (Kind::Istiod, "us-east-1/istiod"),
            (Kind::Dns, "us-east-1/dns"),
            (Kind::Link, "us-east-1~us-west-2"),
            (Kind::OneWay, "us-east-1>us-west-2"),
            (Kind::Aurora, "aurora"),
            (Kind::DynamoDb, "dynamodb"),
            (Kind::Users, "us-east-1/users"),
        ]
    }

    #[test]
    fn every_effect_of_every_target_is_in_the_list_and_can_be_done() {
        let (scenario, view) = with_gateways();
        let rows = List::default().rows(Ground { scenario: &scenario, view: &view, region: 0 });
        for (kind, target) in target_of_each_kind() {
            let heal = Intervention::parse_now(&format!("{target} heal"), SimTime::ZERO).unwrap();
            assert_eq!(Kind::of(heal.target(), &scenario), Some(kind), "{target}");
            for pattern in heal.target().effects().iter().filter(|pattern| **pattern != "heal") {
                let done = Intervention::parse_now(&format!("{target} {pattern}"), SimTime::ZERO).unwrap();
                let listed = |row: &&Row| {
                    row.target == target && row.effect.as_ref().is_some_and(|e| e.name == bare(pattern))
                };
                let row = rows.iter().find(listed);
                assert_eq!(row.is_some(), scenario.check(&done).is_ok(), "{target} {pattern}");
                if let Some(row) = row {
                    assert!(row.failure(&scenario).is_some(), "{row:?}");
                }
            }
        }
        assert_eq!(rows.iter().filter(|row| row.effect.is_none()).count(), Kind::ALL.len());
    }

    #[test]
    fn every_value_parses_and_no_text_is_left_over() {
        let (scenario, view) = with_gateways();
        let ground = Ground { scenario: &scenario, view: &view, region: 0 };
        let mut list = List::default();
        let mut used = std::collections::BTreeSet::new();
        for at in 0..list.rows(ground).len() {
            for _ in 0..12 {
                let row = list.rows(ground)[at].clone();
                list.turn(&row, false);
            }
            loop {
                let row = list.rows(ground)[at].clone();
                if let Some(effect) = &row.effect {
                    assert!(row.failure(&scenario).is_some(), "{row:?}");
                    used.insert((effect.text.effect, effect.text.does));
                }
                if !list.turn(&row, true) {
                    break;
                }
            }
        }
        for text in texts() {
            assert!(used.contains(&(text.effect, text.does)), "nothing shows {text:?}");
        }
    }

    #[test]
    fn a_pattern_lists_only_what_it_has() {
        let mut scenario = Scenario::shipped("two-regions").unwrap();
        scenario.set_pattern(crate::sim::Pattern::ALL[0]);
        let mut view = MeshView::default();
        let timeline = Timeline::new(scenario.clone(), Seed(7), Vec::new());
        timeline.view(timeline.now(), &mut view);
        let rows = List::default().rows(Ground { scenario: &scenario, view: &view, region: 1 });
        assert!(rows.iter().all(|row| !matches!(row.kind, Kind::Istiod | Kind::Gateway)));
        assert!(rows.iter().any(|row| row.target == "us-east-1~us-west-2"));
        assert!(rows.iter().any(|row| row.target == "us-west-2>us-east-1"));
    }
}

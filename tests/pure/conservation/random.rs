//! Random meshes and random trouble, drawn from the lists of all keys, targets and effects there are: what is added to
//! those lists is drawn here without anybody's doing.

use std::collections::BTreeSet;

use eastwest::sim::rng::{Concern, Stream, below};
use eastwest::sim::{Intervention, Pattern, Scenario, Seed};

use crate::determinism::coarse;

pub struct Random(Stream);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(Stream::new(Seed(seed), Concern::Fault, 2))
    }

    fn below(&mut self, bound: u64) -> u64 {
        below(self.0.draw(), bound)
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len() as u64) as usize]
    }

    /// A mesh of any shape: sometimes coarse, sometimes with hundreds of requests a second on one pod.
    pub fn scenario(&mut self) -> (Scenario, Vec<String>) {
        let mut scenario = match self.below(3) {
            0 => coarse(),
            1 => Scenario::shipped("one-service").unwrap(),
            _ => Scenario::shipped("two-regions").unwrap(),
        };
        scenario.set_pattern(*self.one(&Pattern::ALL));
        let mut said = vec![scenario.name().to_owned(), scenario.pattern().to_string()];
        let keys = scenario.settable();
        for _ in 0..self.below(10) {
            let (key, example) = self.one(&keys).clone();
            let values = values(&scenario, &key, example);
            let assignment = format!("{key}={}", self.one(&values));
            scenario.set(&assignment).unwrap_or_else(|error| panic!("{error}"));
            said.push(assignment);
        }
        (scenario, said)
    }

    /// Trouble in the first so many seconds.
    pub fn interventions(&mut self, scenario: &Scenario, seconds: u64) -> Vec<Intervention> {
        let targets = scenario.targets();
        let mut made = Vec::new();
        for _ in 0..self.below(9) {
            let target = self.one(&targets).clone();
            let Some(effect) = self.effect(scenario, &target) else { continue };
            let ending = if effect == "heal" {
                ""
            } else {
                self.one(&["", " for 700ms", " for 1s every 2s", " every 3s"])
            };
            let time = self.below(seconds * 10) * 100;
            if let Ok(intervention) = format!("{time}ms {target} {effect}{ending}").parse()
                && scenario.check(&intervention).is_ok()
            {
                made.push(intervention);
            }
        }
        made
    }

    /// One of the effects that a target takes here; `None` if it takes none.
    fn effect(&mut self, scenario: &Scenario, target: &str) -> Option<String> {
        let effects = effects(scenario, target);
        if effects.is_empty() {
            return None;
        }
        let (name, example) = self.one(&effects).split_once('=')?;
        if example.is_empty() {
            return Some(name.to_owned());
        }
        let words: Vec<String> =
            variants(example).into_iter().map(|value| format!("{name}={value}")).collect();
        let good: Vec<&String> = words.iter().filter(|word| takes(scenario, target, word)).collect();
        Some((*self.one(&good)).clone())
    }
}

fn takes(scenario: &Scenario, target: &str, effect: &str) -> bool {
    let read: Result<Intervention, _> = format!("1s {target} {effect}").parse();
    read.is_ok_and(|intervention| scenario.check(&intervention).is_ok())
}

/// The effects that a target takes and that are simulated, each as `name=example`, with nothing after the sign where
/// there is no value.
fn effects(scenario: &Scenario, target: &str) -> Vec<String> {
    let heal: Intervention = format!("1s {target} heal").parse().unwrap();
    let effects = heal.target().effects().iter().filter(|effect| takes(scenario, target, effect));
    effects
        .map(|effect| if effect.contains('=') { (*effect).to_owned() } else { format!("{effect}=") })
        .collect()
}

/// Good values for a key: its example, words that it names itself, and others of the example's kind.
fn values(scenario: &Scenario, key: &str, example: &str) -> Vec<String> {
    let refusal =
        scenario.clone().set(&format!("{key}=?")).map_or_else(|error| error.to_string(), |()| String::new());
    let words = refusal.split_once("is not one of ").map_or("", |(_, words)| words);
    let words = words.split([',', ';']).map(|word| word.trim().to_owned());
    let candidates = names(scenario, key)
        .into_iter()
        .chain(words)
        .chain(variants(example))
        .chain(extra(key).iter().map(|&value| value.to_owned()));
    let good = |value: &String| drains(key, value) && scenario.clone().set(&format!("{key}={value}")).is_ok();
    let all: Vec<String> = candidates.filter(good).collect();
    assert!(!all.is_empty(), "{key} takes no value that was tried");
    all
}

/// A full queue of 1,024 calls that take this long is empty again before the swarm looks; spreads over five powers of
/// ten draw calls that take hours.
fn drains(key: &str, value: &str) -> bool {
    let too_long: &[&str] = match key.rsplit('.').next() {
        Some("median") => &["120ms", "500ms", "2s", "15s"],
        Some("p99") => &["500ms", "2s", "15s"],
        _ => &[],
    };
    !too_long.contains(&value)
}

/// Values that name something of the scenario.
fn names(scenario: &Scenario, key: &str) -> Vec<String> {
    let regions: Vec<&str> = scenario.regions().collect();
    match key {
        "dns.primary" => regions.iter().map(|region| (*region).to_owned()).collect(),
        "mesh.failover" => vec![format!("{}:{}", regions[0], regions[1]), "none".to_owned()],
        "mesh.fault.service" => scenario.services().map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

/// Values that no example shows.
fn extra(key: &str) -> &'static [&'static str] {
    match key {
        "mesh.istio" => &["1.30", "1.31"],
        "mesh.retries.on" => &["503", "5xx,reset,503", "gateway-error"],
        _ => &[],
    }
}

/// An example, and others of its kind: numbers, spans, ratios. Periods below 100 ms would make the swarm slow.
fn variants(example: &str) -> Vec<String> {
    let mut all = vec![example.to_owned()];
    let mut add = |values: &[&str]| all.extend(values.iter().map(|&value| value.to_owned()));
    if let Ok(number) = example.parse::<u32>() {
        add(&["0", "1", "2", "3", "30", "100"]);
        all.push((number * 2).to_string());
    } else if example
        .split_once('/')
        .is_some_and(|(hits, of)| hits.parse::<u32>().is_ok() && of.parse::<u32>().is_ok())
    {
        add(&["0/1", "1/100", "1/3", "1/1", "0/100", "50/50", "100/0", "80/20"]);
    } else if example.parse::<f64>().is_ok() {
        add(&["0", "0.5", "1", "2.5"]);
    } else if example.starts_with(|first: char| first.is_ascii_digit()) {
        add(&["none", "0s", "20ms", "120ms", "500ms", "2s", "15s"]);
    } else if ["true", "false"].contains(&example) {
        add(&["true", "false"]);
    } else if ["none", "unlimited"].contains(&example) {
        add(&["none", "unlimited", "1", "5", "50", "50ms", "1s", "50/50", "90/10"]);
    }
    all
}

/// What a number of draws came upon.
#[derive(Default)]
pub struct Drawn {
    patterns: BTreeSet<Pattern>,
    keys: BTreeSet<String>,
    effects: BTreeSet<String>,
    wanted_keys: BTreeSet<String>,
    wanted_effects: BTreeSet<String>,
}

impl Drawn {
    pub fn note(&mut self, scenario: &Scenario, said: &[String], interventions: &[Intervention]) {
        self.patterns.insert(scenario.pattern());
        let keys = said.iter().filter_map(|said| said.split_once('='));
        self.keys.extend(keys.map(|(key, _)| key.to_owned()));
        let words = interventions.iter().map(|done| done.effect().to_string());
        self.effects.extend(words.map(|word| bare(&word)));
        if scenario.name() == "one-service" && self.wanted_keys.is_empty() {
            self.wanted_keys.extend(scenario.settable().into_iter().map(|(key, _)| key));
            for target in scenario.targets() {
                self.wanted_effects.extend(effects(scenario, &target).iter().map(|effect| bare(effect)));
            }
        }
    }

    /// What there is and was never drawn.
    pub fn missing(&self) -> Vec<String> {
        let patterns = Pattern::ALL.iter().filter(|pattern| !self.patterns.contains(pattern));
        let keys = self.wanted_keys.difference(&self.keys).cloned();
        let effects = self.wanted_effects.difference(&self.effects).cloned();
        patterns.map(ToString::to_string).chain(keys).chain(effects).collect()
    }
}

fn bare(effect: &str) -> String {
    effect.split('=').next().unwrap_or(effect).to_owned()
}

//! The rule panel, held to the scenario's keys and to runs.

use std::collections::BTreeSet;

use eastwest::app::lab::rule::fields::{self, Field, Line};
use eastwest::app::lab::rule::{Panel, presets, reason};
use eastwest::sim::rng::{Concern, Stream, below};
use eastwest::sim::{
    Budget, Intervention, Pattern, Progress, Scenario, ScenarioError, Seed, SimTime, Timeline,
};

fn shipped() -> impl Iterator<Item = Scenario> {
    Scenario::shipped_names().filter_map(Scenario::shipped)
}

#[test]
fn every_field_is_a_key_and_every_rule_is_a_field() {
    let scenario = Scenario::shipped("two-regions").unwrap();
    let settable: BTreeSet<String> = scenario.settable().into_iter().map(|(key, _)| key).collect();
    let mut seen = BTreeSet::new();
    for field in fields::all() {
        assert!(settable.contains(field.key), "{} is no key", field.key);
        assert!(seen.insert(field.key), "{} is there twice", field.key);
    }
    let left_out = ["mesh.fault.", "mesh.cert_ttl", "mesh.outlier.phase"];
    for key in settable.iter().filter(|key| key.starts_with("mesh.")) {
        assert!(
            seen.contains(key.as_str()) || left_out.iter().any(|part| key.starts_with(part)),
            "{key} has no field"
        );
    }
}

#[test]
fn every_offered_value_is_taken_or_refused_with_a_reason() {
    let mut taken = 0;
    for scenario in shipped() {
        for field in fields::all() {
            for value in field.values.offered(&scenario) {
                match scenario.with(field.key, &value) {
                    Ok(changed) => {
                        taken += 1;
                        assert_eq!(changed.told(field.key).as_deref(), Some(value.as_str()), "{}", field.key);
                        let line = field.line.written(&value, &changed);
                        assert!(line.len() > 3, "{}={value} is written as '{line}'", field.key);
                        assert!(changed.changes().len() <= 1, "{:?}", changed.changes());
                    }
                    Err(ScenarioError::Assignment { what, .. }) => {
                        assert!(what.contains("mesh."), "{}={value}: {what}", field.key);
                    }
                    Err(other) => panic!("{}={value}: {other}", field.key),
                }
            }
        }
    }
    assert!(taken > 400, "{taken} values");
}

#[test]
fn a_line_for_each_choice_names_every_choice() {
    let scenario = Scenario::shipped("two-regions").unwrap();
    for field in fields::all() {
        if let Line::Each(lines) = field.line {
            let written: Vec<&str> = lines.iter().map(|(value, _)| *value).collect();
            assert_eq!(field.values.offered(&scenario), written, "{}", field.key);
        }
    }
}

#[test]
fn the_defaults_shown_are_those_of_the_scenario() {
    for scenario in shipped() {
        let view = Panel::default().view(&scenario);
        assert!(view.fields.iter().all(|field| field.default.is_none()), "nothing was changed yet");
        let changed = scenario.with("mesh.outlier.max_ejection_percent", "25").unwrap();
        let view = Panel::default().view(&changed);
        let differ: Vec<_> =
            view.fields.iter().filter_map(|field| Some((field.name, field.default.clone()?))).collect();
        assert_eq!(differ, [("maxEjectionPercent", "100".to_owned())]);
        assert_eq!(
            changed.with("mesh.outlier.max_ejection_percent", "100"),
            Ok(scenario.clone()),
            "the default is no change"
        );
        assert_eq!(changed.without("mesh.outlier.max_ejection_percent"), Ok(scenario));
    }
}

/// Everything that rules are about: errors, refusals, pods that are not ready, a cut link, a region that goes.
fn digest(scenario: &Scenario) -> String {
    let region = [
        "1s us-east-1/payment:2 503 for 2s",
        "2s us-west-2/payment:1 refuse for 1s",
        "3s us-east-1/payment:1 notready for 1s",
    ];
    let rest =
        ["4s us-east-1~us-west-2 cut for 500ms", "5s us-east-1/payment crash", "6s us-west-2 down for 500ms"];
    let log: Vec<Intervention> = region.iter().chain(&rest).map(|text| text.parse().unwrap()).collect();
    let mut timeline = Timeline::new(scenario.clone(), Seed(5), log);
    while timeline.advance(SimTime::from_nanos(8_000_000_000), &mut Budget::endless()) == Progress::Behind {}
    timeline.digest()
}

/// Changes every field that says it has no effect, as long as all of them go on saying so.
fn change_all_idle(scenario: &Scenario, dice: &mut Stream) -> Scenario {
    let idle: Vec<&Field> = fields::all().filter(|field| reason(field, scenario).is_some()).collect();
    let mut changed = scenario.clone();
    for field in &idle {
        let offered = field.values.offered(scenario);
        let value = &offered[below(dice.draw(), offered.len() as u64) as usize];
        let still = |next: &Scenario| idle.iter().all(|field| reason(field, next).is_some());
        if let Some(next) = changed.with(field.key, value).ok().filter(still) {
            changed = next;
        }
    }
    changed
}

#[test]
fn a_rule_that_says_it_has_no_effect_has_none() {
    let rules = [
        "mesh.lb=least-request",
        "mesh.outlier.enabled=false",
        "mesh.locality=distribute",
        "mesh.locality=failover",
        "mesh.locality=zone-aware",
        "mesh.kind=linkerd",
        "mesh.network=gateways",
        "mesh.retries.attempts=0",
        "mesh.retries.attempts=1",
        "federation.pick=gateway",
    ];
    let mut dice = Stream::new(Seed(1), Concern::Fault, 2);
    let mut count = 0;
    for scenario in shipped() {
        for (pattern, rule) in Pattern::ALL.into_iter().flat_map(|pattern| rules.map(|rule| (pattern, rule)))
        {
            let mut scenario = scenario.clone();
            scenario.set_pattern(pattern);
            scenario.set(rule).unwrap();
            let changed = change_all_idle(&scenario, &mut dice);
            count += changed.changes().len();
            let plain = digest(&scenario);
            if digest(&changed) != plain {
                let alone = |change: &&String| {
                    let mut one = scenario.clone();
                    one.set(change).is_ok() && digest(&one) != plain
                };
                let guilty: Vec<&String> = changed.changes().iter().filter(alone).collect();
                panic!("{} as {pattern} with {rule}: {guilty:?} of {:?}", scenario.name(), changed.changes());
            }
        }
    }
    assert!(count > 300, "{count} rules changed");
}

#[test]
fn named_rules_are_what_they_say_and_come_one_after_another() {
    for scenario in shipped() {
        let mut shown = scenario.clone();
        let mut names = BTreeSet::new();
        for _ in presets::PRESETS {
            let preset = presets::next(&shown);
            shown = preset.put_into(&shown).unwrap();
            assert!(preset.is_in(&shown), "{}", preset.name);
            assert_eq!(presets::current(&shown).map(|current| current.name), Some(preset.name));
            names.insert(preset.name);
        }
        assert_eq!(names.len(), presets::PRESETS.len(), "each once");
        let other = scenario.with("mesh.retries.attempts", "4").unwrap();
        let preset = presets::next(&other);
        assert_eq!(preset.put_into(&other).unwrap().told("mesh.retries.attempts").as_deref(), Some("4"));
    }
}

#[test]
fn the_shipped_rule_is_the_lessons() {
    let scenario = Scenario::shipped("two-regions").unwrap();
    let name = presets::current(&scenario).map(|preset| preset.name);
    assert!(name.is_some_and(|name| name.starts_with("the lesson's rule")), "{name:?}");
}

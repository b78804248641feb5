//! What the rule panel shows, as plain words: a list of all fields, and all there is to say of one.

use super::fields::{self, Field, Group};
use super::{idle, presets, seen};
use crate::sim::Scenario;

/// The panel at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleView {
    /// The named rule that this is, if it is one.
    pub preset: Option<&'static str>,
    pub fields: Vec<FieldView>,
    /// Which of them one stands on.
    pub row: usize,
    pub detail: Detail,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldView {
    pub group: Group,
    pub name: &'static str,
    pub value: String,
    /// What it is in the scenario itself, where that is something else.
    pub default: Option<String>,
    /// It has no effect now.
    pub idle: bool,
}

/// One field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    pub key: &'static str,
    pub name: &'static str,
    pub value: String,
    pub default: String,
    pub range: String,
    pub says: &'static str,
    pub object: &'static str,
    pub line: String,
    /// What it comes to here, by Envoy's or Route 53's arithmetic.
    pub seen: Option<String>,
    /// Why it has no effect now.
    pub idle: Option<&'static str>,
    /// What has been typed so far.
    pub typed: Option<String>,
    /// Why what was typed is not taken.
    pub trouble: Option<String>,
}

pub(super) fn of(scenario: &Scenario, row: usize, typed: Option<&str>, trouble: Option<&str>) -> RuleView {
    let original = scenario.original();
    let seen: Vec<(&'static Field, FieldView)> =
        fields::all().map(|field| (field, listed(field, scenario, &original))).collect();
    let detail = seen.get(row).or(seen.first()).map(|(field, listed)| Detail {
        typed: typed.map(str::to_owned),
        trouble: trouble.map(str::to_owned),
        ..detail(field, listed, scenario)
    });
    RuleView {
        // A named rule says nothing where no proxy reads it.
        preset: presets::current(scenario).filter(|_| reads_presets(scenario)).map(|preset| preset.name),
        detail: detail.unwrap_or_default(),
        fields: seen.into_iter().map(|(_, listed)| listed).collect(),
        row,
    }
}

fn listed(field: &Field, scenario: &Scenario, original: &Scenario) -> FieldView {
    let value = scenario.told(field.key).unwrap_or_default();
    let default = original.told(field.key).filter(|default| *default != value);
    let idle = idle::reason(field, scenario).is_some();
    FieldView { group: field.group, name: field.name, value, default, idle }
}

fn detail(field: &Field, listed: &FieldView, scenario: &Scenario) -> Detail {
    Detail {
        key: field.key,
        name: field.name,
        value: listed.value.clone(),
        default: listed.default.clone().unwrap_or_else(|| listed.value.clone()),
        range: field.values.range(),
        says: field.says,
        object: field.object,
        line: field.line.written(&listed.value, scenario),
        seen: seen::sentence(field.key, scenario),
        idle: idle::reason(field, scenario),
        ..Detail::default()
    }
}

fn reads_presets(scenario: &Scenario) -> bool {
    fields::all().any(|field| field.key == "mesh.outlier.enabled" && idle::reason(field, scenario).is_none())
}

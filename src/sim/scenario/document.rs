//! A scenario file: TOML whose dotted keys are the keys of `--set`, read with the place of every value.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{self, Use};
use super::{Region, Scenario, Service, Users};

/// What is wrong with a scenario, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScenarioError {
    /// In a file: line and column count from 1.
    #[error("{file}:{line}:{column}: {what}")]
    File { file: String, line: usize, column: usize, what: String },
    /// In an assignment `KEY=VALUE`, or in what all assignments together say.
    #[error("{subject}: {what}")]
    Assignment { subject: String, what: String },
    /// In an intervention that the scenario has no place for.
    #[error("'{intervention}': {what}")]
    Intervention { intervention: String, what: String },
}

/// One `key = value` of the file.
struct Entry {
    path: Vec<String>,
    value: String,
    place: Range<usize>,
}

pub(super) fn read(text: &str, file: &str) -> Result<Scenario, ScenarioError> {
    let wrong = |at: usize, what: String| {
        let before = text.get(..at).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
        ScenarioError::File { file: file.to_owned(), line, column, what }
    };
    let table = DeTable::parse(text).map_err(|error| {
        let what = error.message().lines().collect::<Vec<_>>().join(", ");
        wrong(error.span().map_or(0, |span| span.start), what)
    })?;
    let mut entries = Vec::new();
    flatten(table.get_ref(), &mut Vec::new(), &mut entries).map_err(|(at, what)| wrong(at, what))?;
    entries.sort_by_key(|entry| entry.place.start);
    let mut scenario = Scenario::empty(stem(file));
    scaffold(&mut scenario, &entries).map_err(|(at, what)| wrong(at, what))?;
    for entry in &entries {
        let path: Vec<&str> = entry.path.iter().map(String::as_str).collect();
        keys::assign(&mut scenario, &path, &entry.value, Use::File)
            .map_err(|what| wrong(entry.place.start, format!("{}: {what}", entry.path.join("."))))?;
    }
    scenario.whole().map_err(|what| wrong(0, what))?;
    Ok(scenario)
}

impl Scenario {
    /// Makes one assignment `KEY=VALUE`, as after `--set`.
    ///
    /// What several assignments must agree on (a median below its 99th percentile) is asked by
    /// [`Scenario::validate`], after the last one.
    pub fn set(&mut self, assignment: &str) -> Result<(), ScenarioError> {
        let wrong = |what: String| ScenarioError::Assignment { subject: assignment.to_owned(), what };
        let (key, value) = assignment
            .split_once('=')
            .ok_or_else(|| wrong("write KEY=VALUE, such as mesh.retries.attempts=0".to_owned()))?;
        let (key, value) = (key.trim(), value.trim());
        let path: Vec<&str> = key.split('.').collect();
        let original = self.kept_original();
        keys::assign(self, &path, value, Use::Anywhere).map_err(wrong)?;
        self.original = original;
        self.changes.push(format!("{key}={value}"));
        Ok(())
    }

    /// Whether everything that was set goes together.
    pub fn validate(&self) -> Result<(), ScenarioError> {
        self.whole().map_err(|what| ScenarioError::Assignment { subject: self.name.clone(), what })
    }
}

/// The file's name without folders and ending: what the scenario is called.
fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.strip_suffix(".toml").unwrap_or(name)
}

/// The regions and the services must be known before anything can be said of them.
fn scaffold(scenario: &mut Scenario, entries: &[Entry]) -> Result<(), (usize, String)> {
    let Some(regions) = entries.iter().find(|entry| entry.path == ["regions"]) else {
        return Err((0, "regions is missing; write regions = [\"us-east-1\", \"us-west-2\"]".to_owned()));
    };
    for name in regions.value.split(',').map(str::trim) {
        name_is_good(name).map_err(|what| (regions.place.start, what))?;
        if scenario.regions().any(|known| known == name) {
            return Err((regions.place.start, format!("region '{name}' is there twice")));
        }
        scenario.regions.push(Region { name: name.to_owned(), zones: vec![format!("{name}a")] });
        scenario.users.push(Users::default());
    }
    for entry in entries.iter().filter(|entry| entry.path.len() > 2 && entry.path[0] == "service") {
        let name = &entry.path[1];
        if scenario.services().any(|known| known == name) {
            continue;
        }
        service_name_is_good(name).map_err(|what| (entry.place.start, what))?;
        let pods = vec![0; scenario.regions.len()];
        let service =
            Service { name: name.clone(), pods, cpu_milli: 1000, concurrency: 1, ..Service::default() };
        scenario.services.push(service);
    }
    Ok(())
}

const RESERVED: [&str; 7] = ["gateway", "istiod", "dns", "aurora", "dynamodb", "all", "users"];

fn name_is_good(name: &str) -> Result<(), String> {
    let letters = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !letters || name.ends_with('-') {
        return Err(format!("'{name}' is not a name; names are small letters, digits and dashes"));
    }
    if RESERVED.contains(&name) {
        return Err(format!("'{name}' cannot be a name because interventions use it for something else"));
    }
    Ok(())
}

fn service_name_is_good(name: &str) -> Result<(), String> {
    name_is_good(name)?;
    let last = name.rsplit('-').next().unwrap_or(name);
    if name.contains('-') && last.bytes().all(|b| b.is_ascii_digit()) {
        return Err(format!(
            "a service cannot be called '{name}' because that reads as its pod number {last}"
        ));
    }
    Ok(())
}

fn flatten(
    table: &DeTable<'_>,
    path: &mut Vec<String>,
    into: &mut Vec<Entry>,
) -> Result<(), (usize, String)> {
    for (key, value) in table {
        path.push(key.get_ref().to_string());
        let place = key.span();
        match value.get_ref() {
            DeValue::Table(inner) if inner.is_empty() => {
                return Err((place.start, format!("nothing is set in [{}]; take it out", path.join("."))));
            }
            DeValue::Table(inner) => flatten(inner, path, into)?,
            DeValue::Array(items) if items.is_empty() && path == &["regions"] => {
                return Err((
                    place.start,
                    "regions is empty; write at least one, such as [\"us-east-1\"]".to_owned(),
                ));
            }
            DeValue::Array(items) => {
                let items = items.iter().map(scalar).collect::<Result<Vec<_>, _>>()?;
                into.push(Entry { path: path.clone(), value: items.join(","), place });
            }
            _ => into.push(Entry { path: path.clone(), value: scalar(value)?, place }),
        }
        path.pop();
    }
    Ok(())
}

/// A value as it was written, so that a version is never taken for a number.
fn scalar(value: &Spanned<DeValue<'_>>) -> Result<String, (usize, String)> {
    Ok(match value.get_ref() {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) if number.radix() != 10 => {
            return Err((value.span().start, "write this number with decimal digits".to_owned()));
        }
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(truth) => truth.to_string(),
        other => return Err((value.span().start, format!("no key takes a {}", other.type_str()))),
    })
}

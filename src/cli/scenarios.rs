//! The scenarios that content may name: those in this binary and those of a course folder.

use std::collections::BTreeMap;

use crate::course::Diagnostic;
use crate::sim::Scenario;
use crate::store::library::Library;

/// Scenarios by name.
pub type Scenarios = BTreeMap<String, Scenario>;

/// The shipped scenarios and those of the course, which win; and what is wrong with them.
pub fn known(library: &Library) -> (Scenarios, Vec<Diagnostic>) {
    let shipped =
        Scenario::shipped_names().filter_map(|name| Some((name.to_owned(), Scenario::shipped(name)?)));
    let mut scenarios: Scenarios = shipped.collect();
    let mut found = Vec::new();
    for name in library.scenarios() {
        let file = format!("assets/scenarios/{name}.toml");
        match Scenario::parse(&library.files[&file], &file) {
            Ok(scenario) => {
                scenarios.insert(name, scenario);
            }
            Err(error) => found.push(Diagnostic::error(&file, 0, 0, error.to_string())),
        }
    }
    (scenarios, found)
}

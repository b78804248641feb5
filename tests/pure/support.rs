//! What most tests begin with.

use eastwest::sim::{Intervention, Scenario};

/// Sets keys, each as after `--set`.
#[track_caller]
pub fn set_all(scenario: &mut Scenario, assignments: impl IntoIterator<Item = impl AsRef<str>>) {
    for assignment in assignments {
        let assignment = assignment.as_ref();
        scenario.set(assignment).unwrap_or_else(|error| panic!("{assignment}: {error}"));
    }
}

/// Reads interventions, each as after `--do`.
#[track_caller]
pub fn read(texts: &[&str]) -> Vec<Intervention> {
    texts.iter().map(|text| text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))).collect()
}

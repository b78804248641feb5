//! A lesson's lab at one moment: what a picture on paper shows, and the line that opens just that.

use std::collections::BTreeMap;

use super::open::{LESSON, Opening, meant};
use crate::course::directive;
use crate::sim::{CommandLine, Intervention, SEED_DEFAULT, Scenario, Seed, SimSpan, SimTime, quoted};

/// A picture shows the mesh so long after the last thing that is done to it: a whole interval of outlier detection
/// (10 s by default) and every time limit of the lessons' rules have passed, so the mesh has done what it will do;
/// and no ejected pod is back yet, which takes 30 s.
pub const AFTER: SimSpan = SimSpan::from_seconds(10);

/// A lab that stands still.
#[derive(Clone, Debug, PartialEq)]
pub struct Still {
    /// The lab, to be opened at its moment.
    pub opening: Opening,
    /// The seed of the run.
    pub seed: Seed,
    /// The `eastwest sim` line of the run up to that moment.
    pub run: String,
    /// The line that opens the lab at that moment.
    pub open: String,
}

impl Still {
    /// Of a lab in a lesson; an error is one sentence for the author.
    pub fn of(wanted: &directive::Lab, scenarios: &BTreeMap<String, Scenario>) -> Result<Self, String> {
        let name = if wanted.scenario.is_empty() { LESSON } else { &wanted.scenario };
        let plain = scenarios.get(name).cloned().or_else(|| Scenario::shipped(name));
        let plain = plain.ok_or_else(|| format!("there is no scenario '{name}'"))?;
        let (scenario, interventions) = meant(wanted, plain)?;
        let (seed, at) = (SEED_DEFAULT, moment(&interventions));
        let line = CommandLine {
            scenario: &scenario,
            seed,
            interventions: &interventions,
            duration: at.since(SimTime::ZERO),
            all_patterns: false,
            seeds: None,
        };
        let run = line.to_string();
        let open = format!("eastwest lab --from {}", quoted(&run));
        let opening = Opening { scenario, seed, interventions, stands: Some(at), compares: false };
        Ok(Self { opening, seed, run, open })
    }
}

/// [`AFTER`] the last thing done; sooner where something that is done ends by itself, so that it is seen.
fn moment(log: &[Intervention]) -> SimTime {
    let last = log.iter().map(Intervention::at).max().unwrap_or(SimTime::ZERO);
    let ends = log.iter().filter_map(|done| Some(done.at() + done.lasts()?)).filter(|end| *end > last).min();
    let half = ends.map(|end| SimSpan::from_nanos(end.since(last).nanos() / 2));
    last + half.map_or(AFTER, |half| half.min(AFTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lab(actions: &[&str]) -> directive::Lab {
        let actions = actions.iter().map(|&action| action.to_owned()).collect();
        directive::Lab { actions, ..directive::Lab::default() }
    }

    fn still(actions: &[&str]) -> Still {
        Still::of(&lab(actions), &BTreeMap::new()).expect("a lab")
    }

    #[test]
    fn it_stands_ten_seconds_after_the_last_deed_and_before_one_that_ends() {
        let seconds = |actions: &[&str]| still(actions).opening.stands.expect("it stands").seconds();
        assert_eq!(seconds(&[]), 10);
        assert_eq!(seconds(&["20s us-east-1/payment 503", "5s us-west-2/payment 503"]), 30);
        assert_eq!(seconds(&["20s us-east-1~us-west-2 cut for 8s"]), 24);
        assert_eq!(seconds(&["20s us-east-1~us-west-2 cut for 2m"]), 30);
        assert_eq!(seconds(&["2s us-east-1~us-west-2 cut for 1s", "20s us-east-1/payment 503"]), 30);
    }

    #[test]
    fn the_line_that_opens_it_holds_the_line_of_the_run() {
        let still = still(&["20s us-east-1/payment:2 503"]);
        let run = "eastwest sim two-regions --seed 7 --duration 30s --do \"20s us-east-1/payment:2 503\"";
        assert_eq!(still.run, run);
        assert_eq!(still.open, format!("eastwest lab --from '{run}'"));
    }

    #[test]
    fn what_it_cannot_open_is_said() {
        assert!(Still::of(&lab(&["20s us-moon down"]), &BTreeMap::new()).is_err());
        let wanted = directive::Lab { scenario: "moon".to_owned(), ..lab(&[]) };
        assert_eq!(Still::of(&wanted, &BTreeMap::new()), Err("there is no scenario 'moon'".to_owned()));
    }
}

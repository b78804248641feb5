//! Whether budgets and duration agree, in sentences for who prepares a talk.

use std::time::Duration;

use super::words::{self, clock, planned, sections};
use super::{Budget, Fit, Targets, advice, millis, plan, sum};

/// `budgets 14:00 to 19:00, duration 15:00, slack 1:00` first; then what is wrong, a sentence each.
pub fn check(targets: &Targets) -> Vec<String> {
    if targets.sections.is_empty() {
        return vec!["no section has a budget".to_owned()];
    }
    let (low, high) = (sum(&targets.lows()), sum(&targets.highs()));
    let slack = millis(targets.total).saturating_sub(low);
    let [low, high, slack] = [low, high, slack].map(Duration::from_millis);
    let head = format!("budgets {} to {}, duration {}", clock(low), clock(high), clock(targets.total));
    let mut found = match plan(targets).fits {
        Fit::Exact => vec![format!("{head}, slack {}", clock(slack))],
        Fit::TooShort(by) => vec![format!("{head}, {} too short", clock(by)), to_cut(targets, by)],
        Fit::TooLong(by) => vec![format!("{head}, {} too long", clock(by)), stretched(targets, high)],
    };
    found.extend(turned_around(targets));
    found
}

fn to_cut(targets: &Targets, by: Duration) -> String {
    words::advice(&advice::what_to_cut(&targets.cuttable(&targets.lows()), millis(by)))
}

fn stretched(targets: &Targets, high: Duration) -> String {
    if high.is_zero() {
        return "the duration is divided equally, because no section has a time".to_owned();
    }
    let percent = targets.total.as_secs_f64() / high.as_secs_f64() * 100.0;
    format!("every section is planned at {percent:.0} % of its most time")
}

fn turned_around(targets: &Targets) -> impl Iterator<Item = String> {
    let wrong = (0..).zip(&targets.sections).filter(|(_, budget)| budget.low > budget.high);
    wrong.map(|(section, budget)| {
        let [low, high] = [budget.low, budget.high].map(clock);
        format!(
            "{} takes at least {low} and at most {high}; the most is taken for {low}",
            sections(&[section])
        )
    })
}

/// A line for each section: its number, its budget, its plan.
pub fn table(targets: &Targets) -> Vec<String> {
    let line = |(index, (budget, plan)): (usize, (&Budget, _))| {
        let [low, high] = [budget.low, budget.high].map(clock);
        format!("{:>4}  {low:>7} to {high:>7}  plan {:>7}", sections(&[index]), planned(plan))
    };
    targets.sections.iter().zip(plan(targets).sections).enumerate().map(line).collect()
}

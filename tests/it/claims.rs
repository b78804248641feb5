//! Claims: formulae at once, runs to their end, the same whatever the budget.

use std::collections::BTreeMap;

use eastwest::app::claim::{Work, evaluate};
use eastwest::course::claim::{Claim, Cost, How, Run};
use eastwest::sim::Scenario;

fn scenarios() -> BTreeMap<String, Scenario> {
    Scenario::shipped_names().filter_map(|name| Some((name.to_owned(), Scenario::shipped(name)?))).collect()
}

fn spill(levels: &[&str], priority: usize) -> Claim {
    let levels = levels.iter().map(|&level| level.to_owned()).collect();
    Claim { how: How::Spill { levels, priority }, expect: 0.0, tolerance: 0.0 }
}

fn run() -> Run {
    Run {
        scenario: "one-service".to_owned(),
        pattern: "mesh".to_owned(),
        set: Vec::new(),
        actions: vec!["2s us-east-1/payment:2 503".to_owned()],
        seed: 7,
        duration: "12s".to_owned(),
        from: "5s".to_owned(),
        measure: "calls.payment.us-east-1.local_percent".to_owned(),
    }
}

fn claim(run: Run) -> Claim {
    Claim { how: How::Run(run), expect: 0.0, tolerance: 0.0 }
}

#[track_caller]
fn fails(run: Run, because: &str) {
    let why = evaluate(&claim(run), &scenarios()).unwrap_err();
    assert!(why.contains(because), "{why}");
}

#[test]
fn envoys_integers_are_there_at_once() {
    assert_eq!(evaluate(&spill(&["2/4", "4/4"], 0), &BTreeMap::new()), Ok(70.0));
    assert_eq!(evaluate(&spill(&["2/4", "4/4"], 1), &BTreeMap::new()), Ok(30.0));
    assert!(evaluate(&spill(&["2/4"], 1), &BTreeMap::new()).unwrap_err().contains("no priority 1"));
    assert!(evaluate(&spill(&["5/4"], 0), &BTreeMap::new()).is_err());
}

#[test]
fn money_is_worked_out_by_the_formulae_of_calc_cost() {
    let money = |options: &[&str], measure: &str| {
        let cost = Cost {
            options: options.iter().map(|&option| option.to_owned()).collect(),
            scenario: "two-regions".to_owned(),
            set: vec!["mesh.locality=off".to_owned()],
            measure: measure.to_owned(),
        };
        evaluate(&Claim { how: How::Cost(cost), expect: 0.0, tolerance: 0.0 }, &scenarios())
    };
    let month = "bills.mesh.usd_per_month.transfer";
    assert_eq!(money(&["gb-month=100000"], month), Ok(2000.0));
    assert_eq!(money(&["price=transit_gateway.usd_per_gb=0"], "prices.transit_gateway.usd_per_gb"), Ok(0.0));
    assert!(money(&["rsp=1"], month).unwrap_err().contains("did you mean 'rps'?"));
    assert!(money(&[], "bills.mesh.nothing").unwrap_err().contains("no number 'bills.mesh.nothing'"));
}

#[test]
fn a_run_gives_the_same_number_whatever_the_budget() {
    let whole = evaluate(&claim(run()), &scenarios()).unwrap();
    assert!((60.0..80.0).contains(&whole), "{whole}");
    let mut work = Work::start(&claim(run()), &scenarios());
    let mut steps = 0;
    let stepped = loop {
        steps += 1;
        if let Some(outcome) = work.step(500) {
            break outcome;
        }
    };
    assert!(steps > 3, "{steps}");
    assert_eq!(stepped, Ok(whole));
}

#[test]
fn what_is_wrong_with_a_run_is_one_sentence() {
    fails(
        Run { scenario: "three-regions".to_owned(), ..run() },
        "there is no scenario 'three-regions'; there are one-service",
    );
    fails(
        Run { pattern: "duel".to_owned(), ..run() },
        "there is no pattern 'duel'; there is dual, federation, mesh; did you mean 'dual'?",
    );
    fails(Run { set: vec!["mesh.localty=off".to_owned()], ..run() }, "mesh.localty");
    fails(Run { actions: vec!["2s us-east-1/paymnt 503".to_owned()], ..run() }, "paymnt");
    fails(Run { duration: "12".to_owned(), ..run() }, "12");
    fails(Run { measure: "success_persent".to_owned(), ..run() }, "no number 'success_persent'");
}

//! The bill of a run: its parts, its sums, and what crosses a zone.

use eastwest::sim::cost::{MONTH_HOURS, Question};
use eastwest::sim::{Engine, Hearing, Pattern, Report, Scenario, Seed};

use crate::determinism::{at, run_to};
use crate::support::set_all;

fn engine(name: &str, set: &[&str]) -> Engine {
    let mut scenario = Scenario::shipped(name).unwrap();
    set_all(&mut scenario, set);
    scenario.validate().unwrap();
    Engine::new(&scenario, Seed(7), Vec::new())
}

fn minute(set: &[&str]) -> Report {
    let mut engine = engine("two-regions", set);
    run_to(&mut engine, at(60_000));
    engine.report()
}

#[track_caller]
fn near(found: f64, expected: f64, by: f64) {
    assert!((found - expected).abs() <= by, "{found} is not {expected} ± {by}");
}

#[test]
fn a_run_s_bill_has_the_parts_of_a_mesh() {
    let cost = minute(&[]).cost_usd_per_hour;
    assert_eq!(cost.pods, 0.864, "18 pods of one vCPU");
    assert_eq!(cost.mesh, 0.086, "18 sidecars at 100m: 10 %");
    // Two replicas of istiod in each of two regions, half a pod each, and four Transit Gateway attachments.
    assert_eq!(cost.control_plane, 0.296);
    near(cost.transfer.unwrap(), 0.001, 0.001);
    let parts = [cost.pods, cost.mesh, cost.control_plane];
    let counted = [cost.dns, cost.transfer].into_iter().flatten().sum::<f64>();
    near(cost.total, parts.iter().sum::<f64>() + counted, 1e-9);
}

#[test]
fn pods_of_half_a_core_pay_twenty_percent_for_their_sidecars() {
    let half: Vec<String> =
        ["ingress", "checkout", "payment"].map(|service| format!("service.{service}.cpu=500m")).to_vec();
    let half: Vec<&str> = half.iter().map(String::as_str).collect();
    let cost = minute(&half).cost_usd_per_hour;
    assert_eq!((cost.pods, cost.mesh), (0.432, 0.086));
    near(cost.mesh / cost.pods, 0.20, 0.001);
}

#[test]
fn bytes_billed_are_bytes_crossed() {
    for set in [&["mesh.locality=off", "mesh.lb=random"], &["mesh.locality=distribute", "mesh.lb=random"]] {
        let report = minute(set);
        let usd = |bytes: u64, price: f64| bytes as f64 / 1e9 * 60.0 * price;
        let cost = report.cost_usd_per_hour;
        near(cost.transfer.unwrap(), usd(report.cross_region.bytes, 0.04), 0.0006);
        near(report.cross_zone.usd_per_hour.unwrap(), usd(report.cross_zone.bytes, 0.02), 0.0006);
        // Every call goes 1 KB one way and 24 KB back; those still on their way have not been answered.
        let calls = report.cross_zone.calls;
        assert!(report.cross_zone.bytes <= calls * 25_000, "{:?}", report.cross_zone);
        assert!(report.cross_zone.bytes >= (calls - 20) * 25_000, "{:?}", report.cross_zone);
    }
}

#[test]
fn ninety_five_to_five_saves_nine_tenths_of_a_flat_pool_s_transfer() {
    let crossed = |set: &[&str]| {
        let mut engine = engine("one-service", set);
        run_to(&mut engine, at(60_000));
        engine.report().cross_region.bytes as f64
    };
    let flat = crossed(&["mesh.locality=off", "mesh.lb=random"]);
    near(crossed(&["mesh.locality=distribute"]) / flat, 0.10, 0.01);
    // Over two zones a region Istio rounds each zone's weight up: 48 and 48 to 3 and 3, so one in 17 crosses.
    let flat = minute(&["mesh.locality=off", "mesh.lb=random"]).cross_region;
    let split = minute(&["mesh.locality=distribute"]).cross_region;
    near(split.bytes as f64 / flat.bytes as f64, 2.0 / 17.0, 0.005);
}

#[test]
fn a_zone_first_rule_keeps_bytes_in_their_zone() {
    let near_zone = minute(&["mesh.locality=failover"]).cross_zone;
    assert_eq!((near_zone.calls, near_zone.bytes), (0, 0));
    let region = minute(&[]);
    let calls: u64 =
        region.calls.values().flat_map(|callers| callers.values()).map(|calls| calls.total).sum();
    near(region.cross_zone.calls as f64 / calls as f64, 0.5, 0.03);
}

#[test]
fn a_second_s_gauge_adds_up_to_the_same_bill_as_the_report() {
    let mut engine = engine("two-regions", &["mesh.locality=distribute", "mesh.lb=random"]);
    engine.hear(Hearing { seconds: true, ..Hearing::NOTHING });
    run_to(&mut engine, at(60_000));
    let seconds = engine.take_seconds();
    let total: u64 = seconds.iter().map(|(_, second)| second.cost_micro_usd_per_hour).sum();
    // Bytes still on their way are in neither.
    near(total as f64 / seconds.len() as f64 / 1e6, engine.report().cost_usd_per_hour.total, 0.004);
}

#[test]
fn a_busy_sidecar_costs_what_it_uses() {
    let mut busy = engine("one-service", &["users.us-east-1.rps=4000", "users.us-west-2.rps=4000"]);
    run_to(&mut busy, at(5_000));
    // 1000 requests a second into each of eight pods: 0.2 vCPU each instead of 0.1.
    near(busy.report().cost_usd_per_hour.mesh, 8.0 * 0.0096, 0.0021);
    let mut idle = engine("one-service", &[]);
    run_to(&mut idle, at(5_000));
    near(idle.report().cost_usd_per_hour.mesh, 8.0 * 0.0048, 0.0006);
}

#[test]
fn a_run_shorter_than_a_second_has_a_bill() {
    let mut engine = engine("two-regions", &[]);
    run_to(&mut engine, at(100));
    assert_eq!(engine.report().cost_usd_per_hour.mesh, 0.086);
}

#[test]
fn the_formula_s_bill_is_that_of_a_run() {
    let mut scenario = Scenario::shipped("two-regions").unwrap();
    scenario.set("mesh.locality=distribute").unwrap();
    let answer = Question::new(scenario).answer().unwrap();
    let report = minute(&["mesh.locality=distribute", "mesh.lb=random"]);
    let run = report.cost_usd_per_hour;
    let of = |part: &str| answer.number(&format!("bills.mesh.{part}")).unwrap();
    assert_eq!((of("pods"), of("mesh")), (run.pods, run.mesh));
    near(of("control_plane") + of("attachments"), run.control_plane, 1e-9);
    near(of("transfer"), run.transfer.unwrap(), 0.01);
    near(of("zones"), report.cross_zone.usd_per_hour.unwrap(), 0.02);
}

#[test]
fn gateways_are_on_both_bills() {
    let gateways = 0.019;
    for (pattern, key, joined) in [
        (Pattern::Mesh, "mesh.network=gateways", 0.296),
        (Pattern::Federation, "federation.pick=gateway", 0.2),
    ] {
        let mut scenario = Scenario::shipped("two-regions").unwrap();
        scenario.set_pattern(pattern);
        scenario.set(key).unwrap();
        let mut engine = Engine::new(&scenario, Seed(7), Vec::new());
        run_to(&mut engine, at(10_000));
        near(engine.report().cost_usd_per_hour.control_plane, joined + gateways, 1e-9);
        let answer = Question::new(scenario).answer().unwrap();
        let of = |part: &str| answer.number(&format!("bills.{pattern}.{part}")).unwrap();
        near(of("control_plane") + of("attachments"), joined + gateways, 0.0006);
    }
}

fn question(set: &[(&str, &str)]) -> Question {
    let mut question = Question::new(Scenario::shipped("two-regions").unwrap());
    for (option, value) in set {
        question.set(option, value).unwrap();
    }
    question
}

#[track_caller]
fn number(set: &[(&str, &str)], path: &str) -> Option<f64> {
    question(set).answer().unwrap().number(path)
}

#[test]
fn a_hundred_terabytes_a_month_cost_what_the_price_list_says() {
    let month = ("gb-month", "100000");
    let peering = ("price", "transit_gateway.usd_per_gb=0");
    let transfer = "bills.federation.usd_per_month.transfer";
    assert_eq!(number(&[month], transfer), Some(2000.0));
    assert_eq!(number(&[month, peering], transfer), Some(1000.0));
    assert_eq!(number(&[month, ("remote-share", "5%")], transfer), Some(200.0));
    assert_eq!(number(&[month], "bills.mesh.transfer"), Some(0.0));
}

#[test]
fn the_mission_s_break_even_is_that_of_its_own_arithmetic() {
    // (0.069 + 0.08 of a mesh − 0) ÷ (½ × 24 KB × 3600 s ÷ 10^9 × $0.02): nothing else may cost anything.
    let mission = [
        ("overhead", "18%"),
        ("pods", "8"),
        ("bytes", "24000"),
        ("price", "transit_gateway.usd_per_gb=0"),
        ("price", "zones.usd_per_gb_each_way=0"),
    ];
    let overhead = 8.0 * 0.048 * 0.18 + 0.096;
    let a_request = 0.5 * 24_000.0 * 3600.0 / 1e9 * 0.02;
    let expected: f64 = overhead / a_request;
    assert_eq!(number(&mission, "break_even_rps"), Some(expected.ceil()));
}

#[test]
fn a_mesh_never_pays_where_nothing_is_saved() {
    assert_eq!(number(&[("remote-share", "0")], "break_even_rps"), None);
    assert_eq!(number(&[("bytes", "0")], "break_even_rps"), None);
    let answer = question(&[("remote-share", "0")]).answer().unwrap();
    assert!(answer.verdict().contains("never costs less than a federation"), "{}", answer.verdict());
}

#[test]
fn the_break_even_is_the_first_rate_at_which_the_bills_say_so() {
    let rate = number(&[], "break_even_rps").unwrap();
    let difference = |rate: f64| {
        let rate = format!("{rate}");
        let of = |pattern: &str| number(&[("rps", &rate)], &format!("bills.{pattern}.usd_per_month.total"));
        of("federation").unwrap() - of("mesh").unwrap()
    };
    assert!(difference(rate) >= 0.0);
    assert!(difference(rate - 1.0) < 0.0);
}

#[test]
fn outages_cost_incidents_times_hours_times_the_price_of_an_hour() {
    let set = [("incidents", "2"), ("incident-lasts", "30m"), ("outage-usd-hour", "1000")];
    // Two half hours of half of all users, a month.
    assert_eq!(number(&set, "bills.dual.usd_per_month.outages"), Some(500.0));
    assert_eq!(number(&set, "bills.federation.usd_per_month.outages"), Some(500.0));
    let deep =
        [("incidents", "2"), ("incident-lasts", "30m"), ("outage-usd-hour", "3600"), ("check", "deep")];
    // 55 s of half of the users, twice, at a dollar a second.
    assert_eq!(number(&deep, "bills.dual.usd_per_month.outages"), Some(55.0));
}

#[test]
fn the_cheapest_that_meets_an_slo_may_be_none() {
    let cheapest = |slo: &str| question(&[("slo", slo)]).answer().unwrap().cheapest;
    assert_eq!(cheapest("99.9"), Some(Pattern::Dual));
    assert_eq!(cheapest("99.999"), Some(Pattern::Mesh));
    assert_eq!(cheapest("99.99999"), None);
}

#[test]
fn the_outage_price_at_which_a_mesh_pays_makes_the_bills_equal() {
    let hour = number(&[], "break_even_outage_usd_hour").unwrap();
    let hour = format!("{hour}");
    let total = |pattern: &str| {
        let set = [("outage-usd-hour", hour.as_str())];
        number(&set, &format!("bills.{pattern}.usd_per_month.total")).unwrap()
    };
    near(total("dual"), total("mesh"), 0.1);
    assert_eq!(number(&[("incidents", "0")], "break_even_outage_usd_hour"), None);
}

#[test]
fn a_month_is_730_hours() {
    assert_eq!(MONTH_HOURS * 12, 8760);
}

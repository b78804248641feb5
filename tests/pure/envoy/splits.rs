//! Static splits: the load table exactly, and what really goes there within two points.

use super::rig::{FOR_LONG, NO_RETRY, failed_percent, local, run, seeds};

/// As many requests as were measured at each point: 5000.
const UNTIL: u64 = 35;

/// Percent that stay local with so many pods in each region and so many of them unhealthy, by the laws read off
/// Envoy's data: health is min(100, 140 × healthy ÷ total), and loads are taken in order from a total rescaled to 100.
fn law(pods: (u32, u32), sick: (u32, u32), panic_percent: u32) -> Option<u32> {
    let health = |pods: u32, sick: u32| (140 * (pods - sick) / pods).min(100);
    let (here, there) = (health(pods.0, sick.0), health(pods.1, sick.1));
    let total = (here + there).min(100);
    let panics = |pods: u32, sick: u32| {
        total < 100 && 100.0 * f64::from(pods - sick) / f64::from(pods) < f64::from(panic_percent)
    };
    if panics(pods.0, sick.0) && panics(pods.1, sick.1) {
        return Some(100 * pods.0 / (pods.0 + pods.1));
    }
    if total == 0 {
        return None;
    }
    let taken = (here * 100 / total).min(100);
    let left = 100 - taken - (there * 100 / total).min(100 - taken);
    Some(if here > 0 { taken + left } else { taken })
}

struct Point {
    pods: (u32, u32),
    sick: (u32, u32),
    panic: u32,
}

impl Point {
    /// Sick pods are listed as unhealthy and answer 503, so that the share of failures is the share that went to them.
    #[track_caller]
    fn check(&self) {
        let (pods, sick) = (self.pods, self.sick);
        let mut does = Vec::new();
        for (region, count) in [("us-east-1", sick.0), ("us-west-2", sick.1)] {
            if count > 0 {
                does.push(format!("2s {region}/payment:{count} notready"));
                does.push(format!("2s {region}/payment:{count} 503"));
            }
        }
        let set = [
            format!("service.payment.pods.us-east-1={}", pods.0),
            format!("service.payment.pods.us-west-2={}", pods.1),
            format!("mesh.panic_threshold={}", self.panic),
        ];
        let set: Vec<&str> =
            set.iter().map(String::as_str).chain([NO_RETRY, "mesh.outlier.consecutive_5xx=0"]).collect();
        let does: Vec<&str> = does.iter().map(String::as_str).collect();
        let report = run(3, &set, &does, UNTIL);
        let about = format!("{pods:?} with {sick:?} sick, panic {}", self.panic);
        let Some(expected) = law(pods, sick, self.panic) else {
            assert_eq!(report.requests.ok, 0, "{about}: nobody was meant to be picked");
            return;
        };
        let table = report.number("calls.payment.us-east-1.load_percent.0");
        assert_eq!(table, Some(f64::from(expected)), "{about}: the table");
        let share = local(&report);
        assert!((share - f64::from(expected)).abs() < 2.0, "{about}: {share} % local, not {expected} %");
    }
}

#[test]
fn shares_are_what_the_load_table_says() {
    // The measured rows by default, all up to ten pods with many seeds.
    let sizes: Vec<u32> = if seeds(1) > 1 { (1..=10).collect() } else { vec![2, 4, 5] };
    for pods in sizes {
        for sick in 0..=pods {
            Point { pods: (pods, pods), sick: (sick, 0), panic: 0 }.check();
        }
    }
    // What the table prints, beside the law.
    let printed = [(2, 1, 70), (4, 2, 70), (4, 3, 35), (5, 2, 84), (5, 3, 56), (5, 4, 28)];
    for (pods, sick, percent) in printed {
        assert_eq!(law((pods, pods), (sick, 0), 0), Some(percent));
    }
}

#[test]
fn shares_hold_when_both_regions_are_short() {
    let every = seeds(1) > 1;
    for panic in [0, 50] {
        for here in 0..=4 {
            for there in 0..=4 {
                let told = [(3, 3), (2, 4), (3, 4), (4, 3), (4, 4), (4, 2)].contains(&(here, there));
                if every || told {
                    Point { pods: (4, 4), sick: (here, there), panic }.check();
                }
            }
        }
    }
    assert_eq!(law((4, 4), (3, 3), 0), Some(50));
    assert_eq!(law((4, 4), (2, 4), 0), Some(100));
    assert_eq!(law((4, 4), (4, 2), 50), Some(0));
}

#[test]
fn panic_sends_to_sick_pods_too() {
    // Measured: with (3, 3) sick 74.7 % of requests hit sick pods, with (3, 4) and (4, 3) 87 %, with (4, 4) all.
    for (here, there, sick) in [(3, 3, 75.0), (3, 4, 87.5), (4, 3, 87.5), (4, 4, 100.0)] {
        let does = [
            format!("2s us-east-1/payment:{here} notready"),
            format!("2s us-east-1/payment:{here} 503"),
            format!("2s us-west-2/payment:{there} notready"),
            format!("2s us-west-2/payment:{there} 503"),
        ];
        let does: Vec<&str> = does.iter().map(String::as_str).collect();
        let rules = [NO_RETRY, "mesh.outlier.consecutive_5xx=0", "mesh.panic_threshold=50", "mesh.lb=random"];
        let share = failed_percent(&run(2, &rules, &does, UNTIL));
        assert!((share - sick).abs() < 2.0, "({here}, {there}): {share} % on sick pods, not {sick} %");
    }
}

#[test]
fn distribute_keeps_its_shares_and_shrinks_with_health() {
    let measured = [
        ("95/5", [(0, 95.0), (1, 95.0), (2, 93.0), (4, 0.0)]),
        ("80/20", [(0, 80.0), (1, 80.0), (2, 73.7), (4, 0.0)]),
        ("50/50", [(0, 50.0), (1, 50.0), (2, 41.2), (4, 0.0)]),
    ];
    for (weights, points) in measured {
        for (sick, expected) in points {
            let split = format!("mesh.distribute={weights}");
            let rules = ["mesh.locality=distribute", &split, "mesh.panic_threshold=0"];
            let does = format!("2s us-east-1/payment:{} notready", sick.max(1));
            let does: &[&str] = if sick == 0 { &[] } else { &[&does] };
            let share = local(&run(1, &rules, does, UNTIL));
            assert!((share - expected).abs() < 0.3, "{weights}, {sick} sick: {share} %, not {expected} %");
        }
    }
    // And the same where the sick are ejected.
    let rules = ["mesh.locality=distribute", "mesh.distribute=80/20", FOR_LONG];
    let share = local(&run(1, &rules, &["2s us-east-1/payment:2 503"], UNTIL));
    assert!((share - 73.7).abs() < 0.3, "{share} %");
}

#[test]
fn pods_that_left_the_list_do_not_count() {
    // Two of four gone: 100 % local when removed, 70.5 % when listed as unhealthy; all gone: 100 % remote.
    let two = ["2s us-east-1/payment:2 notready"];
    assert_eq!(local(&run(1, &["mesh.istio=1.30"], &two, UNTIL)), 100.0);
    let listed = local(&run(1, &["mesh.istio=1.31"], &two, UNTIL));
    assert!((listed - 70.5).abs() < 2.0, "{listed} %");
    let all = run(1, &["mesh.istio=1.30"], &["2s us-east-1/payment notready"], UNTIL);
    assert_eq!(local(&all), 0.0);
    let level = all.number("calls.payment.us-east-1.load_percent.0");
    assert_eq!(level, Some(100.0), "west is level 0 when east is gone");
}

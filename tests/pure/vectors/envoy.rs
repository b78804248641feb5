//! Envoy's decisions.

use super::Case;
use super::read::{levels, list, locality_weights, number, numbers, scores, text};
use eastwest::sim::policy::balance::{SlowStart, Zone, ZoneRouting, slow_start_factor, zone_routing};
use eastwest::sim::policy::locality::{Edf, scheduler, shares};
use eastwest::sim::policy::outlier::{Detector, OutlierConfig, eject_max, jitter, success_rate};
use eastwest::sim::policy::priority::{Availability, Loads, choose, loads, loads_of_scores};
use eastwest::sim::policy::retry::PreviousPriorities;
use eastwest::sim::time::{SimSpan, SimTime};
use serde_json::{Value, json};

pub fn priority_load(case: &Case) {
    let threshold = number(&case.input["panic_threshold_pct"]);
    let table = loads_of_scores(&levels(case.input), &scores(case.input), threshold);
    for (name, expected) in case.expect.as_object().unwrap() {
        let found = match name.as_str() {
            "healthy_load" => json!(table.healthy_load),
            "degraded_load" => json!(table.degraded_load),
            "normalized_total" => json!(table.normalized_total),
            "panic" => json!(table.panic),
            "total_panic" => json!(table.total_panic),
            // A sentence about the table, which the other fields say in numbers.
            "outcome" => continue,
            _ => panic!("{}: unknown field {name}", case.id),
        };
        assert_eq!(&found, expected, "{}: {name}", case.id);
    }
    let plain = list(&case.input["priorities"])
        .iter()
        .all(|level| level["opf"] == 140 && level["total_weight"].is_null());
    if plain {
        assert_eq!(table, loads(&levels(case.input), 140, threshold), "{}", case.id);
    }
}

pub fn choose_priority(case: &Case) {
    let table = given_loads(case.input);
    let (priority, availability) = choose(&table, case.input["hash"].as_u64().unwrap());
    let name = match availability {
        Availability::Healthy => "healthy",
        Availability::Degraded => "degraded",
    };
    assert_eq!(&json!({"priority": priority, "availability": name}), case.expect, "{}", case.id);
}

fn given_loads(value: &Value) -> Loads {
    Loads {
        healthy_load: numbers(&value["healthy_load"]),
        degraded_load: numbers(&value["degraded_load"]),
        ..Loads::default()
    }
}

pub fn locality_weight(case: &Case) {
    let shares = shares(&locality_weights(case.input), number(&case.input["opf"]));
    for (share, expected) in shares.iter().zip(numbers(&case.expect["share_pct"])) {
        assert!((share * 100.0 - f64::from(expected)).abs() <= 1.0, "{}: {shares:?}", case.id);
    }
}

pub fn locality_wrr_picks(case: &Case) {
    let localities = locality_weights(case.input);
    let mut queue = scheduler(&localities, number(&case.input["opf"])).unwrap();
    let mut counts = vec![0; localities.len()];
    for _ in 0..number(&case.input["picks"]) {
        counts[queue.pick()] += 1;
    }
    assert_eq!(counts, numbers(&case.expect["counts"]), "{}", case.id);
}

pub fn locality_wrr_sequence(case: &Case) {
    let queue = scheduler(&locality_weights(case.input), number(&case.input["opf"]));
    sequence(case, queue);
}

pub fn host_wrr_sequence(case: &Case) {
    let weights: Vec<f64> = numbers(&case.input["weights"]).into_iter().map(f64::from).collect();
    sequence(case, Edf::new(&weights));
}

fn sequence(case: &Case, queue: Option<Edf>) {
    let picks = list(&case.expect["sequence"]).len();
    let found = queue.map(|mut queue| (0..picks).map(|_| queue.pick()).collect::<Vec<_>>());
    assert_eq!(json!(found), case.expect["sequence"], "{}", case.id);
}

pub fn zone_aware(case: &Case) {
    let count = |of: &str, zone: &str| case.input[of][zone].as_u64().unwrap_or(0) as u32;
    let zone = |name: &str| {
        let hosts = count("upstream_healthy", name);
        Zone { callers: count("local_healthy", name), hosts, healthy: hosts }
    };
    let mut names: Vec<String> = list(&case.input["upstream_order"]).iter().map(text).collect();
    // A caller whose zone has no hosts: the file leaves it out, our list starts with it.
    let own_zone_is_empty = case.input["proxy_zone_has_upstream"] == false;
    if own_zone_is_empty {
        let callers = case.input["local_healthy"].as_object().unwrap();
        names.insert(0, callers.keys().find(|zone| !names.contains(zone)).unwrap().clone());
    }
    let routing = zone_routing(&names.iter().map(|name| zone(name)).collect::<Vec<_>>(), 1).unwrap();
    let found = match routing {
        ZoneRouting::Direct => json!({"mode": "direct"}),
        ZoneRouting::Residual { local_bp, mut cumulative } => {
            cumulative.drain(..usize::from(own_zone_is_empty));
            json!({"mode": "residual", "local_percent_to_route_bp": local_bp, "residual_cumulative_bp": cumulative})
        }
    };
    assert_eq!(&found, case.expect, "{}", case.id);
}

pub fn zone_aware_residual_only(case: &Case) {
    let side =
        |name: &str| list(&case.input[name]).iter().map(|share| share.as_u64().unwrap()).collect::<Vec<_>>();
    let shares: Vec<(u64, u64)> = side("local_pct").into_iter().zip(side("upstream_pct")).collect();
    let ZoneRouting::Residual { local_bp, cumulative } = ZoneRouting::of_shares(&shares) else {
        panic!("{}", case.id);
    };
    let found = json!({"local_percent_to_route_bp": local_bp, "residual_cumulative_pct": cumulative});
    assert_eq!(&found, case.expect, "{}", case.id);
}

pub fn retry_previous_priorities(case: &Case) {
    let (levels, original) = (levels(case.input), given_loads(&case.input["original"]));
    let mut previous = PreviousPriorities::new(number(&case.input["update_frequency"]) as usize);
    let mut table = previous.loads(&levels, 140, &original);
    assert_eq!(table, original, "{}: the first try", case.id);
    for priority in numbers(&case.input["attempted_priorities"]) {
        previous.attempted(priority as usize);
        table = previous.loads(&levels, 140, &original);
    }
    let found = json!({"healthy_load": table.healthy_load, "degraded_load": table.degraded_load});
    assert_eq!(&found, case.expect, "{}", case.id);
}

fn seconds(value: &Value) -> SimSpan {
    SimSpan::from_seconds(value.as_u64().unwrap())
}

fn at(seconds: u64) -> SimTime {
    SimTime::ZERO + SimSpan::from_seconds(seconds)
}

pub fn outlier_timeline(case: &Case) {
    let given = &case.input["config"];
    let config = OutlierConfig {
        consecutive_5xx: number(&given["consecutive_5xx"]),
        interval: seconds(&given["interval_s"]),
        base_ejection_time: seconds(&given["base_ejection_s"]),
        max_ejection_time: seconds(&given["max_ejection_s"]),
        max_ejection_percent: number(&given["max_ejection_pct"]),
        ..OutlierConfig::default()
    };
    let hosts = number(&case.input["hosts"]) as usize;
    let mut detector = Detector::new(config, hosts);
    for (event, expected) in list(&case.input["events"]).iter().zip(list(&case.expect["ejected_after"])) {
        let now = at(event["t"].as_u64().unwrap());
        if event["tick"] == true {
            detector.sweep(now);
        }
        for code in numbers(&event["codes"]) {
            detector.record(number(&event["host"]) as usize, code as u16, now);
        }
        let ejected: Vec<bool> = (0..hosts).map(|host| detector.is_ejected(host)).collect();
        assert_eq!(&json!(ejected), expected, "{}: after {event}", case.id);
    }
}

pub fn outlier_success_rate(case: &Case) {
    let rates: Vec<f64> =
        list(&case.input["success_rates"]).iter().map(|rate| rate.as_f64().unwrap()).collect();
    let bar = success_rate(&rates, case.input["stdev_factor"].as_f64().unwrap()).unwrap();
    assert_eq!(&json!({"mean": bar.mean, "threshold": bar.threshold}), case.expect, "{}", case.id);
}

pub fn outlier_jitter(case: &Case) {
    let max = SimSpan::from_millis(case.input["max_jitter_ms"].as_u64().unwrap());
    let expected = SimSpan::from_millis(case.expect["jitter_ms"].as_u64().unwrap());
    assert_eq!(jitter(case.input["random"].as_u64().unwrap(), max), expected, "{}", case.id);
}

/// Ejects a host again and again, at once after each return, and measures each ejection.
pub fn outlier_ejection_duration(case: &Case) {
    let interval = case.input["interval_s"].as_u64().unwrap();
    let mut detector = Detector::new(
        OutlierConfig {
            consecutive_5xx: 1,
            interval: SimSpan::from_seconds(interval),
            base_ejection_time: seconds(&case.input["base_s"]),
            max_ejection_time: seconds(&case.input["max_s"]),
            max_ejection_percent: 100,
            ..OutlierConfig::default()
        },
        1,
    );
    let mut now = 0;
    let mut lasted = Vec::new();
    for _ in 0..numbers(&case.input["nth_ejection"]).into_iter().max().unwrap() {
        detector.record(0, 500, at(now));
        let from = now;
        while detector.is_ejected(0) {
            now += interval;
            detector.sweep(at(now));
        }
        lasted.push(now - from);
    }
    let picked = numbers(&case.input["nth_ejection"]).into_iter().map(|nth| lasted[nth as usize - 1]);
    assert_eq!(json!(picked.collect::<Vec<_>>()), case.expect["duration_s"], "{}", case.id);
}

/// Both ways: the formula, and a detector whose hosts all fail.
pub fn outlier_max_ejected(case: &Case) {
    let hosts = number(&case.input["hosts"]) as usize;
    let config = OutlierConfig {
        max_ejection_percent: number(&case.input["max_ejection_pct"]),
        always_eject_one_host: case.input["always_eject_one_host"] == true,
        ..OutlierConfig::default()
    };
    let expected = &case.expect["max_simultaneously_ejected"];
    assert_eq!(&json!(eject_max(&config, hosts)), expected, "{}", case.id);
    let mut detector = Detector::new(config, hosts);
    for host in (0..hosts).flat_map(|host| [host; 5]) {
        detector.record(host, 503, SimTime::ZERO);
    }
    assert_eq!(&json!(detector.ejected_count()), expected, "{}", case.id);
}

pub fn slow_start(case: &Case) {
    let slow_start = SlowStart {
        window: seconds(&case.input["window_s"]),
        aggression: case.input["aggression"].as_f64().unwrap(),
        min_weight_percent: case.input["min_weight_pct"].as_f64().unwrap(),
    };
    let factor = slow_start_factor(&slow_start, seconds(&case.input["elapsed_s"]));
    assert!((factor - case.expect["factor"].as_f64().unwrap()).abs() <= 1e-9, "{}: {factor}", case.id);
}

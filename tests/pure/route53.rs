//! Users reach a region by DNS: health checks, resolvers that keep answers, and who writes the records.

use eastwest::sim::policy::dns::{CONNECT_MAX, CheckedRecord, Estimate, dns_failover};
use eastwest::sim::{Budget, Engine, Hearing, Report, Scenario, Seed, SimSpan, Timeline};

use crate::determinism::{at, coarse, run_to};
use crate::support::{read, set_all};

const EAST: &str = "us-east-1";
const WEST: &str = "us-west-2";

fn scenario(assignments: &[&str]) -> Scenario {
    let mut scenario = Scenario::shipped("two-regions").unwrap();
    // Few users: what is measured here is time, and every resolver is still asked often enough.
    set_all(&mut scenario, ["users.us-east-1.rps=40", "users.us-west-2.rps=20"].iter().chain(assignments));
    scenario
}

fn run(scenario: &Scenario, seed: u64, texts: &[&str], seconds: u64) -> Report {
    let mut engine = Engine::new(scenario, Seed(seed), read(texts));
    run_to(&mut engine, at(seconds * 1000));
    engine.report()
}

/// Lines of the Why log that have all of the words.
fn lines(scenario: &Scenario, texts: &[&str], seconds: u64, words: &[&str]) -> Vec<String> {
    let mut engine = Engine::new(scenario, Seed(7), read(texts));
    engine.hear(Hearing { log: true, seconds: false, ..Hearing::NOTHING });
    run_to(&mut engine, at(seconds * 1000));
    let told = engine.take_log().into_iter();
    let line = |line: eastwest::mesh_view::LogLine| format!("{:.3} {}", line.at as f64 / 1e9, line.text);
    told.map(line).filter(|text| words.iter().all(|word| text.contains(word))).collect()
}

/// Where the users of a region were sent while `from..to` seconds.
fn sent(scenario: &Scenario, texts: &[&str], from: u64, to: u64, users: &str) -> (u64, u64) {
    let mut engine = Engine::new(scenario, Seed(7), read(texts));
    engine.measure_from(at(from * 1000));
    run_to(&mut engine, at(to * 1000));
    let report = engine.report();
    let to = &report.users.unwrap()[users].to;
    (to[EAST], to[WEST])
}

#[track_caller]
fn within(measured_ms: Option<u64>, expected: Estimate, about: &str) -> u64 {
    let measured = SimSpan::from_millis(measured_ms.unwrap_or_else(|| panic!("{about}: never")));
    // Milliseconds are cut off.
    let late = measured + SimSpan::from_millis(1);
    assert!(
        late >= expected.best && measured <= expected.worst,
        "{about}: {measured} is not in {expected:?}"
    );
    measured.nanos() / 1_000_000
}

#[test]
fn a_run_detects_and_moves_within_the_times_that_calc_gives() {
    let refused = ("50s us-east-1/ingress refuse", SimSpan::ZERO);
    let lost = ("50s us-east-1 down", CONNECT_MAX);
    for (seconds, (what, silence)) in [(10, refused), (30, refused), (10, lost), (30, lost)] {
        let setup = scenario(&[&format!("dns.check_interval={seconds}s")]);
        let expected = dns_failover(&CheckedRecord {
            ttl: SimSpan::from_seconds(60),
            check_interval: SimSpan::from_seconds(seconds),
            check_threshold: 3,
            resolver_overstay: SimSpan::ZERO,
            silence,
        });
        let mut detected = Vec::new();
        for seed in 0..20 {
            let about = format!("{what}, {seconds} s, seed {seed}");
            let dns = run(&setup, seed, &[what], 230).dns;
            detected.push(within(dns.detected_ms, expected.detect, &about));
            let moved = within(dns.moved_ms, expected.moved, &about);
            assert!(moved > detected[seed as usize] + 50_000, "{about}: 64 resolvers, so one is nearly new");
        }
        detected.sort_unstable();
        // The 14th of 16 phases: 14/17 of the last interval on average.
        let mean = detected.iter().sum::<u64>() / 20;
        let wanted = expected.detect.best.nanos() / 1_000_000 + seconds * 1000 * 14 / 17;
        assert!(mean.abs_diff(wanted) < seconds * 70, "{what}, {seconds} s: mean {mean}, not {wanted}");
        assert!(detected[19] - detected[0] > seconds * 50, "phases differ: {detected:?}");
    }
}

#[test]
fn users_of_a_dead_region_are_served_by_the_other_and_come_back() {
    // Nobody writes: Aurora's writer dies with the region.
    let setup = scenario(&["users.us-east-1.writes=0", "users.us-west-2.writes=0"]);
    let texts = ["20s us-east-1 down for 200s"];
    assert_eq!(sent(&setup, &texts, 0, 20, EAST).1, 0, "everybody starts at home");
    let moved = sent(&setup, &texts, 130, 220, EAST);
    assert_eq!(moved.0, 0, "{moved:?}");
    assert_eq!(sent(&setup, &texts, 0, 220, WEST).0, 0, "nobody goes to the dead region");
    let back = sent(&setup, &texts, 330, 360, EAST);
    assert_eq!(back.1, 0, "{back:?}");
    let report = run(&setup, 7, &texts, 220);
    let recovered = report.recovered_ms.unwrap();
    // Detection 32 to 42 s, a resolver's minute, 10 s until the last attempt is given up, windows of 10 s.
    assert!((90_000..=120_000).contains(&recovered), "{recovered}");
    let mut engine = Engine::new(&setup, Seed(7), read(&texts));
    engine.measure_from(at(130_000));
    run_to(&mut engine, at(210_000));
    let later = engine.report();
    assert_eq!(later.requests.failed, 0);
    // The way to the other coast and back.
    assert!(
        later.latency_ms.p99.unwrap() > 80.0 && later.latency_ms.p99.unwrap() < 140.0,
        "{:?}",
        later.latency_ms
    );
    let crossed = later.cross_region.bytes;
    assert_eq!(crossed, 0, "users come over the internet: no byte of theirs is between regions");
}

#[test]
fn every_flip_is_told_with_its_arithmetic() {
    let setup = scenario(&[]);
    let texts = ["20s us-east-1 down for 200s"];
    let told = lines(&setup, &texts, 400, &["Route 53"]);
    assert_eq!(told.len(), 6, "{told:#?}");
    for (line, words) in told.iter().zip([
        "14 of 16 checkers saw 3 in a row fail, the other 12.5 % are not over 18 %: us-east-1 is unhealthy",
        "us-east-1's users: Route 53 answers us-west-2 instead of us-east-1; 64 resolvers follow",
        "the last resolver has let go of the old answer",
        "3 of 16 checkers saw 3 in a row succeed, 18.8 % are over 18 %: us-east-1 is healthy again",
        "us-east-1's users: Route 53 answers us-east-1 instead of us-west-2",
        "all 40 requests/s go to us-east-1, which has 40 now",
    ]) {
        assert!(line.contains(words), "{line} does not say: {words}");
    }
    assert!(told[2].contains("all 40 requests/s go to us-west-2, which has 60 now"), "{}", told[2]);
}

#[test]
fn a_shallow_check_never_sees_that_payment_is_dead() {
    let setup = scenario(&["mesh.outlier.enabled=false", "mesh.retries.attempts=0"]);
    let texts = ["20s us-east-1/payment refuse"];
    let report = run(&setup, 7, &texts, 150);
    assert!(report.success_percent.unwrap() < 90.0, "{:?}", report.success_percent);
    assert_eq!(report.dns.detected_ms, None);
    assert_eq!(report.users.unwrap()[EAST].to[WEST], 0);
}

#[test]
fn a_deep_check_sees_it_where_the_mesh_does_not_heal_it() {
    let alone =
        ["dns.check=deep", "mesh.outlier.enabled=false", "mesh.retries.attempts=0", "mesh.locality=off"];
    let texts = ["60s us-east-1/payment refuse", "60s us-west-2/payment:2 refuse"];
    // One pool of eight, six of them dead: three checks of four fail. Nothing heals, and both regions fare alike.
    let dns = run(&scenario(&alone), 7, &texts, 200).dns;
    assert!(dns.detected_ms.unwrap() < 80_000, "{dns:?}");
    // The mesh moves the calls instead, within seconds, and checks are well before three have failed.
    let healed = run(&scenario(&["dns.check=deep"]), 7, &["60s us-east-1/payment refuse"], 200);
    assert_eq!(healed.dns.detected_ms, None);
    // A chain that hangs fails a check after 2 s, a region that is gone after 4 s.
    let hangs = ["60s us-east-1/checkout blackhole", "60s us-west-2/checkout blackhole"];
    for (what, waits) in [(&hangs[..], 6_000), (&["60s us-east-1 down"], 12_000)] {
        let report = run(&scenario(&["dns.check=deep"]), 7, what, 200);
        let detected = report.dns.detected_ms.unwrap_or_else(|| panic!("{what:?}"));
        assert!((20_000 + waits..=31_000 + waits).contains(&detected), "{what:?}: {detected}");
    }
}

#[test]
fn nobody_counts_the_requests_of_checkers() {
    let scenario = scenario(&["users.us-east-1.rps=0", "users.us-west-2.rps=0", "dns.check=deep"]);
    let mut engine = Engine::new(&scenario, Seed(7), read(&["20s us-east-1/payment blackhole"]));
    run_to(&mut engine, at(60_000));
    let report = engine.report();
    assert!(engine.events() > 1_000, "they are made");
    assert_eq!((report.requests.issued, report.requests.failed, report.requests.open), (0, 0, 0));
    assert_eq!((report.cross_region.calls, engine.open(), engine.in_flight()), (0, 0, 0));
    assert!(report.calls.values().flat_map(|callers| callers.values()).all(|calls| calls.total == 0));
}

#[test]
fn one_good_pod_of_two_keeps_the_record_and_none_ready_takes_it() {
    let setup = scenario(&[]);
    for what in ["refuse", "503", "blackhole", "slow=2s", "notready"] {
        let all = run(&setup, 7, &[&format!("20s us-east-1/ingress {what}")], 80).dns;
        let detected = all.detected_ms.unwrap_or_else(|| panic!("{what}"));
        let waits = if matches!(what, "blackhole" | "slow=2s") { 6_000 } else { 0 };
        assert!((20_000 + waits..=31_000 + waits).contains(&detected), "{what}: {detected}");
        let half = run(&setup, 7, &[&format!("20s us-east-1/ingress:1 {what}")], 80).dns;
        assert_eq!(half.detected_ms, None, "{what}");
    }
    let slow = run(&setup, 7, &["20s us-east-1/ingress slow=1900ms"], 80).dns;
    assert_eq!(slow.detected_ms, None, "late, but in time");
}

#[test]
fn eighteen_percent_of_sixteen_checkers_are_three() {
    // Of checks to a pod that errs this often, a checker that needs one result believes the last one: with 5 of 6
    // failing, fewer than three of 16 are often well; with 1 of 4 hardly ever.
    let setup = scenario(&["dns.check_threshold=1"]);
    let flips = |share: &str| {
        let texts = [&*format!("20s us-east-1/ingress errors={share}")];
        lines(&setup, &texts, 300, &["us-east-1 is unhealthy"]).len()
    };
    assert_eq!(flips("1/4"), 0);
    assert!(flips("5/6") > 3, "{}", flips("5/6"));
    // Whoever needs three in a row hardly changes its mind by chance.
    let steady = scenario(&[]);
    assert!(lines(&steady, &["20s us-east-1/ingress errors=1/3"], 300, &["unhealthy"]).is_empty());
}

#[test]
fn resolvers_that_overstay_keep_users_longer() {
    let quick = scenario(&["dns.ttl=5s"]);
    let stays = scenario(&["dns.ttl=5s", "dns.resolver_overstay=100s"]);
    let texts = ["120s us-east-1/ingress refuse"];
    let moved = |scenario: &Scenario| run(scenario, 7, &texts, 300).dns.moved_ms.unwrap();
    let (quick, stays) = (moved(&quick), moved(&stays));
    assert!((20_000..=35_000).contains(&quick), "{quick}");
    assert!((100_000..=135_000).contains(&stays), "{stays}");
    // Asked at every request when nothing is kept.
    let none = run(&scenario(&["dns.ttl=0s"]), 7, &[], 60);
    assert_eq!(none.dns.queries, Some(none.requests.issued));
    // 128 resolvers, once a minute each, and a little later than that since only a user makes them ask.
    let minute = run(&scenario(&[]), 7, &[], 600).dns.queries.unwrap();
    assert!((1_180..=1_280).contains(&minute), "{minute}");
}

#[test]
fn under_failover_the_primary_serves_all_until_it_dies() {
    let setup = scenario(&["dns.policy=failover", "dns.primary=us-west-2"]);
    assert_eq!(sent(&setup, &[], 0, 60, EAST).0, 0);
    assert_eq!(sent(&setup, &[], 0, 60, WEST).0, 0);
    let texts = ["20s us-west-2 down"];
    let moved = sent(&setup, &texts, 130, 180, EAST);
    assert_eq!((moved.1, sent(&setup, &texts, 130, 180, WEST).1), (0, 0));
    // The warm region's death is nobody's.
    let report = run(&setup, 7, &["20s us-east-1/ingress 503"], 100);
    assert_eq!(report.users.unwrap()[EAST].to[EAST], 0);
    // With both dead the answer is PRIMARY.
    let both = ["20s us-west-2 down", "40s us-east-1 down"];
    assert_eq!(sent(&setup, &both, 200, 220, EAST).0, 0);
    assert_eq!(lines(&setup, &both, 220, &["all count as healthy", "the PRIMARY record"]).len(), 1);
}

#[test]
fn with_all_records_unhealthy_everybody_goes_home() {
    let setup = scenario(&[]);
    let texts = ["20s us-east-1/ingress 503", "120s us-west-2/ingress 503"];
    assert_eq!(sent(&setup, &texts, 110, 120, EAST).0, 0, "moved while one was healthy");
    let home = sent(&setup, &texts, 220, 240, EAST);
    assert!(home.0 > 500 && home.1 == 0, "{home:?}");
    assert_eq!(sent(&setup, &texts, 220, 240, WEST).0, 0);
    assert_eq!(lines(&setup, &texts, 240, &["all count as healthy", "each user's own region"]).len(), 1);
}

#[test]
fn one_owner_id_for_both_clusters_leaves_only_the_last_syncers_record() {
    let setup = scenario(&["dns.external_dns.owner=same", "dns.ttl=1s"]);
    let told = lines(&setup, &[], 600, &["ExternalDNS in"]);
    assert!((17..=20).contains(&told.len()), "two a minute: {told:#?}");
    let all = run(&setup, 7, &[], 600).users.unwrap();
    for users in [EAST, WEST] {
        let to = &all[users].to;
        assert!(to[EAST] > 100 && to[WEST] > 100, "both are thrown to and fro: {users} {to:?}");
    }
    // A dead cluster's loop writes nothing, so the survivor's record stays after its next round.
    let texts = ["300s us-east-1 down"];
    assert_eq!(sent(&setup, &texts, 370, 600, EAST).0, 0);
    let distinct = scenario(&["dns.external_dns.interval=10s"]);
    assert!(lines(&distinct, &[], 60, &["ExternalDNS in"]).is_empty());
}

#[test]
fn a_region_that_is_cut_off_from_the_other_still_has_its_users() {
    let setup = scenario(&[]);
    let report = run(&setup, 7, &["20s us-east-1 isolate"], 100);
    assert_eq!(report.dns.detected_ms, None);
    // And users who were moved do not ride on that link.
    let texts = ["20s us-east-1/ingress refuse", "150s us-east-1~us-west-2 cut"];
    let setup = scenario(&["users.us-east-1.writes=0", "users.us-west-2.writes=0"]);
    let mut engine = Engine::new(&setup, Seed(7), read(&texts));
    engine.measure_from(at(140_000));
    run_to(&mut engine, at(170_000));
    assert_eq!(engine.report().requests.failed, 0);
}

#[test]
fn the_survivor_of_a_surge_queues_then_times_out_then_drowns_in_retries() {
    let storm = |extra: &[&str]| {
        let mut scenario = Scenario::shipped("two-regions").unwrap();
        for assignment in
            ["mesh.retries.per_try_timeout=300ms", "mesh.retries.on=5xx,reset"].iter().chain(extra)
        {
            scenario.set(assignment).unwrap();
        }
        // 2 × 360 requests a second against four pods of payment with 137 each.
        let texts = ["1s us-east-1/users surge=2", "1s us-west-2/users surge=2", "30s us-east-1 down"];
        let mut engine = Engine::new(&scenario, Seed(7), read(&texts));
        engine.hear(Hearing { log: false, seconds: true, ..Hearing::NOTHING });
        run_to(&mut engine, at(240_000));
        let rows: Vec<_> = engine.take_seconds().into_iter().map(|(_, row)| row).collect();
        let sum = |from: usize, to: usize, of: fn(&eastwest::mesh_view::Gauges) -> u32| -> u32 {
            rows[from..to].iter().map(of).sum()
        };
        (sum(10, 30, |row| row.failed), sum(100, 240, |row| row.ok), sum(100, 240, |row| row.retries))
    };
    let (before, ok, retries) = storm(&[]);
    assert_eq!(before, 0, "two regions bear the surge");
    let (_, patient, without) = storm(&["mesh.retries.attempts=0"]);
    assert_eq!(without, 0);
    assert!(retries > 20 * 720, "{retries} retries in 140 s of 720 requests a second");
    // Pods work for nobody: far less goes well than the 548 a second that they could do.
    assert!(ok < 140 * 548 / 2, "{ok} of {} went well", 140 * 720);
    assert!(patient < 140 * 548, "{patient}");
}

#[test]
fn a_mesh_of_client_proxies_has_no_dns() {
    let scenario = Scenario::shipped("one-service").unwrap();
    let report = run(&scenario, 7, &["5s us-east-1 down"], 20);
    assert_eq!((report.dns.queries, report.users), (None, None));
}

#[test]
fn coarse_time_and_replay_agree_on_dns() {
    let mut scenario = coarse();
    set_all(
        &mut scenario,
        [
            "dns.ttl=700ms",
            "dns.check_interval=500ms",
            "dns.external_dns.owner=same",
            "dns.external_dns.interval=900ms",
        ],
    );
    let texts = [
        "1s east/web errors=1/2",
        "2s east/web refuse for 3s",
        "3s west down for 1s",
        "6s west/web notready",
    ];
    let mut engine = Engine::new(&scenario, Seed(3), read(&texts));
    run_to(&mut engine, at(12_000));
    let mut timeline = Timeline::new(scenario, Seed(3), read(&texts));
    timeline.advance(at(9_000), &mut Budget::endless());
    timeline.seek(at(2_500), &mut Budget::endless());
    while timeline.advance(at(12_000), &mut Budget(311)) == eastwest::sim::Progress::Behind {}
    assert_eq!(timeline.report(), engine.report());
    let users = engine.report().users.unwrap();
    assert!(users["east"].to["west"] > 0 && users["west"].to["east"] > 0, "{users:?}");
}

#[test]
fn what_deep_checks_send_over_the_boundary_is_on_the_bill() {
    let mut setup = scenario(&["dns.check=deep", "users.us-east-1.rps=0", "users.us-west-2.rps=0"]);
    setup.set_pattern(eastwest::sim::Pattern::Federation);
    let report = run(&setup, 7, &[], 60);
    assert_eq!((report.requests.issued, report.cross_region.calls), (0, 0), "nobody asked for anything");
    assert!(report.cross_region.bytes > 25_000, "{}", report.cross_region.bytes);
    let without = run(&scenario(&["users.us-east-1.rps=0", "users.us-west-2.rps=0"]), 7, &[], 60);
    assert_eq!(without.cross_region.bytes, 0);
}

#[test]
fn checks_see_what_the_load_balancer_sees_whatever_istiod_does() {
    let setup = scenario(&[]);
    let not_ready = "20s us-east-1/ingress notready";
    let with = run(&setup, 7, &[not_ready], 120);
    let without = run(&setup, 7, &["5s us-east-1/istiod down", not_ready], 120);
    assert!(with.dns.detected_ms.is_some());
    assert_eq!(with.dns.detected_ms, without.dns.detected_ms);
    assert_eq!(with.requests, without.requests);
}

//! The data stores, worked out by hand: who has which write when, what is lost, and what conflicts.

use eastwest::mesh_view::{LogLine, MeshView, PlaceKind, PlaceState};
use eastwest::sim::{Budget, Engine, Hearing, Intervention, Report, Scenario, Seed, Timeline};

use crate::determinism::{at, run_to};
use crate::support::set_all;

/// A request enters its region's shop at once, is worked on for 1 ms, and calls a store. East's users come once a second,
/// west's ten times. There is one row, a write takes 2 ms, a region is 10 ms away, and replication takes 400 ms.
const SMALL: &str = r#"
regions = ["east", "west"]
entry.service = "shop"
users.east = { rps = 1, arrivals = "constant", writes = "1" }
users.west = { rps = 10, arrivals = "constant", writes = "0" }
[service.shop]
pods = { east = 1, west = 1 }
concurrency = 64
service_time = { median = "1ms", p99 = "1ms" }
calls = ["STORE"]
[data]
rows = 1
aurora.writer = "east"
aurora.read = { median = "1ms", p99 = "1ms" }
aurora.write = { median = "2ms", p99 = "2ms" }
aurora.lag = { median = "400ms", p99 = "400ms" }
aurora.promotion = "2s"
aurora.switchover = "1s"
dynamodb.access = { median = "2ms", p99 = "2ms" }
dynamodb.lag = { median = "400ms", p99 = "400ms" }
[link]
rtt = "20ms"
jitter = "0ms"
"#;

fn scenario(store: &str, assignments: &[&str]) -> Scenario {
    let mut scenario = Scenario::parse(&SMALL.replace("STORE", store), "small.toml").unwrap();
    set_all(&mut scenario, assignments);
    scenario.validate().unwrap();
    scenario
}

fn engine(scenario: &Scenario, interventions: &[&str], until: u64) -> Engine {
    let read = |text: &&str| {
        let made: Intervention = text.parse().unwrap();
        scenario.check(&made).unwrap();
        made
    };
    let mut engine = Engine::new(scenario, Seed(7), interventions.iter().map(read).collect());
    engine.hear(Hearing { log: true, seconds: false, ..Hearing::NOTHING });
    run_to(&mut engine, at(until));
    engine
}

fn aurora(interventions: &[&str], until: u64) -> Report {
    engine(&scenario("aurora", &[]), interventions, until).report()
}

/// Committed, lost, and for east and west what they have and what is on the way.
fn ledger(report: &Report) -> (u64, u64, (u64, u64), (u64, u64)) {
    let aurora = report.data.aurora.as_ref().unwrap();
    let of = |region: &str| (aurora.regions[region].has, aurora.regions[region].pending);
    (aurora.committed, aurora.lost, of("east"), of("west"))
}

#[track_caller]
fn tells(log: &[LogLine], at_ms: u64, text: &str) {
    let all: Vec<String> = log.iter().map(|line| format!("{} {}", line.at / 1_000_000, line.text)).collect();
    assert!(all.contains(&format!("{at_ms} {text}")), "nobody said: {at_ms} {text}\n{}", all.join("\n"));
}

#[test]
fn a_write_is_read_in_the_other_region_when_it_has_come_there() {
    // The tenth is committed at 10.003 s and comes at 10.403 s. West reads at x.001, x.101, …: four times an old row.
    let report = aurora(&[], 10_402);
    assert_eq!(ledger(&report), (10, 0, (10, 0), (9, 1)));
    assert_eq!(report.data.stale_reads, Some(40));
    let report = aurora(&[], 10_403);
    assert_eq!(ledger(&report), (10, 0, (10, 0), (10, 0)));
    assert_eq!(
        (report.data.stale_reads, report.data.writes_lost, report.data.conflicts),
        (Some(40), Some(0), None)
    );
    assert_eq!((report.data.rpo_ms, report.data.rto_ms), (None, None));
    // Nothing but ten replicated writes of 1 kB has crossed.
    assert_eq!(report.data.cross_bytes, Some(10_000));
    assert_eq!((report.cross_region.bytes, report.cross_region.calls), (10_000, 0));
}

#[test]
fn replication_stands_still_while_the_way_is_cut_and_catches_up_at_once() {
    let cut = ["4200ms east>west cut for 3s"];
    assert_eq!(ledger(&aurora(&cut, 7_199)), (7, 0, (7, 0), (3, 4)));
    // The way is free at 7.2 s; all of it comes 0.4 s later. West has read old rows from 4.101 s to 7.501 s.
    let engine = engine(&scenario("aurora", &[]), &cut, 7_600);
    assert_eq!(ledger(&engine.report()), (7, 0, (7, 0), (7, 0)));
    assert_eq!(engine.report().data.stale_reads, Some(3 * 4 + 35));
    let mut engine = engine;
    let log = engine.take_log();
    tells(&log, 4_200, "Aurora: replication stands still from east to west; 1 write on the way waits");
    tells(&log, 7_600, "Aurora: west has caught up with 4 writes; it was 3.6 s behind");
    let old = "Aurora: a read outside east returned an old row; its newest write, committed in east, had not arrived";
    tells(&log, 4_403, old);
}

#[test]
fn lag_is_a_layer_and_its_end_lets_writes_through() {
    // Written at 4.003 s, due at 9.403 s; the layer ends at 6 s.
    let late = ["3500ms aurora lag=5s for 2500ms"];
    assert_eq!(ledger(&aurora(&late, 6_399)), (6, 0, (6, 0), (3, 3)));
    assert_eq!(ledger(&aurora(&late, 6_400)), (6, 0, (6, 0), (5, 1)));
}

#[test]
fn a_write_from_the_other_region_travels_and_fails_where_the_link_is_cut() {
    let far = scenario("aurora", &["users.east.rps=0", "users.west.rps=1", "users.west.writes=1"]);
    let report = engine(&far, &[], 5_500).report();
    // 1 ms of work, 10 ms there, 2 ms, 10 ms back.
    let latency = report.latency_ms.max.unwrap();
    assert!((latency - 23.0).abs() < 0.01, "{latency}");
    // Each write: 1 kB there, 200 bytes back, and 1 kB of replication.
    assert_eq!((report.data.cross_bytes, report.cross_region.calls), (Some(5 * 2_200), 0));
    let slow = engine(&far, &["0s east~west slow=30ms"], 5_500).report().latency_ms.max.unwrap();
    assert!((slow - 53.0).abs() < 0.01, "{slow}");
    // Those of 2 s and 3 s wait 10 s for a connection; the others are well.
    let report = engine(&far, &["1500ms east~west cut for 2s"], 20_500).report();
    assert_eq!((report.requests.ok, report.requests.failed), (18, 2));
    assert_eq!(report.data.aurora.unwrap().committed, 18);
    let lossy = engine(&far, &["1500ms west>east loss=1/1 for 2s"], 20_500).report();
    assert_eq!((lossy.requests.ok, lossy.requests.failed), (18, 2));
}

#[test]
fn without_its_writer_instance_aurora_is_read_and_not_written() {
    let down = ["1500ms aurora down for 2s"];
    let mut engine = engine(&scenario("aurora", &[]), &down, 10_500);
    let report = engine.report();
    // The writes of 2 s and 3 s fail at once, and no read does.
    assert_eq!((report.requests.issued, report.requests.failed), (115, 2));
    assert_eq!(ledger(&report), (8, 0, (8, 0), (8, 0)));
    let log = engine.take_log();
    tells(&log, 1_500, "Aurora loses its writer instance for 2s");
    tells(&log, 1_500, "Aurora: east's writer instance is down: each write fails at once; reads go on");
    tells(&log, 3_500, "Aurora: east's writer takes all writes again, after 2.0 s");
}

#[test]
fn a_failover_loses_what_had_not_come_over() {
    // The write of 4.003 s is on its way when east dies at 4.2 s. West takes over at 7 s.
    let lost = ["4200ms east down", "5s aurora promote=west", "8s east heal"];
    let mut engine = engine(&scenario("aurora", &[]), &lost, 10_500);
    let report = engine.report();
    // East's users are back at 9 s, and the writes of 9 s and 10 s go to west.
    assert_eq!(ledger(&report), (6, 1, (5, 0), (5, 0)));
    assert_eq!(
        (report.data.writes_lost, report.data.rpo_ms, report.data.rto_ms),
        (Some(1), Some(197), Some(2_800))
    );
    assert_eq!(report.data.aurora.unwrap().writer, "west");
    let log = engine.take_log();
    let gone = "Aurora: the writer is down with its region east: each write waits 10s for a connection and fails; reads go on";
    tells(&log, 4_200, gone);
    let begun = "Aurora: failover to west: east cannot hand over, so what has not arrived by then is lost; done in 2s";
    tells(&log, 5_000, begun);
    let done = "Aurora: west is the writer: 1 write committed in east had not arrived and was lost (RPO 0.2 s); writes failed for 2.8 s (RTO)";
    tells(&log, 7_000, done);
    tells(&log, 8_000, "Aurora: east learns that west is the writer: it only reads from now on");
}

#[test]
fn a_writer_that_is_cut_off_goes_on_and_all_of_that_is_lost() {
    let split = ["4200ms east~west cut", "5s aurora promote=west", "9500ms all heal"];
    let mut engine = engine(&scenario("aurora", &[]), &split, 10_500);
    let report = engine.report();
    // Lost: those of 4, 5 and 6 s when west takes over at 7 s, then those of 7, 8 and 9 s. That of 10 s goes to west.
    assert_eq!(ledger(&report), (10, 6, (4, 0), (4, 0)));
    assert_eq!(
        (report.data.writes_lost, report.data.rpo_ms, report.data.rto_ms),
        (Some(6), Some(2_997), Some(2_800))
    );
    assert_eq!(report.requests.failed, 0, "nobody is told");
    let log = engine.take_log();
    let split = "Aurora: east cannot hear that west is the writer and goes on taking writes: all of them will be lost (split brain)";
    tells(&log, 7_003, split);
    let back = "Aurora: east learns that west is the writer: it only reads from now on, and the 3 writes it took apart are lost";
    tells(&log, 9_500, back);
}

#[test]
fn a_switchover_loses_nothing_and_takes_until_the_target_has_caught_up() {
    // Asked at 4.1 s; the write of 4.003 s comes over at 4.403 s, and a second later west writes.
    let planned = ["4100ms aurora promote=west", "8s aurora heal"];
    let mut engine = engine(&scenario("aurora", &[]), &planned, 10_500);
    let report = engine.report();
    // That of 5 s is refused. From 6 s on east's writes travel, and heal does not move the writer back.
    assert_eq!(ledger(&report), (9, 0, (9, 0), (9, 0)));
    assert_eq!((report.requests.failed, report.data.rpo_ms, report.data.rto_ms), (1, Some(0), Some(1_303)));
    let log = engine.take_log();
    let begun =
        "Aurora: switchover to west: east takes no more writes; 1 write on the way must arrive, then 1s";
    tells(&log, 4_100, begun);
    let done = "Aurora: west is the writer: it has every write committed in east (RPO 0); writes failed for 1.3 s (RTO)";
    tells(&log, 5_403, done);
    tells(&log, 8_000, "aurora: nothing was broken");
    let back = ["4100ms aurora promote=west", "7500ms aurora promote=east"];
    assert_eq!(aurora(&back, 10_500).data.aurora.unwrap().writer, "east");
}

#[test]
fn a_promotion_that_cannot_be_is_said_and_changes_nothing() {
    let mut engine = engine(
        &scenario("aurora", &[]),
        &[
            "1s aurora promote=east",
            "2s west down for 1s",
            "2500ms aurora promote=west",
            "4s aurora promote=west",
            "4500ms aurora promote=west",
            "4700ms east~west cut",
        ],
        10_500,
    );
    assert_eq!(
        ledger(&engine.report()).0,
        9,
        "that of 4 s is refused; the switchover is given up before 5 s"
    );
    assert_eq!(engine.report().data.rto_ms, None);
    let log = engine.take_log();
    tells(&log, 1_000, "Aurora: east is not promoted: it is the writer already");
    tells(&log, 2_500, "Aurora: west is not promoted: it is down");
    tells(&log, 4_500, "Aurora: west is not promoted: another promotion is under way");
    let given_up = "Aurora: the switchover to west is given up, because it and east must both be well; east stays the writer";
    tells(&log, 4_700, given_up);
}

#[test]
fn of_concurrent_writes_to_an_item_the_last_wins_and_each_loser_counts_once() {
    let both = scenario("dynamodb", &["users.west.rps=1", "users.west.writes=1"]);
    // Both write in the same instant, and each has the other's write before its next.
    let mut usual = engine(&both, &[], 10_500);
    assert_eq!((usual.report().data.conflicts, usual.report().data.stale_reads), (Some(10), None));
    assert_eq!(usual.report().data.cross_bytes, Some(20_000));
    let log = usual.take_log();
    assert_eq!(log.len(), 1, "a conflict every second is told once: {log:?}");
    assert!(log[0].text.ends_with("the other write is gone (conflict 1)"), "{}", log[0].text);
    // With two seconds of lag each write but the last has lost: 19 of 20.
    assert_eq!(engine(&both, &["0s dynamodb lag=2s"], 10_500).report().data.conflicts, Some(19));
    // While the link is cut too; afterwards as usual.
    let cut = engine(&both, &["1500ms east~west cut for 5s"], 10_500).report();
    assert_eq!(cut.data.conflicts, Some(1 + (1 + 2 * 4) + 4));
    let replica = &cut.data.dynamodb.unwrap().regions["east"];
    assert_eq!((replica.committed, replica.has, replica.pending), (10, 10, 0));
}

#[test]
fn strong_consistency_needs_three_regions_and_a_majority() {
    let mut two = scenario("dynamodb", &[]);
    two.set("data.dynamodb.consistency=strong").unwrap();
    let error = two.validate().unwrap_err().to_string();
    assert!(
        error.contains("(MRSC) needs 3 regions") && error.contains("has 2, so write eventual"),
        "{error}"
    );
    let text = SMALL
        .replace("STORE", "dynamodb")
        .replace("[\"east\", \"west\"]", "[\"east\", \"west\", \"south\"]")
        .replace(
            "rps = 10, arrivals = \"constant\", writes = \"0\"",
            "rps = 1, arrivals = \"constant\", writes = \"1\"",
        );
    let mut three = Scenario::parse(&text, "three.toml").unwrap();
    three.set("data.dynamodb.consistency=strong").unwrap();
    three.validate().unwrap();
    let report = engine(&three, &["0s east~west slow=100ms"], 5_500).report();
    // 1 ms of work, 2 ms, and a round trip to the nearest other region, which is south.
    let latency = report.latency_ms.max.unwrap();
    assert!((latency - 23.0).abs() < 0.01, "{latency}");
    assert_eq!(report.data.conflicts, Some(0));
    // East alone has no majority: its writes of 2 s and 3 s fail, west's do not.
    let report = engine(&three, &["1500ms east isolate for 2s"], 20_500).report();
    assert_eq!((report.requests.ok, report.requests.failed), (38, 2));
    // One region less leaves one.
    let report = engine(&three, &["1500ms south down for 2s"], 20_500).report();
    assert_eq!((report.requests.ok, report.requests.failed), (40, 0));
}

#[test]
fn what_could_not_happen_is_null() {
    let alone = Engine::new(&Scenario::shipped("one-service").unwrap(), Seed(7), Vec::new()).report().data;
    assert_eq!(
        (alone.writes_lost, alone.conflicts, alone.stale_reads, alone.cross_bytes),
        (None, None, None, None)
    );
    let nobody = scenario("aurora", &["users.east.writes=0"]);
    let data = engine(&nobody, &["1s aurora down"], 5_000).report();
    assert_eq!((data.data.writes_lost, data.data.stale_reads, data.requests.failed), (None, None, 0));
    let whole = Engine::new(&Scenario::shipped("two-regions").unwrap(), Seed(7), Vec::new()).report().data;
    assert_eq!((whole.writes_lost, whole.conflicts, whole.stale_reads), (Some(0), Some(0), Some(0)));
}

#[test]
fn a_long_cut_costs_no_memory_and_loses_nothing() {
    let busy = scenario("aurora", &["users.east.rps=50", "users.west.rps=0", "data.rows=100"]);
    let engine = engine(&busy, &["1s east~west cut for 1h"], 3_602_000);
    let report = engine.report();
    assert_eq!(ledger(&report), (180_099, 0, (180_099, 0), (180_079, 20)));
    assert_eq!(report.data.cross_bytes, Some(180_079_000));
}

#[test]
fn a_view_shows_who_writes_and_how_far_the_others_are_behind() {
    let broken = vec!["4200ms east~west cut".parse().unwrap(), "5s aurora down".parse().unwrap()];
    let mut timeline = Timeline::new(scenario("aurora", &[]), Seed(7), broken);
    let mut view = MeshView::default();
    let mut stores = |to: u64| {
        timeline.advance(at(to), &mut Budget::endless());
        timeline.view(timeline.now(), &mut view);
        let stores = view.places.iter().filter(|place| place.kind == PlaceKind::Aurora);
        stores.map(|place| (place.state, place.writer, place.lag_ms)).collect::<Vec<_>>()
    };
    let well = PlaceState::Healthy;
    assert_eq!(stores(3_900), [(well, true, None), (well, false, Some(0.0))]);
    assert_eq!(stores(4_103), [(well, true, None), (well, false, Some(100.0))]);
    assert_eq!(stores(5_003), [(PlaceState::Down, true, None), (PlaceState::Slow, false, Some(1000.0))]);
}

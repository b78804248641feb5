//! `eastwest calc`: the words, the fields and the numbers.

use clap::Parser;
use eastwest::cli::calc::{self, CalcArgs};
use serde_json::{Value, json};

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    calc: CalcArgs,
}

fn answer(line: &str) -> Result<String, String> {
    let words = ["calc"].into_iter().chain(line.split_whitespace());
    let args = Line::try_parse_from(words).map_err(|error| error.to_string())?;
    let mut out = Vec::new();
    calc::run(&args.calc, &mut out).map_err(|error| error.to_string())?;
    Ok(String::from_utf8(out).unwrap())
}

#[track_caller]
fn check(line: &str, expected: &str) {
    assert_eq!(answer(line).unwrap().trim_end(), expected.trim_start_matches('\n'), "{line}");
}

#[track_caller]
fn check_json(line: &str, expected: &Value) {
    for format in ["--json", "--format json"] {
        let found: Value = serde_json::from_str(&answer(&format!("{line} {format}")).unwrap()).unwrap();
        assert_eq!(&found, expected, "{line} {format}");
    }
}

#[track_caller]
fn check_conclusion(line: &str, expected: &str) {
    let answer = answer(line).unwrap();
    assert_eq!(answer.lines().last(), Some(expected), "{line}");
}

#[track_caller]
fn check_refused(line: &str, says: &str) {
    let error = answer(line).unwrap_err();
    assert!(error.contains(says), "{line}: {error}");
}

#[test]
fn spill_shows_the_table_and_says_what_follows() {
    check(
        "spill 2/4 4/4",
        "
level  hosts  health  load %  panic
0        2/4      70      70     no
1        4/4     100      30     no

2 of 4 healthy: 50 % x 1.4 = 70; 70 % stays, 30 % goes to level 1",
    );
    check(
        "spill 25+65/100 --panic 50",
        "
level      hosts  health  load %  degraded  degraded load %  panic
0      25+65/100      35      35        91               65     no

25 of 100 healthy: 25 % x 1.4 = 35; 35 % stays, 65 % goes to degraded hosts of level 0",
    );
}

#[test]
fn spill_explains_every_kind_of_table() {
    check_conclusion("spill 3/4 4/4", "3 of 4 healthy: 75 % x 1.4 = 105, which counts as 100; 100 % stays");
    check_conclusion("spill 2/3 3/3", "2 of 3 healthy: 66.7 % x 1.4 = 93; 93 % stays, 7 % goes to level 1");
    check_conclusion(
        "spill 1/4 1/4",
        "1 of 4 healthy: 25 % x 1.4 = 35, of 70 in all; 50 % stays, 50 % goes to level 1",
    );
    check_conclusion("spill 0/4 4/4", "0 of 4 healthy: 0 % x 1.4 = 0; 100 % goes to level 1");
    check_conclusion("spill 0/0 4/4", "level 0 has no hosts; 100 % goes to level 1");
    check_conclusion(
        "spill 5/100 65/100 --panic 50",
        "5 of 100 healthy: 5 % x 1.4 = 7, of 98 in all; 8 % stays, 92 % goes to level 1; in panic, level 0 uses all of its hosts",
    );
    check_conclusion(
        "spill 0/4 0/4",
        "no level reaches 1 % health: every request fails at once with 503, no healthy upstream (UH)",
    );
    check_conclusion(
        "spill 0/2 0/8 --panic 50",
        "every level is below the panic threshold of 50 %: the number of hosts alone divides the traffic",
    );
    check_conclusion(
        "spill 1/200",
        "no level reaches 1 % health: all traffic goes to the healthy hosts of level 0, which are 1 of 200",
    );
    check_conclusion("spill 2/4 4/4 --overprovision 200", "2 of 4 healthy: 50 % x 2 = 100; 100 % stays");
}

#[test]
fn spill_has_the_fields_of_the_contract() {
    check_json(
        "spill 2/4 4/4",
        &json!({
            "schema": 1,
            "health": [70, 100],
            "degraded_health": [0, 0],
            "healthy_load": [70, 30],
            "degraded_load": [0, 0],
            "panic": [false, false],
            "total_panic": false,
            "normalized_total": 100,
        }),
    );
}

#[test]
fn spill_refuses_what_is_no_level() {
    check_refused("spill", "LEVEL");
    check_refused("spill 4", "'4' is not a level; write healthy/total, such as 2/4");
    check_refused("spill 5/4", "level '5/4' has 5 healthy and degraded hosts, but only 4 that count");
    check_refused("spill 2/4 --panic 101", "101");
    check_refused("spill 2/4 --json --format table", "cannot be used with");
}

#[test]
fn spill_takes_the_largest_counts() {
    check_conclusion(
        "spill 4294967295/4294967295 1/4294967295",
        "4294967295 of 4294967295 healthy: 100 % x 1.4 = 140, which counts as 100; 100 % stays",
    );
}

#[test]
fn eject_says_how_many_and_what_it_would_take() {
    check(
        "eject --hosts 8 --max-percent 10",
        "
hosts                    8
max ejection percent    10
ejected already          0
can be ejected at once   0
one more                no

1 of 8 would be 12.5 %, more than 10 %: the host stays in service; it would take 13 %, or 10 hosts",
    );
    check_conclusion(
        "eject --hosts 8 --max-percent 50 --already 3",
        "4 of 8 is 50 %, not more than 50 %: the host is ejected",
    );
    check_conclusion(
        "eject --hosts 4 --max-percent 0",
        "1 of 4 would be 25 %, more than 0 %: the host stays in service; it would take 25 %",
    );
    check_conclusion("eject --hosts 2 --max-percent 100 --already 2", "no host is left to eject");
    check_conclusion("eject --hosts 0 --max-percent 100", "no host is left to eject");
    check_json(
        "eject --hosts 20 --max-percent 10 --already 1",
        &json!({"schema": 1, "max_simultaneously_ejected": 2, "next_allowed": true}),
    );
    check_json(
        "eject --hosts 8 --max-percent 10",
        &json!({"schema": 1, "max_simultaneously_ejected": 0, "next_allowed": false}),
    );
    check_refused(
        "eject --hosts 2 --max-percent 10 --already 3",
        "--already is 3, but there are only 2 hosts",
    );
    check_refused("eject --hosts 2 --max-percent 200", "200");
}

#[test]
fn dns_gives_the_spread_of_a_failover() {
    check(
        "dns --ttl 60 --interval 10 --threshold 3",
        "
                 best  typical  worst
outage detected   20s      25s    30s
users moved       20s      55s  1m30s

3 checks 10s apart find the outage, then resolvers keep the old answer for up to 1m; users are moved after about 55s",
    );
    check_json(
        "dns --ttl 60s --interval 30 --threshold 3",
        &json!({
            "schema": 1,
            "detect_s": {"best": 60, "typical": 75, "worst": 90},
            "moved_s": {"best": 60, "typical": 105, "worst": 150},
        }),
    );
    check_json(
        "dns --ttl 1m --interval 10 --threshold 1 --overstay 5",
        &json!({
            "schema": 1,
            "detect_s": {"best": 0, "typical": 5, "worst": 10},
            "moved_s": {"best": 0, "typical": 37.5, "worst": 75},
        }),
    );
    check_json(
        "dns --ttl 60 --interval 10 --threshold 3 --silent",
        &json!({
            "schema": 1,
            "detect_s": {"best": 32, "typical": 37, "worst": 42},
            "moved_s": {"best": 32, "typical": 67, "worst": 102},
        }),
    );
    check_refused(
        "dns --ttl soon --interval 10 --threshold 3",
        "'soon' is not a span of time; write a number of s",
    );
    check_refused("dns --ttl 60 --interval 10 --threshold 0", "0");
}

#[test]
fn latency_counts_round_trips() {
    check(
        "latency --rtt 70 --calls 1 --cold",
        "
                 round trips   ms
calls in turn              1   70
TCP and TLS 1.3            2  140
together                   3  210

3 round trips of 70ms add 210 ms to what the user waits",
    );
    for (line, added) in [
        ("latency --rtt 70 --calls 3", json!(210)),
        ("latency --rtt 70ms --calls 3 --cold", json!(350)),
        ("latency --rtt 70 --calls 3 --parallel", json!(70)),
        ("latency --rtt 70 --calls 3 --parallel --cold", json!(210)),
        ("latency --rtt 0.5 --calls 1", json!(0.5)),
        ("latency --rtt 70 --calls 0 --cold", json!(0)),
    ] {
        check_json(line, &json!({"schema": 1, "added_ms": added}));
    }
    check_refused("latency --rtt -1 --calls 1", "-1");
}

#[test]
fn cost_puts_three_bills_side_by_side_and_says_what_they_come_to() {
    check(
        "cost --slo 99.99 --outage-usd-hour 5000",
        "
$ an hour                dual  federation     mesh
pods                    0.864       0.864    0.864
sidecars                0.000       0.000    0.086
control plane           0.000       0.000    0.096
Transit Gateway         0.000       0.200    0.200
Route 53                0.005       0.005    0.005
between regions         0.000       1.296    0.000
between zones           0.648       0.324    0.648
outages                 0.571       0.571    0.008
together                2.088       3.260    1.907
a month of 730 hours  1523.93     2379.49  1391.99
GB/h between regions     0.00       32.40     0.00
available %           99.9886     99.9886  99.9998

an incident: all pods of payment in one region answer errors for 10m, 1 a month, and the front door looks well
  dual        1 in 2 users until it ends: the health check asks the front door alone
  federation  1 in 2 calls, from everywhere, until it ends: failing pods stay in the pool
  mesh        1 in 2 users for about 1.34 s until 4 pods are ejected, and each time when they return, 5 times

at the usual 15 to 20 % for sidecars a mesh costs less than a federation from 2 to 3 requests a second on
cheapest that meets 99.99 % is mesh at $1.907 an hour; a mesh costs less than a federation from 2 requests a second on (here 360); it costs less than two lone clusters once an hour of outage costs more than $3,396 (1 incident of 10m a month).",
    );
    check_conclusion(
        "cost --remote-share 0 --slo 99.99999",
        "no pattern meets 99.99999 %; a mesh never costs less than a federation here, whatever the rate; it costs less than two lone clusters once an hour of outage costs more than $3,396 (1 incident of 10m a month).",
    );
}

#[test]
fn cost_gives_three_bills_with_parts_as_json() {
    let found: Value = serde_json::from_str(&answer("cost --json").unwrap()).unwrap();
    let parts =
        ["pods", "mesh", "control_plane", "attachments", "dns", "transfer", "zones", "outages", "total"];
    for pattern in ["dual", "federation", "mesh"] {
        for part in parts {
            assert!(found["bills"][pattern][part].is_number(), "{pattern} {part}");
            assert!(found["bills"][pattern]["usd_per_month"][part].is_number(), "{pattern} {part}");
        }
    }
    assert_eq!(found["schema"], 1);
    assert_eq!(found["break_even_rps"], 68);
    assert_eq!(found["mesh_pays"]["against_federation"], json!({"from_rps": 68, "until_rps": null}));
    assert_eq!(found["usual_overhead"]["15_percent"]["from_rps"], 84);
    assert_eq!(found["assumed"]["standby"], "hot");
    assert_eq!(found["cheapest_that_meets"], "dual");
    assert_eq!(found["assumed"]["bytes_per_request"], 50_000.0);
    let found: Value =
        serde_json::from_str(&answer("cost --remote-share 0 --slo 99.99999 --json").unwrap()).unwrap();
    assert_eq!(found["break_even_rps"], Value::Null);
    assert_eq!(found["mesh_pays"], json!({"against_federation": null, "against_dual": null}));
    assert_eq!(found["usual_overhead"], json!({"15_percent": null, "20_percent": null}));
    assert_eq!(found["cheapest_that_meets"], Value::Null);
}

#[test]
fn cost_refuses_what_it_cannot_price_in_one_sentence() {
    check_refused("cost --rps -5", "--rps: '-5' is not a rate; write requests a second from 0 to 10000000");
    check_refused("cost --price pod.usd_per_huor=1", "did you mean 'pod.usd_per_hour'?");
    check_refused("cost --overhead 1100%", "--overhead: '1100%' is not a share from 0 to 10");
    check_refused("cost --standby cold", "--standby: 'cold' is not one of hot, warm");
    check_refused("cost --warm-pods 2", "--warm-pods: '2' is not a share from 0 to 1");
    check_refused("cost --scenario nowhere", "there is no scenario 'nowhere'");
    check_refused("cost --set mesh.kind=linkerd", "set mesh.kind=istio");
    check_refused("cost --gb-month 5 --rps 0", "without requests there are no gigabytes");
}

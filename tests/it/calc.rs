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

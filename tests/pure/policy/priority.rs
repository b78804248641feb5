//! How levels share the load.

use eastwest::sim::policy::priority::{Availability, Level, choose, loads};
use proptest::prelude::*;

fn level() -> impl Strategy<Value = Level> {
    let counts = prop_oneof![0_u32..12, 0_u32..2000, any::<u32>()];
    (counts, 0_u32..=4, 0_u32..=4, 0_u32..=4).prop_map(|(total, healthy, degraded, excluded)| {
        let quarter = |of: u32, parts: u32| (u64::from(of) * u64::from(parts) / 4) as u32;
        let excluded = quarter(total, excluded);
        let healthy = quarter(total - excluded, healthy);
        let degraded = quarter(total - excluded - healthy, degraded);
        Level { total, healthy, degraded, excluded }
    })
}

proptest! {
    #[test]
    fn loads_add_up_to_100(
        levels in prop::collection::vec(level(), 1..5),
        factor in 100_u32..=1000,
        threshold in 0_u32..=120,
    ) {
        let table = loads(&levels, factor, threshold);
        let sum: u32 = table.healthy_load.iter().chain(&table.degraded_load).sum();
        prop_assert_eq!(sum, 100);
    }

    #[test]
    fn every_hash_lands_where_there_is_load(
        levels in prop::collection::vec(level(), 1..5),
        threshold in 0_u32..=100,
        hash in any::<u64>(),
    ) {
        let table = loads(&levels, 140, threshold);
        let (priority, availability) = choose(&table, hash);
        let load = match availability {
            Availability::Healthy => table.healthy_load[priority],
            Availability::Degraded => table.degraded_load[priority],
        };
        prop_assert!(load > 0);
    }

    #[test]
    fn a_hundred_hashes_in_a_row_divide_exactly_by_the_table(levels in prop::collection::vec(level(), 1..5)) {
        let table = loads(&levels, 140, 0);
        let mut counts = vec![0; levels.len()];
        for hash in 0..100 {
            counts[choose(&table, hash).0] += 1;
        }
        for (priority, count) in counts.into_iter().enumerate() {
            prop_assert_eq!(count, table.healthy_load[priority] + table.degraded_load[priority]);
        }
    }

    #[test]
    fn a_level_reads_back_as_it_prints(level in level()) {
        prop_assert_eq!(level.to_string().parse(), Ok(level));
    }

    #[test]
    fn no_text_makes_a_level_panic(text in "[0-9+/\\-x ]{0,14}") {
        let _ = text.parse::<Level>();
    }
}

#[test]
fn no_levels_at_all_give_an_empty_table() {
    let table = loads(&[], 140, 50);
    assert!(table.healthy_load.is_empty());
    assert!(!table.total_panic);
    assert_eq!(choose(&table, 99), (0, Availability::Healthy));
}

#[test]
fn what_rounding_leaves_over_goes_to_the_first_level_with_health() {
    let level = |healthy: u32| Level { total: 10, healthy, ..Level::default() };
    let table = loads(&[level(0), level(1), level(2)], 140, 0);
    assert_eq!((table.health, table.healthy_load), (vec![0, 14, 28], vec![0, 34, 66]));
}

#[test]
fn excluded_hosts_leave_the_denominator() {
    let own = Level { total: 4, healthy: 2, degraded: 0, excluded: 1 };
    assert_eq!(
        loads(&[own, Level { total: 4, healthy: 4, ..Level::default() }], 140, 0).healthy_load,
        [93, 7]
    );
}

#[test]
fn three_quarters_of_four_keep_all_traffic_and_half_keep_70() {
    for (healthy, local) in [(4, 100), (3, 100), (2, 70), (1, 35), (0, 0)] {
        let own = Level { total: 4, healthy, ..Level::default() };
        let other = Level { total: 4, healthy: 4, ..Level::default() };
        assert_eq!(loads(&[own, other], 140, 0).healthy_load, [local, 100 - local], "{healthy} of 4");
    }
}

#[test]
fn a_wrong_level_is_refused_in_one_sentence() {
    for (text, says) in [
        ("", "is not a level"),
        ("4", "is not a level"),
        ("/4", "is not a level"),
        ("+2/4", "is not a level"),
        ("2/+4", "is not a level"),
        ("2/4/6", "is not a level"),
        ("-1/4", "is not a level"),
        ("99999999999/4", "is not a level"),
        ("5/4", "level '5/4' has 5 healthy and degraded hosts, but only 4 that count"),
        ("3+2/4", "has 5 healthy and degraded hosts"),
        ("2/4-3", "but only 1 that count"),
        ("0/4-5", "leaves out 5 hosts of 4"),
    ] {
        let error = text.parse::<Level>().unwrap_err().to_string();
        assert!(error.contains(says), "{text:?}: {error}");
        assert!(!error.contains('\n'));
    }
}

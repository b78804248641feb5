//! Shares by locality and by zone, and how a new host warms up.

use eastwest::sim::policy::balance::{SlowStart, Zone, ZoneRouting, slow_start_factor, zone_routing};
use eastwest::sim::policy::locality::{Edf, LocalityWeight, scheduler, shares};
use eastwest::sim::time::SimSpan;
use proptest::prelude::*;

proptest! {
    #[test]
    fn shares_add_up_to_one_or_nothing_can_be_picked(
        counts in prop::collection::vec((0_u32..200, 0_u32..20, 0_u32..20), 0..6),
    ) {
        let localities: Vec<LocalityWeight> = counts
            .into_iter()
            .map(|(weight, healthy, ill)| LocalityWeight { weight, total: healthy + ill, healthy, excluded: 0 })
            .collect();
        let sum: f64 = shares(&localities, 140).iter().sum();
        if scheduler(&localities, 140).is_some() {
            prop_assert!((sum - 1.0).abs() < 1e-9);
        } else {
            prop_assert_eq!(sum, 0.0);
        }
    }

    #[test]
    fn picks_follow_the_weights_to_within_one_a_rival(
        weights in prop::collection::vec(1_u32..100, 1..6),
        picks in 1_usize..2000,
    ) {
        let weights: Vec<f64> = weights.into_iter().map(f64::from).collect();
        let mut queue = Edf::new(&weights).unwrap();
        let mut counts = vec![0.0; weights.len()];
        for _ in 0..picks {
            counts[queue.pick()] += 1.0;
        }
        let sum: f64 = weights.iter().sum();
        for (count, weight) in counts.iter().zip(&weights) {
            let fair = picks as f64 * weight / sum;
            prop_assert!((count - fair).abs() <= weights.len() as f64, "{counts:?} for {weights:?}");
        }
    }

    #[test]
    fn a_zone_that_is_picked_has_room(
        zones in prop::collection::vec((0_u32..9, 0_u32..9), 2..5),
        draws in any::<[u64; 2]>(),
    ) {
        let zones: Vec<Zone> =
            zones.into_iter().map(|(callers, hosts)| Zone { callers, hosts, healthy: hosts }).collect();
        if let Some(routing) = zone_routing(&zones, 1) {
            let zone = routing.pick(draws);
            let room = |cumulative: &[u64]| cumulative.last() != Some(&0);
            match &routing {
                ZoneRouting::Residual { cumulative, .. } if !room(cumulative) => prop_assert!(zone < zones.len()),
                _ => prop_assert!(zones[zone].healthy > 0),
            }
        }
    }
}

/// Measured on Envoy 1.40: percent that stays local for so many ill pods of four.
#[test]
fn distribute_weights_shrink_with_health_as_measured() {
    for (weights, ill, local) in
        [([95, 5], 1, 95.0), ([95, 5], 2, 93.0), ([80, 20], 2, 73.7), ([50, 50], 2, 41.2), ([95, 5], 4, 0.0)]
    {
        let locality = |weight, healthy| LocalityWeight { weight, total: 4, healthy, excluded: 0 };
        let share = shares(&[locality(weights[0], 4 - ill), locality(weights[1], 4)], 140)[0];
        assert!((share * 100.0 - local).abs() < 0.05, "{weights:?} with {ill} ill: {share}");
    }
}

#[test]
fn zones_are_left_aside_where_envoy_leaves_them() {
    let zone = |callers, healthy| Zone { callers, hosts: healthy, healthy };
    assert_eq!(zone_routing(&[zone(1, 3), zone(1, 3)], 6), Some(ZoneRouting::Direct));
    assert_eq!(zone_routing(&[zone(1, 2), zone(1, 3)], 6), None, "too few hosts");
    assert_eq!(zone_routing(&[zone(1, 6), zone(1, 0)], 6), None, "one zone called");
    assert_eq!(zone_routing(&[zone(1, 3), zone(0, 3)], 6), None, "one zone calling");
    assert_eq!(zone_routing(&[zone(0, 3), zone(1, 3), zone(1, 3)], 6), None, "nobody calls from here");
    assert_eq!(zone_routing(&[], 0), None);
}

#[test]
fn a_skipped_queue_goes_on_where_it_would_have_been() {
    let mut whole = Edf::new(&[1.0, 2.0, 0.5]).unwrap();
    let mut skipped = whole.clone();
    skipped.skip(5);
    let picks: Vec<usize> = (0..12).map(|_| whole.pick()).collect();
    assert_eq!((0..7).map(|_| skipped.pick()).collect::<Vec<_>>(), picks[5..]);
}

#[test]
fn a_new_host_starts_at_the_least_weight() {
    let slow = SlowStart { window: SimSpan::from_seconds(60), aggression: 1.0, min_weight_percent: 10.0 };
    assert_eq!(slow_start_factor(&slow, SimSpan::ZERO), 0.1);
    let none = SlowStart { window: SimSpan::ZERO, ..slow };
    assert_eq!(slow_start_factor(&none, SimSpan::ZERO), 1.0);
}

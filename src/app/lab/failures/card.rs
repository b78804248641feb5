//! The card of the deck that fits a prediction that was wrong.

use crate::course::{Course, quiz::Card};
use crate::learner::Learner;
use crate::srs::Moment;

/// Kinds of failure as the log of predictions names them, and the cards that are about what one has to know for them, the
/// nearest first.
const CARDS: &[(&[&str], &[&str])] = &[
    (&["half-503", "half-refuse", "first-pods-503", "first-pods-refuse", "zone-down"], SPILL),
    (&["half-not-ready", "first-pods-notready", "service-notready", "pod-notready"], NOT_READY),
    (&["all-503", "service-refuse", "crash"], &["e11.no-outlier-no-failover", "e11.default-ejects-nobody"]),
    (&["errors", "first-pods-errors", "pod-errors"], &["e11.ejection-timeline", "e11.first-return"]),
    (&["slow", "first-pods-slow", "pod-slow"], &["e11.slow-is-not-sick"]),
    (
        &["service-blackhole", "first-pods-blackhole", "pod-blackhole", "pod-down"],
        &["e11.lower-this-timeout", "e11.slow-is-not-sick"],
    ),
    (
        &["pod-503", "pod-refuse", "pod-crash", "first-pods-crash", "service-restart"],
        &["e11.spill-three-of-four", "e11.spill-two-of-four"],
    ),
    (&["service-scale", "users-surge"], &["e11.room-for-the-other-region"]),
    (&["region-down"], &["e11.from8-who-moves-the-users", "e11.dns-worst-case"]),
    (&["region-isolate", "cut", "link-loss", "one-way-cut", "one-way-loss"], &["e11.q3-partition"]),
    (&["link-slow", "one-way-slow"], &["e11.three-far-calls"]),
    (
        &["gateway-down", "gateway-refuse", "gateway-blackhole", "gateway-slow"],
        &["e11.gateway-is-one-endpoint"],
    ),
    (&["istiod-down", "istiod-slow"], &["e11.primary-down", "e11.from10-stale-registry"]),
    (&["istiod-secret-lost"], &["e11.from10-stale-registry", "e11.name-only-in-the-other-cluster"]),
    (&["dns-down", "dns-slow"], &["e11.clusterip-answers-locally", "e11.name-only-in-the-other-cluster"]),
    (&["aurora-down", "aurora-promote", "aurora-lag"], &["e11.from10-cap", "e11.from10-last-writer"]),
    (&["dynamodb-lag"], &["e11.from10-last-writer"]),
];

const SPILL: &[&str] = &["e11.spill-two-of-four", "e11.spill-three-of-four"];
const NOT_READY: &[&str] = &["e11.not-ready-by-version"];

/// The first card on this kind that the course has and that may be asked today.
#[must_use]
pub fn card_for<'a>(name: &str, course: &'a Course, learner: &Learner, now: Moment) -> Option<&'a Card> {
    let today = learner.today(now);
    let (_, cards) = CARDS.iter().find(|(names, _)| names.contains(&name))?;
    let open = |card: &&Card| learner.card(card.id.as_str()).is_none_or(|state| state.is_open(today));
    cards.iter().filter_map(|id| course.card(id)).find(open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_card_is_in_the_deck_and_every_kind_stands_once() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/quizzes/11-multi-region-kubernetes");
        let files = std::fs::read_dir(folder).unwrap();
        let deck: String = files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
        let mut seen = std::collections::BTreeSet::new();
        for (names, cards) in CARDS {
            assert!(names.iter().all(|name| seen.insert(*name)), "{names:?}");
            for card in *cards {
                assert!(deck.contains(&format!("id = \"{card}\"")), "{card}");
            }
        }
    }
}

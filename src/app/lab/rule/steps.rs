//! Which values a key goes on to from the one that is set.

use super::fields::Values;
use crate::sim::{Scenario, SimSpan};

/// The values to try, the nearest first. Choices go round; steps end at their ends.
pub fn from(values: Values, value: &str, up: bool, scenario: &Scenario) -> Vec<String> {
    let offered = values.offered(scenario);
    if let Values::Steps(..) = values {
        let here = rank(value);
        let ahead = |word: &String| if up { rank(word) > here } else { rank(word) < here };
        let mut ahead: Vec<String> = offered.into_iter().filter(ahead).collect();
        if !up {
            ahead.reverse();
        }
        return ahead;
    }
    let count = offered.len();
    let at = offered.iter().position(|word| word == value);
    let mut round: Vec<String> = match at {
        Some(at) => (1..count).map(|by| offered[(at + by) % count].clone()).collect(),
        None => offered,
    };
    if !up {
        round.reverse();
    }
    round
}

/// Where a value stands among others of its field: spans by length, splits by their first weight, versions and decimals
/// by both their parts. What has no limit is last, what somebody else decides first.
fn rank(value: &str) -> u128 {
    let first = value.split('/').next().unwrap_or(value);
    if ["none", "unlimited"].contains(&value) {
        return u128::MAX;
    }
    if let Ok(span) = value.parse::<SimSpan>() {
        return 1 + u128::from(span.nanos());
    }
    let (whole, part) = first.split_once('.').unwrap_or((first, "0"));
    match (whole.parse::<u128>(), part.parse::<u128>()) {
        (Ok(whole), Ok(part)) => 1 + whole * 1000 + part,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fields;
    use super::*;

    #[test]
    fn steps_stand_in_their_order() {
        for field in fields::all() {
            let Values::Steps(words, _) = field.values else { continue };
            let ranks: Vec<u128> = words.iter().map(|word| rank(word)).collect();
            assert!(ranks.is_sorted_by(|one, other| one < other), "{}: {words:?} {ranks:?}", field.key);
        }
    }

    #[test]
    fn a_value_between_two_steps_goes_to_its_neighbors() {
        let scenario = Scenario::shipped("two-regions").unwrap();
        let steps = Values::Steps(&["1s", "5s", "10s", "none"], "");
        assert_eq!(from(steps, "7s", true, &scenario), ["10s", "none"]);
        assert_eq!(from(steps, "7s", false, &scenario), ["5s", "1s"]);
        let round = Values::Choices(&["a", "b", "c"]);
        assert_eq!(from(round, "b", true, &scenario), ["c", "a"]);
        assert_eq!(from(round, "b", false, &scenario), ["a", "c"]);
        assert_eq!(from(round, "?", true, &scenario), ["a", "b", "c"]);
    }
}

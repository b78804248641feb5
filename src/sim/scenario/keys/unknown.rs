//! What is said of a key that there is not: the one that was meant, or those that stand where it was looked for.

use super::KEYS;
use crate::sim::near;
use crate::sim::scenario::Scenario;

/// Names told at most, so that a message stays one that is read.
const TOLD_MAX: usize = 16;
/// Letters that two words must begin with for one to be meant by the other.
const BEGINS_MIN: usize = 4;

impl Scenario {
    /// Every key of a scenario file, with this scenario's own names in it; `--set` takes most of them.
    pub fn key_names(&self) -> Vec<String> {
        known(self)
    }
}

/// "there is no key 'x'; did you mean 'y'?", where y holds the scenario's own names.
pub(super) fn unknown(scenario: &Scenario, path: &[&str]) -> String {
    let known = known(scenario);
    let offer = |key: &str| format!("; did you mean '{key}'?");
    let meant = meant(&known, path)
        .map(offer)
        .or_else(|| siblings(&known, path))
        .or_else(|| near::nearest(&path.join("."), known.iter().map(String::as_str)).map(offer))
        .unwrap_or_else(|| format!("; keys begin with {}", firsts(&known)));
    format!("there is no key '{}'{meant}", path.join("."))
}

/// Every key with this scenario's names in it.
fn known(scenario: &Scenario) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for key in KEYS {
        for service in scenario.services() {
            for region in scenario.regions() {
                let name = key.pattern.replace("<region>", region).replace("<service>", service);
                // Keys without names come once for each name, one after another.
                if known.last() != Some(&name) && (key.pattern.contains('<') || !known.contains(&name)) {
                    known.push(name);
                }
            }
        }
    }
    known
}

/// The key that differs least, part by part; or the shortest that ends with these parts, or nearly.
fn meant<'a>(known: &'a [String], path: &[&str]) -> Option<&'a str> {
    let same_length = known.iter().filter(|key| key.split('.').count() == path.len());
    let best =
        same_length.filter_map(|key| Some((apart(path, key.split('.'))?, key))).min_by_key(|(d, _)| *d);
    if let Some((_, key)) = best {
        return Some(key);
    }
    let ending = |key: &&String| {
        let parts: Vec<&str> = key.split('.').collect();
        let last = parts.len().checked_sub(path.len())?;
        apart(path, parts[last..].iter().copied())
    };
    let shortest = |key: &&String| (ending(key), key.split('.').count());
    known.iter().filter(|key| ending(key).is_some()).min_by_key(shortest).map(String::as_str)
}

/// How far two keys are apart, if no part is too far from the one that it stands for.
fn apart<'a>(path: &[&str], parts: impl Iterator<Item = &'a str>) -> Option<usize> {
    path.iter().zip(parts).try_fold(0, |sum, (word, part)| Some(sum + part_apart(word, part)?))
}

/// As far as their letters are apart, or what a word leaves out that begins as the part does: `retry` for `retries`.
fn part_apart(word: &str, part: &str) -> Option<usize> {
    let same = word.bytes().zip(part.bytes()).take_while(|(one, other)| one == other).count();
    let begins = same >= BEGINS_MIN && same * 2 >= part.len();
    near::apart(word, part).or_else(|| begins.then(|| part.len() - same))
}

/// "; under mesh.outlier there is enabled, interval, …": what stands under the longest part of the path that is right.
fn siblings(known: &[String], path: &[&str]) -> Option<String> {
    let right = (1..=path.len()).rev().map(|length| path[..length].join("."));
    for prefix in right {
        let under = format!("{prefix}.");
        let mut names: Vec<&str> = Vec::new();
        for rest in known.iter().filter_map(|key| key.strip_prefix(&under)) {
            let name = rest.split('.').next().unwrap_or(rest);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        if !names.is_empty() {
            return Some(format!("; under {prefix} there is {}", near::told(&names, TOLD_MAX)));
        }
    }
    None
}

fn firsts(known: &[String]) -> String {
    let mut firsts: Vec<&str> = Vec::new();
    // What has no dot gives the mesh its shape, in a file.
    for (first, _) in known.iter().filter_map(|key| key.split_once('.')) {
        if !firsts.contains(&first) {
            firsts.push(first);
        }
    }
    near::told(&firsts, TOLD_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(key: &str) -> String {
        let scenario = Scenario::shipped("two-regions").unwrap();
        unknown(&scenario, &key.split('.').collect::<Vec<_>>())
    }

    #[test]
    fn a_key_that_is_nearly_right_is_told() {
        for (wrong, right) in [
            ("mesh.outlier.intervall", "mesh.outlier.interval"),
            ("mesh.outliers.intervl", "mesh.outlier.interval"),
            ("outlier.interval", "mesh.outlier.interval"),
            ("max_ejection_percent", "mesh.outlier.max_ejection_percent"),
            ("mesh.retry.attempts", "mesh.retries.attempts"),
            ("mesh.outlier.consecutive5xx", "mesh.outlier.consecutive_5xx"),
            ("service.paymnt.service_time.medain", "service.payment.service_time.median"),
            ("mesh.loclity", "mesh.locality"),
            ("link.rrt", "link.rtt"),
        ] {
            assert!(said(wrong).ends_with(&format!("did you mean '{right}'?")), "{}", said(wrong));
        }
    }

    #[test]
    fn where_nothing_is_near_the_keys_of_that_place_are_named() {
        assert!(said("mesh.retries.number").contains("under mesh.retries there is attempts, on"));
        assert!(said("mesh").contains("under mesh there is ") && said("mesh").contains(" istio,"));
        assert!(said("link.speed").ends_with("under link there is rtt, jitter"));
        assert!(said("xyzzy").contains("keys begin with zones, entry, users, service"), "{}", said("xyzzy"));
    }
}

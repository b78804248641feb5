//! What Istio's admission says to a `localityLbSetting`, in its own words.

use super::labels::{REGION_LABEL, SUBZONE_LABEL, ZONE_LABEL};
use super::{Failover, LocalityLb};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub severity: Severity,
    /// Istio's text.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Refused.
    Error,
    /// Taken, and shown as IST0133.
    Warning,
}

fn error(text: impl Into<String>) -> Finding {
    Finding { severity: Severity::Error, text: text.into() }
}

/// All that is wrong with a setting, in Istio's order. `outlier_detection` tells whether the rule has that block.
#[must_use]
pub fn validate(setting: &LocalityLb, outlier_detection: bool) -> Vec<Finding> {
    if let Some(finding) = contradiction(setting).or_else(|| wrong_weight(setting)) {
        return vec![finding];
    }
    let mut findings = Vec::new();
    for rule in &setting.distribute {
        findings.extend(overlap(rule.to.iter().map(|(locality, _)| locality.as_str())));
    }
    findings.extend(overlap(setting.distribute.iter().map(|rule| rule.from.as_str())));
    let fails_over = !setting.failover.is_empty() || !setting.failover_priority.is_empty();
    if fails_over && !outlier_detection {
        let text = "outlier detection policy must be provided for failover".to_owned();
        findings.push(Finding { severity: Severity::Warning, text });
    }
    findings.extend(setting.failover.iter().flat_map(wrong_failover));
    findings
}

fn contradiction(setting: &LocalityLb) -> Option<Finding> {
    if setting.failover.is_empty() {
        return None;
    }
    if !setting.distribute.is_empty() {
        return Some(error("can not simultaneously specify 'distribute' and 'failover'"));
    }
    let place = |label: &&String| [REGION_LABEL, ZONE_LABEL, SUBZONE_LABEL].contains(&label.as_str());
    let label = setting.failover_priority.iter().find(place)?;
    Some(error(format!(
        "can not simultaneously set 'failover' and topology label '{label}' in 'failover_priority'"
    )))
}

fn wrong_weight(setting: &LocalityLb) -> Option<Finding> {
    setting.distribute.iter().find_map(|rule| {
        if rule.to.iter().any(|(_, weight)| !(1..=100).contains(weight)) {
            return Some(error("locality weight must be in range [1, 100]"));
        }
        let sum: u64 = rule.to.iter().map(|(_, weight)| u64::from(*weight)).sum();
        (sum != 100).then(|| error(format!("total locality weight {sum} != 100")))
    })
}

fn wrong_failover(rule: &Failover) -> Vec<Finding> {
    let both = [&rule.from, &rule.to];
    let mut findings = Vec::new();
    if rule.from == rule.to {
        findings.push(error("locality lb failover settings must specify different regions"));
    }
    if both.iter().any(|region| region.contains('/')) {
        findings.push(error("locality lb failover only specify region"));
    }
    if both.iter().any(|region| region.contains('*')) {
        findings.push(error("locality lb failover region should not contain '*' wildcard"));
    }
    findings
}

/// The first locality of a list that is malformed or means a place that an earlier one means.
fn overlap<'a>(localities: impl Iterator<Item = &'a str>) -> Option<Finding> {
    let mut seen: Vec<Vec<&str>> = Vec::new();
    for locality in localities {
        let stars = locality.matches('*').count();
        if stars > 1 || (stars == 1 && !locality.ends_with('*')) {
            let text =
                format!("locality {locality} wildcard '*' number can not exceed 1 and must be in the end");
            return Some(error(text));
        }
        let parts: Vec<&str> = locality.splitn(3, '/').collect();
        if seen.iter().any(|earlier| earlier[0] == "*") {
            return Some(error(format!("locality {locality} overlap with previous specified ones")));
        }
        if parts.contains(&"") {
            return Some(error(format!(
                "locality {locality} must not contain empty region/zone/subzone info"
            )));
        }
        if seen.iter().any(|earlier| covers(earlier, &parts)) {
            return Some(error(format!("locality {locality} overlap with previous specified ones")));
        }
        seen.push(parts);
    }
    None
}

/// Do the two share a place, as far as Istio looks? A region on its own clashes with anything in it; below that only an
/// earlier `*` or the same name does, so `r/z` before `r/*` passes.
fn covers(earlier: &[&str], later: &[&str]) -> bool {
    for (depth, part) in later.iter().enumerate() {
        match earlier.get(depth) {
            None | Some(&"*") => return true,
            Some(name) if name != part => return false,
            Some(_) => {}
        }
    }
    true
}

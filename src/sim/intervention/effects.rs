//! Which target takes which effects, and how each effect's value is read.

use super::{Effect, Factor, Part, Target};
use crate::sim::decimal::decimal;
use crate::sim::near;

/// What a target of some kind is called in a message, and the effects it takes as they are written.
pub(super) struct Taken {
    pub kind: &'static str,
    pub effects: &'static [&'static str],
}

const POD_EFFECTS: &[&str] =
    &["503", "errors=30/100", "slow=500ms", "refuse", "blackhole", "notready", "crash", "down", "heal"];
const FIRST_POD_EFFECTS: &[&str] =
    &["503", "errors=30/100", "slow=500ms", "refuse", "blackhole", "notready", "crash", "heal"];
const SERVICE_EFFECTS: &[&str] = &[
    "503",
    "errors=30/100",
    "slow=500ms",
    "refuse",
    "blackhole",
    "notready",
    "crash",
    "restart",
    "scale=6",
    "heal",
];

/// The effects that this kind of target takes.
pub(super) fn taken(target: &Target) -> Taken {
    let (kind, effects): (_, &[&str]) = match target {
        Target::Place(_) => ("a region", &["down", "isolate", "heal"]),
        Target::Service { .. } => ("a service in a region", SERVICE_EFFECTS),
        Target::FirstPods { .. } => ("a group of first pods", FIRST_POD_EFFECTS),
        Target::Pod { .. } => ("a pod", POD_EFFECTS),
        Target::Part { part: Part::Gateway, .. } => {
            ("a gateway", &["down", "slow=500ms", "refuse", "blackhole", "heal"])
        }
        Target::Part { part: Part::Istiod, .. } => ("istiod", &["down", "slow=500ms", "secret-lost", "heal"]),
        Target::Part { part: Part::Dns, .. } => ("dns", &["down", "slow=500ms", "heal"]),
        Target::Link { .. } => ("a link", &["cut", "loss=5/100", "slow=50ms", "heal"]),
        Target::OneWay { .. } => ("one direction of a link", &["cut", "loss=5/100", "slow=50ms", "heal"]),
        Target::Aurora => ("aurora", &["down", "promote=us-west-2", "lag=2s", "heal"]),
        Target::DynamoDb => ("dynamodb", &["lag=2s", "heal"]),
        Target::Users { .. } => ("a region's crowd of users", &["surge=3", "heal"]),
        Target::All => ("all", &["heal"]),
    };
    Taken { kind, effects }
}

/// Whether a service in a region would take this effect.
pub(super) fn is_for_services(word: &str) -> bool {
    let name = |effect: &str| effect.split('=').next().unwrap_or(effect).to_owned();
    SERVICE_EFFECTS.iter().any(|effect| name(effect) == name(word))
}

/// Reads an effect for a target, or says what the target takes.
pub(super) fn read(target: &Target, word: &str) -> Result<Effect, String> {
    let taken = taken(target);
    let (name, value) = match word.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (word, None),
    };
    let bare = |effect: &&str| effect.split('=').next().unwrap_or(effect).to_owned();
    let Some(pattern) = taken.effects.iter().find(|effect| bare(effect) == name) else {
        let names: Vec<String> = taken.effects.iter().map(bare).collect();
        let hint = near::hint(name, names.iter().map(String::as_str));
        return Err(format!(
            "{} does not take '{word}'; it takes {}{hint}",
            taken.kind,
            listed(taken.effects)
        ));
    };
    match (pattern.contains('='), value) {
        (true, None) => Err(format!("'{name}' needs a value, such as {pattern}")),
        (false, Some(_)) => Err(format!("'{name}' takes no value; write it alone")),
        (_, value) => valued(name, value.unwrap_or_default()),
    }
}

fn valued(name: &str, value: &str) -> Result<Effect, String> {
    let span = || value.parse().map_err(|error| format!("{name}: {error}"));
    let ratio = || value.parse().map_err(|error| format!("{name}: {error}"));
    Ok(match name {
        "down" => Effect::Down,
        "isolate" => Effect::Isolate,
        "heal" => Effect::Heal,
        "503" => Effect::Unavailable,
        "errors" => Effect::Errors(ratio()?),
        "slow" => Effect::Slow(span()?),
        "refuse" => Effect::Refuse,
        "blackhole" => Effect::Blackhole,
        "notready" => Effect::NotReady,
        "crash" => Effect::Crash,
        "restart" => Effect::Restart,
        "scale" => Effect::Scale(pods(value)?),
        "secret-lost" => Effect::SecretLost,
        "cut" => Effect::Cut,
        "loss" => Effect::Loss(ratio()?),
        "promote" => Effect::Promote(super::parse::name(value)?.to_owned()),
        "lag" => Effect::Lag(span()?),
        _ => Effect::Surge(factor(value)?),
    })
}

fn pods(value: &str) -> Result<u32, String> {
    let wrong =
        || format!("scale: '{value}' is not a number of pods; write one from 0 to 1000, such as scale=6");
    super::parse::whole(value).filter(|&pods| pods <= 1000).ok_or_else(wrong)
}

fn factor(value: &str) -> Result<Factor, String> {
    let wrong = || {
        format!(
            "surge: '{value}' is not a factor; write a number from 0 to 1000 with at most three decimals, such as surge=3"
        )
    };
    let thousandths = decimal(value, 3).filter(|&thousandths| thousandths <= 1_000_000).ok_or_else(wrong)?;
    Ok(Factor { thousandths: thousandths as u32 })
}

/// `a, b or c`.
pub(super) fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}

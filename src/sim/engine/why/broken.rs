//! What an intervention does, in words.

use super::control::part_text;
use crate::sim::intervention::{Effect, Intervention, Part, Target};
use crate::sim::time::SimSpan;

/// What an intervention does, in words.
pub(super) fn intervention_text(intervention: &Intervention, lasts: Option<SimSpan>) -> String {
    let (subject, many) = target_text(intervention.target());
    let s = if many { "" } else { "s" };
    let part = match intervention.target() {
        Target::Part { part, .. } => part_text(*part, intervention.effect()),
        _ => None,
    };
    let does = match intervention.effect() {
        Effect::Down if *intervention.target() == Target::Aurora => "loses its writer instance".to_owned(),
        _ if part.is_some() => part.unwrap_or_default(),
        Effect::Down => "lose".to_owned() + s + " all packets",
        Effect::Isolate => "is cut off from every other region".to_owned(),
        Effect::Unavailable => format!("answer{s} 503"),
        Effect::Errors(ratio) => format!("answer{s} 503 to {ratio} of calls"),
        Effect::Slow(span) if is_link(intervention.target()) => format!("is {span} slower"),
        Effect::Slow(span) => format!("answer{s} {span} later"),
        Effect::Refuse => format!("refuse{s} connections"),
        Effect::Blackhole => format!("accept{s} calls and never answer{s}"),
        Effect::NotReady => format!("fail{s} the readiness probe and still serve{s}"),
        Effect::Crash if lasts == Some(SimSpan::ZERO) => "cannot crash again before the restart".to_owned(),
        Effect::Crash => format!("crash{}", if many { "" } else { "es" }),
        Effect::Restart if lasts.is_some() => format!("restart{s}, one pod after another, at most"),
        Effect::Restart => format!("restart{s}, one pod after another"),
        Effect::Scale(pods) => format!("scale{s} to {pods}"),
        Effect::Cut => "is cut".to_owned(),
        Effect::Loss(ratio) if matches!(intervention.target(), Target::OneWay { .. }) => {
            format!("loses {ratio} of what is sent that way")
        }
        Effect::Loss(ratio) => format!("loses {ratio} of requests and {ratio} of answers"),
        Effect::Surge(factor) => format!("send {factor} times as many requests"),
        Effect::Promote(region) => format!("is to be written in {region}"),
        Effect::Lag(span) => format!("replicates {span} later"),
        other => other.to_string(),
    };
    let how_long = match (intervention.effect(), lasts) {
        (Effect::Crash, Some(SimSpan::ZERO)) => String::new(),
        (Effect::Crash, Some(span)) => format!(" and will be restarted after {span}"),
        (_, Some(span)) => format!(" for {span}"),
        (_, None) => String::new(),
    };
    match (does.split_once(": "), intervention.target(), intervention.effect()) {
        (Some((what, why)), ..) => format!("{subject} {what}{how_long}: {why}"),
        (_, Target::Service { region, service }, Effect::Scale(_)) => {
            format!("{service} in {region} {does}{how_long}")
        }
        _ => format!("{subject} {does}{how_long}"),
    }
}

fn is_link(target: &Target) -> bool {
    matches!(target, Target::Link { .. } | Target::OneWay { .. })
}

/// A target in words, and whether it is more than one.
fn target_text(target: &Target) -> (String, bool) {
    match target {
        Target::Place(name) => (name.clone(), false),
        Target::Service { region, service } => (format!("every {service} pod in {region}"), false),
        Target::FirstPods { region, service, count: 1 } => (format!("{service}-1 in {region}"), false),
        Target::FirstPods { region, service, count: 2 } => {
            (format!("{service}-1 and {service}-2 in {region}"), true)
        }
        Target::FirstPods { region, service, count } => {
            (format!("{service}-1 to {service}-{count} in {region}"), true)
        }
        Target::Pod { region, service, number } => (format!("{service}-{number} in {region}"), false),
        Target::Link { one, other } => (format!("the link between {one} and {other}"), false),
        Target::OneWay { from, to } => (format!("the way from {from} to {to}"), false),
        Target::Part { region, part: Part::Istiod } => (format!("{region}'s istiod"), false),
        Target::Part { region, part: Part::Dns } => (format!("{region}'s CoreDNS"), false),
        Target::Part { region, part: Part::Gateway } => (format!("the gateway of {region}"), false),
        Target::Users { region } => (format!("the users of {region}"), true),
        Target::Aurora => ("Aurora".to_owned(), false),
        Target::DynamoDb => ("DynamoDB".to_owned(), false),
        other => (other.to_string(), false),
    }
}

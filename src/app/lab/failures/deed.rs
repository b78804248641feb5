//! What a failure will do, as one sentence with its numbers.

use super::Break;
use crate::sim::{Effect, Part, Ratio, Scenario, SimSpan, Target};

/// `2 of 4 payment pods in us-east-1 will answer 503 and stay ready, for 20 s.`
#[must_use]
pub fn deed(of: &Break, scenario: &Scenario) -> String {
    let lasts = of.done.lasts().map_or_else(String::new, |span| format!(", for {}", spaced(span)));
    format!("{}{lasts}.", sentence(of, scenario))
}

fn sentence(of: &Break, scenario: &Scenario) -> String {
    let effect = of.done.effect();
    match of.done.target() {
        Target::Service { region, service } => {
            let pods = scenario.pods(region, service);
            match effect {
                Effect::Scale(to) => format!("{service} in {region} will have {to} pods instead of {pods}"),
                Effect::Restart => {
                    format!("The {pods} {service} pods in {region} will be restarted one after another")
                }
                _ => format!("All {pods} {service} pods in {region} will {}", verb(effect, scenario, true)),
            }
        }
        Target::FirstPods { region, service, count } => {
            let pods = scenario.pods(region, service);
            format!(
                "{count} of {pods} {service} pods in {region} will {}",
                verb(effect, scenario, *count != 1)
            )
        }
        Target::Pod { region, service, number } => {
            format!("{service}-{number} in {region} will {}", verb(effect, scenario, false))
        }
        Target::Place(name) if *effect == Effect::Isolate => {
            format!("{name} will be cut off from the other regions, and be fine itself")
        }
        Target::Place(name) => format!("All of {name} will be gone"),
        Target::Part { region, part } => part_sentence(region, *part, effect, scenario),
        Target::Link { one, other } => format!("The link between {one} and {other} will {}", passing(effect)),
        Target::OneWay { from, to } => format!("The way from {from} to {to} will {}", passing(effect)),
        Target::Aurora => match effect {
            Effect::Promote(region) => format!("{region} will be made the writer of Aurora"),
            Effect::Lag(span) => {
                format!("Aurora will replicate {} later than it does", spaced(*span))
            }
            _ => "Aurora's writer instance will be gone".to_owned(),
        },
        Target::DynamoDb => match effect {
            Effect::Lag(span) => format!("DynamoDB will replicate {} later than it does", spaced(*span)),
            other => format!("DynamoDB: {other}"),
        },
        Target::Users { region } => match effect {
            Effect::Surge(factor) => format!("The users of {region} will come {factor} times as often"),
            other => format!("The users of {region}: {other}"),
        },
        Target::All => effect.to_string(),
    }
}

fn part_sentence(region: &str, part: Part, effect: &Effect, scenario: &Scenario) -> String {
    match (part, effect) {
        (Part::Istiod, Effect::SecretLost) => {
            format!("istiod in {region} will lose the remote secret of the other clusters")
        }
        (Part::Istiod, Effect::Slow(span)) => {
            format!("istiod in {region} will tell its proxies everything {} later", spaced(*span))
        }
        (Part::Istiod, _) => format!("istiod in {region} will be gone"),
        (Part::Dns, Effect::Slow(span)) => {
            format!("CoreDNS in {region} will take {} for each name", spaced(*span))
        }
        (Part::Dns, _) => format!("CoreDNS in {region} will be gone"),
        (Part::Gateway, Effect::Slow(span)) => {
            format!("The gateway of {region} will pass everything on {} later", spaced(*span))
        }
        (Part::Gateway, Effect::Blackhole) => {
            format!("The gateway of {region} will accept connections and pass nothing on")
        }
        (Part::Gateway, _) => {
            format!("The gateway of {region} will {}", verb(effect, scenario, false))
        }
    }
}

/// What pods, or what is one pod, will do.
fn verb(effect: &Effect, scenario: &Scenario, many: bool) -> String {
    let their = if many { "their" } else { "its" };
    match effect {
        Effect::Unavailable => "answer 503 and stay ready".to_owned(),
        Effect::Errors(share) => format!("answer {} calls with 503", of_calls(*share)),
        Effect::Slow(span) => format!("answer {} later", spaced(*span)),
        Effect::Refuse => "refuse connections".to_owned(),
        Effect::Blackhole => "accept calls and never answer".to_owned(),
        Effect::NotReady => format!("fail {their} readiness probe and still serve"),
        Effect::Crash => format!("crash, and be restarted after {}", spaced(scenario.restart_wait())),
        Effect::Down => "be gone: packets to it are lost".to_owned(),
        other => other.to_string(),
    }
}

fn passing(effect: &Effect) -> String {
    match effect {
        Effect::Loss(share) => format!("lose {} tries", of_calls(*share)),
        Effect::Slow(span) => format!("take {} longer", spaced(*span)),
        _ => "lose everything".to_owned(),
    }
}

fn of_calls(share: Ratio) -> String {
    share.to_string().replace('/', " of ")
}

/// A span with a blank before its unit, as running text has it.
#[must_use]
pub fn spaced(span: SimSpan) -> String {
    let text = span.to_string();
    let unit = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(unit);
    if unit.contains(|c: char| c.is_ascii_digit()) { text } else { format!("{number} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stands_apart_from_its_unit() {
        let of = |text: &str| spaced(text.parse().unwrap());
        assert_eq!([of("500ms"), of("20s"), of("1m30s")], ["500 ms", "20 s", "1m30s"]);
    }

    #[test]
    fn a_deed_says_what_and_how_long() {
        let scenario = Scenario::shipped("two-regions").unwrap();
        let of = |words: &str| deed(&Break::read(words, &scenario).unwrap(), &scenario);
        assert_eq!(
            of("us-east-1/payment:2 503 for 20s"),
            "2 of 4 payment pods in us-east-1 will answer 503 and stay ready, for 20 s."
        );
        assert_eq!(
            of("us-east-1/payment crash"),
            "All 4 payment pods in us-east-1 will crash, and be restarted after 10 s."
        );
        assert_eq!(of("us-east-1/users surge=1.5"), "The users of us-east-1 will come 1.5 times as often.");
        assert_eq!(
            of("us-east-1>us-west-2 loss=5/100"),
            "The way from us-east-1 to us-west-2 will lose 5 of 100 tries."
        );
    }
}

//! Reading interventions from text.

use std::str::FromStr;

use super::{Intervention, Part, Target, effects, meant};
use crate::sim::near;
use crate::sim::time::{SimSpan, SimTime};

/// Why an intervention could not be read: one sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{text}': {why}")]
pub struct InterventionError {
    text: String,
    why: String,
}

/// The shortest distance between two repetitions; more often would be a rate, which `errors` and `surge` are.
const EVERY_MIN: SimSpan = SimSpan::from_millis(100);
const SHAPE: &str =
    "write TIME TARGET EFFECT [for SPAN] [every SPAN], such as \"20s us-east-1/payment:2 503 for 30s\"";

impl FromStr for Intervention {
    type Err = InterventionError;

    fn from_str(text: &str) -> Result<Self, InterventionError> {
        let (time, rest) = text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), ""));
        let at = time.parse::<SimSpan>().map_err(|error| InterventionError {
            text: text.to_owned(),
            why: if time.is_empty() { SHAPE.to_owned() } else { error.to_string() },
        })?;
        words(rest, SimTime::ZERO + at).map_err(|why| InterventionError { text: text.to_owned(), why })
    }
}

impl Intervention {
    /// Reads `TARGET EFFECT [for SPAN] [every SPAN]`, to take effect at `at`.
    pub fn parse_now(text: &str, at: SimTime) -> Result<Self, InterventionError> {
        words(text, at).map_err(|why| InterventionError { text: text.to_owned(), why })
    }
}

fn words(text: &str, at: SimTime) -> Result<Intervention, String> {
    let mut words = text.split_whitespace();
    let (Some(target), Some(effect)) = (words.next(), words.next()) else {
        return Err(SHAPE.to_owned());
    };
    let target = read_target(target)?;
    let effect = effects::read(&target, effect).map_err(|why| meant::with_advice(&target, effect, why))?;
    let mut made = Intervention { at, target, effect, lasts: None, every: None };
    while let Some(word) = words.next() {
        let slot = match word {
            "for" => &mut made.lasts,
            "every" => &mut made.every,
            _ => {
                let hint = near::hint(word, ["for", "every"]);
                return Err(format!("'{word}' is not understood here; {SHAPE}{hint}"));
            }
        };
        if slot.is_some() {
            return Err(format!("'{word}' is there twice; {SHAPE}"));
        }
        let span = words.next().ok_or_else(|| format!("'{word}' needs a span of time; {SHAPE}"))?;
        *slot = Some(span.parse().map_err(|error| format!("{word}: {error}"))?);
    }
    checked(made)
}

fn checked(made: Intervention) -> Result<Intervention, String> {
    if made.lasts == Some(SimSpan::ZERO) {
        return Err("'for 0s' would do nothing; write a longer span, such as for 30s".to_owned());
    }
    if made.is_heal() && made.lasts.is_some() {
        return Err("'heal' leaves no layer that could end, so it takes no 'for'".to_owned());
    }
    if made.every.is_some_and(|span| span < EVERY_MIN) {
        return Err(format!("'every' takes at least {EVERY_MIN}"));
    }
    Ok(made)
}

fn read_target(text: &str) -> Result<Target, String> {
    if let Some((one, other)) = text.split_once('~') {
        let (one, other) = two_regions(one, other)?;
        return Ok(Target::Link { one, other });
    }
    if let Some((from, to)) = text.split_once('>') {
        let (from, to) = two_regions(from, to)?;
        return Ok(Target::OneWay { from, to });
    }
    if let Some((region, inside)) = text.split_once('/') {
        return inside_region(name(region)?.to_owned(), inside);
    }
    Ok(match text {
        "aurora" => Target::Aurora,
        "dynamodb" => Target::DynamoDb,
        "all" => Target::All,
        _ => Target::Place(name(text)?.to_owned()),
    })
}

fn two_regions(one: &str, other: &str) -> Result<(String, String), String> {
    if one == other {
        return Err(format!("a link joins two different regions, not '{one}' with itself"));
    }
    Ok((name(one)?.to_owned(), name(other)?.to_owned()))
}

fn inside_region(region: String, inside: &str) -> Result<Target, String> {
    match inside {
        "gateway" => return Ok(Target::Part { region, part: Part::Gateway }),
        "istiod" => return Ok(Target::Part { region, part: Part::Istiod }),
        "dns" => return Ok(Target::Part { region, part: Part::Dns }),
        "users" => return Ok(Target::Users { region }),
        _ => {}
    }
    if let Some((service, count)) = inside.split_once(':') {
        let count = whole(count)
            .filter(|&count| count > 0)
            .ok_or_else(|| format!("'{inside}': write how many pods, such as {service}:2"))?;
        return Ok(Target::FirstPods { region, service: name(service)?.to_owned(), count });
    }
    if let Some((service, number)) = inside.rsplit_once('-')
        && let Some(number) = whole(number)
    {
        if number == 0 {
            return Err(format!("'{inside}': pods are counted from 1, such as {service}-1"));
        }
        return Ok(Target::Pod { region, service: name(service)?.to_owned(), number });
    }
    Ok(Target::Service { region, service: name(inside)?.to_owned() })
}

/// A name of a region, zone or service.
pub(super) fn name(text: &str) -> Result<&str, String> {
    let good = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if good {
        return Ok(text);
    }
    Err(format!("'{text}' is not a name; names are small letters, digits and dashes, such as us-east-1"))
}

/// A whole number without sign, blanks or leading plus.
pub(super) fn whole(text: &str) -> Option<u32> {
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) { None } else { text.parse().ok() }
}

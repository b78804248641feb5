//! Values by their key's type, never guessed.

use crate::sim::decimal::decimal;
use crate::sim::near;
use crate::sim::policy::retry::RetryOn;
use crate::sim::rng::Ratio;
use crate::sim::time::SimSpan;

/// Thousandths of a vCPU.
const CPU_MAX: u64 = 64_000;

pub(super) fn span(value: &str) -> Result<SimSpan, String> {
    value.parse().map_err(|error: crate::sim::time::SpanError| error.to_string())
}

/// A span or `none`.
pub(super) fn span_or_none(value: &str) -> Result<Option<SimSpan>, String> {
    if value == "none" {
        return Ok(None);
    }
    match span(value)? {
        SimSpan::ZERO => {
            Err("0s would end everything at once; write none, or a longer span such as 1s".to_owned())
        }
        longer => Ok(Some(longer)),
    }
}

/// A span of at least a millisecond: something that repeats.
pub(super) fn period(value: &str) -> Result<SimSpan, String> {
    let span = span(value)?;
    if span < SimSpan::from_millis(1) {
        return Err(format!("{value} is too short; write at least 1ms"));
    }
    Ok(span)
}

pub(super) fn ratio(value: &str) -> Result<Ratio, String> {
    value.parse().map_err(|error: crate::sim::rng::RatioError| error.to_string())
}

pub(super) fn whole(value: &str, low: u32, high: u32) -> Result<u32, String> {
    let digits = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
    value
        .parse()
        .ok()
        .filter(|number| digits && (low..=high).contains(number))
        .ok_or_else(|| format!("'{value}' is not a whole number from {low} to {high}"))
}

pub(super) fn bytes(value: &str) -> Result<u64, String> {
    whole(value, 0, 100_000_000).map(u64::from)
}

/// vCPUs as Kubernetes writes them, as thousandths: `1`, `0.5`, `500m`.
pub(in crate::sim) fn cpu_milli(value: &str) -> Result<u32, String> {
    let milli = match value.strip_suffix('m') {
        Some(milli) => decimal(milli, 0),
        None => decimal(value, 3),
    };
    milli
        .filter(|milli| (1..=CPU_MAX).contains(milli))
        .map(|milli| milli as u32)
        .ok_or_else(|| format!("'{value}' is no pod size; write vCPUs from 1m to 64, such as 500m or 0.5"))
}

/// Requests a second, as thousandths.
pub(super) fn rate_milli(value: &str) -> Result<u64, String> {
    let wrong =
        || format!("'{value}' is not a rate; write requests a second from 0 to 100000, such as 220 or 0.5");
    decimal(value, 3).filter(|&milli| milli <= 100_000_000).ok_or_else(wrong)
}

pub(super) fn truth(value: &str) -> Result<bool, String> {
    match value {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(format!("'{value}' is neither true nor false")),
    }
}

/// One of a few words.
pub(super) fn one_of<T: Copy>(value: &str, choices: &[(&str, T)]) -> Result<T, String> {
    if let Some((_, choice)) = choices.iter().find(|(word, _)| *word == value) {
        return Ok(*choice);
    }
    let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
    let hint = near::hint(value, words.iter().copied());
    Err(format!("'{value}' is not one of {}{hint}", words.join(", ")))
}

/// Two weights that sum to 100: `95/5`.
pub(super) fn split(value: &str) -> Result<(u32, u32), String> {
    value
        .split_once('/')
        .and_then(|(own, other)| Some((whole(own, 0, 100).ok()?, whole(other, 0, 100).ok()?)))
        .filter(|(own, other)| own + other == 100)
        .ok_or_else(|| format!("'{value}' is not a split; write two weights that sum to 100, such as 95/5"))
}

/// `default`, `503`, or Envoy's retry conditions and status codes joined by commas.
pub(super) fn retry_on(value: &str) -> Result<String, String> {
    match value.parse::<RetryOn>() {
        Ok(read) => Ok(read.to_string()),
        Err(error) => {
            let words =
                ["default", "503", "connect-failure", "refused-stream", "reset", "5xx", "gateway-error"];
            Err(format!("{error}{}", near::hint(value, words)))
        }
    }
}

//! Tables for people and JSON for programs, from the same numbers.

use crate::sim::time::SimSpan;
use serde::Serialize;
use std::io::Write;

/// `--format` and its short form.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct FormatArgs {
    /// Print JSON; short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// How to print the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    #[default]
    Table,
    Json,
}

impl FormatArgs {
    #[must_use]
    pub fn format(self) -> Format {
        if self.json { Format::Json } else { self.format }
    }
}

/// One JSON document on a line of its own.
pub(in crate::cli) fn json(answer: &impl Serialize, out: &mut impl Write) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *out, answer)?;
    writeln!(out)?;
    Ok(())
}

/// Rows under a head, each column as wide as its widest cell: the first to the left, the others to the right.
pub(in crate::cli) fn table(head: &[&str], rows: &[Vec<String>], out: &mut impl Write) -> anyhow::Result<()> {
    let head: Vec<String> = head.iter().map(|&cell| cell.to_owned()).collect();
    let mut widths = vec![0; head.len()];
    for row in rows.iter().chain([&head]) {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.len().max(*width);
        }
    }
    for row in [&head].into_iter().chain(rows) {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| match column {
            0 => format!("{cell:<width$}"),
            _ => format!("  {cell:>width$}"),
        });
        let line: String = cells.collect();
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// A number as people write it: no fraction where there is none, at most `places` decimals.
pub(in crate::cli) fn decimal(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    if !text.contains('.') {
        return text;
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Seconds as a JSON number, whole where they are.
pub(super) fn seconds(span: SimSpan) -> serde_json::Value {
    whole_or_fraction(span, 1_000_000_000)
}

/// Milliseconds as a JSON number, whole where they are.
pub(super) fn millis(span: SimSpan) -> serde_json::Value {
    whole_or_fraction(span, 1_000_000)
}

fn whole_or_fraction(span: SimSpan, unit: u64) -> serde_json::Value {
    if span.nanos().is_multiple_of(unit) {
        return (span.nanos() / unit).into();
    }
    (span.nanos() as f64 / unit as f64).into()
}

/// A SPAN, or a bare number of seconds.
pub(super) fn span_in_seconds(text: &str) -> Result<SimSpan, String> {
    span_or_number(text, "s")
}

/// A SPAN, or a bare number of milliseconds.
pub(super) fn span_in_millis(text: &str) -> Result<SimSpan, String> {
    span_or_number(text, "ms")
}

fn span_or_number(text: &str, unit: &str) -> Result<SimSpan, String> {
    let bare = text.ends_with(|last: char| last.is_ascii_digit());
    let spelled = if bare { format!("{text}{unit}") } else { text.to_owned() };
    spelled.parse().map_err(|_| {
        format!("'{text}' is not a span of time; write a number of {unit}, or a number and a unit, such as 250ms or 1m30s")
    })
}

//! What the screen says: figures, bills, findings and the curve, as words and numbers.

use super::{Row, Worth};
use crate::mesh_view::figures::{dollars_per_hour, thousands};
use crate::sim::cost::{MONTH_HOURS, Outcome, part_words, price_note};

/// The patterns as columns.
pub const NAMES: [&str; 3] = ["dual", "federation", "mesh"];
/// Where a value is from that the learner set.
const YOURS: &str = "yours";

/// A row of the list of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub label: String,
    pub value: String,
    /// `yours`, or where the value is from.
    pub origin: &'static str,
    pub selected: bool,
    /// Being typed.
    pub typing: bool,
    /// Belongs to the rows of prices.
    pub inner: bool,
}

impl Figure {
    /// The learner set it.
    #[must_use]
    pub fn is_yours(&self) -> bool {
        self.origin == YOURS
    }
}

/// A row of the bills.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub label: &'static str,
    /// In at most eight columns.
    pub short: &'static str,
    pub cells: [String; 3],
    pub kind: LineKind,
    /// The most that any pattern pays of it, in micro-dollars an hour.
    pub most: u64,
}

/// What a row of the bills is; small screens leave out parts that are nothing, then facts, then the smallest parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    Part,
    /// A part that no pattern pays.
    Nothing,
    Total,
    Fact,
}

impl Worth {
    /// The rows of the list.
    #[must_use]
    pub fn figures(&self) -> Vec<Figure> {
        self.rows().into_iter().enumerate().map(|(at, row)| self.figure(at, row)).collect()
    }

    pub(super) fn figure(&self, at: usize, row: Row) -> Figure {
        let selected = at == self.row();
        let typed = self.typed.as_ref().filter(|_| selected);
        let yours = row.name().is_some_and(|name| self.set.contains_key(name));
        let value = row.name().map(|name| self.question.value(name).unwrap_or_else(|| "none".to_owned()));
        let folded = if self.prices_open { "open" } else { "closed" };
        let value = match row {
            Row::Figure(field) if field.name == "standby" => value.map(|value| format!("hot-{value}")),
            Row::Prices => Some(folded.to_owned()),
            _ => value,
        };
        Figure {
            label: row.label(),
            value: typed.cloned().or(value).unwrap_or_default(),
            origin: if yours { YOURS } else { row.field().map_or("", |field| field.origin) },
            selected,
            typing: typed.is_some(),
            inner: matches!(row, Row::Price(_)),
        }
    }

    /// One sentence on the selected row; of a price, where it is from.
    #[must_use]
    pub fn about(&self) -> String {
        match self.selected() {
            Row::Figure(field) => field.about.to_owned(),
            Row::Prices => "Prices with their sources; yours may differ.".to_owned(),
            Row::Price(key) => price_note(key)
                .map_or_else(String::new, |note| format!("Read {}: {}.", note.read, note.source)),
        }
    }

    /// The bills, dollars an hour, in the lesson's order.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let Ok(answer) = self.answer() else { return Vec::new() };
        let parts = answer.bills.each_ref().map(Outcome::parts);
        let each = |cell: &dyn Fn(&Outcome) -> String| answer.bills.each_ref().map(cell);
        let mut lines: Vec<Line> = (0..parts[0].len())
            .map(|part| {
                let all = parts.map(|of| of[part].1);
                let kind = if all == [0; 3] { LineKind::Nothing } else { LineKind::Part };
                let (name, most) = (parts[0][part].0, all.into_iter().max().unwrap_or(0));
                Line { label: part_words(name), short: short(name), cells: all.map(usd), kind, most }
            })
            .collect();
        let line = |(label, short), kind, cells| Line { label, short, cells, kind, most: 0 };
        let crossing = |of: &Outcome| format!("{:.2}", of.bytes.0 as f64 / 1e9);
        let available = |of: &Outcome| format!("{:.4}", of.availability_percent());
        lines.push(line(("together", "together"), LineKind::Total, each(&|of| usd(of.total()))));
        lines.push(line(("a month", "a month"), LineKind::Fact, each(&|of| month(of.total()))));
        lines.push(line(("available %", "avail. %"), LineKind::Fact, each(&available)));
        if self.question.amount("slo").is_some() {
            let meets = |of: &Outcome| if of.meets { "yes" } else { "no" }.to_owned();
            lines.push(line(("meets the SLO", "meets"), LineKind::Fact, each(&meets)));
        }
        lines.push(line(("GB/h between regions", "GB/h"), LineKind::Fact, each(&crossing)));
        lines
    }

    /// The column that is cheapest of those that meet what is asked.
    #[must_use]
    pub fn cheapest(&self) -> Option<usize> {
        let answer = self.answer().ok()?;
        answer.bills.iter().position(|of| Some(of.pattern) == answer.cheapest)
    }

    /// What it all comes to: the command's own sentences, then the lesson's figure, then what an incident does.
    #[must_use]
    pub fn findings(&self) -> Vec<String> {
        match self.answer() {
            Ok(answer) => {
                let found = answer.findings().into_iter().chain([answer.usual_words()]);
                found.map(|text| sentence(&text)).collect()
            }
            Err(why) => vec![sentence(why)],
        }
    }

    /// The findings in so few columns that three rows hold them.
    #[must_use]
    pub fn brief(&self) -> Vec<String> {
        let answer = match self.answer() {
            Ok(answer) => answer,
            Err(why) => return vec![sentence(why)],
        };
        let slo = self.question.value("slo").map_or_else(String::new, |slo| format!(" that meets {slo} %"));
        let cheapest = self.cheapest().map(|at| (NAMES[at], dollars_per_hour(answer.bills[at].total())));
        let first = match cheapest {
            Some((name, total)) => format!("cheapest{slo}: {name}, {total}"),
            None => format!("none{slo}"),
        };
        let usual = match answer.usual {
            [Some(low), Some(high)] if low.from == high.from => format!("at 15-20 %: {}", low.from),
            [Some(low), Some(high)] => format!("at 15-20 %: {}-{}", low.from, high.from),
            [Some(low), None] => format!("at 15 %: {}, at 20 %: never", low.from),
            [None, _] => "at 15-20 %: never".to_owned(),
        };
        let rates = answer.federation.map_or_else(
            || "never".to_owned(),
            |pays| match pays.until {
                None => format!("from {} requests/s", pays.from),
                Some(until) => format!("from {} to {until} requests/s", pays.from),
            },
        );
        let dual = match answer.break_even_outage {
            None => "never, it prevents no outage".to_owned(),
            Some(0) => "always".to_owned(),
            Some(dollars) => format!("if an outage hour costs over ${}", thousands(dollars)),
        };
        vec![first, format!("mesh or federation: {rates} ({usual})"), format!("mesh or dual: {dual}")]
    }

    /// Where the outages are from, a sentence for the incident and one a pattern.
    #[must_use]
    pub fn incident(&self) -> Vec<String> {
        let Ok(answer) = self.answer() else { return Vec::new() };
        let why = answer.bills.iter().map(|of| format!("{}: {}.", of.pattern.name(), of.impact.why));
        [sentence(&format!("an incident: {}", answer.incident()))].into_iter().chain(why).collect()
    }
}

/// A part in at most eight columns.
fn short(part: &'static str) -> &'static str {
    match part {
        "mesh" => "sidecars",
        "control_plane" => "control",
        "attachments" => "transit",
        "dns" => "DNS",
        "transfer" => "regions",
        other => other,
    }
}

/// A capital, and a full stop.
fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map_or_else(String::new, |c| c.to_uppercase().collect());
    let stop = if text.ends_with('.') { "" } else { "." };
    format!("{first}{}{stop}", rest.as_str())
}

/// Dollars an hour to three decimals.
pub(super) fn usd(micro: u64) -> String {
    format!("{:.3}", micro as f64 / 1e6)
}

fn month(micro: u64) -> String {
    thousands(
        (u128::from(micro) * u128::from(MONTH_HOURS) + 500_000).checked_div(1_000_000).unwrap_or(0) as u64
    )
}

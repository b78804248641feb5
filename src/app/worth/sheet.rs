//! What the screen says: figures, bills, findings and the curve, as words and numbers.

use super::{Row, Worth};
use crate::app::action::Action;
use crate::app::keymap;
use crate::app::lab::words::wrapped;
use crate::mesh_view::figures::{dollars_per_hour, thousands};
use crate::sim::cost::{Answer, MONTH_HOURS, Outcome, Point, RATE_MAX, part_words, price_note};

/// The patterns as columns.
pub const NAMES: [&str; 3] = ["dual", "federation", "mesh"];
/// Rates that the text lists in each power of ten.
const LISTED: [u64; 3] = [1, 2, 5];

/// A row of the list of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub label: String,
    pub value: String,
    /// `yours`, or where the value is from.
    pub origin: &'static str,
    pub yours: bool,
    pub selected: bool,
    /// Being typed.
    pub typing: bool,
    /// Belongs to the rows of prices.
    pub inner: bool,
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

/// Three bills over a range of rates.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// Requests a second, powers of ten.
    pub from: u64,
    pub to: u64,
    pub points: Vec<Point>,
    /// What is marked, in whole requests a second, and micro-dollars an hour there.
    pub marks: Vec<(Marked, u64, u64)>,
    /// The learner's own rate.
    pub own: u64,
}

/// What stands on a curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    /// A mesh costs no more than another pattern from here on, or up to here.
    BreakEven,
    /// The same with the usual figure for sidecars.
    Usual,
}

impl Worth {
    /// The rows of the list.
    #[must_use]
    pub fn figures(&self) -> Vec<Figure> {
        self.rows().into_iter().enumerate().map(|(at, row)| self.figure(at, row)).collect()
    }

    fn figure(&self, at: usize, row: Row) -> Figure {
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
            origin: if yours { "yours" } else { row.field().map_or("", |field| field.origin) },
            yours,
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

    /// The bills at so many rates around the learner's own and those where they cross.
    #[must_use]
    pub fn curve(&self, points: usize) -> Option<Curve> {
        let answer = self.answer().ok()?;
        let own = (self.question.amount("rps").unwrap_or(0) / 1000).clamp(1, RATE_MAX);
        let marks = marks(answer);
        let rates = marks.iter().map(|(_, rate, _)| *rate).chain([own]);
        let low = rates.clone().min().unwrap_or(own);
        let high = rates.max().unwrap_or(own);
        let from = tens().take_while(|&power| power * 2 <= low).last().unwrap_or(1);
        let to = tens().find(|&power| power >= high * 2 && power >= from * 100).unwrap_or(RATE_MAX);
        Some(Curve { from, to, points: answer.curve(from, to, points), marks, own })
    }

    /// The lines of the text in rows of so many columns.
    #[must_use]
    pub fn text(&self, columns: usize) -> Vec<String> {
        self.words().iter().flat_map(|line| wrapped(line, columns)).collect()
    }

    /// All of it as lines, for those who hear it.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let key = |action| keymap::shown(self.context(), action);
        let mut lines = vec![format!("Worth it? Figures of {}.", self.scenario())];
        let row = self.selected();
        let now = self.figure(self.row(), row);
        if now.typing {
            lines.push(format!("Typing {}: {}_", row.spoken(), now.value));
            lines.push(format!("  {} takes it, {} drops it", key(Action::Confirm), key(Action::Back)));
        } else {
            lines.push(format!("On {}: {}{}", row.spoken(), now.value, from(&now)));
            let (less, more) = (key(Action::Less), key(Action::More));
            lines.push(format!(
                "  {less} less, {more} more, digits type a value, {} default",
                key(Action::Erase)
            ));
        }
        lines.push(format!("  {}", self.about()));
        lines.push("Verdict:".to_owned());
        lines.extend(self.findings().iter().map(|text| format!("  {text}")));
        lines.push("Bills, dollars an hour:".to_owned());
        let bills = self.lines();
        for (column, name) in NAMES.iter().enumerate() {
            let cells: Vec<String> =
                bills.iter().map(|line| format!("{} {}", line.label, line.cells[column])).collect();
            if !cells.is_empty() {
                lines.push(format!("  {name}: {}", cells.join(", ")));
            }
        }
        lines.push("Outages:".to_owned());
        lines.extend(self.incident().iter().map(|text| format!("  {text}")));
        lines.push("Bills by requests a second, dollars an hour:".to_owned());
        lines.extend(self.listed());
        lines.push("Your figures:".to_owned());
        for (figure, row) in self.figures().iter().zip(self.rows()) {
            lines.push(format!("  {}: {}{}", row.spoken(), figure.value, from(figure)));
        }
        lines.push(format!("As a command: {}", self.command()));
        lines
    }
}

impl Worth {
    /// The curve as lines, at whole rates.
    fn listed(&self) -> Vec<String> {
        let (Some(curve), Ok(answer)) = (self.curve(0), self.answer()) else { return Vec::new() };
        let rates = tens().flat_map(|power| LISTED.map(|digit| digit * power));
        rates
            .filter(|rate| (curve.from..=curve.to).contains(rate))
            .map(|rate| {
                let [dual, federation, mesh] = answer.at(rate * 1000).totals.map(usd);
                format!("  at {}: dual {dual}, federation {federation}, mesh {mesh}", thousands(rate))
            })
            .collect()
    }
}

/// `, from the scenario`, `, yours`.
fn from(figure: &Figure) -> String {
    match figure.origin {
        "" => String::new(),
        "scenario" => ", from the scenario".to_owned(),
        other => format!(", {other}"),
    }
}

/// Where bills cross; a mesh that pays at every rate crosses nowhere.
fn marks(answer: &Answer) -> Vec<(Marked, u64, u64)> {
    let [_, federation, mesh] = [0, 1, 2];
    let ends = |pays: crate::sim::cost::Pays| [Some(pays.from).filter(|&from| from > 1), pays.until];
    let found = [answer.federation, answer.dual].into_iter().flatten().flat_map(ends).flatten();
    let found = found.map(|rate| (Marked::BreakEven, rate, answer.at(rate * 1000).totals[mesh]));
    // With the usual figure a mesh meets the federation's bill, whatever it costs here.
    let usual = answer.usual.into_iter().flatten().map(|pays| pays.from).filter(|&from| from > 1);
    let usual = usual.map(|rate| (Marked::Usual, rate, answer.at(rate * 1000).totals[federation]));
    usual.chain(found).collect()
}

fn tens() -> impl Iterator<Item = u64> {
    std::iter::successors(Some(1_u64), |power| power.checked_mul(10)).take_while(|&power| power <= RATE_MAX)
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
fn usd(micro: u64) -> String {
    format!("{:.3}", micro as f64 / 1e6)
}

fn month(micro: u64) -> String {
    thousands(
        (u128::from(micro) * u128::from(MONTH_HOURS) + 500_000).checked_div(1_000_000).unwrap_or(0) as u64
    )
}

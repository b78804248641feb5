//! Several runs side by side: a column for each pattern, or the median and range over seeds.

use super::cells::{aligned, counted, or_none, spelled};
use super::tree::Tree;

mod conclude;

pub(super) use conclude::conclusion;

/// One pattern's numbers under its name.
pub(super) struct Column<'a> {
    pub name: &'a str,
    pub figures: &'a Tree,
}

/// How a number is written.
#[derive(Clone, Copy)]
enum Unit {
    Count,
    Decimals(usize),
    /// Milliseconds, shown in seconds.
    Seconds,
}

struct Row {
    label: String,
    path: Vec<String>,
    unit: Unit,
}

/// The rows that tell something, a column for each pattern. With `seeds`, so many, a number is a median with its range.
/// Where something was `broken` there is a row on its recovery.
pub(super) fn table(columns: &[Column<'_>], seeds: Option<u64>, broken: bool) -> String {
    let mut head = vec![String::new()];
    let single = seeds.is_some() && columns.len() == 1;
    if single {
        head.extend(["median", "least", "most"].map(str::to_owned));
    } else {
        head.extend(columns.iter().map(|column| column.name.to_owned()));
    }
    let mut lines = vec![head];
    for row in rows(columns, broken) {
        let mut line = vec![row.label.clone()];
        for column in columns {
            let some = row.how_many(column, seeds);
            if single {
                line[0] += &some;
                line.extend(["median", "min", "max"].map(|part| row.unit.write(column.part(&row, part))));
            } else {
                line.push(format!("{}{some}", row.cell(column)));
            }
        }
        lines.push(line);
    }
    aligned(&lines, |column| column > 0)
}

impl Column<'_> {
    /// The number itself, or a part of its spread.
    fn part(&self, row: &Row, part: &str) -> Option<f64> {
        let path: Vec<&str> = row.path.iter().map(String::as_str).collect();
        number(self.figures, &path, part)
    }
}

/// The number at a path, or, where runs were put together, the part of its spread.
fn number(figures: &Tree, path: &[&str], part: &str) -> Option<f64> {
    let found = figures.at(path)?;
    found.number(&[]).or_else(|| found.number(&[part]))
}

impl Row {
    fn new(label: impl Into<String>, path: &[&str], unit: Unit) -> Self {
        Self { label: label.into(), path: path.iter().map(|&key| key.to_owned()).collect(), unit }
    }

    /// `99.98 (99.95 to 100.00)`, or the number alone where all runs agree.
    fn cell(&self, column: &Column<'_>) -> String {
        let [median, min, max] = ["median", "min", "max"].map(|part| column.part(self, part));
        let median = self.unit.write(median);
        let (min, max) = (self.unit.write(min), self.unit.write(max));
        if min == max { median } else { format!("{median} ({min} to {max})") }
    }

    /// ` in 3 of 20`, where not all runs have a number.
    fn how_many(&self, column: &Column<'_>, seeds: Option<u64>) -> String {
        let Some(seeds) = seeds else { return String::new() };
        column.part(self, "runs").map_or_else(String::new, |runs| format!(" in {runs} of {seeds}"))
    }

    /// Some column has a number there that is not zero.
    fn tells(&self, columns: &[Column<'_>]) -> bool {
        columns.iter().any(|column| column.part(self, "max").is_some_and(|number| number != 0.0))
    }
}

impl Unit {
    fn write(self, number: Option<f64>) -> String {
        match (self, number) {
            (Self::Seconds, None) => "not yet".to_owned(),
            (_, None) => "-".to_owned(),
            (Self::Count, Some(number)) => counted(number),
            (Self::Decimals(decimals), number) => or_none(number, decimals),
            (Self::Seconds, number) => or_none(number.map(|millis| millis / 1000.0), 1),
        }
    }
}

fn rows(columns: &[Column<'_>], broken: bool) -> Vec<Row> {
    let mut rows = vec![
        Row::new("success %", &["success_percent"], Unit::Decimals(2)),
        Row::new("latency p50 ms", &["latency_ms", "p50"], Unit::Decimals(2)),
        Row::new("latency p99 ms", &["latency_ms", "p99"], Unit::Decimals(2)),
        Row::new("requests", &["requests", "issued"], Unit::Count),
    ];
    let failed = ["failed", "open"].map(|key| Row::new(format!("  {key}"), &["requests", key], Unit::Count));
    rows.extend(failed.into_iter().filter(|row| row.tells(columns)));
    rows.push(Row::new("retries", &["requests", "retries"], Unit::Count));
    for [service, region] in callers(columns) {
        let label = format!("local % {region} to {service}");
        rows.push(Row::new(label, &["calls", &service, &region, "local_percent"], Unit::Decimals(2)));
    }
    rows.push(Row::new("calls between regions", &["cross_region", "calls"], Unit::Count));
    rows.push(Row::new("  GB/h", &["cross_region", "gb_per_hour"], Unit::Decimals(3)));
    rows.push(Row::new("bill $/h", &["cost_usd_per_hour", "total"], Unit::Decimals(3)));
    let parts = keys(columns, "cost_usd_per_hour").into_iter().filter(|key| key != "total");
    let parts = parts
        .map(|key| Row::new(format!("  {}", spelled(&key)), &["cost_usd_per_hour", &key], Unit::Decimals(3)));
    rows.extend(parts.filter(|row| row.tells(columns)));
    if broken {
        rows.push(Row::new("recovered after s", &["recovered_ms"], Unit::Seconds));
    }
    for (section, name) in [("cross_zone", "between zones: "), ("data", ""), ("dns", "dns ")] {
        let under: Vec<Row> = keys(columns, section)
            .into_iter()
            // The same at a rate is there already.
            .filter(|key| key != "bytes")
            .map(|key| match key.strip_suffix("_ms") {
                Some(stem) => Row::new(format!("{name}{} s", spelled(stem)), &[section, &key], Unit::Seconds),
                None => Row::new(format!("{name}{}", spelled(&key)), &[section, &key], unit(&key)),
            })
            .filter(|row| row.tells(columns))
            .collect();
        // How many requests write says nothing by itself.
        if under.iter().any(|row| row.path != ["data", "writes"]) {
            rows.extend(under);
        }
    }
    rows
}

fn unit(key: &str) -> Unit {
    let fine = ["_ms", "_s", "_percent", "per_hour"].iter().any(|ending| key.ends_with(ending));
    if fine { Unit::Decimals(2) } else { Unit::Count }
}

/// Called services and the regions of their callers, in order.
fn callers(columns: &[Column<'_>]) -> Vec<[String; 2]> {
    let mut pairs: Vec<[String; 2]> = Vec::new();
    for service in keys(columns, "calls") {
        for column in columns {
            for (region, _) in column.figures.at(&["calls", &service]).map_or(&[][..], Tree::entries) {
                let pair = [service.clone(), region.clone()];
                if !pairs.contains(&pair) {
                    pairs.push(pair);
                }
            }
        }
    }
    pairs
}

/// The keys under a section in any column, in order.
fn keys(columns: &[Column<'_>], section: &str) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for column in columns {
        for (key, _) in column.figures.get(section).map_or(&[][..], Tree::entries) {
            if !keys.contains(key) {
                keys.push(key.clone());
            }
        }
    }
    keys
}

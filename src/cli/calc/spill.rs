//! `calc spill`: Envoy's table of loads for levels given as healthy/total.

use super::output::{self, Format, FormatArgs};
use crate::sim::policy::priority::{Level, Loads, OVERPROVISION_DEFAULT, loads};
use serde::Serialize;
use std::io::Write;

#[derive(Clone, Debug, clap::Args)]
pub struct SpillArgs {
    /// Hosts of each priority, the most preferred first: healthy[+degraded]/total[-excluded], such as 2/4
    #[arg(required = true, value_name = "LEVEL")]
    pub levels: Vec<Level>,
    /// Over-provisioning factor in percent
    #[arg(long, value_name = "PERCENT", default_value_t = OVERPROVISION_DEFAULT, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub overprovision: u32,
    /// Panic threshold in percent: 0 as Istio sends it, 50 in Envoy itself
    #[arg(long, value_name = "PERCENT", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100))]
    pub panic: u32,
    #[command(flatten)]
    pub format: FormatArgs,
}

#[derive(Serialize)]
struct Answer<'a> {
    schema: u32,
    health: &'a [u32],
    degraded_health: &'a [u32],
    healthy_load: &'a [u32],
    degraded_load: &'a [u32],
    panic: &'a [bool],
    total_panic: bool,
    normalized_total: u32,
}

pub(super) fn run(args: &SpillArgs, out: &mut impl Write) -> anyhow::Result<()> {
    let table = loads(&args.levels, args.overprovision, args.panic);
    match args.format.format() {
        Format::Json => output::json(&answer(&table), out),
        Format::Table => {
            rows(args, &table, out)?;
            writeln!(out, "\n{}", conclusion(args, &table))?;
            Ok(())
        }
    }
}

fn answer(table: &Loads) -> Answer<'_> {
    Answer {
        schema: 1,
        health: &table.health,
        degraded_health: &table.degraded_health,
        healthy_load: &table.healthy_load,
        degraded_load: &table.degraded_load,
        panic: &table.panic,
        total_panic: table.total_panic,
        normalized_total: table.normalized_total,
    }
}

fn rows(args: &SpillArgs, table: &Loads, out: &mut impl Write) -> anyhow::Result<()> {
    let degraded = args.levels.iter().any(|level| level.degraded > 0);
    let mut head = vec!["level", "hosts", "health", "load %"];
    if degraded {
        head.extend(["degraded", "degraded load %"]);
    }
    head.push("panic");
    let row = |(index, level): (usize, &Level)| {
        let mut cells = vec![
            index.to_string(),
            level.to_string(),
            table.health[index].to_string(),
            table.healthy_load[index].to_string(),
        ];
        if degraded {
            cells.push(table.degraded_health[index].to_string());
            cells.push(table.degraded_load[index].to_string());
        }
        cells.push(if table.panic[index] { "yes" } else { "no" }.to_owned());
        cells
    };
    output::table(&head, &args.levels.iter().enumerate().map(row).collect::<Vec<_>>(), out)
}

/// What the table says, in one line.
fn conclusion(args: &SpillArgs, table: &Loads) -> String {
    if table.total_panic {
        let threshold = args.panic;
        return format!(
            "every level is below the panic threshold of {threshold} %: the number of hosts alone divides the traffic"
        );
    }
    if table.normalized_total == 0 {
        return hopeless(args.levels[0]);
    }
    let mut line = format!("{}; {}", reason(args, table), destinations(table));
    let panicking: Vec<String> = table
        .panic
        .iter()
        .enumerate()
        .filter(|(_, panic)| **panic)
        .map(|(level, _)| level.to_string())
        .collect();
    if !panicking.is_empty() {
        line.push_str("; in panic, level ");
        line.push_str(&panicking.join(" and "));
        line.push_str(" uses all of its hosts");
    }
    line
}

/// The scores are all 0, and with panic off level 0 gets all that comes.
fn hopeless(level: Level) -> String {
    let fate = match level.healthy {
        0 => "every request fails at once with 503, no healthy upstream (UH)".to_owned(),
        healthy => {
            format!(
                "all traffic goes to the healthy hosts of level 0, which are {healthy} of {}",
                level.total
            )
        }
    };
    format!("no level reaches 1 % health: {fate}")
}

/// How level 0 came to its health.
fn reason(args: &SpillArgs, table: &Loads) -> String {
    let level = args.levels[0];
    let hosts = level.total - level.excluded;
    if hosts == 0 {
        return "level 0 has no hosts".to_owned();
    }
    let percent = output::decimal(100.0 * f64::from(level.healthy) / f64::from(hosts), 1);
    let factor = output::decimal(f64::from(args.overprovision) / 100.0, 2);
    let raised = u64::from(args.overprovision) * u64::from(level.healthy) / u64::from(hosts);
    let capped = if raised > 100 { ", which counts as 100" } else { "" };
    let total = table.normalized_total;
    let scaled = if total < 100 { format!(", of {total} in all") } else { String::new() };
    format!("{} of {hosts} healthy: {percent} % x {factor} = {raised}{capped}{scaled}", level.healthy)
}

/// Where the traffic goes.
fn destinations(table: &Loads) -> String {
    let healthy = table.healthy_load.iter().enumerate().map(|(level, &load)| match level {
        0 => (load, format!("{load} % stays")),
        _ => (load, format!("{load} % goes to level {level}")),
    });
    let degraded = table
        .degraded_load
        .iter()
        .enumerate()
        .map(|(level, &load)| (load, format!("{load} % goes to degraded hosts of level {level}")));
    let parts: Vec<String> =
        healthy.chain(degraded).filter(|(load, _)| *load > 0).map(|(_, part)| part).collect();
    parts.join(", ")
}

//! `eastwest sim`: runs a mesh without a screen and reports.

mod sha256;
mod table;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use anyhow::{Context as _, bail};
use serde_json::{Value, json};

use crate::mesh_view::{Gauges, LogKind, LogLine};
use crate::sim::{
    Budget, Engine, Hearing, Intervention, Progress, Report, Scenario, Seed, SimSpan, SimTime, command_line,
};

/// What `eastwest sim` is told.
#[derive(Debug, clap::Args)]
pub struct SimArgs {
    /// A shipped scenario (two-regions, one-service) or a scenario file ending in .toml
    #[arg(value_name = "SCENARIO|FILE.toml", default_value = "two-regions")]
    pub scenario: String,
    /// Which pattern to run: mesh (dual, federation and all are not built yet)
    #[arg(long, default_value = "mesh")]
    pub pattern: String,
    /// Change a key of the scenario; may be repeated
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Break or heal something: "TIME TARGET EFFECT [for SPAN] [every SPAN]"; may be repeated
    #[arg(long = "do", value_name = "INTERVENTION")]
    pub interventions: Vec<String>,
    /// How long to run: 90s, 4m, 24h
    #[arg(long, value_name = "SPAN", default_value = "4m", allow_hyphen_values = true)]
    pub duration: String,
    /// The seed of all dice
    #[arg(long, default_value = "7", allow_negative_numbers = true, value_parser = seed)]
    pub seed: u64,
    /// table or json
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: String,
    /// The same as --format json
    #[arg(long)]
    pub json: bool,
    /// Also print what happened and why
    #[arg(long)]
    pub events: bool,
    /// Also print one row a second
    #[arg(long)]
    pub series: bool,
    #[command(flatten)]
    pub later: Later,
}

/// Flags of features that are planned and not there yet: read, to be answered in one sentence.
#[derive(Debug, clap::Args)]
pub struct Later {
    #[arg(long, hide = true, num_args = 0..=1, default_missing_value = "")]
    seeds: Option<String>,
    #[arg(long, hide = true, num_args = 0..=1, default_missing_value = "")]
    trace: Option<String>,
    #[arg(long, hide = true, num_args = 0.., action = clap::ArgAction::Append)]
    apply: Option<Vec<String>>,
}

impl Later {
    fn check(&self) -> anyhow::Result<()> {
        if self.seeds.is_some() {
            bail!("--seeds is not built yet; run it once for each --seed");
        }
        if self.trace.is_some() {
            bail!("--trace is not built yet; --events tells what happened and why");
        }
        if self.apply.is_some() {
            bail!("--apply is not built yet; --set changes the rules of the mesh");
        }
        Ok(())
    }
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("a seed is a whole number from 0 to {}", u64::MAX))
}

/// A run and all that was heard of it.
struct Run {
    report: Report,
    log: Vec<LogLine>,
    seconds: Vec<(SimTime, Gauges)>,
}

/// The whole of `--json` (contracts, section 4).
#[derive(serde::Serialize)]
struct Whole<'a> {
    schema: u32,
    scenario: &'a str,
    seed: String,
    duration_ms: u64,
    reproduce: &'a str,
    patterns: BTreeMap<&'a str, Pattern<'a>>,
}

/// One pattern's part of it.
#[derive(serde::Serialize)]
struct Pattern<'a> {
    #[serde(flatten)]
    report: &'a Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    events: Option<Vec<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    series: Option<Vec<Value>>,
}

/// What was asked for, read and checked.
struct Wanted {
    scenario: Scenario,
    seed: Seed,
    duration: SimSpan,
    interventions: Vec<Intervention>,
    json: bool,
    reproduce: String,
}

/// Runs and prints.
pub fn run(args: &SimArgs, out: &mut impl Write) -> anyhow::Result<()> {
    let wanted = Wanted::read(args)?;
    let run = wanted.run(args);
    if wanted.json {
        let pattern = Pattern {
            report: &run.report,
            events: args.events.then(|| run.log.iter().map(event_json).collect()),
            series: args.series.then(|| run.seconds.iter().map(second_json).collect()),
        };
        let whole = Whole {
            schema: 1,
            scenario: wanted.scenario.name(),
            seed: wanted.seed.to_string(),
            duration_ms: wanted.duration.nanos() / 1_000_000,
            reproduce: &wanted.reproduce,
            patterns: BTreeMap::from([("mesh", pattern)]),
        };
        serde_json::to_writer_pretty(&mut *out, &whole)?;
        writeln!(out)?;
        return Ok(());
    }
    let heading = format!("{} · mesh · seed {} · {}", wanted.scenario.name(), wanted.seed, wanted.duration);
    out.write_all(table::text(&heading, &run.report, &wanted.reproduce).as_bytes())?;
    if args.series {
        out.write_all(table::series(&run.seconds).as_bytes())?;
    }
    if args.events {
        out.write_all(table::events(&run.log).as_bytes())?;
    }
    Ok(())
}

impl Wanted {
    fn read(args: &SimArgs) -> anyhow::Result<Self> {
        args.later.check()?;
        match args.pattern.as_str() {
            "mesh" => {}
            "dual" | "federation" | "all" => {
                bail!("--pattern {} is not built yet; there is mesh", args.pattern)
            }
            other => bail!("there is no pattern '{other}'; there is mesh"),
        }
        let json = match args.format.as_str() {
            "json" => true,
            "table" => args.json,
            "jsonl" => bail!("--format jsonl is not built yet; there is table and json"),
            other => bail!("there is no format '{other}'; there is table and json"),
        };
        let (mut scenario, subject, hash) = scenario(&args.scenario)?;
        for assignment in &args.set {
            scenario.set(assignment).with_context(|| "--set".to_owned())?;
        }
        scenario.validate()?;
        let duration: SimSpan = args.duration.parse().context("--duration")?;
        if duration == SimSpan::ZERO {
            bail!("--duration: 0s is no time to run; write a longer span, such as 4m");
        }
        let mut interventions = Vec::new();
        for text in &args.interventions {
            let intervention: Intervention = text.parse().context("--do")?;
            scenario.check(&intervention).context("--do")?;
            interventions.push(intervention);
        }
        let seed = Seed(args.seed);
        let mut reproduce = command_line(&subject, &scenario, seed, &interventions, duration);
        if let Some(hash) = hash {
            let _ = write!(reproduce, " # {subject} has sha256 {hash}");
        }
        Ok(Self { scenario, seed, duration, interventions, json, reproduce })
    }

    fn run(&self, args: &SimArgs) -> Run {
        let mut engine = Engine::new(&self.scenario, self.seed, self.interventions.clone());
        engine.hear(Hearing { log: args.events, seconds: args.series, hops: false });
        let end = SimTime::ZERO + self.duration;
        while engine.run_until(end, &mut Budget::endless()) == Progress::Behind {}
        Run { report: engine.report(), log: engine.take_log(), seconds: engine.take_seconds() }
    }
}

/// A scenario by name or file: itself, how the command names it, and a file's fingerprint.
pub(in crate::cli) fn scenario(named: &str) -> anyhow::Result<(Scenario, String, Option<String>)> {
    if let Some(found) = Scenario::shipped(named) {
        return Ok((found, named.to_owned(), None));
    }
    if Path::new(named).extension().is_none_or(|ending| ending != "toml") {
        let shipped: Vec<&str> = Scenario::shipped_names().collect();
        bail!(
            "there is no scenario '{named}'; there is {}, or name a file that ends in .toml",
            shipped.join(", ")
        );
    }
    let text = std::fs::read_to_string(named).with_context(|| format!("could not read {named}"))?;
    let found = Scenario::parse(&text, named)?;
    Ok((found, named.to_owned(), Some(sha256::hex(text.as_bytes()))))
}

fn event_json(line: &LogLine) -> Value {
    json!({ "t_ms": line.at / 1_000_000, "kind": kind(line.kind), "subject": line.subject, "text": line.text })
}

fn second_json((end, row): &(SimTime, Gauges)) -> Value {
    json!({
        "t_ms": end.millis() - 1000,
        "ok": row.ok,
        "failed": row.failed,
        "retries": row.retries,
        "p50_ms": row.p50_ms.map(table::hundredths),
        "p99_ms": row.p99_ms.map(table::hundredths),
        "local_percent": row.local_percent.map(table::hundredths),
        "crossing": row.crossing,
        "cross_bytes": row.cross_bytes,
        "cost_usd_per_hour": row.cost_micro_usd_per_hour as f64 / 1e6,
        "ejected": row.ejected,
    })
}

/// A log line's kind in one word.
fn kind(kind: LogKind) -> &'static str {
    match kind {
        LogKind::Intervention => "intervention",
        LogKind::Failure => "failure",
        LogKind::Ejection => "ejection",
        LogKind::Return => "return",
        LogKind::Shift => "shift",
        LogKind::Cost => "cost",
        LogKind::Control => "control",
        LogKind::Recovery => "recovery",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::{DURATION_DEFAULT, SEED_DEFAULT};

    #[test]
    fn the_defaults_are_those_of_the_simulator() {
        assert_eq!("4m".parse(), Ok(DURATION_DEFAULT));
        assert_eq!(SEED_DEFAULT, Seed(7));
    }
}

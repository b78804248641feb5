//! What was asked for, read and checked.

use std::path::Path;

use anyhow::{Context as _, bail};

use super::{Changes, SimArgs, sha256};
use crate::sim::near;
use crate::sim::{CommandLine, Hearing, Intervention, Pattern, Scenario, ScenarioFile, Seed, SimSpan};
use crate::store::library::{NOT_UTF8, end_of_utf8};

/// The longest run: 365 days. A day takes a minute, and a year fits well into the 584 that times can count.
const DURATION_MAX: SimSpan = SimSpan::from_seconds(365 * 86_400);
const SEEDS_MAX: u64 = 1000;
const FORMATS: [&str; 4] = ["table", "json", "jsonl", "csv"];
const ALL: &str = "all";

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Format {
    Table,
    Json,
    Lines,
    Csv,
}

/// Everything that decides what is run and printed.
#[derive(Debug)]
pub(in crate::cli) struct Wanted {
    pub scenario: String,
    /// One for each pattern, in the lesson's order.
    pub parts: Vec<Part>,
    pub interventions: Vec<Intervention>,
    /// All patterns were asked for, to be compared.
    pub compares: bool,
    pub seed: u64,
    /// How many seeds, from `seed` up, if several runs are to be put together.
    pub seeds: Option<u64>,
    pub duration: SimSpan,
    pub hearing: Hearing,
    pub format: Format,
    pub reproduce: String,
}

/// One pattern's part of it.
#[derive(Debug)]
pub(in crate::cli) struct Part {
    pub pattern: Pattern,
    pub scenario: Scenario,
}

impl Wanted {
    pub fn read(args: &SimArgs) -> anyhow::Result<Self> {
        if args.apply.is_some() {
            bail!("--apply is not built yet; --set changes the rules of the mesh");
        }
        let format = format(args)?;
        let plain = scenario(&args.scenario)?;
        let patterns = patterns(args.pattern.as_deref(), plain.pattern())?;
        let compares = args.pattern.as_deref() == Some(ALL);
        let duration = duration(&args.duration)?;
        check_seeds(args)?;
        check_csv(args, format)?;
        let interventions = args.changes.interventions()?;
        let part = |&pattern: &Pattern| part(&plain, pattern, &args.changes);
        let parts = patterns.iter().map(part).collect::<anyhow::Result<Vec<_>>>()?;
        let shown = &parts[0].scenario;
        // No pattern has other places than another; what means nothing under one is said in its events.
        interventions.iter().try_for_each(|intervention| shown.check(intervention)).context("--do")?;
        let line = CommandLine {
            scenario: shown,
            seed: Seed(args.seed),
            interventions: &interventions,
            duration,
            all_patterns: compares,
            seeds: args.seeds,
        };
        let reproduce = line.to_string();
        let hearing = Hearing { log: args.events, seconds: args.series, hops: false, trace: args.trace };
        Ok(Self {
            scenario: plain.name().to_owned(),
            parts,
            interventions,
            compares,
            seed: args.seed,
            seeds: args.seeds,
            duration,
            hearing,
            format,
            reproduce,
        })
    }
}

impl Wanted {
    /// Something is broken on the way, not only healed.
    pub fn breaks(&self) -> bool {
        self.interventions.iter().any(|intervention| !intervention.is_heal())
    }
}

fn format(args: &SimArgs) -> anyhow::Result<Format> {
    Ok(match args.format.as_str() {
        "json" => Format::Json,
        "jsonl" => Format::Lines,
        "csv" => Format::Csv,
        "table" if args.json => Format::Json,
        "table" => Format::Table,
        other => {
            bail!(
                "there is no format '{other}'; there is table, json, jsonl and csv{}",
                near::hint(other, FORMATS)
            )
        }
    })
}

fn patterns(named: Option<&str>, own: Pattern) -> anyhow::Result<Vec<Pattern>> {
    let Some(named) = named else { return Ok(vec![own]) };
    if named == ALL {
        return Ok(Pattern::ALL.to_vec());
    }
    let known = Pattern::ALL.map(Pattern::name);
    let unknown = || {
        let hint = near::hint(named, known.into_iter().chain([ALL]));
        format!("there is no pattern '{named}'; there is {}, or all of them: all{hint}", known.join(", "))
    };
    let found = Pattern::ALL.into_iter().find(|pattern| pattern.name() == named);
    Ok(vec![found.with_context(unknown)?])
}

fn duration(text: &str) -> anyhow::Result<SimSpan> {
    let duration: SimSpan = text.parse().context("--duration")?;
    if duration == SimSpan::ZERO {
        bail!("--duration: 0s is no time to run; write a longer span, such as 4m");
    }
    if duration > DURATION_MAX {
        bail!(
            "--duration: {text} is more than a run may last; write at most {DURATION_MAX}, which is a year"
        );
    }
    Ok(duration)
}

fn check_seeds(args: &SimArgs) -> anyhow::Result<()> {
    let Some(seeds) = args.seeds else { return Ok(()) };
    if !(1..=SEEDS_MAX).contains(&seeds) {
        bail!("--seeds: {seeds} runs cannot be put together; write a number from 1 to {SEEDS_MAX}");
    }
    if args.seed.checked_add(seeds - 1).is_none() {
        bail!("--seeds: {seeds} seeds from {} up go past {}, the last there is", args.seed, u64::MAX);
    }
    let single = [("--trace", args.trace.is_some()), ("--events", args.events), ("--series", args.series)];
    if let Some((flag, _)) = single.into_iter().find(|(_, given)| *given) {
        bail!("{flag} tells of one run, so it does not go with --seeds; choose the run with --seed");
    }
    Ok(())
}

/// A table of CSV has one kind of row.
fn check_csv(args: &SimArgs, format: Format) -> anyhow::Result<()> {
    let one = args.events != args.series && args.trace.is_none();
    if format == Format::Csv && !one {
        bail!("--format csv is one table; give --series for its seconds or --events for what happened");
    }
    Ok(())
}

fn part(plain: &Scenario, pattern: Pattern, changes: &Changes) -> anyhow::Result<Part> {
    let mut scenario = plain.clone();
    scenario.set_pattern(pattern);
    changes.apply(&mut scenario)?;
    Ok(Part { pattern, scenario })
}

/// A scenario by name or file.
pub(in crate::cli) fn scenario(named: &str) -> anyhow::Result<Scenario> {
    if let Some(found) = Scenario::shipped(named) {
        return Ok(found);
    }
    if Path::new(named).extension().is_none_or(|ending| ending != "toml") {
        let shipped: Vec<&str> = Scenario::shipped_names().collect();
        bail!(
            "there is no scenario '{named}'; there is {}, or name a file that ends in .toml{}",
            shipped.join(", "),
            near::hint(named, shipped.iter().copied())
        );
    }
    let bytes = std::fs::read(named).with_context(|| format!("could not read {named}"))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let (line, column) = end_of_utf8(&error);
        anyhow::anyhow!("{named}:{line}:{column}: {NOT_UTF8}; save the file as UTF-8")
    })?;
    let mut found = Scenario::parse(&text, named)?;
    found.set_file(ScenarioFile { path: named.to_owned(), sha256: sha256::hex(text.as_bytes()) });
    Ok(found)
}

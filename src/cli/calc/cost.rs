//! `calc cost`: the bill of the three patterns, and when a mesh pays.

use super::output::{self, Format, FormatArgs};
use crate::cli::sim::wanted::scenario;
use crate::sim::cost::{Answer, MONTH_HOURS, Outcome, Question, part_words};
use anyhow::{Context, anyhow};
use std::io::Write;

#[derive(Clone, Debug, clap::Args)]
pub struct CostArgs {
    /// Where the numbers start: a shipped scenario or a file that ends in .toml
    #[arg(long, default_value = "two-regions")]
    pub scenario: String,
    /// Change a key of the scenario, such as mesh.locality=distribute
    #[arg(long, value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// hot: users come to every region; warm: to the first, and the others stand by [default: hot]
    #[arg(long, value_name = "HOW")]
    pub standby: Option<String>,
    /// The share of its pods that a warm region keeps: 0.5, 50/100 or 50% [default: 50%]
    #[arg(long, value_name = "R", allow_negative_numbers = true)]
    pub warm_pods: Option<String>,
    /// How long a warm region needs until it has all its pods [default: 15s and the scenario's kubernetes.restart]
    #[arg(long, value_name = "SPAN")]
    pub scale_up: Option<String>,
    /// Users' requests a second, over all regions
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub rps: Option<String>,
    /// Bytes that the calls of one request move, answers included
    #[arg(long, value_name = "N", allow_negative_numbers = true, conflicts_with = "gb_month")]
    pub bytes: Option<String>,
    /// Instead of --bytes: gigabytes that all calls move in a month
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub gb_month: Option<String>,
    /// The share that crosses where nothing keeps calls near: 0.5, 50/100 or 50%
    #[arg(long, value_name = "R", allow_negative_numbers = true)]
    pub remote_share: Option<String>,
    /// Pods, over all services and regions, were all regions hot
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub pods: Option<String>,
    /// vCPUs of each pod, such as 0.5 or 500m
    #[arg(long, value_name = "C", allow_negative_numbers = true)]
    pub pod_cpu: Option<String>,
    /// The sidecars' share of the pods' cost, instead of what their model says: 0.18, 18/100 or 18%
    #[arg(long, value_name = "R", allow_negative_numbers = true)]
    pub overhead: Option<String>,
    /// Incidents a month: a service fails in one region while its front door looks well [default: 1]
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub incidents: Option<String>,
    /// How long each lasts [default: 10m]
    #[arg(long, value_name = "SPAN")]
    pub incident_lasts: Option<String>,
    /// What DNS health checks ask: shallow, the front door alone, or deep, a request through all services [default: shallow]
    #[arg(long, value_name = "DEPTH")]
    pub check: Option<String>,
    /// What an hour costs in which everything fails [default: 0]
    #[arg(long, value_name = "USD", allow_negative_numbers = true)]
    pub outage_usd_hour: Option<String>,
    /// Percent of time in which all must go well, such as 99.95
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    pub slo: Option<String>,
    /// Another price, by its key in assets/prices.toml; can be given again
    #[arg(long, value_name = "KEY=USD")]
    pub price: Vec<String>,
    #[command(flatten)]
    pub format: FormatArgs,
}

pub(super) fn run(args: &CostArgs, out: &mut impl Write) -> anyhow::Result<()> {
    let answer = question(args)?.answer().map_err(|what| anyhow!(what))?;
    match args.format.format() {
        Format::Json => output::json(&answer.to_json(), out),
        Format::Table => table(&answer, out),
    }
}

fn question(args: &CostArgs) -> anyhow::Result<Question> {
    let mut scenario = scenario(&args.scenario)?;
    for assignment in &args.set {
        scenario.set(assignment).context("--set")?;
    }
    scenario.validate()?;
    let mut question = Question::new(scenario);
    let given = [
        ("standby", &args.standby),
        ("warm-pods", &args.warm_pods),
        ("scale-up", &args.scale_up),
        ("rps", &args.rps),
        ("bytes", &args.bytes),
        ("gb-month", &args.gb_month),
        ("remote-share", &args.remote_share),
        ("pods", &args.pods),
        ("pod-cpu", &args.pod_cpu),
        ("overhead", &args.overhead),
        ("incidents", &args.incidents),
        ("incident-lasts", &args.incident_lasts),
        ("check", &args.check),
        ("outage-usd-hour", &args.outage_usd_hour),
        ("slo", &args.slo),
    ];
    let given = given.into_iter().filter_map(|(option, value)| Some((option, value.as_deref()?)));
    let prices = args.price.iter().map(|price| ("price", price.as_str()));
    for (option, value) in given.chain(prices) {
        question.set(option, value).map_err(|what| anyhow!("--{option}: {what}"))?;
    }
    Ok(question)
}

/// A column a pattern, and under it where the outages come from.
fn table(answer: &Answer, out: &mut impl Write) -> anyhow::Result<()> {
    let head: Vec<&str> =
        ["$ an hour"].into_iter().chain(answer.bills.iter().map(|of| of.pattern.name())).collect();
    let parts = answer.bills.each_ref().map(Outcome::parts);
    let row = |name: &str, cells: Vec<String>| [name.to_owned()].into_iter().chain(cells).collect::<Vec<_>>();
    let mut rows: Vec<Vec<String>> = (0..parts[0].len())
        .map(|part| row(part_words(parts[0][part].0), parts.iter().map(|of| usd(of[part].1)).collect()))
        .collect();
    let each = |cell: &dyn Fn(&Outcome) -> String| answer.bills.iter().map(cell).collect();
    rows.push(row("together", each(&|of| usd(of.total()))));
    let month = |of: &Outcome| format!("{:.2}", of.total() as f64 * MONTH_HOURS as f64 / 1e6);
    rows.push(row("a month of 730 hours", each(&month)));
    rows.push(row("GB/h between regions", each(&|of| format!("{:.2}", of.bytes.0 as f64 / 1e9))));
    rows.push(row("available %", each(&|of| format!("{:.4}", of.availability_percent()))));
    output::table(&head, &rows, out)?;
    writeln!(out, "\nan incident: {}", answer.incident())?;
    for of in &answer.bills {
        writeln!(out, "  {:<10}  {}", of.pattern.name(), of.impact.why)?;
    }
    writeln!(out, "\n{}\n{}", answer.usual_words(), answer.verdict())?;
    Ok(())
}

fn usd(micro: u64) -> String {
    format!("{:.3}", micro as f64 / 1e6)
}

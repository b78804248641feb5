//! `calc eject`: what `maxEjectionPercent` means for a cluster of this size.

use super::output::{self, Format, FormatArgs};
use crate::sim::policy::outlier::{OutlierConfig, eject_max};
use serde_json::json;
use std::io::Write;

#[derive(Clone, Debug, clap::Args)]
pub struct EjectArgs {
    /// Hosts of the cluster, over all priorities and regions
    #[arg(long, value_name = "N")]
    pub hosts: u32,
    /// `maxEjectionPercent`, which is 10 where a rule leaves it out
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u32).range(0..=100))]
    pub max_percent: u32,
    /// Hosts that are ejected already
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub already: u32,
    #[command(flatten)]
    pub format: FormatArgs,
}

pub(super) fn run(args: &EjectArgs, out: &mut impl Write) -> anyhow::Result<()> {
    let (hosts, already) = (args.hosts, args.already);
    anyhow::ensure!(
        already <= hosts,
        "--already is {already}, but there are only {hosts} hosts; it must be {hosts} or less"
    );
    let config = OutlierConfig { max_ejection_percent: args.max_percent, ..OutlierConfig::default() };
    let most = eject_max(&config, hosts as usize);
    let next = config.allows(already as usize, hosts as usize);
    if args.format.format() == Format::Json {
        let answer = json!({ "schema": 1, "max_simultaneously_ejected": most, "next_allowed": next });
        return output::json(&answer, out);
    }
    let rows = [
        ("hosts", hosts.to_string()),
        ("max ejection percent", args.max_percent.to_string()),
        ("ejected already", already.to_string()),
        ("can be ejected at once", most.to_string()),
        ("one more", if next { "yes" } else { "no" }.to_owned()),
    ];
    let width = rows.iter().map(|(_, value)| value.len()).max().unwrap_or(0);
    for (name, value) in rows {
        writeln!(out, "{name:<22}  {value:>width$}")?;
    }
    writeln!(out, "\n{}", conclusion(args, next))?;
    Ok(())
}

/// Why the next host may go or not, and what would let it.
fn conclusion(args: &EjectArgs, next: bool) -> String {
    let (hosts, percent) = (u64::from(args.hosts), u64::from(args.max_percent));
    let wanted = u64::from(args.already) + 1;
    if wanted > hosts {
        return "no host is left to eject".to_owned();
    }
    let share = output::decimal(100.0 * wanted as f64 / hosts as f64, 1);
    if next {
        return format!("{wanted} of {hosts} is {share} %, not more than {percent} %: the host is ejected");
    }
    let by_percent = (100 * wanted).div_ceil(hosts);
    let by_hosts = (100 * wanted)
        .checked_div(percent)
        .map_or(String::new(), |_| format!(", or {} hosts", (100 * wanted).div_ceil(percent)));
    format!(
        "{wanted} of {hosts} would be {share} %, more than {percent} %: the host stays in service; it would take {by_percent} %{by_hosts}"
    )
}

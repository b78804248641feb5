//! `calc dns`: how long users keep coming to a region that is gone.

use super::output::{self, Format, FormatArgs};
use crate::sim::policy::dns::{CONNECT_MAX, CheckedRecord, Estimate, dns_failover};
use crate::sim::time::SimSpan;
use serde_json::{Value, json};
use std::io::Write;

#[derive(Clone, Debug, clap::Args)]
pub struct DnsArgs {
    /// The record's time to live: seconds, or a span such as 1m30s
    #[arg(long, value_name = "SECONDS", value_parser = output::span_in_seconds)]
    pub ttl: SimSpan,
    /// Between two health checks: 30 s, or 10 s for an extra charge
    #[arg(long, value_name = "SECONDS", value_parser = output::span_in_seconds)]
    pub interval: SimSpan,
    /// Failed checks in a row that withdraw the record
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub threshold: u32,
    /// How much longer than the TTL resolvers keep an answer
    #[arg(long, value_name = "SECONDS", default_value = "0", value_parser = output::span_in_seconds)]
    pub overstay: SimSpan,
    /// The endpoint is silent instead of refusing: each check waits 4 s for a connection
    #[arg(long)]
    pub silent: bool,
    #[command(flatten)]
    pub format: FormatArgs,
}

pub(super) fn run(args: &DnsArgs, out: &mut impl Write) -> anyhow::Result<()> {
    let failover = dns_failover(&CheckedRecord {
        ttl: args.ttl,
        check_interval: args.interval,
        check_threshold: args.threshold,
        resolver_overstay: args.overstay,
        silence: if args.silent { CONNECT_MAX } else { SimSpan::ZERO },
    });
    if args.format.format() == Format::Json {
        let (detect, moved) = (fields(failover.detect), fields(failover.moved));
        return output::json(&json!({ "schema": 1, "detect_s": detect, "moved_s": moved }), out);
    }
    let row = |name: &str, times: Estimate| {
        let cells = [times.best, times.typical, times.worst].map(|span| span.to_string());
        [name.to_owned()].into_iter().chain(cells).collect::<Vec<_>>()
    };
    let rows = [row("outage detected", failover.detect), row("users moved", failover.moved)];
    output::table(&["", "best", "typical", "worst"], &rows, out)?;
    let kept = args.ttl + args.overstay;
    writeln!(
        out,
        "\n{} checks {} apart find the outage, then resolvers keep the old answer for up to {kept}; users are moved after about {}",
        args.threshold, args.interval, failover.moved.typical
    )?;
    Ok(())
}

fn fields(times: Estimate) -> Value {
    json!({
        "best": output::seconds(times.best),
        "typical": output::seconds(times.typical),
        "worst": output::seconds(times.worst),
    })
}

//! `calc latency`: what a call to the other region costs a user.

use super::output::{self, Format, FormatArgs};
use crate::sim::policy::latency::{Connection, Order, remote_calls, round_trips};
use crate::sim::time::SimSpan;
use serde_json::json;
use std::io::Write;

#[derive(Clone, Debug, clap::Args)]
pub struct LatencyArgs {
    /// Round-trip time: milliseconds, or a span
    #[arg(long, value_name = "MS", value_parser = output::span_in_millis)]
    pub rtt: SimSpan,
    /// Calls to the other region that one request makes
    #[arg(long, value_name = "N")]
    pub calls: u32,
    /// Make the calls at once instead of one after another
    #[arg(long)]
    pub parallel: bool,
    /// Without an open connection: one round trip more for TCP and one for TLS 1.3
    #[arg(long)]
    pub cold: bool,
    #[command(flatten)]
    pub format: FormatArgs,
}

pub(super) fn run(args: &LatencyArgs, out: &mut impl Write) -> anyhow::Result<()> {
    let order = if args.parallel { Order::AtOnce } else { Order::OneAfterAnother };
    let connection = if args.cold { Connection::Cold } else { Connection::Warm };
    let added = remote_calls(args.rtt, args.calls, order, connection);
    if args.format.format() == Format::Json {
        return output::json(&json!({ "schema": 1, "added_ms": output::millis(added) }), out);
    }
    let part =
        |name: &str, trips: u64| vec![name.to_owned(), trips.to_string(), millis(args.rtt.times(trips))];
    let warm = round_trips(args.calls, order, Connection::Warm);
    let all = round_trips(args.calls, order, connection);
    let mut rows = vec![part(if args.parallel { "calls at once" } else { "calls in turn" }, warm)];
    if all > warm {
        rows.push(part("TCP and TLS 1.3", all - warm));
    }
    rows.push(part("together", all));
    output::table(&["", "round trips", "ms"], &rows, out)?;
    let trips = if all == 1 { "round trip" } else { "round trips" };
    let verb = if all == 1 { "adds" } else { "add" };
    writeln!(out, "\n{all} {trips} of {} {verb} {} ms to what the user waits", args.rtt, millis(added))?;
    Ok(())
}

fn millis(span: SimSpan) -> String {
    output::decimal(span.as_millis_f64(), 3)
}

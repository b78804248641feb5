//! The keys of the data stores: `data.*`.

use crate::sim::scenario::{Scenario, Spread, value};

const ROWS_MAX: u32 = 100_000;

pub(super) fn assign(scenario: &mut Scenario, rest: &[&str], text: &str) -> Result<(), String> {
    if rest == ["aurora", "writer"] {
        scenario.data.aurora_writer = super::region_index(scenario, text)?;
        return Ok(());
    }
    let data = &mut scenario.data;
    match rest {
        ["rows"] => data.rows = value::whole(text, 1, ROWS_MAX)?,
        ["aurora", "promotion"] => data.promotion = value::span(text)?,
        ["aurora", "switchover"] => data.switchover = value::span(text)?,
        ["dynamodb", "consistency"] => {
            data.strong = value::one_of(text, &[("eventual", false), ("strong", true)])?;
        }
        ["aurora", "read", part] => set(&mut data.aurora_read, part, text)?,
        ["aurora", "write", part] => set(&mut data.aurora_write, part, text)?,
        ["aurora", "lag", part] => set(&mut data.aurora_lag, part, text)?,
        ["dynamodb", "lag", part] => set(&mut data.dynamodb_lag, part, text)?,
        [_, _, part] => set(&mut data.dynamodb, part, text)?,
        _ => {}
    }
    Ok(())
}

fn set(spread: &mut Spread, part: &str, text: &str) -> Result<(), String> {
    let span = value::span(text)?;
    if part == "median" {
        spread.median = span;
    } else {
        spread.p99 = span;
    }
    Ok(())
}

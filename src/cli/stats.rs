//! `eastwest stats`: what was learned, as tables or as JSON (`docs/stats-json.md`).

use std::io::Write;

use clap::Args;
use serde::Serialize;

use super::calc::{Format, FormatArgs, decimal, json, table};
use crate::app::home::card_refs;
use crate::app::stats::words::{days, lean, percent, span, standing, tally, totals};
use crate::course::quiz::Card;
use crate::learner::Learner;
use crate::learner::stats::{Pace, Statistics, Sureness, Workload, WorkloadRow};
use crate::mesh_view::figures::thousands;
use crate::srs::Moment;
use crate::store::{Home, Journal};

/// What may follow `stats`.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct StatsArgs {
    #[command(flatten)]
    pub format: FormatArgs,
    /// What each desired retention would cost over 90 days
    #[arg(long)]
    pub workload: bool,
}

/// Confident errors in the table.
const ERRORS: usize = 10;

/// What JSON holds.
#[derive(Serialize)]
struct Report<'a> {
    schema: u32,
    #[serde(flatten)]
    figures: &'a Statistics,
    workload: Option<Table>,
}

#[derive(Serialize)]
struct Table {
    days: u32,
    cards: usize,
    #[serde(flatten)]
    pace: Pace,
    rows: Vec<WorkloadRow>,
}

/// Writes the statistics at `now`; nothing is written to the home, and a home that is not there is an empty one.
pub fn run(
    args: StatsArgs,
    home: &Home,
    cards: &[Card],
    now: Moment,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let (entries, report) = Journal::read(home);
    if let Some(fault) = report.faults.into_iter().next() {
        return Err(fault.into());
    }
    let learner = Learner::fold(entries);
    let refs = card_refs(cards);
    let figures = Statistics::of(&learner, &refs, now);
    let workload = args.workload.then(|| {
        let mut workload = Workload::new(&learner, &refs, &figures.activity, now);
        while workload.step(&learner) {}
        Table {
            days: Workload::DAYS,
            cards: workload.cards(),
            pace: workload.pace,
            rows: workload.rows(learner.preferences().schedule.retention),
        }
    });
    match (args.format.format(), workload) {
        (Format::Json, workload) => json(&Report { schema: 1, figures: &figures, workload }, out),
        (Format::Table, Some(workload)) => print_workload(&workload, out),
        (Format::Table, None) if figures.is_empty() => {
            writeln!(out, "Nothing reviewed yet; `eastwest review` asks the first cards.")?;
            Ok(())
        }
        (Format::Table, None) => print(&figures, cards, out),
    }
}

fn print(figures: &Statistics, cards: &[Card], out: &mut impl Write) -> anyhow::Result<()> {
    print_recall(figures, out)?;
    print_retention(figures, out)?;
    print_judgment(figures, out)?;
    print_days(figures, out)?;
    print_cards(figures, cards, out)
}

fn print_recall(figures: &Statistics, out: &mut impl Write) -> anyhow::Result<()> {
    let rows: Vec<Vec<String>> = figures
        .objectives
        .iter()
        .map(|row| {
            vec![row.objective.to_string(), share(row.recall), row.seen.to_string(), row.cards.to_string()]
        })
        .collect();
    table(&["objective", "recall today", "seen", "cards"], &rows, out)?;
    writeln!(out, "cards: {}\n", standing(&figures.cards, ", "))?;
    Ok(())
}

fn print_retention(figures: &Statistics, out: &mut impl Write) -> anyhow::Result<()> {
    let rows: Vec<Vec<String>> = figures
        .retention
        .iter()
        .map(|window| vec![days(window), tally(&window.young), tally(&window.mature), tally(&window.all)])
        .collect();
    table(&["true retention", "young", "mature", "all"], &rows, out)?;
    writeln!(out, "wanted {}\n", percent(figures.desired_retention))?;
    let rows: Vec<Vec<String>> = figures
        .forgetting
        .iter()
        .map(|bin| {
            let range = format!("{:.0}-{:.0} %", bin.from * 100.0, bin.to * 100.0);
            vec![range, share(bin.predicted), share(bin.actual.share), thousands(bin.actual.n.into())]
        })
        .collect();
    table(&["predicted recall", "said", "was", "answers"], &rows, out)?;
    writeln!(out)?;
    Ok(())
}

fn print_judgment(figures: &Statistics, out: &mut impl Write) -> anyhow::Result<()> {
    let rows = |rows: &[Sureness]| -> Vec<Vec<String>> {
        rows.iter()
            .map(|row| vec![row.said.word().to_owned(), share(row.was.share), thousands(row.was.n.into())])
            .collect()
    };
    table(&["sure of a card", "right", "answers"], &rows(&figures.confidence), out)?;
    writeln!(out)?;
    let predictions = &figures.predictions;
    table(&["sure of a prediction", "right", "predictions"], &rows(&predictions.confidence), out)?;
    writeln!(out, "all: {}", tally(&predictions.all))?;
    if let Some(points) = &predictions.points {
        let (off, lean) = (decimal(points.mean_off, 1), lean(points.mean_lean));
        writeln!(out, "percentages: off by {off} points on average over {}, {lean}", points.n)?;
    }
    writeln!(out)?;
    Ok(())
}

fn print_days(figures: &Statistics, out: &mut impl Write) -> anyhow::Result<()> {
    let activity = &figures.activity;
    let rows: Vec<Vec<String>> = activity
        .days
        .chunk_by(|a, b| a.day.monday() == b.day.monday())
        .map(|week| {
            let answers: u32 = week.iter().map(|it| it.answers).sum();
            let seconds = week.iter().map(|it| it.seconds).sum();
            let monday = week[0].day.monday().to_string();
            vec![monday, thousands(answers.into()), week.len().to_string(), span(seconds)]
        })
        .collect();
    table(&["week of", "answers", "days", "time"], &rows, out)?;
    writeln!(out, "since the beginning: {}\n", totals(activity))?;
    let ahead = &figures.ahead;
    let days = ahead.by_day.iter().enumerate().filter(|(_, count)| **count > 0);
    let rows: Vec<Vec<String>> = days
        .map(|(at, count)| {
            let day = figures.day.plus(at as u32);
            vec![format!("{} {day}", day.weekday()), count.to_string()]
        })
        .collect();
    table(&["due", "cards"], &rows, out)?;
    writeln!(
        out,
        "late {}, 14 days {}, 30 days {}, later {}, unseen {}\n",
        ahead.late, ahead.next_14, ahead.next_30, ahead.later, ahead.unseen
    )?;
    Ok(())
}

fn print_cards(figures: &Statistics, cards: &[Card], out: &mut impl Write) -> anyhow::Result<()> {
    let known = |id: &str| cards.iter().any(|card| card.id.as_str() == id);
    let rows: Vec<Vec<String>> = figures
        .hardest
        .iter()
        .map(|card| {
            vec![
                card.card.clone(),
                card.lapses.to_string(),
                decimal(card.difficulty, 1),
                decimal(card.stability_days, 1),
                percent(card.recall),
            ]
        })
        .collect();
    table(&["hardest cards", "lapses", "difficulty", "stable days", "recall today"], &rows, out)?;
    writeln!(out)?;
    let rows: Vec<Vec<String>> = figures
        .confident_errors
        .iter()
        .take(ERRORS)
        .map(|error| {
            let name = if known(&error.card) { error.card.clone() } else { format!("{} (gone)", error.card) };
            let since = if error.mended { "yes" } else { "no" };
            vec![name, error.day.to_string(), error.times.to_string(), since.to_owned()]
        })
        .collect();
    table(&["certain and wrong", "latest", "times", "right on a later day"], &rows, out)?;
    let more = figures.confident_errors.len().saturating_sub(ERRORS);
    if more > 0 {
        writeln!(out, "and {more} more; --json has all")?;
    }
    Ok(())
}

fn print_workload(workload: &Table, out: &mut impl Write) -> anyhow::Result<()> {
    let rows: Vec<Vec<String>> = workload
        .rows
        .iter()
        .map(|row| {
            let current = if row.current { " (yours)" } else { "" };
            vec![
                format!("{}{current}", percent(row.retention)),
                decimal(row.answers_per_day, 1),
                decimal(row.minutes_per_day, 1),
                decimal(row.minutes, 0),
                decimal(row.remembered, 1),
            ]
        })
        .collect();
    let head = ["desired retention", "answers/day", "minutes/day", "minutes", "remembered"];
    table(&head, &rows, out)?;
    let whose = if workload.pace.own { "your own mean" } else { "planned; your own from 30 answers on" };
    writeln!(
        out,
        "{} days, {} cards, {} s an answer ({whose}); remembered: cards you would recall at the end",
        workload.days,
        workload.cards,
        decimal(workload.pace.seconds_per_answer, 1)
    )?;
    Ok(())
}

fn share(share: Option<f64>) -> String {
    share.map_or_else(|| "-".to_owned(), percent)
}

//! `eastwest optimize`: parameters fitted to one learner, if they are shown to be better.

use std::io::Write;

use clap::Args;
use serde::Serialize;

use super::calc::{Format, FormatArgs};
use crate::learner::{Change, Event, Learner};
use crate::srs::optimize::{Evidence, REVIEWS_MIN, Verdict, optimize};
use crate::srs::{Moment, Weights};
use crate::store::pen::Pen;
use crate::store::{Home, Journal};

/// What may follow `optimize`.
#[derive(Args, Clone, Copy, Debug, Default)]
pub struct OptimizeArgs {
    /// Say what would be done, and do nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Go back to the parameters that everybody begins with
    #[arg(long)]
    pub defaults: bool,
    #[command(flatten)]
    pub format: FormatArgs,
}

/// What JSON holds; losses are in nats an answer.
#[derive(Serialize)]
struct Report {
    schema: u32,
    /// `too-few`, `unfit`, `no-gain`, `gain` or `defaults`.
    verdict: &'static str,
    reviews: usize,
    needed: usize,
    foretold: Option<usize>,
    loss_now: Option<f64>,
    loss_fitted: Option<f64>,
    gain: Option<f64>,
    standard_error: Option<f64>,
    /// Those in force from now on.
    parameters: [f64; 21],
    written: bool,
}

/// Judges, says why with the figures, and changes the parameters only where that is better out of sample.
pub fn run(args: OptimizeArgs, home: &Home, now: Moment, out: &mut impl Write) -> anyhow::Result<()> {
    let (entries, report) = Journal::read(home);
    if let Some(fault) = report.faults.into_iter().next() {
        return Err(fault.into());
    }
    let learner = Learner::fold(entries);
    let in_force = learner.model().weights().clone();
    let verdict = if args.defaults { None } else { Some(optimize(&learner.repetitions(), &in_force)) };
    let wanted = match &verdict {
        None => Some(Weights::default()),
        Some(Verdict::Gain(weights, _)) => Some(weights.clone()),
        Some(_) => None,
    };
    let wanted = wanted.filter(|wanted| *wanted != in_force);
    if let (Some(weights), false) = (&wanted, args.dry_run) {
        let (mut pen, _) = Pen::open(home, |name| std::env::var_os(name), std::process::id(), now)?;
        let change = Change { weights: Some(weights.clone()), ..Change::default() };
        pen.write(now, Event::Config(change))?;
    }
    let written = wanted.is_some() && !args.dry_run;
    if args.format.format() == Format::Json {
        let parameters = wanted.filter(|_| written).unwrap_or(in_force).values();
        serde_json::to_writer(&mut *out, &Report::of(verdict.as_ref(), parameters, written))?;
        writeln!(out)?;
        return Ok(());
    }
    match &verdict {
        None => out.write_all(defaults(wanted.is_some(), written).as_bytes())?,
        Some(verdict) => out.write_all(words(verdict, written).as_bytes())?,
    }
    if let Some(weights) = wanted {
        writeln!(out, "{}", weights.values().map(|value| value.to_string()).join(" "))?;
    }
    Ok(())
}

fn defaults(differ: bool, written: bool) -> String {
    match (differ, written) {
        (false, _) => "the default parameters are in force already\n",
        (true, false) => "these would be in force again (nothing was written):\n",
        (true, true) => "from now on these are in force again:\n",
    }
    .to_owned()
}

fn words(verdict: &Verdict, written: bool) -> String {
    match verdict {
        Verdict::TooFew(reviews) => format!(
            "kept as they are: {reviews} counted reviews, and below {REVIEWS_MIN} fitted parameters are worse about as \
             often as they are better\n"
        ),
        Verdict::Unfit(reviews) => format!(
            "kept as they are: of {reviews} counted reviews too few were on a later day than the one before\n"
        ),
        Verdict::NoGain(evidence) => {
            let why = if evidence.gain() > 0.0 {
                "that gain is within what chance makes"
            } else {
                "what is in force is the better"
            };
            format!("{}kept as they are: {why}\n", figures(evidence))
        }
        Verdict::Gain(_, evidence) => {
            let done = if written {
                "from now on these are in force (`eastwest optimize --defaults` goes back):"
            } else {
                "these would be in force (nothing was written):"
            };
            format!("{}{done}\n", figures(evidence))
        }
    }
}

fn figures(evidence: &Evidence) -> String {
    let Evidence { reviews, foretold, loss_now, loss_fitted, error } = evidence;
    format!(
        "{reviews} counted reviews; {foretold} of them foretold from those before them\n\
         log loss of the parameters in force: {loss_now:.4}\n\
         log loss of parameters fitted to you: {loss_fitted:.4}\n\
         gain: {:.4}, with a standard error of {error:.4}; two of those are asked for\n",
        evidence.gain()
    )
}

impl Report {
    fn of(verdict: Option<&Verdict>, parameters: [f64; 21], written: bool) -> Self {
        let (name, reviews, evidence) = match verdict {
            None => ("defaults", 0, None),
            Some(Verdict::TooFew(reviews)) => ("too-few", *reviews, None),
            Some(Verdict::Unfit(reviews)) => ("unfit", *reviews, None),
            Some(Verdict::NoGain(evidence)) => ("no-gain", evidence.reviews, Some(evidence)),
            Some(Verdict::Gain(_, evidence)) => ("gain", evidence.reviews, Some(evidence)),
        };
        Self {
            schema: 1,
            verdict: name,
            reviews,
            needed: REVIEWS_MIN,
            foretold: evidence.map(|it| it.foretold),
            loss_now: evidence.map(|it| it.loss_now),
            loss_fitted: evidence.map(|it| it.loss_fitted),
            gain: evidence.map(Evidence::gain),
            standard_error: evidence.map(|it| it.error),
            parameters,
            written,
        }
    }
}

//! `eastwest check [DIR]`: the author's compiler. Prints what is wrong, then what it looked at and what it did not.

mod labs;
#[cfg(feature = "tui")]
mod slides;

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Outcome;
use super::scenarios::{self, Scenarios};
use crate::course::claim::{Claim, How};
use crate::course::directive::{Answer, Directive};
use crate::course::lint::{NOT_CHECKED_YET, lint};
use crate::course::typeset::figure_text;
use crate::course::{Course, Diagnostic};
use crate::store::library::Library;

/// Works a claim out with these scenarios: its number, or why it cannot be had.
pub type Evaluate<'a> = &'a dyn Fn(&Claim, &Scenarios) -> Result<f64, String>;

/// `eastwest check`.
#[derive(Args, Clone, Debug, Default)]
pub struct CheckArgs {
    /// The course to check: a folder with lessons, quizzes and assets [default: the one in this binary]
    pub dir: Option<PathBuf>,
    /// Do not work the numbers out again
    #[arg(long)]
    pub no_claims: bool,
}

/// Checks the course in `dir`, or the one in this binary. Without `evaluate` claims are listed as not checked.
pub fn run(
    args: &CheckArgs,
    dir: Option<&Path>,
    evaluate: Option<Evaluate<'_>>,
    out: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let library = Library::open(dir)?;
    let (course, found) = Course::build(&library.files);
    let (scenarios, wrong) = scenarios::known(&library);
    let names: BTreeSet<String> = scenarios.keys().cloned().collect();
    let mut diagnostics = library.diagnostics;
    for found in [found, wrong, lint(&course, &names), labs::lint(&course, &scenarios)] {
        diagnostics.extend(found);
    }
    #[cfg(feature = "tui")]
    diagnostics.extend(slides::lint(&course, &scenarios));
    let claims = claims(&course);
    let evaluate = evaluate.filter(|_| !args.no_claims);
    if let Some(evaluate) = evaluate {
        diagnostics.extend(
            claims.iter().filter_map(|claimed| check_claim(claimed, &|claim| evaluate(claim, &scenarios))),
        );
    }
    diagnostics.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    diagnostics.dedup();
    for diagnostic in &diagnostics {
        writeln!(out, "{diagnostic}")?;
    }
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let warnings = diagnostics.len() - errors;
    let claims_done = if evaluate.is_some() { claims.len() } else { 0 };
    summary(&course, claims_done, errors, warnings, out)?;
    let mut open = NOT_CHECKED_YET.to_vec();
    if cfg!(not(feature = "tui")) {
        open.push("slides at 80x24");
    }
    if claims_done < claims.len() {
        open.push("claims");
    }
    writeln!(out, "not checked yet: {}", open.join(", "))?;
    Ok(if errors == 0 { Outcome::Done } else { Outcome::Found })
}

fn summary(
    course: &Course,
    claims: usize,
    errors: usize,
    warnings: usize,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    let words: usize = course.lesson.sections.iter().map(crate::course::Section::words).sum();
    writeln!(
        out,
        "{}, {words} words, {}, {} worked out: {}, {}",
        counted(course.lesson.sections.len(), "section"),
        counted(course.cards.len(), "card"),
        counted(claims, "claim"),
        counted(errors, "error"),
        counted(warnings, "warning"),
    )
}

fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// A claim and where it is made.
struct Claimed<'a> {
    file: &'a str,
    line: u32,
    claim: Claim,
    /// The directive it is in; none for a card's.
    directive: Option<&'a Directive>,
}

fn claims(course: &Course) -> Vec<Claimed<'_>> {
    let mut claims = Vec::new();
    for section in &course.lesson.sections {
        let file = &section.file;
        section.document.visit(&mut |block| {
            let directive = block.directive();
            if let Some(claim) = directive.and_then(Directive::claim) {
                claims.push(Claimed { file, line: block.line, claim: claim.clone(), directive });
            }
        });
    }
    for card in &course.cards {
        let claimed = |claim| Claimed { file: &card.file, line: card.line, claim, directive: None };
        claims.extend(card.all_claims().into_iter().map(claimed));
    }
    claims
}

fn check_claim(
    claimed: &Claimed<'_>,
    evaluate: &dyn Fn(&Claim) -> Result<f64, String>,
) -> Option<Diagnostic> {
    let error = |what: String| Some(Diagnostic::error(claimed.file, claimed.line, 1, what));
    let number = match evaluate(&claimed.claim) {
        Ok(number) => number,
        Err(why) => return error(format!("{} cannot be worked out: {why}", name(&claimed.claim))),
    };
    let Claim { expect, tolerance, .. } = claimed.claim;
    let near = (number - expect).abs() <= tolerance;
    if !near {
        let help = format!("expect = {number}, or mend what it is worked out from");
        let (came, claimed_number) = (figure_text(number), figure_text(expect));
        let what = format!("{}: {came} came out, {claimed_number} is claimed", name(&claimed.claim));
        return error(what).map(|diagnostic| diagnostic.with_help(help));
    }
    let Some(Directive::Predict(predict)) = claimed.directive else { return None };
    let Answer::Choice(options) = &predict.answer else { return None };
    let holding = options.iter().filter(|option| option.holds(number)).count();
    if holding == 1 {
        None
    } else {
        error(format!("{holding} options hold {number}, which came out; exactly one must"))
    }
}

/// What a claim is about, as its author wrote it.
fn name(claim: &Claim) -> String {
    match &claim.how {
        How::Spill { levels, priority } => format!("the load of priority {priority} of {}", levels.join(" ")),
        How::Cost(cost) => cost.measure.clone(),
        How::Run(run) => run.measure.clone(),
    }
}

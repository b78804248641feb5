//! `eastwest read [SECTION]`: the lesson as linear text, for a pager, a printer or a screen reader. Nothing is drawn
//! with lines; what the screen would ask is asked, and the answers stand at the end of the section. In other formats it
//! is the hand-out of a class.

mod answers;
mod color;
mod handout;

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::bail;
use clap::{Args, ValueEnum};

use super::Outcome;
use super::scenarios::Scenarios;
use crate::course::claim::Claim;
use crate::course::typeset::{Asked, Frames, TypesetOptions, rows};
use crate::course::{Course, Section};

/// Works a claim out: its number, or why it cannot be had.
pub type Evaluate<'a> = &'a dyn Fn(&Claim) -> Result<f64, String>;

/// Narrow enough to read, wide enough for most code.
const WIDTH_DEFAULT: u16 = 80;

/// `eastwest read`.
#[derive(Args, Clone, Debug, Default)]
pub struct ReadArgs {
    /// A section, 1 to 10 or a part of its title; all of them when not given
    pub section: Option<String>,
    /// text; md: Markdown with folded answers; html: one file for a browser or a phone (docs/handout.md)
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ReadFormat,
    /// Characters on a line of text; code keeps its own
    #[arg(long, default_value_t = WIDTH_DEFAULT, value_parser = clap::value_parser!(u16).range(10..))]
    pub width: u16,
    /// Show the presenter's notes too
    #[arg(long)]
    pub notes: bool,
}

/// What is made of a lesson.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ReadFormat {
    /// Linear text
    #[default]
    Text,
    /// The hand-out as one self-contained file
    Html,
    /// The hand-out as Markdown
    Md,
}

/// Prints the lesson. `color` says whether to use color; numbers come from `evaluate` where it knows them, else from
/// what `eastwest check` holds the text to.
pub fn run(
    args: &ReadArgs,
    course: &Course,
    color: bool,
    evaluate: Option<Evaluate<'_>>,
    out: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let sections = chosen(args, course)?;
    if args.section.is_none() {
        writeln!(
            out,
            "Episode {} of {}: {}\n",
            course.lesson.episode, course.lesson.of, course.lesson.title
        )?;
    }
    let printer = Printer { course, width: args.width, notes: args.notes, color, evaluate };
    for (index, section) in sections.into_iter().enumerate() {
        if index > 0 {
            writeln!(out, "\n")?;
        }
        printer.section(section, out)?;
    }
    Ok(Outcome::Done)
}

/// Prints the hand-out: the lesson with its answers folded, its labs as pictures, and the commands that repeat them.
pub fn hand_out(
    args: &ReadArgs,
    course: &Course,
    scenarios: &Scenarios,
    evaluate: Option<Evaluate<'_>>,
    out: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    if args.notes {
        bail!("a hand-out has no notes for the presenter; leave out --notes, or take --format text");
    }
    let sections = chosen(args, course)?;
    let handout = handout::Handout::of(course, &sections, scenarios, evaluate);
    let text = match args.format {
        ReadFormat::Html => handout::html::page(&handout),
        ReadFormat::Md | ReadFormat::Text => handout::markdown::page(&handout),
    };
    out.write_all(text.as_bytes())?;
    Ok(Outcome::Done)
}

/// The sections that are asked for.
fn chosen<'a>(args: &ReadArgs, course: &'a Course) -> anyhow::Result<Vec<&'a Section>> {
    let Some(wanted) = &args.section else { return Ok(course.lesson.sections.iter().collect()) };
    match course.lesson.find_section(wanted) {
        Some(section) => Ok(vec![section]),
        None => bail!("there is no section '{wanted}'; they are {}", titles(course)),
    }
}

/// The computed numbers by the block they belong to.
fn numbers(section: &Section, evaluate: Option<Evaluate<'_>>) -> BTreeMap<String, f64> {
    let mut numbers = BTreeMap::new();
    for (id, _, claim) in section.claims() {
        let number = evaluate.and_then(|evaluate| evaluate(claim).ok());
        numbers.insert(id.0.clone(), number.unwrap_or(claim.expect));
    }
    numbers
}

fn titles(course: &Course) -> String {
    let title = |section: &Section| format!("{} {}", section.number, section.title);
    course.lesson.sections.iter().map(title).collect::<Vec<_>>().join(", ")
}

struct Printer<'a> {
    course: &'a Course,
    width: u16,
    notes: bool,
    color: bool,
    evaluate: Option<Evaluate<'a>>,
}

impl Printer<'_> {
    fn section(&self, section: &Section, out: &mut dyn Write) -> std::io::Result<()> {
        let numbers = numbers(section, self.evaluate);
        let options = TypesetOptions {
            notes: self.notes,
            frames: Frames::Plain,
            figures: numbers.clone(),
            asked: self.asked(section),
            ..TypesetOptions::default()
        };
        let of = self.course.lesson.sections.len();
        writeln!(out, "Section {} of {of}", section.number)?;
        for row in rows(&section.document, self.width, &options) {
            color::line(&row.spans, self.color, out)?;
        }
        for line in answers::lines(self.course, section, &numbers, self.width) {
            color::line(&line, self.color, out)?;
        }
        Ok(())
    }

    /// The questions of the cards that the text only names.
    fn asked(&self, section: &Section) -> BTreeMap<String, Asked> {
        let mut asked = BTreeMap::new();
        for (_, directive) in section.directives() {
            let Some(card) = directive.id().and_then(|id| self.course.card(id)) else { continue };
            let question = Asked { question: card.question.clone(), ..Asked::default() };
            asked.insert(card.id.0.clone(), question);
        }
        asked
    }
}

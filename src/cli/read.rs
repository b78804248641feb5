//! `eastwest read [SECTION]`: the lesson as linear text, for a pager, a printer or a screen reader. Nothing is drawn
//! with lines; what the screen would ask is asked, and the answers stand at the end of the section.

mod answers;
mod color;

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::bail;
use clap::Args;

use super::Outcome;
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
    /// Characters on a line; code keeps its own
    #[arg(long, default_value_t = WIDTH_DEFAULT, value_parser = clap::value_parser!(u16).range(10..))]
    pub width: u16,
    /// Show the presenter's notes too
    #[arg(long)]
    pub notes: bool,
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
    let sections: Vec<&Section> = match &args.section {
        None => course.lesson.sections.iter().collect(),
        Some(wanted) => match course.lesson.find_section(wanted) {
            Some(section) => vec![section],
            None => bail!("there is no section '{wanted}'; they are {}", titles(course)),
        },
    };
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
        let numbers = self.numbers(section);
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

    /// The computed numbers by the block they belong to.
    fn numbers(&self, section: &Section) -> BTreeMap<String, f64> {
        let mut numbers = BTreeMap::new();
        for (id, _, claim) in section.claims() {
            let number = self.evaluate.and_then(|evaluate| evaluate(claim).ok());
            numbers.insert(id.0.clone(), number.unwrap_or(claim.expect));
        }
        numbers
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

//! `eastwest present --check`: what would go wrong in front of an audience, beat by beat.

use std::io::Write;

use serde::Serialize;

use crate::app::geometry::Size;
use crate::app::present::deck::{Deck, Slide};
use crate::app::script::{Sitting, Stage};
use crate::app::state::Go;
use crate::cli::Outcome;
use crate::cli::calc::{Format, json};
use crate::cli::scenarios::Scenarios;
use crate::course::beats::Shows;
use crate::course::directive::{Answer, Directive};
use crate::course::lint::BEAT_WORDS_MAX;
use crate::course::{Course, Section};
use crate::pace::{self, Fit, Targets};
use crate::ui::present::measure::{Measured, beats};

/// The version of what `--format json` prints.
const SCHEMA: u32 = 1;
/// Options that a show of hands has a key for.
const OPTIONS_MAX: usize = 4;

/// What was looked at, and what was found.
#[derive(Serialize)]
struct Report {
    schema: u32,
    size: String,
    /// `budgets 14:00 to 19:00, duration 15:00, slack 1:00`.
    budgets: String,
    beats: usize,
    findings: Vec<Finding>,
}

/// One thing that was found. Sections and beats count from 1; neither is given where it is about the whole talk, and no
/// beat where it is about a section.
#[derive(Serialize)]
struct Finding {
    section: Option<usize>,
    beat: Option<usize>,
    heading: String,
    kind: Kind,
    /// A few words.
    what: String,
    /// Rows that the screen is short of.
    rows: Option<usize>,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Scrolls,
    Words,
    Demo,
    Hands,
    Notes,
    Budgets,
}

/// Looks at every beat as it is drawn at a size, and says what it found.
pub fn run(
    course: &Course,
    scenarios: &Scenarios,
    size: Size,
    format: Format,
    out: &mut impl Write,
) -> anyhow::Result<Outcome> {
    let report = report(course, scenarios, size);
    match format {
        Format::Json => json(&report, out)?,
        Format::Table => print(&report, out)?,
    }
    Ok(if report.findings.is_empty() { Outcome::Done } else { Outcome::Found })
}

/// The beats of a course as a window of this size draws them.
pub fn measured(course: &Course, scenarios: &Scenarios, size: Size) -> Vec<Measured> {
    let stage = Stage { course: course.clone(), scenarios: scenarios.clone(), eyes: None };
    let sitting = Sitting::open(&stage, size, Go::Home);
    beats(sitting.app.parts(), sitting.now(), size)
}

/// `1 row`, `2 rows`.
pub fn row_count(rows: usize) -> String {
    if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") }
}

fn report(course: &Course, scenarios: &Scenarios, size: Size) -> Report {
    let deck = Deck::new(course);
    let (budgets, mut findings) = of_budgets(course);
    for section in &course.lesson.sections {
        findings.extend(of_section(section));
        let slides = deck.slides().iter().filter(|slide| slide.beat.section + 1 == section.number);
        findings.extend(slides.filter_map(|slide| of_slide(section, slide)));
    }
    for (slide, measured) in deck.slides().iter().zip(measured(course, scenarios, size)) {
        findings.extend(of_measured(slide, measured));
    }
    findings.sort_by_key(|finding| (finding.section, finding.beat));
    let size = format!("{}x{}", size.width, size.height);
    Report { schema: SCHEMA, size, budgets, beats: deck.slides().len(), findings }
}

/// The line on the budgets, and what is wrong with them.
fn of_budgets(course: &Course) -> (String, Vec<Finding>) {
    let budgets = course.lesson.sections.iter().map(|section| section.budget.into()).collect();
    let targets = Targets::new(budgets, course.lesson.duration);
    let mut said = pace::check::check(&targets);
    let head = said.remove(0);
    let misses = pace::plan(&targets).fits != Fit::Exact;
    let wrong = misses.then(|| head.clone()).into_iter().chain(said);
    let finding = |what| Finding {
        section: None,
        beat: None,
        heading: String::new(),
        kind: Kind::Budgets,
        what,
        rows: None,
    };
    let findings = wrong.map(finding).collect();
    (head, findings)
}

fn of_section(section: &Section) -> Option<Finding> {
    let has_notes = section.directives().any(|(_, directive)| matches!(directive, Directive::Notes(_)));
    (!has_notes).then(|| Finding {
        section: Some(section.number),
        beat: None,
        heading: section.title.clone(),
        kind: Kind::Notes,
        what: "has no notes".to_owned(),
        rows: None,
    })
}

fn found(slide: &Slide, kind: Kind, what: String) -> Finding {
    let beat = &slide.beat;
    let heading = beat.heading.clone();
    Finding { section: Some(beat.section + 1), beat: Some(beat.number), heading, kind, what, rows: None }
}

/// What can be said of a beat without drawing it.
fn of_slide(section: &Section, slide: &Slide) -> Option<Finding> {
    match &slide.beat.shows {
        Shows::Points(points) => {
            let words: usize = points.iter().map(|point| point.split_whitespace().count()).sum();
            let what = format!("{words} words; at most {BEAT_WORDS_MAX} are heard while they are read");
            (words > BEAT_WORDS_MAX).then(|| found(slide, Kind::Words, what))
        }
        Shows::Predict(id) => {
            let asked = section.directives().find_map(|(_, directive)| match directive {
                Directive::Predict(predict) if predict.id == *id => Some(&predict.answer),
                _ => None,
            });
            let Some(Answer::Choice(options)) = asked else { return None };
            let what = format!("{} options; hands are counted for 2 to {OPTIONS_MAX}", options.len());
            (!(2..=OPTIONS_MAX).contains(&options.len())).then(|| found(slide, Kind::Hands, what))
        }
        Shows::Lab(_) | Shows::Card(_) => None,
    }
}

/// What drawing it showed.
fn of_measured(slide: &Slide, measured: Measured) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(trouble) = measured.trouble {
        let what = match &slide.demo {
            Some(demo) if demo.fires() => format!("its first failure never comes: {trouble}"),
            _ => format!("its mesh does not run: {trouble}"),
        };
        findings.push(found(slide, Kind::Demo, what));
    }
    if measured.rows > 0 {
        let what = format!("scrolls: {} too many", row_count(measured.rows));
        findings.push(Finding { rows: Some(measured.rows), ..found(slide, Kind::Scrolls, what) });
    }
    findings
}

fn print(report: &Report, out: &mut impl Write) -> anyhow::Result<()> {
    writeln!(out, "{}", report.budgets)?;
    for finding in &report.findings {
        let place = match (finding.section, finding.beat) {
            (Some(section), Some(beat)) => format!("{section}.{beat}"),
            (Some(section), None) => format!("{section}"),
            (None, _) => "all".to_owned(),
        };
        let heading =
            if finding.heading.is_empty() { String::new() } else { format!("{}: ", finding.heading) };
        writeln!(out, "{place:>5}  {heading}{}", finding.what)?;
    }
    let found = match report.findings.len() {
        0 => "nothing to mend".to_owned(),
        1 => "1 thing to look at".to_owned(),
        count => format!("{count} things to look at"),
    };
    writeln!(out, "{} beats at {}: {found}", report.beats, report.size)?;
    Ok(())
}

//! `lesson.toml` and the section files to a [`Lesson`]. What is wrong is a diagnostic; what can be read is read.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Deserialize;
use toml::Spanned;

use super::{Introduced, Lesson, Objective, Pretest, Reinforced, Section, plain};
use crate::course::diagnostic::Diagnostic;
use crate::course::document::{BlockKind, Document};
use crate::course::toml_text::Origin;
use crate::course::{files_in, markdown};

const SCHEMA: u32 = 1;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLesson {
    schema: Spanned<u32>,
    title: String,
    episode: u32,
    of: u32,
    course: String,
    kind: String,
    duration: Spanned<String>,
    prerequisites: Vec<String>,
    success: Vec<String>,
    objective: Vec<RawObjective>,
    section: Vec<RawSection>,
    #[serde(default)]
    introduces: Vec<RawIntroduced>,
    #[serde(default)]
    reinforces: Vec<RawReinforced>,
    pretest: Option<RawPretest>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPretest {
    before: usize,
    again: usize,
    cards: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawObjective {
    id: u32,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSection {
    file: Spanned<String>,
    budget: Spanned<[String; 2]>,
    objectives: Vec<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawIntroduced {
    concept: String,
    returns: u32,
    how: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawReinforced {
    concept: String,
    from: u32,
    how: String,
}

/// Reads the lesson in `lessons/<folder>/`.
pub(in crate::course) fn lesson(
    files: &BTreeMap<String, String>,
    folder: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Lesson {
    let file = format!("lessons/{folder}/lesson.toml");
    let mut lesson = Lesson { folder: folder.to_owned(), ..Lesson::default() };
    let Some(text) = files.get(&file) else {
        diagnostics.push(Diagnostic::error(&file, 0, 0, "there is no lesson.toml in this folder"));
        return lesson;
    };
    let origin = Origin::file(&file, text);
    let raw: RawLesson = match origin.read() {
        Ok(raw) => raw,
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            return lesson;
        }
    };
    if *raw.schema.get_ref() != SCHEMA {
        let what = format!("schema {} is not known", raw.schema.get_ref());
        diagnostics.push(origin.error(&raw.schema.span(), what, format!("schema = {SCHEMA}")));
    }
    lesson.duration = span_at(&origin, raw.duration.get_ref(), &raw.duration.span(), diagnostics);
    for (number, section_raw) in (1..).zip(&raw.section) {
        lesson.sections.push(section(files, &origin, folder, number, section_raw, diagnostics));
    }
    unlisted(files, folder, &lesson, diagnostics);
    with_metadata(lesson, raw)
}

fn with_metadata(lesson: Lesson, raw: RawLesson) -> Lesson {
    let objective = |raw: RawObjective| Objective { id: raw.id, text: raw.text };
    let introduced =
        |raw: RawIntroduced| Introduced { concept: raw.concept, returns: raw.returns, how: raw.how };
    let reinforced = |raw: RawReinforced| Reinforced { concept: raw.concept, from: raw.from, how: raw.how };
    let pretest = |raw: RawPretest| Pretest { before: raw.before, again: raw.again, cards: raw.cards };
    Lesson {
        title: raw.title,
        episode: raw.episode,
        of: raw.of,
        course: raw.course,
        kind: raw.kind,
        prerequisites: raw.prerequisites,
        success: raw.success,
        objectives: raw.objective.into_iter().map(objective).collect(),
        introduces: raw.introduces.into_iter().map(introduced).collect(),
        reinforces: raw.reinforces.into_iter().map(reinforced).collect(),
        pretest: raw.pretest.map(pretest),
        ..lesson
    }
}

fn section(
    files: &BTreeMap<String, String>,
    origin: &Origin<'_>,
    folder: &str,
    number: usize,
    raw: &RawSection,
    diagnostics: &mut Vec<Diagnostic>,
) -> Section {
    let file = format!("lessons/{folder}/{}", raw.file.get_ref());
    let document = if let Some(text) = files.get(&file) {
        let (document, mut found) = markdown::parse(text, &file);
        diagnostics.append(&mut found);
        document
    } else {
        let what = format!("there is no file '{}' beside lesson.toml", raw.file.get_ref());
        diagnostics.push(origin.error(&raw.file.span(), what, ""));
        Document::default()
    };
    let title = title_of(&document).unwrap_or_else(|| raw.file.get_ref().clone());
    let place = raw.budget.span();
    let budget = raw.budget.get_ref().each_ref().map(|text| span_at(origin, text, &place, diagnostics));
    let steps = Section::steps_of(&document, &title);
    let objectives = raw.objectives.clone();
    Section { number, title, file, document, steps, budget: budget.into(), objectives }
}

fn title_of(document: &Document) -> Option<String> {
    document.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Heading { level: 1, text } => Some(plain(text)),
        _ => None,
    })
}

/// Markdown beside `lesson.toml` that it does not name: most likely a renamed section.
fn unlisted(
    files: &BTreeMap<String, String>,
    folder: &str,
    lesson: &Lesson,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let prefix = format!("lessons/{folder}/");
    for (file, _) in files_in(files, &prefix, "md") {
        if lesson.sections.iter().any(|section| section.file == *file) {
            continue;
        }
        diagnostics.push(Diagnostic::warning(file, 0, 0, "no [[section]] of lesson.toml names this file"));
    }
}

/// The time written at `place`; none at all when it cannot be read.
fn span_at(
    origin: &Origin<'_>,
    text: &str,
    place: &std::ops::Range<usize>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Duration {
    if let Some(seconds) = seconds(text) {
        return Duration::from_secs(seconds);
    }
    let what = format!("'{text}' is not a time of whole hours, minutes and seconds");
    diagnostics.push(origin.error(place, what, "such as 30s, 2m or 1m30s"));
    Duration::ZERO
}

/// A budget: a span of whole hours, minutes and seconds.
fn seconds(text: &str) -> Option<u64> {
    let mut rest = text;
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let unit_at = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: u64 = rest[..unit_at].parse().ok()?;
        let scale = match rest[unit_at..].chars().next()? {
            'h' => 3600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        total = total.checked_add(number.checked_mul(scale)?)?;
        rest = &rest[unit_at + 1..];
    }
    (!text.is_empty()).then_some(total)
}

//! Rules about the episode as a whole: what `lesson.toml` promises.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::course::diagnostic::Diagnostic;
use crate::course::quiz::CardKind;
use crate::course::{Course, Lesson};

/// Cards an objective needs before it can be said to be practised.
const CARDS_PER_OBJECTIVE: usize = 3;

pub(super) fn lint(course: &Course) -> Vec<Diagnostic> {
    let lesson = &course.lesson;
    if lesson.sections.is_empty() {
        // lesson.toml could not be read, which has been said.
        return Vec::new();
    }
    let mut found: Vec<String> = Vec::new();
    if lesson.prerequisites.is_empty() {
        found.push("there are no prerequisites".to_owned());
    }
    if lesson.success.is_empty() {
        found.push("there are no success criteria".to_owned());
    }
    found.extend(objectives(course));
    found.extend(budgets(lesson));
    found.extend(plan(lesson));
    found.extend(pretest(course));
    let file = format!("lessons/{}/lesson.toml", lesson.folder);
    found.into_iter().map(|what| Diagnostic::error(&file, 0, 0, what)).collect()
}

fn objectives(course: &Course) -> Vec<String> {
    let mut found = Vec::new();
    let mut known = BTreeSet::new();
    for objective in &course.lesson.objectives {
        let id = objective.id;
        if !known.insert(id) {
            found.push(format!("two objectives have the id {id}"));
        }
        if !course.lesson.sections.iter().any(|section| section.objectives.contains(&id)) {
            found.push(format!("objective {id} has no section"));
        }
        let cards = course.cards.iter().filter(|card| card.objective == id).count();
        if cards < CARDS_PER_OBJECTIVE {
            found.push(format!("objective {id} has {cards} cards; it needs {CARDS_PER_OBJECTIVE}"));
        }
    }
    for section in &course.lesson.sections {
        for id in section.objectives.iter().filter(|id| !known.contains(id)) {
            found.push(format!("section {} serves objective {id}, which there is not", section.number));
        }
    }
    found
}

/// The sum of the lows ≤ the episode ≤ the sum of the highs.
fn budgets(lesson: &Lesson) -> Vec<String> {
    let mut found = Vec::new();
    for section in lesson.sections.iter().filter(|section| section.budget.0 > section.budget.1) {
        found.push(format!("the budget of section {} starts above its end", section.number));
    }
    let low: Duration = lesson.sections.iter().map(|section| section.budget.0).sum();
    let high: Duration = lesson.sections.iter().map(|section| section.budget.1).sum();
    if lesson.duration < low || high < lesson.duration {
        let seconds = [low, lesson.duration, high].map(|span| span.as_secs());
        let [low, duration, high] = seconds;
        found.push(format!("the budgets sum to {low} to {high} s and the episode takes {duration} s"));
    }
    found
}

/// What is asked before it can be known is said in one's own words, and asked again later.
fn pretest(course: &Course) -> Vec<String> {
    let Some(pretest) = &course.lesson.pretest else { return Vec::new() };
    let mut found = Vec::new();
    let (before, again) = (pretest.before, pretest.again);
    for section in [before, again].into_iter().filter(|number| course.section(*number).is_none()) {
        found.push(format!("the pretest names section {section}, which there is not"));
    }
    if again <= before {
        found.push(format!("the pretest is asked again in section {again}, which is not after {before}"));
    }
    if pretest.cards.is_empty() {
        found.push("the pretest names no cards".to_owned());
    }
    for id in &pretest.cards {
        match course.card(id) {
            None => found.push(format!("the pretest names the card '{id}', which there is not")),
            Some(card) if !matches!(card.kind, CardKind::Recall { .. }) => {
                found.push(format!("'{id}' of the pretest is no card of kind 'recall'"));
            }
            Some(_) => {}
        }
    }
    found
}

/// The spaced-repetition plan points forwards and backwards.
fn plan(lesson: &Lesson) -> Vec<String> {
    let mut found = Vec::new();
    for introduced in
        lesson.introduces.iter().filter(|i| i.returns <= lesson.episode || i.returns > lesson.of)
    {
        let Lesson { episode, of, .. } = lesson;
        let (concept, returns) = (&introduced.concept, introduced.returns);
        found.push(format!(
            "'{concept}' returns in episode {returns}, which is not after {episode} and at most {of}"
        ));
    }
    for reinforced in lesson.reinforces.iter().filter(|r| r.from >= lesson.episode || r.from == 0) {
        let (concept, from) = (&reinforced.concept, reinforced.from);
        found.push(format!("'{concept}' comes from episode {from}, which is not before {}", lesson.episode));
    }
    found
}

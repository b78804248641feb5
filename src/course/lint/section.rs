//! Rules about one section: its shape, its directives, its length.

use std::collections::BTreeSet;
use std::time::Duration;

use super::{check_claim, check_run};
use crate::course::diagnostic::Diagnostic;
use crate::course::directive::{Beat, Directive};
use crate::course::document::{Block, BlockKind};
use crate::course::lesson::plain;
use crate::course::{Course, Section};

/// Words of prose in a section, and in one that takes at most [`SHORT`].
const WORDS: std::ops::RangeInclusive<usize> = 250..=700;
const WORDS_SHORT: std::ops::RangeInclusive<usize> = 30..=250;
const SHORT: Duration = Duration::from_secs(30);
/// The sections with a first failure: there the learner predicts before it happens.
const PREDICTING: [usize; 4] = [3, 4, 5, 7];
/// Words of a beat: more are read and not heard.
pub const BEAT_WORDS_MAX: usize = 25;

pub(super) fn lint(
    course: &Course,
    section: &Section,
    scenarios: &BTreeSet<String>,
    ids: &mut BTreeSet<String>,
) -> Vec<Diagnostic> {
    if section.document.blocks.is_empty() {
        // The file is not there or has nothing in it, which has been said.
        return Vec::new();
    }
    let mut findings = Findings { section, found: Vec::new() };
    findings.title();
    findings.beats();
    findings.pros_and_cons();
    findings.length();
    findings.predictions();
    findings.links(course);
    findings.directives(course, scenarios, ids);
    findings.found
}

struct Findings<'a> {
    section: &'a Section,
    found: Vec<Diagnostic>,
}

impl Findings<'_> {
    fn add(&mut self, line: u32, what: impl Into<String>) {
        self.found.push(Diagnostic::error(&self.section.file, line, 1, what));
    }

    /// Whether a block could not be read: what is missing may be in it.
    fn is_broken(&self) -> bool {
        self.section.directives().any(|(_, directive)| matches!(directive, Directive::Broken { .. }))
    }

    fn title(&mut self) {
        let is_title = |block: &&Block| matches!(block.kind, BlockKind::Heading { level: 1, .. });
        let lines: Vec<u32> =
            self.section.document.blocks.iter().filter(is_title).map(|block| block.line).collect();
        if lines.first() != Some(&1) {
            self.add(1, "a section starts with '# ' and its title on the first line");
        }
        for line in lines.into_iter().skip(1) {
            self.add(line, "a section has one title; the headings below it start with '##'");
        }
    }

    fn beats(&mut self) {
        let blocks = &self.section.document.blocks;
        for (index, block) in blocks.iter().enumerate() {
            let follows_heading = index > 0 && matches!(blocks[index - 1].kind, BlockKind::Heading { .. });
            match block.directive() {
                Some(Directive::Beat(_)) if !follows_heading => {
                    self.add(block.line, "a beat stands directly under a heading, and each heading has one");
                }
                Some(Directive::Beat(beat)) => self.beat(block, beat),
                _ => {}
            }
            let next = blocks.get(index + 1).and_then(Block::directive);
            let has_beat = matches!(next, Some(Directive::Beat(_) | Directive::Broken { .. }));
            if matches!(block.kind, BlockKind::Heading { .. }) && !has_beat {
                self.add(block.line, "this heading has no beat directly under it");
            }
        }
    }

    fn beat(&mut self, block: &Block, beat: &Beat) {
        match beat {
            Beat::Words(text) => {
                let words = text.split_whitespace().count();
                if words > BEAT_WORDS_MAX {
                    self.add(block.line, format!("this beat has {words} words; at most {BEAT_WORDS_MAX}"));
                }
            }
            Beat::Show(id) => {
                let mut ids = self.section.directives().filter_map(|(_, directive)| directive.id());
                if !self.is_broken() && !ids.any(|known| known == id) {
                    let what = format!(
                        "the beat shows '{id}', and no lab, predict or recall of this section is that"
                    );
                    self.add(block.line, what);
                }
            }
        }
    }

    /// Under each heading that begins with "Pattern" stands what speaks for it and what against it.
    fn pros_and_cons(&mut self) {
        for (start, block) in self.section.document.blocks.iter().enumerate() {
            let BlockKind::Heading { level: 2, text } = &block.kind else { continue };
            if !plain(text).starts_with("Pattern") {
                continue;
            }
            let below = &self.section.document.blocks[start + 1..];
            let under = below
                .iter()
                .take_while(|block| !matches!(block.kind, BlockKind::Heading { level: 1 | 2, .. }));
            let text = under.map(Block::text).collect::<Vec<_>>().join(" ").to_lowercase();
            for word in ["for:", "against:"].into_iter().filter(|word| !text.contains(word)) {
                self.add(block.line, format!("under this pattern there is no '{word}'"));
            }
        }
    }

    fn length(&mut self) {
        let words = self.section.words();
        let range = if self.section.budget.1 <= SHORT { WORDS_SHORT } else { WORDS };
        if !range.contains(&words) {
            let what =
                format!("the section has {words} words of prose, not {} to {}", range.start(), range.end());
            self.add(1, what);
        }
    }

    fn predictions(&mut self) {
        let predicts =
            self.section.directives().any(|(_, directive)| matches!(directive, Directive::Predict(_)));
        if PREDICTING.contains(&self.section.number) && !predicts && !self.is_broken() {
            self.add(1, "this section breaks something and has no 'predict' before it");
        }
    }

    fn links(&mut self, course: &Course) {
        let mut wrong = Vec::new();
        self.section.document.visit(&mut |block| {
            for target in block.spans().filter_map(|span| span.target.as_deref()) {
                if let Some(what) = wrong_target(course, target) {
                    wrong.push((block.line, what));
                }
            }
        });
        for (line, what) in wrong {
            self.add(line, what);
        }
    }

    fn directives(&mut self, course: &Course, scenarios: &BTreeSet<String>, ids: &mut BTreeSet<String>) {
        let top: Vec<u32> = self.section.document.blocks.iter().map(|block| block.line).collect();
        let mut found = Vec::new();
        self.section.document.visit(&mut |block| {
            let Some(directive) = block.directive() else { return };
            let line = block.line;
            if !top.contains(&line) && !matches!(directive, Directive::Calc(_) | Directive::Broken { .. }) {
                found.push((line, format!("'{}' cannot stand inside a list or a quote", directive.name())));
            }
            if let (Directive::Lab(_) | Directive::Predict(_), Some(id)) = (directive, directive.id())
                && !ids.insert(id.to_owned())
            {
                found.push((line, format!("the id '{id}' is taken by another lab or prediction")));
            }
            let card = match directive {
                Directive::Recall { card } => Some(card),
                Directive::Predict(predict) => predict.card.as_ref(),
                _ => None,
            };
            if let Some(card) = card.filter(|card| course.card(card).is_none()) {
                found.push((line, format!("there is no card '{card}'")));
            }
            if let Directive::Lab(lab) = directive {
                let wrong = check_run(&lab.scenario, &lab.pattern, &lab.set, &lab.actions, scenarios);
                found.extend(wrong.map(|what| (line, what)));
            }
            found.extend(
                directive.claim().and_then(|claim| check_claim(claim, scenarios)).map(|what| (line, what)),
            );
        });
        for (line, what) in found {
            self.add(line, what);
        }
    }
}

/// What is wrong with where a link leads: it is a section that exists, or a page on the web.
fn wrong_target(course: &Course, target: &str) -> Option<String> {
    let Some(number) = target.strip_prefix("section:") else {
        let is_page = target.starts_with("https://") || target.starts_with("http://");
        return (!is_page).then(|| format!("the link '{target}' is neither section:NUMBER nor a page"));
    };
    let section = number.parse().ok().and_then(|number| course.section(number));
    section.is_none().then(|| format!("the link 'section:{number}' leads to no section"))
}

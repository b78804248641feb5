//! The lesson as an audience sees it: beats in order, each a few words, a lab, a question or a card.
//!
//! Every heading has the beat that its author wrote. Cards recalled under a heading come after it, for the whole class.
//! A prediction or a lab that no beat shows is an aside: the way forward passes it by, and it can be reached.

use std::ops::Range;

use super::directive::{self, Directive};
use super::document::{Block, BlockKind};
use super::lesson::plain;
use super::{Lesson, Section};

/// One beat.
#[derive(Clone, Debug, PartialEq)]
pub struct Beat {
    /// Stable across edits elsewhere: the section's number and the heading's or the directive's name, `4/the-rule`.
    pub id: String,
    /// Index of the section, from 0.
    pub section: usize,
    /// Which beat of its section, from 1.
    pub number: usize,
    pub heading: String,
    /// The blocks under its heading, the heading first.
    pub blocks: Range<usize>,
    pub shows: Shows,
    /// The way forward passes it by.
    pub aside: bool,
    /// Line in the section's file, from 1.
    pub line: u32,
}

/// What a beat shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Shows {
    /// Sentences, one at a time.
    Points(Vec<String>),
    /// The lab with this id.
    Lab(String),
    /// The prediction with this id.
    Predict(String),
    /// The card with this id.
    Card(String),
}

/// All beats of a lesson in the order of its text.
#[must_use]
pub fn beats(lesson: &Lesson) -> Vec<Beat> {
    lesson.sections.iter().enumerate().flat_map(|(index, section)| of_section(index, section)).collect()
}

fn of_section(index: usize, section: &Section) -> Vec<Beat> {
    let blocks = &section.document.blocks;
    let heads: Vec<usize> = (0..blocks.len()).filter(|at| heading(&blocks[*at]).is_some()).collect();
    let mut beats = Vec::new();
    for (nth, start) in heads.iter().enumerate() {
        let range = *start..heads.get(nth + 1).copied().unwrap_or(blocks.len());
        under_heading(index, section, &range, &mut beats);
    }
    for (number, beat) in (1..).zip(&mut beats) {
        beat.number = number;
    }
    beats
}

/// The author's beat of a heading, the class's cards after it, and what else there is to show.
fn under_heading(index: usize, section: &Section, range: &Range<usize>, beats: &mut Vec<Beat>) {
    let blocks = &section.document.blocks;
    let title = heading(&blocks[range.start]).unwrap_or_default();
    let beat = |name: &str, shows: Shows, aside: bool, line: u32| Beat {
        id: format!("{}/{name}", section.number),
        section: index,
        number: 0,
        heading: title.clone(),
        blocks: range.clone(),
        shows,
        aside,
        line,
    };
    let directives = || blocks[range.clone()].iter().filter_map(|block| Some((block, block.directive()?)));
    let mut named = None;
    for (block, directive) in directives() {
        let Directive::Beat(written) = directive else { continue };
        let front = match written {
            directive::Beat::Words(words) => Shows::Points(sentences(words)),
            directive::Beat::Show(id) => {
                named = Some(id.as_str());
                let Some(found) = shown_by(section, id) else { continue };
                found
            }
        };
        beats.push(beat(&blocks[range.start].id.0, front, false, block.line));
    }
    for (block, directive) in directives() {
        let (id, shows, aside) = match directive {
            Directive::Recall { card } => (card, Shows::Card(card.clone()), false),
            Directive::Predict(predict) => (&predict.id, Shows::Predict(predict.id.clone()), true),
            Directive::Lab(lab) => (&lab.id, Shows::Lab(lab.id.clone()), true),
            _ => continue,
        };
        if named != Some(id.as_str()) {
            beats.push(beat(id, shows, aside, block.line));
        }
    }
}

fn shown_by(section: &Section, id: &str) -> Option<Shows> {
    let directive = section.directives().map(|(_, directive)| directive).find(|it| it.id() == Some(id))?;
    Some(match directive {
        Directive::Predict(_) => Shows::Predict(id.to_owned()),
        Directive::Lab(_) => Shows::Lab(id.to_owned()),
        Directive::Recall { .. } => Shows::Card(id.to_owned()),
        _ => return None,
    })
}

fn heading(block: &Block) -> Option<String> {
    match &block.kind {
        BlockKind::Heading { text, .. } => Some(plain(text)),
        _ => None,
    }
}

/// The sentences of a text, each with its end mark.
fn sentences(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut sentence = String::new();
    for word in text.split_whitespace() {
        if !sentence.is_empty() {
            sentence.push(' ');
        }
        sentence.push_str(word);
        if word.ends_with(['.', '?']) {
            all.push(std::mem::take(&mut sentence));
        }
    }
    all.extend((!sentence.is_empty()).then_some(sentence));
    all
}

impl Beat {
    /// The notes for the presenter: those under its heading, else those of the section's first heading that has some.
    #[must_use]
    pub fn notes<'a>(&self, section: &'a Section) -> Option<&'a super::Document> {
        let notes = |block: &'a Block| match block.directive() {
            Some(Directive::Notes(notes)) => Some(notes),
            _ => None,
        };
        let blocks = &section.document.blocks;
        blocks.get(self.blocks.clone())?.iter().find_map(notes).or_else(|| blocks.iter().find_map(notes))
    }
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn a_text_is_told_sentence_by_sentence() {
        assert_eq!(sentences("One. Two at 71.4 %? Three"), ["One.", "Two at 71.4 %?", "Three"]);
    }
}

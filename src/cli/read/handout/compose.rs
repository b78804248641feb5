//! A section to nodes: each directive becomes what it stands for, with its number, its answer and its command.

use std::collections::BTreeMap;

use super::repeat::{self, Demo};
use super::studio::Studio;
use super::{Node, anchor, section_id};
use crate::app::lab::still::Still;
use crate::cli::read::answers;
use crate::cli::scenarios::Scenarios;
use crate::course::claim::How;
use crate::course::directive::{Answer, Directive, Lab, Predict, Side};
use crate::course::document::{Block, BlockKind};
use crate::course::lesson::plain;
use crate::course::markdown::inline;
use crate::course::typeset::{percent_hint, sentence};
use crate::course::{Card, CardKind, Course, Role, Section, Span};

/// What a stop says that has nothing to say of its own.
const PAUSE: &str = "Answer in your head before you read on.";

/// Makes nodes of sections, and gathers what can be repeated.
#[derive(Debug)]
pub(super) struct Composer<'a> {
    course: &'a Course,
    scenarios: &'a Scenarios,
    /// Numbers of the sections that are in the hand-out: links lead to no other.
    sections: Vec<usize>,
    studio: Studio,
    demos: Vec<Demo>,
}

/// The section that is being made.
#[derive(Debug)]
struct Page<'a> {
    section: usize,
    /// Computed numbers by block id.
    numbers: &'a BTreeMap<String, f64>,
    /// Numbers of footnotes by label.
    footnotes: BTreeMap<&'a str, usize>,
}

impl<'a> Composer<'a> {
    pub(super) fn new(course: &'a Course, scenarios: &'a Scenarios, sections: &[&Section]) -> Self {
        let sections = sections.iter().map(|section| section.number).collect();
        Self { course, scenarios, sections, studio: Studio::default(), demos: Vec::new() }
    }

    /// The text under a section's title.
    pub(super) fn section(&mut self, section: &Section, numbers: &BTreeMap<String, f64>) -> Vec<Node> {
        let blocks = &section.document.blocks;
        let labels = blocks.iter().filter_map(|block| match &block.kind {
            BlockKind::Footnote { label, .. } => Some(label.as_str()),
            _ => None,
        });
        let page = Page { section: section.number, numbers, footnotes: labels.zip(1..).collect() };
        self.nodes(blocks, &page)
    }

    /// What can be repeated, and the style sheets of the pictures.
    pub(super) fn finish(self) -> (Vec<Demo>, [String; 2]) {
        (self.demos, self.studio.styles())
    }

    fn nodes(&mut self, blocks: &[Block], page: &Page<'_>) -> Vec<Node> {
        blocks.iter().flat_map(|block| self.block(block, page)).collect()
    }

    fn block(&mut self, block: &Block, page: &Page<'_>) -> Vec<Node> {
        let cells = |row: &[Vec<Span>]| row.iter().map(|cell| self.spans(cell, page)).collect();
        let node = match &block.kind {
            // The chapter says its title.
            BlockKind::Heading { level: 1, .. } => return Vec::new(),
            BlockKind::Heading { level, text } => {
                let id = format!("{}-{}", section_id(page.section), anchor(&block.id.0));
                Node::Heading { level: *level, id, text: self.spans(text, page) }
            }
            BlockKind::Paragraph(spans) => Node::Paragraph(self.spans(spans, page)),
            BlockKind::List { first, items } => {
                let items = items.iter().map(|item| self.nodes(item, page)).collect();
                Node::List { first: *first, items }
            }
            BlockKind::Table { align, head, rows } => {
                let rows = rows.iter().map(|row| cells(row)).collect();
                Node::Table { align: align.clone(), head: cells(head), rows }
            }
            BlockKind::Quote(blocks) => Node::Quote(self.nodes(blocks, page)),
            BlockKind::Code { language, text } => {
                Node::Code { language: language.clone(), text: text.clone() }
            }
            BlockKind::Rule => Node::Rule,
            BlockKind::Footnote { label, blocks } => {
                let number = page.footnotes.get(label.as_str()).copied().unwrap_or_default();
                let key = format!("{}-{}", page.section, anchor(label));
                Node::Footnote { key, number, nodes: self.nodes(blocks, page) }
            }
            BlockKind::Directive(directive) => return self.directive(directive, &block.id.0, page),
        };
        vec![node]
    }

    fn directive(&mut self, directive: &Directive, block: &str, page: &Page<'_>) -> Vec<Node> {
        let number = page.numbers.get(block).copied();
        match directive {
            Directive::Predict(predict) => vec![self.predict(predict, number, page)],
            Directive::Lab(lab) => vec![self.lab(lab, page)],
            Directive::Recall { card } => self.course.card(card).map(recall).into_iter().collect(),
            Directive::Calc(calc) => {
                let number = number.unwrap_or(calc.claim.expect);
                vec![Node::Paragraph(sentence(calc, Some(number)))]
            }
            Directive::Notes(_) | Directive::Beat(_) => Vec::new(),
            Directive::Pause(pause) => {
                let say = if pause.say.is_empty() { PAUSE } else { &pause.say };
                let label = Span::new(Role::Strong, "Pause. ");
                vec![Node::Paragraph([label].into_iter().chain(inline(say)).collect())]
            }
            Directive::Sketch { sketch, real } => {
                vec![code("The idea in shorthand", sketch), code("What you would apply", real)]
            }
            Directive::Apply { text } => {
                let side = Side { language: "yaml".to_owned(), text: text.clone() };
                vec![code("Ready to apply", &side)]
            }
            Directive::Broken { name, what } => {
                vec![Node::Paragraph(vec![Span::new(Role::Bad, format!("{name}: {what}"))])]
            }
        }
    }

    fn predict(&mut self, predict: &Predict, number: Option<f64>, page: &Page<'_>) -> Node {
        let mut nodes = vec![Node::Paragraph(inline(&predict.ask))];
        nodes.push(match &predict.answer {
            Answer::Percent { tolerance } => {
                Node::Paragraph(vec![Span::new(Role::Quiet, percent_hint(*tolerance))])
            }
            Answer::Choice(options) => numbered(options.iter().map(|option| option.text.as_str())),
        });
        let answer = answers::predicted(predict, number.unwrap_or(predict.claim.expect));
        let mut folded: Vec<Node> = answer.into_iter().map(Node::Paragraph).collect();
        if let Ok(command) = crate::app::claim::command(&predict.claim, self.scenarios) {
            folded.push(Node::Paragraph(repeat::number(&predict.claim)));
            folded.push(Node::Command(command.clone()));
            self.demos.push(Demo {
                id: anchor(&predict.id),
                section: page.section,
                what: inline(&predict.ask),
                seed: match &predict.claim.how {
                    How::Run(run) => Some(run.seed),
                    How::Spill { .. } | How::Cost(_) => None,
                },
                command,
            });
        }
        nodes.push(Node::Folded { summary: "Answer", nodes: folded });
        Node::Part { name: "Predict", id: Some(anchor(&predict.id)), nodes }
    }

    fn lab(&mut self, lab: &Lab, page: &Page<'_>) -> Node {
        let id = anchor(&lab.id);
        let caption = if lab.caption.is_empty() {
            vec![Span::new(Role::Text, format!("The scenario {}.", lab.scenario))]
        } else {
            inline(&lab.caption)
        };
        let mut nodes = Vec::new();
        match Still::of(lab, self.scenarios) {
            Ok(still) => {
                nodes.push(Node::Picture(self.studio.picture(&plain(&caption), &still.opening)));
                nodes.push(Node::Paragraph(caption.clone()));
                nodes.push(Node::Command(still.open.clone()));
                let (section, seed) = (page.section, Some(still.seed.0));
                self.demos.push(Demo { id: id.clone(), section, what: caption, seed, command: still.open });
            }
            Err(what) => {
                nodes.extend([Node::Paragraph(caption), Node::Paragraph(vec![Span::new(Role::Bad, what)])]);
            }
        }
        Node::Part { name: "Lab", id: Some(id), nodes }
    }

    /// Links that lead somewhere, footnotes with their numbers.
    fn spans(&self, spans: &[Span], page: &Page<'_>) -> Vec<Span> {
        spans.iter().map(|span| self.span(span, page)).collect()
    }

    fn span(&self, span: &Span, page: &Page<'_>) -> Span {
        let mut span = span.clone();
        match span.role {
            Role::FootnoteMark => {
                if let Some(number) = page.footnotes.get(span.text.as_str()) {
                    span.target = Some(format!("{}-{}", page.section, anchor(&span.text)));
                    span.text = number.to_string();
                } else {
                    span = Span::new(Role::Text, format!("[{}]", span.text));
                }
            }
            Role::Link => {
                span.target = span.target.and_then(|target| self.target(&target));
                if span.target.is_none() {
                    span.role = Role::Text;
                }
            }
            _ => {}
        }
        span
    }

    /// A section that is here, or a page on the web; nothing else is followed.
    fn target(&self, target: &str) -> Option<String> {
        if let Some(number) = target.strip_prefix("section:") {
            let number = number.parse().ok().filter(|number| self.sections.contains(number))?;
            return Some(format!("#{}", section_id(number)));
        }
        let is_page = target.starts_with("https://") || target.starts_with("http://");
        is_page.then(|| target.to_owned())
    }
}

fn code(name: &'static str, side: &Side) -> Node {
    let code = Node::Code { language: side.language.clone(), text: side.text.clone() };
    Node::Part { name, id: None, nodes: vec![code] }
}

fn numbered<'t>(texts: impl Iterator<Item = &'t str>) -> Node {
    let items = texts.map(|text| vec![Node::Paragraph(inline(text))]).collect();
    Node::List { first: Some(1), items }
}

/// A card: its question with what one chooses from, and its answer folded.
fn recall(card: &Card) -> Node {
    let mut nodes = vec![Node::Paragraph(inline(&card.question))];
    match &card.kind {
        CardKind::Choice { options, .. } => {
            nodes.push(numbered(options.iter().map(|option| option.text.as_str())));
        }
        CardKind::Order(items) => {
            // In the order of the alphabet, which gives nothing away.
            let mut items: Vec<&str> = items.iter().map(String::as_str).collect();
            items.sort_unstable();
            nodes.push(numbered(items.into_iter()));
        }
        CardKind::Fault(fault) => {
            nodes.push(Node::Code { language: "yaml".to_owned(), text: fault.yaml.clone() });
        }
        _ => {}
    }
    let answer = answers::recalled(card).into_iter().filter(|spans| !plain(spans).is_empty());
    nodes.push(Node::Folded { summary: "Answer", nodes: answer.map(Node::Paragraph).collect() });
    Node::Part { name: "Recall", id: None, nodes }
}

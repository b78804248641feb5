//! The hand-out of a class: the lesson to take home, as a tree that knows no format. [`markdown`] and [`html`] print it.
//!
//! ```text
//! Section ─ compose ─► Node ─┬─ markdown ─► what GitHub renders
//!   labs ─ studio (pictures) ┘ └ html ────► one file, nothing outside it
//! ```

mod compose;
pub(super) mod html;
pub(super) mod markdown;
mod repeat;
mod studio;

use super::Evaluate;
use crate::cli::scenarios::Scenarios;
use crate::course::document::Align;
use crate::course::{Course, Section, Span};
use compose::Composer;

/// All that is printed.
#[derive(Debug)]
pub(super) struct Handout {
    title: String,
    /// Which episode of which course.
    subtitle: String,
    chapters: Vec<Chapter>,
    /// The style sheet of the pictures: on a light ground, on a dark one.
    picture_styles: [String; 2],
}

/// One section, or the appendix.
#[derive(Debug)]
struct Chapter {
    /// What links to it name.
    id: String,
    title: String,
    nodes: Vec<Node>,
}

/// A piece of text. Spans are as in a lesson's document, but links lead to pages or, with `#`, to an id of the hand-out,
/// and the target of a footnote's mark is its key.
#[derive(Debug)]
enum Node {
    /// Level 2 is a step of a section.
    Heading {
        level: u8,
        id: String,
        text: Vec<Span>,
    },
    Paragraph(Vec<Span>),
    List {
        first: Option<u64>,
        items: Vec<Vec<Node>>,
    },
    Table {
        align: Vec<Align>,
        head: Vec<Vec<Span>>,
        rows: Vec<Vec<Vec<Span>>>,
    },
    Quote(Vec<Node>),
    Code {
        language: String,
        text: String,
    },
    /// A line for a shell.
    Command(String),
    Rule,
    Footnote {
        key: String,
        number: usize,
        nodes: Vec<Node>,
    },
    /// What a directive stands for, under its name.
    Part {
        name: &'static str,
        /// What links to it name.
        id: Option<String>,
        nodes: Vec<Node>,
    },
    /// Shown when it is asked for.
    Folded {
        summary: &'static str,
        nodes: Vec<Node>,
    },
    Picture(Picture),
}

/// What a lab shows.
#[derive(Debug)]
struct Picture {
    /// In words.
    sentences: Vec<String>,
    /// As drawn, in a build that draws.
    drawn: Option<Drawn>,
}

/// A screen in two forms.
#[derive(Debug)]
struct Drawn {
    /// An element for a page.
    svg: String,
    /// Its letters, row by row.
    text: String,
}

impl Handout {
    /// Of these sections; what they claim is worked out by `evaluate` where it can be.
    pub(super) fn of(
        course: &Course,
        sections: &[&Section],
        scenarios: &Scenarios,
        evaluate: Option<Evaluate<'_>>,
    ) -> Self {
        let lesson = &course.lesson;
        let mut composer = Composer::new(course, scenarios, sections);
        let mut chapters: Vec<Chapter> = Vec::with_capacity(sections.len() + 1);
        for section in sections {
            let numbers = super::numbers(section, evaluate);
            chapters.push(Chapter {
                id: section_id(section.number),
                title: format!("{}. {}", section.number, section.title),
                nodes: composer.section(section, &numbers),
            });
        }
        let (demos, picture_styles) = composer.finish();
        chapters.push(Chapter {
            id: "repeat".to_owned(),
            title: "Repeat every demo".to_owned(),
            nodes: repeat::appendix(&demos),
        });
        Self {
            title: lesson.title.clone(),
            subtitle: format!("Episode {} of {}. {}", lesson.episode, lesson.of, lesson.course),
            chapters,
            picture_styles,
        }
    }
}

/// What links to a section name.
fn section_id(number: usize) -> String {
    format!("section-{number}")
}

/// A name as an id: letters and digits stay, all else is a hyphen.
fn anchor(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

//! `eastwest present --script`: beats and notes as Markdown, for paper.

use std::io::{self, Write};

use crate::app::predict::figure;
use crate::app::present::deck::{Deck, Slide};
use crate::app::reader;
use crate::course::beats::Shows;
use crate::course::directive::{Answer, Directive, Predict};
use crate::course::{Block, BlockKind, Course, Document, Role, Section, Span};
use crate::pace::words::clock;
use crate::pace::{self, Targets};

/// Writes all of it: each section with its time, its notes, and its beats.
pub fn write(course: &Course, out: &mut impl Write) -> io::Result<()> {
    let lesson = &course.lesson;
    let budgets = lesson.sections.iter().map(|section| section.budget.into()).collect();
    let targets = Targets::new(budgets, lesson.duration);
    let plan = pace::plan(&targets);
    writeln!(out, "# {}\n", lesson.title)?;
    writeln!(out, "Episode {} of {}. {}", lesson.episode, lesson.of, lesson.course)?;
    writeln!(out, "\n{}", pace::check::check(&targets).join("; "))?;
    let deck = Deck::new(course);
    for (section, planned) in lesson.sections.iter().zip(plan.sections) {
        writeln!(out, "\n## {} {} ({})", section.number, section.title, clock(planned))?;
        let mut told = None;
        for slide in deck.slides().iter().filter(|slide| slide.beat.section + 1 == section.number) {
            let notes = slide.beat.notes(section);
            if let Some(notes) = notes.filter(|notes| told != Some(*notes)) {
                writeln!(out, "\n{}", quoted(&markdown(notes)))?;
                told = Some(notes);
            }
            beat(course, section, slide, out)?;
        }
    }
    Ok(())
}

fn beat(course: &Course, section: &Section, slide: &Slide, out: &mut impl Write) -> io::Result<()> {
    let beat = &slide.beat;
    let aside = if beat.aside { ", aside" } else { "" };
    writeln!(out, "\n### {}.{} {}{aside}\n", section.number, beat.number, beat.heading)?;
    match &beat.shows {
        Shows::Points(points) => {
            for point in points {
                writeln!(out, "- {point}")?;
            }
        }
        Shows::Lab(_) => {
            let caption = slide.demo.as_ref().map_or("", |demo| &demo.mesh.caption);
            writeln!(out, "Mesh: {caption}")?;
        }
        Shows::Predict(id) => {
            let asked = section.directives().find_map(|(_, directive)| match directive {
                Directive::Predict(predict) if predict.id == *id => Some(predict),
                _ => None,
            });
            if let Some(predict) = asked {
                question(predict, out)?;
            }
        }
        Shows::Card(id) => {
            if let Some(card) = course.card(id) {
                writeln!(out, "**{}**", card.question)?;
                for line in reader::answer(card) {
                    writeln!(out, "\n{}", spans(&line))?;
                }
            }
        }
    }
    let does = slide.demo.as_ref().map_or(&[][..], |demo| &demo.mesh.actions);
    for action in does {
        writeln!(out, "\nFires `{action}`")?;
    }
    Ok(())
}

fn question(predict: &Predict, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "**{}**\n", predict.ask)?;
    if let Answer::Choice(options) = &predict.answer {
        let right = predict.right_option(predict.claim.expect);
        for (index, option) in options.iter().enumerate() {
            let mark = if right == Some(index) { " (right)" } else { "" };
            writeln!(out, "- {} {}{mark}", char::from(b'A'.saturating_add(index as u8)), option.text)?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{}. {}", figure(predict, predict.claim.expect), predict.why)
}

/// Paragraphs and lists; what else a document may hold is its text.
fn markdown(document: &Document) -> String {
    let blocks: Vec<String> = document.blocks.iter().map(block).collect();
    blocks.join("\n\n")
}

fn block(of: &Block) -> String {
    match &of.kind {
        BlockKind::Paragraph(text) => spans(text),
        BlockKind::List { first, items } => {
            let item = |(index, blocks): (u64, &Vec<Block>)| {
                let mark = first.map_or_else(|| "-".to_owned(), |first| format!("{}.", first + index));
                let text: Vec<String> = blocks.iter().map(block).collect();
                format!("{mark} {}", text.join(" "))
            };
            (0..).zip(items).map(item).collect::<Vec<_>>().join("\n")
        }
        _ => of.text(),
    }
}

fn spans(spans: &[Span]) -> String {
    let marked = |span: &Span| {
        let mark = match span.role {
            Role::Strong => "**",
            Role::Emphasis => "*",
            Role::Code => "`",
            _ => "",
        };
        [mark, &span.text, mark].concat()
    };
    spans.iter().map(marked).collect()
}

fn quoted(text: &str) -> String {
    let line = |line: &str| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

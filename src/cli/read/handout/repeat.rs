//! What one needs to see all of it again at home: commands, seeds, the cards.

use super::{Node, section_id};
use crate::course::claim::{Claim, How};
use crate::course::document::Align;
use crate::course::{Role, Span};

/// A lab or a prediction, and how to have it again.
#[derive(Debug)]
pub(super) struct Demo {
    /// Where it stands in the hand-out.
    pub id: String,
    pub section: usize,
    pub what: Vec<Span>,
    /// None for what no dice decide.
    pub seed: Option<u64>,
    pub command: String,
}

/// What to look for in what the command of a claim prints.
pub(super) fn number(claim: &Claim) -> Vec<Span> {
    let quiet = |text: &str| Span::new(Role::Quiet, text);
    let code = |text: &str| Span::new(Role::Code, text);
    match &claim.how {
        How::Spill { priority, .. } => {
            vec![quiet(&format!("Work it out; the number is the load of priority {priority}:"))]
        }
        How::Cost(cost) => vec![
            quiet("Work it out; with "),
            code("--json"),
            quiet(" the number is "),
            code(&cost.measure),
            quiet(":"),
        ],
        How::Run(run) => {
            let mut words =
                vec![quiet("Run it; with "), code("--json"), quiet(" the number is "), code(&run.measure)];
            if run.from != "0s" {
                // The command counts all requests, so it prints another number.
                words.push(quiet(&format!(", here of requests issued from {} on", run.from)));
            }
            words.push(quiet(":"));
            words
        }
    }
}

/// The last chapter.
pub(super) fn appendix(demos: &[Demo]) -> Vec<Node> {
    let mut nodes = Vec::new();
    if !demos.is_empty() {
        nodes.push(say("A line and its seed give the same run on every machine, to the last request. Put any line that begins with `eastwest sim` in quotes behind `eastwest lab --from` to see that run."));
        nodes.push(table(demos));
    }
    for (words, command) in [
        ("The lesson on a screen, with the mesh beside it to break:", "eastwest learn"),
        ("Its cards, asked again when you are about to forget them:", "eastwest review"),
        (
            "The same cards for Anki, which takes the file under File, Import, and updates them when it is imported again:",
            "eastwest export anki --out eastwest-cards.txt",
        ),
        ("Every number of the lesson, worked out again:", "eastwest check"),
    ] {
        nodes.extend([say(words), Node::Command(command.to_owned())]);
    }
    nodes
}

fn say(words: &str) -> Node {
    Node::Paragraph(crate::course::markdown::inline(words))
}

fn table(demos: &[Demo]) -> Node {
    let text = |text: &str| vec![Span::new(Role::Text, text)];
    let row = |demo: &Demo| {
        let place = Span {
            text: demo.section.to_string(),
            role: Role::Link,
            target: Some(format!(
                "#{}",
                if demo.id.is_empty() { section_id(demo.section) } else { demo.id.clone() }
            )),
        };
        let seed = demo.seed.map_or_else(|| "none: a formula".to_owned(), |seed| seed.to_string());
        vec![vec![place], demo.what.clone(), text(&seed), vec![Span::new(Role::Code, &*demo.command)]]
    };
    Node::Table {
        align: vec![Align::Right, Align::Left, Align::Right, Align::Left],
        head: ["Section", "What", "Seed", "Command"].map(text).into(),
        rows: demos.iter().map(row).collect(),
    }
}

//! `docs/authors.md` is what authors copy from: every example in it is read here.

use std::collections::BTreeMap;

use eastwest::course::markdown::parse;
use eastwest::course::{BlockKind, Course, Document};

const AUTHORS: &str = include_str!("../../docs/authors.md");
const TAUGHT: [&str; 9] =
    ["beat", "notes", "lab", "predict", "calc", "recall", "pause", "sketch", "yaml apply"];

/// Bodies of the fenced blocks with this info string.
fn examples(info: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = AUTHORS.lines();
    while let Some(line) = lines.next() {
        let fence = line.chars().take_while(|&c| c == '`').count();
        if fence >= 3 {
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "`".repeat(fence)).collect();
            if &line[fence..] == info {
                found.push(body.join("\n"));
            }
        }
    }
    found
}

fn names(document: &Document) -> Vec<String> {
    let directives = document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Directive(directive) => Some(directive.name().to_owned()),
        _ => None,
    });
    directives.collect()
}

#[test]
fn every_directive_has_an_example_that_reads() {
    let mut taught = Vec::new();
    for example in examples("markdown") {
        let (document, diagnostics) = parse(&example, "authors.md");
        assert_eq!(diagnostics, [], "in\n{example}");
        assert_eq!(names(&document).len(), 1, "one directive an example:\n{example}");
        taught.extend(names(&document));
    }
    for name in TAUGHT {
        assert!(taught.iter().any(|taught| taught == name), "no example of '{name}'");
    }
}

#[test]
fn every_form_of_a_claim_reads() {
    let claims = examples("toml claim");
    assert_eq!(claims.len(), 3);
    for claim in claims {
        let (_, diagnostics) = parse(&format!("```calc\ntext = \"{{}}\"\n{claim}\n```\n"), "authors.md");
        assert_eq!(diagnostics, [], "in\n{claim}");
    }
}

#[test]
fn the_lesson_and_the_deck_read_with_a_card_of_every_kind() {
    let (lesson, deck) = (examples("toml lesson").remove(0), examples("toml deck").remove(0));
    let files: BTreeMap<String, String> = [
        ("lessons/11-x/lesson.toml", lesson),
        ("lessons/11-x/01-recall-and-connection.md", "# T\n".to_owned()),
        ("quizzes/11-x/deck.toml", deck),
    ]
    .map(|(file, text)| (file.to_owned(), text))
    .into();
    let (course, diagnostics) = Course::build(&files);
    assert_eq!(diagnostics, []);
    let kinds: Vec<&str> = course.cards.iter().map(|card| card.kind.name()).collect();
    assert_eq!(kinds, ["recall", "typed", "choice", "order", "cloze", "number", "fault", "run"]);
    assert_eq!(course.lesson.title, "Multi-Region Kubernetes Patterns: Service Mesh & Federation");
}

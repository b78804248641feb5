//! A lesson's sections: their steps, how long they take, and how they are found.

use std::time::Duration;

use eastwest::course::document::BlockKind;
use eastwest::course::markdown::parse;
use eastwest::course::{Lesson, Section};

fn section(text: &str) -> Section {
    let (document, _) = parse(text, "s.md");
    let steps = Section::steps_of(&document, "Title");
    Section { number: 1, title: "Title".to_owned(), steps, document, ..Section::default() }
}

#[track_caller]
fn check_steps(text: &str, expected: &[(&str, usize)]) {
    let section = section(text);
    let steps: Vec<(&str, usize)> =
        section.steps.iter().map(|step| (step.title.as_str(), step.block)).collect();
    assert_eq!(steps, expected, "in\n{text}");
    for step in &section.steps {
        assert_eq!(section.document.blocks.get(step.block).map(|block| &block.id), Some(&step.id));
    }
}

const BEAT: &str = "```beat\ntext = \"w\"\n```\n";

#[test]
fn a_heading_of_level_two_opens_a_step() {
    check_steps("# Title\n\ntext\n\n## A\n\nx\n\n### b\n\ny\n\n## C\n", &[("Title", 0), ("A", 2), ("C", 6)]);
}

#[test]
fn a_section_without_words_before_its_first_step_starts_with_it() {
    check_steps(&format!("# Title\n\n{BEAT}\n## A\n\nx\n\n## B\n"), &[("A", 0), ("B", 4)]);
}

#[test]
fn a_section_without_steps_is_one_step() {
    check_steps("# Title\n\ntext\n", &[("Title", 0)]);
}

#[test]
fn a_block_belongs_to_the_step_above_it() {
    let section = section("# Title\n\ntext\n\n## A\n\nx\n\n## B\n");
    let steps: Vec<usize> = (0..6).map(|block| section.step_at(block)).collect();
    assert_eq!(steps, [0, 0, 1, 1, 2, 2]);
}

#[test]
fn time_left_is_200_words_a_minute_and_20_seconds_a_question() {
    let words = "word ".repeat(100);
    let text = format!(
        "# Title\n\n{words}\n\n```recall\ncard = \"e11.a\"\n```\n\n- {words}\n\n```text\n{words}\n```\n"
    );
    let section = section(&text);
    assert_eq!((section.words(), section.questions()), (200, 1));
    let left: Vec<u64> = (0..6).map(|block| section.time_left(block).as_secs()).collect();
    assert_eq!(left, [80, 80, 50, 30, 0, 0]);
    assert_eq!(section.time_left(99), Duration::ZERO);
}

#[test]
fn tables_and_quotes_are_prose_and_headings_and_footnotes_are_not() {
    let text = "# One two three\n\n| a b | c |\n| - | - |\n| d | e f |\n\n> g h[^x]\n\n[^x]: i j k\n";
    let section = section(text);
    assert!(matches!(section.document.blocks[1].kind, BlockKind::Table { .. }));
    assert_eq!(section.words(), 8);
}

#[test]
fn a_section_is_found_by_number_or_by_a_part_of_its_title() {
    let named = |number, title: &str| Section { number, title: title.to_owned(), ..Section::default() };
    let sections = vec![named(1, "Recall & Connection"), named(2, "Active Recall")];
    let lesson = Lesson { sections, ..Lesson::default() };
    let find = |wanted: &str| lesson.find_section(wanted).map(|section| section.number);
    assert_eq!(find("2"), Some(2));
    assert_eq!(find(" active"), Some(2));
    assert_eq!(find("recall"), Some(1), "the first that fits");
    assert_eq!([find("3"), find("0"), find(""), find("mesh")], [None; 4]);
}

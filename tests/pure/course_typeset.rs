//! Rows for a width: nothing lost, nothing wider than asked, everything in its place.

use std::fmt::Write as _;

use eastwest::course::document::{Role, Row, Span};
use eastwest::course::markdown::parse;
use eastwest::course::typeset::{Asked, Frames, TypesetOptions, figure_text, rows, text_width};
use proptest::prelude::*;

const EVERYTHING: &str = include_str!("data/everything.md");

/// The rows as a picture: text, and under it the runs that are not plain text.
fn picture(rows: &[Row]) -> String {
    let mut picture = String::new();
    for row in rows {
        let roles: Vec<String> = row
            .spans
            .iter()
            .filter(|span| span.role != Role::Text && !span.text.trim().is_empty())
            .map(|span| format!("{:?}", span.role))
            .collect();
        let mut roles = roles;
        roles.dedup();
        let text = row.text();
        writeln!(picture, "{text:<64}  {:>3}.{:<2} {}", row.block, row.offset, roles.join(" "))
            .expect("a string takes all");
    }
    picture
}

fn typeset(text: &str, width: u16, options: &TypesetOptions) -> Vec<Row> {
    rows(&parse(text, "s.md").0, width, options)
}

fn answered() -> TypesetOptions {
    let mut options = TypesetOptions { notes: true, real_side: true, ..TypesetOptions::default() };
    options.figures.insert("numbers/2".to_owned(), 70.0);
    let result = vec![Span::new(Role::Good, "Right: "), Span::new(Role::Figure, "70.4 %")];
    let chosen = Asked { chosen: Some(1), lines: vec![result], ..Asked::default() };
    options.asked.insert("s1-two-of-four".to_owned(), chosen);
    options.asked.insert("s1-percent".to_owned(), Asked { typed: "95".to_owned(), ..Asked::default() });
    let question = "When does it pay to have *both* regions hot?".to_owned();
    options.asked.insert("e11.hot-hot".to_owned(), Asked { question, ..Asked::default() });
    options
}

#[test]
fn a_document_with_everything_at_three_widths() {
    insta::assert_snapshot!(
        "everything_at_20",
        picture(&typeset(EVERYTHING, 20, &TypesetOptions::default()))
    );
    insta::assert_snapshot!(
        "everything_at_62",
        picture(&typeset(EVERYTHING, 62, &TypesetOptions::default()))
    );
    insta::assert_snapshot!("everything_at_100", picture(&typeset(EVERYTHING, 100, &answered())));
}

#[test]
fn a_document_with_everything_in_ascii_and_in_plain_text() {
    let ascii = TypesetOptions { frames: Frames::Ascii, ..TypesetOptions::default() };
    insta::assert_snapshot!("everything_in_ascii", picture(&typeset(EVERYTHING, 62, &ascii)));
    let plain = TypesetOptions { frames: Frames::Plain, ..answered() };
    insta::assert_snapshot!("everything_in_plain_text", picture(&typeset(EVERYTHING, 72, &plain)));
}

#[test]
fn ascii_frames_leave_no_other_character() {
    let ascii = TypesetOptions { frames: Frames::Ascii, ..answered() };
    for row in typeset(EVERYTHING, 62, &ascii) {
        for span in row.spans.iter().filter(|span| span.role == Role::Frame) {
            assert!(span.text.is_ascii(), "{:?}", span.text);
        }
    }
}

#[test]
fn rows_count_their_blocks_and_lines_upwards() {
    for width in [12, 62] {
        let rows = typeset(EVERYTHING, width, &TypesetOptions::default());
        for pair in rows.windows(2) {
            let next_row = pair[1].block == pair[0].block && pair[1].offset == pair[0].offset + 1;
            let next_block = pair[1].block > pair[0].block && pair[1].offset == 0;
            assert!(next_row || next_block, "{pair:?}");
        }
    }
}

#[test]
fn notes_and_beats_are_not_shown_to_readers() {
    let text: String = typeset(EVERYTHING, 62, &TypesetOptions::default()).iter().map(Row::text).collect();
    assert!(!text.contains("paged") && !text.contains("All of it, once"));
    let notes = TypesetOptions { notes: true, ..TypesetOptions::default() };
    let text: String = typeset(EVERYTHING, 62, &notes).iter().map(Row::text).collect();
    assert!(text.contains("paged") && !text.contains("All of it, once"));
}

#[test]
fn figures_read_as_people_write_them() {
    for (number, text) in [
        (70.0, "70"),
        (70.40, "70.4"),
        (0.333, "0.33"),
        (-0.001, "0"),
        (9999.0, "9999"),
        (12345.5, "12,345.5"),
        (-1234567.0, "-1,234,567"),
        (f64::INFINITY, "inf"),
    ] {
        assert_eq!(figure_text(number), text);
    }
}

#[test]
fn no_word_of_a_table_is_cut_at_any_width() {
    let table =
        "| one two | three four |\n| - | - |\n| five | six seven eight |\n| nine ten | **eleven** |\n";
    let words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"];
    for width in 10..60 {
        for frames in [Frames::Lines, Frames::Ascii, Frames::Plain] {
            let rows = typeset(table, width, &TypesetOptions { frames, ..TypesetOptions::default() });
            let text = rows.iter().map(Row::text).collect::<Vec<_>>().join("\n");
            let set: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
            for word in words {
                assert!(set.contains(&word), "{word} at {width}:\n{text}");
            }
        }
    }
}

/// All letters and digits of the text, in order.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Markdown that looks like Markdown: pieces put together at random.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "# ",
        "## ",
        "- ",
        "  - ",
        "1. ",
        "> ",
        "| a | b |\n| - | - |\n",
        "| c | 日本 |\n",
        "```\n",
        "```yaml\n",
        "```predict\n",
        "```notes\n",
        "```beat\ntext = \"a\"\n```\n",
        "```sketch\n",
        "```real\n",
        "*",
        "**",
        "`",
        "[^a]",
        "[^a]: ",
        "[x](section:1)",
        "\n",
        "\n\n",
        "    ",
        " ",
        "word",
        "a-much-longer-word-than-most",
        "e\u{301}",
        "👩‍👩‍👧",
        "日",
        "\t",
        "\u{7}",
        "<!--",
        "<b>",
        "---\n",
        "key: [1, \"a\"] # c\n",
        "id = \"a\"\n",
        "\\\n",
        "{}",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn check_widths(text: &str) {
    for width in [1, 2, 5, 10, 11, 17, 40, 62, 200] {
        for frames in [Frames::Lines, Frames::Ascii, Frames::Plain] {
            let options = TypesetOptions { frames, ..answered() };
            for row in typeset(text, width, &options) {
                let cells: usize = row.spans.iter().map(|span| text_width(&span.text)).sum();
                let is_code = row.spans.iter().any(|span| format!("{:?}", span.role).starts_with("Code"));
                let exempt = frames == Frames::Plain && is_code;
                assert!(exempt || cells <= usize::from(width), "{cells} cells at {width}: {:?}", row.text());
                assert!(!row.text().contains(|c: char| c.is_control()), "{:?}", row.text());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_panic_or_run_over(text in markdown()) {
        check_widths(&text);
    }

    #[test]
    fn no_characters_make_it_panic_or_run_over(text in any::<String>()) {
        check_widths(&text);
    }

    #[test]
    fn no_letter_is_lost_from_ten_cells_on(words in prop::collection::vec("[a-zA-Z0-9日本é]{1,30}", 1..40), width in 10u16..80) {
        let text = format!("{}\n\n- {}\n\n> {}\n", words.join(" "), words.join(" "), words.join(" "));
        let set: String = typeset(&text, width, &TypesetOptions::default()).iter().map(Row::text).collect();
        prop_assert_eq!(letters(&set), letters(&text));
    }
}

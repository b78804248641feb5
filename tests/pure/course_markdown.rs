//! Markdown and its directives: what is understood, and what is said about the rest.

use eastwest::course::directive::{Answer, Beat, Directive};
use eastwest::course::document::{BlockKind, Document, Role};
use eastwest::course::markdown::{inline, parse};

const EVERYTHING: &str = include_str!("data/everything.md");

fn directives(document: &Document) -> Vec<&Directive> {
    let directives = document.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Directive(directive) => Some(directive.as_ref()),
        _ => None,
    });
    directives.collect()
}

/// Parses `text` and compares all diagnostics with `expected`, one a line.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let (_, diagnostics) = parse(text, "s.md");
    let found: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
    assert_eq!(found, expected, "in\n{text}");
}

/// The only directive of `body` under the info string `name`.
#[track_caller]
fn check_fence(name: &str, body: &str, expected: &str) {
    let text = format!("# T\n\n```{name}\n{body}\n```\n");
    check(&text, &[expected]);
    let (document, _) = parse(&text, "s.md");
    assert!(
        matches!(directives(&document)[0], Directive::Broken { .. }),
        "a broken block stays in its place"
    );
}

#[test]
fn a_document_with_everything_has_no_diagnostics() {
    check(EVERYTHING, &[]);
}

#[test]
fn every_directive_becomes_its_value() {
    let (document, _) = parse(EVERYTHING, "s.md");
    let names: Vec<&str> = directives(&document).iter().map(|directive| directive.name()).collect();
    assert_eq!(
        names,
        [
            "beat",
            "beat",
            "notes",
            "lab",
            "beat",
            "calc",
            "predict",
            "predict",
            "recall",
            "pause",
            "sketch",
            "yaml apply"
        ]
    );
    let Directive::Predict(predict) = directives(&document)[6] else { panic!("a prediction") };
    let Answer::Choice(options) = &predict.answer else { panic!("a choice") };
    assert_eq!(options.len(), 2);
    assert_eq!(predict.right_option(70.4), Some(1));
    assert_eq!(predict.right_option(80.0), None);
    let Directive::Sketch { sketch, real } = directives(&document)[10] else { panic!("a sketch") };
    assert!(sketch.text.starts_with("priorityLb:") && real.text.starts_with("apiVersion"));
    assert_eq!(directives(&document)[1], &Directive::Beat(Beat::Show("s1-mesh".to_owned())));
}

#[test]
fn blocks_are_named_by_their_heading_and_know_their_line() {
    let (document, _) = parse("intro\n\n# The *rule*\n\ntext\n\n- item\n\n# The rule\n\nx", "s.md");
    let named: Vec<(&str, u32)> = document.blocks.iter().map(|b| (b.id.0.as_str(), b.line)).collect();
    assert_eq!(
        named,
        [
            ("top/0", 1),
            ("the-rule/0", 3),
            ("the-rule/1", 5),
            ("the-rule/2", 7),
            ("the-rule-2/0", 9),
            ("the-rule-2/1", 11)
        ]
    );
}

#[test]
fn emphasis_links_and_code_are_spans_with_a_role() {
    let spans = inline("a **b** `c` [d `e`](section:4) *f*");
    let spans: Vec<(Role, &str)> = spans.iter().map(|span| (span.role, span.text.as_str())).collect();
    let expected = [
        (Role::Text, "a "),
        (Role::Strong, "b"),
        (Role::Text, " "),
        (Role::Code, "c"),
        (Role::Text, " "),
        (Role::Link, "d e"),
        (Role::Text, " "),
        (Role::Emphasis, "f"),
    ];
    assert_eq!(spans, expected);
    assert_eq!(inline("1. x")[0].text, "1. x", "what is no sentence stays as written");
}

#[test]
fn footnotes_come_last_in_the_order_of_their_marks() {
    let (document, _) = parse("[^b]: bee\n\ntext[^a] and[^b]\n\n[^a]: ay\n", "s.md");
    let labels: Vec<&str> = document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Footnote { label, .. } => Some(label.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(labels, ["a", "b"]);
}

#[test]
fn deep_nesting_is_flattened_and_said() {
    let deep = format!("{}x", "> ".repeat(5000));
    let (document, diagnostics) = parse(&deep, "s.md");
    assert_eq!(diagnostics.len(), 1);
    assert!(diagnostics[0].what.starts_with("nested more than 12 deep"));
    assert_eq!(document.blocks.len(), 1);
}

#[test]
fn comments_are_for_authors_and_other_html_is_named() {
    check("<!-- one\n\ntwo -->\n\ntext <!-- x --> text\n", &[]);
    check(
        "a <b>c</b>\n",
        &[
            "s.md:1:3: warning: HTML is shown as it is written",
            "s.md:1:7: warning: HTML is shown as it is written",
        ],
    );
}

#[test]
fn an_unknown_key_names_the_nearest_one_where_it_stands() {
    check_fence(
        "lab",
        "id = \"a\"\nscenario = \"two-regions\"\n  captoin = \"x\"",
        "s.md:6:3: error: lab: unknown key 'captoin' (did you mean 'caption'?)",
    );
}

#[test]
fn an_unknown_key_near_nothing_gets_the_list() {
    check_fence(
        "recall",
        "colour = 1",
        "s.md:4:1: error: recall: unknown key 'colour' (the keys here are card)",
    );
}

#[test]
fn a_missing_key_points_at_the_fence() {
    check_fence("lab", "id = \"a\"", "s.md:3:1: error: lab: the key 'scenario' is missing");
}

#[test]
fn a_value_of_the_wrong_type_says_which_it_should_be() {
    check_fence("recall", "card = 3", "s.md:4:8: error: recall: expected a string, found integer '3'");
    check_fence(
        "lab",
        "id = \"a\"\nscenario = \"x\"\nset = \"a=b\"",
        "s.md:6:7: error: lab: expected a list, found string \"a=b\"",
    );
}

#[test]
fn broken_toml_points_at_its_line() {
    check_fence(
        "beat",
        "text = \"never closed",
        "s.md:4:21: error: beat: invalid basic string, expected '\"'",
    );
}

#[test]
fn columns_count_the_indent_of_a_block_in_a_list() {
    check(
        "- item\n\n  ```recall\n  crad = \"x\"\n  ```\n",
        &["s.md:4:3: error: recall: unknown key 'crad' (did you mean 'card'?)"],
    );
}

#[test]
fn a_misspelt_directive_is_not_taken_for_a_language() {
    check_fence(
        "predcit",
        "",
        "s.md:3:1: error: there is no block named 'predcit' (did you mean 'predict'?)",
    );
    check("```python\nx = 1\n```\n", &[]);
}

#[test]
fn a_beat_has_one_thing() {
    check_fence(
        "beat",
        "",
        "s.md:3:1: error: beat: a beat needs 'text' or 'show' (text = \"At most 25 words.\" or show = \"ID\")",
    );
    check_fence(
        "beat",
        "text = \"a\"\nshow = \"b\"",
        "s.md:5:8: error: beat: a beat has either 'text' or 'show', not both",
    );
    check_fence("beat", "text = \" \"", "s.md:4:8: error: beat: 'text' is empty");
}

#[test]
fn an_id_is_a_name() {
    check_fence(
        "lab",
        "id = \"S3 mesh\"\nscenario = \"x\"",
        "s.md:4:6: error: lab: 'S3 mesh' is not an id (small letters, digits and hyphens, a letter first: \"s3-mesh\")",
    );
}

#[test]
fn a_calc_has_one_place_for_its_number() {
    check_fence(
        "calc",
        "text = \"no number\"\n[claim]\nspill = [\"1/1\"]\nexpect = 100",
        "s.md:4:8: error: calc: a calc's text has exactly one {} for its number (text = \"{} % of calls stay.\")",
    );
}

/// A calc with this claim.
#[track_caller]
fn check_claim(claim: &str, expected: &str) {
    check_fence("calc", &format!("text = \"{{}}\"\n[claim]\n{claim}"), expected);
}

#[test]
fn a_claim_is_a_spill_or_a_run() {
    check_claim(
        "expect = 1",
        "s.md:5:1: error: calc: a claim needs 'spill', 'cost' or 'scenario' (spill = [\"2/4\", \"4/4\"], cost = [\"rps=360\"] or scenario = \"two-regions\")",
    );
    check_claim(
        "spill = [\"1/1\"]\nscenario = \"x\"\nexpect = 1",
        "s.md:5:1: error: calc: a claim has either 'spill' or 'scenario', not both (write two claims, or take one of them out)",
    );
    check_claim(
        "spill = [\"1/1\"]\nseed = 3\nexpect = 1",
        "s.md:6:9: error: calc: 'seed' belongs to a claim with 'scenario', not to one with 'spill'",
    );
    check_claim(
        "scenario = \"one-service\"\nexpect = 1",
        "s.md:5:1: error: calc: a claim from a run needs 'measure' (such as measure = \"success_percent\")",
    );
}

#[test]
fn a_cost_has_options_and_a_measure() {
    check_claim(
        "cost = [\"rps=360\"]\nexpect = 1",
        "s.md:6:8: error: calc: a claim with 'cost' needs 'measure' (such as measure = \"bills.mesh.transfer\")",
    );
    check_claim(
        "cost = [\"rps\"]\nmeasure = \"x\"\nexpect = 1",
        "s.md:6:8: error: calc: 'rps' is no option of a cost (write OPTION=VALUE, such as \"rps=360\")",
    );
    check_claim(
        "cost = []\nseed = 3\nexpect = 1",
        "s.md:6:8: error: calc: 'seed' does not belong to a claim with 'cost', which is a formula",
    );
    check_claim(
        "cost = []\nspill = [\"1/1\"]\nexpect = 1",
        "s.md:5:1: error: calc: a claim has either 'spill' or 'cost', not both (write two claims, or take one of them out)",
    );
}

#[test]
fn a_spill_has_levels_and_one_of_their_priorities() {
    check_claim(
        "spill = [\"2/x\"]\nexpect = 1",
        "s.md:6:9: error: calc: '2/x' is not a priority level (write healthy/total, such as \"2/4\" or \"2+1/4-1\")",
    );
    check_claim(
        "spill = [\"2/4\"]\npriority = 1\nexpect = 1",
        "s.md:6:9: error: calc: there is no priority 1 among 1 levels (priorities count from 0)",
    );
    check_claim(
        "spill = [\"2/4\"]\nexpect = 1\ntolerance = -1",
        "s.md:8:13: error: calc: a tolerance is 0 or more",
    );
}

/// A prediction with this kind and these lines after the claim.
#[track_caller]
fn check_predict(kind: &str, after: &str, expected: &str) {
    let body = format!(
        "id = \"p\"\nask = \"?\"\nwhy = \"so\"\n{kind}\n[claim]\nspill = [\"2/4\", \"4/4\"]\nexpect = 70\n{after}"
    );
    check_fence("predict", &body, expected);
}

#[test]
fn a_prediction_is_a_percentage_or_a_choice() {
    check_predict(
        "kind = \"percnt\"",
        "",
        "s.md:7:8: error: predict: unknown value 'percnt' (did you mean 'percent'?)",
    );
    check_predict(
        "kind = \"percent\"",
        "",
        "s.md:7:8: error: predict: a prediction in percent needs 'tolerance' (tolerance = 5)",
    );
    check_predict(
        "kind = \"percent\"\ntolerance = 99",
        "",
        "s.md:8:13: error: predict: a tolerance is 0 to 50 points",
    );
    check_predict(
        "kind = \"percent\"\ntolerance = 5",
        "[[option]]\ntext = \"a\"\nmin = 0\nmax = 1",
        "s.md:7:8: error: predict: a prediction in percent has no options (kind = \"choice\")",
    );
    check_predict(
        "kind = \"choice\"\ntolerance = 5",
        "",
        "s.md:8:13: error: predict: a choice has no tolerance (its options have 'min' and 'max')",
    );
    check_predict(
        "kind = \"choice\"",
        "",
        "s.md:7:8: error: predict: a choice needs at least two [[option]] tables",
    );
}

#[test]
fn exactly_one_option_holds_the_expected_number() {
    let options = |ranges: [(u32, u32); 2]| {
        let option = |(min, max): (u32, u32)| format!("[[option]]\ntext = \"a\"\nmin = {min}\nmax = {max}\n");
        ranges.map(option).concat()
    };
    let kind = "kind = \"choice\"";
    let help = "(mend the options' 'min' and 'max')";
    check_predict(
        kind,
        &options([(0, 10), (20, 30)]),
        &format!("s.md:7:8: error: predict: 0 options hold the expected 70; exactly one must {help}"),
    );
    check_predict(
        kind,
        &options([(0, 70), (70, 90)]),
        &format!("s.md:7:8: error: predict: 2 options hold the expected 70; exactly one must {help}"),
    );
    check_predict(
        kind,
        &options([(70, 60), (70, 90)]),
        "s.md:14:7: error: predict: an option's 'max' is below its 'min'",
    );
}

#[test]
fn a_sketch_and_its_real_side_come_together() {
    check(
        "```sketch\na\n```\n\ntext\n",
        &["s.md:1:1: error: a 'sketch' block is followed by its 'real' side"],
    );
    check("```real\na\n```\n", &["s.md:1:1: error: a 'real' block comes right after its 'sketch'"]);
    check(
        "```sketch\na\n```\n```real\nb\n```\n```real\nc\n```\n",
        &["s.md:7:1: error: a 'real' block comes right after its 'sketch'"],
    );
    check_fence(
        "sketch a b",
        "x",
        "s.md:3:1: error: 'sketch' takes one language after its name, found 'a b'",
    );
    check_fence("sketch", "", "s.md:3:1: error: sketch: there is nothing in it");
}

#[test]
fn words_after_a_name_are_refused() {
    check_fence("beat x", "text = \"a\"", "s.md:3:1: error: 'beat' takes nothing after its name, found 'x'");
    check_fence("yaml aply", "a: 1", "s.md:3:1: error: after 'yaml' comes 'apply' or nothing, found 'aply'");
}

#[test]
fn notes_are_markdown_without_directives() {
    check(
        "# T\n\n````notes\ntext[^x]\n\n```lab\n```\n````\n",
        &["s.md:4:1: error: there is no footnote 'x'", "s.md:6:1: error: 'lab' cannot stand inside notes"],
    );
    check_fence("notes", "", "s.md:3:1: error: notes: there is nothing in it");
}

#[test]
fn a_fence_that_never_closes_is_said() {
    check("# T\n\n```text\nlost\n\nmore\n", &["s.md:3:1: error: this fenced block is never closed"]);
}

#[test]
fn footnotes_and_their_marks_belong_together() {
    check("a[^x]\n", &["s.md:1:1: error: there is no footnote 'x'"]);
    check("a\n\n[^x]: b\n", &["s.md:3:1: warning: this footnote is never mentioned"]);
}

//! The rules of a course, each broken once in a small course that keeps them all.

use std::collections::{BTreeMap, BTreeSet};

use eastwest::course::Course;
use eastwest::course::lint::lint;

type Files = BTreeMap<String, String>;

const LESSON: &str = "lessons/11-x/lesson.toml";
const SECTION: &str = "lessons/11-x/01-one.md";
const DECK: &str = "quizzes/11-x/deck.toml";

/// A course of three short sections that keeps every rule.
fn course() -> Files {
    let section = |file: &str| {
        format!("[[section]]\nfile = \"{file}\"\nbudget = [\"20s\", \"30s\"]\nobjectives = [1]\n")
    };
    let lesson = format!(
        "schema = 1\ntitle = \"T\"\nepisode = 11\nof = 16\ncourse = \"C\"\nkind = \"K\"\nduration = \"1m15s\"\n\
         prerequisites = [\"p\"]\nsuccess = [\"s\"]\n[[objective]]\nid = 1\ntext = \"o\"\n{}{}{}\
         [[introduces]]\nconcept = \"c\"\nreturns = 14\nhow = \"h\"\n[[reinforces]]\nconcept = \"c\"\nfrom = 9\nhow = \"h\"\n",
        section("01-one.md"),
        section("02-two.md"),
        section("03-three.md"),
    );
    let deck: String = ["a", "b", "c"].map(card).concat();
    let text =
        |more: &str| format!("# Title\n\n```beat\ntext = \"w\"\n```\n\n{}\n{more}", "word ".repeat(40));
    let predict = "\n```predict\nid = \"p\"\nask = \"?\"\nkind = \"percent\"\ntolerance = 5\nwhy = \"so\"\ncard = \"e11.a\"\n\
                   [claim]\nspill = [\"2/4\", \"4/4\"]\nexpect = 70\n```\n";
    [
        (LESSON, lesson),
        (DECK, format!("schema = 1\ndeck = \"e11\"\n{deck}")),
        (SECTION, text("")),
        ("lessons/11-x/02-two.md", text("")),
        ("lessons/11-x/03-three.md", text(predict)),
    ]
    .map(|(file, text)| (file.to_owned(), text))
    .into()
}

fn card(name: &str) -> String {
    format!(
        "[[card]]\nid = \"e11.{name}\"\nkind = \"recall\"\nobjective = 1\nsection = 1\nquestion = \"?\"\n\
         answer = \"x\"\nreason = \"so\"\nsource = \"s\"\n"
    )
}

fn said(files: &Files) -> Vec<String> {
    let (course, mut found) = Course::build(files);
    let scenarios: BTreeSet<String> = ["one-service".to_owned(), "two-regions".to_owned()].into();
    found.extend(lint(&course, &scenarios));
    found.iter().map(ToString::to_string).collect()
}

/// Replaces `from` by `to` in a file of the good course and compares what is said, without the folder.
#[track_caller]
fn check(file: &str, from: &str, to: &str, expected: &[&str]) {
    let mut files = course();
    let text = files.get_mut(file).expect("a file of the course");
    assert!(text.contains(from), "{from:?} is not in {file}");
    *text = text.replacen(from, to, 1);
    let said: Vec<String> = said(&files)
        .iter()
        .map(|line| line.replace("lessons/11-x/", "").replace("quizzes/11-x/", ""))
        .collect();
    assert_eq!(said, expected);
}

/// Adds `text` at the end of the first section.
#[track_caller]
fn check_added(text: &str, expected: &[&str]) {
    check(SECTION, &"word ".repeat(40), &format!("{}\n\n{text}", "word ".repeat(40)), expected);
}

#[test]
fn the_good_course_keeps_every_rule() {
    assert_eq!(said(&course()), [""; 0]);
}

#[test]
fn there_are_prerequisites_and_success_criteria() {
    check(
        LESSON,
        "prerequisites = [\"p\"]",
        "prerequisites = []",
        &["lesson.toml: error: there are no prerequisites"],
    );
    check(
        LESSON,
        "success = [\"s\"]",
        "success = []",
        &["lesson.toml: error: there are no success criteria"],
    );
}

#[test]
fn objectives_have_sections_and_three_cards() {
    check(
        LESSON,
        "id = 1",
        "id = 2",
        &[
            "lesson.toml: error: objective 2 has no section",
            "lesson.toml: error: objective 2 has 0 cards; it needs 3",
            "lesson.toml: error: section 1 serves objective 1, which there is not",
            "lesson.toml: error: section 2 serves objective 1, which there is not",
            "lesson.toml: error: section 3 serves objective 1, which there is not",
            "deck.toml:4:1: error: there is no objective 1",
            "deck.toml:13:1: error: there is no objective 1",
            "deck.toml:22:1: error: there is no objective 1",
        ],
    );
}

#[test]
fn budgets_add_up_to_the_episode() {
    check(
        LESSON,
        "\"1m15s\"",
        "\"2m\"",
        &["lesson.toml: error: the budgets sum to 60 to 90 s and the episode takes 120 s"],
    );
    check(
        LESSON,
        "[\"20s\", \"30s\"]",
        "[\"40s\", \"30s\"]",
        &[
            "lesson.toml: error: the budget of section 1 starts above its end",
            "lesson.toml: error: the budgets sum to 80 to 90 s and the episode takes 75 s",
        ],
    );
    check(
        LESSON,
        "[\"20s\", \"30s\"]",
        "[\"20\", \"30s\"]",
        &[
            "lesson.toml:15:10: error: '20' is not a time of whole hours, minutes and seconds (such as 30s, 2m or 1m30s)",
        ],
    );
}

#[test]
fn the_plan_points_forwards_and_backwards() {
    check(
        LESSON,
        "returns = 14",
        "returns = 17",
        &["lesson.toml: error: 'c' returns in episode 17, which is not after 11 and at most 16"],
    );
    check(
        LESSON,
        "from = 9",
        "from = 11",
        &["lesson.toml: error: 'c' comes from episode 11, which is not before 11"],
    );
}

#[test]
fn sections_and_their_files_are_the_same_ones() {
    check(
        LESSON,
        "01-one.md",
        "01-on.md",
        &[
            "lesson.toml:14:8: error: there is no file '01-on.md' beside lesson.toml",
            "01-one.md: warning: no [[section]] of lesson.toml names this file",
        ],
    );
}

#[test]
fn a_section_has_one_title_on_its_first_line() {
    check(
        SECTION,
        "# Title",
        "\n# Title",
        &["01-one.md:1:1: error: a section starts with '# ' and its title on the first line"],
    );
    check_added(
        "# Again\n\n```beat\ntext = \"w\"\n```\n",
        &["01-one.md:9:1: error: a section has one title; the headings below it start with '##'"],
    );
}

#[test]
fn each_heading_has_one_beat_of_at_most_25_words() {
    check_added("## Step\n\ntext\n", &["01-one.md:9:1: error: this heading has no beat directly under it"]);
    check_added(
        "```beat\ntext = \"w\"\n```\n",
        &["01-one.md:9:1: error: a beat stands directly under a heading, and each heading has one"],
    );
    let long = "w ".repeat(26);
    check(
        SECTION,
        "text = \"w\"",
        &format!("text = \"{long}\""),
        &["01-one.md:3:1: error: this beat has 26 words; at most 25"],
    );
    check(
        SECTION,
        "text = \"w\"",
        "show = \"p\"",
        &["01-one.md:3:1: error: the beat shows 'p', and no lab, predict or recall of this section is that"],
    );
}

#[test]
fn a_section_is_as_long_as_its_time_allows() {
    check(
        SECTION,
        &"word ".repeat(40),
        &"word ".repeat(20),
        &["01-one.md:1:1: error: the section has 20 words of prose, not 30 to 250"],
    );
    check(
        LESSON,
        "\"30s\"",
        "\"2m\"",
        &["01-one.md:1:1: error: the section has 40 words of prose, not 250 to 700"],
    );
}

#[test]
fn a_section_that_breaks_something_asks_first() {
    check(
        "lessons/11-x/03-three.md",
        "```predict",
        "```text",
        &["03-three.md:1:1: error: this section breaks something and has no 'predict' before it"],
    );
}

#[test]
fn a_broken_block_is_not_also_missing() {
    let file = "lessons/11-x/03-three.md";
    check(
        file,
        "ask = ",
        "aks = ",
        &["03-three.md:11:1: error: predict: unknown key 'aks' (did you mean 'ask'?)"],
    );
}

#[test]
fn a_pattern_has_pros_and_cons() {
    check_added(
        "## Pattern 1\n\n```beat\ntext = \"w\"\n```\n\n- **For:** x\n\n## Other\n\n```beat\ntext = \"w\"\n```\n\nagainst: y\n",
        &["01-one.md:9:1: error: under this pattern there is no 'against:'"],
    );
}

#[test]
fn links_lead_somewhere() {
    check_added("[a](section:3) [b](https://x.org)\n", &[]);
    check_added("[a](section:4)\n", &["01-one.md:9:1: error: the link 'section:4' leads to no section"]);
    check_added(
        "- [a](other.md)\n",
        &["01-one.md:9:1: error: the link 'other.md' is neither section:NUMBER nor a page"],
    );
}

#[test]
fn directives_name_what_exists() {
    check_added("```recall\ncard = \"e11.z\"\n```\n", &["01-one.md:9:1: error: there is no card 'e11.z'"]);
    check(
        "lessons/11-x/03-three.md",
        "e11.a",
        "e11.z",
        &["03-three.md:9:1: error: there is no card 'e11.z'"],
    );
    let lab = |rest: &str| format!("```lab\nid = \"l\"\nscenario = \"two-regions\"\n{rest}\n```\n");
    check_added(
        &lab("").replace("two-regions", "two"),
        &["01-one.md:9:1: error: there is no scenario 'two'; there are one-service, two-regions"],
    );
    check_added(
        &lab("pattern = \"mash\""),
        &["01-one.md:9:1: error: there is no pattern 'mash'; there are dual, federation, mesh"],
    );
    check_added(
        &lab("set = [\"mesh.lb\"]"),
        &["01-one.md:9:1: error: 'mesh.lb' sets nothing; write KEY=VALUE"],
    );
    check_added(
        &lab("do = [\"20s down\"]"),
        &["01-one.md:9:1: error: '20s down' is no intervention; write \"TIME TARGET EFFECT\""],
    );
    check_added(
        &lab("").replace("\"l\"", "\"p\""),
        &["03-three.md:9:1: error: the id 'p' is taken by another lab or prediction"],
    );
}

#[test]
fn a_question_stands_where_it_can_be_asked() {
    check_added(
        "- x\n\n  ```recall\n  card = \"e11.a\"\n  ```\n",
        &["01-one.md:11:1: error: 'recall' cannot stand inside a list or a quote"],
    );
}

#[test]
fn cards_belong_to_the_lesson() {
    check(DECK, "section = 1", "section = 9", &["deck.toml:4:1: error: there is no section 9"]);
    check(
        DECK,
        "section = 1",
        "section = 1\npattern = \"mash\"",
        &["deck.toml:4:1: error: there is no pattern 'mash' (there are dual, federation, mesh)"],
    );
    check(DECK, "source = \"s\"", "", &["deck.toml:4:1: error: this card names no source"]);
}

#[test]
fn prose_is_plain_and_its_glyphs_are_one_cell_wide() {
    check_added(
        "It is simply done.\n",
        &["01-one.md:9:1: error: 'simply' tells a reader who is stuck that it is their fault"],
    );
    check_added("Done! `!`\n", &["01-one.md:9:1: error: an exclamation mark; say it plainly"]);
    check_added("`日` \"200 != 100\"\n", &[]);
    check_added(
        "日\n",
        &["01-one.md:9:1: error: the character '日' (U+65E5) is not one cell wide everywhere"],
    );
    check_added(
        "```notes\nall\n\n- is well!\n```\n",
        &["01-one.md:12:1: error: an exclamation mark; say it plainly"],
    );
    check(
        SECTION,
        "text = \"w\"",
        "text = \"w!\"",
        &["01-one.md:3:1: error: an exclamation mark; say it plainly"],
    );
    check(
        DECK,
        "reason = \"so\"",
        "reason = \"so!\"",
        &["deck.toml:4:1: error: an exclamation mark; say it plainly"],
    );
}

#[test]
fn a_course_without_a_lesson_says_so_once() {
    assert_eq!(said(&Files::new()), ["lessons: error: there is no lesson here"; 1]);
    let other = [
        ("lessons/a/lesson.toml".to_owned(), "schema = ".to_owned()),
        ("lessons/b/x.md".to_owned(), String::new()),
    ];
    let said = said(&other.into());
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("lessons/b: error: a course has one lesson"), "{said:?}");
}

//! Cards: what is read, what is refused, and how answers are marked.

use std::collections::BTreeMap;

use eastwest::course::quiz::Card;
use eastwest::course::{Course, Mark};

const FILE: &str = "quizzes/11-x/deck.toml";
const HEAD: &str = "schema = 1\ndeck = \"e11\"\n";

/// Reads one deck and gives its cards and what is said about it.
fn read(deck: &str) -> (Vec<Card>, Vec<String>) {
    let files: BTreeMap<String, String> =
        [("lessons/11-x/lesson.toml".to_owned(), String::new()), (FILE.to_owned(), deck.to_owned())].into();
    let (course, diagnostics) = Course::build(&files);
    let said = diagnostics.iter().filter(|found| found.file == FILE).map(ToString::to_string);
    (course.cards, said.map(|said| said.replace(FILE, "deck")).collect())
}

fn card(lines: &str) -> Card {
    let (mut cards, said) =
        read(&format!("{HEAD}[[card]]\n{lines}\nreason = \"so\"\nobjective = 1\nsection = 1\n"));
    assert_eq!(said, [""; 0], "in {lines}");
    cards.remove(0)
}

fn typed(answer: &str, accept: &[&str]) -> Card {
    card(&format!(
        "id = \"e11.a\"\nkind = \"typed\"\nquestion = \"?\"\nanswer = '{answer}'\naccept = {accept:?}"
    ))
}

#[track_caller]
fn check(lines: &str, expected: &str) {
    let common = "reason = \"so\"\nobjective = 1\nsection = 1\nquestion = \"?\"\n";
    let (cards, said) = read(&format!("{HEAD}[[card]]\nid = \"e11.a\"\n{common}{lines}\n"));
    assert_eq!(said, [expected], "in {lines}");
    assert!(cards.is_empty());
}

#[test]
fn a_typed_answer_may_differ_in_what_does_not_matter() {
    let card = typed("outlier detection", &["outlierDetection", "passive health check"]);
    for answer in
        ["Outlier Detection", " outlier-detection. ", "the outlier detection", "Passive health-check"]
    {
        assert_eq!(card.mark_typed(answer), Mark::Right, "{answer}");
    }
    for answer in ["outlier detecton", "outler detection", "otulier detection"] {
        assert_eq!(card.mark_typed(answer), Mark::Slip, "{answer}");
    }
    for answer in ["", "outlier", "otlier detecton", "active health check"] {
        assert_eq!(card.mark_typed(answer), Mark::Wrong, "{answer}");
    }
}

#[test]
fn short_words_and_numbers_are_taken_at_their_word() {
    assert_eq!(typed("DNS", &[]).mark_typed("dms"), Mark::Wrong);
    assert_eq!(typed("70 %", &[]).mark_typed("70"), Mark::Right);
    assert_eq!(typed("70 %", &[]).mark_typed("70 percent"), Mark::Right);
    assert_eq!(typed("about 70 %", &[]).mark_typed("about 79 %"), Mark::Wrong);
}

#[test]
fn a_choice_is_right_where_the_deck_says_so() {
    let option = |right: &str| format!("[[card.option]]\ntext = \"a\"\nwhy = \"b\"\n{right}");
    let options = [option(""), option("right = true"), option("")].join("\n");
    let common = "reason = \"so\"\nobjective = 1\nsection = 1\n";
    let deck =
        format!("{HEAD}[[card]]\nid = \"e11.a\"\nkind = \"choice\"\nquestion = \"?\"\n{common}{options}\n");
    let card = read(&deck).0.remove(0);
    let marks: Vec<Mark> = (0..4).map(|chosen| card.mark_choice(chosen)).collect();
    assert_eq!(marks, [Mark::Wrong, Mark::Right, Mark::Wrong, Mark::Wrong]);
    assert_eq!(card.mark_typed("A."), Mark::Right, "it is typed once it is known");
    assert_eq!(card.mark_typed("b"), Mark::Wrong);
}

#[test]
fn an_order_is_right_when_every_item_is_in_its_place() {
    let card = card("id = \"e11.a\"\nkind = \"order\"\nquestion = \"?\"\norder = [\"a\", \"b\", \"c\"]");
    assert_eq!(card.mark_order(&[0, 1, 2]), Mark::Right);
    for wrong in [&[1, 0, 2][..], &[0, 1], &[0, 1, 2, 2], &[], &[7, 8, 9]] {
        assert_eq!(card.mark_order(wrong), Mark::Wrong, "{wrong:?}");
    }
}

#[test]
fn the_content_hash_changes_with_the_content_only() {
    let hash = |question: &str, reason: &str| {
        let common = "objective = 1\nsection = 1\nanswer = \"An answer\"\nkind = \"recall\"";
        let lines = format!("id = \"e11.a\"\nquestion = '{question}'\nreason = '{reason}'\n{common}");
        read(&format!("{HEAD}[[card]]\n{lines}\n")).0.remove(0).content_hash()
    };
    let first = hash("Why does it fail over?", "so");
    assert_eq!(first, "6eda9dcafb036427", "kept in learners' logs: the same in every version");
    assert_eq!(first, hash("why  does it\tfail over?", "another reason"));
    assert_ne!(first, hash("Why does it not fail over?", "so"));
}

#[test]
fn a_wrong_card_does_not_hide_the_others() {
    let good = |id: &str| {
        format!(
            "[[card]]\nid = \"{id}\"\nkind = \"recall\"\nobjective = 1\nsection = 1\nquestion = \"?\"\nanswer = \"x\"\nreason = \"so\"\n"
        )
    };
    let (cards, said) =
        read(&format!("{HEAD}{}[[card]]\nid = \"e11.b\"\nkindd = 1\n{}", good("e11.a"), good("e11.c")));
    let ids: Vec<&str> = cards.iter().map(|card| card.id.as_str()).collect();
    assert_eq!(ids, ["e11.a", "e11.c"]);
    assert_eq!(said, ["deck:13:1: error: unknown key 'kindd' (did you mean 'kind'?)"]);
}

#[test]
fn an_id_is_taken_once() {
    let one = "[[card]]\nid = \"e11.a\"\nkind = \"recall\"\nobjective = 1\nsection = 1\nquestion = \"?\"\nanswer = \"x\"\nreason = \"so\"\n";
    let (cards, said) = read(&format!("{HEAD}{one}{one}"));
    assert_eq!(cards.len(), 1);
    assert_eq!(said, ["deck:12:1: error: the id 'e11.a' is taken (by the card at deck:4)"]);
}

#[test]
fn every_malformed_card_gets_its_sentence() {
    check("kind = \"recal\"", "deck:9:8: error: unknown value 'recal' (did you mean 'recall'?)");
    check("kind = \"recall\"", "deck:4:6: error: this card has no 'answer'");
    check("", "deck:3:1: error: the key 'kind' is missing");
    check(
        "kind = \"recall\"\nanswer = \"x\"\naccept = []",
        "deck:11:10: error: 'accept' belongs to a card of kind 'typed' or 'cloze' or 'choice'",
    );
    check(
        "kind = \"typed\"\nanswer = \"x\"\norder = []",
        "deck:11:9: error: 'order' belongs to a card of kind 'order'",
    );
    check("kind = \"choice\"", "deck:4:6: error: a choice has three or four [[card.option]] tables, not 0");
    let option = "[[card.option]]\ntext = \"a\"\nwhy = \"b\"\n";
    check(
        &format!("kind = \"choice\"\n{}", option.repeat(3)),
        "deck:4:6: error: exactly one option has right = true, not 0",
    );
    check(
        "kind = \"order\"\norder = [\"a\", \"b\"]",
        "deck:4:6: error: an order has at least three items, not 2 (order = [\"first\", \"second\", \"third\"])",
    );
    check(
        "kind = \"order\"\norder = [\"a\", \"b\", \"a\"]",
        "deck:4:6: error: two items of this order are the same",
    );
    check(
        "kind = \"cloze\"\nanswer = \"x\"",
        "deck:8:12: error: the question of a cloze has one gap, not 0 (write ___ where the answer belongs)",
    );
    check("kind = \"number\"", "deck:4:6: error: this card has no 'number' (such as number = 70)");
    check(
        "kind = \"number\"\nnumber = 7\ntolerance = -1",
        "deck:11:13: error: a number is finite, and a tolerance 0 or more",
    );
    check(
        "kind = \"fault\"\nanswer = \"x\"\nyaml = \"a: 1\"\nwrong = [2]",
        "deck:12:9: error: 'wrong' names lines from 1 to 1",
    );
    check(
        "kind = \"fault\"\nanswer = \"x\"",
        "deck:4:6: error: a card of kind 'fault' needs 'yaml' and 'wrong' (wrong = [7] names the wrong line, counted from 1)",
    );
    check(
        "kind = \"run\"",
        "deck:4:6: error: a card of kind 'run' needs a [card.run] table (with scenario, measure, expect and tolerance)",
    );
    check(
        "kind = \"run\"\n[card.run]\nspill = [\"2/4\", \"4/4\"]\nexpect = 70",
        "deck:10:1: error: a card of kind 'run' is about a run (name a 'scenario')",
    );
    check(
        "kind = \"recall\"\nanswer = \"x\"\n[[card.claim]]\nexpect = 3",
        "deck:11:1: error: a claim needs 'spill', 'cost' or 'scenario' (spill = [\"2/4\", \"4/4\"], cost = [\"rps=360\"] or scenario = \"two-regions\")",
    );
}

#[test]
fn an_id_belongs_to_its_deck() {
    let (_, said) = read(&format!(
        "{HEAD}[[card]]\nid = \"e12.A\"\nkind = \"recall\"\nobjective = 1\nsection = 1\nquestion = \"?\"\nanswer = \"x\"\nreason = \"so\"\n"
    ));
    let help = "('e11.' and small letters, digits, hyphens)";
    assert_eq!(said, [format!("deck:4:6: error: 'e12.A' is not the id of a card of this deck {help}")]);
}

#[test]
fn a_deck_has_a_head_and_cards() {
    assert_eq!(
        read("schema = 1\ndeck = \"e11\"\n").1,
        ["deck:1:1: error: there is no [[card]] in this deck"]
    );
    let said = read("schema = 2\ndek = \"e11\"\ncard = []\n").1;
    assert_eq!(said, ["deck:2:1: error: unknown key 'dek' (did you mean 'deck'?)"]);
    assert_eq!(
        read("schema = \n").1,
        ["deck:1:10: error: string values must be quoted, expected literal string"]
    );
}

#[test]
fn a_deck_says_whether_it_is_about_earlier_episodes() {
    let lines = "[[card]]\nid = \"e11.a\"\nkind = \"recall\"\nquestion = \"?\"\nanswer = \"!\"\nreason = \"so\"\nobjective = 1\nsection = 1\n";
    for (key, earlier) in [("", false), ("earlier = false\n", false), ("earlier = true\n", true)] {
        let (cards, said) = read(&format!("{HEAD}{key}{lines}"));
        assert_eq!((cards.len(), cards[0].earlier, said.len()), (1, earlier, 0), "{said:?}");
    }
}

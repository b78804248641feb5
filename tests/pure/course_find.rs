//! Search in the lesson.

use eastwest::course::find::find;
use eastwest::course::markdown::parse;
use eastwest::course::{Lesson, Section};

fn lesson() -> Lesson {
    let texts = [
        "# One\n\n```beat\ntext = \"mesh beat\"\n```\n\nA mesh routes, by locality.\n\n## Step\n\n- a **Mesh**\n- of proxies\n",
        "# Two\n\n```notes\nthe mesh in notes\n```\n\n| mesh | x |\n| - | - |\n| y | locality |\n\n```yaml apply\nkind: MeshConfig\n```\n",
    ];
    let sections = (1..).zip(texts).map(|(number, text)| {
        let (document, _) = parse(text, "s.md");
        let steps = Section::steps_of(&document, "Intro");
        Section { number, steps, document, ..Section::default() }
    });
    Lesson { sections: sections.collect(), ..Lesson::default() }
}

#[track_caller]
fn check(wanted: &str, expected: &[(usize, usize, &str)]) {
    let hits = find(&lesson(), wanted);
    let hits: Vec<(usize, usize, &str)> =
        hits.iter().map(|hit| (hit.section, hit.block, hit.step.as_str())).collect();
    assert_eq!(hits, expected, "{wanted}");
}

#[test]
fn every_word_is_in_the_block_whatever_its_case() {
    check("MESH", &[(1, 2, "Intro"), (1, 4, "Step"), (2, 2, "Intro"), (2, 3, "Intro")]);
    check("locality mesh", &[(1, 2, "Intro"), (2, 2, "Intro")]);
    check("federation", &[]);
    check("  ", &[]);
}

#[test]
fn an_excerpt_shows_the_word_and_what_is_around_it() {
    let text = format!("# T\n\n{} Ärger NEEDLE after {}\n", "before ".repeat(20), "after ".repeat(40));
    let (document, _) = parse(&text, "s.md");
    let section = Section { number: 1, document, ..Section::default() };
    let hits = find(&Lesson { sections: vec![section], ..Lesson::default() }, "needle");
    assert_eq!(hits.len(), 1);
    let excerpt = &hits[0].excerpt;
    assert!(
        excerpt.starts_with('…') && excerpt.ends_with('…') && excerpt.contains("Ärger NEEDLE"),
        "{excerpt}"
    );
    assert_eq!(excerpt.chars().count(), 74);
}

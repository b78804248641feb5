//! The shipped course: it keeps its own rules, and the command line reads and checks it.

use std::fs;
use std::path::Path;

use eastwest::app::claim;
use eastwest::app::home::card_refs;
use eastwest::cli::Outcome;
use eastwest::cli::check::{self, CheckArgs};
use eastwest::cli::read::{self, ReadArgs};
use eastwest::cli::scenarios::Scenarios;
use eastwest::course::claim::Claim;
use eastwest::course::directive::Directive;
use eastwest::course::document::BlockKind;
use eastwest::course::lint::lint;
use eastwest::course::{CardKind, Course};
use eastwest::learner::Learner;
use eastwest::pace;
use eastwest::srs::Moment;
use eastwest::store::library::{Library, LibraryError};
use saphyr::{LoadableYamlNode as _, Yaml};

fn shipped() -> (Course, Vec<String>) {
    let library = Library::embedded();
    let (course, mut found) = Course::build(&library.files);
    found.extend(library.diagnostics.clone());
    found.extend(lint(&course, &library.scenarios()));
    (course, found.iter().map(ToString::to_string).collect())
}

/// What `check` prints on a folder, and how it ends.
fn check_folder(folder: &Path, evaluate: Option<check::Evaluate<'_>>) -> (String, Outcome) {
    let mut out = Vec::new();
    let outcome = check::run(&CheckArgs::default(), Some(folder), evaluate, &mut out).expect("a course");
    (String::from_utf8(out).expect("text"), outcome)
}

fn read_section(section: &str, width: u16, color: bool) -> String {
    let args = ReadArgs { section: Some(section.to_owned()), width, notes: false, ..ReadArgs::default() };
    let mut out = Vec::new();
    read::run(&args, &shipped().0, color, None, &mut out).expect("a section");
    String::from_utf8(out).expect("text")
}

#[test]
fn the_shipped_course_keeps_its_rules() {
    let (course, found) = shipped();
    assert_eq!(found, [""; 0]);
    assert_eq!(course.lesson.sections.len(), 10);
    assert_eq!(course.lesson.objectives.len(), 4);
    assert_eq!(course.lesson.success.len(), 4);
    assert!(course.cards.len() >= 24, "{} cards", course.cards.len());
    for kind in ["recall", "typed", "choice", "order"] {
        assert!(course.cards.iter().any(|card| card.kind.name() == kind), "no card of kind {kind}");
    }
}

#[test]
fn the_budgets_of_the_shipped_course_can_be_kept_in_its_duration() {
    let lesson = shipped().0.lesson;
    let budgets = lesson.sections.iter().map(|section| section.budget.into()).collect();
    let targets = pace::Targets::new(budgets, lesson.duration);
    assert_eq!(pace::check(&targets), ["budgets 14:00 to 19:00, duration 15:00, slack 1:00"]);
    let planned: Vec<u64> = pace::plan(&targets).sections.iter().map(std::time::Duration::as_secs).collect();
    assert_eq!(planned, [72, 30, 192, 192, 120, 72, 60, 60, 72, 30]);
}

#[test]
fn a_manifest_that_may_be_applied_is_yaml_with_a_version_a_kind_and_a_name() {
    let (course, _) = shipped();
    let blocks = course.lesson.sections.iter().flat_map(|section| &section.document.blocks);
    let manifests: Vec<&str> = blocks
        .filter_map(|block| match &block.kind {
            BlockKind::Directive(directive) => match &**directive {
                Directive::Apply { text } => Some(text.as_str()),
                _ => None,
            },
            _ => None,
        })
        .collect();
    assert!(!manifests.is_empty());
    for text in manifests {
        let objects = Yaml::load_from_str(text).unwrap_or_else(|error| panic!("{error} in\n{text}"));
        for object in objects {
            let name = object.as_mapping_get("metadata").and_then(|it| it.as_mapping_get("name"));
            assert!(name.and_then(Yaml::as_str).is_some(), "no name in\n{text}");
            for key in ["apiVersion", "kind"] {
                let value = object.as_mapping_get(key).and_then(Yaml::as_str);
                assert!(value.is_some_and(|value| !value.is_empty()), "no {key} in\n{text}");
            }
        }
    }
}

#[test]
fn a_typed_card_accepts_its_own_answers() {
    for card in shipped().0.cards {
        match &card.kind {
            CardKind::Typed { accept } | CardKind::Cloze { accept } => {
                for answer in accept.iter().chain([&card.answer]) {
                    assert!(card.mark_typed(answer).is_right(), "{} refuses {answer}", card.id);
                }
            }
            CardKind::Number(number) => {
                assert!(number.mark(&number.words()).is_right(), "{} refuses {}", card.id, number.words());
            }
            CardKind::Choice { options, accept } => {
                for answer in accept {
                    assert!(card.mark_typed(answer).is_right(), "{} refuses {answer}", card.id);
                }
                for option in options.iter().filter(|option| !option.right && !accept.is_empty()) {
                    assert!(!card.mark_typed(&option.text).is_right(), "{} takes {}", card.id, option.text);
                }
            }
            _ => {}
        }
    }
}

#[test]
fn most_choices_are_marked_when_they_are_asked_as_typed() {
    let (course, _) = shipped();
    let lists = course.cards.iter().filter_map(|card| match &card.kind {
        CardKind::Choice { accept, .. } => Some((card.id.as_str(), accept.len())),
        _ => None,
    });
    let (typed, said): (Vec<_>, Vec<_>) = lists.partition(|(_, count)| *count > 0);
    assert!(typed.iter().all(|(_, count)| (5..=15).contains(count)), "{typed:?}");
    // Their right option is a sentence: nobody types that as it is listed.
    let said: Vec<&str> = said.into_iter().map(|(id, _)| id).collect();
    assert_eq!(
        said,
        ["e11.primary-down", "e11.no-outlier-no-failover", "e11.two-owners-one-zone", "e11.drill-first"]
    );
}

#[test]
fn the_first_new_cards_of_a_day_are_about_earlier_episodes() {
    let (course, _) = shipped();
    let now = Moment { ms: 1_795_345_200_000, offset: 60 };
    let fresh = Learner::default().agenda(&card_refs(&course.cards), now).fresh;
    let earlier: Vec<bool> = fresh.iter().map(|id| course.card(id).unwrap().earlier).collect();
    assert_eq!(earlier, [vec![true; 3], vec![false; 9]].concat(), "{fresh:?}");
    assert_eq!(course.cards.iter().filter(|card| card.earlier).count(), 6);
}

#[test]
fn the_binary_and_the_folder_hold_the_same_course() {
    let folder = Library::folder(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the repository is a course");
    assert_eq!(folder, Library::embedded());
}

#[test]
fn a_folder_that_is_no_course_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(matches!(Library::folder(folder.path()), Err(LibraryError::NoCourse { .. })));
    let error = Library::folder(&folder.path().join("none")).expect_err("it is not there");
    assert!(error.to_string().starts_with("could not read the course in '"), "{error}");
}

#[test]
fn files_that_cannot_be_text_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = folder.path().join("lessons/11-x");
    fs::create_dir_all(&lesson).expect("a folder");
    fs::write(lesson.join("01.md"), b"# T\nab\xff").expect("a file");
    fs::write(lesson.join("02.md"), vec![b'x'; (1 << 20) + 1]).expect("a file");
    fs::write(lesson.join("03.png"), b"\xff").expect("a file");
    fs::write(lesson.join(".04.md"), b"\xff").expect("a file");
    let (printed, outcome) = check_folder(folder.path(), None);
    assert_eq!(outcome, Outcome::Found);
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(
        lines,
        [
            "lessons: error: there is no lesson here",
            "lessons/11-x/01.md:2:3: error: this is not UTF-8 from here on",
            "lessons/11-x/02.md: error: is larger than 1048576 bytes and was not read",
            "0 sections, 0 words, 0 cards, 0 claims worked out: 3 errors, 0 warnings",
            "not checked yet: missions, manifests",
        ]
    );
}

#[test]
fn check_works_claims_out_when_it_can() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (printed, outcome) = check_folder(repository, None);
    assert_eq!(outcome, Outcome::Done, "{printed}");
    assert!(printed.ends_with("not checked yet: missions, manifests, claims\n"), "{printed}");

    let as_expected = |claim: &Claim, _: &Scenarios| Ok(claim.expect);
    let (printed, outcome) = check_folder(repository, Some(&as_expected));
    assert_eq!(outcome, Outcome::Done, "{printed}");
    assert!(printed.ends_with("not checked yet: missions, manifests\n"), "{printed}");

    let off = |claim: &Claim, _: &Scenarios| Ok(claim.expect + claim.tolerance + 0.5);
    let (printed, outcome) = check_folder(repository, Some(&off));
    assert_eq!(outcome, Outcome::Found);
    assert!(printed.contains("came out, 50 is claimed (expect = "), "{printed}");

    let refuses = |_: &Claim, _: &Scenarios| Err("there is no such path".to_owned());
    let (printed, outcome) = check_folder(repository, Some(&refuses));
    assert_eq!(outcome, Outcome::Found);
    assert!(printed.contains("cannot be worked out: there is no such path"), "{printed}");
}

#[test]
fn every_number_of_the_shipped_course_comes_out_as_claimed() {
    let (printed, outcome) = check_folder(Path::new(env!("CARGO_MANIFEST_DIR")), Some(&claim::evaluate));
    assert_eq!(outcome, Outcome::Done, "{printed}");
}

#[test]
fn a_lab_that_would_not_open_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let lesson = folder.path().join("lessons/11-x");
    fs::create_dir_all(&lesson).expect("a folder");
    let section = "[[section]]\nfile = \"01.md\"\nbudget = [\"1s\", \"9s\"]\nobjectives = []\n";
    let head = "schema = 1\ntitle = \"T\"\nepisode = 1\nof = 2\ncourse = \"C\"\nkind = \"K\"\nduration = \"5s\"\n\
                prerequisites = [\"p\"]\nsuccess = [\"s\"]\nobjective = []\n";
    fs::write(lesson.join("lesson.toml"), format!("{head}{section}")).expect("a file");
    let lab =
        |id: &str, more: &str| format!("```lab\nid = \"{id}\"\nscenario = \"two-regions\"\n{more}\n```\n");
    let labs = [
        lab("a", "set = [\"mesh.lb=random\"]"),
        lab("b", "set = [\"mesh.bl=random\"]"),
        lab("c", "do = [\"20s mars down\"]"),
    ];
    let words = "word ".repeat(40);
    let text = format!("# T\n```beat\ntext = \"w\"\n```\n{words}\n{}", labs.concat());
    fs::write(lesson.join("01.md"), text).expect("a file");
    let (printed, _) = check_folder(folder.path(), None);
    let lines: Vec<&str> =
        printed.lines().filter_map(|line| line.strip_prefix("lessons/11-x/01.md:")).collect();
    assert_eq!(lines.len(), 2, "{printed}");
    assert!(lines[0].starts_with("11:1: error: ") && lines[0].contains("mesh.bl"), "{printed}");
    assert!(lines[1].starts_with("16:1: error: ") && lines[1].contains("mars"), "{printed}");
}

#[test]
fn read_prints_a_section_as_linear_text() {
    let text = read_section("4", 80, false);
    assert!(
        text.starts_with("Section 4 of 10\n# Service Mesh for Locality-Aware Traffic\n"),
        "{}",
        &text[..80]
    );
    assert!(text.contains("\n## Answers\n") && text.contains("\nAnswer: "));
    assert!(!text.contains(['│', '┌', '┃', '▍', '\u{1b}']), "nothing is drawn, nothing is colored");
    let prose = text.lines().filter(|line| !line.starts_with("    "));
    for line in prose {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert_eq!(text, read_section("locality", 80, false), "a part of the title names it too");
}

#[test]
fn read_with_color_is_the_same_text() {
    let colored = read_section("3", 72, true);
    assert!(colored.contains("\u{1b}[1;4m"));
    let mut plain = String::new();
    for part in colored.split('\u{1b}') {
        plain.push_str(if plain.is_empty() {
            part
        } else {
            part.split_once('m').map_or(part, |(_, rest)| rest)
        });
    }
    assert_eq!(plain, read_section("3", 72, false));
}

#[test]
fn read_names_the_sections_when_there_is_none_of_that_name() {
    let args =
        ReadArgs { section: Some("eleven".to_owned()), width: 80, notes: false, ..ReadArgs::default() };
    let error = read::run(&args, &shipped().0, false, None, &mut Vec::new()).expect_err("no such section");
    assert!(error.to_string().starts_with("there is no section 'eleven'; they are 1 "), "{error}");
}

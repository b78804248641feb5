//! The hand-out of a class: `eastwest read --format html|md`.

use std::collections::{BTreeMap, BTreeSet};

use eastwest::app::claim;
use eastwest::app::lab::still::Still;
use eastwest::app::state::Go;
use eastwest::cli::lab::LabArgs;
use eastwest::cli::read::{self, ReadArgs, ReadFormat};
use eastwest::course::claim::{Claim, How};
use eastwest::course::directive::{Answer, Directive, Predict};
use eastwest::course::document::{Block, BlockKind};
use eastwest::course::markdown::{inline, parse};
use eastwest::course::typeset::figure_text;
use eastwest::course::{Course, Role, Section, Span};
use serde_json::Value;

use crate::cli::{check, eastwest, home, text};
use crate::reader::{course, scenarios};

/// A phone on a bad connection should not wait for it.
const BYTES_MAX: usize = 1_000_000;

/// A hand-out with the numbers that the text is held to.
fn printed(course: &Course, section: Option<&str>, format: ReadFormat) -> String {
    let args = ReadArgs { section: section.map(str::to_owned), format, ..ReadArgs::default() };
    let mut out = Vec::new();
    read::hand_out(&args, course, &scenarios(), None, &mut out).expect("a hand-out");
    String::from_utf8(out).expect("text")
}

fn html() -> String {
    printed(&course(), None, ReadFormat::Html)
}

fn md() -> String {
    printed(&course(), None, ReadFormat::Md)
}

/// An element's name and attributes.
type Element = (String, BTreeMap<String, String>);

/// The elements of a page in their order, and its text without them; or what is wrong with it.
fn parsed(page: &str) -> Result<(Vec<Element>, String), String> {
    let mut rest = page.strip_prefix("<!DOCTYPE html>\n").ok_or("no doctype")?;
    let (mut open, mut elements, mut words) = (Vec::<String>::new(), Vec::new(), String::new());
    while let Some(at) = rest.find('<') {
        words += &unescaped(&rest[..at])?;
        let end = at + rest[at..].find('>').ok_or("a tag is never closed")?;
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let last = open.pop().ok_or_else(|| format!("</{name}> closes nothing"))?;
            if last != name {
                return Err(format!("</{name}> stands where </{last}> should"));
            }
            continue;
        }
        let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, attributes) = tag.trim_end().split_once(' ').unwrap_or((tag.trim_end(), ""));
        elements.push((name.to_owned(), attributes_of(attributes)?));
        if !is_empty {
            open.push(name.to_owned());
        }
    }
    words += &unescaped(rest)?;
    if open.is_empty() { Ok((elements, words)) } else { Err(format!("never closed: {open:?}")) }
}

fn attributes_of(text: &str) -> Result<BTreeMap<String, String>, String> {
    let mut attributes = BTreeMap::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (name, value) = rest.split_once("=\"").ok_or_else(|| format!("no value: {rest}"))?;
        let (value, after) = value.split_once('"').ok_or_else(|| format!("a quote stays open: {rest}"))?;
        if attributes.insert(name.to_owned(), unescaped(value)?).is_some() {
            return Err(format!("{name} twice: {text}"));
        }
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    Ok(attributes)
}

fn unescaped(text: &str) -> Result<String, String> {
    let mut parts = text.split('&');
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(';').ok_or_else(|| format!("& stands alone: {part}"))?;
        whole += match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "#39" => "'",
            other => return Err(format!("&{other};")),
        };
        whole += rest;
    }
    Ok(whole)
}

fn predictions(course: &Course) -> Vec<&Predict> {
    let directives = course.lesson.sections.iter().flat_map(Section::directives);
    directives
        .filter_map(|(_, directive)| match directive {
            Directive::Predict(predict) => Some(predict),
            _ => None,
        })
        .collect()
}

#[test]
fn the_checker_of_pages_finds_what_is_wrong() {
    for (page, wrong) in [
        ("<p>a</b>", "stands where"),
        ("<p>", "never closed"),
        ("a</p>", "closes nothing"),
        ("<p a=b></p>", "no value"),
        ("<p a=\"b></p>", "a quote stays open"),
        ("a & b", "& stands alone"),
        ("&nbsp;", "&nbsp;"),
    ] {
        let found = parsed(&format!("<!DOCTYPE html>\n{page}")).expect_err(page);
        assert!(found.contains(wrong), "{page}: {found}");
    }
    assert!(parsed("<!DOCTYPE html>\n<p a=\"b&lt;\">c<br />d</p>").is_ok());
}

#[test]
fn the_page_is_whole_and_asks_for_nothing_outside_it() {
    let page = html();
    assert!(page.len() < BYTES_MAX, "{} bytes", page.len());
    let (elements, _) = parsed(&page).unwrap_or_else(|wrong| panic!("{wrong}"));
    for (name, attributes) in &elements {
        let asks = ["script", "link", "img", "iframe", "object", "embed", "base", "use", "image"];
        assert!(!asks.contains(&name.as_str()), "<{name}>");
        for (attribute, value) in attributes {
            let links = attribute == "href" && name == "a";
            assert!(links || !value.contains("http"), "<{name} {attribute}={value:?}>");
            assert!(attribute != "src" && !attribute.starts_with("on"), "<{name} {attribute}>");
        }
    }
    let style =
        page.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>")).expect("a style").0;
    assert!(!style.contains("url(") && !style.contains("@import"), "{style}");
    assert!(style.contains("prefers-color-scheme:dark"));
    assert!(page.contains("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />"));
}

#[test]
fn every_link_inside_the_page_leads_somewhere_and_only_there() {
    let (elements, _) = parsed(&html()).expect("a page");
    let mut ids = BTreeSet::new();
    for id in elements.iter().filter_map(|(_, attributes)| attributes.get("id")) {
        assert!(ids.insert(id.clone()), "the id {id} twice");
    }
    let links = elements.iter().filter_map(|(_, attributes)| attributes.get("href"));
    let inside: Vec<&str> = links.filter_map(|link| link.strip_prefix('#')).collect();
    assert!(inside.len() > 40, "{}", inside.len());
    for target in inside {
        assert!(ids.contains(target), "nothing is named {target}");
    }
    // Of one section a link to another one is its words.
    let alone = printed(&course(), Some("3"), ReadFormat::Html);
    assert!(!alone.contains("#section-7") && alone.contains("section 7"));
}

#[test]
fn each_lab_is_a_picture_with_words_and_the_line_that_opens_it() {
    let course = course();
    let labs: Vec<&str> = course
        .lesson
        .sections
        .iter()
        .flat_map(Section::directives)
        .filter_map(|(_, directive)| match directive {
            Directive::Lab(lab) => Some(lab.caption.as_str()),
            _ => None,
        })
        .collect();
    let (elements, words) = parsed(&html()).expect("a page");
    let pictures: Vec<&String> = elements
        .iter()
        .filter(|(name, _)| name == "svg")
        .map(|(_, attributes)| attributes.get("aria-label").expect("a label"))
        .collect();
    assert_eq!(pictures.len(), labs.len());
    for (picture, caption) in pictures.into_iter().zip(labs) {
        assert!(picture.starts_with(caption) && picture.contains("of the requests ended well"), "{picture}");
        assert!(words.contains(caption));
    }
    let cut = "eastwest lab --from 'eastwest sim two-regions --seed 7 --duration 30s --set mesh.connect_timeout=1s \
               --do \"20s us-east-1~us-west-2 cut\"'";
    // Under the picture, and in the table at the end.
    assert_eq!(words.matches(cut).count(), 2);
    let lab = printed(&course, Some("7"), ReadFormat::Md);
    assert!(lab.contains(&format!("> ```sh\n> {cut}\n> ```")), "{lab}");
    assert!(lab.contains("The link between us-east-1 and us-west-2 is cut."));
}

#[test]
fn the_line_under_a_picture_opens_what_it_shows() {
    let (course, scenarios) = (course(), scenarios());
    for (_, directive) in course.lesson.sections.iter().flat_map(Section::directives) {
        let Directive::Lab(lab) = directive else { continue };
        let still = Still::of(lab, &scenarios).expect("a lab");
        let words = shlex::split(&still.open).expect("a line for a shell");
        assert_eq!(words[..3], ["eastwest", "lab", "--from"]);
        let args = LabArgs { from: Some(words[3].clone()), ..LabArgs::default() };
        assert_eq!(args.start().expect("it opens"), Go::LabOf(Box::new(still.opening)), "{}", still.open);
    }
}

/// Without what is folded.
fn unfolded(page: &str) -> String {
    let mut parts = page.split("<details>");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + part.split_once("</details>").expect("it is closed").1)
}

#[test]
fn answers_are_folded_and_notes_and_beats_are_not_there() {
    let course = course();
    let (page, md) = (html(), md());
    let (_, words) = parsed(&page).expect("a page");
    let (_, open_words) = parsed(&unfolded(&page)).expect("a page");
    let open_md = unfolded(&md);
    let plain = |text: &str| inline(text).iter().map(|span| span.text.as_str()).collect::<String>();
    for predict in predictions(&course) {
        assert!(words.contains(&plain(&predict.ask)) && open_words.contains(&plain(&predict.ask)));
        assert!(words.contains(&plain(&predict.why)), "{}", predict.why);
        assert!(!open_words.contains(&plain(&predict.why)), "{} stands open", predict.why);
        let begin: String = predict.why.chars().take_while(|c| c.is_alphanumeric() || *c == ' ').collect();
        assert!(md.contains(&begin) && !open_md.contains(&predict.why), "{}", predict.why);
        if let Answer::Choice(options) = &predict.answer {
            assert!(options.iter().all(|option| open_words.contains(&plain(&option.text))));
        }
    }
    for (_, directive) in course.lesson.sections.iter().flat_map(Section::directives) {
        match directive {
            Directive::Recall { card } => {
                let card = course.card(card).expect("a card");
                assert!(open_words.contains(&plain(&card.question)));
                assert!(words.contains(&plain(&card.reason)) && !open_words.contains(&plain(&card.reason)));
            }
            Directive::Notes(notes) => {
                let said = notes.blocks.iter().map(Block::text).find(|text| text.len() > 20).expect("notes");
                assert!(!words.contains(&said) && !md.contains(&said), "{said}");
            }
            Directive::Sketch { sketch, real } => {
                assert!(words.contains(sketch.text.trim_end()) && words.contains(real.text.trim_end()));
            }
            _ => {}
        }
    }
    assert!(!words.contains("One question for each pattern"), "a beat is for the audience");
}

/// The words in a block and what each is, without regard to where links lead and what footnotes are called.
fn content(block: &Block) -> Vec<(Role, String)> {
    match &block.kind {
        BlockKind::List { items, .. } => items.iter().flatten().flat_map(content).collect(),
        BlockKind::Quote(blocks) | BlockKind::Footnote { blocks, .. } => {
            blocks.iter().flat_map(content).collect()
        }
        BlockKind::Code { language, text } => vec![(Role::CodePlain, format!("{language}\n{text}"))],
        _ => block.spans().flat_map(words_of).collect(),
    }
}

fn words_of(span: &Span) -> Vec<(Role, String)> {
    match span.role {
        Role::FootnoteMark => vec![(Role::FootnoteMark, String::new())],
        Role::Code => vec![(Role::Code, span.text.clone())],
        role => span.text.split_whitespace().map(|word| (role, word.to_owned())).collect(),
    }
}

#[test]
fn reading_the_markdown_gives_the_lessons_text_again() {
    let course = course();
    for section in &course.lesson.sections {
        let number = section.number.to_string();
        // Alone it has links to no other section; of the whole lesson only the part from here on is looked at.
        let md = md();
        let from = md.find(&format!("<a id=\"section-{number}\">")).expect("the section");
        let (document, _) = parse(&md[from..], "here");
        let found: Vec<_> = document.blocks.iter().map(content).collect();
        let blocks = section.document.blocks.iter().filter(|block| block.directive().is_none());
        for block in blocks.filter(|block| !matches!(block.kind, BlockKind::Heading { level: 1, .. })) {
            let wanted = content(block);
            assert!(found.contains(&wanted), "section {number}, line {}: {wanted:?}", block.line);
        }
    }
    assert!(!md().contains("\\."), "a number with a dot is no reason for a backslash here");
}

#[test]
fn what_it_computes_is_in_it_and_each_run_gives_the_same_bytes() {
    let home = home();
    for format in ["html", "md"] {
        let args = ["read", "7", "--format", format];
        let (first, second) = (eastwest(home.path(), &args), eastwest(home.path(), &args));
        check(&first, 0);
        assert_eq!(first.stdout, second.stdout);
        let printed = text(&first.stdout);
        let course = course();
        let scenarios = scenarios();
        let section = course.section(7).expect("section 7");
        for (_, directive) in section.directives() {
            let Directive::Calc(calc) = directive else { continue };
            let number = figure_text(claim::evaluate(&calc.claim, &scenarios).expect("a number"));
            let before = calc.text.split("{}").next().and_then(|text| text.rsplit(['`', '*', '$']).next());
            let before = before.expect("words").replace('\'', if format == "html" { "&#39;" } else { "'" });
            let at = printed.find(&*before).unwrap_or_else(|| panic!("{before}"));
            let near: String = printed[at..].chars().take(before.len() + 80).collect();
            assert!(near.contains(&number), "{number}: {near}");
        }
    }
}

/// The number that a prediction's command prints.
fn repeated(line: &str, claim: &Claim) -> Option<f64> {
    let words = shlex::split(line).expect("a line for a shell");
    let args: Vec<&str> = words[1..].iter().map(String::as_str).chain(["--json"]).collect();
    let output = eastwest(home().path(), &args);
    check(&output, 0);
    let How::Run(run) = &claim.how else { return None };
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let report = json["patterns"].as_object().and_then(|patterns| patterns.values().next()).expect("one run");
    run.measure.split('.').try_fold(report, |value, key| value.get(key)).and_then(Value::as_f64)
}

#[test]
fn the_line_of_a_prediction_prints_its_number() {
    let course = course();
    let scenarios = scenarios();
    let (_, words) = parsed(&html()).expect("a page");
    let mut compared = 0;
    for predict in predictions(&course) {
        let line = claim::command(&predict.claim, &scenarios).expect("a command");
        assert_eq!(words.matches(&line).count(), 2, "{line}");
        let counts_all = matches!(&predict.claim.how, How::Run(run) if run.from == "0s");
        let Some(number) = repeated(&line, &predict.claim).filter(|_| counts_all) else { continue };
        assert_eq!(Ok(number), claim::evaluate(&predict.claim, &scenarios), "{line}");
        compared += 1;
    }
    assert!(compared >= 5, "only {compared} are of whole runs");
}

#[test]
fn no_text_of_a_course_becomes_a_tag() {
    let evil = "<script>alert(\"1\" & '2')</script>";
    let mut course = Course::default();
    course.lesson.title = evil.to_owned();
    let text = format!(
        "# A\n\nSee {evil} `{evil}` [a](https://a/?\"<b>&c) [b](javascript:c)\n\n\
         ```lab\nid = \"a\\\"b<c\"\nscenario = \"two-regions\"\ncaption = '{}'\n```\n\n```yaml\na: \"{evil}\"\n```\n",
        evil.replace('\'', "`")
    );
    let (document, _) = parse(&text, "here");
    let section = Section { number: 1, title: evil.to_owned(), document, ..Section::default() };
    course.lesson.sections.push(section);
    let page = printed(&course, None, ReadFormat::Html);
    let (elements, words) = parsed(&page).unwrap_or_else(|wrong| panic!("{wrong}"));
    assert!(elements.iter().all(|(name, _)| name != "script"));
    assert!(
        elements
            .iter()
            .all(|(_, attributes)| attributes.get("href").is_none_or(|to| !to.starts_with("java")))
    );
    assert_eq!(words.matches(evil).count(), 7, "{words}");
    // In Markdown a reader finds it as text and as code, never as HTML, which ours would keep in a paragraph of its own.
    let (document, _) = parse(&printed(&course, None, ReadFormat::Md), "here");
    let spans = document.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Paragraph(spans) if spans.iter().any(|span| span.role == Role::Code) => Some(spans),
        _ => None,
    });
    let spans = spans.expect("the paragraph with the code");
    assert_eq!(spans[0], Span::new(Role::Text, format!("See {evil} ")));
    assert_eq!(spans[1], Span::new(Role::Code, evil));
    assert_eq!((spans.len(), spans[4].role, spans[4].text.as_str()), (5, Role::Text, " b"));
}

#[test]
fn a_hand_out_has_no_notes_and_says_so() {
    let home = home();
    let output = eastwest(home.path(), &["read", "3", "--format", "html", "--notes"]);
    check(&output, 2);
    let err = text(&output.stderr);
    assert!(err.contains("a hand-out has no notes for the presenter") && err.lines().count() == 1, "{err}");
    assert!(output.stdout.is_empty());
    let output = eastwest(home.path(), &["read", "3", "--format", "pdf"]);
    check(&output, 2);
}

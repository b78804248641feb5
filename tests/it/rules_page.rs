//! `docs/rules.md` and the table of the rule panel say the same.

use std::fs;

use eastwest::app::lab::rule::fields::{self, Field, Values};
use eastwest::sim::Scenario;

const PAGE: &str = "docs/rules.md";
const OPEN: &str = "<!-- rules -->\n";
const CLOSE: &str = "<!-- /rules -->";

/// A heading a group, a paragraph a field, and its line for each value that it may have.
fn printed() -> String {
    let scenario = Scenario::shipped("two-regions").expect("it is shipped");
    let mut text = String::new();
    let mut heading = None;
    for field in fields::all() {
        if heading != Some(field.group) {
            heading = Some(field.group);
            text += &["## ", field.group.title(), "\n\n"].concat();
        }
        text += &paragraph(field, &scenario);
    }
    text
}

fn paragraph(field: &Field, scenario: &Scenario) -> String {
    let default = scenario.told(field.key).expect("a rule is told");
    let values = match field.values {
        Values::Choices(words) => words.iter().map(|word| (*word).to_owned()).collect(),
        // What is not written by default is shown written as well.
        Values::Steps(..) | Values::Regions => {
            let offered = field.values.offered(scenario);
            let other = offered.into_iter().find(|value| *value != default);
            let is_absent = ["none", "unlimited", "istio"].contains(&default.as_str());
            std::iter::once(default.clone()).chain(other.filter(|_| is_absent)).collect::<Vec<String>>()
        }
    };
    let widest = values.iter().map(String::len).max().unwrap_or(0);
    let line = |value: &String| {
        // `failover` goes with one kind of locality only.
        let failover = scenario.with("mesh.locality", "failover").and_then(|it| it.with(field.key, value));
        let changed = scenario.with(field.key, value).or(failover).unwrap_or_else(|_| scenario.clone());
        format!("    {value:<widest$}  {}\n", field.line.written(value, &changed))
    };
    let lines: String = values.iter().map(line).collect();
    format!(
        "**{}**, `{}`: {} It may be {}; the lesson has `{default}`. {}:\n\n{lines}\n",
        field.name,
        field.key,
        field.says,
        field.values.range(),
        field.object
    )
}

/// `EASTWEST_BLESS=1 cargo test rules_page` writes the table; without it the page must hold it already.
#[test]
fn the_page_lists_the_rules_that_there_are() {
    let text = fs::read_to_string(PAGE).expect(PAGE);
    let (before, rest) = text.split_once(OPEN).expect("the page marks where the rules stand");
    let (inside, after) = rest.split_once(CLOSE).expect("and where they end");
    if std::env::var_os("EASTWEST_BLESS").is_some() {
        fs::write(PAGE, [before, OPEN, &printed(), CLOSE, after].concat()).expect(PAGE);
    } else {
        assert_eq!(inside, printed(), "run EASTWEST_BLESS=1 cargo test rules_page");
    }
}

//! Many runs as one: every number becomes its median and its range.

use serde_json::Number;

use super::tree::Tree;

/// Trees of the same shape as one tree.
///
/// A number becomes `{median, min, max}` over the runs that have it, and `runs`, how many those are, where some have
/// none; a text a list, one item a run; a truth `{true, false}`, how many runs each. What no run has is null.
pub(super) fn spread(trees: &[Option<&Tree>]) -> Tree {
    match trees.iter().flatten().find(|tree| !matches!(tree, Tree::Null)) {
        None => Tree::Null,
        Some(Tree::Number(_)) => numbers(trees),
        Some(Tree::Truth(_)) => truths(trees),
        Some(Tree::List(_)) => lists(trees),
        Some(Tree::Map(_)) => maps(trees),
        Some(_) => Tree::List(trees.iter().map(|tree| tree.cloned().unwrap_or(Tree::Null)).collect()),
    }
}

fn numbers(trees: &[Option<&Tree>]) -> Tree {
    let mut found: Vec<&Number> = Vec::new();
    for tree in trees.iter().flatten() {
        if let Tree::Number(number) = tree {
            found.push(number);
        }
    }
    let value = |number: &Number| number.as_f64().unwrap_or(0.0);
    found.sort_by(|one, other| value(one).total_cmp(&value(other)));
    let (Some(&min), Some(&max)) = (found.first(), found.last()) else { return Tree::Null };
    let of = |number: &Number| Tree::Number(number.clone());
    let mut tree = Tree::map([("median", median(&found)), ("min", of(min)), ("max", of(max))]);
    if found.len() < trees.len() {
        tree.push("runs", (found.len() as u64).into());
    }
    tree
}

/// The middle one, or half way between the two in the middle.
fn median(sorted: &[&Number]) -> Tree {
    let (low, high) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
    match (low.as_u64(), high.as_u64(), low.as_f64(), high.as_f64()) {
        (Some(low), Some(high), _, _) if (high - low).is_multiple_of(2) => (low + (high - low) / 2).into(),
        (_, _, Some(low), Some(high)) => Tree::float(Some(fine(low + (high - low) / 2.0))),
        _ => Tree::Null,
    }
}

/// Four decimals: one more than any number of a report has, since a median may lie between two.
fn fine(number: f64) -> f64 {
    (number * 10_000.0).round() / 10_000.0
}

fn truths(trees: &[Option<&Tree>]) -> Tree {
    let count = |wanted: bool| {
        trees.iter().flatten().filter(|tree| matches!(tree, Tree::Truth(truth) if *truth == wanted)).count()
    };
    Tree::map([("true", (count(true) as u64).into()), ("false", (count(false) as u64).into())])
}

fn lists(trees: &[Option<&Tree>]) -> Tree {
    let longest = trees.iter().flatten().map(|tree| tree.items().len()).max().unwrap_or(0);
    let item = |index: usize| {
        let items: Vec<Option<&Tree>> =
            trees.iter().map(|tree| tree.and_then(|tree| tree.items().get(index))).collect();
        spread(&items)
    };
    Tree::List((0..longest).map(item).collect())
}

fn maps(trees: &[Option<&Tree>]) -> Tree {
    let mut keys: Vec<&String> = Vec::new();
    for (key, _) in trees.iter().flatten().flat_map(|tree| tree.entries()) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let under = |key: &str| -> Vec<Option<&Tree>> {
        trees.iter().map(|tree| tree.and_then(|tree| tree.get(key))).collect()
    };
    Tree::Map(keys.into_iter().map(|key| (key.clone(), spread(&under(key)))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread_of(texts: &[&str]) -> String {
        let trees: Vec<Tree> = texts.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
        serde_json::to_string(&spread(&trees.iter().map(Some).collect::<Vec<_>>())).unwrap()
    }

    #[test]
    fn a_number_becomes_its_median_and_its_range() {
        assert_eq!(spread_of(&["3", "1", "2"]), r#"{"median":2,"min":1,"max":3}"#);
        assert_eq!(spread_of(&["1", "4"]), r#"{"median":2.5,"min":1,"max":4}"#);
        assert_eq!(spread_of(&["1.1", "1.2"]), r#"{"median":1.15,"min":1.1,"max":1.2}"#);
    }

    #[test]
    fn what_some_runs_lack_says_how_many_have_it() {
        assert_eq!(spread_of(&["null", "5", "null"]), r#"{"median":5,"min":5,"max":5,"runs":1}"#);
        assert_eq!(spread_of(&["null", "null"]), "null");
        assert_eq!(
            spread_of(&[r#"{"a":1}"#, r#"{"b":[1]}"#]),
            r#"{"a":{"median":1,"min":1,"max":1,"runs":1},"b":[{"median":1,"min":1,"max":1,"runs":1}]}"#
        );
    }

    #[test]
    fn texts_are_listed_and_truths_are_counted() {
        assert_eq!(spread_of(&[r#""x""#, r#""y""#]), r#"["x","y"]"#);
        assert_eq!(spread_of(&["true", "false", "true"]), r#"{"true":2,"false":1}"#);
    }
}

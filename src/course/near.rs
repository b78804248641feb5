//! How close two words are: for "did you mean", and for forgiving one slip in a typed answer.

/// Edits from `from` to `to`: letters put in, left out, exchanged, or two neighbors swapped. Each pair of
/// letters is edited once (optimal string alignment).
#[must_use]
pub fn edits(from: &str, to: &str) -> usize {
    let from: Vec<char> = from.chars().collect();
    let to: Vec<char> = to.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (row, &letter) in from.iter().enumerate() {
        let mut line = vec![row + 1];
        for (column, &other) in to.iter().enumerate() {
            let exchanged = last[column] + usize::from(letter != other);
            let mut best = exchanged.min(last[column + 1] + 1).min(line[column] + 1);
            let swapped = row > 0 && column > 0 && letter == to[column - 1] && from[row - 1] == other;
            if swapped {
                best = best.min(before_last[column - 1] + 1);
            }
            line.push(best);
        }
        before_last = std::mem::replace(&mut last, line);
    }
    last[to.len()]
}

/// The candidate that `word` was probably meant to be: at most a third of its letters away, and never more
/// than three; of equally near ones the first.
#[must_use]
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let reach = (word.chars().count() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .map(|candidate| (edits(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= reach)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_one_edit() {
        for (from, to, expected) in [
            ("", "", 0),
            ("ejection", "ejection", 0),
            ("ejecton", "ejection", 1),
            ("ejetcion", "ejection", 1),
        ] {
            assert_eq!(edits(from, to), expected, "{from} {to}");
        }
        assert_eq!(edits("kitten", "sitting"), 3);
    }

    #[test]
    fn a_slip_finds_its_key_and_nonsense_finds_none() {
        let keys = ["id", "ask", "kind", "tolerance", "why"];
        assert_eq!(nearest("tolerence", keys), Some("tolerance"));
        assert_eq!(nearest("aks", keys), Some("ask"));
        assert_eq!(nearest("colour", keys), None);
    }
}

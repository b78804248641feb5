//! The nearest right spelling of a wrong word.

/// The candidate that is nearest to `word`, if it is near enough to be meant: at most a third of it differs.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let (distance, found) = candidates
        .into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .min_by_key(|(distance, _)| *distance)?;
    (distance <= allowed(word)).then_some(found)
}

/// How many letters two words are apart, if they are near enough for one to be meant by the other.
pub fn apart(word: &str, other: &str) -> Option<usize> {
    Some(distance(word, other)).filter(|&distance| distance <= allowed(word))
}

fn allowed(word: &str) -> usize {
    1 + word.chars().count() / 3
}

/// `a, b, c and 5 more`: at most `most` names.
pub fn told(names: &[&str], most: usize) -> String {
    match names.len().saturating_sub(most) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names[..most].join(", ")),
    }
}

/// `; did you mean 'x'?`, or nothing.
pub fn hint<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    nearest(word, candidates).map_or_else(String::new, |found| format!("; did you mean '{found}'?"))
}

/// Insertions, deletions, changes and swaps of neighbors that turn one word into the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let mut previous = '\0';
    for (row, letter) in one.chars().enumerate() {
        let mut current = vec![row + 1];
        for (column, &against) in other.iter().enumerate() {
            let change = last[column] + usize::from(letter != against);
            let mut best = change.min(last[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && letter == other[column - 1] && previous == against {
                best = best.min(before_last[column - 1] + 1);
            }
            current.push(best);
        }
        previous = letter;
        before_last = std::mem::replace(&mut last, current);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found_and_a_far_one_is_not_offered() {
        let words = ["blackhole", "refuse", "notready"];
        assert_eq!(nearest("blakchole", words), Some("blackhole"));
        assert_eq!(nearest("not-ready", words), Some("notready"));
        assert_eq!(nearest("xyz", words), None);
        assert_eq!(nearest("x", []), None);
        assert_eq!(distance("ab", "ba"), 1);
        assert_eq!(distance("", "abc"), 3);
    }
}

//! Which rows fit what is typed, and in which order: always the same one.

use super::Entry;

/// How badly a text fits what is looked for, 0 best; `None` where it does not fit.
///
/// Every word of `wanted` has to be in it, in any order and case. A word that the text begins with fits best, then one
/// that a word of the text begins with, or one of the words in `also`, which are not shown; then one inside a word.
#[must_use]
pub fn rank(text: &str, also: &str, wanted: &str) -> Option<u32> {
    let (text, also) = (text.to_lowercase(), also.to_lowercase());
    wanted.to_lowercase().split_whitespace().map(|word| fit(&text, &also, word)).sum()
}

fn fit(text: &str, also: &str, word: &str) -> Option<u32> {
    let inside = text.match_indices(word).map(|(at, _)| match at {
        0 => 0,
        at if begins(text, at) => 1,
        _ => 2,
    });
    let beside = also.match_indices(word).any(|(at, _)| begins(also, at)).then_some(1);
    inside.chain(beside).min()
}

/// A word begins there.
fn begins(text: &str, at: usize) -> bool {
    !text[..at].ends_with(char::is_alphanumeric)
}

/// The rows that fit, the best first; rows that fit alike stay in their order.
#[must_use]
pub fn sorted(all: &[Entry], wanted: &str) -> Vec<Entry> {
    let ranked = all.iter().filter_map(|entry| Some((rank(&entry.words, entry.also, wanted)?, entry)));
    let mut ranked: Vec<(u32, &Entry)> = ranked.collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, entry)| entry.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn words_fit_in_any_order_and_beginnings_fit_best() {
        let fits = |wanted| rank("Break: cut the link", "network partition", wanted);
        assert_eq!(fits(""), Some(0));
        assert_eq!(fits("link CUT"), fits("cut link"));
        assert!(fits("break") < fits("link") && fits("link") < fits("ink"));
        assert_eq!(fits("part"), fits("link"), "it is called so too");
        assert_eq!(fits("titio"), None);
        assert_eq!(fits("cut zone"), None);
        assert_eq!(rank("Go to §7", "", "§7"), Some(1));
    }
}

//! Leeches: cards that are forgotten again and again, and take more time than all others together.

/// Lapses that make a leech.
///
/// Anki counts eight by default. Its advice for a leech is to rewrite the card, which the reader of a course cannot
/// do; what they can do is read the section again, and that helps sooner rather than later.
pub const LAPSES: u32 = 4;
/// After the first word on it there is one every so many lapses: half the threshold, as in Anki.
pub const AGAIN_EVERY: u32 = LAPSES / 2;

/// A card that was forgotten so often once it was known.
#[must_use]
pub const fn is_leech(lapses: u32) -> bool {
    lapses >= LAPSES
}

/// The lapse with this number is worth a word: the fourth, the sixth, and so on.
#[must_use]
pub const fn is_told(lapses: u32) -> bool {
    is_leech(lapses) && (lapses - LAPSES).is_multiple_of(AGAIN_EVERY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fourth_lapse_makes_a_leech_and_every_second_one_is_told() {
        let told: Vec<u32> = (0..=9).filter(|lapses| is_told(*lapses)).collect();
        assert_eq!((told, is_leech(3), is_leech(5)), (vec![4, 6, 8], false, true));
    }
}

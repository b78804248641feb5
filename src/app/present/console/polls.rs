//! Shows of hands: what was counted for this beat's options, and how many were right on other beats.

use crate::app::present::Talk;
use crate::app::present::deck::Slide;
use crate::app::present::stage::predict;
use crate::app::state::Parts;
use crate::course::beats::Shows;
use crate::course::directive::{Answer, Predict};

/// Of a card: who had its answer in mind. It is counted with the first key.
const HAD_IT: [&str; 2] = ["had it", "had not"];

/// What was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hands {
    /// Each option and how many hands it has.
    pub counts: Vec<(String, usize)>,
    /// The option that is right, by index. The audience does not see it before the answer is shown.
    pub right: Option<usize>,
}

/// The hands of a beat; `None` where nothing is counted.
#[must_use]
pub fn hands(talk: &Talk, parts: &Parts, slide: &Slide) -> Option<Hands> {
    let poll = talk.session().poll(&slide.beat.id);
    let labels: Vec<String> = match &slide.beat.shows {
        Shows::Predict(_) => match &predict(parts, slide)?.answer {
            Answer::Choice(options) => (0..options.len()).map(letter).collect(),
            Answer::Percent { .. } => return None,
        },
        Shows::Card(_) => HAD_IT.map(str::to_owned).to_vec(),
        Shows::Points(_) | Shows::Lab(_) => return None,
    };
    let counts = labels.into_iter().enumerate().map(|(index, label)| (label, poll.count(index))).collect();
    Some(Hands { counts, right: right(talk, parts, slide) })
}

/// Beats other than the presenter's where hands were counted, by section and number, with the percentage of hands for
/// the right option.
#[must_use]
pub fn so_far(talk: &Talk, parts: &Parts) -> Vec<(String, usize)> {
    let here = talk.beat().map(|beat| beat.id.as_str());
    let counted = talk.deck().slides().iter().filter(|slide| Some(slide.beat.id.as_str()) != here);
    let share = |slide: &Slide| {
        let poll = talk.session().poll(&slide.beat.id);
        let (right, all) = (right(talk, parts, slide)?, poll.hands.len());
        let percent = (100 * poll.count(right) + all / 2).checked_div(all)?;
        Some((format!("{}.{}", slide.beat.section + 1, slide.beat.number), percent))
    };
    counted.filter_map(share).collect()
}

/// `so far 60 % right on 4.3, 27 % on 4.5`; empty before anything was counted.
#[must_use]
pub fn so_far_words(talk: &Talk, parts: &Parts) -> String {
    let shares = so_far(talk, parts);
    let share = |(index, (beat, percent)): (usize, &(String, usize))| {
        if index == 0 {
            format!("so far {percent} % right on {beat}")
        } else {
            format!("{percent} % on {beat}")
        }
    };
    shares.iter().enumerate().map(share).collect::<Vec<_>>().join(", ")
}

/// `A 9  B 4  C 2`.
#[must_use]
pub fn words(hands: &Hands) -> String {
    hands.counts.iter().map(|(label, count)| format!("{label} {count}")).collect::<Vec<_>>().join("  ")
}

/// The number behind a prediction: what the run says, or what its author saw until the run is worked out.
#[must_use]
pub fn number(talk: &Talk, predict: &Predict) -> f64 {
    match talk.stage().answer(&predict.id) {
        Some(Ok(number)) => *number,
        Some(Err(_)) | None => predict.claim.expect,
    }
}

/// `A` for the first option.
#[must_use]
pub fn letter(option: usize) -> String {
    char::from(b'A'.saturating_add(u8::try_from(option).unwrap_or(25))).to_string()
}

fn right(talk: &Talk, parts: &Parts, slide: &Slide) -> Option<usize> {
    match &slide.beat.shows {
        Shows::Predict(_) => {
            let predict = predict(parts, slide)?;
            predict.right_option(number(talk, predict))
        }
        Shows::Card(_) => Some(0),
        Shows::Points(_) | Shows::Lab(_) => None,
    }
}

//! Wrong predictions bring their card forward.

use std::collections::BTreeMap;

use crate::course::directive::Directive;
use crate::course::{Course, Section};
use crate::learner::Learner;
use crate::srs::Moment;

/// The cards named by predictions that were wrong the last time, in the order of the text: those that may be asked
/// at `now` and were not reviewed since.
#[must_use]
pub fn forward<'a>(course: &'a Course, learner: &Learner, now: Moment) -> Vec<&'a str> {
    let latest: BTreeMap<&str, (Moment, bool)> =
        learner.predictions().map(|(at, said)| (said.of.as_str(), (at, said.right))).collect();
    let today = learner.today(now);
    let mut cards = Vec::new();
    for (_, directive) in course.lesson.sections.iter().flat_map(Section::directives) {
        let Directive::Predict(predict) = directive else { continue };
        let (Some((at, false)), Some(card)) = (latest.get(predict.id.as_str()), &predict.card) else {
            continue;
        };
        let is_open = learner.card(card).is_none_or(|state| state.is_open(today));
        let reviewed = learner.history(card).any(|answer| answer.at.ms >= at.ms);
        if is_open && !reviewed && course.card(card).is_some() && !cards.contains(&card.as_str()) {
            cards.push(card.as_str());
        }
    }
    cards
}

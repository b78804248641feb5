//! From a card to the text that explains it.

use std::collections::BTreeSet;

use eastwest::course::passage;

use crate::reader::course;

#[test]
fn every_card_leads_to_the_step_of_its_section_that_is_about_it() {
    let course = course();
    let mut steps = BTreeSet::new();
    for card in &course.cards {
        let block = passage::block_of(&course, card).expect("a card has a section");
        let section = course.section(card.section).expect("and the section exists");
        let at = section.document.blocks.iter().position(|other| other.id == block);
        let step = section.step_at(at.expect("and the block is in it"));
        steps.insert((section.number, step));
    }
    for (card, title) in [
        ("e11.q3-partition", "The third answer"),
        ("e11.spill-two-of-four", "Spill, not switch"),
        ("e11.gap-only-data-crosses", "Pattern 1: dual single clusters"),
        ("e11.run-front-door", "A whole cluster is gone"),
        ("e11.three-far-calls", "When it is not"),
    ] {
        let card = course.card(card).expect(card);
        let block = passage::block_of(&course, card).expect("a card has a section");
        let section = course.section(card.section).expect("and the section exists");
        let step = section.steps.iter().find(|step| step.id == block);
        assert_eq!(step.map(|step| step.title.as_str()), Some(title), "{}", card.id);
    }
    assert!(steps.len() > course.lesson.sections.len(), "not only the beginnings of sections: {steps:?}");
}

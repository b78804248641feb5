//! From a card to the text that explains it.

use std::collections::BTreeSet;

use eastwest::course::passage;

use crate::reader::course;

#[test]
fn every_card_leads_to_a_step_of_its_section_and_cards_on_one_subject_to_the_same() {
    let course = course();
    let mut steps = BTreeSet::new();
    for card in &course.cards {
        let block = passage::block_of(&course, card).expect("a card has a section");
        let section = course.section(card.section).expect("and the section exists");
        let at = section.document.blocks.iter().position(|other| other.id == block);
        let step = section.step_at(at.expect("and the block is in it"));
        println!("{} -> {} {}", card.id, section.number, section.steps[step].title);
        steps.insert((section.number, step));
    }
    assert!(steps.len() > course.lesson.sections.len(), "not only the beginnings of sections: {steps:?}");
}

//! Names for blocks that survive edits elsewhere: the slug of the heading above and a number under it.

use std::collections::BTreeMap;

use crate::course::document::{Block, BlockId, BlockKind, Span};

/// Slug of what stands before the first heading.
const TOP: &str = "top";

/// Names the top-level blocks `the-rule/0` (the heading), `the-rule/1` …, and what is inside them
/// `the-rule/1.0` …. A second heading with the same words is `the-rule-2`.
pub(super) fn name(blocks: &mut [Block]) {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut slug = TOP.to_owned();
    let mut number = 0;
    for block in blocks {
        if let BlockKind::Heading { text, .. } = &block.kind {
            slug = unique(slug_of(text), &mut seen);
            number = 0;
        }
        block.id = BlockId(format!("{slug}/{number}"));
        number += 1;
        name_inside(block);
    }
}

fn unique(slug: String, seen: &mut BTreeMap<String, u32>) -> String {
    let times = seen.entry(slug.clone()).or_insert(0);
    *times += 1;
    if *times == 1 { slug } else { format!("{slug}-{times}") }
}

fn slug_of(text: &[Span]) -> String {
    let words: String = text.iter().flat_map(|span| span.text.chars()).collect::<String>().to_lowercase();
    let words: Vec<&str> =
        words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "heading".to_owned() } else { words.join("-") }
}

fn name_inside(block: &mut Block) {
    let outer = block.id.0.clone();
    let inner: Vec<&mut Block> = match &mut block.kind {
        BlockKind::List { items, .. } => items.iter_mut().flatten().collect(),
        BlockKind::Quote(blocks) | BlockKind::Footnote { blocks, .. } => blocks.iter_mut().collect(),
        _ => return,
    };
    for (number, block) in inner.into_iter().enumerate() {
        block.id = BlockId(format!("{outer}.{number}"));
        name_inside(block);
    }
}

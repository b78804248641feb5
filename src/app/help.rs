//! The list of keys: those of where one came from, then those of its parents, and what the mouse does there.

use super::action::Action;
use super::chord::Chord;
use super::keymap::{self, Context};
use super::palette::{erase_word, rank};

/// More rows than there are at any width; scrolling past the end is clamped when it is drawn.
const ROWS_MAX: usize = 200;
const PAGE: usize = 8;

/// The open list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Help {
    of: Context,
    /// Rows above the first one on show.
    scroll: usize,
    filter: String,
}

/// A heading and what is under it: keys and words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub title: &'static str,
    pub rows: Vec<(String, &'static str)>,
}

impl Help {
    #[must_use]
    pub const fn new(of: Context) -> Self {
        Self { of, scroll: 0, filter: String::new() }
    }

    /// Where one came from.
    #[must_use]
    pub const fn of(&self) -> Context {
        self.of
    }

    #[must_use]
    pub const fn scroll(&self) -> usize {
        self.scroll
    }

    /// What has been typed.
    #[must_use]
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// All rows that the filter leaves; a heading without rows is left out.
    #[must_use]
    pub fn groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = contexts(self.of).into_iter().map(of_context).collect();
        if keymap::chain(self.of).contains(&Context::Run) {
            let rows = keymap::MOUSE.iter().map(|(gesture, words)| ((*gesture).to_owned(), *words));
            groups.push(Group { title: keymap::MOUSE_TITLE, rows: rows.collect() });
        }
        for group in &mut groups {
            let title = group.title;
            group
                .rows
                .retain(|(keys, words)| rank(words, &format!("{keys} {title}"), &self.filter).is_some());
        }
        groups.retain(|group| !group.rows.is_empty());
        groups
    }

    /// Takes a key; says whether the list stays open.
    pub fn act(&mut self, action: Action) -> bool {
        match action {
            Action::Down => self.scroll = (self.scroll + 1).min(ROWS_MAX),
            Action::Up => self.scroll = self.scroll.saturating_sub(1),
            Action::PageDown => self.scroll = (self.scroll + PAGE).min(ROWS_MAX),
            Action::PageUp => self.scroll = self.scroll.saturating_sub(PAGE),
            Action::Type(c) => self.filter.push(c),
            Action::Erase => drop(self.filter.pop()),
            Action::EraseWord => erase_word(&mut self.filter),
            Action::Back => return false,
            _ => return true,
        }
        if matches!(action, Action::Type(_) | Action::Erase | Action::EraseWord) {
            self.scroll = 0;
        }
        true
    }
}

/// From the innermost outward; what follows a prefix stands after where the prefix is pressed.
fn contexts(of: Context) -> Vec<Context> {
    let mut contexts = keymap::chain(of);
    if let Some(run) = contexts.iter().position(|context| *context == Context::Run) {
        contexts.insert(run + 1, Context::Break);
    }
    contexts.push(Context::Go);
    contexts.dedup();
    contexts
}

fn of_context(context: Context) -> Group {
    let row = |binding: &keymap::Binding| {
        let chords: Vec<String> = binding.chords().map(Chord::shown).collect();
        (chords.join(" "), binding.words())
    };
    Group { title: context.title(), rows: keymap::of(context).map(row).collect() }
}

/// Groups in columns, read down and then across: each stays whole, and no column is longer than it has to be.
#[must_use]
pub fn columns(groups: Vec<Group>, count: usize) -> Vec<Vec<Group>> {
    let most = lines(&groups);
    let wanted = |height: &usize| fill(&groups, *height).is_some_and(|starts| starts.len() <= count.max(1));
    let height = (1..=most).find(wanted).unwrap_or(most);
    let starts = fill(&groups, height).unwrap_or_default();
    let mut columns: Vec<Vec<Group>> = starts.iter().map(|_| Vec::new()).collect();
    for (index, group) in groups.into_iter().enumerate() {
        let column = starts.partition_point(|start| *start <= index);
        if let Some(column) = columns.get_mut(column.saturating_sub(1)) {
            column.push(group);
        }
    }
    columns
}

/// Rows that groups take under one another, with an empty one between two.
#[must_use]
pub fn lines(groups: &[Group]) -> usize {
    groups.iter().map(|group| group.rows.len() + 2).sum::<usize>().saturating_sub(1)
}

/// The first group of each column of at most that height; `None` where one group alone is higher.
fn fill(groups: &[Group], height: usize) -> Option<Vec<usize>> {
    let mut starts: Vec<usize> = Vec::new();
    for index in 0..groups.len() {
        let first = starts.last().copied().filter(|first| lines(&groups[*first..=index]) <= height);
        if first.is_none() {
            starts.push(index);
        }
        if lines(&groups[index..=index]) > height {
            return None;
        }
    }
    Some(starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(rows: usize) -> Group {
        Group { title: "", rows: vec![(String::new(), ""); rows] }
    }

    #[test]
    fn columns_are_as_even_as_whole_groups_allow() {
        let heights = |rows: &[usize], count| {
            let groups = rows.iter().map(|rows| group(*rows)).collect();
            columns(groups, count).iter().map(|column| lines(column)).collect::<Vec<_>>()
        };
        assert_eq!(heights(&[10, 4, 4, 4], 2), [17, 11]);
        assert_eq!(heights(&[10, 4, 4, 4], 1), [11 + 6 * 3]);
        assert_eq!(heights(&[3, 3, 3], 3), [4, 4, 4]);
        assert_eq!(heights(&[], 3), [0; 0]);
    }

    #[test]
    fn typing_leaves_the_rows_that_fit() {
        let mut help = Help::new(Context::Lab);
        let all = lines(&help.groups());
        for letter in "undo".chars() {
            assert!(help.act(Action::Type(letter)));
        }
        let groups = help.groups();
        assert_eq!((groups.len(), groups[0].rows[0].1), (1, "undo"));
        help.act(Action::EraseWord);
        assert_eq!(lines(&help.groups()), all);
        assert!(!help.act(Action::Back));
    }
}

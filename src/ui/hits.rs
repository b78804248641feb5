//! The hit map: which cells of a picture belong to what can be pointed at.

use super::{footer_keys, lab, palette};
use crate::app::geometry::{self, Area, Size};
use crate::app::pointer::Target;
use crate::app::script::Eyes;
use crate::app::{App, Overlay, Screen};
use crate::ui::theme::Theme;

/// The areas of one picture, those on top last. It holds for that picture only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// Of the screen; nothing has been drawn where it is empty.
    size: Size,
    spots: Vec<(Area, Target)>,
}

impl Hits {
    /// What the picture of this size holds. Where the mouse is the terminal's, that is nothing.
    #[must_use]
    pub fn of(app: &App, theme: Theme, size: Size) -> Self {
        let mut hits = Self { size, spots: Vec::new() };
        if size.is_too_small() || !app.wants_mouse() {
            return hits;
        }
        let chrome = geometry::chrome(size);
        let row = chrome.footer.height.saturating_sub(1);
        if app.notice().is_none() {
            for (chord, column, wide, _) in footer_keys(app, theme, chrome.footer) {
                let Area { x, y, .. } = chrome.footer;
                hits.add(Area { x: x + column, y: y + row, width: wide, height: 1 }, Target::Key(chord));
            }
        }
        match (app.overlay(), app.screen()) {
            (Some(Overlay::Palette(list)), _) => {
                let is_bare = matches!(app.screen(), Screen::Audience(_));
                let over = if is_bare { Area::from(size) } else { chrome.body };
                for (row, area) in palette::rows(list, over) {
                    hits.add(area, Target::Row(row));
                }
            }
            (None, Screen::Lab(lab)) => lab::hits::note(lab, theme, chrome.body, &mut hits),
            _ => {}
        }
        hits
    }

    /// Puts something on top; nothing where it has no cells.
    pub fn add(&mut self, area: Area, target: Target) {
        if !area.is_empty() {
            self.spots.push((area, target));
        }
    }

    /// All of them, those on top last.
    #[must_use]
    pub fn spots(&self) -> &[(Area, Target)] {
        &self.spots
    }

    /// What is at a cell; `None` where no picture is.
    #[must_use]
    pub fn at(&self, (x, y): (u16, u16)) -> Option<Target> {
        if !Area::from(self.size).holds(x, y) {
            return None;
        }
        let found = self.spots.iter().rev().find(|(area, _)| area.holds(x, y));
        Some(found.map_or(Target::Elsewhere, |(_, target)| *target))
    }

    /// What the pointer drags over that was pressed at `from`: whoever holds the time bar goes along it, however far
    /// above or below the hand is.
    #[must_use]
    pub fn dragged(&self, from: (u16, u16), to: (u16, u16)) -> Option<Target> {
        match self.at(from)? {
            Target::Moment(_) => self.moments(from.1).min_by_key(|(x, _)| x.abs_diff(to.0)).map(|(_, at)| at),
            _ => Some(Target::Elsewhere),
        }
    }

    fn moments(&self, row: u16) -> impl Iterator<Item = (u16, Target)> {
        let of = move |(area, target): &(Area, Target)| {
            (matches!(target, Target::Moment(_)) && area.y == row).then_some((area.x, *target))
        };
        self.spots.iter().filter_map(of)
    }
}

/// For playing a script: what is drawn is in the same cells whatever it looks like.
pub const EYES: Eyes = Eyes {
    at: |app, size, cell| Hits::of(app, Theme::default(), size).at(cell),
    dragged: |app, size, from, to| Hits::of(app, Theme::default(), size).dragged(from, to),
    reach: |app, size| super::reach(app, Theme::default(), size),
};

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(x: u16, y: u16) -> Area {
        Area { x, y, width: 1, height: 1 }
    }

    #[test]
    fn what_is_on_top_is_hit_and_a_void_map_gives_nothing() {
        let mut hits = Hits { size: Size::new(20, 5), spots: Vec::new() };
        hits.add(Area { x: 2, y: 1, width: 4, height: 2 }, Target::Place(3));
        hits.add(cell(3, 2), Target::Place(4));
        assert_eq!(hits.at((2, 2)), Some(Target::Place(3)));
        assert_eq!(hits.at((3, 2)), Some(Target::Place(4)));
        assert_eq!(hits.at((6, 2)), Some(Target::Elsewhere));
        assert_eq!(hits.at((20, 2)), None);
        assert_eq!(Hits::default().at((0, 0)), None);
    }

    #[test]
    fn whoever_holds_the_time_bar_goes_along_it() {
        let mut hits = Hits { size: Size::new(20, 5), spots: Vec::new() };
        for x in 5..9 {
            hits.add(cell(x, 4), Target::Moment(u64::from(x)));
        }
        assert_eq!(hits.dragged((5, 4), (7, 1)), Some(Target::Moment(7)));
        assert_eq!(hits.dragged((5, 4), (19, 4)), Some(Target::Moment(8)));
        assert_eq!(hits.dragged((5, 1), (7, 4)), Some(Target::Elsewhere), "the press was not on the bar");
    }
}

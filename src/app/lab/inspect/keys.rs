//! The keys for looking closer.

use super::{Panel, Sheet};
use crate::app::action::Action;
use crate::app::lab::{Lab, explain};
use crate::app::state::Reply;
use crate::mesh_view::PlaceId;

const PAGE: usize = 8;
/// Keys that scroll.
const SCROLLS: [Action; 5] = [Action::Down, Action::Up, Action::PageDown, Action::PageUp, Action::Top];
/// Keys that put something else on a sheet.
const LOOKS: [Action; 7] = [
    Action::Inspect,
    Action::Explain,
    Action::Trace,
    Action::SelectNext,
    Action::SelectPrevious,
    Action::NextCaller,
    Action::PreviousCaller,
];

impl Sheet {
    fn scroll(&mut self, action: Action) {
        let to = match action {
            Action::Down => self.scroll + 1,
            Action::PageDown => self.scroll + PAGE,
            Action::Up => self.scroll.saturating_sub(1),
            Action::PageUp => self.scroll.saturating_sub(PAGE),
            _ => 0,
        };
        self.scroll = to.min(self.reach);
    }
}

impl Lab {
    /// Takes a key that is for looking closer; `None` if it is for something else.
    pub(in crate::app::lab) fn act_on_looks(&mut self, action: Action) -> Option<Reply> {
        let (timeline, view) = (self.run.timeline(), self.run.view());
        let looks = &mut self.inspect;
        let open = looks.panel;
        if let Some(top) = &mut self.words {
            if SCROLLS.contains(&action) {
                // The sheet is the beginning of the text, and scrolls with it.
                return None;
            }
            if LOOKS.contains(&action) {
                *top = 0;
            }
        }
        match (action, open) {
            (Action::SelectNext | Action::SelectPrevious, _) => {
                looks.select(view, action == Action::SelectNext);
                if looks.panel == Some(Panel::Trace) {
                    return Some(self.trace(0));
                }
            }
            (Action::Inspect, Some(Panel::Proxy))
            | (Action::Explain, Some(Panel::Why))
            | (Action::Trace, Some(Panel::Trace))
            | (Action::Back, Some(_)) => looks.panel = None,
            (Action::Inspect | Action::Explain, _) => {
                if action == Action::Inspect || looks.number.is_none() {
                    looks.number = None;
                    looks.select_something(timeline, view, self.region);
                }
                looks.panel = Some(if action == Action::Inspect { Panel::Proxy } else { Panel::Why });
                looks.sheet = Sheet::default();
            }
            (Action::Trace, _) => return Some(self.trace(0)),
            (Action::NextCaller | Action::PreviousCaller, Some(Panel::Proxy)) => {
                looks.turn_caller(timeline, view, action == Action::NextCaller);
            }
            (Action::NextCaller, Some(Panel::Trace)) => {
                if looks.trace + 1 < looks.traces.len() {
                    looks.trace += 1;
                    looks.sheet.scroll = 0;
                } else {
                    let least = looks.traces.last().map_or(0, |followed| followed.trace.request + 1);
                    return Some(self.trace(least));
                }
            }
            (Action::PreviousCaller, Some(Panel::Trace)) => {
                looks.trace = looks.trace.saturating_sub(1);
                looks.sheet.scroll = 0;
            }
            (Action::NextCaller | Action::PreviousCaller, Some(Panel::Why)) => {}
            (action, Some(_)) if SCROLLS.contains(&action) => looks.sheet.scroll(action),
            _ => return None,
        }
        Some(Reply::default())
    }

    /// How far the open sheet can be scrolled, as it is drawn now.
    pub fn scrolls_to(&mut self, rows: usize) {
        let sheet = &mut self.inspect.sheet;
        (sheet.reach, sheet.scroll) = (rows, sheet.scroll.min(rows));
    }

    /// Selects a place; an open sheet is about that one from then on.
    pub(in crate::app::lab) fn select(&mut self, place: PlaceId) -> Reply {
        self.inspect.stand_on(self.run.view(), place);
        if self.inspect.panel == Some(Panel::Trace) {
            return self.trace(0);
        }
        let name = self.run.view().places.get(usize::from(place)).filter(|_| self.is_text());
        name.map_or_else(Reply::default, |place| {
            Reply::info(format!("{} is selected", explain::path(self.run.view(), place)))
        })
    }

    fn trace(&mut self, least: u64) -> Reply {
        let (timeline, view) = (self.run.timeline(), self.run.view());
        let looks = &mut self.inspect;
        match looks.follow(timeline, view, self.region, least) {
            Ok(()) => Reply::default(),
            Err(path) => Reply::info(format!("no request of {path} begins within the next 10 s")),
        }
    }
}

//! Opening the list over a screen, and doing what a row says.

use super::{Deed, Entry, Kind, Outcome, Palette, commands, content};
use crate::app::action::Action;
use crate::app::effect::Effect;
use crate::app::keymap::{self, Context};
use crate::app::lab::Lab;
use crate::app::lab::reach::Reach;
use crate::app::now::Now;
use crate::app::reader::Pane;
use crate::app::state::{App, Go, Overlay, Reply, Screen};

impl App {
    pub(in crate::app) fn open_palette(&mut self, kind: Kind) {
        let context = self.screen_context();
        let section = match &self.screen {
            Screen::Reader(reader) => reader.section(&self.parts).map(|section| section.number),
            _ => None,
        };
        let all = match kind {
            Kind::Commands => self.commands(context),
            // A talk opens its own lists.
            Kind::Content | Kind::Outline | Kind::Parked => self.content(context),
        };
        self.overlay = Some(Overlay::Palette(Palette::new(kind, section, all)));
    }

    fn commands(&self, context: Context) -> Vec<Entry> {
        let broken = self.lab_with_keys().map(Lab::broken).unwrap_or_default();
        let mut all = commands(context, broken, matches!(self.screen, Screen::Lab(_)));
        all.extend(content::headings(&self.parts.course));
        all.extend(content::cards(&self.parts.course));
        all
    }

    fn content(&self, context: Context) -> Vec<Entry> {
        let mut all = Vec::new();
        if let Some(lab) = self.lab_with_keys().filter(|_| keymap::chain(context).contains(&Context::Lab)) {
            let scene = lab.scene(false);
            all.extend(content::places(scene.view));
            all.extend(content::events(scene.view));
        }
        all.extend(content::headings(&self.parts.course));
        all.extend(content::cards(&self.parts.course));
        all
    }

    /// The lab that keys go to.
    fn lab_with_keys(&self) -> Option<&Lab> {
        match &self.screen {
            Screen::Lab(lab) => Some(lab),
            Screen::Reader(reader) if reader.pane() == Pane::Lab => Some(reader.lab()),
            _ => None,
        }
    }

    pub(in crate::app) fn act_on_palette(&mut self, now: Now, action: Action) -> Vec<Effect> {
        let Some(Overlay::Palette(palette)) = &mut self.overlay else { return Vec::new() };
        let outcome = palette.act(&self.parts, action);
        self.settle_palette(now, outcome)
    }

    /// A row was clicked.
    pub(in crate::app) fn run_row(&mut self, now: Now, row: usize) -> Vec<Effect> {
        let Some(Overlay::Palette(palette)) = &self.overlay else { return Vec::new() };
        let outcome = palette.run(row);
        self.settle_palette(now, outcome)
    }

    fn settle_palette(&mut self, now: Now, outcome: Outcome) -> Vec<Effect> {
        if outcome != Outcome::Stays {
            self.overlay = None;
        }
        match outcome {
            Outcome::Does(deed) => self.do_deed(now, deed),
            Outcome::Stays | Outcome::Closes => Vec::new(),
        }
    }

    fn do_deed(&mut self, now: Now, deed: Deed) -> Vec<Effect> {
        match deed {
            Deed::Act(action) => self.act(now, action),
            Deed::InLab(failure) => {
                let mut effects = self.act(now, Action::GoLab);
                effects.extend(self.act(now, Action::Break(failure)));
                effects
            }
            Deed::BreakFor(failure) => self.reach(now, Reach::BreakFor(failure)),
            Deed::Select(place) => self.reach(now, Reach::Select(place)),
            Deed::Moment(at) => self.reach(now, Reach::Moment(at)),
            Deed::InTalk(deed) => self.do_in_talk(now, deed),
            Deed::Read { section, block } => {
                let mut effects = match self.screen {
                    Screen::Reader(_) => Vec::new(),
                    _ => self.follow(now, Reply::go(Go::Reader(None))),
                };
                if let Screen::Reader(reader) = &mut self.screen {
                    let reply = reader.go_to(&mut self.parts, now, section, block.as_ref());
                    effects.extend(self.follow(now, reply));
                }
                effects
            }
        }
    }

    /// Does to the lab that has the keys what no key does by itself.
    pub(in crate::app) fn reach(&mut self, now: Now, to: Reach) -> Vec<Effect> {
        let reply = match &mut self.screen {
            Screen::Lab(lab) => lab.reach(now, to),
            Screen::Reader(reader) if reader.pane() == Pane::Lab => reader.reach(&mut self.parts, now, to),
            _ => Reply::default(),
        };
        self.follow(now, reply)
    }
}

//! The chapters of a session, for those who look at it later: a section that is opened, something that is done to the
//! mesh.

use super::lab::Lab;
use super::state::{App, Screen};
use crate::mesh_view::Nanos;

/// What has been reached so far.
#[derive(Clone, Debug, Default)]
pub struct Chapters {
    /// The section that was opened last, from 1.
    section: Option<usize>,
    /// What had been done to the mesh on show, oldest first: when, and in words.
    done: Vec<(Nanos, String)>,
}

impl Chapters {
    /// The chapter that has just begun, if one has: `4. Service Mesh …`, or what was done. To be asked after each change.
    pub fn reached(&mut self, app: &App) -> Option<String> {
        let lab = match app.screen() {
            Screen::Lab(lab) => &**lab,
            Screen::Reader(reader) => {
                let section = reader.section(app.parts())?;
                if self.section.replace(section.number) != Some(section.number) {
                    // What happened in another section's mesh is no news of this one's.
                    self.done = done(reader.lab());
                    return Some(format!("{}. {}", section.number, section.title));
                }
                reader.lab()
            }
            Screen::Home(_) | Screen::Review(_) | Screen::Worth(_) => return None,
        };
        let before = std::mem::replace(&mut self.done, done(lab));
        self.done.last().filter(|newest| !before.contains(newest)).map(|(_, words)| words.clone())
    }
}

fn done(lab: &Lab) -> Vec<(Nanos, String)> {
    match lab.compare() {
        Some(side_by_side) => side_by_side.scene().view.marks.clone(),
        None => lab.scene(false).view.marks.clone(),
    }
}

//! The chapters of a session, for those who look at it later: a section that is opened, something that is done to the
//! mesh.

use super::lab::Lab;
use super::present::Talk;
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
            Screen::Audience(audience) => return self.of_talk(app, audience.talk()),
            Screen::Console(console) => return self.of_talk(app, console.talk()),
            Screen::Home(_) | Screen::Review(_) | Screen::Worth(_) | Screen::Stats(_) => return None,
        };
        self.newest(lab)
    }

    /// The section that the audience sees, or what was done to the mesh in front of it.
    fn of_talk(&mut self, app: &App, talk: &Talk) -> Option<String> {
        let slide = talk.slide(talk.session().shown())?;
        let section = app.parts().course.lesson.sections.get(slide.beat.section)?;
        if self.section.replace(section.number) != Some(section.number) {
            self.done = talk.stage().lab().map(done).unwrap_or_default();
            return Some(format!("{}. {}", section.number, section.title));
        }
        self.newest(talk.stage().lab()?)
    }

    /// What was done last to a mesh, if it is news.
    fn newest(&mut self, lab: &Lab) -> Option<String> {
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

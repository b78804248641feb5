//! Says when the files of a course change, for authors (`--course DIR`).

use std::path::Path;
use std::sync::mpsc::Sender;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::wake::Wake;
use crate::store::library;

/// Watches as long as it lives.
pub type Watch = RecommendedWatcher;

/// Starts watching the trees of a course in a folder, and nothing else in it: beside them a build may be running.
pub fn start(folder: &Path, to: Sender<Wake>) -> notify::Result<Watch> {
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| is_change(event.kind)) {
            // The loop may have ended; then nobody is left to tell.
            to.send(Wake::CourseChanged).ok();
        }
    })?;
    for tree in library::trees().map(|tree| folder.join(tree)).filter(|tree| tree.is_dir()) {
        watcher.watch(&tree, RecursiveMode::Recursive)?;
    }
    Ok(watcher)
}

/// Whether the system tells of changes in this folder.
pub fn try_on(folder: &Path) -> notify::Result<()> {
    notify::recommended_watcher(|_| {})?.watch(folder, RecursiveMode::NonRecursive)
}

/// Reading a file is an event too, and not one for us: reloading would wake us again for ever.
pub(super) fn is_change(kind: EventKind) -> bool {
    matches!(kind, EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_))
}

//! Taking a run along: its series and its events as files, the same text that `eastwest sim` prints of it.

use super::Lab;
use crate::app::effect::{Effect, File};
use crate::app::state::{Notice, Reply};
use crate::sim::report::print::{Head, events_csv, series_csv};
use crate::sim::{Pattern, Timeline};

impl Lab {
    pub(super) fn export(&self) -> Reply {
        let run = self.run.timeline();
        reply(&[run], &run.command())
    }
}

/// Asks for the files of these runs, which are the same under their patterns. The command has all of them again.
pub(super) fn reply(runs: &[&Timeline], command: &str) -> Reply {
    match files(runs, command) {
        Ok(files) => {
            let mut reply = Reply::effect(Effect::Save(files));
            if runs.iter().any(|run| run.has_forgotten()) {
                let words = "saved without the run's beginning, which is not kept; its command prints all";
                reply.notice = Some(Notice::Info(words.to_owned()));
            }
            reply
        }
        Err(error) => Reply::trouble(format!("nothing saved: {error}")),
    }
}

fn files(runs: &[&Timeline], command: &str) -> serde_json::Result<Vec<File>> {
    let Some(first) = runs.first() else { return Ok(Vec::new()) };
    let name = format!("eastwest-{}-seed{}", first.scenario().name(), first.seed());
    let pattern = |run: &Timeline| -> Pattern { run.scenario().pattern() };
    let told = runs.iter().map(|run| Ok((pattern(run), run.told()?)));
    let head = Head {
        scenario: first.scenario().name(),
        seed: first.seed(),
        seeds: None,
        duration: first.duration(),
        reproduce: command,
    };
    let whole = head.whole(told.collect::<serde_json::Result<_>>()?)?;
    let series = series_csv(runs.iter().flat_map(|run| run.seconds().map(|row| (pattern(run), row))));
    let events = events_csv(runs.iter().flat_map(|run| run.lines().map(|line| (pattern(run), line))));
    Ok(vec![
        File { name: format!("{name}-series.csv"), text: series },
        File { name: format!("{name}-events.csv"), text: events },
        File { name: format!("{name}.json"), text: whole },
    ])
}

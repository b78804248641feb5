//! What is reached without a key of its own: by the mouse, the palette and the search.

use super::Lab;
use crate::app::action::Failure;
use crate::app::keymap::Context;
use crate::app::now::Now;
use crate::app::state::Reply;
use crate::mesh_view::{LogLine, Nanos, PlaceId};
use crate::sim::SimTime;

/// How long something is broken that mends itself.
const FOR: &str = "20s";

/// What is done to a lab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// This place is selected.
    Select(PlaceId),
    /// The run goes to this moment.
    Moment(Nanos),
    /// This is broken for 20 s and mended then.
    BreakFor(Failure),
    /// The log turns by so many moments at which something happened; back is below 0.
    Log(i8),
}

impl Lab {
    /// What is broken at the moment on show.
    #[must_use]
    pub fn broken(&self) -> &[Failure] {
        self.compare.as_ref().map_or(self.broken.as_slice(), |compare| compare.broken())
    }

    /// Does it, unless a question waits for its answer.
    pub fn reach(&mut self, now: Now, to: Reach) -> Reply {
        if self.context() == Context::LabPredict {
            return Reply::default();
        }
        self.touched |= !matches!(to, Reach::Log(_));
        let reply = match (&mut self.compare, to) {
            (Some(compare), Reach::Moment(at)) => {
                compare.go_to(SimTime::from_nanos(at), now.mono);
                Reply::default()
            }
            (Some(compare), Reach::BreakFor(failure)) => compare.break_for(failure, FOR, now),
            (Some(_), Reach::Select(_) | Reach::Log(_)) => Reply::default(),
            (None, Reach::Select(place)) => self.select(place),
            (None, Reach::Moment(at)) => {
                self.run.seek(SimTime::from_nanos(at), now.mono);
                Reply::default()
            }
            (None, Reach::BreakFor(failure)) => {
                let words = self.spot().broken(failure).map(|words| format!("{words} for {FOR}"));
                self.intervene(words, now)
            }
            (None, Reach::Log(by)) => {
                self.turn_log(by);
                Reply::default()
            }
        };
        self.look();
        reply
    }

    /// Turns the log back, or on toward its newest line.
    pub(super) fn turn_log(&mut self, by: i8) {
        let log = &self.run.view().log;
        for _ in 0..by.unsigned_abs() {
            self.log_until = if by < 0 { before(log, self.log_until) } else { after(log, self.log_until) };
        }
    }
}

/// How much of the log is on show: its lines up to a moment, all without one.
#[must_use]
pub fn shown_of(log: &[LogLine], until: Option<Nanos>) -> &[LogLine] {
    let count = until.map_or(log.len(), |until| log.partition_point(|line| line.at <= until));
    &log[..count]
}

/// Without the lines of its last moment; the first moment stays.
fn before(log: &[LogLine], until: Option<Nanos>) -> Option<Nanos> {
    let shown = shown_of(log, until);
    let last = shown.last()?.at;
    let earlier = shown.partition_point(|line| line.at < last);
    earlier.checked_sub(1).map_or(until, |at| Some(shown[at].at))
}

/// With the lines of the next moment; all of it once there are no more.
fn after(log: &[LogLine], until: Option<Nanos>) -> Option<Nanos> {
    let next = log.get(shown_of(log, until).len())?.at;
    (shown_of(log, Some(next)).len() < log.len()).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mesh_view::LogKind;

    #[test]
    fn the_log_turns_back_a_moment_at_a_time_and_on_to_its_newest_line() {
        let line = |at| LogLine { at, kind: LogKind::Shift, subject: String::new(), text: String::new() };
        let log = [1, 4, 4, 9].map(line);
        assert_eq!(shown_of(&log, None).len(), 4);
        assert_eq!(before(&log, None), Some(4));
        assert_eq!(before(&log, Some(4)), Some(1));
        assert_eq!(before(&log, Some(1)), Some(1), "the first line stays");
        assert_eq!(after(&log, Some(1)), Some(4));
        assert_eq!(shown_of(&log, Some(4)).len(), 3);
        assert_eq!(after(&log, Some(4)), None);
        assert_eq!((before(&[], None), after(&[], None)), (None, None));
    }
}

//! `eastwest review --set` and `--settings`: how review is wanted, as entries of the log.

use std::io::Write;

use anyhow::bail;

use crate::learner::{Change, Event, Learner, Preferences, Setting};
use crate::srs::Moment;
use crate::store::pen::Pen;
use crate::store::{Home, Journal};

/// Where the value stands in the list.
const INDENT: usize = 14;

/// Sets what is asked for with one entry, all of it or nothing, and says what holds now and from when. What is so
/// already is not written again.
pub fn set(wanted: &[String], home: &Home, now: Moment, out: &mut impl Write) -> anyhow::Result<()> {
    let mut learner = read(home)?;
    let before = learner.preferences().clone();
    let (mut change, mut seen) = (Change::default(), Vec::new());
    for text in wanted {
        let (setting, value) = Setting::read(text).map_err(anyhow::Error::msg)?;
        if seen.contains(&setting) {
            bail!("{} is set twice; give it once", setting.key());
        }
        seen.push(setting);
        let mut one = Change::default();
        setting.set(value, &mut one).map_err(anyhow::Error::msg)?;
        if setting.value(&before.changed(&one)) != setting.value(&before) {
            setting.set(value, &mut change).map_err(anyhow::Error::msg)?;
        }
    }
    if change != Change::default() {
        let (mut pen, _) = Pen::open(home, |name| std::env::var_os(name), std::process::id(), now)?;
        learner.apply(pen.write(now, Event::Config(change))?);
    }
    for setting in seen {
        let (was, is) = (setting.value(&before), setting.value(learner.preferences()));
        if was == is {
            writeln!(out, "{} is {is} already", setting.key())?;
        } else {
            writeln!(out, "{} is {is} (was {was}), {}", setting.key(), setting.holds())?;
        }
    }
    Ok(())
}

/// All settings with value, default, range and what each is for; nothing is written.
pub fn list(home: &Home, now: Moment, out: &mut impl Write) -> anyhow::Result<()> {
    let learner = read(home)?;
    let (in_force, default) = (learner.preferences(), Preferences::default());
    for setting in Setting::ALL {
        let (key, value) = (setting.key(), setting.value(in_force));
        writeln!(out, "{key:<INDENT$}{value} (default {})", setting.value(&default))?;
        writeln!(out, "{:INDENT$}{}", "", setting.words())?;
        writeln!(out, "{:INDENT$}may be {}", "", setting.range())?;
    }
    let deadline = learner.deadline(learner.today(now));
    let deadline = deadline.map_or_else(|| "none".to_owned(), |day| day.to_string());
    writeln!(out, "{:<INDENT$}{deadline} (default none)", "deadline")?;
    writeln!(out, "{:INDENT$}The day on which all of it should be known.", "")?;
    writeln!(out, "{:INDENT$}may be a day ahead: `eastwest review --deadline DAY`", "")?;
    writeln!(out, "To change one: `eastwest review --set KEY=VALUE`")?;
    Ok(())
}

/// The learner of a home, which need not be there.
fn read(home: &Home) -> anyhow::Result<Learner> {
    let (entries, report) = Journal::read(home);
    match report.faults.into_iter().next() {
        Some(fault) => Err(fault.into()),
        None => Ok(Learner::fold(entries)),
    }
}

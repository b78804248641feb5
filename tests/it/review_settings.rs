//! `eastwest review --set` and `--settings`: what is kept, what is said, and what is refused.

use std::path::Path;

use eastwest::learner::{Learner, Setting};
use eastwest::store::{Home, Journal};

use crate::cli::{check, eastwest, home, text};

fn settled(home: &Path, wanted: &[&str]) -> String {
    let args = [&["review"][..], wanted].concat();
    let output = eastwest(home, &args);
    check(&output, 0);
    text(&output.stdout)
}

fn value(home: &Path, setting: Setting) -> String {
    let (entries, _) = Journal::read(&Home::at(home));
    setting.value(Learner::fold(entries).preferences())
}

#[test]
fn every_setting_is_kept_by_its_key_and_says_from_when_it_holds() {
    let home = home();
    for (setting, text, said) in [
        (
            Setting::Retention,
            "0.925",
            "retention is 0.925 (was 0.90), from the next grade on; dates that were given stay\n",
        ),
        (
            Setting::Learning,
            "30s,10m,2h",
            "learning is 30s,10m,2h (was 10m), from the next grade on; waits that have begun stay\n",
        ),
        (
            Setting::Relearning,
            "none",
            "relearning is none (was 10m), from the next grade on; waits that have begun stay\n",
        ),
        (
            Setting::MaxInterval,
            "365d",
            "max-interval is 365d (was 36500d), from the next grade on; dates that were given stay\n",
        ),
        (
            Setting::Rollover,
            "0",
            "rollover is 0 (was 4), from now on; answers stay on the days on which they were given\n",
        ),
        (Setting::New, "0", "new is 0 (was 12), from today on\n"),
        (Setting::Minutes, "15", "minutes is 15 (was 8), from the next card on\n"),
    ] {
        let pair = format!("{}={text}", setting.key());
        assert_eq!(settled(home.path(), &["--set", &pair]), said);
        assert_eq!(value(home.path(), setting), text);
    }
    assert_eq!(Journal::read(&Home::at(home.path())).0.len(), 7);
}

#[test]
fn several_are_one_entry_and_what_is_so_already_is_not_written() {
    let home = home();
    let said = settled(home.path(), &["--set", "new=6", "--set", "minutes=8", "--set", "learning=1m, 10m"]);
    assert!(said.contains("new is 6 (was 12)") && said.contains("minutes is 8 already\n"), "{said}");
    assert_eq!(value(home.path(), Setting::Learning), "1m,10m");
    assert_eq!(Journal::read(&Home::at(home.path())).0.len(), 1);
    assert_eq!(settled(home.path(), &["--set", "new=6"]), "new is 6 already\n");
    assert_eq!(Journal::read(&Home::at(home.path())).0.len(), 1);
}

#[test]
fn what_cannot_be_is_refused_in_one_sentence_and_nothing_is_kept() {
    let home = home();
    let home = home.path().join("none");
    let steps = "give none, or at most 10 growing waits under 24h, such as 1m,10m";
    for (wanted, said) in [
        ("new", "'new' sets nothing; write it as KEY=VALUE, such as new=12".to_owned()),
        ("retenton=0.9", "there is no setting 'retenton'; did you mean 'retention'?".to_owned()),
        ("colour=red", "there is no setting 'colour'; there are retention, learning, relearning, max-interval, rollover, new, minutes".to_owned()),
        ("deadline=none", "a deadline has an option of its own; give --deadline 2026-12-14, or none".to_owned()),
        ("retention=0.98", "retention cannot be '0.98'; give 0.70 to 0.97".to_owned()),
        ("retention=NaN", "retention cannot be 'NaN'; give 0.70 to 0.97".to_owned()),
        ("learning=10m,1m", format!("learning cannot be '10m,1m'; {steps}")),
        ("learning=24h", format!("learning cannot be '24h'; {steps}")),
        ("relearning=10", format!("relearning cannot be '10'; {steps}")),
        ("relearning=0s", format!("relearning cannot be '0s'; {steps}")),
        ("max-interval=0d", "max-interval cannot be '0d'; give 1d to 36500d".to_owned()),
        ("rollover=24", "rollover cannot be '24'; give 0 to 23".to_owned()),
        ("new=-1", "new cannot be '-1'; give 0 to 1000".to_owned()),
        ("minutes=0", "minutes cannot be '0'; give 1 to 240".to_owned()),
    ] {
        let output = eastwest(&home, &["review", "--set", "rollover=3", "--set", wanted]);
        check(&output, 2);
        let twice = format!("eastwest: {said}\n");
        let expected = if wanted.starts_with("rollover=") { "eastwest: rollover is set twice; give it once\n" } else { &twice };
        assert_eq!(text(&output.stderr), expected);
        let output = eastwest(&home, &["review", "--set", wanted]);
        assert_eq!(text(&output.stderr), twice);
    }
    assert!(!home.exists(), "all or nothing");
    check(&eastwest(&home, &["review", "--set", "new=6", "--cram"]), 2);
}

#[test]
fn all_are_listed_with_value_default_range_and_what_each_is_for() {
    let home = home();
    settled(home.path(), &["--set", "new=6"]);
    settled(home.path(), &["--deadline", "none"]);
    let said = settled(home.path(), &["--settings"]);
    for setting in Setting::ALL {
        for part in [setting.key(), setting.words(), &setting.range()] {
            assert!(said.contains(part), "{part}:\n{said}");
        }
    }
    assert!(said.contains("new           6 (default 12)\n"), "{said}");
    assert!(said.contains("deadline      none (default none)\n"), "{said}");
    assert!(said.lines().all(|line| line.chars().count() <= 80), "{said}");
    assert_eq!(Journal::read(&Home::at(home.path())).0.len(), 1, "looking keeps nothing");
}

#[test]
fn the_page_has_every_setting_with_its_default() {
    let page = include_str!("../../docs/recall.md");
    let default = eastwest::learner::Preferences::default();
    for setting in Setting::ALL {
        let row = format!("| `{}` | `{}` |", setting.key(), setting.value(&default));
        assert!(page.contains(&row), "{row}");
    }
}

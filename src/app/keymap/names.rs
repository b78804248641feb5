//! Names of contexts and actions in files of keys. They are the variants' own names in small letters with dashes;
//! `assets/keys.toml` holds all of them, so that a name that changes is noticed.

use super::{Context, rows};
use crate::app::action::Action;

impl Context {
    /// The name of its table in a file of keys: `lab`, `review-typing`.
    #[must_use]
    pub fn name(self) -> String {
        dashed(&format!("{self:?}"))
    }

    /// The context of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|context| context.name() == name)
    }
}

impl Action {
    /// Its name in a file of keys: `toggle-play`, `pattern-1`.
    #[must_use]
    pub fn name(self) -> String {
        dashed(&format!("{self:?}"))
    }
}

/// The actions that a context binds itself, each once, in the table's order.
#[must_use]
pub fn actions(context: Context) -> Vec<Action> {
    let mut all: Vec<Action> = Vec::new();
    for binding in rows().iter().filter(|binding| binding.context == context) {
        if !all.contains(&binding.action) {
            all.push(binding.action);
        }
    }
    all
}

/// `TogglePlay` is `toggle-play`; `Pattern(1)` is `pattern-1`.
fn dashed(variant: &str) -> String {
    let mut name = String::new();
    for c in variant.chars() {
        let starts = c.is_ascii_uppercase() || !c.is_ascii_alphanumeric();
        if starts && !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
        if c.is_ascii_alphanumeric() {
            name.push(c.to_ascii_lowercase());
        }
    }
    name.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::action::Failure;
    use crate::srs::Grade;

    #[test]
    fn names_are_the_variants_in_small_letters() {
        assert_eq!(Action::TogglePlay.name(), "toggle-play");
        assert_eq!(Action::Pattern(1).name(), "pattern-1");
        assert_eq!(Action::Grade(Grade::Again).name(), "grade-again");
        assert_eq!(Action::Break(Failure::NotReady).name(), "break-not-ready");
        assert_eq!(Context::ReviewTyping.name(), "review-typing");
    }

    #[test]
    fn no_name_is_given_twice() {
        for context in Context::ALL {
            assert_eq!(Context::named(&context.name()), Some(context));
            let mut names: Vec<String> = actions(context).iter().map(|action| action.name()).collect();
            names.sort();
            let count = names.len();
            names.dedup();
            assert_eq!(names.len(), count, "{context:?}");
        }
    }
}

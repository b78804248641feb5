//! A scenario with one rule changed, as somebody does who tries values: what was set before stays, each key once.

use std::sync::Arc;

use super::{Scenario, ScenarioError, Version};

impl Scenario {
    /// As it was before the first assignment, under the pattern it has now.
    #[must_use]
    pub fn original(&self) -> Self {
        let mut original = self.original.as_deref().unwrap_or(self).clone();
        original.set_pattern(self.pattern());
        original
    }

    /// The original with these assignments, and no others.
    ///
    /// # Errors
    ///
    /// If one cannot be made, or if they do not go together.
    pub fn changed<'a>(&self, changes: impl IntoIterator<Item = &'a str>) -> Result<Self, ScenarioError> {
        let mut next = self.original();
        for change in changes {
            next.set(change)?;
        }
        next.validate()?;
        Ok(next)
    }

    /// The same with another value of a key. A value that the original has is not an assignment any more.
    ///
    /// # Errors
    ///
    /// If the key does not take the value, or if it does not go with the others.
    pub fn with(&self, key: &str, value: &str) -> Result<Self, ScenarioError> {
        let mut with = self.original();
        for change in self.other_changes(key) {
            with.set(change)?;
        }
        let mut plain = with.clone();
        with.set(&format!("{key}={value}"))?;
        with.validate()?;
        plain.changes.clone_from(&with.changes);
        plain.original.clone_from(&with.original);
        if plain == with { self.without(key) } else { Ok(with) }
    }

    /// The same without any assignment of a key: it has the original's value again.
    ///
    /// # Errors
    ///
    /// If that value does not go with the others.
    pub fn without(&self, key: &str) -> Result<Self, ScenarioError> {
        self.changed(self.other_changes(key))
    }

    fn other_changes<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a str> {
        let of_key = move |change: &&str| change.split_once('=').is_none_or(|(set, _)| set != key);
        self.changes.iter().map(String::as_str).filter(of_key)
    }

    /// What the next assignment is made to, if it is the first one.
    pub(super) fn kept_original(&self) -> Option<Arc<Self>> {
        self.original.clone().or_else(|| Some(Arc::new(self.clone())))
    }

    /// What Envoy's panic threshold is, in percent: set, or what Istio sends for this version and rule.
    #[must_use]
    pub fn panic_percent(&self) -> u32 {
        self.mesh.panic_percent()
    }

    /// Istio's version is one that sends pods that are not ready, which it has done since 1.31.
    #[must_use]
    pub fn sends_not_ready(&self) -> bool {
        self.mesh.istio >= (Version { major: 1, minor: 31 })
    }
}

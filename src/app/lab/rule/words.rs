//! The rule panel as lines, for the lab as text.

use super::view::{Detail, RuleView};
use crate::app::action::Action;
use crate::app::keymap::{self, Context};
use crate::app::lab::words::spoken_key;
use crate::mesh_view::words::spoken;

/// The field one stands on, in full, and then all of them.
#[must_use]
pub fn lines(rule: &RuleView) -> Vec<String> {
    let count = rule.fields.len();
    let detail = &rule.detail;
    let group = rule.fields.get(rule.row).map_or("", |field| field.group.title());
    let mut lines = vec![format!("The rule, field {} of {count}: {}, {group}", rule.row + 1, detail.name)];
    lines.extend(about(detail).into_iter().map(|line| format!("  {}", spoken(&line))));
    lines.push(format!("  {}", keys(detail)));
    if let Some(name) = rule.preset {
        lines.push(format!("  as it is, it is {}", spoken(name)));
    }
    let mut heading = None;
    for field in &rule.fields {
        if heading != Some(field.group) {
            heading = Some(field.group);
            lines.push(format!("Rule: {}", field.group.title()));
        }
        let default =
            field.default.as_ref().map_or_else(String::new, |default| format!(", default {default}"));
        let idle = if field.idle { ", no effect now" } else { "" };
        lines.push(format!("  {} {}{default}{idle}", field.name, field.value));
    }
    lines
}

/// Every fact of a field, a sentence each.
#[must_use]
pub fn about(detail: &Detail) -> Vec<String> {
    let mut lines = vec![
        format!("{} is {}; default {}", detail.key, detail.value, detail.default),
        format!("it may be {}", detail.range),
        detail.says.to_owned(),
        format!("{}: {}", detail.object, detail.line),
    ];
    lines.extend(detail.seen.clone());
    lines.extend(detail.idle.map(|why| format!("No effect now. {why}")));
    lines.extend(detail.typed.as_ref().map(|typed| format!("typed so far: {typed}")));
    lines.extend(detail.trouble.clone());
    lines
}

fn keys(detail: &Detail) -> String {
    if detail.typed.is_some() {
        let key = |action| keymap::shown(Context::LabRuleTyping, action);
        return format!("{} sets it, {} leaves it as it is", key(Action::Confirm), key(Action::Back));
    }
    let key = |action| keymap::shown(Context::LabRule, action);
    format!(
        "{} and {} for the next value and the one before, {} to type one, {} for the default, {} and {} for another field, {} for a named rule, {} closes",
        spoken_key(&key(Action::More)),
        spoken_key(&key(Action::Less)),
        key(Action::Confirm),
        key(Action::Erase),
        key(Action::Down),
        key(Action::Up),
        key(Action::NextPreset),
        key(Action::Back)
    )
}

//! Options, then `config.toml`, then the environment: what each says of looks and motion, in this order.

use std::env;
#[cfg(feature = "tui")]
use std::path::Path;

use super::args::{Cli, ColorWhen};
use crate::store::Config;
use crate::store::config::{Color, ConfigFault};

/// The user's file.
pub fn config() -> Result<Config, ConfigFault> {
    Config::load(|name| env::var_os(name))
}

/// When to use color, for what is printed.
pub fn color(cli: &Cli) -> Result<ColorWhen, ConfigFault> {
    let config = config()?;
    Ok(cli.screen.color.or_else(|| config.color.map(when)).unwrap_or_default())
}

const fn when(color: Color) -> ColorWhen {
    match color {
        Color::Auto => ColorWhen::Auto,
        Color::Always => ColorWhen::Always,
        Color::Never => ColorWhen::Never,
    }
}

/// A terminal that only prints line after line.
#[cfg(feature = "tui")]
pub fn is_dumb() -> bool {
    env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// What options and file ask of looks.
#[cfg(feature = "tui")]
pub fn wish(cli: &Cli, config: &Config) -> Result<crate::shell::looks::Wish, ConfigFault> {
    use crate::palette::Palette;
    use crate::shell::looks::{Colors, Wish};
    use crate::store::config::theme;
    use crate::ui::theme::Ground;

    let screen = &cli.screen;
    let asked = screen.theme.as_deref().map(|name| theme(name, Path::new(""))).transpose()?;
    let ground = asked.or(config.theme).map(|palette| match palette {
        dark if *dark == *Palette::dark() => Ground::Dark,
        light if *light == *Palette::light() => Ground::Light,
        other => Ground::Of(other),
    });
    let colors = match screen.color.or_else(|| config.color.map(when)).unwrap_or_default() {
        ColorWhen::Auto => Colors::AsTheTerminalSays,
        ColorWhen::Always => Colors::Always,
        ColorWhen::Never => Colors::Never,
    };
    Ok(Wish { ground, colors, ascii: screen.ascii || config.ascii.unwrap_or(false) })
}

/// How much is to move, how often, and by which keys.
#[cfg(feature = "tui")]
pub fn manner(cli: &Cli, config: &Config) -> crate::app::manner::Manner {
    use crate::app::manner::{Manner, Motion, SLOW_FRAME};
    use crate::app::pacer::FRAME;

    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    let reduced = set("REDUCE_MOTION").then_some(Motion::Reduced);
    let motion = cli.screen.motion.or(config.motion).or(reduced).unwrap_or_default();
    let far = set("SSH_CONNECTION") || set("SSH_TTY");
    Manner { motion, every: if far { SLOW_FRAME } else { FRAME }, keys: config.keys }
}

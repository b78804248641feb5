//! `eastwest record`: plays a session on a clock of its own and makes a recording or pictures of it. The same script
//! gives the same bytes.

#[cfg(feature = "tui")]
pub mod cast;
#[cfg(feature = "tui")]
pub mod svg;
#[cfg(feature = "tui")]
pub mod watch;

use std::io::Write;
use std::path::PathBuf;

use super::args::ScreenArgs;

/// What `eastwest record` is told.
#[derive(Clone, Debug, clap::Args)]
pub struct RecordArgs {
    /// A session: keys in, screens out (docs/record.md)
    #[arg(value_name = "SCRIPT")]
    pub script: PathBuf,
    /// Where to: a file for a cast, a folder for pictures; standard output or the current folder if not given
    #[arg(long, value_name = "FILE|DIR")]
    pub out: Option<PathBuf>,
    /// Columns and rows to begin with, whatever the script says
    #[arg(long, value_name = "COLUMNSxROWS")]
    pub size: Option<String>,
    /// cast: an asciinema recording; svg: a picture at each `see` and `film`
    #[arg(long, value_name = "FORMAT", default_value = "cast")]
    pub format: Format,
}

/// What is made of a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// An asciinema recording, version 2
    #[default]
    Cast,
    /// Pictures
    Svg,
}

/// Without screens there is nothing to record.
///
/// # Errors
/// Always.
#[cfg(not(feature = "tui"))]
pub fn run(_args: &RecordArgs, _screen: &ScreenArgs, _out: &mut impl Write) -> anyhow::Result<()> {
    anyhow::bail!("this build has no screens; `read`, `sim`, `calc`, `due` and `check` need none")
}

/// Plays the script and writes what came of it.
///
/// # Errors
/// A script that cannot be read or played, with its line; a file that cannot be written.
#[cfg(feature = "tui")]
pub fn run(args: &RecordArgs, screen: &ScreenArgs, out: &mut impl Write) -> anyhow::Result<()> {
    use anyhow::Context as _;
    use std::fs;

    let file = args.script.display().to_string();
    let text = fs::read_to_string(&args.script).with_context(|| format!("could not read {file}"))?;
    let script = crate::app::script::Script::read(&text, &file)?;
    let size = args.size.as_deref().map(crate::app::script::size).transpose();
    let size = size.map_err(anyhow::Error::msg).context("--size")?;
    let stage = watch::stage(screen.course.as_deref())?;
    let theme = watch::theme(screen)?;
    let write = |path: &std::path::Path, text: &str| {
        fs::write(path, text).with_context(|| format!("could not write {}", path.display()))
    };
    match args.format {
        Format::Cast => {
            let title = args.script.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
            let cast = watch::cast(&script, &title, &stage, size, theme)?;
            match &args.out {
                Some(path) => write(path, &cast)?,
                None => out.write_all(cast.as_bytes())?,
            }
        }
        Format::Svg => {
            let folder = args.out.clone().unwrap_or_default();
            let pictures = watch::pictures(&script, &stage, size, theme)?;
            anyhow::ensure!(
                !pictures.is_empty(),
                "{file} shows nothing; write a line such as 'see the link is cut' where a picture should be"
            );
            fs::create_dir_all(&folder).with_context(|| format!("could not make {}", folder.display()))?;
            for (name, picture) in pictures {
                let path = folder.join(name);
                write(&path, &picture)?;
                writeln!(out, "{}", path.display())?;
            }
        }
    }
    Ok(())
}

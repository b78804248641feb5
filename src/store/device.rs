//! The name of this device, which names its log, and the entropy that ids are made of.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::{Home, StoreFault, paths};

/// Hexadecimal digits of a device's name.
const NAME_DIGITS: usize = 12;
/// Hexadecimal digits of the name of the file that holds it.
const HOST_DIGITS: usize = 16;
/// Where a host says who it is. A home on a network is shared by hosts, and each has to write its own log.
const HOST_FILES: [&str; 3] = ["/proc/sys/kernel/hostname", "/etc/hostname", "/etc/machine-id"];

/// The name of this device in that home, made the first time that `host` asks for it.
///
/// `entropy` is [`entropy`]'s. When two processes ask for the first time at once, one of them wins.
pub fn name(home: &Home, host: &str, entropy: u128) -> Result<String, StoreFault> {
    paths::create(&home.devices())?;
    let path = file(home, host);
    if let Some(name) = read(&path)? {
        return Ok(name);
    }
    let name = proposed(entropy);
    let draft = path.with_extension(&name);
    let kept = write(&draft, &name)
        .map_err(StoreFault::at("write", &path))
        .and_then(|()| settle(&draft, path, name));
    // It has done its work, or stands for nothing.
    fs::remove_file(&draft).ok();
    if kept.is_ok() {
        paths::sync_folder(&home.devices());
    }
    kept
}

/// The name that this entropy proposes.
#[must_use]
pub fn proposed(entropy: u128) -> String {
    format!("{entropy:032x}")[..NAME_DIGITS].to_owned()
}

/// Puts the draft in its place, if no other process was faster; gives the name that stands.
fn settle(draft: &Path, path: PathBuf, name: String) -> Result<String, StoreFault> {
    // A link appears whole or not at all, and never in the place of another one.
    let linked = fs::hard_link(draft, &path);
    match read(&path)? {
        Some(theirs) => Ok(theirs),
        // Links are not to be had here, or the file holds no name: then the last one wins.
        None => match fs::rename(draft, &path) {
            Ok(()) => Ok(name),
            Err(_) => Err(StoreFault { path, doing: "write", cause: failure(linked) }),
        },
    }
}

/// How many devices have a name in that home; drafts and what else lies there are none.
pub(super) fn count(home: &Home) -> usize {
    let is_host = |name: &std::ffi::OsStr| {
        name.to_str()
            .is_some_and(|it| it.len() == HOST_DIGITS && it.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    let files = fs::read_dir(home.devices()).into_iter().flatten().flatten();
    files.filter(|file| is_host(&file.file_name()) && matches!(read(&file.path()), Ok(Some(_)))).count()
}

/// The name of this device if it has one already; nothing is made.
pub fn known(home: &Home, host: &str) -> Result<Option<String>, StoreFault> {
    read(&file(home, host))
}

/// What this host calls itself; `variable` looks up environment variables.
#[must_use]
pub fn host(variable: impl Fn(&str) -> Option<std::ffi::OsString>) -> String {
    let files = HOST_FILES.iter().filter_map(|path| fs::read_to_string(path).ok());
    let variables = ["HOSTNAME", "COMPUTERNAME"].iter().filter_map(|name| variable(name)?.into_string().ok());
    let names: Vec<String> = files.chain(variables).map(|name| name.trim().to_owned()).collect();
    names.join("\n")
}

/// 128 bits that no other process has: from the system, else from what the process is told of itself.
#[must_use]
pub fn entropy(process: u32, unix_ns: u128) -> u128 {
    let mut bytes = [0; 16];
    let read = fs::File::open("/dev/urandom").and_then(|mut file| file.read_exact(&mut bytes));
    if read.is_ok() {
        return u128::from_be_bytes(bytes);
    }
    let seed = [&process.to_be_bytes()[..], &unix_ns.to_be_bytes()].concat();
    (u128::from(fnv(&seed)) << 64) | (unix_ns & u128::from(u64::MAX))
}

/// Where the name of this host's device stands.
fn file(home: &Home, host: &str) -> PathBuf {
    home.devices().join(format!("{:016x}", fnv(host.as_bytes())))
}

/// `None` where there is no file or it holds no name.
fn read(path: &Path) -> Result<Option<String>, StoreFault> {
    match fs::read_to_string(path) {
        Ok(text) => {
            let name = text.trim();
            let good = name.len() == NAME_DIGITS && name.bytes().all(|byte| byte.is_ascii_hexdigit());
            Ok(good.then(|| name.to_owned()))
        }
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::InvalidData) => {
            Ok(None)
        }
        Err(error) => Err(StoreFault::at("read", path)(error)),
    }
}

fn write(path: &Path, name: &str) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(format!("{name}\n").as_bytes())?;
    file.sync_all()
}

fn failure(result: io::Result<()>) -> io::Error {
    result.err().unwrap_or_else(|| io::Error::other("it holds no name"))
}

/// FNV-1a, 64 bits.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

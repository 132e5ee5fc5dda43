//! Reads text whole or not at all, and writes it in one step.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Component, Path, PathBuf},
};

use tempfile::{Builder, NamedTempFile};

use super::HostError;

/// Most bytes of a document that are read: ten times the longest postmortem known, and little enough
/// that a parser's memory stays bounded.
pub const SIZE_LIMIT: u64 = 10 * 1024 * 1024;

/// The text of the file at `path`, byte for byte; a byte order mark stays.
///
/// # Errors
/// A missing path, a folder, a device, more than [`SIZE_LIMIT`] bytes, UTF-16, NUL bytes, invalid UTF-8.
pub fn read_text(path: &Path) -> Result<String, HostError> {
    read_text_up_to(path, SIZE_LIMIT)
}

/// [`read_text`] with another limit in bytes.
///
/// # Errors
/// As [`read_text`].
pub fn read_text_up_to(path: &Path, limit: u64) -> Result<String, HostError> {
    read(path, path, limit)
}

/// The text of the file at `path`, relative to `root`; problems name it by `path`.
///
/// # Errors
/// As [`read_text`].
pub fn read_text_in(root: &Path, path: &str) -> Result<String, HostError> {
    read(&root.join(path), Path::new(path), SIZE_LIMIT)
}

fn read(place: &Path, path: &Path, limit: u64) -> Result<String, HostError> {
    let fail = |cause| HostError::reading(path, cause);
    // Asked by path and before opening: opening a pipe would wait for its other end.
    let meta = fs::metadata(place).map_err(fail)?;
    if meta.is_dir() {
        return Err(HostError::Folder { path: path.into() });
    }
    if !meta.is_file() {
        return Err(HostError::Special { path: path.into() });
    }
    // One byte more than the file has, so that its end shows without another piece of memory.
    let expected = usize::try_from(meta.len().min(limit) + 1).unwrap_or_default();
    let mut bytes = Vec::with_capacity(expected);
    // The file may have grown since its size was asked for.
    File::open(place)
        .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
        .map_err(fail)?;
    if bytes.len() as u64 > limit {
        return Err(HostError::TooLarge {
            path: path.into(),
            size: meta.len().max(bytes.len() as u64),
            limit,
        });
    }
    text_of(path, bytes)
}

fn text_of(path: &Path, bytes: Vec<u8>) -> Result<String, HostError> {
    let path = || path.to_path_buf();
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(HostError::Utf16 { path: path() });
    }
    if memchr::memchr(0, &bytes).is_some() {
        return Err(HostError::Binary { path: path() });
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        HostError::NotUtf8 {
            path: path(),
            line: valid.split(|byte| *byte == b'\n').count(),
        }
    })
}

/// Whether `path`, relative to `root`, is a folder.
#[must_use]
pub fn is_folder(root: &Path, path: &str) -> bool {
    root.join(path).is_dir()
}

/// The real place of `path`, relative to `root` and with `/`; relative paths start at `base`.
/// Symbolic links are followed, so that an edit reaches the file and does not replace the link.
///
/// # Errors
/// A path that is missing, lies outside of `root`, or has a name that is no UTF-8.
pub fn relative(root: &Path, base: &Path, path: &Path) -> Result<String, HostError> {
    let real = |place: &Path| fs::canonicalize(place);
    let real_root = real(root).map_err(|cause| HostError::reading(root, cause))?;
    let found = real(&base.join(path)).map_err(|cause| HostError::reading(path, cause))?;
    let inside = found
        .strip_prefix(&real_root)
        .map_err(|_| HostError::Outside {
            path: path.into(),
            root: root.into(),
        })?;
    with_slashes(inside)
}

/// `path` with `/` between its parts.
pub(super) fn with_slashes(path: &Path) -> Result<String, HostError> {
    let parts: Option<Vec<&str>> = path.iter().map(std::ffi::OsStr::to_str).collect();
    parts
        .map(|parts| parts.join("/"))
        .ok_or_else(|| HostError::Name { path: path.into() })
}

/// Puts `text` into the file at `path`, relative to `root`, in one step: readers see the old text or
/// the new one. Permissions stay; folders that are missing are made.
///
/// # Errors
/// A path that leads out of `root`, also by a symbolic link; a refusal of the system.
pub fn write(root: &Path, path: &str, text: &str) -> Result<(), HostError> {
    let target = place(root, path)?;
    let old = fs::metadata(&target).ok().map(|meta| meta.permissions());
    if old.as_ref().is_some_and(fs::Permissions::readonly) {
        let cause = io::Error::from(io::ErrorKind::PermissionDenied);
        return Err(HostError::writing(&target, cause));
    }
    let file = filled(&target, text)?;
    let fail = |cause| HostError::writing(&target, cause);
    if let Some(permissions) = old {
        file.as_file().set_permissions(permissions).map_err(fail)?;
    }
    file.persist(&target).map_err(|error| fail(error.error))?;
    Ok(())
}

/// Makes the file at `path`, relative to `root`, with `text` in it, in one step. `false` where the
/// path is taken: of several processes that ask for one path, one gets it.
///
/// # Errors
/// As [`write()`].
pub fn create(root: &Path, path: &str, text: &str) -> Result<bool, HostError> {
    let target = place(root, path)?;
    match filled(&target, text)?.persist_noclobber(&target) {
        Ok(_) => Ok(true),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(HostError::writing(&target, error.error)),
    }
}

/// Removes what writes that were killed left behind in `folder`, relative to `root`. What a run still writes is
/// locked and stays, and so does whatever cannot be looked at: nothing depends on its going.
pub fn clear(root: &Path, folder: &str) {
    let Ok(inside) = relative(root, root, Path::new(folder)) else {
        return;
    };
    let folder = root.join(inside);
    let names = names(&folder).unwrap_or_default();
    for path in names
        .iter()
        .filter(|name| is_unfinished(name))
        .map(|name| folder.join(name))
    {
        let is_file = fs::symlink_metadata(&path).is_ok_and(|meta| meta.is_file());
        let left = File::open(&path).ok().filter(|_| is_file);
        if left.is_some_and(|file| file.try_lock().is_ok() && fs::remove_file(&path).is_ok()) {
            tracing::debug!(path = %path.display(), "removed what a killed run left");
        }
    }
}

/// The names of what the folder `path` holds, sorted; none where there is no such folder.
///
/// # Errors
/// A refusal of the system.
pub fn names(path: &Path) -> Result<Vec<String>, HostError> {
    let fail = |cause| HostError::reading(path, cause);
    let entries = match fs::read_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(fail)?,
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry.map_err(fail)?.file_name().into_string());
    }
    names.sort();
    Ok(names)
}

/// Where `path` really lies. What is there already of it is followed through symbolic links; the folder
/// that is to hold the file is made.
fn place(root: &Path, path: &str) -> Result<PathBuf, HostError> {
    let outside = || HostError::Outside {
        path: path.into(),
        root: root.into(),
    };
    let relative = Path::new(path);
    let plain = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    if path.is_empty() || !relative.components().all(plain) {
        return Err(outside());
    }
    let real_root = fs::canonicalize(root).map_err(|cause| HostError::reading(root, cause))?;
    let target = real_root.join(relative);
    if let Some(known) = target
        .ancestors()
        .find(|part| fs::symlink_metadata(part).is_ok())
    {
        let real = fs::canonicalize(known).map_err(|cause| HostError::writing(known, cause))?;
        if !real.starts_with(&real_root) {
            return Err(outside());
        }
        if known == target {
            return Ok(real);
        }
    }
    let folder = target.parent().ok_or_else(outside)?;
    fs::create_dir_all(folder).map_err(|cause| HostError::writing(folder, cause))?;
    Ok(target)
}

/// What the name of a file that is being written starts with, how many random characters follow, and its end.
const UNFINISHED: (&str, usize, &str) = (".followthrough-", 8, ".tmp");

fn is_unfinished(name: &str) -> bool {
    let (start, random, end) = UNFINISHED;
    let middle = name
        .strip_prefix(start)
        .and_then(|rest| rest.strip_suffix(end));
    middle.is_some_and(|middle| {
        middle.len() == random && middle.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// A file beside `target`, locked while this run lives, that holds `text` and goes away unless it is given a name.
fn filled(target: &Path, text: &str) -> Result<NamedTempFile, HostError> {
    let fail = |cause| HostError::writing(target, cause);
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut builder = Builder::new();
    builder
        .prefix(UNFINISHED.0)
        .rand_bytes(UNFINISHED.1)
        .suffix(UNFINISHED.2);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What the system's mask leaves of it, as for any new file.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = loop {
        let file = builder.tempfile_in(folder).map_err(fail)?;
        // A file system without locks has none that could be taken for left behind either.
        let _ = file.as_file().lock();
        // Between making and locking, another run may have cleared it away.
        if file.path().exists() {
            break file;
        }
    };
    file.write_all(text.as_bytes()).map_err(fail)?;
    // Without it, a power cut after the rename can leave an empty file behind.
    file.as_file().sync_all().map_err(fail)?;
    Ok(file)
}

#[cfg(test)]
mod tests;

//! Storage in a folder on disk: `saves/NAME.nanking.ron` and `settings.ron` in the person's data
//! folder, or in `NANKING_DATA_DIR`.
//!
//! A file is written beside its place, brought to the disk, and only then put into its place, so
//! that a power cut leaves the old file or the new one and never half of either.

use super::{
    EXTENSION, MAX_HEAD_BYTES, MAX_SAVE_BYTES, MAX_SAVES, MAX_SETTINGS_BYTES, SaveEntry, SaveName,
    Storage, StorageError,
};
use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

/// Variable that names another folder than the system's.
const VARIABLE: &str = "NANKING_DATA_DIR";

/// Saves and settings in a folder.
#[derive(Clone, Debug)]
pub struct DiskStorage {
    root: PathBuf,
}

impl DiskStorage {
    /// The person's data folder. It is made when something is first kept.
    ///
    /// # Errors
    /// [`StorageError::NoFolder`] if the system names none.
    pub fn open() -> Result<Self, StorageError> {
        if let Some(folder) = std::env::var_os(VARIABLE).filter(|f| !f.is_empty()) {
            return Ok(Self::at(PathBuf::from(folder)));
        }
        directories::ProjectDirs::from("", "", "nanking-1937")
            .map(|folders| Self::at(folders.data_dir().to_owned()))
            .ok_or(StorageError::NoFolder)
    }

    /// Any folder.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    fn saves(&self) -> PathBuf {
        self.root.join("saves")
    }

    fn path(&self, name: &SaveName) -> PathBuf {
        self.saves().join(format!("{name}{EXTENSION}"))
    }

    fn settings(&self) -> PathBuf {
        self.root.join("settings.ron")
    }
}

impl Storage for DiskStorage {
    fn list_saves(&self) -> Result<Vec<SaveEntry>, StorageError> {
        let folder = self.saves();
        let found = match fs::read_dir(&folder) {
            Ok(found) => found,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(refused("listed", &folder, &e)),
        };
        let mut entries: Vec<SaveEntry> = found.flatten().filter_map(|e| entry(&e)).collect();
        entries.sort_by(|a, b| b.written.cmp(&a.written).then(a.name.cmp(&b.name)));
        entries.truncate(MAX_SAVES);
        Ok(entries)
    }

    fn read(&self, name: &SaveName) -> Result<String, StorageError> {
        let bytes = read(&self.path(name), name.as_str(), MAX_SAVE_BYTES)?
            .ok_or_else(|| StorageError::Missing(name.to_string()))?;
        String::from_utf8(bytes).map_err(|_| StorageError::NotText(name.to_string()))
    }

    fn read_head(&self, name: &SaveName) -> Result<String, StorageError> {
        let path = self.path(name);
        let mut bytes = Vec::new();
        File::open(&path)
            .and_then(|file| file.take(MAX_HEAD_BYTES).read_to_end(&mut bytes))
            .map_err(|e| match e.kind() {
                io::ErrorKind::NotFound => StorageError::Missing(name.to_string()),
                _ => refused("read", &path, &e),
            })?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    fn write(&self, name: &SaveName, text: &str) -> Result<(), StorageError> {
        let path = self.path(name);
        replace(&path, |file| file.write_all(text.as_bytes()))
            .map_err(|e| refused("written", &path, &e))
    }

    fn delete(&self, name: &SaveName) -> Result<(), StorageError> {
        let path = self.path(name);
        fs::remove_file(&path).map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => StorageError::Missing(name.to_string()),
            _ => refused("deleted", &path, &e),
        })
    }

    fn read_settings(&self) -> Result<Option<String>, StorageError> {
        let Some(bytes) = read(&self.settings(), "settings.ron", MAX_SETTINGS_BYTES)? else {
            return Ok(None);
        };
        String::from_utf8(bytes)
            .map(Some)
            .map_err(|_| StorageError::NotText("settings.ron".to_owned()))
    }

    fn write_settings(&self, text: &str) -> Result<(), StorageError> {
        let path = self.settings();
        replace(&path, |file| file.write_all(text.as_bytes()))
            .map_err(|e| refused("written", &path, &e))
    }

    fn place(&self) -> String {
        self.root.display().to_string()
    }
}

/// A file of the saves' folder, if it is a save.
fn entry(found: &fs::DirEntry) -> Option<SaveEntry> {
    let file_name = found.file_name();
    let name = file_name.to_str()?.strip_suffix(EXTENSION)?;
    let about = fs::metadata(found.path()).ok()?;
    let written = about
        .modified()
        .ok()
        .and_then(|time| time.duration_since(UNIX_EPOCH).ok())
        .map_or(0, |since| since.as_nanos());
    Some(SaveEntry {
        name: SaveName::new(name).ok()?,
        bytes: about.len(),
        written,
    })
    .filter(|_| about.is_file())
}

/// The bytes of a file; `None` if there is none.
fn read(path: &Path, name: &str, max: u64) -> Result<Option<Vec<u8>>, StorageError> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(refused("read", path, &e)),
    };
    let mut bytes = Vec::new();
    // The file may be a device without end, or grow while it is read.
    file.take(max + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| refused("read", path, &e))?;
    if bytes.len() as u64 > max {
        return Err(StorageError::TooLarge {
            name: name.to_owned(),
            bytes: fs::metadata(path).map_or(bytes.len() as u64, |a| a.len()),
            max,
        });
    }
    Ok(Some(bytes))
}

/// Puts a new file in the place of an old one, whole or not at all.
fn replace(path: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut part = std::ffi::OsString::from(".");
    part.push(path.file_name().unwrap_or_default());
    // Two programs at work must not write to one file.
    part.push(format!(".{}.part", std::process::id()));
    let part = folder.join(part);
    let done = File::create(&part)
        .and_then(|mut file| {
            fill(&mut file)?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&part, path));
    if done.is_err() {
        // What is half written is of no use; that it could not be written is the error to tell.
        let _ = fs::remove_file(&part);
        return done;
    }
    sync_folder(folder)
}

/// Brings a folder's new entry to the disk.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Elsewhere a folder cannot be opened as a file; the rename is as safe as the system makes it.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

fn refused(what: &'static str, path: &Path, error: &io::Error) -> StorageError {
    StorageError::Refused {
        what,
        place: path.display().to_string(),
        why: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interrupted_write_keeps_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.nanking.ron");
        replace(&path, |file| file.write_all(b"old")).unwrap();
        let failed = replace(&path, |file| {
            file.write_all(b"half of the ne")?;
            Err(io::Error::other("the disk is full"))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing half written is left"
        );
        replace(&path, |file| file.write_all(b"new")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
    }
}

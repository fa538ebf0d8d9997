//! The one door to files of the person at the window: saved battles and settings.
//!
//! A save is the text of a record with two comment lines before it ([`slot`]), so that a list of
//! saves needs no replay. Everything read here may be damaged or hostile: names are checked, sizes
//! are bounded, and nothing is overwritten except by a whole file put in its place. A browser can
//! have a storage of its own behind the same trait; no other part of the window may touch files.

#[cfg(not(target_arch = "wasm32"))]
mod disk;
mod load;
mod memory;
mod settings;
mod slot;

#[cfg(not(target_arch = "wasm32"))]
pub use disk::DiskStorage;
pub use load::{LoadError, Loaded, Progress, load, load_text};
pub use memory::MemoryStorage;
pub use settings::Settings;
pub use slot::{About, Preface, Slot, slots, suggested_name};

use crate::record;
use std::fmt;

/// Largest save read, bytes: the largest record and the lines before it.
pub const MAX_SAVE_BYTES: u64 = record::MAX_BYTES as u64 + MAX_HEAD_BYTES;

/// Largest settings file read, bytes.
pub const MAX_SETTINGS_BYTES: u64 = 64 * 1024;

/// Bytes at the beginning of a save that are read for a list of saves.
pub const MAX_HEAD_BYTES: u64 = 256 * 1024;

/// Most saves listed.
pub const MAX_SAVES: usize = 500;

/// Longest name of a save, characters.
const MAX_NAME: usize = 60;

/// Ending of a save's file name.
const EXTENSION: &str = ".nanking.ron";

/// Where saves and settings are kept.
pub trait Storage: Send + Sync {
    /// The saves that exist, newest first, at most [`MAX_SAVES`].
    ///
    /// # Errors
    /// [`StorageError`] if the place of saves exists and cannot be looked through.
    fn list_saves(&self) -> Result<Vec<SaveEntry>, StorageError>;

    /// The text of a save.
    ///
    /// # Errors
    /// [`StorageError`] if there is none, or it is too large or no text.
    fn read(&self, name: &SaveName) -> Result<String, StorageError>;

    /// The beginning of a save, at most [`MAX_HEAD_BYTES`]; it may end in the middle of a line.
    ///
    /// # Errors
    /// [`StorageError`] if there is none.
    fn read_head(&self, name: &SaveName) -> Result<String, StorageError>;

    /// Keeps a save. If this fails, what was kept under the name before is still there.
    ///
    /// # Errors
    /// [`StorageError`] if it cannot be written.
    fn write(&self, name: &SaveName, text: &str) -> Result<(), StorageError>;

    /// Deletes a save.
    ///
    /// # Errors
    /// [`StorageError`] if there is none, or it cannot be deleted.
    fn delete(&self, name: &SaveName) -> Result<(), StorageError>;

    /// The text of the settings; `None` if none were kept yet.
    ///
    /// # Errors
    /// [`StorageError`] if there are some and they cannot be read.
    fn read_settings(&self) -> Result<Option<String>, StorageError>;

    /// Keeps the settings.
    ///
    /// # Errors
    /// [`StorageError`] if they cannot be written.
    fn write_settings(&self, text: &str) -> Result<(), StorageError>;

    /// Where it all lies, for people.
    fn place(&self) -> String;
}

/// A save as the storage knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveEntry {
    /// Its name.
    pub name: SaveName,
    /// Its size.
    pub bytes: u64,
    /// When it was written: larger is later. Not a time to show.
    pub written: u128,
}

/// The name of a save: letters, digits, spaces, `-` and `_`, so that it can be a file's name on
/// every system and never leads to another folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SaveName(String);

impl SaveName {
    /// A name as written.
    ///
    /// # Errors
    /// [`StorageError::BadName`] if it cannot be the name of a save.
    pub fn new(name: &str) -> Result<Self, StorageError> {
        let bad = |why| {
            Err(StorageError::BadName {
                name: name.chars().take(MAX_NAME).collect(),
                why,
            })
        };
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_');
        if name.is_empty() {
            return bad("it is empty");
        }
        if name.chars().count() > MAX_NAME {
            return bad("it is longer than 60 characters");
        }
        if !name.chars().all(fits) {
            return bad("it has characters other than letters, digits, spaces, - and _");
        }
        if !name.starts_with(|c: char| c.is_ascii_alphanumeric()) || name.ends_with(' ') {
            return bad("it must begin with a letter or digit and not end with a space");
        }
        if is_device(name) {
            return bad("some systems keep this name for a device");
        }
        Ok(Self(name.to_owned()))
    }

    /// The nearest name to any text: characters that cannot stand in a name become `-`.
    pub fn fitting(text: &str) -> Self {
        let fitted: String = text
            .chars()
            .map(|c| match c {
                c if c.is_ascii_alphanumeric() => c,
                ' ' | '-' | '_' => c,
                _ => '-',
            })
            .skip_while(|c| !c.is_ascii_alphanumeric())
            .take(MAX_NAME)
            .collect();
        let fitted = fitted.trim_end_matches([' ', '-', '_']);
        Self::new(fitted).unwrap_or_else(|_| Self("battle".to_owned()))
    }

    /// The name under which the battle in hand is kept each turn.
    pub fn autosave() -> Self {
        Self("autosave".to_owned())
    }

    /// Is this the autosave?
    pub fn is_autosave(&self) -> bool {
        self.0.eq_ignore_ascii_case("autosave")
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SaveName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Names that Windows keeps for devices, whatever their extension.
fn is_device(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let numbered = |stem: &str| {
        name.strip_prefix(stem)
            .is_some_and(|rest| rest.len() == 1 && rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    matches!(name.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

/// Why something cannot be read or kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// Not the name of a save.
    #[error("`{name}` cannot be the name of a save: {why}")]
    BadName {
        /// The name, cut short if it is long.
        name: String,
        /// Why not.
        why: &'static str,
    },
    /// No such save.
    #[error("there is no save called `{0}`")]
    Missing(String),
    /// Larger than is read.
    #[error("`{name}` is {bytes} bytes long; at most {max} are read")]
    TooLarge {
        /// Which.
        name: String,
        /// How large.
        bytes: u64,
        /// How large it may be.
        max: u64,
    },
    /// Not UTF-8.
    #[error("`{0}` is not text")]
    NotText(String),
    /// The system names no folder for a person's files.
    #[error("this system names no folder in which saves could be kept")]
    NoFolder,
    /// The system refused.
    #[error("`{place}` could not be {what}: {why}")]
    Refused {
        /// What was tried: "read", "written", "deleted", "listed".
        what: &'static str,
        /// On what.
        place: String,
        /// What the system said.
        why: String,
    },
}

impl StorageError {
    /// What the person can do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            StorageError::BadName { .. } => {
                "Choose a name of letters, digits, spaces, - and _, at most 60 characters."
            }
            StorageError::Missing(_) => {
                "It may have been moved or deleted since the list was made."
            }
            StorageError::TooLarge { .. } => {
                "No battle of this program grows so large; the file is probably something else."
            }
            StorageError::NotText(_) => {
                "The file is damaged or something else. It has been left as it is."
            }
            StorageError::NoFolder => {
                "Set the variable NANKING_DATA_DIR to a folder of your own and start again."
            }
            StorageError::Refused {
                what: "written", ..
            } => {
                "Look whether the disk is full or the folder may not be written to. What was saved \
                 before is still there."
            }
            StorageError::Refused { .. } => "Look whether you may read and write this folder.",
        }
    }
}

#[cfg(test)]
mod tests;

//! How the scenario module reaches text: by name, through this trait. No file system here, since
//! a browser has none.

use std::collections::BTreeMap;

/// A collection of named texts. Names use `/` and never leave the collection.
pub trait Files {
    /// The text of a file, or why it cannot be had.
    ///
    /// # Errors
    /// [`FileError`] when the file does not exist, is too large, is not text, or lies outside.
    fn load(&self, name: &str) -> Result<String, FileError>;

    /// Names that exist, for "did you mean".
    fn names(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Why a file cannot be had.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FileError {
    /// No such file.
    #[error("there is no file `{0}`")]
    Missing(String),
    /// Longer than [`MAX_BYTES`].
    #[error("`{0}` is {1} bytes long; at most {MAX_BYTES} are read")]
    TooLarge(String, u64),
    /// Not UTF-8.
    #[error("`{0}` is not UTF-8 text")]
    NotText(String),
    /// The path leaves the scenario's folder.
    #[error("`{0}` leads out of the scenario's folder")]
    Outside(String),
    /// The system refused.
    #[error("`{0}` cannot be read: {1}")]
    Unreadable(String, String),
}

/// Largest file read, bytes.
pub const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// Texts held in memory: for tests, records and embedded scenarios.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MemoryFiles(pub BTreeMap<String, String>);

impl Files for MemoryFiles {
    fn load(&self, name: &str) -> Result<String, FileError> {
        self.0
            .get(name)
            .cloned()
            .ok_or_else(|| FileError::Missing(name.to_owned()))
    }

    fn names(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }
}

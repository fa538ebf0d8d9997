//! Storage in memory: for tests, and where nothing can be kept.

use super::{
    MAX_HEAD_BYTES, MAX_SAVE_BYTES, MAX_SAVES, SaveEntry, SaveName, Storage, StorageError,
};
use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Saves and settings that last as long as the program.
#[derive(Debug, Default)]
pub struct MemoryStorage(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    saves: BTreeMap<SaveName, (u128, String)>,
    settings: Option<String>,
    writes: u128,
}

impl MemoryStorage {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Storage for MemoryStorage {
    fn list_saves(&self) -> Result<Vec<SaveEntry>, StorageError> {
        let mut entries: Vec<SaveEntry> = self
            .kept()
            .saves
            .iter()
            .map(|(name, (written, text))| SaveEntry {
                name: name.clone(),
                bytes: text.len() as u64,
                written: *written,
            })
            .collect();
        entries.sort_by_key(|e| std::cmp::Reverse(e.written));
        entries.truncate(MAX_SAVES);
        Ok(entries)
    }

    fn read(&self, name: &SaveName) -> Result<String, StorageError> {
        let kept = self.kept();
        let (_, text) = kept
            .saves
            .get(name)
            .ok_or_else(|| StorageError::Missing(name.to_string()))?;
        if text.len() as u64 > MAX_SAVE_BYTES {
            return Err(StorageError::TooLarge {
                name: name.to_string(),
                bytes: text.len() as u64,
                max: MAX_SAVE_BYTES,
            });
        }
        Ok(text.clone())
    }

    fn read_head(&self, name: &SaveName) -> Result<String, StorageError> {
        let kept = self.kept();
        let (_, text) = kept
            .saves
            .get(name)
            .ok_or_else(|| StorageError::Missing(name.to_string()))?;
        let end = text.floor_char_boundary(MAX_HEAD_BYTES as usize);
        Ok(text.get(..end).unwrap_or_default().to_owned())
    }

    fn write(&self, name: &SaveName, text: &str) -> Result<(), StorageError> {
        let mut kept = self.kept();
        kept.writes += 1;
        let written = kept.writes;
        kept.saves.insert(name.clone(), (written, text.to_owned()));
        Ok(())
    }

    fn delete(&self, name: &SaveName) -> Result<(), StorageError> {
        self.kept()
            .saves
            .remove(name)
            .map(drop)
            .ok_or_else(|| StorageError::Missing(name.to_string()))
    }

    fn read_settings(&self) -> Result<Option<String>, StorageError> {
        Ok(self.kept().settings.clone())
    }

    fn write_settings(&self, text: &str) -> Result<(), StorageError> {
        self.kept().settings = Some(text.to_owned());
        Ok(())
    }

    fn place(&self) -> String {
        "memory; nothing is kept when the program is left".to_owned()
    }
}

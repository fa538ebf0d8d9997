//! Where scenario files come from: a folder on disk, with the embedded collection behind it.
//!
//! Reads only, at most [`MAX_BYTES`] of a file, and never outside the folder: neither by `..` nor by
//! a symbolic link.

use crate::scenario::{FileError, Files, files::MAX_BYTES, validate::stays_inside};
use include_dir::{Dir, include_dir};
use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
};

/// The scenarios that travel inside the program.
static EMBEDDED: Dir = include_dir!("$CARGO_MANIFEST_DIR/scenarios");

/// Name of the folder that holds a collection.
const FOLDER: &str = "scenarios";

/// Deepest folder and most files listed.
const MAX_LEVELS: usize = 6;
const MAX_NAMES: usize = 2_000;

/// A collection of scenario files. A file that its folder lacks is taken from the embedded
/// collection, so that a scenario of one's own can use the standard map and rules.
#[derive(Clone, Debug)]
pub struct Shelf {
    folder: Option<PathBuf>,
}

impl Shelf {
    /// The embedded collection alone.
    pub fn embedded() -> Self {
        Self { folder: None }
    }

    /// A folder on disk.
    ///
    /// # Errors
    /// [`FileError`] if there is no such folder.
    pub fn folder(path: &Path) -> Result<Self, FileError> {
        let folder = path.canonicalize().map_err(|e| unreadable(path, &e))?;
        Ok(Self {
            folder: Some(folder),
        })
    }

    /// The shelf a file stands on, and its name there. The file is a path, or the name of a scenario
    /// in `./scenarios`, the source tree, beside the program, or embedded; `.ron` may be left out.
    ///
    /// # Errors
    /// [`FileError::Missing`] if it is nowhere; [`FileError::Unreadable`] if its path cannot be followed.
    pub fn open(path_or_name: &str) -> Result<(Box<dyn Files>, String), FileError> {
        let (shelf, name) = Self::find(path_or_name)?;
        Ok((Box::new(shelf), name))
    }

    /// As [`Shelf::open`], with the shelf's own type.
    ///
    /// # Errors
    /// As [`Shelf::open`].
    pub fn find(path_or_name: &str) -> Result<(Self, String), FileError> {
        let path = Path::new(path_or_name);
        if path.is_file() {
            return Self::around(path);
        }
        let bare = path_or_name
            .strip_prefix("./")
            .unwrap_or(path_or_name)
            .replace('\\', "/");
        let bare = bare.strip_prefix("scenarios/").unwrap_or(&bare);
        let folders = folders();
        let shelves = folders
            .iter()
            .filter_map(|f| Self::folder(f).ok())
            .chain([Self::embedded()]);
        for shelf in shelves {
            for name in [
                bare.to_owned(),
                format!("{bare}.ron"),
                format!("lessons/{bare}.ron"),
            ] {
                if shelf.has(&name) {
                    return Ok((shelf, name));
                }
            }
        }
        Err(FileError::Missing(path_or_name.to_owned()))
    }

    /// The shelf of a file on disk: the nearest folder around it called `scenarios`, else its own.
    fn around(path: &Path) -> Result<(Self, String), FileError> {
        let path = path.canonicalize().map_err(|e| unreadable(path, &e))?;
        let own = path.parent().unwrap_or(&path);
        let root = path
            .ancestors()
            .skip(1)
            .find(|folder| folder.file_name().is_some_and(|n| n == FOLDER))
            .unwrap_or(own);
        let shown = || path.display().to_string();
        let name = path
            .strip_prefix(root)
            .ok()
            .and_then(slashed)
            .ok_or_else(|| FileError::Unreadable(shown(), "its name is not UTF-8".to_owned()))?;
        let shelf = Self {
            folder: Some(root.to_owned()),
        };
        Ok((shelf, name))
    }

    /// The folder on disk, if there is one.
    pub fn root(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Does the folder, or without one the embedded collection, have the file?
    fn has(&self, name: &str) -> bool {
        stays_inside(name)
            && match &self.folder {
                Some(folder) => folder.join(name).is_file(),
                None => EMBEDDED.get_file(name).is_some(),
            }
    }
}

impl Files for Shelf {
    fn load(&self, name: &str) -> Result<String, FileError> {
        if !stays_inside(name) {
            return Err(FileError::Outside(name.to_owned()));
        }
        if let Some(folder) = &self.folder {
            let path = folder.join(name);
            // Also a link that leads nowhere is a file of this folder, and an error.
            if path.symlink_metadata().is_ok() {
                let real = path.canonicalize().map_err(|e| unreadable(&path, &e))?;
                if !real.starts_with(folder) {
                    return Err(FileError::Outside(name.to_owned()));
                }
                return read(&real, name);
            }
        }
        let file = EMBEDDED
            .get_file(name)
            .ok_or_else(|| FileError::Missing(name.to_owned()))?;
        text(file.contents().to_vec(), name)
    }

    fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        if let Some(folder) = &self.folder {
            for path in ron_files(folder) {
                names.extend(path.strip_prefix(folder).ok().and_then(slashed));
            }
        }
        embedded_names(&EMBEDDED, &mut names);
        names.sort();
        names.dedup();
        names
    }
}

/// Folders searched for a scenario's name.
fn folders() -> Vec<PathBuf> {
    let mut folders = vec![
        PathBuf::from(FOLDER),
        Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER),
    ];
    if let Ok(program) = std::env::current_exe()
        && let Some(beside) = program.parent()
    {
        folders.push(beside.join(FOLDER));
        folders.push(beside.join("../share/nanking").join(FOLDER));
    }
    folders
}

/// All `.ron` files in a folder and below, sorted; links to folders are not followed.
pub(crate) fn ron_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![(folder.to_owned(), 0)];
    while let Some((folder, level)) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let is_folder = entry.file_type().is_ok_and(|t| t.is_dir());
            if is_folder && level < MAX_LEVELS {
                folders.push((path, level + 1));
            } else if !is_folder && path.extension().is_some_and(|e| e == "ron") {
                found.push(path);
            }
            if found.len() >= MAX_NAMES {
                break;
            }
        }
    }
    found.sort();
    found
}

fn embedded_names(dir: &Dir, names: &mut Vec<String>) {
    for file in dir.files() {
        names.extend(slashed(file.path()).filter(|n| n.ends_with(".ron")));
    }
    for dir in dir.dirs() {
        embedded_names(dir, names);
    }
}

/// A relative path with `/` between its parts.
fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.components().map(|c| c.as_os_str().to_str()).collect();
    Some(parts?.join("/"))
}

fn read(path: &Path, name: &str) -> Result<String, FileError> {
    let about = fs::metadata(path).map_err(|e| unreadable(path, &e))?;
    if !about.is_file() {
        let why = "it is not a file".to_owned();
        return Err(FileError::Unreadable(name.to_owned(), why));
    }
    if about.len() > MAX_BYTES {
        return Err(FileError::TooLarge(name.to_owned(), about.len()));
    }
    let mut bytes = Vec::new();
    // The file may grow between the question and the answer.
    fs::File::open(path)
        .and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|e| unreadable(path, &e))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(FileError::TooLarge(name.to_owned(), bytes.len() as u64));
    }
    text(bytes, name)
}

fn text(bytes: Vec<u8>, name: &str) -> Result<String, FileError> {
    String::from_utf8(bytes).map_err(|_| FileError::NotText(name.to_owned()))
}

fn unreadable(path: &Path, error: &std::io::Error) -> FileError {
    let shown = path.display().to_string();
    if error.kind() == std::io::ErrorKind::NotFound {
        FileError::Missing(shown)
    } else {
        FileError::Unreadable(shown, error.to_string())
    }
}

//! Files in and out: written whole or not at all, read up to a limit.

use super::failure::Failure;
use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::Path,
};

/// Writes a file by way of a temporary one beside it, so that an interrupted run leaves either the
/// old file or the new one.
///
/// # Errors
/// [`Failure::Path`].
pub fn write_whole(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error| Failure::Path {
        path: path.to_owned(),
        error,
    };
    let name = path.file_name().ok_or_else(|| {
        failed(io::Error::new(
            io::ErrorKind::InvalidInput,
            "this is not the name of a file",
        ))
    })?;
    let mut beside = std::ffi::OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(beside);
    let written = File::create(&part).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written
        .and_then(|()| fs::rename(&part, path))
        .map_err(|error| {
            // It may not exist; then there is nothing to clear away.
            let _ = fs::remove_file(&part);
            failed(error)
        })
}

/// Reads a text of at most `limit` bytes.
///
/// # Errors
/// [`Failure::Path`]: no such file, too long, or not UTF-8.
pub fn read_limited(path: &Path, limit: usize) -> Result<String, Failure> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| {
        file.take(limit as u64 + 1).read_to_string(&mut text)?;
        if text.len() > limit {
            let message = format!("longer than {limit} bytes");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        Ok(())
    });
    read.map_err(|error| Failure::Path {
        path: path.to_owned(),
        error,
    })?;
    Ok(text)
}

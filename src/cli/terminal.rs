//! Output that a reader may stop reading: `nanking simulate ... | head` ends without a complaint,
//! and what else was asked for, such as a record, is still written.

use std::io::{ErrorKind, Result, Write};

/// A writer that goes quiet once nobody reads any more. Every other error is passed on.
pub struct Terminal<W> {
    out: W,
    gone: bool,
}

impl<W: Write> Terminal<W> {
    /// Writes to `out`.
    pub fn new(out: W) -> Self {
        Self { out, gone: false }
    }

    fn unless_gone<T>(&mut self, otherwise: T, act: impl FnOnce(&mut W) -> Result<T>) -> Result<T> {
        if self.gone {
            return Ok(otherwise);
        }
        match act(&mut self.out) {
            Err(e) if e.kind() == ErrorKind::BrokenPipe => {
                self.gone = true;
                Ok(otherwise)
            }
            result => result,
        }
    }
}

impl<W: Write> Write for Terminal<W> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.unless_gone(bytes.len(), |out| out.write(bytes))
    }

    fn flush(&mut self) -> Result<()> {
        self.unless_gone((), Write::flush)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Error;

    struct Closed(ErrorKind);

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> Result<usize> {
            Err(Error::from(self.0))
        }
        fn flush(&mut self) -> Result<()> {
            Err(Error::from(self.0))
        }
    }

    #[test]
    fn a_closed_pipe_is_no_error_and_a_full_disk_is() {
        let mut out = Terminal::new(Closed(ErrorKind::BrokenPipe));
        assert!(writeln!(out, "a line").is_ok() && out.flush().is_ok());
        let mut out = Terminal::new(Closed(ErrorKind::StorageFull));
        assert!(writeln!(out, "a line").is_err());
    }
}

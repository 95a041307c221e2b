//! Where output goes: standard output, or a file that appears whole or not at all.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::interrupt;
use crate::error::{Error, Result};

/// A place for output. A file is written beside its place under another name, and renamed by [`finish`](Self::finish).
#[derive(Debug)]
pub(super) enum Output {
    Standard(BufWriter<io::Stdout>),
    File { writer: BufWriter<NamedTempFile>, path: PathBuf },
}

impl Output {
    /// Standard output, or the file `path`.
    pub(super) fn open(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path else { return Ok(Self::Standard(BufWriter::new(io::stdout()))) };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let failed = |cause| Error::write(path.display().to_string(), cause);
        let file = NamedTempFile::with_prefix_in(".svod-", folder).map_err(failed)?;
        interrupt::watch(Some(file.path()));
        Ok(Self::File { writer: BufWriter::new(file), path: path.to_path_buf() })
    }

    /// Writes out what is buffered and puts a file in its place.
    pub(super) fn finish(self) -> Result<()> {
        match self {
            Self::Standard(mut writer) => {
                writer.flush().map_err(|cause| Error::write("standard output", cause))
            }
            Self::File { writer, path } => {
                let failed = |cause| Error::write(path.display().to_string(), cause);
                let file = writer.into_inner().map_err(|error| failed(error.into_error()))?;
                file.as_file().sync_all().map_err(failed)?;
                file.persist(&path).map_err(|error| failed(error.error))?;
                interrupt::watch(None);
                Ok(())
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(writer) => writer.write(bytes),
            Self::File { writer, .. } => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(writer) => writer.flush(),
            Self::File { writer, .. } => writer.flush(),
        }
    }
}

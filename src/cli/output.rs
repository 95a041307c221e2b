//! Where output goes: standard output, or a file that appears whole or not at all.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::interrupt;
use crate::error::{Error, Result};

/// A place for output. A file is written beside its place under another name, and renamed by [`finish`](Self::finish);
/// what is no file (a pipe, a terminal) is written to as it stands.
#[derive(Debug)]
pub(super) enum Output {
    Standard(BufWriter<io::Stdout>),
    Device { writer: BufWriter<fs::File>, path: PathBuf },
    File { writer: BufWriter<NamedTempFile>, path: PathBuf },
}

impl Output {
    /// Standard output, or the file `path`.
    pub(super) fn open(path: Option<&Path>) -> Result<Self> {
        let Some(named) = path else { return Ok(Self::Standard(BufWriter::new(io::stdout()))) };
        let failed = |cause| Error::write(named.display().to_string(), cause);
        // A link keeps pointing to its file.
        let path = fs::canonicalize(named).unwrap_or_else(|_| named.to_path_buf());
        let known = fs::metadata(&path).ok();
        if known.as_ref().is_some_and(|known| !known.is_file() && !known.is_dir()) {
            let device = fs::OpenOptions::new().write(true).open(&path).map_err(failed)?;
            return Ok(Self::Device { writer: BufWriter::new(device), path });
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = temporary().tempfile_in(folder).map_err(|cause| match cause.kind() {
            io::ErrorKind::NotFound => {
                let what = format!("there is no folder {}; make it, or name another", folder.display());
                failed(io::Error::other(what))
            }
            _ => failed(cause),
        })?;
        if let Some(known) = known.filter(fs::Metadata::is_file) {
            file.as_file().set_permissions(known.permissions()).map_err(failed)?;
        }
        interrupt::watch(Some(file.path()));
        Ok(Self::File { writer: BufWriter::new(file), path })
    }

    /// Where the file is being written under another name, for a program that opens it by name.
    pub(super) fn temporary(&self) -> Option<&Path> {
        if let Self::File { writer, .. } = self { Some(writer.get_ref().path()) } else { None }
    }

    /// Writes out what is buffered and puts a file in its place.
    pub(super) fn finish(self) -> Result<()> {
        match self {
            Self::Standard(mut writer) => {
                writer.flush().map_err(|cause| Error::write("standard output", cause))
            }
            Self::Device { mut writer, path } => {
                writer.flush().map_err(|cause| Error::write(path.display().to_string(), cause))
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

/// A temporary file that gets the permissions of any new file.
fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".svod-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(writer) => writer.write(bytes),
            Self::Device { writer, .. } => writer.write(bytes),
            Self::File { writer, .. } => writer.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(writer) => writer.flush(),
            Self::Device { writer, .. } => writer.flush(),
            Self::File { writer, .. } => writer.flush(),
        }
    }
}

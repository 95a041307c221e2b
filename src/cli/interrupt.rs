//! Ctrl-C. Never leaves a half-written file behind.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Mutex;

/// The temporary file that is being written.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// The exit code of a program that was interrupted: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// Removes the unfinished output and ends with code 130 when the program is interrupted.
pub(super) fn install() {
    // A second installation in one process is refused, and the first one serves.
    let _ = ctrlc::set_handler(|| {
        if let Ok(unfinished) = UNFINISHED.lock()
            && let Some(path) = unfinished.as_ref()
        {
            let _ = fs::remove_file(path);
        }
        process::exit(INTERRUPTED);
    });
}

/// Names the file to remove; `None` when it is finished.
pub(super) fn watch(path: Option<&Path>) {
    if let Ok(mut unfinished) = UNFINISHED.lock() {
        *unfinished = path.map(Path::to_path_buf);
    }
}

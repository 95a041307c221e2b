//! Ctrl-C. Never leaves a half-written file behind.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// The temporary file that is being written.
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// True where the run looks at [`STOP`] and ends by itself.
static SOFT: AtomicBool = AtomicBool::new(false);

/// Set when the program is interrupted.
static STOP: AtomicBool = AtomicBool::new(false);

/// So long a run may take to end by itself.
const PATIENCE: Duration = Duration::from_millis(4500);

/// The exit code of a program that was interrupted: 128 and the number of the signal.
pub(super) const INTERRUPTED: u8 = 130;

/// Removes the unfinished output and ends with code 130 when the program is interrupted.
pub(super) fn install() {
    // A second installation in one process is refused, and the first one serves.
    let _ = ctrlc::set_handler(|| {
        if SOFT.load(Ordering::Relaxed) && !STOP.swap(true, Ordering::Relaxed) {
            thread::spawn(|| {
                thread::sleep(PATIENCE);
                process::exit(INTERRUPTED.into());
            });
            return;
        }
        if let Ok(unfinished) = UNFINISHED.lock()
            && let Some(path) = unfinished.as_ref()
        {
            let _ = fs::remove_file(path);
        }
        process::exit(INTERRUPTED.into());
    });
}

/// From now on an interruption sets this flag, and ends the program only where that does not; the second one does at once.
pub(super) fn softly() -> &'static AtomicBool {
    SOFT.store(true, Ordering::Relaxed);
    &STOP
}

/// Names the file to remove; `None` when it is finished.
pub(super) fn watch(path: Option<&Path>) {
    if let Ok(mut unfinished) = UNFINISHED.lock() {
        *unfinished = path.map(Path::to_path_buf);
    }
}

//! Names of files and members as text. Never a name that two different files share.

use std::ffi::OsStr;
use std::fmt::Write;

use encoding_rs::IBM866;

/// The name of a file on disk as text: bytes that are no UTF-8 as `\xFF`, control characters as `\u{a}`, and `\` doubled,
/// so that different names stay different.
pub(super) fn of_file(name: &OsStr) -> String {
    escaped(bytes(name).as_ref())
}

/// The name of a member of an archive: UTF-8, else IBM866, in which Russian archives of the DOS and Windows age are named.
/// `\` parts folders in some of them. The name is shown, never opened: `..` and a leading `/` are only letters here.
pub(super) fn of_member(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(name) => printable(name.trim_end_matches('/'), &['/']),
        Err(_) => printable(IBM866.decode_without_bom_handling(name).0.trim_end_matches('/'), &['/']),
    }
}

fn escaped(name: &[u8]) -> String {
    let mut shown = String::new();
    for chunk in name.utf8_chunks() {
        shown.push_str(&printable(chunk.valid(), &[]));
        for byte in chunk.invalid() {
            let _ = write!(shown, "\\x{byte:02X}");
        }
    }
    shown
}

/// `name` on one line. Where folders are parted by `parts`, a backslash parts them too; else it is doubled.
fn printable(name: &str, parts: &[char]) -> String {
    let mut shown = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            '\\' if parts.is_empty() => shown.push_str("\\\\"),
            '\\' => shown.push('/'),
            letter if letter.is_control() => {
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(letter));
            }
            letter => shown.push(letter),
        }
    }
    shown
}

#[cfg(unix)]
fn bytes(name: &OsStr) -> std::borrow::Cow<'_, [u8]> {
    std::os::unix::ffi::OsStrExt::as_bytes(name).into()
}

#[cfg(not(unix))]
fn bytes(name: &OsStr) -> std::borrow::Cow<'_, [u8]> {
    name.to_string_lossy().into_owned().into_bytes().into()
}

/*!
A document of Word before 2007, through LibreOffice where that is installed.

This module never reads the format itself and never lets LibreOffice reach for anything: it gets a folder and a profile of its
own in which macros, active content and links to other places are switched off, and both are gone when it ends.
*/

use std::fs;
use std::io::{self, Read};
use std::time::Duration;

use super::blocks::Block;
use super::docx;
use crate::archive::{Limits, Package, Refusal};
use crate::child::{self, Failure, Program};
use crate::issue::Issues;
use crate::status::{Limit, Status};

const LIBREOFFICE: Program = Program { name: "soffice", package: "libreoffice-writer-nogui" };

/// A plan of fifty pages takes three seconds, half of them the start.
const LIMITS: child::Limits =
    child::Limits { time: Duration::from_secs(60), memory: 4 << 30, output: 1 << 20 };

/// The document that LibreOffice makes may be so many times as large as one may be.
const MADE: u64 = 4;

/// What LibreOffice may not do.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"#;

/// The blocks of a document.
///
/// # Errors
/// Where LibreOffice is not installed or makes nothing of it, where it is locked, or as for DOCX.
pub(super) fn blocks(bytes: &[u8], limits: &Limits, issues: &mut Issues) -> Result<Vec<Block>, Refusal> {
    if is_locked(bytes) {
        return Err((Status::Password, "it is locked by a password".to_owned()));
    }
    if !child::is_installed(LIBREOFFICE) {
        return Err(missing());
    }
    let made = converted(bytes, limits)?;
    docx::blocks(&mut Package::open(&made, limits)?, issues)
}

/// What the head of the text says; a container without one is left to LibreOffice.
fn is_locked(bytes: &[u8]) -> bool {
    let mut head = [0; 12];
    let mut read = || -> io::Result<()> {
        let mut container = cfb::CompoundFile::open(io::Cursor::new(bytes))?;
        container.open_stream("WordDocument")?.read_exact(&mut head)
    };
    // The mark of Word, and the flag in the second byte of the flags.
    read().is_ok() && head.starts_with(&[0xEC, 0xA5]) && head[11] & 1 != 0
}

fn missing() -> Refusal {
    let package = LIBREOFFICE.package;
    (
        Status::NeedsConverter,
        format!("this is an old Word file, which LibreOffice reads (Debian package {package})"),
    )
}

fn converted(bytes: &[u8], limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let failed = |cause: io::Error| {
        (Status::Unreadable, format!("it cannot be unpacked into the temporary folder: {cause}"))
    };
    let folder = tempfile::tempdir().map_err(failed)?;
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("profile/user")).map_err(failed)?;
    fs::write(path("profile/user/registrymodifications.xcu"), PROFILE).map_err(failed)?;
    fs::write(path("plan.doc"), bytes).map_err(failed)?;
    let profile = format!("-env:UserInstallation=file://{}", path("profile").display());
    let (out, source) = (path("out").display().to_string(), path("plan.doc").display().to_string());
    let arguments = [
        profile.as_str(),
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        &out,
        &source,
    ];
    child::run(LIBREOFFICE, &arguments, b"", LIMITS.times(limits.programs)).map_err(
        |failure| match failure {
            Failure::Missing => missing(),
            Failure::Time => (Status::Undecodable, "LibreOffice did not come to an end with it".to_owned()),
            Failure::Output => (Status::Undecodable, "LibreOffice complains of it without end".to_owned()),
            Failure::Failed(said) => (Status::Undecodable, format!("LibreOffice cannot read it: {said}")),
        },
    )?;
    let made = path("out/plan.docx");
    let size = fs::metadata(&made).map_or(0, |known| known.len());
    if size > limits.size.saturating_mul(MADE) {
        return Err((Status::Limit(Limit::Size), "too much comes out of it".to_owned()));
    }
    fs::read(&made).map_err(|_| (Status::Undecodable, "LibreOffice makes no document of it".to_owned()))
}

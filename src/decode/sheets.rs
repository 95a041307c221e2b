/*!
Files whose words have boxes, as pages of words; what went wrong on the way becomes a status or an issue.

This module never gives up a document for one page: a page that could not be read is noted, and the others are read.
*/

use super::Format;
use super::charset;
use super::pdf::{self, PDFTOTEXT};
use super::picture;
use super::recognise::{self, Recognised, TESSERACT};
use super::words::{self, Sheet};
use crate::archive::Limits;
use crate::child::{Failure, Program};
use crate::dictionaries::LetterPairs;
use crate::error::{Error, Result};
use crate::issue::{IssueKind, Issues};
use crate::status::{Limit, Status};

/// The pages of a file, and the label of its encoding where it has one.
///
/// # Errors
/// Where nothing of it can be read: a program that is needed is not there, a limit is broken, it is locked or damaged.
pub(super) fn read(
    format: Format,
    name: &str,
    bytes: &[u8],
    letters: &LetterPairs,
    limits: &Limits,
    issues: &mut Issues,
) -> Result<(Vec<Sheet>, Option<&'static str>)> {
    match format {
        Format::Pdf => pdf(name, bytes, letters, limits, issues).map(|sheets| (sheets, None)),
        Format::Image => image(name, bytes, limits, issues).map(|sheets| (sheets, None)),
        _ => {
            let charset::Decoding { string, label } = charset::decode(name, bytes, letters, issues)?;
            let sheets = words::read(format, &string)
                .map_err(|what| damaged(name, &what, "write it anew from the picture"))?;
            Ok((sheets, Some(label)))
        }
    }
}

fn pdf(
    name: &str,
    bytes: &[u8],
    letters: &LetterPairs,
    limits: &Limits,
    issues: &mut Issues,
) -> Result<Vec<Sheet>> {
    let read = pdf::read(bytes, letters, limits).map_err(|fault| match fault {
        pdf::Fault::Child(failure) => refused(name, "PDF file", PDFTOTEXT, &failure),
        pdf::Fault::Password => Error::unreadable(
            name,
            Status::Password,
            "this PDF file is locked",
            "save it without its password",
        ),
        pdf::Fault::TooLarge(pages) => too_large(name, &format!("the file has {pages} pages")),
    })?;
    for page in read.broken {
        let message = format!(
            "The letters of page {page} are not what is printed there; it was recognised as a picture."
        );
        issues.note_document(IssueKind::BrokenTextLayer, message);
    }
    whole(name, "PDF file without a text layer", read.pages, issues)
}

fn image(name: &str, bytes: &[u8], limits: &Limits, issues: &mut Issues) -> Result<Vec<Sheet>> {
    let pictures = picture::pages(bytes, limits).map_err(|fault| match fault {
        picture::Fault::TooLarge(what) => too_large(name, &what),
        picture::Fault::Damaged(what) => damaged(name, &what, "save it as PNG, JPEG or TIFF again"),
    })?;
    let pages = recognise::recognise(&pictures, limits, |picture| Ok((picture.clone(), 1.0)));
    whole(name, "picture", pages, issues)
}

/// Every page that was read, an empty one for each that was not.
///
/// # Errors
/// Where no page was read that had to be.
fn whole(name: &str, what: &str, pages: Vec<Recognised>, issues: &mut Issues) -> Result<Vec<Sheet>> {
    let read = pages.iter().flatten().any(|sheet| !sheet.words.is_empty());
    let failed = pages.iter().find_map(|page| page.as_ref().err());
    if let Some(failure) = failed.filter(|_| !read) {
        return Err(refused(name, what, TESSERACT, failure));
    }
    let page = |(nth, page): (usize, Recognised)| {
        page.unwrap_or_else(|failure| {
            let (reason, advice) = (reason(TESSERACT, &failure), advice(TESSERACT, &failure));
            let message = format!("Page {} was not read: {reason}; {advice}.", nth + 1);
            issues.note_document(IssueKind::UnreadPage, message);
            Sheet::default()
        })
    };
    Ok(pages.into_iter().enumerate().map(page).collect())
}

fn refused(name: &str, what: &str, program: Program, failure: &Failure) -> Error {
    let status = match failure {
        Failure::Missing => Status::NeedsConverter,
        Failure::Time => Status::Limit(Limit::Time),
        Failure::Output => Status::Limit(Limit::Unpacked),
        Failure::Failed(_) => Status::Undecodable,
    };
    let message = format!("this is a {what}, and {}", reason(program, failure));
    Error::unreadable(name, status, message, advice(program, failure))
}

fn reason(program: Program, failure: &Failure) -> String {
    match failure {
        Failure::Missing => format!("«{}» of the package {} is not installed", program.name, program.package),
        Failure::Time => format!("«{}» took too long over it", program.name),
        Failure::Output => "more would come out of it than a page may hold".to_owned(),
        Failure::Failed(said) => {
            let first = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it says nothing").trim();
            format!("«{}» cannot read it: {first}", program.name)
        }
    }
}

fn advice(program: Program, failure: &Failure) -> &'static str {
    match (failure, program.name == TESSERACT.name) {
        (Failure::Missing, true) => "apt install tesseract-ocr tesseract-ocr-rus",
        (Failure::Missing, false) => "apt install poppler-utils",
        (Failure::Time | Failure::Output, _) => {
            "split it into documents, make it anew with a lower resolution, or raise the limits with --limits x4"
        }
        (Failure::Failed(_), _) => "open it in the program that it is for, and save it again",
    }
}

fn too_large(name: &str, what: &str) -> Error {
    Error::unreadable(
        name,
        Status::Limit(Limit::Size),
        what,
        "split it, make it anew with a lower resolution, or raise the limits with --limits x4",
    )
}

fn damaged(name: &str, what: &str, advice: &'static str) -> Error {
    Error::unreadable(name, Status::Undecodable, format!("this file is damaged: {what}"), advice)
}

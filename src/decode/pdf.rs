/*!
PDF: the words of its text layer, and recognition for the pages that have none.

This module never trusts a text layer whose letters are no Russian: where a font does not say which letters its shapes are,
the page is read as a picture. Each page is looked at by itself, so a scan between typed pages is read as one.
*/

use std::time::Duration;

use super::picture::{self, Picture};
use super::recognise::{self, Recognised};
use super::words::{self, Sheet};
use crate::archive::Limits;
use crate::child::{self, Failure, Program};
use crate::dictionaries::{LetterPairs, READABLE};
use crate::parallel;

/// What opens a PDF file.
pub(super) const PDFTOTEXT: Program = Program { name: "pdftotext", package: "poppler-utils" };
const PDFTOPPM: Program = Program { name: "pdftoppm", package: "poppler-utils" };

/// What opening a file of sixteen megabytes may cost.
const TEXT: child::Limits =
    child::Limits { time: Duration::from_secs(60), memory: 2 << 30, output: 256 << 20 };

/// What drawing a page may cost beside its pixels: these bytes are the head of the picture.
const PAGE: child::Limits = child::Limits { time: Duration::from_secs(60), memory: 3 << 30, output: 100 };

/// Points in an inch.
const POINTS: f32 = 72.0;

/// So many dots an inch show every drawn line of a page with a text layer.
const FOR_RULINGS: f32 = 150.0;

/// Coarser than this no page can be read.
const COARSEST: f32 = 100.0;

/// What is no lighter is drawn; borders of tables are often grey, shades behind cells are lighter.
const DRAWN: u8 = 200;

/// Darker than this is ink.
const INK: u8 = 128;

/// Ink beside the words may be so many times as much as under them: arms, signatures, a chart.
const MOST_BESIDE: usize = 3;

/// Two pages are looked at on two threads.
const PARALLEL_PAGES: usize = 2;

/// Fewer letters than this say nothing about a page's fonts.
const FEW_LETTERS: usize = 40;

/// A text layer in which more than one letter in so many stands for nothing is broken.
const MEANINGLESS: usize = 20;

/// What came of the pages of a PDF file.
pub(super) struct Read {
    /// Every page, in order; why it was not read, where it was not.
    pub(super) pages: Vec<Recognised>,
    /// The 1-based numbers of the pages that were recognised though they have a text layer.
    pub(super) broken: Vec<usize>,
}

/// Why a PDF file was not read at all.
#[derive(Debug)]
pub(super) enum Fault {
    /// poppler did not run, or broke a limit.
    Child(Failure),
    /// It cannot be opened without a password.
    Password,
    /// It has too many pages.
    TooLarge(usize),
}

/// The pages of a PDF file.
///
/// # Errors
/// Where it cannot be opened.
pub(super) fn read(bytes: &[u8], letters: &LetterPairs, limits: &Limits) -> Result<Read, Fault> {
    let text = TEXT.times(limits.programs);
    let printed = child::run(PDFTOTEXT, &["-enc", "UTF-8", "-tsv", "-", "-"], bytes, text).map_err(fault)?;
    let sheets = words::read_tsv(&String::from_utf8_lossy(&printed))
        .map_err(|what| Fault::Child(Failure::Failed(what)))?;
    if sheets.len() as u64 > limits.pages {
        return Err(Fault::TooLarge(sheets.len()));
    }
    let numbered: Vec<(usize, Sheet)> = sheets.into_iter().enumerate().collect();
    let file = File { bytes, limits };
    let typed = parallel::map(&numbered, PARALLEL_PAGES, |(nth, sheet)| file.typed(nth + 1, sheet, letters));
    let drawn: Vec<&(usize, Sheet)> =
        numbered.iter().zip(&typed).filter(|(_, typed)| typed.is_none()).map(|(page, _)| page).collect();
    let broken = drawn.iter().filter(|(_, sheet)| !sheet.words.is_empty()).map(|(nth, _)| nth + 1).collect();
    let pictured = |(nth, sheet): &&(usize, Sheet)| file.pictured(nth + 1, sheet);
    let mut recognised = recognise::recognise(&drawn, limits, pictured).into_iter();
    let pages = typed.into_iter().filter_map(|typed| typed.map(Ok).or_else(|| recognised.next())).collect();
    Ok(Read { pages, broken })
}

/// Why poppler gave nothing.
fn fault(failure: Failure) -> Fault {
    match failure {
        Failure::Failed(said) if said.contains("Incorrect password") => Fault::Password,
        other => Fault::Child(other),
    }
}

/// True if the text layer of a page says what is printed there: words, with letters that make Russian or another language.
fn is_readable(sheet: &Sheet, letters: &LetterPairs) -> bool {
    let text: String = sheet.words.iter().flat_map(|word| [word.text.as_str(), " "]).collect();
    let signs = || text.chars().filter(|sign| !sign.is_whitespace());
    let count = signs().filter(|sign| sign.is_alphabetic()).count();
    let meaningless = signs().filter(|&sign| is_meaningless(sign)).count();
    if meaningless * MEANINGLESS > signs().count() {
        return false;
    }
    if count < FEW_LETTERS {
        return true;
    }
    let cyrillic = signs().filter(|sign| matches!(sign, '\u{400}'..='\u{4ff}')).count();
    let latin = signs().filter(char::is_ascii_alphabetic).count();
    let plain_latin = latin * 10 > count * 9 && cyrillic * 20 < count && is_worded(&text);
    letters.score(&text).0 >= READABLE || plain_latin
}

/// A sign that stands for nothing: of a private area, not to be decoded, or a control character.
fn is_meaningless(sign: char) -> bool {
    matches!(sign, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..) || sign.is_control()
}

/// True for Latin letters as languages have them: vowels among them, and capitals at the beginnings of words only.
fn is_worded(text: &str) -> bool {
    let letters = text.chars().filter(char::is_ascii_alphabetic).count();
    let vowels = text.chars().filter(|sign| "aeiouyAEIOUY".contains(*sign)).count();
    let inner = |word: &str| word.chars().skip(1).any(|sign| sign.is_ascii_uppercase());
    let mixed = |word: &&str| inner(word) && word.chars().any(|sign| sign.is_ascii_lowercase());
    let words = text.split_whitespace().count();
    vowels * 4 > letters && text.split_whitespace().filter(mixed).count() * 10 < words
}

/// True if most of the ink of a page lies under its words and rulings: over a scan that was signed electronically stands a
/// stamp with letters, and nothing else has any.
fn holds_its_ink(sheet: &Sheet, picture: &Picture, point: f32) -> bool {
    let mut covered = vec![false; picture.pixels.len()];
    let boxes = sheet.words.iter().map(|word| word.bounds).chain(sheet.rulings.iter().map(|own| own.bounds));
    for bounds in boxes.map(|bounds| bounds.scaled(1.0 / point)) {
        let (left, right) =
            ((bounds.left.max(1.0) as usize) - 1, (bounds.right.max(0.0) as usize + 2).min(picture.width));
        let (top, bottom) =
            ((bounds.top.max(1.0) as usize) - 1, (bounds.bottom.max(0.0) as usize + 2).min(picture.height));
        for y in top..bottom {
            if left < right {
                covered[y * picture.width + left..y * picture.width + right].fill(true);
            }
        }
    }
    let (mut held, mut beside) = (0, 0);
    for (_, covered) in picture.pixels.iter().zip(&covered).filter(|(pixel, _)| **pixel < INK) {
        *(if *covered { &mut held } else { &mut beside }) += 1;
    }
    beside <= held * MOST_BESIDE
}

/// A file whose pages are drawn, and what that may cost.
#[derive(Clone, Copy)]
struct File<'f> {
    bytes: &'f [u8],
    limits: &'f Limits,
}

impl File<'_> {
    /// `sheet` with the lines that are drawn on its page; none where the text layer does not hold what is printed there.
    fn typed(self, number: usize, sheet: &Sheet, letters: &LetterPairs) -> Option<Sheet> {
        if sheet.words.is_empty() || !is_readable(sheet, letters) {
            return None;
        }
        let mut sheet = sheet.clone();
        let resolution = self.within(FOR_RULINGS, sheet.width, sheet.height);
        // Without the smoothing of edges a thin line is black and as wide as a pixel. A page that cannot be drawn has its words.
        let Ok(picture) = self.draw(number, resolution, &["-aa", "no", "-aaVector", "no"]) else {
            return Some(sheet);
        };
        let point = POINTS / resolution;
        sheet.rulings = picture::rulings(&picture, resolution, DRAWN);
        for ruling in &mut sheet.rulings {
            ruling.bounds = ruling.bounds.scaled(point);
        }
        holds_its_ink(&sheet, &picture, point).then_some(sheet)
    }

    /// The picture of a page, and how many points a pixel of it is.
    fn pictured(self, number: usize, sheet: &Sheet) -> Result<(Picture, f32), Failure> {
        let resolution = self.within(picture::BEST, sheet.width, sheet.height);
        if resolution < COARSEST {
            return Err(Failure::Output);
        }
        self.draw(number, resolution, &[]).map(|picture| (picture, POINTS / resolution))
    }

    /// `resolution`, or what keeps a page of `width` × `height` points within the largest picture.
    fn within(self, resolution: f32, width: f32, height: f32) -> f32 {
        let square_inches = (width * height / (POINTS * POINTS)).max(0.01);
        resolution.min((self.limits.pixels as f32 * 0.95 / square_inches).sqrt()).floor()
    }

    fn draw(self, number: usize, resolution: f32, how: &[&str]) -> Result<Picture, Failure> {
        let (number, resolution) = (number.to_string(), resolution.to_string());
        let mut arguments = vec!["-gray", "-r", &resolution, "-f", &number, "-l", &number];
        arguments.extend(how);
        arguments.push("-");
        let mut page = PAGE.times(self.limits.programs);
        page.output = page.output.saturating_add(usize::try_from(self.limits.pixels).unwrap_or(usize::MAX));
        let printed = child::run(PDFTOPPM, &arguments, self.bytes, page)?;
        picture::portable(&printed).ok_or_else(|| Failure::Failed("it drew no picture".to_owned()))
    }
}

/*!
Pictures of pages into words, by tesseract.

This module never reads a page with the Russian model alone: it knows no roman numeral. Pages are read side by side, each
with a time limit; one that cannot be read is said, and the others are.
*/

use std::time::Duration;

use super::picture::{self, Picture};
use super::printed;
use super::words::{self, Sheet, Turn};
use crate::archive::Limits;
use crate::child::{self, Failure, Program};
use crate::parallel;

/// What reads letters.
pub(super) const TESSERACT: Program =
    Program { name: "tesseract", package: "tesseract-ocr tesseract-ocr-rus" };

/// What a page may cost. A dense page of A4 at 300 dots an inch takes four seconds and 300 MB.
const LIMITS: child::Limits =
    child::Limits { time: Duration::from_secs(120), memory: 3 << 30, output: 32 << 20 };

/// Two pages are read on two threads.
const PARALLEL_PAGES: usize = 2;

/// Drawn lines nearer than this are one, in inches: half a small letter.
const NEAR: f32 = 0.05;

/// What tesseract says where a model is not installed.
const NO_MODEL: &str = "Error opening data file";

/// What was read of a page, or why nothing was.
pub(super) type Recognised = Result<Sheet, Failure>;

/// Reads `pages`, in order, each within `limits`. A page's picture is made only when it is read.
pub(super) fn recognise<P: Sync>(
    pages: &[P],
    limits: &Limits,
    picture: impl Fn(&P) -> Result<(Picture, f32), Failure> + Send + Sync,
) -> Vec<Recognised> {
    parallel::map(pages, PARALLEL_PAGES, |page| {
        let (picture, unit) = picture(page)?;
        read(&picture, unit, limits)
    })
}

/// Reads one page; a pixel of `picture` is `unit` of the page's own units wide.
fn read(picture: &Picture, unit: f32, limits: &Limits) -> Recognised {
    let growth = picture.growth();
    let angle = picture::angle(picture);
    let straight = picture::turned(picture, angle, growth);
    let resolution = straight.resolution();
    let (width, height) = (straight.width as f32, straight.height as f32);
    let rulings = picture::rulings(&straight, resolution, straight.faint());
    let cells = printed::frames(&rulings, NEAR * resolution);
    let mut sheet = Sheet::default();
    for stack in picture::stacks(&picture::without(straight, &rulings), &cells, resolution) {
        let printed = words(&stack.picture, resolution, limits)?;
        for mut read in words::read_tsv(&printed).map_err(Failure::Failed)? {
            stack.unstack(&mut read);
            let lines = sheet.words.last().map_or(0, |last| last.line);
            read.words.iter_mut().for_each(|word| word.line += lines);
            sheet.words.append(&mut read.words);
        }
    }
    (sheet.width, sheet.height, sheet.rulings) = (width, height, rulings);
    sheet.turn = Turn { angle, unit: unit / growth };
    Ok(sheet)
}

fn words(picture: &Picture, resolution: f32, limits: &Limits) -> Result<String, Failure> {
    let resolution = format!("{}", resolution.round().clamp(70.0, 2400.0));
    // One block of lines: what would be taken for columns of a newspaper are those of a table.
    let arguments = ["stdin", "stdout", "-l", "rus+eng", "--dpi", &resolution, "--psm", "6", "tsv"];
    let limits = LIMITS.times(limits.programs);
    let printed =
        child::run(TESSERACT, &arguments, &picture.portable(), limits).map_err(|failure| match failure {
            // Without its models it is as good as not there.
            Failure::Failed(said) if said.contains(NO_MODEL) => Failure::Missing,
            other => other,
        })?;
    String::from_utf8(printed).map_err(|_| Failure::Failed("it printed no UTF-8".to_owned()))
}

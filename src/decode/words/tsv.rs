/*!
Words one a line, in columns parted by tabs: what `tesseract … tsv` and `pdftotext -tsv` print.

This module never unquotes: neither program quotes. The columns are told by the header, since the two differ in their order;
a line of level 5 is a word, one of level 1 a page.
*/

use super::{Bounds, Ruling, Sheet, hundredths, number};

const WORD: &str = "5";
const PAGE: &str = "1";

/// What poppler writes in the place of a page's text.
const POPPLER: &str = "###PAGE###";

/// True for the first line of such a file.
pub(super) fn is_header(line: &str) -> bool {
    let names: Vec<&str> = line.trim_end().split('\t').collect();
    ["level", "page_num", "left", "top", "width", "height", "conf", "text"]
        .iter()
        .all(|name| names.contains(name))
}

/// A drawn line is so many times as long as it is thick, or more; a space is about as wide as high.
const THIN: f32 = 20.0;

/// True for what tesseract means where it prints a word without letters: a line that is drawn on the page.
fn is_thin(bounds: &Bounds) -> bool {
    let (width, height) = (bounds.width(), bounds.height());
    width.max(height) >= THIN * width.min(height)
}

/// Where the columns are.
struct Columns<'h>(Vec<&'h str>);

impl Columns<'_> {
    fn get<'l>(&self, fields: &[&'l str], name: &str) -> &'l str {
        let at = self.0.iter().position(|own| *own == name);
        at.and_then(|at| fields.get(at)).copied().unwrap_or("")
    }

    fn bounds(&self, fields: &[&str]) -> Option<Bounds> {
        let value = |name| number(self.get(fields, name));
        Some(Bounds::sized(value("left")?, value("top")?, value("width")?, value("height")?))
    }
}

/// The pages.
///
/// # Errors
/// Where a line has no box, with its number.
pub(super) fn read(string: &str) -> Result<Vec<Sheet>, String> {
    let mut lines = string.trim_start_matches('\u{feff}').lines().enumerate();
    let header = lines.next().map_or("", |(_, line)| line.trim_end());
    let columns = Columns(header.split('\t').collect());
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut page = "";
    let mut printed = Vec::new();
    let (mut line_key, mut line_number) = (Vec::new(), 0);
    for (at, line) in lines {
        let fields: Vec<&str> = line.splitn(columns.0.len().max(1), '\t').collect();
        let level = columns.get(&fields, "level");
        if line.trim().is_empty() || level == "level" {
            continue;
        }
        let bounds = columns.bounds(&fields).ok_or_else(|| format!("line {} has no box", at + 1))?;
        let number = columns.get(&fields, "page_num");
        let text = columns.get(&fields, "text");
        if number != page || level == PAGE || sheets.is_empty() {
            page = number;
            sheets.push(if level == PAGE {
                Sheet::sized(bounds.width(), bounds.height())
            } else {
                Sheet::default()
            });
            printed.push(text == POPPLER);
        }
        if level != WORD {
            continue;
        }
        if let Some(sheet) = sheets.last_mut().filter(|_| text.trim().is_empty() && is_thin(&bounds)) {
            sheet.rulings.push(Ruling { bounds });
            continue;
        }
        let key: Vec<&str> = ["page_num", "block_num", "par_num", "line_num"]
            .iter()
            .map(|name| columns.get(&fields, name))
            .collect();
        if key != line_key {
            (line_key, line_number) = (key, line_number + 1);
        }
        // Poppler prints 100 for every word: it recognises nothing.
        let recognised = !printed.last().copied().unwrap_or(false);
        let confidence = hundredths(columns.get(&fields, "conf"), 100.0).filter(|_| recognised);
        if let Some(sheet) = sheets.last_mut() {
            sheet.push(text, bounds, confidence, line_number);
        }
    }
    Ok(sheets)
}

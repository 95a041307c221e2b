/*!
Lines in the middle of a table that are no row of it: page numbers, running heads, titles of sections, and what goes on
with the row above.

This module never ends a table: the reader of its rows decides whether it goes on behind such a line.
*/

use super::{Reader, fragments};
use crate::dictionaries::BlockSense;
use crate::plan::{Reason, Role};
use crate::tabulate::cell::{Fragment, Gap};
use crate::tabulate::entry::Entry;
use crate::tabulate::grid_line::GridLine;
use crate::tabulate::numbers;
use crate::text::Text;

impl Reader<'_> {
    /// A line between rows that nothing parts: a page number, a running head, or a section title.
    pub(super) fn take_plain(&mut self, text: &Text, lines: &[GridLine]) {
        let string = text.as_str().trim();
        let page = string.chars().all(|sign| !sign.is_alphabetic())
            || self.shapes.opens_block(string, |sense| sense == BlockSense::Furniture);
        if page {
            self.remain(text.clone(), Reason::Furniture);
            self.note_gap(Gap::Page);
        } else if !self.opens_children(string, lines) && self.goes_on_in_line(string) {
            self.extend_last(text);
        } else if numbers::opens_section(string)
            || string.starts_with(char::is_uppercase)
            || self.opens_children(string, lines)
        {
            self.close_row();
            self.entries.list.push(Entry::Section(vec![Fragment { text: text.squeezed(), gap: Gap::Blank }]));
        } else {
            self.remain(text.clone(), Reason::Unplaced);
        }
    }

    /// Takes a line in the middle of the table as a section's title, or as more of one; false where it can be neither.
    pub(super) fn takes_title(&mut self, text: &Text, rest: &[GridLine]) -> bool {
        let string = text.as_str().trim();
        let furniture = self.shapes.opens_block(string, |sense| sense == BlockSense::Furniture);
        let worded = string.chars().any(char::is_alphabetic);
        if furniture || !worded || !self.goes_on(rest) {
            return false;
        }
        if self.row.is_none() && self.goes_on_with_title(text) {
            return true;
        }
        if string.starts_with(char::is_lowercase) || !self.row_is_closed() {
            return false;
        }
        self.take_section(vec![text.squeezed()]);
        true
    }

    /// Takes a line in small letters right behind a section's title as more of it.
    pub(super) fn goes_on_with_title(&mut self, text: &Text) -> bool {
        let small = text.as_str().trim_start().starts_with(char::is_lowercase);
        let Some(Entry::Section(title)) = self.entries.list.last_mut().filter(|_| small) else {
            return false;
        };
        title.push(Fragment { text: text.squeezed(), gap: Gap::Line });
        true
    }

    /// True if a line that nothing parts goes on with the last cell of the row above: that cell or the line is not whole, or
    /// the line names a further executor.
    fn goes_on_in_line(&self, line: &str) -> bool {
        let Some((column, last)) = self.last_cell() else { return false };
        let names = matches!(self.columns[column].role, Some(Role::Executor | Role::CoExecutor));
        let name = names && !numbers::opens_section(line) && self.shapes.is_name(line);
        name || self.shapes.is_unfinished(last.text.as_str()) || line.starts_with(char::is_lowercase)
    }

    /// The last cell of the row above in which something stands: its column, its last fragment.
    fn last_cell(&self) -> Option<(usize, &Fragment)> {
        let row = self.row.as_ref()?;
        (0..row.cells.len()).rev().find_map(|column| Some((column, row.cells[column].last()?)))
    }

    fn extend_last(&mut self, text: &Text) {
        let Some((column, _)) = self.last_cell() else { return };
        let Some(row) = &mut self.row else { return };
        row.cells[column].extend(fragments(text.trim(), row.gap));
        row.gap = Gap::Line;
    }
}

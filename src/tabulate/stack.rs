/*!
One cell after another: each on a line that begins with a tab, each ended by a pipe, each a paragraph.

This module never decides which column a cell is in; it says where cells begin.

```text
    1.                            a tab begins a cell
    Подготовка проекта
                                  an empty line may stand inside one
- о порядке проведения;
    II квартал
```
*/

use super::cell::Gap;
use super::cell_lines;
use super::heading::{Finder, Heading, is_plan};
use super::sequence::Piece;
use super::strip::Strip;
use crate::normalise::Separator;
use crate::plan::Role;
use crate::text::Text;

/// What begins or ends a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stacking {
    /// A tab begins one.
    Tab,
    /// A pipe ends one.
    Pipe,
    /// An empty line parts two.
    Paragraph,
    /// Each is a line, an empty one too.
    Line,
}

/// The most cells of a heading.
const LONGEST_HEADING: usize = 16;

/// How the line stacks cells, if it can.
pub(super) fn stacking(strip: &Strip) -> Option<Stacking> {
    match strip.separator() {
        Separator::Tab if strip.cells().first().is_some_and(Text::is_blank) && strip.filled() <= 1 => {
            Some(Stacking::Tab)
        }
        Separator::Pipe if strip.filled() <= 1 => Some(Stacking::Pipe),
        Separator::None if !strip.is_blank() => Some(Stacking::Paragraph),
        _ => None,
    }
}

/// The heading that begins with line `first`, how it is stacked, and one past its last line.
pub(super) fn heading(
    strips: &[Strip],
    first: usize,
    finder: &Finder,
) -> Option<(Vec<Heading>, Stacking, usize)> {
    let kind = match stacking(strips.get(first)?)? {
        Stacking::Paragraph if is_ended(&strips[first + 1..]) => Stacking::Pipe,
        own => own,
    };
    if kind == Stacking::Paragraph
        && let Some((columns, end)) = cell_lines::heading(strips, first, finder)
    {
        return Some((columns, Stacking::Line, end));
    }
    let own = strips[first].text();
    // The number column's heading may be empty, or be ended by its pipe on the next line.
    let may_begin = finder.begins(own.as_str()) || (own.is_blank() && kind == Stacking::Tab);
    if !may_begin {
        return None;
    }
    let window = &strips[first..strips.len().min(first + 6 * LONGEST_HEADING)];
    let pieces = pieces(window, kind, first);
    let mut columns: Vec<Heading> = Vec::new();
    let mut end = first;
    for cell in cells(&pieces).into_iter().take(LONGEST_HEADING) {
        let text = Text::join(cell.iter().map(|piece| &piece.text), true).squeezed();
        if kind == Stacking::Paragraph && finder.holds_two(&text) {
            // «Наименование мероприятий Сроки выполнения»: what empty lines part are no cells.
            return None;
        }
        let heading = finder.read(&text);
        let empty_number = columns.is_empty() && text.is_blank();
        if heading.role.is_none() && !empty_number {
            break;
        }
        let role = if empty_number { Some(Role::Number) } else { heading.role };
        if role == Some(Role::Number)
            && let Some(last) = columns.last_mut().filter(|last| last.role == role)
        {
            // An empty line above the heading is none of its cells; «№» and «п/п» are one.
            last.text = if last.text.is_blank() {
                heading.text
            } else {
                finder.read(&Text::join([&last.text, &heading.text], true)).text
            };
            end = cell.last().map_or(end, |piece| piece.line + 1);
            continue;
        }
        if columns.iter().any(|column| column.role == role && role == Some(Role::Measure)) {
            break;
        }
        columns.push(Heading { text: heading.text, role });
        end = cell.last().map_or(end, |piece| piece.line + 1);
    }
    let several = columns.iter().filter(|column| !column.text.is_blank()).count() >= 2;
    (several && is_plan(columns.iter().filter_map(|column| column.role))).then_some((columns, kind, end))
}

/// True if a pipe on a line of its own ends the cell above `strips`.
fn is_ended(strips: &[Strip]) -> bool {
    let plain = |strip: &&Strip| strip.separator() == Separator::None;
    let wrapped = strips.iter().take_while(plain).take(LONGEST_CELL).count();
    strips[wrapped..].first().is_some_and(|strip| strip.separator() == Separator::Pipe && strip.filled() == 0)
}

/// A cell of a heading takes at most so many lines.
const LONGEST_CELL: usize = 4;

/// The lines of `strips` (the first of them is line `first` of the document) as pieces; `starts` is true where a cell
/// begins. Empty cells are empty pieces.
pub(super) fn pieces(strips: &[Strip], kind: Stacking, first: usize) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut gap = Gap::Blank;
    let mut starts = true;
    let mut page = strips.first().map_or(0, |strip| strip.page);
    for (nth, strip) in strips.iter().enumerate() {
        let line = first + nth;
        if strip.page != page {
            gap = Gap::Page;
            page = strip.page;
        }
        if strip.is_rule() {
            gap = gap.max(Gap::Blank);
            continue;
        }
        if kind == Stacking::Line {
            pieces.push(Piece::new(strip.text(), gap.max(Gap::Blank), true, line));
            gap = Gap::Blank;
            continue;
        }
        let blank = strip.is_blank() && strip.separator() == Separator::None;
        if blank {
            gap = gap.max(Gap::Blank);
            starts |= kind == Stacking::Paragraph;
            continue;
        }
        match kind {
            Stacking::Tab if strip.separator() == Separator::Tab => {
                for text in &strip.cells()[1..] {
                    pieces.push(Piece::new(text.clone(), gap, true, line));
                }
            }
            Stacking::Pipe if strip.separator() == Separator::Pipe => {
                let (last, ended) = strip.cells().split_last().unwrap_or((&strip.cells()[0], &[]));
                for text in ended {
                    // A pipe on a line of its own ends the cell above it; with nothing above, the cell is empty.
                    if !text.is_blank() || starts {
                        pieces.push(Piece::new(text.clone(), gap, starts, line));
                    }
                    starts = true;
                }
                if !last.is_blank() {
                    pieces.push(Piece::new(last.clone(), gap, starts, line));
                    starts = false;
                }
            }
            _ => {
                pieces.push(Piece::new(strip.text(), gap, starts, line));
                starts = false;
            }
        }
        gap = Gap::Line;
    }
    pieces
}

/// The pieces of each cell.
fn cells(pieces: &[Piece]) -> Vec<&[Piece]> {
    let mut cells = Vec::new();
    let mut start = 0;
    for at in 1..=pieces.len() {
        if at == pieces.len() || pieces[at].starts {
            cells.push(&pieces[start..at]);
            start = at;
        }
    }
    cells.retain(|cell| !cell.is_empty());
    cells
}

/*!
Pages in, tables out.

This stage decides where the cells are and what each column is for. It never reads a cell: a date and a stain look alike
to it, except that a date is evidence for a deadline column.

A document is searched for headings; each heading opens a table. How the cells below it are marked decides who reads
them:

| evidence | read by |
|---|---|
| tabs, pipes, drawn boxes: a row of cells | `grid` |
| cells that the format gives: a row of cells, merged ones known | `grid` |
| columns that spaces hold apart | `columns`, then `grid` |
| pipes between cells, lines that end inside them | `wrapped`, then `grid` |
| one cell after another, begun by a tab, ended by a pipe, parted by an empty line | `stack`, then `flow` |
| one column after another, a cell a line | `turns`, then `grid` |
| one cell a line, an empty line for an empty cell | `cell_lines`, then `flow` |
| plain lines | `flow` |

What they share is written once: `heading` (what columns are for), `numbers` (how rows are numbered), `shapes` (what a
term and a name look like), `sequence` (where unmarked columns end), `cell` (how lines become a cell), `rows` (how
entries become rows).
*/

mod blocks;
mod cell;
mod cell_lines;
mod columns;
mod counted;
mod entry;
mod flow;
mod grid;
mod grid_heading;
mod grid_line;
mod heading;
mod infer;
mod locate;
mod mixed;
mod numbers;
mod read;
mod rivers;
mod rows;
mod sequence;
mod shapes;
mod shift;
mod signature;
mod signs;
mod stack;
mod starts;
mod strip;
mod titles;
mod turns;
mod twins;
mod unnumbered;
mod wrapped;

pub use cell::{Break, Cell, Fragment, Gap, join};
pub use numbers::opens_section;
pub use shapes::{Shapes, person_at};
pub use signature::ends_with_signature;
pub use signs::is_open;

use crate::dictionaries::Headings;
use crate::issue::{IssueKind, Issues};
use crate::normalise::Page;
use crate::plan::{Column, Remain};
use crate::text::{Span, Text};

use heading::Finder;
use strip::Strip;

/// A table with what stands around it.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The lines above the table, down from the table before it.
    pub heading: Vec<BlockLine>,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// Section rows and measures, in reading order.
    pub rows: Vec<Row>,
    /// The lines under the table, down to the next one's heading.
    pub footing: Vec<BlockLine>,
    /// What stands inside the table and in no row.
    pub remains: Vec<Remain>,
    /// From the first to the last byte of the table.
    pub extent: Option<Span>,
    /// What the decisions about it rested on.
    pub basis: Basis,
}

/// A line outside a table.
#[derive(Clone, Debug)]
pub struct BlockLine {
    /// What it says; white space as in the source.
    pub text: Text,
    /// What parts it from the line before.
    pub gap: Gap,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub enum Row {
    /// A section's title.
    Section(SectionRow),
    /// A measure.
    Measure(MeasureRow),
}

/// A section row.
#[derive(Clone, Debug)]
pub struct SectionRow {
    /// Its number, without the dot.
    pub number: Option<Text>,
    /// The rest.
    pub title: Text,
}

/// A measure's row.
#[derive(Clone, Debug)]
pub struct MeasureRow {
    /// Its number, without the dot.
    pub number: Option<Text>,
    /// One cell for each column; the number column's is empty, since `number` has been taken out of it.
    pub cells: Vec<Cell>,
    /// The columns in which the cell is that of a row above, which reaches down to this one; ascending.
    pub inherited: Vec<usize>,
    /// False where the number is that of a row above.
    pub numbered: bool,
    /// True where it is not certain where the row or one of its cells begins or ends.
    pub doubtful: bool,
}

/// Finds the tables of a document, in reading order.
pub(crate) fn tabulate(pages: &[Page], headings: &Headings, issues: &mut Issues) -> Vec<Table> {
    let strips = strip::strips(pages);
    let recogniser = Recogniser {
        strips: &strips,
        headings,
        finder: Finder::new(headings),
        shapes: Shapes::new(&headings.phrases),
    };
    let mut found = recogniser.headings();
    if found.is_empty() {
        found.extend(recogniser.without_heading());
        if !found.is_empty() {
            let message = "No heading that is known was found; the columns were told by what stands in them.";
            issues.note_document(IssueKind::InferredColumns, message);
        }
    }
    let mut tables = recogniser.tables(&found, issues);
    tables.retain(says_something);
    tables
}

/// False for a blank form: numbers, and nothing in the cells beside them.
fn says_something(table: &Table) -> bool {
    let mut measures = table.rows.iter().filter_map(|row| match row {
        Row::Measure(measure) => Some(measure),
        Row::Section(_) => None,
    });
    measures.any(|measure| measure.cells.iter().any(|cell| !cell.is_blank()))
}

/// What the decisions about a table rested on, noted where they were made.
#[derive(Clone, Debug, Default)]
pub struct Basis {
    /// How its cells are marked.
    pub layout: &'static str,
    /// For each column, what gave it its role.
    pub columns: Vec<RoleFrom>,
    /// What else was decided, in the order of the decisions: a sentence, and the bytes that it is about, if there are any.
    pub decisions: Vec<(Option<Span>, String)>,
}

/// What gave a column its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleFrom {
    /// The words of its heading.
    Heading,
    /// Its place: the heading of the number column may be empty.
    Place,
    /// What stands in it.
    Content,
    /// Nothing: its role is not known.
    Nothing,
}

/// A document and what its tables are found by.
struct Recogniser<'r> {
    strips: &'r [Strip<'r>],
    headings: &'r Headings,
    finder: Finder<'r>,
    shapes: Shapes<'r>,
}

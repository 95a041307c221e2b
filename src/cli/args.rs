//! The words of the command line. Never what is done with them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Reads the plans that Russian regions publish into typed measures with deadlines and executors.
#[derive(Debug, Parser)]
#[command(name = "svod", version, about, max_term_width = 100, arg_required_else_help = true)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read documents and write what they order
    Convert(Convert),
    /// Read whole archives into one register
    Import(Import),
    /// Show how the inputs of a register ended, and whether the sums balance
    Status(Status),
    /// Read inputs of a register again
    Retry(Retry),
    /// Write a page about a register
    Report(Report),
    /// Write what stands in a register in another format
    Export(Export),
    /// Show how values were read: bytes → repairs → cell → rule → value
    Explain(Explain),
    /// Read one term and show what it means: for a person trying a phrase
    Deadline(Deadline),
    /// Look into the dictionary of bodies, check one of your own, and see what it lacks
    Dict(Dict),
    /// Compare output with hand-made gold
    Eval(Eval),
    /// Damage clean text as recognition and conversion do, to see what repair makes of it
    Noise(Noise),
    /// Damage words whose truth is known, and count what repair mends, mends wrongly, and harms
    Repairs(Repairs),
    /// Print the JSON Schema (2020-12) of the output
    Schema,
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// What every reading command takes.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// A folder with dictionary files of your own; each goes over the built-in one of the same name
    #[arg(long, value_name = "DIR")]
    pub(super) dictionaries: Option<PathBuf>,
    /// A repair to leave out: a rule («spelling.confusion»), an area («spelling») or all; may be given several times
    #[arg(long, value_name = "RULE")]
    pub(super) no_repair: Vec<String>,
    /// How many threads to use; the output is the same for any number [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
}

#[derive(Debug, Args)]
pub(super) struct Convert {
    /// Documents to read; - is standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// The format of the output [default: table on a terminal; else json, or jsonl for several documents]
    #[arg(long, short, value_enum)]
    pub(super) format: Option<Format>,
    /// Write to FILE, whole or not at all, instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Width of a table in characters [default: the terminal's, or 120]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(60..))]
    pub(super) width: Option<u16>,
    /// Raise all limits inside documents (parts, cells, pixels, pages, steps, time) so many times: x4
    #[arg(long, value_name = "xN", value_parser = times)]
    pub(super) limits: Option<u32>,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One JSON document of several lines
    Json,
    /// One JSON document a line
    Jsonl,
    /// One row a measure, RFC 4180
    Csv,
    /// One row a measure, tabs
    Tsv,
    /// A drawn table for reading
    Table,
    /// The dated terms as one calendar, RFC 5545
    Ics,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The document; - is standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    /// Only the measures with this number, as printed
    #[arg(long, short, value_name = "NUMBER")]
    pub(super) measure: Option<String>,
    /// Draw the recovered tables: columns, rows, what was joined, and what each decision rested on
    #[arg(long, conflicts_with = "measure")]
    pub(super) draw: bool,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, Args)]
pub(super) struct Deadline {
    /// The words of the term
    #[arg(value_name = "TEXT")]
    pub(super) text: String,
    /// The plan's period: a year or two («2018», «2018-2020»), or two days («2022-09-01/2023-05-31»)
    #[arg(long, value_name = "PERIOD")]
    pub(super) period: Option<String>,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, Args)]
pub(super) struct Noise {
    /// The clean text; - is standard input
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,
    #[command(flatten)]
    pub(super) damage: Damage,
    /// Kinds of damage, parted by commas: scan (all that recognition does), paste (all that conversion does), or confusion,
    /// homoglyph, spacing, split, glued, hyphenation, punctuation, junk, rows, encoding
    #[arg(long, value_name = "KINDS", default_value = "scan")]
    pub(super) profile: String,
    /// Instead of the text, list the damaged words: line, as damaged, as printed, kind
    #[arg(long)]
    pub(super) list: bool,
    #[command(flatten)]
    pub(super) reading: Reading,
}

/// How much damage.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Damage {
    /// Where the random numbers begin: the same text, seed and dose give the same damage
    #[arg(long, value_name = "N", default_value_t = 7)]
    pub(super) seed: u64,
    /// How much: 0 is none, 0.2 a usual scan, 1 a page that is read with annoyance
    #[arg(long, value_name = "SHARE", default_value_t = 0.5, value_parser = dose)]
    pub(super) dose: f32,
}

fn dose(words: &str) -> Result<f32, String> {
    let dose: f32 = words.parse().map_err(|_| "a dose is a number".to_owned())?;
    if (0.0..=10.0).contains(&dose) { Ok(dose) } else { Err("a dose is 0 to 10".to_owned()) }
}

#[derive(Debug, Args)]
pub(super) struct Repairs {
    /// Folders of fixtures, whose gold has the words; a folder may hold clean.txt (text without damage) and recognised.tsv
    /// (words as printed and as recognised)
    #[arg(required = true, value_name = "DIR")]
    pub(super) directories: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) damage: Damage,
    /// Print the figures as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Fail where a figure is below its floor in FILE
    #[arg(long, value_name = "FILE")]
    pub(super) gate: Option<PathBuf>,
    /// Print every mistake
    #[arg(long, short)]
    pub(super) differences: bool,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, Args)]
pub(super) struct Dict {
    #[command(subcommand)]
    pub(super) command: DictCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum DictCommand {
    /// Check a folder of dictionary files of your own: their form, and the examples of their rules
    Check {
        /// The folder
        #[arg(value_name = "DIR")]
        directory: PathBuf,
    },
    /// Show which bodies a name may be, how likely, and why not
    Find {
        /// The name, as a document has it
        #[arg(value_name = "TEXT")]
        text: String,
        /// The code of the document's region, for names that leave it out
        #[arg(long, value_name = "CODE")]
        region: Option<String>,
        /// The time that the document is about, for bodies that were renamed: 2018 or 2018/2020
        #[arg(long, value_name = "YEARS")]
        period: Option<String>,
        #[command(flatten)]
        reading: Reading,
    },
    /// List the names that stayed without an entity, the most frequent first, as lines for bodies.tsv
    Suggest {
        /// Outputs of svod convert, as json or jsonl
        #[arg(required = true, value_name = "RESULTS")]
        results: Vec<PathBuf>,
        #[command(flatten)]
        reading: Reading,
    },
    /// Show which links new lines for bodies.tsv would change
    Try {
        /// The new lines
        #[arg(value_name = "NEW")]
        bodies: PathBuf,
        /// Outputs of svod convert, as json or jsonl
        #[arg(required = true, value_name = "RESULTS")]
        results: Vec<PathBuf>,
        #[command(flatten)]
        reading: Reading,
    },
}

#[derive(Debug, Args)]
pub(super) struct Eval {
    /// A folder of fixtures: in each an input and a gold.json
    #[arg(value_name = "DIR")]
    pub(super) directory: PathBuf,
    /// Print the scores as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Fail where a score is below its floor in FILE
    #[arg(long, value_name = "FILE")]
    pub(super) gate: Option<PathBuf>,
    /// Print everything that is not right
    #[arg(long, short)]
    pub(super) differences: bool,
    #[command(flatten)]
    pub(super) reading: Reading,
}

/// How a long run is shown.
#[derive(Debug, Args)]
pub(super) struct Telling {
    /// Say nothing but errors and the sums
    #[arg(long, short, conflicts_with = "json_log")]
    pub(super) quiet: bool,
    /// Write one JSON object for each input to standard error, and one for the sums
    #[arg(long)]
    pub(super) json_log: bool,
    /// Raise all limits so many times: x4; of archives (size, ratio, depth, members, unpacked) and inside documents (parts,
    /// cells, pixels, pages, steps, time)
    #[arg(long, value_name = "xN", value_parser = times)]
    pub(super) limits: Option<u32>,
}

fn times(word: &str) -> Result<u32, String> {
    let number = word.strip_prefix('x').unwrap_or(word).parse();
    number.ok().filter(|times| (1..=1024).contains(times)).ok_or_else(|| "write x2, x4, … x1024".to_owned())
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// Folders, documents, and zip, tar, tar.gz and gz archives; archives inside them are opened as well
    #[arg(required = true, value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// The folder of the register; it is made, or gets what is new
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
    /// Read only paths that end so: '*.txt', '2018/*.txt'; may be given several times
    #[arg(long, value_name = "GLOB")]
    pub(super) include: Vec<String>,
    /// Leave out paths that end so; may be given several times
    #[arg(long, value_name = "GLOB")]
    pub(super) exclude: Vec<String>,
    #[command(flatten)]
    pub(super) telling: Telling,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, Args)]
pub(super) struct Status {
    /// The folder of the register
    #[arg(value_name = "REGISTER")]
    pub(super) register: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Retry {
    /// The folder of the register
    #[arg(value_name = "REGISTER")]
    pub(super) register: PathBuf,
    /// Which inputs: a status as «svod status» names it, limit (all of them), or degraded
    #[arg(long, value_name = "LANE")]
    pub(super) lane: String,
    #[command(flatten)]
    pub(super) telling: Telling,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, Args)]
pub(super) struct Report {
    /// The folder of the register
    #[arg(value_name = "REGISTER")]
    pub(super) register: PathBuf,
    /// The file for the page; it needs nothing else to be shown
    #[arg(long, value_name = "FILE")]
    pub(super) html: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    /// The folder of the register
    #[arg(value_name = "REGISTER")]
    pub(super) register: PathBuf,
    /// The format
    #[arg(long, short, value_enum)]
    pub(super) format: ExportFormat,
    /// The file, written whole or not at all
    #[arg(long, short, value_name = "FILE")]
    pub(super) out: PathBuf,
    /// With csv: as Excel opens it: a byte order mark, «;» between cells, no cell that is a formula
    #[arg(long)]
    pub(super) excel: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportFormat {
    /// One row a measure, RFC 4180
    Csv,
    /// One JSON document a line
    Jsonl,
    /// A sheet with a row a measure, a filter and a fixed header
    Xlsx,
    /// A clean copy of the tables
    Sqlite,
    /// One row a measure, in typed columns
    Parquet,
    /// The dated terms as one calendar, RFC 5545
    Ics,
}

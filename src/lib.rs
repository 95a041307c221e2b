/*!
`svod` reads plan documents of Russian regions and gives back what they order: which measures, by when, by whom.

This facade never reads a file; [`batch`] does. The whole program is [`pipeline::trace`].
*/

pub mod archive;
pub mod batch;
mod budget;
#[doc(hidden)]
pub mod child;
#[doc(hidden)]
pub mod cli;
pub mod decode;
pub mod dictionaries;
mod digest;
pub mod emit;
pub mod error;
pub mod eval;
pub mod extract;
pub mod import;
pub mod issue;
pub mod link;
mod map;
pub mod noise;
pub mod normalise;
mod parallel;
pub mod pipeline;
pub mod plan;
pub mod register;
pub mod status;
pub mod tabulate;
pub mod text;

pub use error::{Error, Result};
pub use extract::notation;
pub use pipeline::{Trace, read, read_cell, read_deadline, trace};

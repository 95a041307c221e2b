/*!
Why a run could not start or finish.

An error is never about what a document says: that is an [issue](crate::issue). It is about a file that cannot be
read, a dictionary that is wrong, an output that cannot be written, and it always names its subject.
*/

use std::fmt;
use std::io;

use crate::status::Status;

/// Shorthand for results of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong, about which file, and what to do.
#[derive(Debug)]
pub struct Error(Box<ErrorKind>);

#[derive(Debug)]
enum ErrorKind {
    Read { subject: String, cause: io::Error },
    Write { subject: String, cause: io::Error },
    Unreadable { subject: String, status: Status, what: String, advice: &'static str },
    Dictionary { file: String, line: Option<usize>, reason: String },
    Content { subject: String, reason: String },
    Usage { reason: String },
    Crashed { subject: String },
    Interrupted { reason: String },
    Unbalanced { subject: String, met: u64, kept: u64 },
}

/// What the caller can do about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// The input: another one may work.
    Input,
    /// The words of the command, or a dictionary.
    Usage,
    /// The place that the output goes to.
    Output,
    /// This program.
    Program,
    /// The user wanted it so.
    Nobody,
}

impl Error {
    /// `subject` cannot be opened or read.
    pub fn read(subject: impl Into<String>, cause: io::Error) -> Self {
        Self::of(ErrorKind::Read { subject: subject.into(), cause })
    }

    /// `subject` cannot be written.
    pub fn write(subject: impl Into<String>, cause: io::Error) -> Self {
        Self::of(ErrorKind::Write { subject: subject.into(), cause })
    }

    /// `subject` is of a kind that svod does not read; `status` says which.
    pub fn unreadable(
        subject: impl Into<String>,
        status: Status,
        what: impl Into<String>,
        advice: &'static str,
    ) -> Self {
        Self::of(ErrorKind::Unreadable { subject: subject.into(), status, what: what.into(), advice })
    }

    /// A dictionary breaks its contract, at 1-based `line` where it is known.
    pub fn dictionary(file: impl Into<String>, line: Option<usize>, reason: impl Into<String>) -> Self {
        Self::of(ErrorKind::Dictionary { file: file.into(), line, reason: reason.into() })
    }

    /// A file that svod itself defines (gold, scores) does not hold what it should.
    pub fn content(subject: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::of(ErrorKind::Content { subject: subject.into(), reason: reason.into() })
    }

    /// The command's words do not fit together.
    pub fn usage(reason: impl Into<String>) -> Self {
        Self::of(ErrorKind::Usage { reason: reason.into() })
    }

    /// Reading `subject` crashed, which is a fault of this program.
    pub fn crashed(subject: impl Into<String>) -> Self {
        Self::of(ErrorKind::Crashed { subject: subject.into() })
    }

    /// Whose fault it is.
    pub fn blame(&self) -> Blame {
        match *self.0 {
            ErrorKind::Read { .. } | ErrorKind::Unreadable { .. } => Blame::Input,
            ErrorKind::Write { .. } => Blame::Output,
            ErrorKind::Dictionary { .. } | ErrorKind::Content { .. } | ErrorKind::Usage { .. } => {
                Blame::Usage
            }
            ErrorKind::Crashed { .. } | ErrorKind::Unbalanced { .. } => Blame::Program,
            ErrorKind::Interrupted { .. } => Blame::Nobody,
        }
    }

    /// True where the reader of the output has gone away, which is no error to speak of.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(&*self.0, ErrorKind::Write { cause, .. } if cause.kind() == io::ErrorKind::BrokenPipe)
    }

    /// The register `subject` accounts for another number of inputs than were met.
    pub fn unbalanced(subject: impl Into<String>, met: u64, kept: u64) -> Self {
        Self::of(ErrorKind::Unbalanced { subject: subject.into(), met, kept })
    }

    /// True where the sums of a register do not balance.
    pub fn is_imbalance(&self) -> bool {
        matches!(*self.0, ErrorKind::Unbalanced { .. })
    }

    /// The user ended the run.
    pub fn interrupted(reason: impl Into<String>) -> Self {
        Self::of(ErrorKind::Interrupted { reason: reason.into() })
    }

    /// True where the user ended the run.
    pub fn is_interruption(&self) -> bool {
        matches!(*self.0, ErrorKind::Interrupted { .. })
    }

    /// How an input ends that gave this error.
    pub fn status(&self) -> Status {
        match &*self.0 {
            ErrorKind::Unreadable { status, .. } => *status,
            ErrorKind::Crashed { .. } => Status::Crashed,
            _ => Status::Unreadable,
        }
    }

    /// The message without the subject.
    pub fn reason(&self) -> String {
        match &*self.0 {
            ErrorKind::Read { cause, .. } => format!("cannot be read: {cause}"),
            ErrorKind::Write { cause, .. } => format!("cannot be written: {cause}"),
            ErrorKind::Unreadable { what, advice, .. } => format!("{what}; {advice}"),
            ErrorKind::Dictionary { reason, .. }
            | ErrorKind::Content { reason, .. }
            | ErrorKind::Interrupted { reason }
            | ErrorKind::Usage { reason } => reason.clone(),
            ErrorKind::Crashed { .. } => CRASHED.to_owned(),
            ErrorKind::Unbalanced { met, kept, .. } => format!(
                "the sums do not balance: {met} inputs were met and {kept} are accounted for; please report it"
            ),
        }
    }

    fn of(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

const CRASHED: &str =
    "svod crashed on this input; please report it with the file, the other inputs are not affected";

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reason = self.reason();
        match &*self.0 {
            ErrorKind::Read { subject, .. }
            | ErrorKind::Write { subject, .. }
            | ErrorKind::Unreadable { subject, .. }
            | ErrorKind::Content { subject, .. }
            | ErrorKind::Unbalanced { subject, .. }
            | ErrorKind::Crashed { subject } => write!(f, "{subject}: {reason}"),
            ErrorKind::Dictionary { file, line: Some(line), .. } => write!(f, "{file}:{line}: {reason}"),
            ErrorKind::Dictionary { file, line: None, .. } => write!(f, "{file}: {reason}"),
            ErrorKind::Usage { .. } | ErrorKind::Interrupted { .. } => f.write_str(&reason),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            ErrorKind::Read { cause, .. } | ErrorKind::Write { cause, .. } => Some(cause),
            _ => None,
        }
    }
}

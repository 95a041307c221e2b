/*!
How a file or a member of an archive ends: in exactly one of these ways.

A status is never about what a document says, only about whether it could be read; what stands in it is for the
[issues](crate::issue).
*/

use std::fmt;

/// How one input ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Read, with at least one plan; or an archive whose members were looked at.
    Ok,
    /// Read, without a plan.
    NoPlan,
    /// Of a kind that has to be turned into text first.
    NeedsConverter,
    /// Of no known kind.
    UnknownFormat,
    /// Locked by a password.
    Password,
    /// Refused, or cut, by a limit.
    Limit(Limit),
    /// Empty, damaged, or not what it says it is.
    Undecodable,
    /// The program crashed on it.
    Crashed,
    /// Listed, and gone before it could be read; or read on an earlier run, and gone now.
    Vanished,
    /// It could not be opened or read, or changed while it was read.
    Unreadable,
    /// The same bytes, or the same plan, as another.
    DuplicateOf,
}

/// The limits that refuse what would cost too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// How large one document may be.
    Size,
    /// How much larger than its packed form a member may be.
    Ratio,
    /// How many archives may lie in each other.
    Depth,
    /// How many members an archive may have.
    Members,
    /// How much all members of an archive may hold.
    Unpacked,
    /// How much work a document of its size may take.
    Steps,
    /// How long reading may take.
    Time,
}

impl Status {
    /// All of them, as they are listed.
    pub const ALL: [Self; 17] = [
        Self::Ok,
        Self::NoPlan,
        Self::NeedsConverter,
        Self::UnknownFormat,
        Self::Password,
        Self::Limit(Limit::Size),
        Self::Limit(Limit::Ratio),
        Self::Limit(Limit::Depth),
        Self::Limit(Limit::Members),
        Self::Limit(Limit::Unpacked),
        Self::Limit(Limit::Steps),
        Self::Limit(Limit::Time),
        Self::Undecodable,
        Self::Crashed,
        Self::Vanished,
        Self::Unreadable,
        Self::DuplicateOf,
    ];

    /// The stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::NoPlan => "no-plan",
            Self::NeedsConverter => "needs-converter",
            Self::UnknownFormat => "unknown-format",
            Self::Password => "password",
            Self::Limit(Limit::Size) => "limit:size",
            Self::Limit(Limit::Ratio) => "limit:ratio",
            Self::Limit(Limit::Depth) => "limit:depth",
            Self::Limit(Limit::Members) => "limit:members",
            Self::Limit(Limit::Unpacked) => "limit:unpacked",
            Self::Limit(Limit::Steps) => "limit:steps",
            Self::Limit(Limit::Time) => "limit:time",
            Self::Undecodable => "undecodable",
            Self::Crashed => "crashed",
            Self::Vanished => "vanished",
            Self::Unreadable => "unreadable",
            Self::DuplicateOf => "duplicate-of",
        }
    }

    /// The status with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// True where nothing is left to do: the input was read, or its twin was.
    pub fn is_read(self) -> bool {
        matches!(self, Self::Ok | Self::NoPlan | Self::DuplicateOf)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

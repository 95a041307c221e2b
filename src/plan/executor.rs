//! Who is to do something. Never which dictionary knows the name: see `link`.

use crate::text::Text;

/// A body, a person or a class of bodies.
#[derive(Clone, Debug)]
pub struct Executor {
    /// As printed, repaired, without «(по согласованию)».
    pub text: Text,
    /// Canonical, nominative.
    pub name: String,
    /// What it is.
    pub kind: ExecutorKind,
    /// The entry of the dictionary, where one matched well enough.
    pub link: Option<Link>,
    /// The words «(по согласованию)» that stood with it.
    pub by_agreement: Option<Text>,
    /// For a person: the position that the document gives.
    pub position: Option<String>,
}

/// What an executor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExecutorKind {
    /// One body or institution.
    Organization,
    /// A collegial body.
    Council,
    /// A department inside a body.
    Unit,
    /// A class of bodies or people.
    Group,
    /// A person, by name or by position.
    Person,
}

impl ExecutorKind {
    /// All kinds.
    pub const ALL: &'static [ExecutorKind] =
        &[Self::Organization, Self::Council, Self::Unit, Self::Group, Self::Person];

    /// The name in the output and in the dictionaries.
    pub fn name(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::Council => "council",
            Self::Unit => "unit",
            Self::Group => "group",
            Self::Person => "person",
        }
    }
}

/// Which entry of the dictionary a name is.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The entry's id.
    pub entity: String,
    /// How sure the link is, 0 to 1.
    pub score: f64,
}

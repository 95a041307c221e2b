//! People and the positions that the document gives them. Never a position from elsewhere.

use crate::dictionaries::{Registry, fold};
use crate::extract::{Draft, Person};
use crate::text::Text;

use super::{nominative, tidy};

/// Everyone who has a position somewhere in the document.
#[derive(Debug, Default)]
pub(super) struct People<'r> {
    known: Vec<(Key, String)>,
    registry: Option<&'r Registry>,
}

/// A folded surname in any case, and the initials.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    surname: String,
    initials: String,
}

/// Cases of a surname differ in so many letters at its end: «Захаров», «Захарова»; «Горская», «Горскую».
const LONGEST_ENDING: usize = 2;

impl Key {
    fn of(person: &Person) -> Self {
        Self { surname: fold(&person.surname), initials: person.initials.to_uppercase() }
    }

    /// True if both may be the same person's name in two cases.
    fn agrees(&self, other: &Self) -> bool {
        let common = self.surname.chars().zip(other.surname.chars()).take_while(|(a, b)| a == b).count();
        let shorter = self.surname.chars().count().min(other.surname.chars().count());
        let longer = self.surname.chars().count().max(other.surname.chars().count());
        self.initials == other.initials
            && common >= 3
            && common + LONGEST_ENDING >= shorter
            && longer <= common + LONGEST_ENDING + 1
    }
}

impl<'r> People<'r> {
    /// Those whom the running text or an executor cell gives a position.
    pub(super) fn of(draft: &Draft, registry: &'r Registry) -> Self {
        let mut people = Self { known: Vec::new(), registry: Some(registry) };
        for appointment in &draft.appointments {
            let position = people.in_order(appointment.position.as_str());
            people.known.push((Key::of(&appointment.person), position));
        }
        for mention in draft.measures.iter().flat_map(|measure| &measure.mentions) {
            if let (Some(person), Some(position)) = (&mention.person, &mention.position) {
                let position = people.in_order(position.as_str());
                people.known.push((Key::of(person), position));
            }
        }
        people
    }

    /// The position that stands with the name, or the only one that the document gives to a person of that name.
    pub(super) fn position(&self, person: &Person, beside: Option<&Text>) -> Option<String> {
        if let Some(position) = beside {
            return Some(self.in_order(position.as_str()));
        }
        let key = Key::of(person);
        let mut positions =
            self.known.iter().filter(|(known, _)| known.agrees(&key)).map(|(_, position)| position);
        let first = positions.next()?;
        positions.all(|other| other == first).then(|| first.clone())
    }

    fn in_order(&self, position: &str) -> String {
        let Some(registry) = self.registry else { return tidy::position(position) };
        tidy::position(&nominative::of_position(position, &registry.heads))
    }
}

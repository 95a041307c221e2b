/*!
Text that knows where it was read.

This module never looks at what a text says: it slices, joins and rewrites, and keeps the books.

A document is decoded once into a [`Decoded`] string. Everything later is a [`Text`] cut from it: a string with
a list of pieces, each of which names the bytes of the decoded source that it stands for and, where the characters
differ, the rule that changed them:

```text
source   …сгенддх, на…           Text   стендах
          ^^^^^^^                        с|т|ен|д→а|…
pieces   с   verbatim  [10, 12)
         т   for «г»   [12, 14)   by spelling.confusion
         ен  verbatim  [14, 18)
```

After `decode` nothing makes a `Text` from a string. That is what lets `svod explain` print the way from a value
back to the bytes, and what makes "nothing lost, nothing invented" a property that a test can check.
*/

mod certainty;
mod decoded;
mod edit;
mod found;
mod span;
#[allow(clippy::module_inception)]
mod text;

pub use certainty::Certainty;
pub use decoded::{Decoded, LineIndex};
pub use edit::{Edit, Repair};
pub use found::{Found, Reading};
pub use span::{Origin, RuleId, Span};
pub use text::{How, Piece, Text};

/*!
The noise laboratory: clean text in, text damaged as recognition and conversion damage it out.

This module never reads a document and never mends one: it makes damage whose truth is known, so that repair can be
measured. The same text, seed and dose give the same damage on every machine.

A dose of 1 is a page that a reader still reads, but with annoyance; what it means for each class is said in
[`Class::rate`]. Which letters are taken for which, and how often, comes from `confusions.tsv`.
*/

mod lines;
mod words;

use std::ops::Range;

use oorandom::Rand32;

use crate::dictionaries::Confusions;

/// A kind of damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Letters taken for others: «сгендах».
    Confusion,
    /// Letters of the other alphabet: «Mинистерство» with a Latin «M».
    Homoglyph,
    /// One to three words in pieces: «со ци ал ьн ой».
    Spacing,
    /// A word in two: «инфор мации».
    Split,
    /// Two words in one: «информационнойбезопасности».
    Glued,
    /// A hyphen and a gap inside a word: «материа- лов».
    Hyphenation,
    /// Marks lost between words.
    Punctuation,
    /// Marks that nobody printed: «■», «|», «*», «_», tags.
    Junk,
    /// Line ends put in and taken out.
    Rows,
    /// The whole text decoded as what it was not.
    Encoding,
}

impl Class {
    /// All classes.
    pub const ALL: [Self; 10] = [
        Self::Confusion,
        Self::Homoglyph,
        Self::Spacing,
        Self::Split,
        Self::Glued,
        Self::Hyphenation,
        Self::Punctuation,
        Self::Junk,
        Self::Rows,
        Self::Encoding,
    ];

    /// Those that damage words and nothing else, so that what repair made of each can be told word by word.
    pub const OF_WORDS: [Self; 5] =
        [Self::Confusion, Self::Homoglyph, Self::Spacing, Self::Split, Self::Glued];

    /// The name in the command's words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Confusion => "confusion",
            Self::Homoglyph => "homoglyph",
            Self::Spacing => "spacing",
            Self::Split => "split",
            Self::Glued => "glued",
            Self::Hyphenation => "hyphenation",
            Self::Punctuation => "punctuation",
            Self::Junk => "junk",
            Self::Rows => "rows",
            Self::Encoding => "encoding",
        }
    }

    /// The class of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.name() == name)
    }

    /// How much is damaged at a dose of 1: the share of words, for `Punctuation` of marks, for `Junk` and `Rows` of
    /// lines; `Encoding` damages everything at any dose.
    ///
    /// The scans that the project has received have 1 to 3 damaged words in a hundred, which is a dose of about 0.2;
    /// pages of 130 dpi with blur and speckle, recognised anew, 5 to 30.
    pub fn rate(self) -> f32 {
        match self {
            Self::Confusion => 0.08,
            Self::Homoglyph | Self::Split | Self::Glued | Self::Hyphenation => 0.02,
            Self::Spacing => 0.01,
            Self::Punctuation | Self::Junk => 0.05,
            Self::Rows => 0.10,
            Self::Encoding => 1.0,
        }
    }
}

/// One damaged stretch of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Bytes of the damaged text, whole stretches between white space.
    pub range: Range<usize>,
    /// What stood there.
    pub clean: String,
    /// What was done.
    pub class: Class,
}

/// Damaged text, and the truth about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Damaged {
    /// The text.
    pub text: String,
    /// The damaged words, ascending; `Punctuation`, `Junk`, `Rows` and `Encoding` leave none.
    pub damages: Vec<Damage>,
}

/// What to do to a text.
#[derive(Clone, Copy, Debug)]
pub struct Laboratory<'d> {
    /// What recognition makes of letters.
    pub confusions: &'d Confusions,
    /// How much, from 0 for nothing; 1 is described at [`Class::rate`].
    pub dose: f32,
    /// Where the random numbers begin.
    pub seed: u64,
    /// Of which kinds.
    pub classes: &'d [Class],
}

impl Laboratory<'_> {
    /// Damages `clean`, whose lines are kept apart but for [`Class::Rows`].
    pub fn damage(&self, clean: &str) -> Damaged {
        let mut random = Rand32::new(self.seed);
        let mut damaged = Damaged::default();
        for line in clean.split_inclusive('\n') {
            self.damage_line(line, &mut damaged, &mut random);
        }
        if self.dose > 0.0 && self.classes.contains(&Class::Encoding) {
            damaged =
                Damaged { text: lines::decoded_wrongly(&damaged.text, &mut random), damages: Vec::new() };
        }
        damaged
    }

    fn damage_line(&self, line: &str, damaged: &mut Damaged, random: &mut Rand32) {
        let content = line.trim_end_matches(['\n', '\r']);
        if self.happens(Class::Junk, random) {
            damaged.text.push_str(lines::junk(random));
        }
        let mut words = words::cut(content).into_iter().peekable();
        while let Some(word) = words.next() {
            let space = match word.space {
                " " if self.happens(Class::Rows, random) => "\n",
                space => space,
            };
            damaged.text.push_str(space);
            let next = words.peek().map_or("", |next| if next.space == " " { next.text } else { "" });
            match self.damage_word(word.text, next, random) {
                Some((written, clean, class)) => {
                    if clean.len() > word.text.len() {
                        words.next();
                    }
                    let start = damaged.text.len();
                    damaged.text.push_str(&written);
                    damaged.damages.push(Damage { range: start..damaged.text.len(), clean, class });
                }
                None => self.push_marked(word.text, &mut damaged.text, random),
            }
        }
        let end = &line[content.len()..];
        damaged.text.push_str(if self.happens(Class::Rows, random) { " " } else { end });
    }

    /// The damaged word, what it (or it and the next) was, and how.
    fn damage_word(&self, word: &str, next: &str, random: &mut Rand32) -> Option<(String, String, Class)> {
        let pair = || format!("{word} {next}");
        for &class in self.classes {
            let happens = match class {
                Class::Punctuation | Class::Junk | Class::Rows | Class::Encoding => false,
                _ => self.happens(class, random),
            };
            if !happens {
                continue;
            }
            let damaged = match class {
                Class::Confusion => words::confused(word, self.confusions, random),
                Class::Homoglyph => words::respelled(word, random),
                Class::Split => words::split(word, " ", random),
                Class::Hyphenation => words::split(word, "- ", random),
                Class::Spacing if words::is_word(next) => {
                    return words::spaced(&pair(), random).map(|spaced| (spaced, pair(), class));
                }
                Class::Spacing => words::spaced(word, random),
                Class::Glued if words::goes_on(word, next) => {
                    return Some((format!("{word}{next}"), pair(), class));
                }
                _ => None,
            };
            if let Some(damaged) = damaged.filter(|damaged| damaged != word) {
                return Some((damaged, word.to_owned(), class));
            }
        }
        None
    }

    /// Appends an undamaged word, without the marks that it ends on where they are lost.
    fn push_marked(&self, word: &str, text: &mut String, random: &mut Rand32) {
        let bare = word.trim_end_matches(['.', ',', ';', ':', '»', '"']);
        let lost = bare.len() < word.len() && !bare.is_empty() && self.happens(Class::Punctuation, random);
        text.push_str(if lost { bare } else { word });
    }

    /// A draw for `class`; none where the class is not wanted, so that the classes of a profile decide alone.
    fn happens(&self, class: Class, random: &mut Rand32) -> bool {
        self.classes.contains(&class) && random.rand_float() < class.rate() * self.dose
    }
}

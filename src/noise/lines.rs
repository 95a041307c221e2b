//! Damage to lines and to the whole text. Never to what a word says.

use encoding_rs::{Encoding, KOI8_R, WINDOWS_1251, WINDOWS_1252};
use oorandom::Rand32;

/// What scanners and converters leave at the beginning of a line.
const JUNK: [&str; 6] = ["■ ", "| ", "* ", "_ ", "<p>", "**"];

/// One of them.
pub(super) fn junk(random: &mut Rand32) -> &'static str {
    JUNK[random.rand_range(0..JUNK.len() as u32) as usize]
}

/// The text as a program shows it that takes one encoding for another.
pub(super) fn decoded_wrongly(text: &str, random: &mut Rand32) -> String {
    let mistakes: [(Option<&Encoding>, &Encoding); 4] = [
        (Some(WINDOWS_1251), WINDOWS_1252),
        (None, WINDOWS_1252),
        (None, WINDOWS_1251),
        (Some(KOI8_R), WINDOWS_1251),
    ];
    let (meant, taken) = mistakes[random.rand_range(0..mistakes.len() as u32) as usize];
    let encoded = meant.map(|meant| meant.encode(text));
    match encoded {
        // What the encoding has no sign for would be lost, not misread.
        Some((_, _, true)) => text.to_owned(),
        Some((bytes, _, false)) => taken.decode_without_bom_handling(&bytes).0.into_owned(),
        None => taken.decode_without_bom_handling(text.as_bytes()).0.into_owned(),
    }
}

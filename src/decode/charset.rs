/*!
Which encoding the bytes are in.

This module never repairs: a byte that means nothing becomes U+FFFD and is counted.

Bytes that are valid UTF-8 are UTF-8. Of the rest, every Cyrillic code page turns the same bytes into Cyrillic letters,
only into different ones, so each is tried and scored by how usual its letter pairs are in the genre:

```text
bytes   CF EB E0 ED      windows-1251  План   -55
                         KOI8-R        оКЮМ  -118
                         IBM866        ╧ыра  -112
```

The runner-up and its margin are kept in a diagnostic where the margin is small.
*/

use encoding_rs::{
    Encoding, IBM866, ISO_8859_5, KOI8_R, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, X_MAC_CYRILLIC,
};

use crate::dictionaries::{LetterPairs, READABLE};
use crate::error::{Error, Result};
use crate::issue::{IssueKind, Issues};
use crate::status::Status;

/// The code pages in which Russian was written.
const CANDIDATES: [&Encoding; 5] = [WINDOWS_1251, KOI8_R, IBM866, ISO_8859_5, X_MAC_CYRILLIC];

/// So many bytes are enough to tell code pages apart.
const SAMPLE: usize = 1 << 16;

/// A runner-up within this distance of the winner's score is reported. Neighbouring code pages lie 40 and more apart on a
/// page of text; windows-1251 and x-mac-cyrillic, which share their small letters, lie 2 to 10 apart.
const SMALL_MARGIN: f64 = 1.0;

/// Fewer letter pairs than this do not decide: about seven words.
const FEW_PAIRS: usize = 40;

/// A file with more control characters than one in this many is not text.
const CONTROL_SHARE: usize = 50;

/// Decoded characters and the label of their encoding.
pub(super) struct Decoding {
    pub(super) string: String,
    pub(super) label: &'static str,
}

/// Decodes `bytes`.
///
/// # Errors
/// Where they are not text in any encoding.
pub(super) fn decode(
    name: &str,
    bytes: &[u8],
    letters: &LetterPairs,
    issues: &mut Issues,
) -> Result<Decoding> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Ok(plain(encoding, &bytes[length..], issues));
    }
    if let Some(encoding) = utf16_without_bom(bytes) {
        return Ok(plain(encoding, bytes, issues));
    }
    refuse_binary(name, bytes)?;
    match std::str::from_utf8(bytes) {
        Ok(string) => Ok(Decoding { string: string.to_owned(), label: UTF_8.name() }),
        Err(_) if is_nearly_utf8(bytes) => Ok(plain(UTF_8, bytes, issues)),
        Err(_) => Ok(plain(single_byte(bytes, letters, issues), bytes, issues)),
    }
}

/// Decodes `bytes`, which say of themselves that they are in the encoding `stated`. They are believed where what comes out
/// reads as Russian, else the letters decide, as they do where nothing is stated.
///
/// # Errors
/// As [`decode`].
pub(super) fn decode_stated(
    name: &str,
    bytes: &[u8],
    stated: Option<&'static Encoding>,
    letters: &LetterPairs,
    issues: &mut Issues,
) -> Result<Decoding> {
    let open = |encoding: &&'static Encoding| {
        let marked = Encoding::for_bom(bytes).is_some() || utf16_without_bom(bytes).is_some();
        encoding.is_single_byte() && !marked && std::str::from_utf8(bytes).is_err()
    };
    let Some(stated) = stated.filter(open) else { return decode(name, bytes, letters, issues) };
    refuse_binary(name, bytes)?;
    let (string, malformed) = stated.decode_without_bom_handling(bytes);
    let (score, _) = letters.score(&string);
    if !malformed && score >= READABLE {
        return Ok(Decoding { string: string.into_owned(), label: stated.name() });
    }
    let decoding = decode(name, bytes, letters, issues)?;
    if decoding.label != stated.name() {
        let message =
            format!("It says that it is in {}; its letters are in {}.", stated.name(), decoding.label);
        issues.note_document(IssueKind::UncertainEncoding, message);
    }
    Ok(decoding)
}

fn plain(encoding: &'static Encoding, bytes: &[u8], issues: &mut Issues) -> Decoding {
    let (string, malformed) = encoding.decode_without_bom_handling(bytes);
    if malformed {
        let lost = string.matches('\u{fffd}').count();
        let message = format!("{lost} bytes or groups of bytes mean nothing in {}.", encoding.name());
        issues.note_document(IssueKind::UnreadableBytes, message);
    }
    Decoding { string: string.into_owned(), label: encoding.name() }
}

/// UTF-16 gives away its order: the high bytes of Russian text are 0 and 4, and they all stand on one side.
fn utf16_without_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let pairs = sample.len() / 2;
    if pairs < 2 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let high = |byte: u8| byte == 0 || byte == 4;
    let first = sample.chunks_exact(2).filter(|pair| high(pair[0])).count();
    let second = sample.chunks_exact(2).filter(|pair| high(pair[1])).count();
    if second * 10 >= pairs * 9 && first * 2 < pairs {
        Some(UTF_16LE)
    } else if first * 10 >= pairs * 9 && second * 2 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn refuse_binary(name: &str, bytes: &[u8]) -> Result<()> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let control =
        |byte: &&u8| **byte < 32 && !matches!(**byte, b'\t' | b'\n' | b'\r' | b'\x0c' | b'\x1a' | b'\x0b');
    let controls = sample.iter().filter(control).count();
    if sample.contains(&0) || controls * CONTROL_SHARE > sample.len() {
        let advice = "open it in the program that it comes from, and save it as plain text first";
        return Err(Error::unreadable(
            name,
            Status::UnknownFormat,
            "this is a file of no kind that can be read",
            advice,
        ));
    }
    Ok(())
}

/// UTF-8 that was cut or damaged in a few places is still UTF-8: no code page gives so many valid sequences by chance.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    bad * 20 < good
}

fn single_byte(bytes: &[u8], letters: &LetterPairs, issues: &mut Issues) -> &'static Encoding {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let mut scored: Vec<(f64, usize, &'static Encoding)> = CANDIDATES
        .iter()
        .map(|&encoding| {
            let (string, _) = encoding.decode_without_bom_handling(sample);
            let (score, pairs) = letters.score(&string);
            (score, pairs, encoding)
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (score, pairs, best) = scored[0];
    let (second, _, other) = scored[1];
    if score < READABLE {
        let guess = ask_detector(sample);
        let message = format!("No Cyrillic encoding makes Russian of the bytes; read as {}.", guess.name());
        issues.note_document(IssueKind::UncertainEncoding, message);
        return guess;
    }
    if score - second < SMALL_MARGIN || pairs < FEW_PAIRS {
        let margin = score - second;
        let message = format!(
            "Read as {}; {} fits nearly as well (margin {margin:.1}, {pairs} letter pairs).",
            best.name(),
            other.name()
        );
        issues.note_document(IssueKind::UncertainEncoding, message);
    }
    best
}

/// A second opinion for bytes that are no Russian in any code page.
fn ask_detector(sample: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    if guess.is_single_byte() { guess } else { MACINTOSH }
}

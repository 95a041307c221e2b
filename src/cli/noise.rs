//! `svod noise`: clean text in, damaged text out. Never a change of the input.

use std::fmt::Write;
use std::process::ExitCode;

use super::args::Noise;
use super::{convert, prepare, print};
use crate::error::{Error, Result};
use crate::noise::{Class, Laboratory};
use crate::status::Status;

/// Damages one text and prints it, or what was done to it.
pub(super) fn run(args: &Noise) -> Result<ExitCode> {
    let classes = classes(&args.profile)?;
    let dictionaries = prepare(&args.reading)?;
    let input = convert::input(&args.file);
    let advice = "give it UTF-8 text";
    let text = String::from_utf8(input.bytes()?)
        .map_err(|_| Error::unreadable(input.name(), Status::Undecodable, "it is not UTF-8 text", advice))?;
    let laboratory = Laboratory {
        confusions: &dictionaries.spelling.confusions,
        dose: args.damage.dose,
        seed: args.damage.seed,
        classes: &classes,
    };
    let damaged = laboratory.damage(&text);
    if !args.list {
        return print(&damaged.text);
    }
    let mut list = String::new();
    for damage in &damaged.damages {
        let line = damaged.text[..damage.range.start].matches('\n').count() + 1;
        let seen = &damaged.text[damage.range.clone()];
        let _ = writeln!(list, "{line}\t{seen}\t{}\t{}", damage.clean, damage.class.name());
    }
    print(&list)
}

/// The kinds that `profile` names.
fn classes(profile: &str) -> Result<Vec<Class>> {
    match profile {
        "scan" => Ok(Class::ALL.into_iter().filter(|class| *class != Class::Encoding).collect()),
        "paste" => Ok(vec![Class::Homoglyph, Class::Glued, Class::Hyphenation, Class::Junk, Class::Encoding]),
        _ => profile.split(',').map(class).collect(),
    }
}

fn class(name: &str) -> Result<Class> {
    Class::named(name.trim()).ok_or_else(|| {
        let known: Vec<&str> = Class::ALL.iter().map(|class| class.name()).collect();
        Error::usage(format!(
            "no kind of damage is called «{name}»; there are scan, paste, {}",
            known.join(", ")
        ))
    })
}

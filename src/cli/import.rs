//! `svod import` and `svod retry`: archives into a register. Never a word to it that its inputs would notice.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::args::{Import, Retry, Telling};
use super::progress::Progress;
use super::{complain, interrupt, prepare, status};
use crate::archive::{self, Filter, Limits, Root};
use crate::dictionaries::Dictionaries;
use crate::error::{Error, Result};
use crate::import::{self, Order};
use crate::pipeline;
use crate::register::{Lane, Register};

/// Imports the paths into the register.
pub(super) fn run(args: &Import) -> Result<ExitCode> {
    let roots = archive::roots(&args.paths)?;
    refuse_inside(&roots, &args.out)?;
    let filter = Filter::new(&args.include, &args.exclude)?;
    let dictionaries = prepare(&args.reading)?;
    let register = Register::create(&args.out)?;
    work(&register, &args.telling, &roots, &filter, &dictionaries, |order, register, progress| {
        import::import(order, register, &mut |event| progress.tell(event)).map(Some)
    })
}

/// Reads the inputs of a lane again.
pub(super) fn retry(args: &Retry) -> Result<ExitCode> {
    let lane = Lane::named(&args.lane)?;
    let dictionaries = prepare(&args.reading)?;
    let register = Register::open_for_writing(&args.register)?;
    let roots = register.roots()?;
    let filter = Filter::new(&[], &[])?;
    register.unbalance()?;
    if register.reopen(lane)? == 0 {
        complain(&format!(
            "no input is in the lane «{}», so none is read again; «svod status {}» shows the statuses",
            args.lane,
            args.register.display()
        ));
    }
    work(&register, &args.telling, &roots, &filter, &dictionaries, |order, register, progress| {
        import::complete(order, register, &mut |event| progress.tell(event)).map(|_| None)
    })
}

/// Runs `go` and says what came of it.
fn work(
    register: &Register,
    telling: &Telling,
    roots: &[Root],
    filter: &Filter,
    dictionaries: &Dictionaries,
    go: impl FnOnce(Order<'_>, &Register, &mut Progress) -> Result<Option<import::Summary>>,
) -> Result<ExitCode> {
    let limits = Limits::default().times(telling.limits.unwrap_or(1));
    let read = |name: &str, bytes: &[u8]| pipeline::read_within(name, bytes, dictionaries, &limits);
    let order = Order {
        roots,
        filter,
        limits,
        threads: rayon::current_num_threads(),
        read: &read,
        stop: interrupt::softly(),
    };
    let mut progress = Progress::new(telling, roots);
    let done = go(order, register, &mut progress);
    progress.finish();
    let summary = done?;
    let standing = register.standing()?;
    progress.sums(&standing, summary.as_ref());
    register.flatten()?;
    Ok(status::code(&standing))
}

/// A register inside of what is imported would be imported, and would change it.
fn refuse_inside(roots: &[Root], out: &Path) -> Result<()> {
    let place = std::path::absolute(out).unwrap_or_else(|_| out.to_path_buf());
    let mut known: Option<PathBuf> = None;
    // The nearest folder that is there says where the register would lie, links followed.
    for folder in place.ancestors() {
        if let Ok(real) = fs::canonicalize(folder) {
            known = Some(real.join(place.strip_prefix(folder).unwrap_or(Path::new(""))));
            break;
        }
    }
    let place = known.unwrap_or(place);
    match roots.iter().find(|root| place.starts_with(&root.place)) {
        Some(root) => Err(Error::usage(format!(
            "{}: the register would lie inside of {}, which is imported; name a folder outside of it",
            out.display(),
            root.place.display()
        ))),
        None => Ok(()),
    }
}

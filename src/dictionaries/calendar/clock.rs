//! Clock times. Never a date that looks like one.

use super::figures::{after_dot, short_number};
use crate::dictionaries::slots::{SlotReader, Value};
use crate::dictionaries::tokens::Tokens;
use crate::dictionaries::words::Unit;

/// «10:00», «10.00 ч.», «8-30 ч.», «14.00 - 15.00», «11 часов».
pub(in crate::dictionaries) fn clock(
    reader: &SlotReader,
    tokens: &Tokens,
    at: usize,
) -> Option<(Value, usize)> {
    let (start, mut end) = clock_time(reader, tokens, at)?;
    let mut until = None;
    if tokens.is_dash(end)
        && let Some((last, after)) = clock_time(reader, tokens, end + 1)
    {
        until = Some(last);
        end = after;
    }
    Some((Value::Clock(start, until), end))
}

fn clock_time(reader: &SlotReader, tokens: &Tokens, at: usize) -> Option<((u8, u8), usize)> {
    let hour = short_number(tokens, at).filter(|hour| *hour < 24)?;
    let separated = matches!(tokens.written(at + 1), ":" | "." | "-")
        && tokens.is_glued(at + 1)
        && tokens.is_glued(at + 2);
    let minute =
        short_number(tokens, at + 2).filter(|minute| *minute < 60 && tokens.written(at + 2).len() == 2);
    let (time, end) = match minute {
        Some(minute) if separated => ((hour, minute), at + 3),
        _ if reader.senses(tokens, at + 1).unit == Some(Unit::Hour) => {
            return Some(((hour, 0), at + 2));
        }
        _ => return None,
    };
    let hours = tokens.folded(end) == "ч" || reader.senses(tokens, end).unit == Some(Unit::Hour);
    // «10.03» without «ч.» is the tenth of March.
    let date = tokens.is_mark(at + 1, '.') && (1..=12).contains(&time.1) && time.0 > 0;
    if date && !hours {
        return None;
    }
    Some((time, if hours { after_dot(tokens, end + 1) } else { end }))
}

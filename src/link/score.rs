/*!
How likely a link is right, from how like the names are.

This module never sees a name.
*/

/// What a candidate is judged by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evidence {
    /// Hundredths of an edit between the names.
    pub(super) cost: u32,
    /// What the region's name adds to that.
    pub(super) place: u32,
    /// Letters of the name without its region's.
    pub(super) letters: usize,
    /// How much dearer the next best body is; negative where it is cheaper.
    pub(super) margin: Option<i64>,
    /// Some word is cut short.
    pub(super) shortened: bool,
    /// Some word is fused of several.
    pub(super) fused: bool,
}

/// Links of this score and more are believed.
pub(super) const ACCEPTED: f64 = 0.9;

/// The share of links right among those like this one.
pub(super) fn of(evidence: &Evidence) -> f64 {
    let margin = evidence.margin.unwrap_or(1000) as f64;
    if evidence.shortened {
        return shortened(evidence, margin);
    }
    let per = f64::from(evidence.cost) / evidence.letters.max(1) as f64;
    let logit = 7.0 - 0.55 * per + 0.02 * (margin.min(200.0) - 100.0);
    (1.0 / (1.0 + (-logit).exp())).min(0.99)
}

fn shortened(evidence: &Evidence, margin: f64) -> f64 {
    match evidence.cost.saturating_sub(evidence.place) {
        cost if cost < crate::dictionaries::LEFT_OUT && margin >= 10.0 => 0.95,
        cost if evidence.fused && cost < FUSED && margin >= ALONE => 0.92,
        _ => 0.3,
    }
}

/// A fused name costs less than this: a letter of its own at the end of a part («строй»), and words left out.
const FUSED: u32 = 140;

/// No other body is nearly as like.
const ALONE: f64 = 60.0;

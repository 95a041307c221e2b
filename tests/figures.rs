//! What came of the made names: how many are linked, and how many rightly.

use svod::dictionaries::Registry;

use crate::generated::{Making, Name};

/// A name and the likeliest body.
pub struct Judged {
    pub name: Name,
    /// The likeliest body's id, believed or not.
    pub first: Option<String>,
    pub score: f64,
    pub accepted: bool,
    pub reasons: String,
}

impl Judged {
    /// Linked to its own body, or rightly to none.
    pub fn is_right(&self) -> bool {
        match &self.name.entity {
            Some(entity) => self.accepted && self.first.as_ref() == Some(entity),
            None => !self.accepted,
        }
    }

    /// The stem is right; region, number or level are not.
    pub fn passes_guard(&self) -> bool {
        if !self.accepted {
            return false;
        }
        let stem = |id: &str| id.split_once('/').map(|(_, stem)| stem.to_owned());
        match (&self.first, &self.name.entity, &self.name.not) {
            (Some(first), Some(entity), _) => first != entity && stem(first) == stem(entity),
            (Some(first), None, Some(not)) => stem(first) == stem(not),
            _ => false,
        }
    }
}

/// Asks for every name.
pub fn judge(names: &[Name], registry: &Registry) -> Vec<Judged> {
    let one = |name: &Name| {
        let own = name.own.as_deref().and_then(|code| registry.region_of_code(code));
        let setting = svod::link::Setting { region: own, period: None };
        let best = svod::link::candidates(&name.text, &setting, registry).into_iter().next();
        Judged {
            name: name.clone(),
            first: best.as_ref().map(|best| registry.id(best.id)),
            score: best.as_ref().map_or(0.0, |best| best.score),
            accepted: best.as_ref().is_some_and(|best| best.is_accepted()),
            reasons: best.map_or(String::new(), |best| best.reasons()),
        }
    };
    names.iter().map(one).collect()
}

/// The shares of the names of one making.
pub struct Figures {
    pub names: usize,
    /// The right body is the likeliest.
    pub first: f64,
    /// Linked to the right body; for names of no body: linked.
    pub linked: f64,
    /// Linked to another body.
    pub wrong: f64,
    /// The number linked past a guard.
    pub guards: usize,
}

impl Figures {
    pub fn of(judged: &[Judged], making: Making) -> Self {
        let own: Vec<&Judged> = judged.iter().filter(|one| one.name.making == making).collect();
        let share = |test: &dyn Fn(&Judged) -> bool| {
            own.iter().filter(|one| test(one)).count() as f64 / own.len().max(1) as f64
        };
        let hit = |one: &Judged| one.first.is_some() && one.first == one.name.entity;
        Self {
            names: own.len(),
            first: share(&hit),
            linked: share(&|one| one.accepted && (hit(one) || one.name.entity.is_none())),
            wrong: share(&|one| one.accepted && !hit(one)),
            guards: own.iter().filter(|one| one.passes_guard()).count(),
        }
    }
}

/// For each tenth of the scores: its bounds, the links in it, the share of them that are right.
pub fn calibration(judged: &[Judged]) -> Vec<(f64, f64, usize, f64)> {
    const BINS: [(f64, f64); 7] =
        [(0.0, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 0.97), (0.97, 1.0)];
    let bin = |(from, to): (f64, f64)| {
        let own: Vec<&Judged> = judged
            .iter()
            .filter(|one| one.first.is_some() && one.score >= from && (one.score < to || to == 1.0))
            .collect();
        let right = own.iter().filter(|one| one.first == one.name.entity).count();
        (from, to, own.len(), right as f64 / own.len().max(1) as f64)
    };
    BINS.into_iter().map(bin).collect()
}

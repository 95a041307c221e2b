//! One document against its gold, field by field. Never a judgement: right or not right.

use std::collections::BTreeMap;
use std::fmt::Debug;

use serde::Serialize;

use super::gold::{self, Gold};
use crate::dictionaries::fold;
use crate::emit::{self, Document};

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Count {
    /// Right ones.
    pub right: usize,
    /// All that gold has, and for a score that invention lowers, all that were invented.
    pub of: usize,
}

impl Count {
    /// The share, 1 where there is nothing to get right.
    pub fn share(self) -> f64 {
        if self.of == 0 { 1.0 } else { self.right as f64 / self.of as f64 }
    }

    pub(super) fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }
}

impl std::iter::Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |all, count| Self {
            right: all.right + count.right,
            of: all.of + count.of,
        })
    }
}

/// The scores of a document by name; names sort in the order of the report.
pub type Scores = BTreeMap<&'static str, Count>;

/// The names of the scores.
pub(super) const SCORES: &[&str] = &[
    "approval",
    "columns",
    "deadlines",
    "executors",
    "fields",
    "kind",
    "numbers",
    "period",
    "persons",
    "region",
    "rows",
    "sections",
    "signatory",
    "text",
    "title",
    "wholly",
];

/// Measures are taken for the same when their texts are at least so alike.
const ALIKE: f64 = 0.5;

/// Compares `document` with `gold`: the scores, and a line for everything that is not right.
pub fn compare(gold: &Gold, document: &Document) -> (Scores, Vec<String>) {
    let mut comparison = Comparison {
        scores: SCORES.iter().map(|&name| (name, Count::default())).collect(),
        differences: Vec::new(),
    };
    for (nth, wanted) in gold.plans.iter().enumerate() {
        match document.plans.get(nth) {
            Some(found) => comparison.plan(wanted, found),
            None => comparison.missing(wanted),
        }
    }
    for invented in document.plans.iter().skip(gold.plans.len()) {
        for measure in &invented.measures {
            comparison
                .check("rows", false, || format!("invented row {:?}: {}", measure.number, measure.text));
        }
    }
    (comparison.scores, comparison.differences)
}

struct Comparison {
    scores: Scores,
    differences: Vec<String>,
}

impl Comparison {
    fn check(&mut self, score: &'static str, right: bool, difference: impl FnOnce() -> String) -> bool {
        self.scores.entry(score).or_default().add(right);
        if !right {
            self.differences.push(format!("{score}: {}", difference()));
        }
        right
    }

    fn same<T: PartialEq + Debug>(&mut self, score: &'static str, wanted: T, found: T) -> bool {
        let right = wanted == found;
        self.check(score, right, || format!("wanted {wanted:?}, found {found:?}"))
    }

    fn missing(&mut self, wanted: &gold::Plan) {
        for score in ["title", "kind", "region", "period", "approval", "signatory", "columns"] {
            self.check(score, false, || "the plan is missing".to_owned());
        }
        for measure in &wanted.measures {
            self.check("rows", false, || format!("missing row {:?}: {}", measure.number, measure.text));
            self.check("wholly", false, || format!("missing row {:?}", measure.number));
        }
    }

    fn plan(&mut self, wanted: &gold::Plan, found: &emit::Plan) {
        self.same("title", wanted.title.as_deref().map(plain), found.title.as_deref().map(plain));
        self.same("kind", wanted.kind.clone(), name(&found.kind));
        let region = found.region.as_ref().map(|region| (region.code.clone(), region.name.clone()));
        self.same(
            "region",
            wanted.region.as_ref().map(|region| (region.code.clone(), region.name.clone())),
            region,
        );
        let period = found.period.as_ref().map(|period| (period.start.clone(), period.end.clone()));
        self.same(
            "period",
            wanted.period.as_ref().map(|period| (period.start.clone(), period.end.clone())),
            period,
        );
        self.same("approval", wanted_approval(wanted), found_approval(found));
        let signatory = |person: &Option<String>, position: &Option<String>| {
            (person.clone(), position.as_deref().map(plain))
        };
        let wanted_signatory =
            wanted.signatory.as_ref().map(|known| signatory(&known.person, &known.position));
        self.same(
            "signatory",
            wanted_signatory,
            found.signatory.as_ref().map(|known| signatory(&known.person, &known.position)),
        );
        let columns: Vec<(String, String)> =
            found.columns.iter().map(|column| (plain(&column.header), name(&column.role))).collect();
        self.same(
            "columns",
            wanted.columns.iter().map(|column| (plain(&column.header), column.role.clone())).collect(),
            columns,
        );
        self.measures(wanted, found);
    }

    fn measures(&mut self, wanted: &gold::Plan, found: &emit::Plan) {
        let pairs = align(&wanted.measures, &found.measures);
        for (wanted_at, found_at) in pairs {
            match (wanted_at, found_at) {
                (Some(wanted_at), Some(found_at)) => {
                    self.check("rows", true, String::new);
                    self.measure(wanted, &wanted.measures[wanted_at], found, &found.measures[found_at]);
                }
                (Some(wanted_at), None) => {
                    let row = &wanted.measures[wanted_at];
                    self.check("rows", false, || format!("missing row {:?}: {}", row.number, row.text));
                    self.check("wholly", false, || format!("missing row {:?}", row.number));
                }
                (None, Some(found_at)) => {
                    let row = &found.measures[found_at];
                    self.check("rows", false, || format!("invented row {:?}: {}", row.number, row.text));
                }
                (None, None) => {}
            }
        }
    }

    fn measure(
        &mut self,
        wanted_plan: &gold::Plan,
        wanted: &gold::Measure,
        found_plan: &emit::Plan,
        found: &emit::Measure,
    ) {
        let label = wanted.number.clone().unwrap_or_default();
        let number = self.check("numbers", wanted.number == found.number, || {
            format!("wanted {:?}, found {:?}", wanted.number, found.number)
        });
        let own = wanted
            .section
            .and_then(|at| wanted_plan.sections.get(at))
            .map(|section| (section.number.clone(), plain(&section.title)));
        let other = found
            .section
            .and_then(|at| found_plan.sections.get(at))
            .map(|section| (section.number.clone(), plain(&section.title)));
        self.check("sections", own == other, || format!("{label}: wanted {own:?}, found {other:?}"));
        let (wanted_text, found_text) = (plain(&wanted.text), plain(&found.text));
        let text = self.check("text", wanted_text == found_text, || {
            format!("{label}:\n    wanted {wanted_text}\n    found  {found_text}")
        });
        let deadlines = self.deadlines(&label, wanted, found);
        let executors = self.executors(&label, wanted, found);
        for (role, wanted_field) in &wanted.fields {
            let field = found.fields.get(role).map(|field| plain(field));
            self.check("fields", field.as_deref() == Some(plain(wanted_field).as_str()), || {
                format!("{label} {role}:\n    wanted {wanted_field}\n    found  {field:?}")
            });
        }
        self.check("wholly", number && text && deadlines && executors, || format!("row {label}"));
    }

    /// Kind, intervals, frequency and inference of every term; all of them or it is not right.
    fn deadlines(&mut self, label: &str, wanted: &gold::Measure, found: &emit::Measure) -> bool {
        let own: Vec<_> = wanted
            .deadlines
            .iter()
            .map(|deadline| {
                let frequency = deadline.frequency.clone();
                (deadline.kind.clone(), deadline.intervals.clone(), frequency, deadline.inferred)
            })
            .collect();
        let other: Vec<_> = found
            .deadlines
            .iter()
            .map(|deadline| {
                let intervals: Vec<gold::Interval> = deadline
                    .intervals
                    .iter()
                    .map(|interval| gold::Interval {
                        start: interval.start.clone(),
                        end: interval.end.clone(),
                    })
                    .collect();
                let frequency = deadline.frequency.map(|frequency| name(&frequency));
                (name(&deadline.kind), intervals, frequency, deadline.inferred)
            })
            .collect();
        let words = |texts: Vec<&String>| texts.into_iter().cloned().collect::<Vec<String>>().join(" + ");
        let right = own == other;
        self.check("deadlines", right, || {
            let wanted_words = words(wanted.deadlines.iter().map(|deadline| &deadline.text).collect());
            let found_words = words(found.deadlines.iter().map(|deadline| &deadline.text).collect());
            format!("{label}: wanted «{wanted_words}» {own:?}\n    found «{found_words}» {other:?}")
        })
    }

    /// Names as a multiset: a found one that gold has not counts as much as one that is missing.
    fn executors(&mut self, label: &str, wanted: &gold::Measure, found: &emit::Measure) -> bool {
        let own: Vec<String> = wanted.executors.iter().map(|executor| plain(&executor.name)).collect();
        let mut rest: Vec<String> = found.executors.iter().map(|executor| plain(&executor.name)).collect();
        for name in &own {
            let at = rest.iter().position(|other| other == name);
            self.check("executors", at.is_some(), || format!("{label}: missing «{name}»"));
            if let Some(at) = at {
                rest.remove(at);
            }
        }
        for invented in &rest {
            self.check("executors", false, || format!("{label}: invented «{invented}»"));
        }
        let kind = |kind: &str, agreement: bool, position: &Option<String>| {
            (kind.to_owned(), agreement, position.as_deref().map(plain))
        };
        for (one, other) in wanted
            .executors
            .iter()
            .zip(&found.executors)
            .filter(|(one, other)| plain(&one.name) == plain(&other.name))
        {
            let own = kind(&one.kind, one.by_agreement, &one.position);
            let known = kind(&name(&other.kind), other.by_agreement, &other.position);
            self.check("persons", own == known, || {
                format!("{label} «{}»: wanted {own:?}, found {known:?}", one.name)
            });
        }
        let names: Vec<String> = found.executors.iter().map(|executor| plain(&executor.name)).collect();
        own == names
    }
}

type ApprovalFacts = Option<(Option<String>, Option<String>, Option<String>, Option<[Option<String>; 4]>)>;

fn wanted_approval(plan: &gold::Plan) -> ApprovalFacts {
    plan.approval.as_ref().map(|approval| {
        let act = approval.act.as_ref().map(|act| {
            [act.kind.clone(), act.number.clone(), act.date.clone(), act.authority.as_deref().map(plain)]
        });
        (approval.person.clone(), approval.position.as_deref().map(plain), approval.date.clone(), act)
    })
}

fn found_approval(plan: &emit::Plan) -> ApprovalFacts {
    plan.approval.as_ref().map(|approval| {
        let act = approval.act.as_ref().map(|act| {
            [act.kind.clone(), act.number.clone(), act.date.clone(), act.authority.as_deref().map(plain)]
        });
        (approval.person.clone(), approval.position.as_deref().map(plain), approval.date.clone(), act)
    })
}

/// Letter case, «ё», quotes and white space folded; a space that stands beside a quote goes with it.
pub(super) fn plain(text: &str) -> String {
    let unquoted: String = fold(text)
        .chars()
        .filter(|sign| !matches!(sign, '«' | '»' | '"' | '“' | '”' | '„' | '\'' | '‘' | '’'))
        .collect();
    unquoted.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// The name that JSON gives a unit variant.
fn name(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Pairs of indices, in order: the alignment that matches the most alike texts.
fn align(wanted: &[gold::Measure], found: &[emit::Measure]) -> Vec<(Option<usize>, Option<usize>)> {
    let start = |text: &str| plain(text).chars().take(120).collect::<String>();
    let own: Vec<String> = wanted.iter().map(|measure| start(&measure.text)).collect();
    let other: Vec<String> = found.iter().map(|measure| start(&measure.text)).collect();
    let alike = |a: usize, b: usize| {
        let score = strsim::normalized_levenshtein(&own[a], &other[b]);
        if score >= ALIKE {
            score + 0.1 * f64::from(u8::from(wanted[a].number == found[b].number))
        } else {
            -1.0
        }
    };
    let mut best = vec![vec![0.0f64; other.len() + 1]; own.len() + 1];
    for a in (0..own.len()).rev() {
        for b in (0..other.len()).rev() {
            best[a][b] = (best[a + 1][b + 1] + alike(a, b)).max(best[a + 1][b]).max(best[a][b + 1]);
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut pairs = Vec::new();
    while a < own.len() && b < other.len() {
        if best[a][b] == best[a + 1][b + 1] + alike(a, b) {
            pairs.push((Some(a), Some(b)));
            a += 1;
            b += 1;
        } else if best[a][b] == best[a + 1][b] {
            pairs.push((Some(a), None));
            a += 1;
        } else {
            pairs.push((None, Some(b)));
            b += 1;
        }
    }
    pairs.extend((a..own.len()).map(|a| (Some(a), None)));
    pairs.extend((b..other.len()).map(|b| (None, Some(b))));
    pairs
}

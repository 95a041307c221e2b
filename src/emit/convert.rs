//! Plans into the output's types. Never a value that the plan does not hold.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::document as out;
use super::{claims, edtf, repairs, residue};
use crate::decode::Bounds;
use crate::issue::{Issue, Severity};
use crate::pipeline::Trace;
use crate::plan::{self, Column, Deadline, Executor, Field, Measure, Named, Plan, Role, Term};
use crate::text::Text;

/// The output document of a trace.
pub fn document(trace: &Trace) -> out::Document {
    let source = &trace.source;
    out::Document {
        schema: out::SCHEMA.to_owned(),
        source: out::SourceInfo {
            path: source.name.clone(),
            sha256: source.sha256.clone(),
            bytes: source.bytes,
            format: source.format.name().to_owned(),
            encoding: source.encoding.map(str::to_ascii_lowercase),
            pages: source.page_count(),
        },
        plans: trace.plans.iter().map(|plan| self::plan(plan, trace)).collect(),
        repairs: repairs::of(trace),
        diagnostics: diagnostics(trace),
        residue: residue::of(trace),
    }
}

fn plan(plan: &Plan, trace: &Trace) -> out::Plan {
    out::Plan {
        title: plan.title.as_ref().map(string),
        kind: match plan.kind {
            plan::PlanKind::Plan => out::PlanKind::Plan,
            plan::PlanKind::Schedule => out::PlanKind::Schedule,
            plan::PlanKind::Roadmap => out::PlanKind::Roadmap,
            plan::PlanKind::Programme => out::PlanKind::Programme,
            plan::PlanKind::Other => out::PlanKind::Other,
        },
        region: plan
            .region
            .as_ref()
            .map(|region| out::Region { code: region.code.clone(), name: region.name.clone() }),
        period: plan
            .period
            .as_ref()
            .map(|found| out::Period { start: date(found.value.start), end: date(found.value.end) }),
        approval: plan.approval.as_ref().map(approval),
        signatory: plan.signatory.as_ref().map(|signatory| out::Signatory {
            person: name(signatory.person.as_ref()),
            position: name(signatory.position.as_ref()),
        }),
        columns: plan.columns.iter().enumerate().map(|(index, column)| self::column(index, column)).collect(),
        sections: plan
            .sections
            .iter()
            .map(|section| out::Section {
                number: section.number.as_ref().map(string),
                title: string(&section.title),
            })
            .collect(),
        measures: plan.measures.iter().map(|measure| self::measure(measure, plan, trace)).collect(),
    }
}

fn approval(approval: &plan::Approval) -> out::Approval {
    out::Approval {
        person: name(approval.person.as_ref()),
        position: name(approval.position.as_ref()),
        date: approval.date.as_ref().map(|found| date(found.value)),
        act: approval.act.as_ref().map(|act| out::Act {
            kind: name(act.kind.as_ref()),
            number: act.number.as_ref().map(string),
            date: act.date.as_ref().map(|found| date(found.value)),
            authority: name(act.authority.as_ref()),
        }),
    }
}

fn column(index: usize, column: &Column) -> out::Column {
    out::Column { index, header: string(&column.header), role: role(column.role) }
}

fn role(role: Role) -> out::Role {
    match role {
        Role::Number => out::Role::Number,
        Role::Measure => out::Role::Measure,
        Role::Deadline => out::Role::Deadline,
        Role::Executor => out::Role::Executor,
        Role::Basis => out::Role::Basis,
        Role::Result => out::Role::Result,
        Role::Evidence => out::Role::Evidence,
        Role::Document => out::Role::Document,
        Role::Indicator => out::Role::Indicator,
        Role::Funding => out::Role::Funding,
        Role::Place => out::Role::Place,
        Role::CoExecutor => out::Role::CoExecutor,
        Role::Status => out::Role::Status,
        Role::Note => out::Role::Note,
        Role::Other => out::Role::Other,
    }
}

fn measure(measure: &Measure, plan: &Plan, trace: &Trace) -> out::Measure {
    let (page, line_start) = trace.source.place(measure.extent.start());
    let (_, line_end) =
        trace.source.place(measure.extent.end().saturating_sub(1).max(measure.extent.start()));
    out::Measure {
        number: measure.number.as_ref().map(string),
        section: measure.section,
        text: string(&measure.text),
        deadlines: measure.deadlines.iter().map(deadline).collect(),
        executors: measure.executors.iter().map(executor).collect(),
        fields: fields(&measure.fields, &plan.columns),
        inherited: measure.inherited.iter().filter_map(|cell| cell.column).collect(),
        source: out::Place {
            page,
            sheet: trace.source.sheet(measure.extent.start()).map(str::to_owned),
            line_start,
            line_end: line_end.max(line_start),
            boxes: boxes(measure, trace),
        },
        confidence: measure.confidence,
    }
}

/// Where the words of a row stand on its pages.
fn boxes(measure: &Measure, trace: &Trace) -> Vec<out::PageBox> {
    let spans = claims::of_measure(measure).into_iter().flat_map(Text::origin);
    let rounded = |length: f32| (length * 10.0).round() / 10.0;
    let page_box = |(page, bounds): (usize, Bounds)| out::PageBox {
        page: page + 1,
        left: rounded(bounds.left),
        top: rounded(bounds.top),
        right: rounded(bounds.right),
        bottom: rounded(bounds.bottom),
    };
    trace.source.boxes(spans).into_iter().map(page_box).collect()
}

/// Columns of the same role are joined with a newline.
fn fields(fields: &[Field], columns: &[Column]) -> BTreeMap<String, String> {
    let mut map: BTreeMap<String, String> = BTreeMap::new();
    for field in fields {
        let Some(column) = columns.get(field.column) else { continue };
        let key = match column.role {
            Role::Other => string(&column.header),
            role => role.name().to_owned(),
        };
        let text = string(&field.text);
        map.entry(key).and_modify(|known| *known = format!("{known}\n{text}")).or_insert(text);
    }
    map
}

/// One term as the output has it.
pub fn deadline(deadline: &Deadline) -> out::Deadline {
    let intervals = deadline.term.intervals();
    let recurrence =
        if let Term::Recurring { recurrence, .. } = &deadline.term { Some(recurrence) } else { None };
    out::Deadline {
        text: string(&deadline.text),
        kind: match deadline.term {
            Term::Date { .. } => out::DeadlineKind::Date,
            Term::Interval { .. } => out::DeadlineKind::Interval,
            Term::Recurring { .. } => out::DeadlineKind::Recurring,
            Term::Continuous(_) => out::DeadlineKind::Continuous,
            Term::Relative(_) => out::DeadlineKind::Relative,
            Term::OnDemand => out::DeadlineKind::OnDemand,
            Term::Placeholder => out::DeadlineKind::Placeholder,
            Term::Unresolved => out::DeadlineKind::Unresolved,
        },
        intervals: intervals
            .iter()
            .map(|interval| out::Interval { start: interval.start.map(date), end: interval.end.map(date) })
            .collect(),
        choice: match deadline.term.choice() {
            plan::Choice::All => out::Choice::All,
            plan::Choice::One => out::Choice::One,
        },
        edtf: intervals.iter().map(edtf::interval).collect(),
        frequency: recurrence.and_then(|recurrence| recurrence.frequency).map(frequency),
        times: recurrence.and_then(|recurrence| recurrence.times),
        rrule: recurrence.and_then(|recurrence| recurrence.rrule.clone()),
        time: deadline.time.map(plan::ClockTime::iso),
        offset: if let Term::Relative(Some(offset)) = deadline.term { Some(offset.iso()) } else { None },
        condition: deadline.condition.clone(),
        inferred: deadline.inferred,
    }
}

fn frequency(frequency: plan::Frequency) -> out::Frequency {
    match frequency {
        plan::Frequency::Daily => out::Frequency::Daily,
        plan::Frequency::Weekly => out::Frequency::Weekly,
        plan::Frequency::Monthly => out::Frequency::Monthly,
        plan::Frequency::Quarterly => out::Frequency::Quarterly,
        plan::Frequency::Semiannual => out::Frequency::Semiannual,
        plan::Frequency::Annual => out::Frequency::Annual,
    }
}

fn executor(executor: &Executor) -> out::Executor {
    out::Executor {
        text: string(&executor.text),
        name: executor.name.clone(),
        kind: match executor.kind {
            plan::ExecutorKind::Organization => out::ExecutorKind::Organization,
            plan::ExecutorKind::Council => out::ExecutorKind::Council,
            plan::ExecutorKind::Unit => out::ExecutorKind::Unit,
            plan::ExecutorKind::Group => out::ExecutorKind::Group,
            plan::ExecutorKind::Person => out::ExecutorKind::Person,
        },
        entity: executor.link.as_ref().map(|link| link.entity.clone()),
        score: executor.link.as_ref().map(|link| (link.score * 1000.0).round() / 1000.0),
        by_agreement: executor.by_agreement.is_some(),
        position: executor.position.clone(),
    }
}

fn diagnostics(trace: &Trace) -> Vec<out::Diagnostic> {
    let mut diagnostics: Vec<out::Diagnostic> =
        trace.issues.iter().map(|issue| diagnostic(issue, trace)).collect();
    if trace.plans.is_empty() {
        let kind = crate::issue::IssueKind::NoPlan;
        diagnostics.insert(
            0,
            out::Diagnostic {
                severity: severity(kind.severity()),
                code: kind.name().to_owned(),
                message: "No table with measures and their terms or executors was found.".to_owned(),
                line: None,
                page: None,
            },
        );
    }
    diagnostics
}

fn diagnostic(issue: &Issue, trace: &Trace) -> out::Diagnostic {
    let place = issue.span.map(|span| trace.source.place(span.start()));
    out::Diagnostic {
        severity: severity(issue.kind.severity()),
        code: issue.kind.name().to_owned(),
        message: issue.message.clone(),
        line: place.map(|(_, line)| line),
        page: place.and_then(|(page, _)| page),
    }
}

fn severity(severity: Severity) -> out::Severity {
    match severity {
        Severity::Info => out::Severity::Info,
        Severity::Warning => out::Severity::Warning,
        Severity::Error => out::Severity::Error,
    }
}

fn name(named: Option<&Named>) -> Option<String> {
    named.map(|named| named.name.clone())
}

fn string(text: &Text) -> String {
    text.squeezed().as_str().to_owned()
}

fn date(date: Date) -> String {
    date.to_string()
}

//! A document into rows. Never a value that the document does not hold.

use std::collections::BTreeSet;

use rusqlite::{CachedStatement, Connection, Result, params};

use super::prepare::{Prepared, Words};
use crate::emit::{Deadline, Document, Executor, Measure, Plan, name_of};

/// Inserts the document of the file `file` with everything in it, and gives its number; the packed JSON only where
/// `keeps_json`.
pub(super) fn document(
    connection: &Connection,
    file: i64,
    prepared: &Prepared,
    keeps_json: bool,
) -> Result<i64> {
    let document = &prepared.document;
    connection
        .prepare_cached(
            "INSERT INTO documents (file, sha256, bytes, format, encoding, pages, plan_text, json)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            file,
            document.source.sha256,
            document.source.bytes as i64,
            document.source.format,
            document.source.encoding,
            document.source.pages.map(|pages| pages as i64),
            prepared.plan_text,
            keeps_json.then_some(&prepared.packed),
        ])?;
    let id = connection.last_insert_rowid();
    let mut words = prepared.words.iter();
    for (position, plan) in document.plans.iter().enumerate() {
        self::plan(connection, id, position, plan, &mut words)?;
    }
    notes(connection, id, document)?;
    Ok(id)
}

fn plan<'w>(
    connection: &Connection,
    document: i64,
    position: usize,
    plan: &Plan,
    words: &mut impl Iterator<Item = &'w Words>,
) -> Result<()> {
    let approval = plan.approval.as_ref();
    let act = approval.and_then(|approval| approval.act.as_ref());
    let signatory = plan.signatory.as_ref();
    connection
        .prepare_cached(
            "INSERT INTO plans (document, position, title, kind, region, region_name, period_start, period_end,
                approval_person, approval_position, approval_date, act_kind, act_number, act_date, act_authority,
                signatory_person, signatory_position)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            document,
            position as i64,
            plan.title,
            name_of(&plan.kind),
            plan.region.as_ref().map(|region| &region.code),
            plan.region.as_ref().map(|region| &region.name),
            plan.period.as_ref().map(|period| &period.start),
            plan.period.as_ref().map(|period| &period.end),
            approval.and_then(|approval| approval.person.as_ref()),
            approval.and_then(|approval| approval.position.as_ref()),
            approval.and_then(|approval| approval.date.as_ref()),
            act.and_then(|act| act.kind.as_ref()),
            act.and_then(|act| act.number.as_ref()),
            act.and_then(|act| act.date.as_ref()),
            act.and_then(|act| act.authority.as_ref()),
            signatory.and_then(|signatory| signatory.person.as_ref()),
            signatory.and_then(|signatory| signatory.position.as_ref()),
        ])?;
    let id = connection.last_insert_rowid();
    let mut sections = Vec::with_capacity(plan.sections.len());
    for (position, section) in plan.sections.iter().enumerate() {
        connection
            .prepare_cached("INSERT INTO sections (plan, position, number, title) VALUES (?, ?, ?, ?)")?
            .execute(params![id, position as i64, section.number, section.title])?;
        sections.push(connection.last_insert_rowid());
    }
    let mut rows = Rows::new(connection)?;
    for (position, (measure, words)) in plan.measures.iter().zip(words).enumerate() {
        let section = measure.section.and_then(|section| sections.get(section)).copied();
        rows.measure((id, section), position, measure, words)?;
    }
    Ok(())
}

/// The statements for the rows that a plan has many of: each is looked up once for a plan.
struct Rows<'c, 'd> {
    connection: &'c Connection,
    measure: CachedStatement<'c>,
    field: CachedStatement<'c>,
    deadline: CachedStatement<'c>,
    interval: CachedStatement<'c>,
    executor: CachedStatement<'c>,
    entity: CachedStatement<'c>,
    /// The entities that this plan has named already.
    entities: BTreeSet<&'d str>,
}

impl<'c, 'd> Rows<'c, 'd> {
    fn new(connection: &'c Connection) -> Result<Self> {
        Ok(Self {
            connection,
            measure: connection.prepare_cached(
                "INSERT INTO measures (plan, section, position, number, text, page, line_start, line_end, confidence,
                    folded)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?,
            field: connection.prepare_cached("INSERT INTO fields (measure, role, text) VALUES (?, ?, ?)")?,
            deadline: connection.prepare_cached(
                "INSERT INTO deadlines (measure, position, text, kind, choice, frequency, times, rrule, time, \"offset\",
                    condition, inferred)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?,
            interval: connection.prepare_cached(
                "INSERT INTO intervals (deadline, position, first_day, last_day, edtf) VALUES (?, ?, ?, ?, ?)",
            )?,
            executor: connection.prepare_cached(
                "INSERT INTO executors (measure, position, text, name, kind, entity, score, by_agreement,
                    person_position, folded)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?,
            entity: connection
                .prepare_cached("INSERT INTO entities (id, name) VALUES (?, ?) ON CONFLICT (id) DO NOTHING")?,
            entities: BTreeSet::new(),
        })
    }

    fn measure(
        &mut self,
        (plan, section): (i64, Option<i64>),
        position: usize,
        measure: &'d Measure,
        words: &Words,
    ) -> Result<()> {
        self.measure.execute(params![
            plan,
            section,
            position as i64,
            measure.number,
            measure.text,
            measure.source.page.map(|page| page as i64),
            measure.source.line_start as i64,
            measure.source.line_end as i64,
            measure.confidence,
            words.all,
        ])?;
        let id = self.connection.last_insert_rowid();
        for (role, text) in &measure.fields {
            self.field.execute(params![id, role, text])?;
        }
        for (position, deadline) in measure.deadlines.iter().enumerate() {
            self.deadline(id, position, deadline)?;
        }
        for (position, (executor, folded)) in measure.executors.iter().zip(&words.executors).enumerate() {
            self.executor(id, position, executor, folded)?;
        }
        Ok(())
    }

    fn deadline(&mut self, measure: i64, position: usize, deadline: &Deadline) -> Result<()> {
        self.deadline.execute(params![
            measure,
            position as i64,
            deadline.text,
            name_of(&deadline.kind),
            name_of(&deadline.choice),
            deadline.frequency.as_ref().map(name_of),
            deadline.times,
            deadline.rrule,
            deadline.time,
            deadline.offset,
            deadline.condition,
            deadline.inferred,
        ])?;
        let id = self.connection.last_insert_rowid();
        for (position, interval) in deadline.intervals.iter().enumerate() {
            let edtf = deadline.edtf.get(position);
            self.interval.execute(params![id, position as i64, interval.start, interval.end, edtf])?;
        }
        Ok(())
    }

    fn executor(
        &mut self,
        measure: i64,
        position: usize,
        executor: &'d Executor,
        folded: &str,
    ) -> Result<()> {
        if let Some(entity) = executor.entity.as_deref().filter(|entity| self.entities.insert(entity)) {
            self.entity.execute(params![entity, executor.name])?;
        }
        self.executor.execute(params![
            measure,
            position as i64,
            executor.text,
            executor.name,
            name_of(&executor.kind),
            executor.entity,
            executor.score,
            executor.by_agreement,
            executor.position,
            folded,
        ])?;
        Ok(())
    }
}

/// Repairs, diagnostics and residue.
fn notes(connection: &Connection, document: i64, content: &Document) -> Result<()> {
    for (position, repair) in content.repairs.iter().enumerate() {
        connection.prepare_cached("INSERT INTO repairs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?.execute(
            params![
                document,
                position as i64,
                repair.page.map(|page| page as i64),
                repair.line as i64,
                repair.from,
                repair.to,
                name_of(&repair.kind),
                repair.rule,
                repair.confidence,
            ],
        )?;
    }
    for (position, diagnostic) in content.diagnostics.iter().enumerate() {
        connection.prepare_cached("INSERT INTO diagnostics VALUES (?, ?, ?, ?, ?, ?, ?)")?.execute(
            params![
                document,
                position as i64,
                name_of(&diagnostic.severity),
                diagnostic.code,
                diagnostic.message,
                diagnostic.page.map(|page| page as i64),
                diagnostic.line.map(|line| line as i64),
            ],
        )?;
    }
    for (position, residue) in content.residue.iter().enumerate() {
        connection.prepare_cached("INSERT INTO residue VALUES (?, ?, ?, ?, ?, ?, ?)")?.execute(params![
            document,
            position as i64,
            residue.page.map(|page| page as i64),
            residue.line_start as i64,
            residue.line_end as i64,
            residue.text,
            name_of(&residue.reason),
        ])?;
    }
    Ok(())
}

/*!
Drafts in, plans out: which known body a name is, and how sure a measure is.

This stage never reads the source again, and never gives a name to a region that neither the name nor the document
names. Region and number are guards: a name that is like another in all but these is another name.

A name is looked for in the dictionary first, then in the document itself: a short form that the document defines, a
name that it writes out elsewhere. What is found nowhere is put in order and kept.
*/

mod body;
mod candidates;
mod confidence;
mod document;
mod nominative;
mod people;
mod region;
mod score;
mod tidy;

use crate::dictionaries::Registry;
use crate::extract::{Draft, DraftMeasure, Mention};
use crate::issue::{IssueKind, Issues};
use crate::parallel;
use crate::plan::{Approval, Executor, ExecutorKind, Measure, Named, Plan, Signatory};
use crate::text::{Certainty, Span, Text};

use body::Bodies;
pub use candidates::{Candidate, Guard, Setting, candidates};
use document::Known;
pub use nominative::of_body;
use people::People;

/// Links the names of every draft.
pub(crate) fn link(
    drafts: &[Draft],
    registry: &Registry,
    certainty: &Certainty,
    issues: &mut Issues,
) -> Vec<Plan> {
    let plans = parallel::map(drafts, PARALLEL_DRAFTS, |draft| {
        let mut noted = Issues::default();
        (plan(draft, registry, certainty, &mut noted), noted)
    });
    issues.collect(plans)
}

/// A document of so many plans is linked on several threads.
const PARALLEL_DRAFTS: usize = 4;

fn plan(draft: &Draft, registry: &Registry, certainty: &Certainty, issues: &mut Issues) -> Plan {
    let region = region::of(draft, registry, issues);
    let period = draft.period.as_ref().map(|period| period.value);
    let mut bodies = Bodies::new(registry, Setting { region, period });
    let people = People::of(draft, registry);
    let mut known = Known::of(draft, registry);
    let measures: Vec<Measure> = draft
        .measures
        .iter()
        .map(|measure| {
            let executors: Vec<Executor> = measure
                .mentions
                .iter()
                .map(|mention| executor(mention, &mut bodies, &people, &mut known))
                .collect();
            note_unlinked(&executors, issues);
            self::measure(measure, executors, certainty)
        })
        .collect();
    Plan {
        title: draft.title.clone(),
        kind: draft.kind,
        region: region.and_then(|region| registry.region(region)).map(|entry| entry.region.clone()),
        period: draft.period.clone(),
        approval: draft.approval.as_ref().map(|approval| self::approval(approval, &mut bodies)),
        signatory: draft.signatory.as_ref().map(self::signatory),
        columns: draft.columns.clone(),
        sections: draft.sections.clone(),
        measures,
        remains: draft.remains.clone(),
        extent: draft.extent,
    }
}

fn measure(draft: &DraftMeasure, executors: Vec<Executor>, certainty: &Certainty) -> Measure {
    let mut measure = Measure {
        number: draft.number.clone(),
        section: draft.section,
        text: draft.text.clone(),
        deadlines: draft.deadlines.clone(),
        executors,
        fields: draft.fields.clone(),
        inherited: draft.inherited.clone(),
        extent: draft.extent,
        doubtful: draft.doubtful,
        torn: draft.torn,
        confidence: 0.0,
    };
    measure.confidence = confidence::of(&measure, certainty);
    measure
}

fn executor(mention: &Mention, bodies: &mut Bodies, people: &People, known: &mut Known) -> Executor {
    let mut executor = Executor {
        text: mention.text.clone(),
        name: tidy::name(&bodies.nominative(mention.text.as_str())),
        kind: mention.kind,
        link: None,
        by_agreement: mention.by_agreement.clone(),
        position: None,
    };
    if mention.kind == ExecutorKind::Person {
        if let Some(person) = &mention.person {
            executor.name = tidy::person(person.text.as_str());
            executor.position = people.position(person, mention.position.as_ref());
        } else if bodies.is_office(mention.text.as_str()) {
            // «Первый заместитель Губернатора …» without a name: the office is all that is known of the person.
            executor.position = Some(executor.name.clone());
        }
        return executor;
    }
    if let Some(definition) = known.short_form(mention.text.as_str()) {
        executor.name = definition.name.clone();
        executor.kind = definition.kind;
        executor.link = definition.link.clone();
        return executor;
    }
    let (named, rest) = without_definition(mention);
    if let Some(linked) = bodies.find(&named, mention.kind) {
        executor.text = if rest.is_empty() { linked.text } else { Text::join([&linked.text, &rest], false) };
        executor.name = linked.name;
        executor.link = Some(linked.link);
    } else if let Some(full) = known.full_name(&executor.name) {
        executor.name = full;
    } else if let Some((text, usual)) = known.usual_name(&mention.text) {
        executor.text = text;
        executor.name = usual;
    }
    if let Some(short) = &mention.defines {
        executor.name = tidy::capital(short);
        known.define(short, &executor);
    }
    executor
}

/// The name, and the brackets behind it that define its short form: «… (далее – министерство)».
fn without_definition(mention: &Mention) -> (Text, Text) {
    let text = &mention.text;
    let at = mention.defines.as_ref().and_then(|_| text.as_str().find('(')).unwrap_or(text.len());
    let named = text.as_str()[..at].trim_end().len();
    (text.slice(0..named), text.slice(named..text.len()))
}

fn approval(approval: &Approval, bodies: &mut Bodies) -> Approval {
    let mut approval = approval.clone();
    approval.person = approval.person.map(|person| Named { name: tidy::person(&person.name), ..person });
    approval.position =
        approval.position.map(|position| Named { name: tidy::position(&position.name), ..position });
    if let Some(act) = &mut approval.act {
        act.authority = act
            .authority
            .take()
            .map(|authority| Named { name: bodies.authority(&authority.text), ..authority });
    }
    approval
}

fn signatory(signatory: &Signatory) -> Signatory {
    Signatory {
        person: signatory.person.clone().map(|person| Named { name: tidy::person(&person.name), ..person }),
        position: signatory
            .position
            .clone()
            .map(|position| Named { name: tidy::position(&position.name), ..position }),
    }
}

/// Bodies of the state that no dictionary knows: institutions and classes of bodies need no entry.
fn note_unlinked(executors: &[Executor], issues: &mut Issues) {
    for executor in executors {
        let body = matches!(executor.kind, ExecutorKind::Organization | ExecutorKind::Council);
        let institution = executor.text.as_str().contains(['«', '"']);
        if body && !institution && executor.link.is_none() {
            let message = format!("«{}» is not in the dictionary.", executor.name);
            issues.note(IssueKind::UnlinkedExecutor, first(&executor.text), message);
        }
    }
}

fn first(text: &Text) -> Span {
    text.origin().first().copied().unwrap_or(Span::new(0, 0))
}

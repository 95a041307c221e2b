/*!
`svod explain`: the way from a value back to the bytes, as a tree.

This module never computes a value; it prints what the trace kept.

```text
measure 8 · lines 95–113 · confidence 0.97
├─ deadline «3 квартал 2018 года»
│  ├─ line 102: 3 квартал
│  ├─ line 103: 2018 года
│  ├─ rule deadline.quarters
│  └─ interval 2018-07-01/2018-09-30
```
*/

use std::fmt::Write;
use std::process::ExitCode;

use super::args::Explain;
use super::convert::input;
use super::draw;
use super::{prepare, print};
use crate::decode::Bounds;
use crate::error::{Error, Result};
use crate::notation;
use crate::pipeline::{Trace, trace};
use crate::plan::{Deadline, Executor, Measure, Plan};
use crate::text::{Span, Text};

/// Prints the derivation of a document's measures.
pub(super) fn run(args: &Explain) -> Result<ExitCode> {
    let input = input(&args.file);
    let dictionaries = prepare(&args.reading)?;
    let trace = trace(&input.name(), &input.bytes()?, &dictionaries)?;
    if args.draw {
        return print(&draw::tables(&trace));
    }
    let wanted = |measure: &&Measure| match &args.measure {
        Some(number) => {
            measure.number.as_ref().is_some_and(|own| own.as_str() == number.trim_end_matches('.'))
        }
        None => true,
    };
    let mut out = String::new();
    let mut found = 0;
    for plan in &trace.plans {
        if args.measure.is_none() {
            tree(&mut out, &plan_node(plan, &trace));
        }
        for measure in plan.measures.iter().filter(wanted) {
            found += 1;
            tree(&mut out, &measure_node(measure, plan, &trace));
        }
    }
    if found == 0 {
        let all: Vec<&str> = trace
            .plans
            .iter()
            .flat_map(|plan| &plan.measures)
            .filter_map(|measure| measure.number.as_ref())
            .map(Text::as_str)
            .collect();
        let numbers = if all.is_empty() {
            "no measure was found".to_owned()
        } else {
            format!("the numbers are {}", all.join(", "))
        };
        let wanted = args
            .measure
            .as_deref()
            .map_or_else(String::new, |number| format!("there is no measure {number}; "));
        return Err(Error::content(input.name(), format!("{wanted}{numbers}")));
    }
    print(&out)
}

/// A line and what hangs from it.
struct Node {
    line: String,
    children: Vec<Node>,
}

impl Node {
    fn leaf(line: impl Into<String>) -> Self {
        Self { line: line.into(), children: Vec::new() }
    }

    fn of(line: impl Into<String>, children: Vec<Node>) -> Self {
        Self { line: line.into(), children }
    }
}

fn tree(out: &mut String, node: &Node) {
    let _ = writeln!(out, "{}", node.line);
    branches(out, &node.children, "");
}

fn branches(out: &mut String, nodes: &[Node], prefix: &str) {
    for (nth, node) in nodes.iter().enumerate() {
        let last = nth + 1 == nodes.len();
        let _ = writeln!(out, "{prefix}{}{}", if last { "└─ " } else { "├─ " }, node.line);
        branches(out, &node.children, &format!("{prefix}{}", if last { "   " } else { "│  " }));
    }
}

fn plan_node(plan: &Plan, trace: &Trace) -> Node {
    let mut children = Vec::new();
    if let Some(title) = &plan.title {
        children.push(text_node("title", title, trace, Vec::new()));
    }
    if let Some(period) = &plan.period {
        let words: Vec<&str> = period.origin.iter().map(|&span| trace.source.decoded.at(span)).collect();
        let from = vec![
            Node::leaf(format!("from «{}»", words.join(" "))),
            Node::leaf(format!("rule {}", period.rule)),
        ];
        children.push(Node::of(format!("period {}/{}", period.value.start, period.value.end), from));
    }
    if let Some(region) = &plan.region {
        children.push(Node::leaf(format!("region {} {}", region.code, region.name)));
    }
    for (index, column) in plan.columns.iter().enumerate() {
        children.push(Node::leaf(format!(
            "column {index} {} «{}»",
            column.role.name(),
            column.header.as_str()
        )));
    }
    Node::of(format!("plan · {} measures", plan.measures.len()), children)
}

fn measure_node(measure: &Measure, plan: &Plan, trace: &Trace) -> Node {
    let (_, first) = trace.source.place(measure.extent.start());
    let (_, last) = trace.source.place(measure.extent.end().saturating_sub(1));
    let number = measure.number.as_ref().map_or("without a number", Text::as_str);
    let mut children = Vec::new();
    if let Some(number) = &measure.number {
        children.push(text_node("number", number, trace, Vec::new()));
    }
    if let Some(section) = measure.section.and_then(|section| plan.sections.get(section)) {
        children.push(Node::leaf(format!("section «{}»", section.title.as_str())));
    }
    children.push(text_node("text", &measure.text, trace, Vec::new()));
    children.extend(measure.deadlines.iter().map(|deadline| {
        let mut node = deadline_node(deadline, trace);
        node.children.extend(merged(measure, &deadline.text));
        node
    }));
    children.extend(measure.executors.iter().map(|executor| {
        let mut node = executor_node(executor, trace);
        node.children.extend(merged(measure, &executor.text));
        node
    }));
    for field in &measure.fields {
        let role = plan.columns.get(field.column).map_or("other", |column| column.role.name());
        children.push(text_node(
            role,
            &field.text,
            trace,
            merged(measure, &field.text).into_iter().collect(),
        ));
    }
    Node::of(
        format!("measure {number} · lines {first}–{last} · confidence {:.2}", measure.confidence),
        children,
    )
}

/// What is said of a value that stands in a row above.
fn merged(measure: &Measure, text: &Text) -> Option<Node> {
    measure.inherits(text).then(|| Node::leaf("merged over this row from one above"))
}

fn deadline_node(deadline: &Deadline, trace: &Trace) -> Node {
    let rule = deadline.rule.map_or("no rule reads it".to_owned(), |rule| format!("rule {rule}"));
    let reading = notation(std::slice::from_ref(deadline));
    text_node("deadline", &deadline.text, trace, vec![Node::leaf(rule), Node::leaf(reading)])
}

fn executor_node(executor: &Executor, trace: &Trace) -> Node {
    let mut more = vec![Node::leaf(format!("name «{}»", executor.name))];
    match &executor.link {
        Some(link) => more.push(Node::leaf(format!("entity {} · score {:.3}", link.entity, link.score))),
        None => more.push(Node::leaf(format!("{}, not in the dictionary", executor.kind.name()))),
    }
    more.extend(executor.position.as_ref().map(|position| Node::leaf(format!("position «{position}»"))));
    more.extend(
        executor.by_agreement.as_ref().map(|words| Node::leaf(format!("by agreement: «{}»", words.as_str()))),
    );
    text_node("executor", &executor.text, trace, more)
}

/// « at 10,20–30,40»: from the left and top to the right and bottom.
fn place(bounds: &Bounds) -> String {
    format!(" at {:.0},{:.0}–{:.0},{:.0}", bounds.left, bounds.top, bounds.right, bounds.bottom)
}

/// A text: the source lines it was read from, the repairs in it, and what was made of it.
fn text_node(label: &str, text: &Text, trace: &Trace, more: Vec<Node>) -> Node {
    let mut children: Vec<Node> = Vec::new();
    for span in text.origin() {
        for part in trace.source.decoded.at(span).split('\n').filter(|part| !part.trim().is_empty()) {
            let offset = part.as_ptr() as usize - trace.source.decoded.as_str().as_ptr() as usize;
            let (page, line) = trace.source.place(offset as u32);
            let page = page.map_or_else(String::new, |page| format!("page {page} "));
            let range = format!("[{}, {})", offset, offset + part.len());
            let own = Span::new(offset as u32, (offset + part.len()) as u32);
            let place: String = trace.source.boxes([own]).values().map(place).collect();
            children.push(Node::leaf(format!("{page}line {line} {range}{place} {}", part.trim())));
        }
    }
    for repair in text.repairs() {
        let from: Vec<&str> = repair.origin.iter().map(|&span| trace.source.decoded.at(span)).collect();
        let change = format!("«{}» → «{}»", from.join(" "), repair.to);
        children.push(Node::leaf(format!(
            "repair {change} by {} ({:.2})",
            repair.rule,
            f64::from(repair.confidence) / 100.0
        )));
    }
    children.extend(more);
    Node::of(format!("{label} «{}»", text.as_str()), children)
}

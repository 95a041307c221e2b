//! What stands around a table: titles, stamps, acts, signatures, regions and periods; and documents that hold no plan.

use svod::emit::{Document, Plan};

use crate::support::read;

/// A small table under the usual heading, for the lines over and under it.
const TABLE: &str = "№ п/п\tНаименование мероприятия\tСрок исполнения\tОтветственный исполнитель\n\
    1\tРазместить сведения на сайте\tI квартал\tМинистерство культуры\n\
    2\tПровести обучение специалистов\tпостоянно\tМинистерство культуры\n";

/// The only plan of `over`, the table, and `under`.
#[track_caller]
fn plan(over: &str, under: &str) -> Plan {
    let document = read(&format!("{over}\n\n{TABLE}\n{under}\n"));
    assert_eq!(document.plans.len(), 1, "in «{over}»");
    let plan = document.plans.into_iter().next().unwrap();
    assert_eq!(plan.measures.len(), 2, "in «{over}»");
    plan
}

/// Kind, region and period of a plan with that title, drawn.
fn drawn(title: &str) -> String {
    let plan = plan(title, "");
    let kind = serde_json::to_value(plan.kind).unwrap();
    let region = plan.region.map_or("-".to_owned(), |region| region.code);
    let period = plan.period.map_or("-".to_owned(), |period| format!("{}/{}", period.start, period.end));
    format!("{} {region} {period}", kind.as_str().unwrap())
}

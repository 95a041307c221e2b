//! The output contract: which keys every object has, and that the printed JSON Schema says the same.

use std::collections::BTreeMap;

use serde_json::Value;
use svod::emit::{self, Document};

use crate::support::{all_fixtures, plan_with, read};

/// Every object of the contract, where it stands («*» is any item), and its keys in order.
const KEYS: &[(&str, &str)] = &[
    ("", "schema source plans repairs diagnostics residue"),
    ("source", "path sha256 bytes format encoding pages"),
    ("plans/*", "title kind region period approval signatory columns sections measures"),
    ("plans/*/region", "code name"),
    ("plans/*/period", "start end"),
    ("plans/*/approval", "person position date act"),
    ("plans/*/approval/act", "kind number date authority"),
    ("plans/*/signatory", "person position"),
    ("plans/*/columns/*", "index header role"),
    ("plans/*/sections/*", "number title"),
    ("plans/*/measures/*", "number section text deadlines executors fields source confidence"),
    ("plans/*/measures/*/source", "page line_start line_end"),
    (
        "plans/*/measures/*/deadlines/*",
        "text kind intervals choice edtf frequency times rrule time offset condition inferred",
    ),
    ("plans/*/measures/*/deadlines/*/intervals/*", "start end"),
    ("plans/*/measures/*/executors/*", "text name kind entity score by_agreement position"),
    ("repairs/*", "page line from to kind rule confidence"),
    ("diagnostics/*", "severity code message line page"),
    ("residue/*", "page line_start line_end text reason"),
];

fn documents() -> Vec<Document> {
    let mut documents: Vec<Document> =
        all_fixtures().iter().map(|(_, trace)| emit::document(trace)).collect();
    documents.push(read(&plan_with("до 1 марта 2018 года, затем ежеквартально", "Министерство культуры")));
    documents.push(read("Просто письмо.\x0cВторая страница."));
    documents
}

/// The values at `path`.
fn at<'v>(value: &'v Value, path: &str) -> Vec<&'v Value> {
    path.split('/').filter(|step| !step.is_empty()).fold(vec![value], |values, step| {
        let step = |value: &'v Value| match step {
            "*" => value.as_array().into_iter().flatten().collect(),
            key => value.get(key).into_iter().filter(|value| !value.is_null()).collect::<Vec<&Value>>(),
        };
        values.into_iter().flat_map(step).collect()
    })
}

#[test]
fn every_object_has_the_keys_of_the_contract_in_their_order() {
    let documents: Vec<Value> =
        documents().iter().map(|document| serde_json::to_value(document).unwrap()).collect();
    for (path, keys) in KEYS {
        let objects: Vec<&Value> = documents.iter().flat_map(|document| at(document, path)).collect();
        assert!(!objects.is_empty(), "no document has «{path}»: this test is blind");
        for object in objects {
            let own: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
            // A missing end of an interval is open: the one key that may be left out.
            let open = *keys == "start end" && (own == ["start"] || own == ["end"]) && path.ends_with('*');
            assert!(open || own.join(" ") == *keys, "«{path}»: {own:?}");
        }
    }
}

#[test]
fn a_document_is_the_same_on_one_line_and_on_many() {
    for document in documents() {
        let (mut many, mut one) = (Vec::new(), Vec::new());
        emit::json(&document, &mut many).unwrap();
        emit::json_line(&document, &mut one).unwrap();
        let (many, one) = (String::from_utf8(many).unwrap(), String::from_utf8(one).unwrap());
        assert_eq!((one.matches('\n').count(), one.ends_with('\n'), many.ends_with("}\n")), (1, true, true));
        let value: Value = serde_json::from_str(&many).unwrap();
        assert_eq!(value, serde_json::from_str::<Value>(&one).unwrap());
        assert_eq!(value, serde_json::to_value(&document).unwrap());
    }
}

#[test]
fn every_document_is_as_the_schema_says() {
    let schema: Value = serde_json::from_str(&emit::schema()).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    for document in documents() {
        let value = serde_json::to_value(&document).unwrap();
        check(&value, &schema, &schema, "")
            .unwrap_or_else(|wrong| panic!("{}: {wrong}", document.source.path));
    }
}

#[test]
fn the_schema_refuses_what_is_not_the_contract() {
    let schema: Value = serde_json::from_str(&emit::schema()).unwrap();
    let good = serde_json::to_value(read(&plan_with("IV квартал", "Министерство культуры"))).unwrap();
    let spoil = |path: &str, with: Value| {
        let mut bad = good.clone();
        *bad.pointer_mut(path).unwrap() = with;
        check(&bad, &schema, &schema, "")
    };
    assert!(spoil("/plans/0/kind", "poem".into()).is_err());
    assert!(spoil("/plans/0/title", 7.into()).is_err());
    assert!(spoil("/plans/0/measures/0/deadlines/0/choice", Value::Null).is_err());
    assert!(spoil("/source/bytes", Value::from(-1)).is_err());
    assert!(spoil("/source", BTreeMap::<String, String>::new().into_iter().collect()).is_err());
    assert!(spoil("/plans/0/title", Value::Null).is_ok());
}

/// What of `value` is not as `schema` says; `root` holds the definitions. An object's key must be named in the schema.
fn check(value: &Value, schema: &Value, root: &Value, place: &str) -> Result<(), String> {
    let Some(rules) = schema.as_object() else { return Err(format!("{place}: no schema")) };
    for (keyword, rule) in rules {
        let holds = match keyword.as_str() {
            "$ref" => {
                let name = rule.as_str().and_then(|name| name.strip_prefix('#')).unwrap_or("?");
                let definition =
                    root.pointer(name).ok_or_else(|| format!("{place}: {rule} leads nowhere"))?;
                check(value, definition, root, place)?;
                true
            }
            "type" => kinds(rule).iter().any(|kind| is(value, kind)),
            "const" => value == rule,
            "enum" => rule.as_array().is_some_and(|values| values.contains(value)),
            "minimum" => value.as_f64().is_none_or(|value| rule.as_f64().is_some_and(|least| value >= least)),
            "anyOf" | "oneOf" => rule.as_array().is_some_and(|schemas| {
                schemas.iter().any(|schema| check(value, schema, root, place).is_ok())
            }),
            "required" => {
                kinds(rule).iter().all(|key| value.as_object().is_none_or(|own| own.contains_key(*key)))
            }
            "items" => {
                for (nth, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(item, rule, root, &format!("{place}/{nth}"))?;
                }
                true
            }
            "properties" | "additionalProperties" => true,
            "$schema" | "$id" | "$defs" | "title" | "description" | "format" => true,
            other => return Err(format!("{place}: this test does not know the keyword «{other}»")),
        };
        if !holds {
            return Err(format!("{place}: {value} against {keyword} {rule}"));
        }
    }
    keys(value, schema, root, place)
}

/// The keys of an object against `properties`, and against `additionalProperties` where they are not among these.
fn keys(value: &Value, schema: &Value, root: &Value, place: &str) -> Result<(), String> {
    let typed = schema.get("type").is_some_and(|kind| kinds(kind).contains(&"object"));
    for (key, own) in value.as_object().filter(|_| typed).into_iter().flatten() {
        let rule = schema["properties"].get(key).or(schema.get("additionalProperties"));
        let rule = rule.ok_or_else(|| format!("{place}: the schema does not name «{key}»"))?;
        check(own, rule, root, &format!("{place}/{key}"))?;
    }
    Ok(())
}

/// A word or a list of words.
fn kinds(rule: &Value) -> Vec<&str> {
    match rule {
        Value::Array(words) => words.iter().filter_map(Value::as_str).collect(),
        word => word.as_str().into_iter().collect(),
    }
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        _ => false,
    }
}

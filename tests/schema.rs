//! `hiketsu schema`: what the parsers accept, the schemas accept, and what they refuse, the schemas refuse.

use hiketsu::build::text_options;
use hiketsu::config;
use hiketsu::content::Role;
use hiketsu::content::front_matter;
use hiketsu::diag::{Fault, Lang, Severity};
use hiketsu::fields::shape::{ANY, Field, Shape};
use hiketsu::schema;
use jsonschema::Validator;
use serde_json::{Value, json};

const TERMS: &str =
    "title = 't'\nbase_url = 'https://example.com/'\n[taxonomies.tags]\nterms = ['信頼', {name = '準備'}]\n";

fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::meta::validate(schema).expect("it is a schema");
    jsonschema::draft202012::new(schema).expect("it is a schema")
}

/// Whether a parser refuses a text; what is only about two fields at once is not asked.
fn refused(faults: &[Fault]) -> bool {
    faults.iter().any(|fault| fault.code.severity == Severity::Error)
}

/// Values of every type, as JSON; the parsers read JSON as YAML, and get their TOML from it.
fn samples(shape: &Shape) -> Vec<Value> {
    let mut samples = vec![
        json!("語"),
        json!("a b"),
        json!("一\n二"),
        json!(true),
        json!(0),
        json!(7),
        json!(100_001),
        json!([]),
        json!(["語"]),
        json!(["a", "b"]),
        json!([["a"]]),
        json!([true]),
        json!({}),
        json!({"x": 1}),
        json!([{"x": 1}]),
        json!("2026-01-05"),
        json!("2026-01-05 09:00"),
        json!("2026-01-05T09:00:00+09:00"),
        json!("2026/1/5"),
        json!("https://example.com/"),
        json!("/old/"),
        json!("#0a4a94"),
        json!(["#fff", "#000000"]),
        json!(1.25),
    ];
    if let Shape::Choice(words) = shape {
        samples.extend(words.iter().map(|word| json!(word)));
    }
    samples
}

/// Documents with one field of each table, at every depth, set to every sample. What else a table needs is there.
fn documents(fields: &[Field], wrap: &dyn Fn(Value) -> Value, out: &mut Vec<Value>) {
    let needed = |except: &str| {
        let mut table = serde_json::Map::new();
        for field in fields.iter().filter(|field| field.required && field.name != except) {
            let value = match (&field.shape, field.name.as_str()) {
                (Shape::Integer(least, _), _) => json!(least),
                (_, "base_url") => json!("https://example.com/"),
                (_, "link") => json!("/"),
                _ => json!("語"),
            };
            table.insert(field.name.clone(), value);
        }
        table
    };
    let with = |name: &str, value: Value| {
        let mut table = needed(name);
        // A series is what these belong to.
        if matches!(name, "planned" | "parts") {
            table.insert("kind".into(), json!("series"));
        }
        table.insert(name.to_owned(), value);
        wrap(Value::Object(table))
    };
    out.push(wrap(Value::Object(needed(""))));
    out.push(with("nonsense", json!(1)));
    for field in fields {
        let name = if field.name == ANY { "level" } else { &field.name };
        if field.required {
            out.push(wrap(Value::Object(needed(name))));
        }
        out.extend(samples(&field.shape).into_iter().map(|sample| with(name, sample)));
        match &field.shape {
            Shape::Table { fields: inner, .. } => documents(inner, &|table| with(name, table), out),
            Shape::List { table, or_line } => {
                documents(table, &|table| with(name, json!([table])), out);
                if *or_line {
                    out.extend([json!(["語"]), json!([1])].map(|list| with(name, list)));
                }
            }
            _ => {}
        }
    }
}

/// Faults of a value that has the right type and form all the same: what a schema does not say.
const MEANING: [&str; 14] = [
    "E0223", "E0224", "E0225", "E0226", "E0227", "E0228", "E0229", "E0230", "E0231", "E0322", "E0324", "E0327",
    "E0330", "E0331",
];

fn agree(schema: &Value, documents: &[Value], parse: impl Fn(&Value) -> Vec<Fault>) {
    let validator = validator(schema);
    let mut wrong = Vec::new();
    let (mut good, mut bad) = (0, 0);
    for document in documents {
        let mut faults = parse(document);
        faults.retain(|fault| !MEANING.contains(&fault.code.id));
        let (refused, valid) = (refused(&faults), validator.is_valid(document));
        if refused == valid {
            let codes: Vec<_> = faults.iter().map(|fault| fault.code.id).collect();
            wrong.push(format!("the parser says {codes:?}, the schema {valid}: {document}"));
        }
        if refused { bad += 1 } else { good += 1 }
    }
    assert!(good > 50 && bad > 100, "{good} {bad}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// As TOML: a table whose values are written inline.
fn toml(document: &Value) -> String {
    fn value(json: &Value) -> String {
        match json {
            Value::Array(items) => format!("[{}]", items.iter().map(value).collect::<Vec<_>>().join(", ")),
            Value::Object(table) => {
                let entries: Vec<_> = table.iter().map(|(key, inner)| format!("{key} = {}", value(inner))).collect();
                format!("{{ {} }}", entries.join(", "))
            }
            other => other.to_string(),
        }
    }
    let table = document.as_object().expect("a document is a table");
    table.iter().map(|(key, inner)| format!("{key} = {}", value(inner))).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_schema_of_site_toml_refuses_what_the_parser_refuses() {
    let mut all = Vec::new();
    documents(&config::shape(), &|table| table, &mut all);
    agree(&schema::site(Lang::En), &all, |document| config::parse(&toml(document)).faults);
}

#[test]
fn the_schema_of_front_matter_refuses_what_the_parser_refuses() {
    let site = config::parse("").value;
    let options = text_options(&site);
    let mut all = Vec::new();
    documents(&front_matter::shape(Role::Index, &options), &|table| table, &mut all);
    agree(&schema::front_matter(Lang::Ja, &options, Some(&site)), &all, |document| {
        front_matter::parse(&yaml(document), Role::Index, &options).2
    });
}

/// As YAML. What has no quotes there is what it looks like, so words stand in quotes only where they must.
fn yaml(document: &Value) -> String {
    let table = document.as_object().expect("a document is a table");
    let lines: Vec<String> = table.iter().map(|(key, inner)| format!("{key}: {inner}")).collect();
    format!("---\n{}\n---\n", lines.join("\n"))
}

#[test]
fn the_sample_site_and_its_lessons_are_valid() {
    let text = include_str!("../site.toml");
    let settings = config::parse(text).value;
    let value: Value = ::toml::from_str::<::toml::Value>(text).map(|value| json!(value)).expect("it is TOML");
    assert_eq!(errors(&validator(&schema::site(Lang::Ja)), &value), Vec::<String>::new());
    let front = validator(&schema::front_matter(Lang::Ja, &text_options(&settings), Some(&settings)));
    let term = settings.taxonomies[0].terms[0].name.value.as_str();
    let lesson =
        json!({"title": "売れる", "date": "2026-03-16", "categories": [term], "draft": false, "extra": {"a": [1]}});
    assert_eq!(errors(&front, &lesson), Vec::<String>::new());
}

fn errors(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn terms_that_a_site_lists_are_the_only_ones() {
    let settings = config::parse(TERMS).value;
    let schema = schema::front_matter(Lang::Ja, &text_options(&settings), Some(&settings));
    let front = validator(&schema);
    assert!(front.is_valid(&json!({"title": "a", "tags": ["信頼", "準備"], "categories": "自由"})));
    assert!(front.is_valid(&json!({"title": "a", "tags": "信頼"})));
    assert!(!front.is_valid(&json!({"title": "a", "tags": ["信用"]})));
    assert!(!front.is_valid(&json!({"title": "a", "tag": ["信頼"]})));
    assert_eq!(schema["properties"]["tags"]["anyOf"][0]["enum"], json!(["信頼", "準備"]));
}

#[test]
fn fields_are_described_in_the_users_language() {
    let describe = |lang| schema::site(lang)["properties"]["feeds"]["properties"]["limit"]["description"].clone();
    assert_eq!(describe(Lang::En), "The newest lessons in a feed. Lessons without a date are in none.");
    assert!(describe(Lang::Ja).as_str().is_some_and(|words| words.contains("フィード")));
}

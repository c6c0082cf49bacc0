//! JSON Schemas (draft 2020-12) of `site.toml` and of front matter, for editors.
//!
//! They are made of what the parsers ask for: the same functions that read a file describe it ([`config::shape`],
//! [`front_matter::shape`]), so that a schema cannot know another field. What each field means comes from the
//! reference ([`mod@reference`]).

pub mod reference;

use serde_json::{Map, Value, json};

use crate::config::{self, Config};
use crate::content::{Role, TextOptions, front_matter};
use crate::diag::Lang;
use crate::fields::Syntax;
use crate::fields::shape::{ANY, Field, Shape};

/// What is written into every schema.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Of `site.toml`.
pub fn site(lang: Lang) -> Value {
    let title = match lang {
        Lang::Ja => "hiketsu：サイトの設定（site.toml）",
        Lang::En => "hiketsu: the settings of a site (site.toml)",
    };
    let writer = Writer { syntax: Syntax::Toml, lang, of: reference::Of::Site, config: None };
    head(title, writer.table(&config::shape(), ""))
}

/// Of front matter: of any text, an `_index.md` too. With `config`, terms that the site lists are the only ones.
pub fn front_matter(lang: Lang, options: &TextOptions, config: Option<&Config>) -> Value {
    let title = match lang {
        Lang::Ja => "hiketsu：原稿の項目",
        Lang::En => "hiketsu: front matter",
    };
    let fields = front_matter::shape(Role::Index, options);
    let writer = Writer { syntax: Syntax::Yaml, lang, of: reference::Of::FrontMatter, config };
    let mut schema = writer.table(&fields, "");
    // Only a series has these.
    schema.insert("dependentRequired".to_owned(), json!({ "planned": ["kind"], "parts": ["kind"] }));
    head(title, schema)
}

fn head(title: &str, schema: Map<String, Value>) -> Value {
    let mut out = Map::new();
    out.insert("$schema".to_owned(), DRAFT.into());
    out.insert("title".to_owned(), title.into());
    out.extend(schema);
    Value::Object(out)
}

struct Writer<'a> {
    syntax: Syntax,
    lang: Lang,
    of: reference::Of,
    config: Option<&'a Config>,
}

impl Writer<'_> {
    /// The schema of a table; `path` leads to it, with a point at its end.
    fn table(&self, fields: &[Field], path: &str) -> Map<String, Value> {
        let mut properties = Map::new();
        let mut rest = Value::Bool(false);
        let mut required = Vec::new();
        for field in fields {
            let path = if field.name == ANY { format!("{path}KEY") } else { format!("{path}{}", field.name) };
            let mut schema = self.field(field, &path);
            if let (Value::Object(schema), Some(words)) = (&mut schema, reference::words(self.of, &path, self.lang)) {
                schema.insert("description".to_owned(), words.into());
            }
            if field.name == ANY {
                rest = schema;
                continue;
            }
            if field.required {
                required.push(Value::from(field.name.as_str()));
            }
            properties.insert(field.name.clone(), schema);
        }
        let mut out = Map::new();
        out.insert("type".to_owned(), "object".into());
        out.insert("properties".to_owned(), properties.into());
        out.insert("additionalProperties".to_owned(), rest);
        if !required.is_empty() {
            out.insert("required".to_owned(), required.into());
        }
        out
    }

    fn field(&self, field: &Field, path: &str) -> Value {
        match &field.shape {
            Shape::Text { one_line, form } => self.text(*one_line, field.required, *form),
            Shape::Bool => json!({ "type": "boolean" }),
            Shape::Integer(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
            Shape::Number(least, most) => json!({ "type": "number", "minimum": least, "maximum": most }),
            Shape::Choice(words) => json!({ "enum": words }),
            Shape::Lines { or_one, form, count } => {
                let item = self.terms(&field.name).unwrap_or_else(|| self.text(true, true, *form));
                let mut list = json!({ "type": "array", "items": item });
                if let (Value::Object(list), Some((least, most))) = (&mut list, count) {
                    list.insert("minItems".to_owned(), json!(least));
                    list.insert("maxItems".to_owned(), json!(most));
                }
                if *or_one { json!({ "anyOf": [item, list] }) } else { list }
            }
            Shape::List { table, or_line } => {
                let table = Value::Object(self.table(table, &format!("{path}.")));
                let item = if *or_line { json!({ "anyOf": [self.text(true, true, None), table] }) } else { table };
                json!({ "type": "array", "items": item })
            }
            Shape::Table { fields, or_line } => {
                let table = Value::Object(self.table(fields, &format!("{path}.")));
                if *or_line { json!({ "anyOf": [self.text(true, false, None), table] }) } else { table }
            }
            Shape::Free => json!({ "type": "object" }),
        }
    }

    /// Text. In YAML, what has no quotes is text too, though other readers take it for a number.
    fn text(&self, one_line: bool, full: bool, form: Option<&str>) -> Value {
        let kinds = match self.syntax {
            Syntax::Toml => json!("string"),
            Syntax::Yaml if form.is_some() => json!("string"),
            Syntax::Yaml => json!(["string", "number", "boolean"]),
        };
        let pattern = match (form, one_line, full) {
            (Some(form), ..) => form,
            // A line break at its end goes with the space around it.
            (None, true, true) => {
                r"^\s*[^\s\u0000-\u001f\u007f-\u009f]([^\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f])?\s*$"
            }
            (None, true, false) => r"^\s*[^\u0000-\u001f\u007f-\u009f]*\s*$",
            (None, false, _) => return json!({ "type": kinds }),
        };
        json!({ "type": kinds, "pattern": pattern })
    }

    /// The terms of a taxonomy whose terms the site lists.
    fn terms(&self, key: &str) -> Option<Value> {
        let taxonomy = self.config?.taxonomies.iter().find(|taxonomy| taxonomy.key == key)?;
        let names: Vec<&str> = taxonomy.terms.iter().map(|term| term.name.value.as_str()).collect();
        (!names.is_empty()).then(|| json!({ "enum": names }))
    }
}

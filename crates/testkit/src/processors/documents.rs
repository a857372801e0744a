//! The processors' own API documents (OpenAPI 3.0) as judges of requests and answers.
//!
//! A body must fit its schema, and may have no key that the schema does not name: what a document calls closed piecewise
//! (`additionalProperties: false` in parts of an `allOf`) is closed as a whole, and what it leaves open by silence is closed too.
//! The documents are no part of the repository; tests take their folder from `MASTHEAD_REAL_DATA`.
//!
//! ```ignore
//! let Some(document) = Document::paypal() else { return };   // says loudly that it was skipped
//! paypal.judged_by(document);                                // from now on unknown requests are answered 500 …
//! assert_eq!(paypal.wrong(), Vec::<String>::new());          // … and remembered
//! ```

mod schema;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use anyhow::Context;
use jsonschema::Validator;
use serde_json::{Value, json};

use super::http::{Asked, Reply, locked};

/// One or several API documents of a processor.
pub struct Document {
    parts: Vec<Value>,
    validators: Mutex<HashMap<String, Arc<Validator>>>,
    wrong: Mutex<Vec<String>>,
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Document")
    }
}

/// What BTCPay's documents name and other documents of BTCPay's define.
fn btcpays_common_parts() -> Value {
    let text = json!({"type": "string"});
    let number = json!({"type": "number"});
    let problem = json!({"type": "object", "properties": {"code": text, "message": text}});
    let wrong = json!({"type": "array", "items": {"type": "object", "properties": {"path": text, "message": text}}});
    json!({"StoreId": text, "InvoiceId": text, "PaymentMethodId": text, "UnixTimestamp": {"type": "integer"},
        "TimeSpanMinutes": number, "TimeSpan": number, "ProblemDetails": problem, "ValidationProblemDetails": wrong,
        "SpeedPolicy": {"enum": ["HighSpeed", "MediumSpeed", "LowSpeed", "LowMediumSpeed"]}})
}

impl Document {
    /// PayPal's: orders, payments, subscriptions, webhooks. Nothing, said loudly, where they are not at hand.
    ///
    /// # Panics
    /// When they are there and cannot be read.
    #[must_use]
    pub fn paypal() -> Option<Self> {
        let names =
            ["checkout_orders_v2", "payments_payment_v2", "billing_subscriptions_v1", "notifications_webhooks_v1"];
        let files: Vec<String> = names.iter().map(|name| format!("paypal-{name}.json")).collect();
        Self::found(&files, &json!({}))
    }

    /// BTCPay's: invoices and webhooks. As [`Document::paypal`].
    #[must_use]
    pub fn btcpay() -> Option<Self> {
        Self::found(&["btcpay-invoices.json".into(), "btcpay-webhooks.json".into()], &btcpays_common_parts())
    }

    fn found(files: &[String], more: &Value) -> Option<Self> {
        let Some(folder) = std::env::var_os("MASTHEAD_REAL_DATA") else {
            eprintln!("SKIPPED: MASTHEAD_REAL_DATA is not set, so no API document judges");
            return None;
        };
        let folder = PathBuf::from(folder).join("payments");
        Some(Self::read(&folder, files, more).unwrap_or_else(|error| panic!("{error:#}")))
    }

    /// With schemas that the documents name and do not define; each may use the others' then.
    fn read(folder: &Path, files: &[String], more: &Value) -> anyhow::Result<Self> {
        let mut parts = Vec::new();
        let mut common = more.as_object().cloned().unwrap_or_default();
        for file in files {
            let path = folder.join(file);
            let text = std::fs::read_to_string(&path).with_context(|| format!("could not read {}", path.display()))?;
            let part: Value = serde_json::from_str(&text).with_context(|| format!("{file} is not JSON"))?;
            if !common.is_empty() {
                common.extend(part["components"]["schemas"].as_object().cloned().unwrap_or_default());
            }
            parts.push(part);
        }
        for part in &mut parts {
            for (name, schema) in &common {
                part["components"]["schemas"][name] = schema.clone();
            }
        }
        let parts = parts.iter().map(schema::converted).collect();
        Ok(Self { parts, validators: Mutex::default(), wrong: Mutex::default() })
    }

    /// What is wrong with a request.
    #[must_use]
    pub fn request(&self, method: &str, path: &str, body: &str) -> Vec<String> {
        let Some((index, operation, name)) = self.operation(method, path) else {
            return vec![format!("{method} {path} is not in the document")];
        };
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        if schema.is_null() {
            let empty = body.is_empty() || body == "{}";
            return if empty { Vec::new() } else { vec![format!("{method} {path} takes no body")] };
        }
        if body.is_empty() && operation["requestBody"]["required"] != true {
            return Vec::new();
        }
        self.check(index, &format!("{name} request"), schema, &serde_json::from_str(body).unwrap_or_default())
    }

    /// What is wrong with an answer.
    #[must_use]
    pub fn answer(&self, method: &str, path: &str, status: u16, body: &str) -> Vec<String> {
        let Some((index, operation, name)) = self.operation(method, path) else {
            return vec![format!("{method} {path} is not in the document")];
        };
        let answers = &operation["responses"];
        let answer = answers.get(status.to_string()).or_else(|| answers.get("default")).cloned().unwrap_or_default();
        if answer.is_null() {
            return vec![format!("{name}: an answer {status} is not in the document")];
        }
        let schema = &answer["content"]["application/json"]["schema"];
        if schema.is_null() {
            return if body.is_empty() { Vec::new() } else { vec![format!("{name}: {status} has no body")] };
        }
        self.check(index, &format!("{name} {status}"), schema, &serde_json::from_str(body).unwrap_or_default())
    }

    /// What is wrong with a body by a schema of a name.
    #[must_use]
    pub fn named(&self, schema: &str, body: &Value) -> Vec<String> {
        let index = self.parts.iter().position(|part| !part["components"]["schemas"][schema].is_null());
        let Some(index) = index else { return vec![format!("no schema {schema}")] };
        let reference = json!({"$ref": format!("#/components/schemas/{schema}"), "unevaluatedProperties": false});
        self.check(index, schema, &reference, body)
    }

    /// What was wrong with requests that a fake was asked while it was judged by this.
    #[must_use]
    pub fn wrong(&self) -> Vec<String> {
        locked(&self.wrong).clone()
    }

    /// 500 for a request that the document does not know.
    pub(super) fn refusal(&self, asked: &Asked) -> Option<Reply> {
        let wrong = self.request(&asked.method, &asked.path, &asked.body);
        if wrong.is_empty() {
            return None;
        }
        locked(&self.wrong).extend(wrong.clone());
        Some(Reply::json(500, &json!({"name": "NOT_BY_THE_DOCUMENT", "message": wrong.join("; ")})))
    }

    fn operation(&self, method: &str, path: &str) -> Option<(usize, &Value, String)> {
        for (index, part) in self.parts.iter().enumerate() {
            for (template, item) in part["paths"].as_object().into_iter().flatten() {
                let operation = &item[method.to_lowercase()];
                if fits(template, path) && operation.is_object() {
                    return Some((index, operation, format!("{method} {template}")));
                }
            }
        }
        None
    }

    fn check(&self, index: usize, name: &str, schema: &Value, body: &Value) -> Vec<String> {
        let validator = self.validator(index, name, schema);
        let wrong = validator.iter_errors(body);
        wrong.map(|error| format!("{name}: {} at {}", error, error.instance_path())).collect()
    }

    fn validator(&self, index: usize, name: &str, schema: &Value) -> Arc<Validator> {
        let mut validators = locked(&self.validators);
        let part = &self.parts[index];
        let build = || {
            let whole = json!({"allOf": [schema::closed(schema, part)], "components": part["components"]});
            let built = jsonschema::draft202012::new(&whole);
            Arc::new(built.unwrap_or_else(|error| panic!("no validator of {name}: {error}")))
        };
        Arc::clone(validators.entry(format!("{index} {name}")).or_insert_with(build))
    }
}

fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<&str>, Vec<&str>) = (template.split('/').collect(), path.split('/').collect());
    let same = |(wanted, found): (&&str, &&str)| wanted.starts_with('{') && !found.is_empty() || wanted == found;
    template.len() == path.len() && template.iter().zip(&path).all(same)
}

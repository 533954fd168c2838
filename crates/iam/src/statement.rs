//! Statements of a policy document in one form.
//!
//! Grammar: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>.

use serde_json::{Map, Value};

/// A statement, every element a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statement {
    /// The statement's own name, empty without one.
    pub sid: String,
    /// `Allow` or `Deny`.
    pub effect: String,
    /// Principals as `kind:name`: `AWS:arn:aws:iam::111122223333:root`, `Service:ec2.amazonaws.com`, `Federated:…`, `AWS:*`; `*:*` for a bare `"*"`.
    pub principals: Vec<String>,
    /// Principals excepted, in the same form.
    pub not_principals: Vec<String>,
    /// Actions, in lower case: IAM compares them so.
    pub actions: Vec<String>,
    /// Actions excepted.
    pub not_actions: Vec<String>,
    /// Resources.
    pub resources: Vec<String>,
    /// Resources excepted.
    pub not_resources: Vec<String>,
    /// Conditions as `Operator|key|value`, the key in lower case, one entry for each value.
    pub conditions: Vec<String>,
}

/// A text is no policy document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// It is not JSON.
    #[error("not JSON: {0}")]
    Json(String),
    /// An element has a shape that the grammar does not have.
    #[error("`{element}` is not {expected}")]
    Shape {
        /// The element, such as `Statement`.
        element: &'static str,
        /// What the grammar has there.
        expected: &'static str,
    },
}

/// The statements of a policy document, in order.
pub fn statements(document: &str) -> Result<Vec<Statement>, PolicyError> {
    let value: Value = serde_json::from_str(document).map_err(|error| PolicyError::Json(error.to_string()))?;
    let shape = |element, expected| PolicyError::Shape { element, expected };
    let policy = value.as_object().ok_or_else(|| shape("the document", "an object"))?;
    match policy.get("Statement") {
        Some(Value::Array(items)) => items
            .iter()
            .map(|item| {
                item.as_object()
                    .ok_or_else(|| shape("Statement", "a list of objects"))
                    .and_then(statement)
            })
            .collect(),
        Some(Value::Object(item)) => Ok(vec![statement(item)?]),
        _ => Err(shape("Statement", "an object or a list of objects")),
    }
}

fn statement(item: &Map<String, Value>) -> Result<Statement, PolicyError> {
    let lower = |words: Vec<String>| words.into_iter().map(|word| word.to_ascii_lowercase()).collect();
    Ok(Statement {
        sid: item.get("Sid").and_then(Value::as_str).unwrap_or_default().to_owned(),
        effect: match item.get("Effect").and_then(Value::as_str) {
            Some(effect @ ("Allow" | "Deny")) => effect.to_owned(),
            _ => {
                return Err(PolicyError::Shape {
                    element: "Effect",
                    expected: "`Allow` or `Deny`",
                });
            }
        },
        principals: principals(item.get("Principal"), "Principal")?,
        not_principals: principals(item.get("NotPrincipal"), "NotPrincipal")?,
        actions: lower(words(item.get("Action"), "Action")?),
        not_actions: lower(words(item.get("NotAction"), "NotAction")?),
        resources: words(item.get("Resource"), "Resource")?,
        not_resources: words(item.get("NotResource"), "NotResource")?,
        conditions: conditions(item.get("Condition"))?,
    })
}

/// A word or a list of words. Numbers and booleans stand for their text, as IAM reads them.
fn words(value: Option<&Value>, element: &'static str) -> Result<Vec<String>, PolicyError> {
    let word = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(_) | Value::Number(_) => Ok(value.to_string()),
        _ => Err(PolicyError::Shape {
            element,
            expected: "a word or a list of words",
        }),
    };
    match value {
        None => Ok(Vec::new()),
        Some(Value::Array(items)) => items.iter().map(word).collect(),
        Some(value) => Ok(vec![word(value)?]),
    }
}

fn principals(value: Option<&Value>, element: &'static str) -> Result<Vec<String>, PolicyError> {
    match value {
        None => Ok(Vec::new()),
        Some(Value::String(text)) if text == "*" => Ok(vec!["*:*".to_owned()]),
        Some(Value::Object(kinds)) => {
            let mut all = Vec::new();
            for (kind, names) in kinds {
                all.extend(
                    words(Some(names), element)?
                        .into_iter()
                        .map(|name| format!("{kind}:{name}")),
                );
            }
            Ok(all)
        }
        Some(_) => Err(PolicyError::Shape {
            element,
            expected: "`*` or an object",
        }),
    }
}

fn conditions(value: Option<&Value>) -> Result<Vec<String>, PolicyError> {
    let shape = || PolicyError::Shape {
        element: "Condition",
        expected: "an object of operators, each an object of keys",
    };
    let Some(value) = value else { return Ok(Vec::new()) };
    let mut all = Vec::new();
    for (operator, keys) in value.as_object().ok_or_else(shape)? {
        for (key, values) in keys.as_object().ok_or_else(shape)? {
            let key = key.to_ascii_lowercase();
            all.extend(
                words(Some(values), "Condition")?
                    .into_iter()
                    .map(|value| format!("{operator}|{key}|{value}")),
            );
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shorthands_come_into_one_form() {
        let text = r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"S3:GetObject","Resource":"*",
            "Condition":{"Bool":{"aws:SecureTransport":false}}}}"#;
        let found = statements(text).unwrap_or_default();
        assert_eq!(
            found,
            vec![Statement {
                effect: "Allow".into(),
                principals: vec!["*:*".into()],
                actions: vec!["s3:getobject".into()],
                resources: vec!["*".into()],
                conditions: vec!["Bool|aws:securetransport|false".into()],
                ..Statement::default()
            }]
        );
    }

    #[test]
    fn principals_keep_their_kind() {
        let text = r#"{"Statement":[{"Effect":"Deny","NotPrincipal":{"AWS":["arn:aws:iam::111122223333:root","*"],"Service":"ec2.amazonaws.com"},"NotAction":["iam:*"]}]}"#;
        let found = statements(text).unwrap_or_default();
        assert_eq!(
            found.first().map(|statement| statement.not_principals.clone()),
            Some(vec![
                "AWS:arn:aws:iam::111122223333:root".into(),
                "AWS:*".into(),
                "Service:ec2.amazonaws.com".into()
            ])
        );
        assert_eq!(
            found.first().map(|statement| statement.not_actions.clone()),
            Some(vec!["iam:*".into()])
        );
    }

    #[test]
    fn what_is_no_policy_says_so() {
        assert!(matches!(
            statements("\"gone\""),
            Err(PolicyError::Shape {
                element: "the document",
                ..
            })
        ));
        assert!(matches!(statements("{"), Err(PolicyError::Json(_))));
        assert!(matches!(
            statements(r#"{"Statement":[{"Effect":"allow"}]}"#),
            Err(PolicyError::Shape { element: "Effect", .. })
        ));
        assert!(matches!(
            statements(r#"{"Statement":[{"Effect":"Allow","Principal":["*"]}]}"#),
            Err(PolicyError::Shape {
                element: "Principal",
                ..
            })
        ));
    }
}

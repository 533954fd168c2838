//! Values of the design written as SQL, so that a control's query is planned with their types known.

use jiff::Timestamp;
use standfast_content::{FileError, Query};
use standfast_design::{Design, Value};

/// A query with the design's values and the snapshot's time in place of its placeholders.
pub(crate) fn resolve(query: Query<'_>, design: &Design, now: Timestamp) -> Result<String, FileError> {
    let mut sql = String::with_capacity(query.sql.len());
    let mut done = 0;
    for (name, range) in query.placeholders() {
        let literal = match design.placeholder(&name) {
            _ if name == "now" => moment(now),
            Some(value) => literal(value),
            None => {
                return Err(query.error(
                    range,
                    format!("the design has no value `{name}`"),
                    "`$now` or `$<section>_<key>` of the design file".to_owned(),
                ));
            }
        };
        sql.push_str(query.sql.get(done..range.start).unwrap_or_default());
        sql.push_str(&literal);
        done = range.end;
    }
    sql.push_str(query.sql.get(done..).unwrap_or_default());
    Ok(sql)
}

fn moment(moment: Timestamp) -> String {
    format!("arrow_cast('{moment}', 'Timestamp(Microsecond, Some(\"UTC\"))')")
}

fn literal(value: &Value) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    match value {
        Value::Integer(number) => number.to_string(),
        Value::Boolean(flag) => flag.to_string(),
        Value::Text(text) => quoted(text),
        Value::TextList(items) if items.is_empty() => "arrow_cast(make_array(), 'List(Utf8)')".to_owned(),
        Value::TextList(items) => {
            format!(
                "make_array({})",
                items.iter().map(|item| quoted(item)).collect::<Vec<_>>().join(", ")
            )
        }
    }
}

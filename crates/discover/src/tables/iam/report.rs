//! The credential report, a CSV of all users and the root user.

use std::collections::HashMap;

use jiff::Timestamp;
use standfast_inventory::tables::iam::IamCredentialReport;

use crate::parse;

/// The root user's name in the report.
const ROOT: &str = "<root_account>";

/// A report as it came.
pub(super) struct Report {
    pub(super) content: Vec<u8>,
    pub(super) generated: Option<Timestamp>,
}

/// The rows of a report; the error says what is wrong with it. Columns are found by their names: AWS adds some now and then.
pub(super) fn rows(report: &Report) -> Result<Vec<IamCredentialReport>, String> {
    let mut reader = csv::Reader::from_reader(report.content.as_slice());
    let mut rows = Vec::new();
    for record in reader.deserialize::<HashMap<String, String>>() {
        let record = record.map_err(|error| format!("the credential report is no table: {error}"))?;
        rows.push(row(&record, report.generated)?);
    }
    Ok(rows)
}

/// Whether the row is of an IAM user with an access key, active or not.
pub(super) fn has_keys(row: &IamCredentialReport) -> bool {
    row.user_name != ROOT && (row.access_key_1_last_rotated.is_some() || row.access_key_2_last_rotated.is_some())
}

/// One row. A value that is there and cannot be read is an error: taken for none, it would look as if nothing had ever been used.
fn row(record: &HashMap<String, String>, generated_time: Option<Timestamp>) -> Result<IamCredentialReport, String> {
    // `N/A`, `no_information` and `not_supported` stand where there is no value.
    let text = |column: &str| {
        let value = record.get(column)?.trim();
        (!matches!(value, "" | "N/A" | "no_information" | "not_supported")).then(|| value.to_owned())
    };
    let name = |column: &str| text(column).ok_or_else(|| format!("the credential report lacks the column `{column}`"));
    let moment = |column: &str| read(column, text(column), parse::timestamp_text);
    let truth = |column: &str| read(column, text(column), |value| value.to_lowercase().parse().ok());
    Ok(IamCredentialReport {
        user_arn: name("arn")?,
        user_name: name("user")?,
        generated_time,
        user_creation_time: moment("user_creation_time")?,
        password_enabled: truth("password_enabled")?,
        password_last_used: moment("password_last_used")?,
        password_last_changed: moment("password_last_changed")?,
        password_next_rotation: moment("password_next_rotation")?,
        mfa_active: truth("mfa_active")?,
        access_key_1_active: truth("access_key_1_active")?,
        access_key_1_last_rotated: moment("access_key_1_last_rotated")?,
        access_key_1_last_used_date: moment("access_key_1_last_used_date")?,
        access_key_1_last_used_region: text("access_key_1_last_used_region"),
        access_key_1_last_used_service: text("access_key_1_last_used_service"),
        access_key_2_active: truth("access_key_2_active")?,
        access_key_2_last_rotated: moment("access_key_2_last_rotated")?,
        access_key_2_last_used_date: moment("access_key_2_last_used_date")?,
        access_key_2_last_used_region: text("access_key_2_last_used_region"),
        access_key_2_last_used_service: text("access_key_2_last_used_service"),
        cert_1_active: truth("cert_1_active")?,
        cert_2_active: truth("cert_2_active")?,
    })
}

fn read<T>(column: &str, text: Option<String>, parsed: impl Fn(&str) -> Option<T>) -> Result<Option<T>, String> {
    let Some(text) = text else { return Ok(None) };
    match parsed(&text) {
        Some(value) => Ok(Some(value)),
        None => Err(format!("`{column}` of the credential report is `{text}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(line: &str) -> Report {
        Report {
            content: format!("user,arn,password_enabled,password_last_used\n{line}\n").into_bytes(),
            generated: None,
        }
    }

    #[test]
    fn what_aws_does_not_know_is_none() {
        let rows = rows(&report("ana,arn:aws:iam::111122223333:user/ana,TRUE,no_information")).expect("a report");
        assert_eq!(rows.len(), 1);
        assert_eq!(
            (rows[0].password_enabled, rows[0].password_last_used),
            (Some(true), None)
        );
        assert_eq!(rows[0].mfa_active, None, "a column that is not there says nothing");
    }

    #[test]
    fn a_date_that_cannot_be_read_is_no_date_that_never_was() {
        let problem = rows(&report("ana,arn:aws:iam::111122223333:user/ana,true,yesterday")).expect_err("no date");
        assert_eq!(problem, "`password_last_used` of the credential report is `yesterday`");
    }

    #[test]
    fn rows_without_user_are_refused() {
        let problem = rows(&report(",arn:aws:iam::111122223333:user/ana,true,N/A")).expect_err("no user");
        assert_eq!(problem, "the credential report lacks the column `user`");
    }
}

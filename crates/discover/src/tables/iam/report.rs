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
        rows.push(row(&record, report.generated).ok_or("the credential report lacks the columns `user` or `arn`")?);
    }
    Ok(rows)
}

/// Whether the row is of an IAM user with an access key, active or not.
pub(super) fn has_keys(row: &IamCredentialReport) -> bool {
    row.user_name != ROOT && (row.access_key_1_last_rotated.is_some() || row.access_key_2_last_rotated.is_some())
}

fn row(record: &HashMap<String, String>, generated_time: Option<Timestamp>) -> Option<IamCredentialReport> {
    // `N/A`, `no_information` and `not_supported` stand where there is no value.
    let text = |column: &str| {
        let value = record.get(column)?.trim();
        (!matches!(value, "" | "N/A" | "no_information" | "not_supported")).then(|| value.to_owned())
    };
    let moment = |column: &str| text(column).and_then(|value| parse::timestamp_text(&value));
    let truth = |column: &str| text(column).and_then(|value| value.to_lowercase().parse::<bool>().ok());
    Some(IamCredentialReport {
        user_arn: text("arn")?,
        user_name: text("user")?,
        generated_time,
        user_creation_time: moment("user_creation_time"),
        password_enabled: truth("password_enabled"),
        password_last_used: moment("password_last_used"),
        password_last_changed: moment("password_last_changed"),
        password_next_rotation: moment("password_next_rotation"),
        mfa_active: truth("mfa_active"),
        access_key_1_active: truth("access_key_1_active"),
        access_key_1_last_rotated: moment("access_key_1_last_rotated"),
        access_key_1_last_used_date: moment("access_key_1_last_used_date"),
        access_key_1_last_used_region: text("access_key_1_last_used_region"),
        access_key_1_last_used_service: text("access_key_1_last_used_service"),
        access_key_2_active: truth("access_key_2_active"),
        access_key_2_last_rotated: moment("access_key_2_last_rotated"),
        access_key_2_last_used_date: moment("access_key_2_last_used_date"),
        access_key_2_last_used_region: text("access_key_2_last_used_region"),
        access_key_2_last_used_service: text("access_key_2_last_used_service"),
        cert_1_active: truth("cert_1_active"),
        cert_2_active: truth("cert_2_active"),
    })
}

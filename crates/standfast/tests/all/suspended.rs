//! An account that AWS has suspended: named everywhere, read nowhere, and no failure of the run.

use std::io::{Read, Write};
use std::net::TcpStream;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::stand_in::{Finding, Project, Server, seed};

const NARROW: [&str; 5] = ["discover", "--regions", "us-east-1", "--services", "organizations,sns"];

/// Closes an account as its owner would: AWS suspends it.
fn close(server: &Server, account: &str) -> Result<()> {
    let address = server.endpoint.strip_prefix("http://").context("an endpoint")?;
    let body = format!("{{\"AccountId\":\"{account}\"}}");
    let mut connection = TcpStream::connect(address)?;
    write!(
        connection,
        "POST / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/x-amz-json-1.1\r\n\
         X-Amz-Target: AWSOrganizationsV20161128.CloseAccount\r\n\
         Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/organizations/aws4_request, \
         SignedHeaders=host, Signature=0\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )?;
    let mut answer = String::new();
    connection.read_to_string(&mut answer)?;
    ensure!(
        answer.starts_with("HTTP/1.1 200"),
        "the account is not closed: {answer}"
    );
    Ok(())
}

fn findings(project: &Project) -> Result<Vec<Finding>> {
    let controls = "organizations-account-unit-placed,sns-topic-tls-required";
    let output = project.run(&["assess", "--controls", controls, "--format", "ndjson"], &[0, 3])?;
    String::from_utf8(output.stdout)?
        .lines()
        .map(|line| Ok(serde_json::from_str(line)?))
        .collect()
}

#[test]
fn a_suspended_account_is_named_everywhere_and_read_nowhere() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::moto(&folder.path().join("calls.jsonl"))?;
    seed(&server, 2)?;
    let before = Project::new(&server.endpoint)?;
    let ended = before.run(&NARROW, &[0, 3])?.status.code();
    let members = before.query("select account_id, name from aws_account where not is_management order by 1")?;
    let text = |column: &str| -> Result<String> {
        let value = members.first().and_then(|row| row.get(column));
        Ok(value.and_then(Value::as_str).context("no member")?.to_owned())
    };
    let (account, name) = (text("account_id")?, text("name")?);
    ensure!(
        findings(&before)?.iter().any(|finding| finding.account_id == account),
        "while it is open, it is judged"
    );

    close(&server, &account)?;
    let project = Project::new(&server.endpoint)?;
    let run = project.run(&NARROW, &[0, 3])?;
    ensure!(
        run.status.code() == ended,
        "a suspended account makes the run neither better nor worse"
    );
    let sentence = format!("not read, since AWS has suspended it: 1 account ({name} {account})");
    let said = String::from_utf8(run.stderr)?;
    ensure!(said.contains(&sentence), "{said}");
    let errors = project.query(&format!(
        "select operation from standfast_collection_error where account_id = '{account}'"
    ))?;
    ensure!(errors.is_empty(), "nobody asked it anything: {errors:?}");
    let listed = project.query(&format!(
        "select status from aws_organizations_account where id = '{account}'"
    ))?;
    ensure!(
        listed.first().and_then(|row| row.get("status")) == Some(&Value::from("SUSPENDED")),
        "the organization still lists it: {listed:?}"
    );
    let judged = findings(&project)?;
    ensure!(
        !judged.is_empty() && judged.iter().all(|finding| finding.account_id != account),
        "nothing is concluded about it"
    );
    // Coverage, board and report name it, too.
    let coverage: Value = serde_json::from_slice(&project.run(&["coverage", "--format", "json"], &[0, 3])?.stdout)?;
    ensure!(
        coverage["left_out"]["suspended"][0]["id"] == account.as_str(),
        "{coverage}"
    );
    project.run(&["assess", "--quiet"], &[0, 3])?;
    let board: Value = serde_json::from_slice(&project.run(&["status", "--format", "json"], &[0])?.stdout)?;
    ensure!(
        board["left_out"]["suspended"][0]["name"] == name.as_str(),
        "{}",
        board["left_out"]
    );
    project.run(&["report"], &[0])?;
    let report = std::fs::read_to_string(project.folder().join("standfast-report.html"))?;
    ensure!(
        report.contains(&sentence.replacen("not", "Not", 1)),
        "the report says nothing of it"
    );
    // Who asks for it by name is told why it cannot be.
    let refused = Project::new(&server.endpoint)?.run(&["discover", "--accounts", &account], &[2])?;
    let said = String::from_utf8(refused.stderr)?;
    ensure!(
        said.contains(&format!("no account that is not suspended `{account}`; there are ")),
        "{said}"
    );
    Ok(())
}

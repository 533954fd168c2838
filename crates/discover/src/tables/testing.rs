//! Runs one collector over replies kept in a file, and gives what it wrote.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use standfast_inventory::{Journal, RunPlan, Unit};
use tokio::sync::Semaphore;

use super::Collector;
use crate::Cell;
use crate::calls::{CALL_HEADER, Calls};
use crate::cell::Limits;
use crate::reader::replayed_config;
use crate::recording::response;

/// The account that every collector test reads.
pub(crate) const ACCOUNT: &str = "111122223333";

/// What a collector wrote.
#[derive(Debug)]
pub(crate) struct Seen {
    /// Rows by table, in the order of their JSON text; without the common columns except a region of their own.
    pub(crate) rows: BTreeMap<String, Vec<Value>>,
    /// Ledger errors: operation, resource, class, code, message.
    pub(crate) errors: Vec<Value>,
    /// The operations called, in order.
    pub(crate) calls: Vec<String>,
}

impl Seen {
    /// The rows of one table; empty where it has none.
    pub(crate) fn table(&self, name: &str) -> &[Value] {
        self.rows.get(name).map_or(&[], Vec::as_slice)
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    reply: Vec<Reply>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reply {
    operation: String,
    /// Text that the address or the body of the request must contain.
    when: Option<String>,
    /// How often the reply can be given; without it, always.
    times: Option<u32>,
    status: u16,
    body: String,
}

#[derive(Debug, Clone)]
struct Replies {
    left: Arc<Mutex<Vec<Reply>>>,
    calls: Arc<Mutex<Vec<String>>>,
}

impl HttpClient for Replies {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Replies {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let call = request.headers().get(CALL_HEADER).unwrap_or_default().to_owned();
        let operation = call.rsplit(':').next().unwrap_or_default().to_owned();
        let asked = format!(
            "{} {}",
            request.uri(),
            String::from_utf8_lossy(request.body().bytes().unwrap_or_default())
        );
        self.calls.lock().expect("no test panics here").push(operation.clone());
        let mut left = self.left.lock().expect("no test panics here");
        let position = left.iter().position(|reply| {
            reply.operation == operation
                && reply.times != Some(0)
                && reply.when.as_ref().is_none_or(|text| asked.contains(text))
        });
        let Some(position) = position else {
            panic!("no reply left for {operation}: {asked}");
        };
        let reply = &mut left[position];
        if let Some(times) = &mut reply.times {
            *times -= 1;
        }
        let kind = if reply.body.trim_start().starts_with("<!doctype html") {
            "text/html"
        } else if reply.body.trim_start().starts_with('<') {
            "text/xml"
        } else {
            "application/x-amz-json-1.1"
        };
        HttpConnectorFuture::ready(response(reply.status, kind, reply.body.as_str()))
    }
}

/// Runs a collector over `crates/discover/replies/<file>`, in region us-east-1 (or `global`), account 111122223333, which is
/// taken for the management account.
pub(crate) async fn replay(collector: Collector, file: &str) -> Seen {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("replies").join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let file: File = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let replies = Replies {
        left: Arc::new(Mutex::new(file.reply)),
        calls: Arc::default(),
    };
    let region = match collector.scope {
        standfast_inventory::Scope::Region => "us-east-1",
        _ => "global",
    };
    let unit = Unit {
        account_id: ACCOUNT.to_owned(),
        region: region.to_owned(),
        service: collector.service.to_owned(),
    };
    let dir = tempfile::tempdir().expect("a temporary folder");
    let plan = RunPlan {
        run_id: "test".to_owned(),
        started_at: Timestamp::UNIX_EPOCH,
        partition: "aws".to_owned(),
        accounts: Vec::new(),
        units: vec![unit.clone()],
        origin: standfast_inventory::Origin::default(),
        left_out: standfast_model::LeftOut::default(),
    };
    let journal = Arc::new(Journal::create(&dir.path().join("run"), plan).expect("a journal"));
    let config = replayed_config(crate::Recording::default())
        .to_builder()
        .http_client(SharedHttpClient::new(replies.clone()))
        .build();
    let cell = Cell {
        writer: journal.begin(unit),
        config,
        calls: Calls {
            account_id: ACCOUNT.into(),
            region: region.into(),
            marked: true,
            own_endpoint: false,
        },
        limits: Limits {
            run: Arc::new(Semaphore::new(1)),
            account: Arc::new(Semaphore::new(1)),
            service: 1,
        },
        partition: "aws".into(),
        management: true,
        tree: None,
        unknown: Mutex::default(),
    };
    (collector.collect)(&cell).await;
    cell.writer.finish().expect("the unit is written");
    let mut rows = BTreeMap::new();
    let folder = dir.path().join("run").join(ACCOUNT);
    for entry in std::fs::read_dir(&folder).expect("the account's folder") {
        let path = entry.expect("an entry").path();
        let table = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .expect("a name")
            .to_owned();
        let text = std::fs::read_to_string(&path).expect("rows");
        let mut lines: Vec<Value> = text.lines().map(|line| own_columns(line, region)).collect();
        lines.sort_by_key(Value::to_string);
        rows.insert(table, lines);
    }
    rows.remove("units");
    rows.remove("standfast_collection_unit");
    let errors = rows.remove("standfast_collection_error").unwrap_or_default();
    let calls = replies.calls.lock().expect("no test panics here").clone();
    Seen { rows, errors, calls }
}

fn own_columns(line: &str, region: &str) -> Value {
    let mut value: Value = serde_json::from_str(line).expect("a row");
    if let Some(columns) = value.as_object_mut() {
        for name in ["_unit", "partition", "account_id"] {
            columns.remove(name);
        }
        if columns.get("region").and_then(Value::as_str) == Some(region) {
            columns.remove("region");
        }
    }
    value
}

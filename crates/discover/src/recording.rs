//! Replies of AWS kept in a file and given again: for the organization that ships with the program, and for collector tests.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader, Read, Write};
use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::calls::CALL_HEADER;

/// A recording could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum RecordingError {
    /// It could not be unpacked.
    #[error("the recording cannot be unpacked")]
    Unpack(#[source] std::io::Error),
    /// It could not be packed.
    #[error("the recording cannot be packed")]
    Pack(#[source] std::io::Error),
    /// A line is no reply.
    #[error("line {line} of the recording is no reply")]
    Line {
        /// The line, from 1.
        line: usize,
        /// Why.
        source: serde_json::Error,
    },
}

/// A reply kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Reply {
    /// Account, region, `Service:Operation` and a digest of what was asked.
    pub(crate) call: String,
    pub(crate) status: u16,
    pub(crate) content_type: String,
    pub(crate) body: String,
    /// True where `body` is base64: some services answer in CBOR.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) binary: bool,
    /// Those of [`KEPT_HEADERS`] that came.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) headers: BTreeMap<String, String>,
}

/// Headers that say what a reply is: the error's code, the protocol, a bucket's region.
const KEPT_HEADERS: [&str; 4] = [
    "smithy-protocol",
    "x-amz-bucket-region",
    "x-amzn-errortype",
    "x-amzn-query-error",
];

/// Replies by call. What was never recorded is answered as AWS answers an operation it does not know.
#[derive(Debug, Clone, Default)]
pub struct Recording {
    replies: Arc<HashMap<String, Reply>>,
    taken_at: Option<Timestamp>,
}

/// The line that says when a recording was made stands among the replies under this name.
const TAKEN_AT: &str = "taken-at";

impl Reply {
    fn with_headers(&self, mut response: HttpResponse) -> HttpResponse {
        for (name, value) in &self.headers {
            let kept = KEPT_HEADERS.iter().find(|kept| *kept == name);
            if let Some(name) = kept {
                response.headers_mut().insert(*name, value.clone());
            }
        }
        response
    }

    fn response(&self) -> Result<HttpResponse, ConnectorError> {
        if !self.binary {
            return Ok(self.with_headers(response(self.status, &self.content_type, self.body.as_str())?));
        }
        let bytes = BASE64
            .decode(&self.body)
            .map_err(|error| ConnectorError::other(error.into(), None))?;
        Ok(self.with_headers(response(self.status, &self.content_type, bytes)?))
    }
}

impl Recording {
    /// Reads a recording: gzip, one JSON reply a line.
    pub fn read(packed: impl Read) -> Result<Self, RecordingError> {
        let mut replies = HashMap::new();
        for (index, line) in BufReader::new(GzDecoder::new(packed)).lines().enumerate() {
            let line = line.map_err(RecordingError::Unpack)?;
            let reply: Reply = serde_json::from_str(&line).map_err(|source| RecordingError::Line {
                line: index + 1,
                source,
            })?;
            replies.insert(reply.call.clone(), reply);
        }
        let taken_at = replies.remove(TAKEN_AT).and_then(|line: Reply| line.body.parse().ok());
        Ok(Self {
            replies: Arc::new(replies),
            taken_at,
        })
    }

    /// When it was made: ages of keys and certificates are right as of then.
    pub fn taken_at(&self) -> Option<Timestamp> {
        self.taken_at
    }

    /// How many replies it holds.
    pub fn len(&self) -> usize {
        self.replies.len()
    }

    /// True without any reply.
    pub fn is_empty(&self) -> bool {
        self.replies.is_empty()
    }
}

impl HttpClient for Recording {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Recording {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let reply = self.replies.get(&call_of(&request)).map_or_else(
            || {
                response(
                    400,
                    "application/json",
                    r#"{"__type":"UnknownOperationException","message":"not in the recording"}"#,
                )
            },
            Reply::response,
        );
        HttpConnectorFuture::ready(reply)
    }
}

/// Keeps every reply that comes through it.
#[derive(Debug, Clone, Default)]
pub struct Recorder {
    replies: Arc<Mutex<HashMap<String, Reply>>>,
}

impl Recorder {
    /// A recorder that holds nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn client(&self, inner: SharedHttpClient) -> impl HttpClient + 'static {
        RecordingClient {
            inner,
            recorder: self.clone(),
        }
    }

    /// Writes what was kept: sorted, so that the same replies give the same bytes.
    pub fn write(&self, packed: impl Write, taken_at: Timestamp) -> Result<usize, RecordingError> {
        let replies = self.replies.lock().unwrap_or_else(PoisonError::into_inner);
        let mut calls: Vec<&Reply> = replies.values().collect();
        calls.sort_by(|left, right| left.call.cmp(&right.call));
        let mut out = GzEncoder::new(packed, Compression::best());
        let taken_at = Reply {
            call: TAKEN_AT.to_owned(),
            status: 0,
            content_type: String::new(),
            body: taken_at.to_string(),
            binary: false,
            headers: BTreeMap::new(),
        };
        for reply in std::iter::once(&taken_at).chain(calls.iter().copied()) {
            serde_json::to_writer(&mut out, reply).map_err(|error| RecordingError::Pack(error.into()))?;
            out.write_all(b"\n").map_err(RecordingError::Pack)?;
        }
        out.finish().map_err(RecordingError::Pack)?;
        Ok(calls.len())
    }
}

#[derive(Debug)]
struct RecordingClient {
    inner: SharedHttpClient,
    recorder: Recorder,
}

impl HttpClient for RecordingClient {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(RecordingConnector {
            inner: self.inner.http_connector(settings, components),
            recorder: self.recorder.clone(),
        })
    }
}

#[derive(Debug)]
struct RecordingConnector {
    inner: SharedHttpConnector,
    recorder: Recorder,
}

impl HttpConnector for RecordingConnector {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        if request.headers().get(CALL_HEADER).is_none() {
            // Credentials are fetched by the SDK itself; they are not for keeping.
            return self.inner.call(request);
        }
        let call = call_of(&request);
        request.headers_mut().remove(CALL_HEADER);
        let answer = self.inner.call(request);
        let recorder = self.recorder.clone();
        HttpConnectorFuture::new(async move {
            let reply = answer.await?;
            let status = reply.status().as_u16();
            let content_type = reply
                .headers()
                .get("content-type")
                .unwrap_or("application/json")
                .to_owned();
            let headers = KEPT_HEADERS
                .iter()
                .filter_map(|name| Some(((*name).to_owned(), reply.headers().get(*name)?.to_owned())))
                .collect();
            let bytes = ByteStream::new(reply.into_body())
                .collect()
                .await
                .map_err(|error| ConnectorError::io(error.into()))?
                .into_bytes();
            let text = std::str::from_utf8(&bytes).ok();
            let kept = Reply {
                call: call.clone(),
                status,
                content_type,
                body: text.map_or_else(|| BASE64.encode(&bytes), str::to_owned),
                binary: text.is_none(),
                headers,
            };
            let answer = kept.response();
            recorder
                .replies
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(call, kept);
            answer
        })
    }
}

/// Names a request: account, region and operation from the header, and a digest of path, query and body.
fn call_of(request: &HttpRequest) -> String {
    let marked = request.headers().get(CALL_HEADER).unwrap_or_default();
    let uri = request.uri();
    let after_scheme = uri.split_once("://").map_or(uri, |(_, rest)| rest);
    let path = after_scheme
        .find('/')
        .and_then(|start| after_scheme.get(start..))
        .unwrap_or("/");
    let mut digest = Sha256::new();
    digest.update(path.as_bytes());
    digest.update([0]);
    digest.update(request.body().bytes().unwrap_or_default());
    let digest: String = digest
        .finalize()
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!("{marked} {digest}")
}

pub(crate) fn response(
    status: u16,
    content_type: &str,
    body: impl Into<SdkBody>,
) -> Result<HttpResponse, ConnectorError> {
    let status = StatusCode::try_from(status).map_err(|error| ConnectorError::other(error.into(), None))?;
    let mut response = HttpResponse::new(status, body.into());
    response.headers_mut().insert("content-type", content_type.to_owned());
    Ok(response)
}

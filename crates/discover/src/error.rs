//! Failed calls, classed so that a ledger can say what happened and a reader what to do.

use std::error::Error as _;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

/// A run could not begin or go on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A call without which nothing can be read.
    #[error("`{operation}` failed: {failure}")]
    Call {
        /// `service:Operation`.
        operation: &'static str,
        /// What happened.
        failure: Failure,
    },
    /// The selection names something that is not there.
    #[error("no {what} `{name}`; there are {known}")]
    NotThere {
        /// `account`, `region` or `service`.
        what: &'static str,
        /// The name given.
        name: String,
        /// The names that there are.
        known: String,
    },
    /// The journal or the snapshot could not be written.
    #[error(transparent)]
    Inventory(#[from] standfast_inventory::Error),
    /// A collector broke.
    #[error("a collector broke; its unit counts as not read")]
    Task(#[source] tokio::task::JoinError),
    /// A recording could not be read or written.
    #[error(transparent)]
    Recording(#[from] crate::RecordingError),
}

/// Why a call failed for good, after its retries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Kind of failure, one word of the ledger's `class` column.
    pub class: &'static str,
    /// The service's error code.
    pub code: Option<String>,
    /// The message, at most 500 characters.
    pub message: String,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.class)?;
        if let Some(code) = &self.code {
            write!(formatter, " ({code})")?;
        }
        write!(formatter, ": {}", self.message)
    }
}

impl Failure {
    /// True where the endpoint does not know the operation at all, whatever it is asked about.
    pub(crate) fn is_unknown_operation(&self) -> bool {
        // A web page says less: a proxy on the way may have sent it, this once.
        self.code
            .as_deref()
            .is_some_and(|code| UNKNOWN_OPERATION.contains(&code))
    }
}

/// Codes of the front end of AWS's protocols. Those of services that sound alike are about one resource.
const UNKNOWN_OPERATION: &[&str] = &["InvalidAction", "UnknownOperationException"];

const DENIED: &[&str] = &[
    "AccessDenied",
    "AccessDeniedException",
    "AccessDeniedForDependencyException",
    "AuthFailure",
    "AuthorizationError",
    "AuthorizationErrorException",
    "Forbidden",
    "NotAuthorized",
    "UnauthorizedOperation",
    "UnauthorizedAccess",
    "AllAccessDisabled",
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
];
const THROTTLED: &[&str] = &[
    "Throttling",
    "ThrottlingException",
    "ThrottledException",
    "RequestLimitExceeded",
    "RequestThrottled",
    "RequestThrottledException",
    "TooManyRequestsException",
    "LimitExceededException",
    "SlowDown",
    "BandwidthLimitExceeded",
    "PriorRequestNotComplete",
    "EC2ThrottledException",
    "ProvisionedThroughputExceededException",
];
const NOT_SUPPORTED: &[&str] = &[
    "InvalidAction",
    "UnknownOperationException",
    "UnsupportedOperation",
    "NotImplemented",
    "UnsupportedOperationException",
];
const NOT_AVAILABLE: &[&str] = &[
    "OptInRequired",
    "SubscriptionRequiredException",
    "InvalidAccessException",
    "RegionDisabledException",
];

/// Classes a failed call.
pub(crate) fn failure<E>(error: &SdkError<E, HttpResponse>) -> Failure
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    let response = error.raw_response();
    let status = response.map(|response| response.status().as_u16());
    let html = response.is_some_and(is_html);
    let (code, mut message) = match error {
        SdkError::ServiceError(service) => (
            service.err().code().map(str::to_owned),
            service.err().message().map(str::to_owned).unwrap_or_default(),
        ),
        _ => (None, String::new()),
    };
    let denied_credentials = error
        .source()
        .is_some_and(|source| DisplayErrorContext(source).to_string().contains("AssumeRole"));
    let class = match error {
        _ if html => "not_supported",
        SdkError::TimeoutError(_) => "timeout",
        SdkError::DispatchFailure(dispatch) if dispatch.is_timeout() => "timeout",
        SdkError::ConstructionFailure(_) | SdkError::DispatchFailure(_) if denied_credentials => "access_denied",
        SdkError::ConstructionFailure(_) => "other",
        SdkError::DispatchFailure(_) => "connection",
        SdkError::ResponseError(_) if status.is_some_and(|status| status >= 500) => "server",
        SdkError::ResponseError(_) => "malformed",
        _ => class_of(code.as_deref(), status),
    };
    if message.is_empty() {
        message = match (html, status) {
            (true, Some(status)) => format!("HTTP {status} with a web page in place of an answer"),
            _ => DisplayErrorContext(error).to_string(),
        };
    }
    Failure {
        class,
        code,
        message: cut(&message),
    }
}

/// True for a web page where an API's answer was expected: the endpoint does not know the operation, or is no API at all.
pub(crate) fn is_html(response: &HttpResponse) -> bool {
    response
        .headers()
        .get("content-type")
        .is_some_and(|kind| kind.starts_with("text/html"))
}

fn class_of(code: Option<&str>, status: Option<u16>) -> &'static str {
    let is_in = |words: &[&str]| code.is_some_and(|code| words.contains(&code));
    if is_in(DENIED) {
        "access_denied"
    } else if is_in(THROTTLED) || status == Some(429) {
        "throttled"
    } else if is_in(NOT_SUPPORTED) {
        "not_supported"
    } else if is_in(NOT_AVAILABLE) {
        "not_available"
    } else if status.is_some_and(|status| status >= 500) {
        "server"
    } else if status == Some(403) {
        "access_denied"
    } else {
        "other"
    }
}

fn cut(message: &str) -> String {
    let flat: String = message
        .chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect();
    match flat.char_indices().nth(500) {
        Some((end, _)) => flat.get(..end).unwrap_or_default().to_owned(),
        None => flat,
    }
}

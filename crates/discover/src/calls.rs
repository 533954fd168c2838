//! What every client of a run has in common: which account it speaks for, what is retried, and where its calls go.

use std::sync::Arc;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{BeforeTransmitInterceptorContextMut, InterceptorContext};
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::retries::classifiers::{ClassifyRetry, RetryAction, RetryClassifierPriority};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

use crate::error::is_html;

/// Names account, region and operation to the connector where it is one that records or replays.
pub(crate) const CALL_HEADER: &str = "x-standfast-call";

/// Marks calls for recordings and mends addresses.
#[derive(Debug, Clone)]
pub(crate) struct Calls {
    pub(crate) account_id: Arc<str>,
    pub(crate) region: Arc<str>,
    /// True where the connector reads [`CALL_HEADER`]; it never goes out on a real connection.
    pub(crate) marked: bool,
    /// True where the user set an endpoint of their own.
    pub(crate) own_endpoint: bool,
}

impl Intercept for Calls {
    fn name(&self) -> &'static str {
        "standfast-calls"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        _config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // S3 Control puts the account in front of the host, which an address of the user's own does not answer to.
        let prefix = format!("://{}.", self.account_id);
        let request = context.request_mut();
        if self.own_endpoint && request.uri().contains(&prefix) {
            let mended = request.uri().replacen(&prefix, "://", 1);
            request.set_uri(mended)?;
        }
        Ok(())
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _components: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if self.marked
            && let Some(metadata) = config.load::<Metadata>()
        {
            let call = format!(
                "{} {} {}:{}",
                self.account_id,
                self.region,
                metadata.service().replace(' ', ""),
                metadata.name()
            );
            context.request_mut().headers_mut().insert(CALL_HEADER, call);
        }
        Ok(())
    }
}

/// Does not ask again where a web page came back with a status that says the operation is not there.
#[derive(Debug, Clone)]
pub(crate) struct NoRetryOfWebPages;

impl ClassifyRetry for NoRetryOfWebPages {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        match context.response() {
            Some(response) if is_html(response) && matches!(response.status().as_u16(), 400..=501) => {
                RetryAction::RetryForbidden
            }
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "no retry of web pages"
    }

    fn priority(&self) -> RetryClassifierPriority {
        RetryClassifierPriority::run_after(RetryClassifierPriority::transient_error_classifier())
    }
}

//! One unit being read: a service in an account and region. Collectors make every call through it, so that each is counted,
//! held within the limits and, when it fails, written into the ledger.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_async::future::pagination_stream::PaginationStream;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::SdkConfig;
use futures::StreamExt;
use standfast_inventory::tables::standfast::CollectionError;
use standfast_inventory::{Row, UnitWriter};
use tokio::sync::Semaphore;

use crate::Failure;
use crate::calls::Calls;
use crate::error::failure;
use crate::tree::Tree;

/// How many calls may be under way at once.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// In the whole run.
    pub(crate) run: Arc<Semaphore>,
    /// In one account.
    pub(crate) account: Arc<Semaphore>,
    /// In one service of one account and region.
    pub(crate) service: usize,
}

/// What a call for something that need not exist brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer<T> {
    /// The thing.
    Got(T),
    /// The service says that there is none.
    Absent,
    /// The call failed; the ledger has it, and whatever depends on it is unknown.
    Failed,
}

/// One unit being read.
#[derive(Debug)]
pub struct Cell {
    pub(crate) writer: UnitWriter,
    pub(crate) config: SdkConfig,
    pub(crate) calls: Calls,
    pub(crate) limits: Limits,
    pub(crate) partition: Arc<str>,
    pub(crate) management: bool,
    /// The organization's tree, where the run has read it already.
    pub(crate) tree: Option<Arc<Tree>>,
    /// Operations that the endpoint does not know, with its words.
    pub(crate) unknown: Mutex<HashMap<&'static str, Failure>>,
}

/// Makes the client of a service for a cell: `client!(cell, aws_sdk_kms)`, or with a last word on its settings,
/// `client!(cell, aws_sdk_s3, |settings| settings.force_path_style(true))`.
macro_rules! client {
    ($cell:expr, $sdk:ident) => {
        client!($cell, $sdk, |settings| settings)
    };
    ($cell:expr, $sdk:ident, |$settings:ident| $change:expr) => {{
        let $settings = $sdk::config::Builder::from($cell.config())
            .interceptor($cell.calls())
            .retry_classifier($crate::calls::NoRetryOfWebPages)
            .retry_partition($cell.retry_partition());
        $sdk::Client::from_conf($change.build())
    }};
}
pub(crate) use client;

impl Cell {
    /// The account, 12 digits.
    pub fn account_id(&self) -> &str {
        &self.writer.unit().account_id
    }

    /// The region, or `global`.
    pub fn region(&self) -> &str {
        &self.writer.unit().region
    }

    /// `aws`, `aws-us-gov` or `aws-cn`.
    pub fn partition(&self) -> &str {
        &self.partition
    }

    /// True in the management account of the organization, or in a lone account.
    pub fn is_management(&self) -> bool {
        self.management
    }

    /// True where the user set an endpoint of their own.
    pub fn has_own_endpoint(&self) -> bool {
        self.calls.own_endpoint
    }

    /// The organization's tree, where the run has read it already.
    pub(crate) fn tree(&self) -> Option<&Tree> {
        self.tree.as_deref()
    }

    pub(crate) fn config(&self) -> &SdkConfig {
        &self.config
    }

    pub(crate) fn calls(&self) -> Calls {
        self.calls.clone()
    }

    /// Each account, region and service learns its own pace: one that throttles does not slow the others.
    pub(crate) fn retry_partition(&self) -> aws_smithy_runtime::client::retries::RetryPartition {
        let unit = self.writer.unit();
        aws_smithy_runtime::client::retries::RetryPartition::new(format!(
            "{}/{}/{}",
            unit.account_id, unit.region, unit.service
        ))
    }

    /// Writes a row in the cell's region.
    pub fn row<R: Row>(&self, row: &R) {
        self.writer.row(row);
    }

    /// Writes a row of a resource that has a region of its own.
    pub fn row_in<R: Row>(&self, region: &str, row: &R) {
        self.writer.row_in(region, row);
    }

    /// Makes a call. `operation` is `service:Operation` as the tables name it, `resource` the ARN (or id) that findings about the
    /// resource carry, for a call about one resource. None when it failed; the ledger has it then.
    pub async fn call<T, E>(
        &self,
        operation: &'static str,
        resource: Option<&str>,
        call: impl Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    ) -> Option<T>
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        match self.ask(operation, resource, &[], call).await {
            Answer::Got(reply) => Some(reply),
            Answer::Absent | Answer::Failed => None,
        }
    }

    /// Makes a call for something that need not exist; `absent` are the error codes that say so.
    pub async fn ask<T, E>(
        &self,
        operation: &'static str,
        resource: Option<&str>,
        absent: &[&str],
        call: impl Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    ) -> Answer<T>
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        let reply = {
            let _within = self.within_limits().await;
            // What the endpoint does not know it won't know for the next resource either.
            let unknown = lock(&self.unknown).get(operation).cloned();
            if let Some(failure) = unknown {
                self.fail(operation, resource, &failure);
                return Answer::Failed;
            }
            self.writer.called();
            call.await
        };
        match reply {
            Ok(reply) => Answer::Got(reply),
            Err(SdkError::ServiceError(service)) if service.err().code().is_some_and(|code| absent.contains(&code)) => {
                Answer::Absent
            }
            Err(error) => {
                let failure = failure(&error);
                self.fail(operation, resource, &failure);
                if failure.is_unknown_operation() {
                    lock(&self.unknown).insert(operation, failure);
                }
                Answer::Failed
            }
        }
    }

    /// Reads page after page, giving each to `page` as it comes. False when a page failed: what came before it stays, and the ledger says
    /// that the rest is missing.
    pub async fn pages<T, E>(
        &self,
        operation: &'static str,
        resource: Option<&str>,
        mut pages: PaginationStream<Result<T, SdkError<E, HttpResponse>>>,
        mut page: impl FnMut(T),
    ) -> bool
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        loop {
            let reply = {
                let _within = self.within_limits().await;
                let reply = pages.next().await;
                if reply.is_some() {
                    self.writer.called();
                }
                reply
            };
            match reply {
                None => return true,
                Some(Ok(reply)) => page(reply),
                Some(Err(error)) => {
                    self.fail(operation, resource, &failure(&error));
                    return false;
                }
            }
        }
    }

    /// Does something for every item, several at a time.
    pub async fn each<T, F: Future<Output = ()>>(&self, items: impl IntoIterator<Item = T>, work: impl FnMut(T) -> F) {
        futures::stream::iter(items)
            .for_each_concurrent(self.limits.service, work)
            .await;
    }

    /// Writes a failure into the ledger.
    pub fn fail(&self, operation: &'static str, resource: Option<&str>, failure: &Failure) {
        self.writer.failed(&CollectionError {
            service: self.writer.unit().service.clone(),
            operation: operation.to_owned(),
            resource: resource.map(str::to_owned),
            class: failure.class.to_owned(),
            code: failure.code.clone(),
            message: failure.message.clone(),
        });
    }

    async fn within_limits(&self) -> impl Sized {
        // The account's turn comes first: a slow account must not hold the run's permits while it waits.
        let account = self.limits.account.clone().acquire_owned().await.ok();
        let run = self.limits.run.clone().acquire_owned().await.ok();
        (account, run)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

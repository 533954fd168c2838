//! What a run needs of AWS: credentials, endpoints, retries, one HTTP client for all.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_config::BehaviorVersion;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_async::time::SystemTimeSource;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_types::SdkConfig;
use aws_types::region::Region;
use standfast_inventory::UnitWriter;
use tokio::sync::Semaphore;

use crate::calls::Calls;
use crate::cell::{Cell, Limits};
use crate::{Plan, Recorder, Recording};

/// Attempts of one call, the first included.
const ATTEMPTS: u32 = 6;

/// Where replies come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// AWS, or the endpoint that the user set, with the SDK's own chain of credentials.
    Live,
    /// The same, and every reply is kept.
    Record(Recorder),
    /// Replies kept earlier; nothing goes out.
    Replay(Recording),
}

/// Makes clients for any account and region of a run.
#[derive(Debug, Clone)]
pub struct Reader {
    base: SdkConfig,
    role_name: Arc<str>,
    marked: bool,
    replayed: bool,
    own_endpoint: bool,
    run_permits: Arc<Semaphore>,
    calls_per_account: usize,
    calls_per_service: usize,
}

impl Reader {
    /// Reads the user's settings (profile, environment, files, container, instance) as the AWS CLI would. `concurrency` is the number of
    /// calls that may be under way at once in the whole run; `role_name` is assumed in every account but the caller's own.
    pub async fn new(source: Source, role_name: &str, concurrency: usize) -> Self {
        let plain = aws_smithy_http_client::Builder::new()
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .build_https();
        let loader = aws_config::defaults(BehaviorVersion::latest())
            .retry_config(
                RetryConfig::adaptive()
                    .with_max_attempts(ATTEMPTS)
                    .with_max_backoff(Duration::from_secs(10)),
            )
            .timeout_config(
                TimeoutConfig::builder()
                    .connect_timeout(Duration::from_secs(5))
                    .operation_attempt_timeout(Duration::from_secs(30))
                    .operation_timeout(Duration::from_mins(3))
                    .build(),
            );
        let (base, marked, replayed) = match source {
            Source::Live => (loader.http_client(plain).load().await, false, false),
            Source::Record(recorder) => {
                let client = SharedHttpClient::new(recorder.client(plain));
                (loader.http_client(client).load().await, true, false)
            }
            Source::Replay(recording) => (replayed_config(recording), true, true),
        };
        // A recording was made at an endpoint of its own: paths are those of one.
        let own_endpoint = replayed
            || base.endpoint_url().is_some()
            || std::env::vars_os().any(|(name, _)| is_endpoint_setting(&name));
        Self {
            base,
            role_name: role_name.into(),
            marked,
            replayed,
            own_endpoint,
            run_permits: Arc::new(Semaphore::new(concurrency.max(1))),
            calls_per_account: (concurrency / 2).max(8),
            calls_per_service: 16,
        }
    }

    /// The region that the user set; `us-east-1` without one.
    pub fn home_region(&self) -> String {
        self.base
            .region()
            .map_or_else(|| "us-east-1".to_owned(), |region| region.as_ref().to_owned())
    }

    /// True where nothing goes out.
    pub(crate) fn is_replayed(&self) -> bool {
        self.replayed
    }

    pub(crate) fn own_config(&self, region: &str) -> SdkConfig {
        self.base.to_builder().region(Region::new(region.to_owned())).build()
    }

    pub(crate) fn calls(&self, account_id: &str, region: &str) -> Calls {
        Calls {
            account_id: account_id.into(),
            region: region.into(),
            marked: self.marked,
            own_endpoint: self.own_endpoint,
        }
    }

    /// What speaks for one account: its credentials are fetched once and renewed before they run out.
    pub(crate) async fn account(&self, account_id: &str, caller: &str, partition: &str) -> AccountReader {
        let region = self.home_region();
        let config = if account_id == caller || self.replayed {
            self.own_config(&region)
        } else {
            let role = format!("arn:{partition}:iam::{account_id}:role/{}", self.role_name);
            let assumed = aws_config::sts::AssumeRoleProvider::builder(role)
                .session_name("standfast")
                .region(Region::new(region.clone()))
                .configure(&self.base)
                .build()
                .await;
            self.base
                .to_builder()
                .region(Region::new(region.clone()))
                .credentials_provider(SharedCredentialsProvider::new(assumed))
                .identity_cache(aws_config::identity::IdentityCache::lazy().build())
                .build()
        };
        AccountReader {
            config,
            permits: Arc::new(Semaphore::new(self.calls_per_account)),
        }
    }

    pub(crate) fn cell(&self, account: &AccountReader, writer: UnitWriter, plan: &Plan, management: bool) -> Cell {
        let unit = writer.unit().clone();
        let region = if unit.region == "global" {
            self.home_region()
        } else {
            unit.region.clone()
        };
        Cell {
            config: account.config.to_builder().region(Region::new(region)).build(),
            calls: self.calls(&unit.account_id, &unit.region),
            limits: Limits {
                run: Arc::clone(&self.run_permits),
                account: Arc::clone(&account.permits),
                service: self.calls_per_service,
            },
            partition: plan.run.partition.as_str().into(),
            management,
            tree: plan.tree.clone(),
            unknown: Mutex::default(),
            writer,
        }
    }
}

/// What speaks for one account.
#[derive(Debug, Clone)]
pub(crate) struct AccountReader {
    pub(crate) config: SdkConfig,
    permits: Arc<Semaphore>,
}

fn is_endpoint_setting(name: &std::ffi::OsStr) -> bool {
    name.to_str()
        .is_some_and(|name| name == "AWS_ENDPOINT_URL" || name.starts_with("AWS_ENDPOINT_URL_"))
}

/// Settings that depend on nothing around: the same recording gives the same calls anywhere.
pub(crate) fn replayed_config(recording: Recording) -> SdkConfig {
    // These sign requests that never leave the process.
    let credentials = Credentials::new("AKIAREPLAYED", "replayed", None, None, "recording");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .identity_cache(aws_config::identity::IdentityCache::lazy().build())
        .http_client(SharedHttpClient::new(recording))
        .retry_config(RetryConfig::standard().with_max_attempts(1))
        .sleep_impl(TokioSleep::new())
        .time_source(SystemTimeSource::new())
        .build()
}

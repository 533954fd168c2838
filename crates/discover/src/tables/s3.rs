//! Amazon Simple Storage Service, region by region: `ListBuckets` is asked for the region's own buckets, which saves asking every
//! bucket where it lives.

use std::collections::BTreeSet;

use aws_sdk_s3::types::{
    BucketVersioningStatus, ExpirationStatus, Grant, LifecycleRule, LifecycleRuleFilter, MfaDeleteStatus,
    ObjectLockEnabled, ObjectLockRule, TransitionStorageClass,
};
use futures::join;
use serde_json::{Value, json};
use standfast_inventory::tables::s3::{
    S3AccessPoint, S3Bucket, S3BucketAclGrant, S3BucketEncryption, S3BucketLifecycleRule, S3BucketLogging,
    S3BucketObjectLock, S3BucketPolicy, S3BucketPolicyStatus, S3BucketPublicAccessBlock, S3BucketVersioning,
};
use standfast_inventory::{Json, Scope};

use super::Collector;
use crate::cell::client;
use crate::parse;
use crate::{Answer, Cell};

pub(super) const COLLECTOR: Collector = Collector {
    service: "s3",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &["s3:ListAccessPoints"],
};

/// The services that write logs into buckets.
const LOG_SERVICES: &[&str] = &[
    "cloudtrail.amazonaws.com",
    "config.amazonaws.com",
    "delivery.logs.amazonaws.com",
    "logdelivery.elasticloadbalancing.amazonaws.com",
    "logging.s3.amazonaws.com",
];

async fn collect(cell: &Cell) {
    join!(read_buckets(cell), read_access_points(cell));
}

async fn read_buckets(cell: &Cell) {
    let s3 = client!(cell, aws_sdk_s3, |settings| settings
        .force_path_style(cell.has_own_endpoint()));
    let mut buckets = Vec::new();
    let pages = s3
        .list_buckets()
        .bucket_region(cell.region())
        .max_buckets(10_000)
        .into_paginator()
        .send();
    cell.pages("s3:ListBuckets", None, pages, |page| {
        for bucket in page.buckets.unwrap_or_default() {
            let Some(name) = bucket.name else { continue };
            let arn = format!("arn:{}:s3:::{name}", cell.partition());
            cell.row(&S3Bucket {
                arn: arn.clone(),
                name: name.clone(),
                creation_date: parse::maybe_timestamp(bucket.creation_date.as_ref()),
            });
            buckets.push((arn, name));
        }
    })
    .await;
    cell.each(&buckets, async |(arn, name)| {
        let bucket = Bucket {
            cell,
            s3: &s3,
            arn,
            name,
        };
        // Its many calls make a large future, of which several wait at a time.
        Box::pin(read_bucket(&bucket)).await;
    })
    .await;
}

/// A bucket being read.
struct Bucket<'a> {
    cell: &'a Cell,
    s3: &'a aws_sdk_s3::Client,
    arn: &'a str,
    name: &'a str,
}

/// Makes a call about a bucket, `about!(bucket, get_bucket_acl, "s3:GetBucketAcl", absent ["NoSuchThing"])`: the reply, or none where
/// there is nothing or the call failed.
macro_rules! about {
    ($bucket:expr, $method:ident, $operation:literal, absent $absent:expr) => {{
        let request = $bucket.s3.$method().bucket($bucket.name).send();
        match $bucket.cell.ask($operation, Some($bucket.arn), &$absent, request).await {
            Answer::Got(reply) => Some(reply),
            Answer::Absent | Answer::Failed => None,
        }
    }};
}

async fn read_bucket(bucket: &Bucket<'_>) {
    let (versioned, reach, (), (), (), (), ()) = join!(
        read_versioning(bucket),
        read_policy(bucket),
        read_encryption(bucket),
        read_public_access_block(bucket),
        read_acl(bucket),
        read_logging(bucket),
        read_lifecycle(bucket),
    );
    if reach.depends_on_conditions {
        read_policy_status(bucket).await;
    }
    if versioned && reach.log_service_writes {
        read_object_lock(bucket).await;
    }
}

/// True where versions are kept.
async fn read_versioning(bucket: &Bucket<'_>) -> bool {
    let Some(reply) = about!(bucket, get_bucket_versioning, "s3:GetBucketVersioning", absent []) else {
        return false;
    };
    let versioning_enabled = reply.status == Some(BucketVersioningStatus::Enabled);
    bucket.cell.row(&S3BucketVersioning {
        arn: bucket.arn.to_owned(),
        versioning_enabled,
        versioning_mfa_delete: reply.mfa_delete == Some(MfaDeleteStatus::Enabled),
        versioning_status: reply.status.map(|status| status.as_str().to_owned()),
    });
    versioning_enabled
}

async fn read_policy(bucket: &Bucket<'_>) -> Reach {
    let answer = about!(
        bucket,
        get_bucket_policy,
        "s3:GetBucketPolicy",
        absent["NoSuchBucketPolicy"]
    );
    let Some(text) = answer.and_then(|reply| reply.policy) else {
        return Reach::default();
    };
    let policy = parse::policy(&text);
    let reach = Reach::of(&policy);
    bucket.cell.row(&S3BucketPolicy {
        arn: bucket.arn.to_owned(),
        policy,
    });
    reach
}

async fn read_policy_status(bucket: &Bucket<'_>) {
    let answer = about!(
        bucket,
        get_bucket_policy_status,
        "s3:GetBucketPolicyStatus",
        absent["NoSuchBucketPolicy"]
    );
    if let Some(status) = answer.and_then(|reply| reply.policy_status) {
        bucket.cell.row(&S3BucketPolicyStatus {
            arn: bucket.arn.to_owned(),
            bucket_policy_is_public: status.is_public.unwrap_or_default(),
        });
    }
}

async fn read_encryption(bucket: &Bucket<'_>) {
    let absent = ["ServerSideEncryptionConfigurationNotFoundError"];
    let answer = about!(bucket, get_bucket_encryption, "s3:GetBucketEncryption", absent absent);
    let Some(configuration) = answer.and_then(|reply| reply.server_side_encryption_configuration) else {
        return;
    };
    // S3 takes one rule a bucket.
    let Some(rule) = configuration.rules.into_iter().next() else {
        return;
    };
    let Some(default) = rule.apply_server_side_encryption_by_default else {
        return;
    };
    bucket.cell.row(&S3BucketEncryption {
        arn: bucket.arn.to_owned(),
        sse_algorithm: default.sse_algorithm.as_str().to_owned(),
        kms_master_key_id: default.kms_master_key_id,
        bucket_key_enabled: rule.bucket_key_enabled,
    });
}

async fn read_public_access_block(bucket: &Bucket<'_>) {
    let absent = ["NoSuchPublicAccessBlockConfiguration"];
    let answer = about!(bucket, get_public_access_block, "s3:GetPublicAccessBlock", absent absent);
    if let Some(block) = answer.and_then(|reply| reply.public_access_block_configuration) {
        bucket.cell.row(&S3BucketPublicAccessBlock {
            arn: bucket.arn.to_owned(),
            block_public_acls: block.block_public_acls.unwrap_or_default(),
            block_public_policy: block.block_public_policy.unwrap_or_default(),
            ignore_public_acls: block.ignore_public_acls.unwrap_or_default(),
            restrict_public_buckets: block.restrict_public_buckets.unwrap_or_default(),
        });
    }
}

async fn read_acl(bucket: &Bucket<'_>) {
    let Some(reply) = about!(bucket, get_bucket_acl, "s3:GetBucketAcl", absent []) else {
        return;
    };
    let owner = reply.owner.and_then(|owner| owner.id);
    for grant in reply.grants.unwrap_or_default() {
        if let Some(row) = grant_row(bucket.arn, owner.as_deref(), grant) {
            bucket.cell.row(&row);
        }
    }
}

async fn read_logging(bucket: &Bucket<'_>) {
    let answer = about!(bucket, get_bucket_logging, "s3:GetBucketLogging", absent []);
    if let Some(logging) = answer.and_then(|reply| reply.logging_enabled) {
        bucket.cell.row(&S3BucketLogging {
            arn: bucket.arn.to_owned(),
            target_bucket: logging.target_bucket,
            target_prefix: logging.target_prefix,
        });
    }
}

async fn read_lifecycle(bucket: &Bucket<'_>) {
    let absent = ["NoSuchLifecycleConfiguration"];
    let answer =
        about!(bucket, get_bucket_lifecycle_configuration, "s3:GetBucketLifecycleConfiguration", absent absent);
    if let Some(rules) = answer.and_then(|reply| reply.rules) {
        for (number, rule) in (1..).zip(rules) {
            bucket.cell.row(&lifecycle_row(bucket.arn, number, rule));
        }
    }
}

async fn read_object_lock(bucket: &Bucket<'_>) {
    let absent = ["ObjectLockConfigurationNotFoundError"];
    let answer = about!(bucket, get_object_lock_configuration, "s3:GetObjectLockConfiguration", absent absent);
    if let Some(lock) = answer.and_then(|reply| reply.object_lock_configuration) {
        let enabled = lock.object_lock_enabled == Some(ObjectLockEnabled::Enabled);
        bucket.cell.row(&object_lock_row(bucket.arn, enabled, lock.rule));
    }
}

async fn read_access_points(cell: &Cell) {
    let control = client!(cell, aws_sdk_s3control);
    let mut points = Vec::new();
    let pages = control
        .list_access_points()
        .account_id(cell.account_id())
        .into_paginator()
        .send();
    cell.pages("s3:ListAccessPoints", None, pages, |page| {
        points.extend(page.access_point_list.unwrap_or_default());
    })
    .await;
    cell.each(points, async |point| {
        let arn = point.access_point_arn.unwrap_or_else(|| {
            let (partition, region, account) = (cell.partition(), cell.region(), cell.account_id());
            format!("arn:{partition}:s3:{region}:{account}:accesspoint/{}", point.name)
        });
        let request = control
            .get_access_point()
            .account_id(cell.account_id())
            .name(&point.name)
            .send();
        let Some(reply) = cell.call("s3:GetAccessPoint", Some(&arn), request).await else {
            return;
        };
        let block = reply.public_access_block_configuration;
        let blocks = |part: fn(&aws_sdk_s3control::types::PublicAccessBlockConfiguration) -> Option<bool>| {
            block.as_ref().and_then(part).unwrap_or_default()
        };
        cell.row(&S3AccessPoint {
            name: point.name,
            bucket_name: Some(point.bucket),
            network_origin: Some(point.network_origin.as_str().to_owned()),
            vpc_id: point.vpc_configuration.map(|vpc| vpc.vpc_id),
            block_public_acls: blocks(|block| block.block_public_acls),
            block_public_policy: blocks(|block| block.block_public_policy),
            ignore_public_acls: blocks(|block| block.ignore_public_acls),
            restrict_public_buckets: blocks(|block| block.restrict_public_buckets),
            arn,
        });
    })
    .await;
}

/// What a bucket's policy says that further calls depend on.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Reach {
    /// An allow for everybody has a condition; only S3 knows whether that makes it public.
    pub(crate) depends_on_conditions: bool,
    /// A service that writes logs may put objects.
    log_service_writes: bool,
}

impl Reach {
    pub(crate) fn of(policy: &Json) -> Self {
        let document: Value = serde_json::from_str(&policy.0).unwrap_or_default();
        let mut reach = Self::default();
        for statement in one_or_many(document.get("Statement")) {
            if statement.get("Effect").and_then(Value::as_str) != Some("Allow") {
                continue;
            }
            let principals = principals(statement);
            let everybody = principals.contains("*") || statement.get("NotPrincipal").is_some();
            reach.depends_on_conditions |= everybody && statement.get("Condition").is_some();
            let writes = one_or_many(statement.get("Action"))
                .filter_map(Value::as_str)
                .any(|action| {
                    matches!(
                        action.to_ascii_lowercase().as_str(),
                        "s3:putobject" | "s3:put*" | "s3:*" | "*"
                    )
                });
            reach.log_service_writes |= writes && LOG_SERVICES.iter().any(|service| principals.contains(service));
        }
        reach
    }
}

fn principals(statement: &Value) -> BTreeSet<&str> {
    match statement.get("Principal") {
        Some(Value::String(name)) => BTreeSet::from([name.as_str()]),
        Some(Value::Object(kinds)) => kinds
            .values()
            .flat_map(|names| one_or_many(Some(names)))
            .filter_map(Value::as_str)
            .collect(),
        _ => BTreeSet::new(),
    }
}

fn one_or_many(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let items: Vec<&Value> = match value {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(item) => vec![item],
        None => Vec::new(),
    };
    items.into_iter()
}

fn grant_row(arn: &str, owner: Option<&str>, grant: Grant) -> Option<S3BucketAclGrant> {
    let grantee = grant.grantee?;
    let grantee_is_owner = owner.is_some() && grantee.id.as_deref() == owner;
    Some(S3BucketAclGrant {
        arn: arn.to_owned(),
        grantee_type: grantee.r#type.as_str().to_owned(),
        grantee: grantee.uri.or(grantee.id).or(grantee.email_address)?,
        permission: grant.permission?.as_str().to_owned(),
        grantee_is_owner,
    })
}

fn lifecycle_row(arn: &str, number: usize, rule: LifecycleRule) -> S3BucketLifecycleRule {
    #[expect(deprecated, reason = "rules from before filters came have their prefix here")]
    let old_prefix = rule.prefix;
    let is_glacier = |class: &TransitionStorageClass| {
        matches!(
            class,
            TransitionStorageClass::Glacier | TransitionStorageClass::GlacierIr | TransitionStorageClass::DeepArchive
        )
    };
    let transitions = rule.transitions.unwrap_or_default();
    let glacier_days = transitions
        .iter()
        .filter(|transition| transition.storage_class.as_ref().is_some_and(is_glacier))
        .filter_map(|transition| transition.days)
        .min();
    let moves: Vec<Value> = transitions
        .iter()
        .map(|transition| {
            json!({
                "days": transition.days,
                "storage_class": transition.storage_class.as_ref().map(TransitionStorageClass::as_str),
            })
        })
        .collect();
    S3BucketLifecycleRule {
        arn: arn.to_owned(),
        id: rule.id.unwrap_or_else(|| number.to_string()),
        enabled: rule.status == ExpirationStatus::Enabled,
        has_filter: rule.filter.as_ref().is_some_and(narrows),
        prefix: rule.filter.and_then(filter_prefix).or(old_prefix).unwrap_or_default(),
        expiration_days: rule.expiration.and_then(|expiration| expiration.days).map(i64::from),
        noncurrent_expiration_days: rule
            .noncurrent_version_expiration
            .and_then(|expiration| expiration.noncurrent_days)
            .map(i64::from),
        abort_incomplete_multipart_days: rule
            .abort_incomplete_multipart_upload
            .and_then(|abort| abort.days_after_initiation)
            .map(i64::from),
        glacier_days: glacier_days.map(i64::from),
        transitions: Json::of(&moves),
    }
}

fn narrows(filter: &LifecycleRuleFilter) -> bool {
    let sized = filter.object_size_greater_than.is_some() || filter.object_size_less_than.is_some();
    let both = filter.and.as_ref().is_some_and(|and| {
        and.tags.as_ref().is_some_and(|tags| !tags.is_empty())
            || and.object_size_greater_than.is_some()
            || and.object_size_less_than.is_some()
    });
    sized || both || filter.tag.is_some()
}

fn filter_prefix(filter: LifecycleRuleFilter) -> Option<String> {
    filter.prefix.or_else(|| filter.and.and_then(|and| and.prefix))
}

fn object_lock_row(arn: &str, enabled: bool, rule: Option<ObjectLockRule>) -> S3BucketObjectLock {
    let retention = rule.and_then(|rule| rule.default_retention);
    let days = retention.as_ref().and_then(|retention| {
        let years = retention.years.map(|years| i64::from(years) * 365);
        retention.days.map(i64::from).or(years)
    });
    S3BucketObjectLock {
        arn: arn.to_owned(),
        object_lock_enabled: enabled,
        default_retention_mode: retention
            .and_then(|retention| retention.mode)
            .map(|mode| mode.as_str().to_owned()),
        default_retention_days: days,
    }
}

#[cfg(test)]
mod tests;

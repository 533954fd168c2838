//! Amazon S3. What a bucket has beside its name stands in the supplementary configuration, where the service's own words are those of
//! an older SDK: `FullControl` for `FULL_CONTROL`, `AllUsers` for the address of that group.

use serde_json::{Value, json};
use standfast_inventory::tables::s3::{
    S3AccessPoint, S3Bucket, S3BucketAclGrant, S3BucketEncryption, S3BucketLifecycleRule, S3BucketLogging,
    S3BucketObjectLock, S3BucketPolicy, S3BucketPolicyStatus, S3BucketPublicAccessBlock, S3BucketVersioning,
};
use standfast_inventory::tables::s3control::S3AccountSettings;
use standfast_inventory::{Json, Row, Scope};

use super::Kind;
use crate::import::item::{Fields, Found, Item};
use crate::import::places::Place;
use crate::tables::s3::Reach;

pub(super) const BUCKET: Kind = Kind {
    name: "AWS::S3::Bucket",
    scope: Scope::Region,
    tables: &[
        S3Bucket::TABLE,
        S3BucketEncryption::TABLE,
        S3BucketVersioning::TABLE,
        S3BucketPolicy::TABLE,
        S3BucketPolicyStatus::TABLE,
        S3BucketAclGrant::TABLE,
        S3BucketPublicAccessBlock::TABLE,
        S3BucketLogging::TABLE,
        S3BucketLifecycleRule::TABLE,
        S3BucketObjectLock::TABLE,
    ],
    write: bucket,
};

pub(super) const ACCOUNT_BLOCK: Kind = Kind {
    name: "AWS::S3::AccountPublicAccessBlock",
    scope: Scope::Account,
    tables: &[S3AccountSettings::TABLE],
    write: account_block,
};

pub(super) const ACCESS_POINT: Kind = Kind {
    name: "AWS::S3::AccessPoint",
    scope: Scope::Region,
    tables: &[S3AccessPoint::TABLE],
    write: access_point,
};

fn bucket(item: &Item, place: &Place<'_>) -> Found<()> {
    let name = item
        .fields()
        .text("name")
        .or_else(|| Some(item.name.clone()).filter(|name| !name.is_empty()))
        .ok_or("name")?;
    let arn = format!("arn:{}:s3:::{name}", place.partition);
    let row = S3Bucket {
        arn: arn.clone(),
        name,
        creation_date: item.fields().moment("creationDate")?,
    };
    place.row(&row);
    // A part that an item leaves out may be one that Config could not read. Only where its lack makes a control fail, never pass, it
    // counts as not being there.
    let parts: [(&str, Part, &[&standfast_inventory::Table]); 8] = [
        (
            "BucketVersioningConfiguration",
            versioning,
            &[S3BucketVersioning::TABLE],
        ),
        (
            "ServerSideEncryptionConfiguration",
            encryption,
            &[S3BucketEncryption::TABLE],
        ),
        (
            "BucketPolicy",
            policy,
            &[S3BucketPolicy::TABLE, S3BucketPolicyStatus::TABLE],
        ),
        ("AccessControlList", grants, &[S3BucketAclGrant::TABLE]),
        ("BucketLoggingConfiguration", logging, &[S3BucketLogging::TABLE]),
        (
            "BucketLifecycleConfiguration",
            lifecycle,
            &[S3BucketLifecycleRule::TABLE],
        ),
        ("PublicAccessBlockConfiguration", public_access_block, &[]),
        ("ObjectLockConfiguration", object_lock, &[]),
    ];
    for (name, write, tables) in parts {
        let written = match item.supplement(name) {
            Some(part) => write(&arn, Fields(part), place),
            None => Err(name.to_owned()),
        };
        if let Err(what) = written {
            for table in tables {
                place.lacks(table, &arn, &format!("`{what}`"));
            }
        }
    }
    Ok(())
}

type Part = fn(&str, Fields<'_>, &Place<'_>) -> Found<()>;

fn versioning(arn: &str, part: Fields<'_>, place: &Place<'_>) -> Found<()> {
    let status = part.need_word("status")?;
    place.row(&S3BucketVersioning {
        arn: arn.to_owned(),
        versioning_enabled: status == "Enabled",
        versioning_mfa_delete: part.flag("isMfaDeleteEnabled").unwrap_or(false),
        versioning_status: Some(status).filter(|status| status != "Off"),
    });
    Ok(())
}

fn encryption(arn: &str, part: Fields<'_>, place: &Place<'_>) -> Found<()> {
    let rule = part
        .list("rules")
        .next()
        .ok_or("ServerSideEncryptionConfiguration.rules")?;
    place.row(&S3BucketEncryption {
        arn: arn.to_owned(),
        sse_algorithm: rule.need_word("applyServerSideEncryptionByDefault.sseAlgorithm")?,
        kms_master_key_id: rule.text("applyServerSideEncryptionByDefault.kmsMasterKeyID"),
        bucket_key_enabled: rule.flag("bucketKeyEnabled"),
    });
    Ok(())
}

fn policy(arn: &str, part: Fields<'_>, place: &Place<'_>) -> Found<()> {
    let Some(object) = part.0.as_object().filter(|object| object.contains_key("policyText")) else {
        return Err("BucketPolicy.policyText".to_owned());
    };
    let policy = match object.get("policyText") {
        Some(Value::String(text)) => crate::parse::policy(text),
        Some(document @ Value::Object(_)) => Json::of(document),
        _ => return Ok(()),
    };
    // What S3 makes of a policy whose reach depends on conditions, no item says.
    if Reach::of(&policy).depends_on_conditions {
        place.lacks(S3BucketPolicyStatus::TABLE, arn, "what S3 makes of its policy");
    }
    place.row(&S3BucketPolicy {
        arn: arn.to_owned(),
        policy,
    });
    Ok(())
}

fn grants(arn: &str, part: Fields<'_>, place: &Place<'_>) -> Found<()> {
    let owner = part.text("owner.id");
    let mut rows = Vec::new();
    for grant in part.need_list("grantList")? {
        let grantee = grant.get("grantee").ok_or("grantee")?;
        let (grantee_type, grantee) = match grantee {
            Value::String(group) => ("Group", group_address(group)?.to_owned()),
            other => match Fields(other).text("emailAddress") {
                Some(address) => ("AmazonCustomerByEmail", address),
                None => ("CanonicalUser", Fields(other).need_text("id")?),
            },
        };
        let permission = match grant.need_word("permission")?.as_str() {
            "FullControl" => "FULL_CONTROL",
            "Read" => "READ",
            "Write" => "WRITE",
            "ReadAcp" => "READ_ACP",
            "WriteAcp" => "WRITE_ACP",
            other => return Err(format!("permission {other}")),
        };
        rows.push(S3BucketAclGrant {
            arn: arn.to_owned(),
            grantee_type: grantee_type.to_owned(),
            grantee_is_owner: owner.as_ref() == Some(&grantee),
            grantee,
            permission: permission.to_owned(),
        });
    }
    for row in &rows {
        place.row(row);
    }
    Ok(())
}

fn group_address(group: &str) -> Found<&str> {
    Ok(match group {
        "AllUsers" => "http://acs.amazonaws.com/groups/global/AllUsers",
        "AuthenticatedUsers" => "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
        "LogDelivery" => "http://acs.amazonaws.com/groups/s3/LogDelivery",
        other if other.starts_with("http") => other,
        other => return Err(format!("group {other}")),
    })
}

fn logging(arn: &str, part: Fields<'_>, place: &Place<'_>) -> Found<()> {
    if !part.0.is_object() {
        return Err("BucketLoggingConfiguration".to_owned());
    }
    if let Some(target_bucket) = part.text("destinationBucketName") {
        place.row(&S3BucketLogging {
            arn: arn.to_owned(),
            target_bucket,
            target_prefix: part.text("logFilePrefix").unwrap_or_default(),
        });
    }
    Ok(())
}

fn lifecycle(arn: &str, part: Fields<'_>, place: &Place<'_>) -> Found<()> {
    // Null for a bucket without rules.
    if part.0.is_null() {
        return Ok(());
    }
    let rules: Vec<S3BucketLifecycleRule> = (1..)
        .zip(part.need_list("rules")?)
        .map(|(number, rule)| rule_row(arn, number, rule))
        .collect();
    for row in &rules {
        place.row(row);
    }
    Ok(())
}

fn rule_row(arn: &str, number: usize, rule: Fields<'_>) -> S3BucketLifecycleRule {
    let moves: Vec<Fields<'_>> = rule.list("transitions").collect();
    let is_glacier = |one: &&Fields<'_>| {
        let class = one.word("storageClass").unwrap_or_default().to_ascii_uppercase();
        matches!(class.as_str(), "GLACIER" | "GLACIER_IR" | "DEEP_ARCHIVE")
    };
    let predicate = rule.get("filter.predicate").map(Fields);
    let operands: Vec<Fields<'_>> = predicate.iter().flat_map(|one| one.list("operands")).collect();
    let is_prefix = |one: &Fields<'_>| one.text("type").is_some_and(|kind| kind.contains("Prefix"));
    let narrow = match predicate {
        Some(_) if !operands.is_empty() => !operands.iter().all(is_prefix),
        Some(one) => !is_prefix(&one),
        None => false,
    };
    let prefix = predicate
        .and_then(|one| one.text("prefix"))
        .or_else(|| operands.iter().find_map(|one| one.text("prefix")))
        .or_else(|| rule.text("prefix"))
        .unwrap_or_default();
    let days = |path: &str| rule.number(path).filter(|days| *days > 0);
    S3BucketLifecycleRule {
        arn: arn.to_owned(),
        id: rule.text("id").unwrap_or_else(|| number.to_string()),
        enabled: rule.word("status").as_deref() == Some("Enabled"),
        prefix,
        has_filter: narrow,
        expiration_days: days("expirationInDays"),
        noncurrent_expiration_days: days("noncurrentVersionExpirationInDays")
            .or_else(|| days("noncurrentVersionExpiration.noncurrentDays")),
        abort_incomplete_multipart_days: days("abortIncompleteMultipartUpload.daysAfterInitiation"),
        glacier_days: moves
            .iter()
            .filter(is_glacier)
            .filter_map(|one| one.number("days"))
            .min(),
        transitions: Json::of(
            &moves
                .iter()
                .map(|one| json!({"days": one.number("days"), "storage_class": one.word("storageClass")}))
                .collect::<Vec<_>>(),
        ),
    }
}

fn public_access_block(arn: &str, part: Fields<'_>, place: &Place<'_>) -> Found<()> {
    place.row(&S3BucketPublicAccessBlock {
        arn: arn.to_owned(),
        block_public_acls: part.need_flag("blockPublicAcls")?,
        block_public_policy: part.need_flag("blockPublicPolicy")?,
        ignore_public_acls: part.need_flag("ignorePublicAcls")?,
        restrict_public_buckets: part.need_flag("restrictPublicBuckets")?,
    });
    Ok(())
}

fn object_lock(arn: &str, part: Fields<'_>, place: &Place<'_>) -> Found<()> {
    if part.0.is_null() {
        return Ok(());
    }
    if part.need_word("objectLockEnabled")? != "Enabled" {
        return Ok(());
    }
    let years = part.number("rule.defaultRetention.years").map(|years| years * 365);
    place.row(&S3BucketObjectLock {
        arn: arn.to_owned(),
        object_lock_enabled: true,
        default_retention_mode: part.word("rule.defaultRetention.mode"),
        default_retention_days: part.number("rule.defaultRetention.days").or(years),
    });
    Ok(())
}

fn account_block(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    place.row(&S3AccountSettings {
        arn: format!("arn:{}:iam::{}:root", place.partition, item.account_id),
        block_public_acls: fields.need_flag("blockPublicAcls")?,
        block_public_policy: fields.need_flag("blockPublicPolicy")?,
        ignore_public_acls: fields.need_flag("ignorePublicAcls")?,
        restrict_public_buckets: fields.need_flag("restrictPublicBuckets")?,
    });
    Ok(())
}

fn access_point(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    let arn = fields.text("Arn").unwrap_or_else(|| item.arn.clone());
    let block = fields
        .get("PublicAccessBlockConfiguration")
        .map(Fields)
        .ok_or("PublicAccessBlockConfiguration")?;
    place.row(&S3AccessPoint {
        name: fields
            .text("Name")
            .unwrap_or_else(|| arn.rsplit('/').next().unwrap_or_default().to_owned()),
        bucket_name: fields.text("Bucket"),
        network_origin: fields.word("NetworkOrigin"),
        vpc_id: fields.text("VpcConfiguration.VpcId"),
        block_public_acls: block.need_flag("BlockPublicAcls")?,
        block_public_policy: block.need_flag("BlockPublicPolicy")?,
        ignore_public_acls: block.need_flag("IgnorePublicAcls")?,
        restrict_public_buckets: block.need_flag("RestrictPublicBuckets")?,
        arn,
    });
    Ok(())
}

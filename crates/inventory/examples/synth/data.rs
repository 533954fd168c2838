//! Buckets, keys, databases, file systems, secrets and certificates.

use standfast_inventory::tables::acm::AcmCertificate;
use standfast_inventory::tables::efs::EfsFileSystem;
use standfast_inventory::tables::kms::{KmsAlias, KmsKey, KmsKeyPolicy, KmsKeyRotation};
use standfast_inventory::tables::rds::{RdsDbInstance, RdsDbSnapshot, RdsDbSnapshotAttribute};
use standfast_inventory::tables::s3::{
    S3Bucket, S3BucketAclGrant, S3BucketEncryption, S3BucketLifecycleRule, S3BucketLogging, S3BucketPolicy,
    S3BucketPublicAccessBlock, S3BucketVersioning,
};
use standfast_inventory::tables::s3control::S3AccountSettings;
use standfast_inventory::tables::secretsmanager::SecretsmanagerSecret;

use crate::network::{group, subnet, vpc};
use crate::rows::{Place, Rows, document, object};

/// Shares of the kinds, in thousandths of all resources.
const KEYS: u64 = 12;
const BUCKETS: u64 = 40;
const DATABASES: u64 = 10;
const DATABASE_SNAPSHOTS: u64 = 12;
const FILE_SYSTEMS: u64 = 2;
const SECRETS: u64 = 14;
const CERTIFICATES: u64 = 6;

/// Id of the key of something.
pub(crate) fn key_id(place: &Place, number: u64) -> String {
    let dice = place.dice("kms", place.one_of(KEYS, number));
    let text = format!("{dice:016x}");
    let (front, back) = text.split_at(8);
    format!("{front}-1111-4222-8333-{back}0000")
}

/// ARN of the certificate of something.
pub(crate) fn certificate(place: &Place, number: u64) -> String {
    let number = place.one_of(CERTIFICATES, number);
    place.arn("acm", &format!("certificate/{:016x}", place.dice("acm", number)))
}

pub(crate) fn kms(place: &Place, rows: &mut Rows) {
    for number in place.each(KEYS) {
        let id = key_id(place, number);
        let arn = place.arn("kms", &format!("key/{id}"));
        rows.add::<KmsKey>(object! {
            "arn": arn,
            "id": id,
            "key_manager": "CUSTOMER",
            "key_state": if place.chance("key-deleted", number, 2) { "PendingDeletion" } else { "Enabled" },
            "key_spec": "SYMMETRIC_DEFAULT",
            "key_usage": "ENCRYPT_DECRYPT",
            "origin": "AWS_KMS",
            "enabled": !place.chance("key-deleted", number, 2),
            "multi_region": false,
            "creation_date": place.before("kms", number, 900),
        });
        rows.add::<KmsKeyRotation>(object! {
            "key_arn": arn,
            "key_rotation_enabled": place.chance("rotation", number, 85),
            "rotation_period_in_days": 365,
        });
        rows.add::<KmsKeyPolicy>(object! {
            "key_arn": arn,
            "policy": document!({"Version": "2012-10-17", "Statement": [
                {"Sid": "root", "Effect": "Allow", "Principal": {"AWS": place.iam("root")}, "Action": "kms:*", "Resource": "*"},
                {"Sid": "use", "Effect": "Allow", "Principal": {"AWS": place.iam("role/baseline-role-1")},
                 "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": "*"}]}),
        });
        let alias = format!("alias/baseline/app{number}");
        rows.add::<KmsAlias>(object! {
            "arn": place.arn("kms", &alias),
            "alias_name": alias,
            "target_key_id": id,
        });
    }
}

pub(crate) fn s3(place: &Place, rows: &mut Rows) {
    for number in place.each(BUCKETS) {
        let name = format!("data-{}-{}-{number}", place.id(), place.region);
        let arn = format!("arn:aws:s3:::{name}");
        rows.add::<S3Bucket>(object! {
            "arn": arn, "name": name, "creation_date": place.before("bucket", number, 1500),
        });
        let own = place.chance("bucket-key", number, 70);
        rows.add::<S3BucketEncryption>(object! {
            "arn": arn,
            "sse_algorithm": if own { "aws:kms" } else { "AES256" },
            "kms_master_key_id": own.then(|| place.arn("kms", &format!("key/{}", key_id(place, number)))),
            "bucket_key_enabled": own,
        });
        let versioned = place.chance("versioned", number, 75);
        rows.add::<S3BucketVersioning>(object! {
            "arn": arn,
            "versioning_enabled": versioned,
            "versioning_mfa_delete": false,
            "versioning_status": versioned.then_some("Enabled"),
        });
        if place.chance("bucket-policy", number, 85) {
            rows.add::<S3BucketPolicy>(object! {
                "arn": arn,
                "policy": document!({"Version": "2012-10-17", "Statement": [{
                    "Sid": "tls", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
                    "Resource": [arn, format!("{arn}/*")], "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}),
            });
        }
        let closed = place.chance("bucket-closed", number, 94);
        rows.add::<S3BucketPublicAccessBlock>(object! {
            "arn": arn,
            "block_public_acls": closed,
            "block_public_policy": closed,
            "ignore_public_acls": closed,
            "restrict_public_buckets": closed,
        });
        rows.add::<S3BucketAclGrant>(object! {
            "arn": arn,
            "grantee_type": "CanonicalUser",
            "grantee": format!("{:016x}", place.position),
            "permission": "FULL_CONTROL",
            "grantee_is_owner": true,
        });
        if place.chance("bucket-logged", number, 60) {
            rows.add::<S3BucketLogging>(object! {
                "arn": arn, "target_bucket": format!("logs-{}", place.id()), "target_prefix": name,
            });
        }
        if place.chance("lifecycle", number, 50) {
            rows.add::<S3BucketLifecycleRule>(object! {
                "arn": arn, "id": "age", "enabled": true, "prefix": "", "has_filter": false,
                "expiration_days": 365, "glacier_days": 90,
                "transitions": document!([{"days": 90, "storage_class": "GLACIER"}]),
            });
        }
    }
}

pub(crate) fn s3control(place: &Place, rows: &mut Rows) {
    let closed = place.chance("account-closed", 0, 90);
    rows.add::<S3AccountSettings>(object! {
        "arn": place.iam("root"),
        "block_public_acls": closed,
        "block_public_policy": closed,
        "ignore_public_acls": closed,
        "restrict_public_buckets": closed,
    });
}

pub(crate) fn rds(place: &Place, rows: &mut Rows) {
    for number in place.each(DATABASES) {
        let name = format!("orders-{number}");
        let encrypted = place.chance("db-encrypted", number, 93);
        rows.add::<RdsDbInstance>(object! {
            "arn": place.arn("rds", &format!("db:{name}")),
            "db_instance_identifier": name,
            "status": "available",
            "engine": "postgres",
            "engine_version": "17.4",
            "class": "db.m6g.large",
            "publicly_accessible": place.chance("db-public", number, 3),
            "storage_encrypted": encrypted,
            "kms_key_id": encrypted.then(|| place.arn("kms", &format!("key/{}", key_id(place, number)))),
            "multi_az": place.chance("db-az", number, 60),
            "auto_minor_version_upgrade": place.chance("db-upgrade", number, 80),
            "backup_retention_period": if place.chance("db-backup", number, 85) { 14 } else { 0 },
            "deletion_protection": place.chance("db-protected", number, 70),
            "iam_database_authentication_enabled": place.chance("db-iam", number, 40),
            "copy_tags_to_snapshot": true,
            "enhanced_monitoring_interval": 60,
            "master_user_name": "owner",
            "port": 5432,
            "enabled_cloudwatch_logs_exports": ["postgresql"],
            "db_parameter_groups": ["default.postgres17"],
            "vpc_id": vpc(place, number),
            "subnet_ids": [subnet(place, number), subnet(place, number + 1)],
            "vpc_security_group_ids": [group(place, number)],
            "create_time": place.before("db", number, 900),
            "tags": place.tags("db", number),
        });
    }
    for number in place.each(DATABASE_SNAPSHOTS) {
        let name = format!("orders-{number}-before-release");
        let arn = place.arn("rds", &format!("snapshot:{name}"));
        rows.add::<RdsDbSnapshot>(object! {
            "arn": arn,
            "db_snapshot_identifier": name,
            "db_instance_identifier": format!("orders-{}", place.one_of(DATABASES, number)),
            "type": "manual",
            "status": "available",
            "engine": "postgres",
            "encrypted": place.chance("db-snap-encrypted", number, 92),
            "create_time": place.before("db-snap", number, 600),
        });
        let public = place.chance("db-snap-public", number, 1);
        rows.add::<RdsDbSnapshotAttribute>(object! {
            "arn": arn, "restore_account_ids": if public { vec!["all"] } else { vec![] },
        });
    }
}

pub(crate) fn efs(place: &Place, rows: &mut Rows) {
    for number in place.each(FILE_SYSTEMS) {
        let id = place.name("fs", number);
        rows.add::<EfsFileSystem>(object! {
            "arn": place.arn("elasticfilesystem", &format!("file-system/{id}")),
            "file_system_id": id,
            "encrypted": place.chance("efs-encrypted", number, 90),
            "creation_time": place.before("efs", number, 900),
            "life_cycle_state": "available",
            "number_of_mount_targets": 2,
            "tags": "{}",
        });
    }
}

pub(crate) fn secretsmanager(place: &Place, rows: &mut Rows) {
    for number in place.each(SECRETS) {
        let name = format!("app/password-{number}");
        let rotates = place.chance("secret-rotates", number, 75);
        rows.add::<SecretsmanagerSecret>(object! {
            "arn": place.arn("secretsmanager", &format!("secret:{name}-{number:06}")),
            "name": name,
            "kms_key_id": place.chance("secret-key", number, 70)
                .then(|| place.arn("kms", &format!("key/{}", key_id(place, number)))),
            "rotation_enabled": rotates,
            "rotation_days": rotates.then_some(30),
            "created_date": place.before("secret", number, 900),
            "last_changed_date": place.before("secret-changed", number, 60),
            "last_rotated_date": rotates.then(|| place.before("secret-rotated", number, 40)),
            "last_accessed_date": place.before("secret-used", number, 30),
            "tags": "{}",
        });
    }
}

pub(crate) fn acm(place: &Place, rows: &mut Rows) {
    for number in place.each(CERTIFICATES) {
        let until = i64::try_from(place.dice("acm-until", number) % (400 * 24)).unwrap_or(0);
        rows.add::<AcmCertificate>(object! {
            "arn": certificate(place, number),
            "domain_name": format!("app{number}.example.org"),
            "status": "ISSUED",
            "type": "AMAZON_ISSUED",
            "key_algorithm": "RSA-2048",
            "in_use": true,
            "renewal_eligibility": "ELIGIBLE",
            "created_at": place.before("acm", number, 300),
            "not_after": place.at(until),
        });
    }
}

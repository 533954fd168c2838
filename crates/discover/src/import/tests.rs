use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use standfast_inventory::{Journal, UnitRecord};
use standfast_model::Account;

use super::{ImportError, ImportFiles, read, survey};
use crate::run::Progress;

const ACCOUNT: &str = "111122223333";
const OTHER: &str = "444455556666";

struct Quiet;

impl Progress for Quiet {
    fn unit(&self, _record: &UnitRecord, _remaining: usize) {}
    fn account(&self, _account: &Account) {}
}

/// An item of a volume.
fn volume(account: &str, region: &str, id: &str, encrypted: Value, captured: &str, status: &str) -> Value {
    json!({
        "relatedEvents": [], "relationships": [],
        "configuration": {
            "attachments": [], "availabilityZone": format!("{region}a"), "createTime": "2024-05-01T08:00:00.000Z",
            "encrypted": encrypted, "kmsKeyId": null, "size": 8, "snapshotId": "", "state": {"value": "in-use"},
            "volumeId": id, "volumeType": "gp3",
        },
        "supplementaryConfiguration": {}, "tags": {"team": "data"}, "configurationItemVersion": "1.3",
        "configurationItemCaptureTime": captured, "configurationStateId": 1, "awsAccountId": account,
        "configurationItemStatus": status, "resourceType": "AWS::EC2::Volume", "resourceId": id,
        "ARN": format!("arn:aws:ec2:{region}:{account}:volume/{id}"), "awsRegion": region,
    })
}

/// An item of any type.
fn item(kind: &str, id: &str, region: &str, configuration: Value, supplementary: Value) -> Value {
    json!({
        "configuration": configuration, "supplementaryConfiguration": supplementary, "tags": {},
        "configurationItemCaptureTime": "2026-01-30T09:00:00.000Z", "awsAccountId": ACCOUNT,
        "configurationItemStatus": "OK", "resourceType": kind, "resourceId": id, "resourceName": id,
        "ARN": format!("arn:aws:example:{region}:{ACCOUNT}:{id}"), "awsRegion": region,
    })
}

fn snapshot(items: &[Value]) -> Value {
    json!({"fileVersion": "1.0", "configSnapshotId": "0f1e2d3c-0000-4000-8000-000000000001", "configurationItems": items})
}

fn write(folder: &Path, name: &str, value: &Value) -> PathBuf {
    let path = folder.join(name);
    let text = serde_json::to_vec_pretty(value).expect("JSON");
    if path.extension().is_some_and(|extension| extension == "gz") {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(&text).expect("packed");
        std::fs::write(&path, packed.finish().expect("packed")).expect("a file");
    } else {
        std::fs::write(&path, text).expect("a file");
    }
    path
}

/// What an import wrote: rows by table, the ledger's operation, account, region and resource, and the units that were finished.
#[derive(Debug, Default)]
struct Imported {
    rows: BTreeMap<String, Vec<Value>>,
    dark: Vec<(String, String, String, Option<String>)>,
    units: Vec<(String, String, String)>,
}

impl Imported {
    fn column(&self, table: &str, column: &str) -> Vec<Value> {
        let mut values: Vec<Value> = self
            .rows
            .get(table)
            .into_iter()
            .flatten()
            .map(|row| row[column].clone())
            .collect();
        values.sort_by_key(Value::to_string);
        values
    }

    fn is_dark(&self, what: &str, region: &str) -> bool {
        self.dark
            .iter()
            .any(|(operation, _, at, _)| *operation == format!("import:{what}") && at == region)
    }

    fn is_dark_for(&self, what: &str, resource: &str) -> bool {
        self.dark
            .iter()
            .any(|(operation, _, _, of)| *operation == format!("import:{what}") && of.as_deref() == Some(resource))
    }
}

fn import(folder: &Path, files: &ImportFiles) -> Result<Imported, ImportError> {
    let now = "2026-01-31T09:00:00Z".parse().expect("a moment");
    let survey = survey(files, now)?;
    let dir = folder.join("journal");
    let journal = Arc::new(Journal::create(&dir, survey.run.clone())?);
    read(&survey, &journal, &Quiet)?;
    let mut imported = Imported::default();
    for account in &survey.run.accounts {
        for entry in std::fs::read_dir(dir.join(&account.id)).expect("the account's folder") {
            let path = entry.expect("an entry").path();
            let table = path
                .file_stem()
                .and_then(|stem| stem.to_str())
                .expect("a name")
                .to_owned();
            for line in std::fs::read_to_string(&path).expect("rows").lines() {
                let row: Value = serde_json::from_str(line).expect("a row");
                let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
                match table.as_str() {
                    "standfast_collection_error" => imported.dark.push((
                        text("operation"),
                        text("account_id"),
                        text("region"),
                        row["resource"].as_str().map(str::to_owned),
                    )),
                    "units" => imported
                        .units
                        .push((text("account_id"), text("region"), text("service"))),
                    _ => imported.rows.entry(table.clone()).or_default().push(row),
                }
            }
        }
    }
    Ok(imported)
}

fn config(paths: &[&Path]) -> ImportFiles {
    ImportFiles {
        config_snapshots: paths.iter().map(|path| path.to_path_buf()).collect(),
        iam_details: Vec::new(),
    }
}

fn details(paths: &[&Path]) -> ImportFiles {
    ImportFiles {
        config_snapshots: Vec::new(),
        iam_details: paths.iter().map(|path| path.to_path_buf()).collect(),
    }
}

const EARLY: &str = "2026-01-29T09:00:00.000Z";
const LATE: &str = "2026-01-30T09:00:00.000Z";

#[test]
fn items_of_several_files_accounts_and_regions_make_one_snapshot() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join("bucket/AWSLogs");
    std::fs::create_dir_all(&inside).expect("a folder");
    let first = [
        volume(ACCOUNT, "us-east-1", "vol-1", json!(false), EARLY, "OK"),
        item("AWS::Example::Thing", "thing", "eu-west-1", json!({}), json!({})),
    ];
    write(&inside, "a.json.gz", &snapshot(&first));
    let second = [volume(
        OTHER,
        "us-east-1",
        "vol-2",
        json!(true),
        EARLY,
        "ResourceDiscovered",
    )];
    write(&inside, "b.json", &snapshot(&second));
    let imported = import(folder.path(), &config(&[&folder.path().join("bucket")])).expect("an import");
    assert_eq!(
        imported.column("aws_ebs_volume", "account_id"),
        [json!(ACCOUNT), json!(OTHER)]
    );
    assert_eq!(
        imported.column("aws_ebs_volume", "encrypted"),
        [json!(false), json!(true)]
    );
    assert_eq!(
        imported.column("aws_ebs_volume", "state"),
        [json!("in-use"), json!("in-use")]
    );
    assert_eq!(
        imported.column("aws_region", "region"),
        [json!("eu-west-1"), json!("us-east-1"), json!("us-east-1")],
        "a region of which only unknown types have items is a region"
    );
    let ec2: Vec<_> = imported.units.iter().filter(|unit| unit.2 == "ec2").collect();
    assert_eq!(ec2.len(), 2, "eu-west-1 has no item of EC2 and is not read: {ec2:?}");
}

#[test]
fn what_is_not_in_the_files_is_dark() {
    let folder = tempfile::tempdir().expect("a folder");
    let items = [volume(ACCOUNT, "us-east-1", "vol-1", json!(false), EARLY, "OK")];
    let file = write(folder.path(), "a.json", &snapshot(&items));
    let imported = import(folder.path(), &config(&[&file])).expect("an import");
    assert!(!imported.is_dark("aws_ebs_volume", "us-east-1"));
    for table in [
        "aws_ec2_instance",
        "aws_vpc_security_group",
        "aws_vpc_security_group_rule",
    ] {
        assert!(imported.is_dark(table, "us-east-1"), "{table}");
    }
    assert!(
        imported.is_dark("aws_ebs_snapshot", "global"),
        "no item tells of EBS snapshots"
    );
    for service in ["iam", "guardduty", "s3", "organizations"] {
        assert!(imported.is_dark(service, "global"), "{service}");
    }
    assert!(imported.is_dark("aws_account.is_management", "global"));
}

#[test]
fn the_newest_item_of_a_resource_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let newer = [
        volume(ACCOUNT, "us-east-1", "vol-1", json!(true), LATE, "OK"),
        volume(ACCOUNT, "us-east-1", "vol-2", json!(true), LATE, "ResourceDeleted"),
        volume(ACCOUNT, "us-east-1", "vol-3", json!(true), EARLY, "ResourceNotRecorded"),
    ];
    let older = [
        volume(ACCOUNT, "us-east-1", "vol-1", json!(false), EARLY, "OK"),
        volume(ACCOUNT, "us-east-1", "vol-2", json!(false), EARLY, "OK"),
    ];
    let one = write(folder.path(), "a.json", &snapshot(&newer));
    let two = write(folder.path(), "b.json", &snapshot(&older));
    let imported = import(folder.path(), &config(&[&one, &two])).expect("an import");
    assert_eq!(imported.column("aws_ebs_volume", "volume_id"), [json!("vol-1")]);
    assert_eq!(imported.column("aws_ebs_volume", "encrypted"), [json!(true)]);
    assert!(imported.is_dark_for(
        "aws_ebs_volume",
        &format!("arn:aws:ec2:us-east-1:{ACCOUNT}:volume/vol-3")
    ));
}

#[test]
fn a_type_that_was_only_deleted_unrecorded_is_dark() {
    let folder = tempfile::tempdir().expect("a folder");
    let items = [volume(
        ACCOUNT,
        "us-east-1",
        "vol-1",
        json!(true),
        LATE,
        "ResourceDeletedNotRecorded",
    )];
    let file = write(folder.path(), "a.json", &snapshot(&items));
    let imported = import(folder.path(), &config(&[&file])).expect("an import");
    assert!(imported.is_dark("aws_ebs_volume", "us-east-1"));
}

#[test]
fn an_item_without_what_a_verdict_needs_is_dark() {
    let folder = tempfile::tempdir().expect("a folder");
    let items = [
        volume(ACCOUNT, "us-east-1", "vol-1", Value::Null, LATE, "OK"),
        volume(ACCOUNT, "us-east-1", "vol-2", json!(true), LATE, "OK"),
    ];
    let file = write(folder.path(), "a.json", &snapshot(&items));
    let imported = import(folder.path(), &config(&[&file])).expect("an import");
    assert_eq!(imported.column("aws_ebs_volume", "volume_id"), [json!("vol-2")]);
    assert!(imported.is_dark_for(
        "aws_ebs_volume",
        &format!("arn:aws:ec2:us-east-1:{ACCOUNT}:volume/vol-1")
    ));
}

/// A bucket's item with what Config keeps beside it, JSON within text included.
fn bucket(name: &str, supplementary: Value) -> Value {
    item(
        "AWS::S3::Bucket",
        name,
        "us-east-1",
        json!({"name": name, "creationDate": 1_714_550_400_000_i64}),
        supplementary,
    )
}

#[test]
fn parts_of_a_bucket_fill_its_tables() {
    let folder = tempfile::tempdir().expect("a folder");
    let acl = json!({
        "grantSet": null,
        "grantList": [
            {"grantee": {"id": "owner-id", "displayName": null}, "permission": "FullControl"},
            {"grantee": "AllUsers", "permission": "Read"},
        ],
        "owner": {"displayName": null, "id": "owner-id"}, "isRequesterCharged": false,
    });
    let policy = json!({"Version": "2012-10-17", "Statement": []}).to_string();
    let items = [
        bucket(
            "reports",
            json!({
                "AccessControlList": json!(acl.to_string()).to_string(),
                "BucketPolicy": {"policyText": policy},
                "BucketVersioningConfiguration": {"status": "Suspended", "isMfaDeleteEnabled": null},
                "BucketLoggingConfiguration": {"destinationBucketName": null, "logFilePrefix": null},
                "ServerSideEncryptionConfiguration": {"rules": [
                    {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256", "kmsMasterKeyID": null}, "bucketKeyEnabled": false},
                ]},
                "PublicAccessBlockConfiguration": {
                    "blockPublicAcls": true, "ignorePublicAcls": true, "blockPublicPolicy": true, "restrictPublicBuckets": false,
                },
                "BucketLifecycleConfiguration": {"rules": [
                    {"id": "old", "status": "Enabled", "expirationInDays": 365, "filter": {"predicate": {"type": "LifecyclePrefixPredicate", "prefix": "logs/"}},
                     "transitions": [{"days": 90, "storageClass": "GLACIER"}]},
                ]},
            }),
        ),
        bucket("bare", json!({"BucketPolicy": {"policyText": null}})),
    ];
    let file = write(folder.path(), "a.json", &snapshot(&items));
    let imported = import(folder.path(), &config(&[&file])).expect("an import");
    assert_eq!(
        imported.column("aws_s3_bucket_acl_grant", "grantee"),
        [
            json!("http://acs.amazonaws.com/groups/global/AllUsers"),
            json!("owner-id")
        ]
    );
    assert_eq!(
        imported.column("aws_s3_bucket_acl_grant", "permission"),
        [json!("FULL_CONTROL"), json!("READ")]
    );
    assert_eq!(
        imported.column("aws_s3_bucket_versioning", "versioning_status"),
        [json!("Suspended")]
    );
    assert_eq!(
        imported.column("aws_s3_bucket_versioning", "versioning_enabled"),
        [json!(false)]
    );
    assert_eq!(
        imported.column("aws_s3_bucket_public_access_block", "restrict_public_buckets"),
        [json!(false)]
    );
    assert_eq!(
        imported.column("aws_s3_bucket_lifecycle_rule", "prefix"),
        [json!("logs/")]
    );
    assert_eq!(
        imported.column("aws_s3_bucket_lifecycle_rule", "glacier_days"),
        [json!(90)]
    );
    assert_eq!(
        imported.column("aws_s3_bucket_encryption", "sse_algorithm"),
        [json!("AES256")]
    );
    assert_eq!(
        imported.column("aws_s3_bucket", "creation_date"),
        [json!("2024-05-01T08:00:00Z"), json!("2024-05-01T08:00:00Z")]
    );
    let bare = "arn:aws:s3:::bare";
    for table in [
        "aws_s3_bucket_versioning",
        "aws_s3_bucket_acl_grant",
        "aws_s3_bucket_encryption",
        "aws_s3_bucket_logging",
    ] {
        assert!(
            imported.is_dark_for(table, bare),
            "{table}: a part that is left out is not one that is empty"
        );
    }
    assert!(
        !imported.is_dark_for("aws_s3_bucket_policy", bare),
        "the item says that there is no policy"
    );
}

#[test]
fn rules_of_a_security_group_are_named_after_what_they_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let group = json!({
        "description": "web", "groupName": "web", "groupId": "sg-1", "ownerId": ACCOUNT, "vpcId": "vpc-1",
        "ipPermissions": [
            {"fromPort": 22, "toPort": 22, "ipProtocol": "tcp", "ipRanges": ["0.0.0.0/0"], "ipv4Ranges": [{"cidrIp": "0.0.0.0/0"}],
             "ipv6Ranges": [{"cidrIpv6": "::/0"}], "prefixListIds": [], "userIdGroupPairs": []},
        ],
        "ipPermissionsEgress": [
            {"ipProtocol": "-1", "ipRanges": [], "ipv4Ranges": [], "ipv6Ranges": [], "prefixListIds": [],
             "userIdGroupPairs": [{"groupId": "sg-2", "userId": OTHER}]},
        ],
    });
    let file = write(
        folder.path(),
        "a.json",
        &snapshot(&[item(
            "AWS::EC2::SecurityGroup",
            "sg-1",
            "us-east-1",
            json!(group.to_string()),
            json!({}),
        )]),
    );
    let imported = import(folder.path(), &config(&[&file])).expect("an import");
    assert_eq!(
        imported.column("aws_vpc_security_group_rule", "security_group_rule_id"),
        [
            json!("sg-1:egress:-1:-1--1:sg-2"),
            json!("sg-1:ingress:tcp:22-22:0.0.0.0/0"),
            json!("sg-1:ingress:tcp:22-22:::/0"),
        ]
    );
    assert_eq!(
        imported.column("aws_vpc_security_group", "arn"),
        [json!(format!("arn:aws:ec2:us-east-1:{ACCOUNT}:security-group/sg-1"))]
    );
}

fn problem(result: Result<Imported, ImportError>) -> String {
    result.expect_err("the file is at fault").to_string()
}

#[test]
fn a_file_that_is_cut_off_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let items: Vec<Value> = (0..50)
        .map(|number| volume(ACCOUNT, "us-east-1", &format!("vol-{number}"), json!(true), LATE, "OK"))
        .collect();
    let file = write(folder.path(), "a.json.gz", &snapshot(&items));
    let whole = std::fs::read(&file).expect("the file");
    // Also when only the checksum at the end is gone, and all of the JSON is there.
    for length in [whole.len() / 2, whole.len() - 8, whole.len() - 1] {
        std::fs::write(&file, &whole[..length]).expect("a file");
        let problem = problem(import(folder.path(), &config(&[&file])));
        assert!(problem.contains("a.json.gz"), "{problem}");
        assert!(
            !folder.path().join("journal").exists(),
            "{length} of {} bytes",
            whole.len()
        );
    }
    let text = write(folder.path(), "b.json", &snapshot(&items));
    let plain = std::fs::read(&text).expect("the file");
    std::fs::write(&text, &plain[..plain.len() / 2]).expect("a file");
    let problem = problem(import(folder.path(), &config(&[&text])));
    assert!(problem.contains("b.json") && problem.contains("line "), "{problem}");
}

#[test]
fn files_of_another_kind_are_refused_with_their_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut history = snapshot(&[volume(ACCOUNT, "us-east-1", "vol-1", json!(true), LATE, "OK")]);
    history["configSnapshotId"] = Value::Null;
    let mut foreign = volume(ACCOUNT, "us-east-1", "vol-1", json!(true), LATE, "OK");
    foreign["awsAccountId"] = json!("../../elsewhere");
    let mut timeless = volume(ACCOUNT, "us-east-1", "vol-1", json!(true), LATE, "OK");
    timeless["configurationItemCaptureTime"] = json!("yesterday");
    for (value, expected) in [
        (history, "only what changed"),
        (json!({"UserDetailList": []}), "no `configurationItems`"),
        (json!([1, 2]), "invalid type: sequence"),
        (
            snapshot(&[json!({"resourceType": "AWS::EC2::Volume"})]),
            "missing field",
        ),
        (snapshot(&[foreign]), "not 12 digits"),
        (snapshot(&[timeless]), "`yesterday`"),
    ] {
        let file = write(folder.path(), "a.json", &value);
        let problem = problem(import(folder.path(), &config(&[&file])));
        assert!(problem.contains(expected), "{problem}");
        assert!(
            problem.contains("a.json` line ") && problem.contains("; expected "),
            "{problem}"
        );
    }
    let file = write(folder.path(), "a.json", &snapshot(&[]));
    assert!(problem(import(folder.path(), &details(&[&file]))).contains("is missing"));
    assert!(problem(import(folder.path(), &config(&[&file]))).contains("no item of any account"));
    assert!(
        problem(import(
            folder.path(),
            &config(&[folder.path().join("none.json").as_path()])
        ))
        .contains("none.json")
    );
}

fn role(account: &str, name: &str) -> Value {
    json!({
        "Path": "/", "RoleName": name, "RoleId": "AROAEXAMPLE1", "Arn": format!("arn:aws:iam::{account}:role/{name}"),
        "CreateDate": "2024-01-01T00:00:00+00:00",
        "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []},
        "InstanceProfileList": [], "RolePolicyList": [{"PolicyName": "all", "PolicyDocument": {"Statement": [], "Version": "2012-10-17"}}],
        "AttachedManagedPolicies": [{"PolicyName": "x", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}],
        "Tags": [{"Key": "team", "Value": "data"}], "RoleLastUsed": {"LastUsedDate": "2026-01-15T00:00:00+00:00", "Region": "eu-west-1"},
    })
}

fn page(roles: &[Value], policies: &[Value]) -> Value {
    json!({"UserDetailList": [], "GroupDetailList": [], "RoleDetailList": roles, "Policies": policies})
}

fn aws_policy() -> Value {
    json!({"PolicyName": "ReadOnlyAccess", "PolicyId": "ANPAEXAMPLE", "Arn": "arn:aws:iam::aws:policy/ReadOnlyAccess", "PolicyVersionList": []})
}

#[test]
fn details_fill_the_tables_of_the_collector() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = write(folder.path(), "a.json", &page(&[role(ACCOUNT, "web")], &[aws_policy()]));
    let imported = import(folder.path(), &details(&[&file])).expect("an import");
    assert_eq!(imported.column("aws_iam_role", "name"), [json!("web")]);
    assert_eq!(
        imported.column("aws_iam_role", "role_last_used_date"),
        [json!("2026-01-15T00:00:00Z")]
    );
    assert_eq!(imported.column("aws_iam_role", "tags"), [json!(r#"{"team":"data"}"#)]);
    assert_eq!(imported.column("aws_iam_inline_policy", "policy_name"), [json!("all")]);
    assert_eq!(
        imported.column("aws_iam_policy", "arn"),
        [] as [Value; 0],
        "policies of AWS are AWS's to keep"
    );
    // A policy of AWS is listed by a call without a filter alone: that there are no users is known.
    assert!(
        !imported.is_dark("aws_iam_user", "global") && !imported.is_dark("aws_iam_role.role_last_used_date", "global")
    );
    for table in [
        "aws_iam_credential_report",
        "aws_iam_account_password_policy",
        "aws_iam_virtual_mfa_device",
        "aws_iam_access_key",
    ] {
        assert!(imported.is_dark(table, "global"), "{table}");
    }
}

#[test]
fn a_call_with_a_filter_does_not_show_that_there_are_no_users() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = write(folder.path(), "a.json", &page(&[role(ACCOUNT, "web")], &[]));
    let imported = import(folder.path(), &details(&[&file])).expect("an import");
    assert!(imported.is_dark("aws_iam_user", "global") && imported.is_dark("aws_iam_inline_policy", "global"));
    assert!(!imported.is_dark("aws_iam_role", "global"));
}

#[test]
fn pages_are_put_together_and_must_be_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut first = page(&[role(ACCOUNT, "web")], &[aws_policy()]);
    first["IsTruncated"] = json!(true);
    first["Marker"] = json!("page-2");
    let second = page(&[role(ACCOUNT, "batch")], &[]);
    let path = folder.path().join("pages.json");
    std::fs::write(&path, format!("{first}\n{second}\n")).expect("a file");
    let imported = import(folder.path(), &details(&[&path])).expect("an import");
    assert_eq!(imported.column("aws_iam_role", "name"), [json!("batch"), json!("web")]);
    std::fs::remove_dir_all(folder.path().join("journal")).expect("removed");
    std::fs::write(&path, first.to_string()).expect("a file");
    assert!(problem(import(folder.path(), &details(&[&path]))).contains("cut off"));
    let mixed = write(
        folder.path(),
        "mixed.json",
        &page(&[role(ACCOUNT, "web"), role(OTHER, "web")], &[]),
    );
    let problem = problem(import(folder.path(), &details(&[&mixed])));
    assert!(
        problem.contains("not of account 111122223333") && problem.contains("line "),
        "{problem}"
    );
}

#[test]
fn details_tell_more_than_config_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let trust = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%5D%7D";
    let configured = json!({
        "path": "/", "roleName": "web", "roleId": "AROAEXAMPLE1", "arn": format!("arn:aws:iam::{ACCOUNT}:role/web"),
        "createDate": "2024-01-01T00:00:00.000Z", "assumeRolePolicyDocument": trust, "instanceProfileList": [],
        "rolePolicyList": [{"policyName": "all", "policyDocument": trust}], "attachedManagedPolicies": [],
        "permissionsBoundary": null, "tags": [], "roleLastUsed": {"lastUsedDate": "2020-01-01T00:00:00.000Z", "region": "us-east-1"},
    });
    let items = [item("AWS::IAM::Role", "AROAEXAMPLE1", "global", configured, json!({}))];
    let of_config = write(folder.path(), "a.json", &snapshot(&items));
    let imported = import(folder.path(), &config(&[&of_config])).expect("an import");
    assert_eq!(imported.column("aws_iam_role", "role_last_used_date"), [Value::Null]);
    assert_eq!(
        imported.column("aws_iam_role", "assume_role_policy"),
        [json!(r#"{"Statement":[],"Version":"2012-10-17"}"#)]
    );
    assert!(imported.is_dark("aws_iam_role.role_last_used_date", "global"));
    assert!(imported.is_dark("aws_iam_user", "global"));
    std::fs::remove_dir_all(folder.path().join("journal")).expect("removed");
    let of_iam = write(folder.path(), "b.json", &page(&[role(ACCOUNT, "web")], &[aws_policy()]));
    let both = ImportFiles {
        config_snapshots: vec![of_config],
        iam_details: vec![of_iam],
    };
    let imported = import(folder.path(), &both).expect("an import");
    assert_eq!(
        imported.column("aws_iam_role", "role_last_used_date"),
        [json!("2026-01-15T00:00:00Z")]
    );
    assert!(!imported.is_dark("aws_iam_role.role_last_used_date", "global"));
}

#[test]
fn every_type_fills_tables_of_one_service_and_every_blind_column_is_one() {
    for kind in super::KINDS {
        for table in kind.tables {
            assert_eq!(table.service(), kind.service(), "{}", kind.name);
            for blind in super::config::blind(table.name) {
                assert!(
                    table.columns.iter().any(|column| column.name == *blind),
                    "{}.{blind}",
                    table.name
                );
            }
        }
    }
}

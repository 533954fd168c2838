//! Files in place of AWS: the whole loop on snapshots of AWS Config and on IAM details, faults planted in them, and files at fault.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::stand_in::{Finding, Project, Server, root, seed};

const WORK: &str = "111122223333";
const DATA: &str = "444455556666";
/// Nothing listens there: an import makes no call.
const NOWHERE: &str = "http://127.0.0.1:9";

fn item(account: &str, region: &str, kind: &str, id: &str, configuration: Value, supplementary: Value) -> Value {
    let (service, name) = match kind.split("::").collect::<Vec<_>>()[..] {
        [_, service, name] => (service.to_lowercase(), name.to_lowercase()),
        _ => (String::new(), String::new()),
    };
    json!({
        "relatedEvents": [], "relationships": [], "configuration": configuration, "supplementaryConfiguration": supplementary,
        "tags": {"team": "data"}, "configurationItemVersion": "1.3", "configurationItemCaptureTime": "2026-01-30T09:00:00.000Z",
        "configurationStateId": 1_769_763_600_000_i64, "awsAccountId": account, "configurationItemStatus": "OK", "resourceType": kind,
        "resourceId": id, "resourceName": id, "ARN": format!("arn:aws:{service}:{region}:{account}:{name}/{id}"), "awsRegion": region,
        "availabilityZone": "Not Applicable", "configurationStateMd5Hash": "",
    })
}

fn volume(account: &str, region: &str, id: &str, encrypted: bool) -> Value {
    let configuration = json!({
        "attachments": [], "availabilityZone": format!("{region}a"), "createTime": "2024-05-01T08:00:00.000Z", "encrypted": encrypted,
        "kmsKeyId": null, "size": 8, "snapshotId": "", "state": "in-use", "volumeId": id, "volumeType": "gp3", "tags": [],
    });
    item(account, region, "AWS::EC2::Volume", id, configuration, json!({}))
}

fn group(account: &str, region: &str, id: &str, open: bool) -> Value {
    let range = if open { "0.0.0.0/0" } else { "192.0.2.0/24" };
    let configuration = json!({
        "description": id, "groupName": id, "groupId": id, "ownerId": account, "vpcId": "vpc-1",
        "ipPermissions": [{
            "fromPort": 22, "toPort": 22, "ipProtocol": "tcp", "ipRanges": [range], "ipv4Ranges": [{"cidrIp": range}],
            "ipv6Ranges": [], "prefixListIds": [], "userIdGroupPairs": [],
        }],
        "ipPermissionsEgress": [],
    });
    item(account, region, "AWS::EC2::SecurityGroup", id, configuration, json!({}))
}

fn bucket(account: &str, region: &str, name: &str, sound: bool) -> Value {
    let grants = if sound {
        json!([{"grantee": {"id": "owner", "displayName": null}, "permission": "FullControl"}])
    } else {
        json!([{"grantee": {"id": "owner", "displayName": null}, "permission": "FullControl"}, {"grantee": "AllUsers", "permission": "Read"}])
    };
    let acl = json!({"grantSet": null, "grantList": grants, "owner": {"displayName": null, "id": "owner"}, "isRequesterCharged": false});
    let tls = json!({"Version": "2012-10-17", "Statement": [{
        "Effect": "Deny", "Principal": "*", "Action": "s3:*",
        "Resource": [format!("arn:aws:s3:::{name}"), format!("arn:aws:s3:::{name}/*")],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }]});
    let mut supplementary = json!({
        "AccessControlList": json!(acl.to_string()).to_string(),
        "BucketPolicy": {"policyText": sound.then(|| tls.to_string())},
        "BucketVersioningConfiguration": {"status": if sound { "Enabled" } else { "Off" }, "isMfaDeleteEnabled": null},
        "BucketLoggingConfiguration": {"destinationBucketName": null, "logFilePrefix": null},
        "ServerSideEncryptionConfiguration": {"rules": [
            {"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256", "kmsMasterKeyID": null}, "bucketKeyEnabled": false},
        ]},
    });
    if sound {
        supplementary["PublicAccessBlockConfiguration"] = json!({"blockPublicAcls": true, "ignorePublicAcls": true, "blockPublicPolicy": true, "restrictPublicBuckets": true});
    }
    let configuration = json!({"name": name, "creationDate": "2024-05-01T08:00:00.000Z", "owner": {"id": "owner"}});
    let mut bucket = item(account, region, "AWS::S3::Bucket", name, configuration, supplementary);
    bucket["ARN"] = json!(format!("arn:aws:s3:::{name}"));
    bucket
}

fn key(account: &str, region: &str, id: &str, rotates: bool) -> Value {
    let arn = format!("arn:aws:kms:{region}:{account}:key/{id}");
    let policy = json!({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": format!("arn:aws:iam::{account}:root")}, "Action": "kms:*", "Resource": "*"},
    ]});
    let configuration = json!({
        "keyId": id, "arn": arn, "awsaccountId": account, "creationDate": "2024-05-01T08:00:00.000Z", "enabled": true, "description": "",
        "keyUsage": "ENCRYPT_DECRYPT", "keyState": "Enabled", "origin": "AWS_KMS", "keyManager": "CUSTOMER", "keySpec": "SYMMETRIC_DEFAULT",
        "customerMasterKeySpec": "SYMMETRIC_DEFAULT", "multiRegion": false,
    });
    let supplementary = json!({"Policy": json!(policy.to_string()).to_string(), "KeyRotationStatus": rotates.to_string(), "Tags": "[]"});
    item(account, region, "AWS::KMS::Key", id, configuration, supplementary)
}

fn trail(account: &str, region: &str) -> Value {
    let configuration = json!({
        "name": "all", "s3BucketName": "logs-of-elsewhere", "s3KeyPrefix": null, "snsTopicName": null, "snsTopicARN": null,
        "includeGlobalServiceEvents": true, "isMultiRegionTrail": true, "homeRegion": region,
        "trailARN": format!("arn:aws:cloudtrail:{region}:{account}:trail/all"), "logFileValidationEnabled": false,
        "cloudWatchLogsLogGroupArn": null, "cloudWatchLogsRoleArn": null, "kmsKeyId": null, "hasCustomEventSelectors": false,
        "hasInsightSelectors": false, "isOrganizationTrail": false,
    });
    item(
        account,
        region,
        "AWS::CloudTrail::Trail",
        "all",
        configuration,
        json!({}),
    )
}

fn database(account: &str, region: &str, name: &str, sound: bool) -> Value {
    let configuration = json!({
        "dBInstanceIdentifier": name, "dBInstanceClass": "db.t3.medium", "engine": "postgres", "dBInstanceStatus": "available",
        "masterUsername": "owner", "endpoint": {"address": "db.example.com", "port": 5432, "hostedZoneId": "Z1"}, "allocatedStorage": 20,
        "instanceCreateTime": "2024-05-01T08:00:00.000Z", "backupRetentionPeriod": 7, "dBSecurityGroups": [],
        "vpcSecurityGroups": [{"vpcSecurityGroupId": "sg-shut", "status": "active"}], "multiAZ": true, "engineVersion": "16.3",
        "autoMinorVersionUpgrade": true, "publiclyAccessible": !sound, "storageEncrypted": sound, "kmsKeyId": null, "dbInstancePort": 0,
        "dBParameterGroups": [{"dBParameterGroupName": "default.postgres16", "parameterApplyStatus": "in-sync"}],
        "dBInstanceArn": format!("arn:aws:rds:{region}:{account}:db:{name}"), "iAMDatabaseAuthenticationEnabled": true,
        "copyTagsToSnapshot": true, "monitoringInterval": 0, "deletionProtection": true, "enabledCloudwatchLogsExports": [],
    });
    item(account, region, "AWS::RDS::DBInstance", name, configuration, json!({}))
}

fn policy(account: &str, name: &str, everything: bool) -> Value {
    let action = if everything { "*" } else { "s3:GetObject" };
    json!({
        "PolicyName": name, "PolicyId": format!("ANPA{name}"), "Arn": format!("arn:aws:iam::{account}:policy/{name}"), "Path": "/",
        "DefaultVersionId": "v1", "AttachmentCount": 1, "PermissionsBoundaryUsageCount": 0, "IsAttachable": true,
        "CreateDate": "2024-05-01T08:00:00+00:00", "UpdateDate": "2024-05-01T08:00:00+00:00",
        "PolicyVersionList": [{
            "Document": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": action, "Resource": "*"}]},
            "VersionId": "v1", "IsDefaultVersion": true, "CreateDate": "2024-05-01T08:00:00+00:00",
        }],
    })
}

fn details(account: &str) -> Value {
    json!({
        "UserDetailList": [{
            "Path": "/", "UserName": "ana", "UserId": "AIDAEXAMPLE1", "Arn": format!("arn:aws:iam::{account}:user/ana"),
            "CreateDate": "2024-05-01T08:00:00+00:00", "GroupList": [], "Tags": [],
            "AttachedManagedPolicies": [{"PolicyName": "all", "PolicyArn": format!("arn:aws:iam::{account}:policy/all")}],
        }],
        "GroupDetailList": [],
        "RoleDetailList": [{
            "Path": "/", "RoleName": "anybody", "RoleId": "AROAEXAMPLE1", "Arn": format!("arn:aws:iam::{account}:role/anybody"),
            "CreateDate": "2024-05-01T08:00:00+00:00", "InstanceProfileList": [], "RolePolicyList": [], "AttachedManagedPolicies": [],
            "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"},
            ]},
            "Tags": [], "RoleLastUsed": {},
        }],
        "Policies": [
            policy(account, "all", true), policy(account, "some", false),
            {"PolicyName": "ReadOnlyAccess", "PolicyId": "ANPAREAD", "Arn": "arn:aws:iam::aws:policy/ReadOnlyAccess", "PolicyVersionList": []},
        ],
    })
}

fn snapshot(items: &[Value]) -> Value {
    json!({"fileVersion": "1.0", "configSnapshotId": "0f1e2d3c-0000-4000-8000-000000000001", "configurationItems": items})
}

/// Writes the files of two accounts; a fault of each kind in the first, none in the second.
fn plant(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder.join("config"))?;
    let write = |name: &str, items: &[Value]| -> Result<()> {
        fs::write(folder.join(name), serde_json::to_vec(&snapshot(items))?)?;
        Ok(())
    };
    let work = [
        volume(WORK, "us-east-1", "vol-plain", false),
        group(WORK, "us-east-1", "sg-open", true),
        group(WORK, "us-east-1", "sg-shut", false),
        bucket(WORK, "us-east-1", "planted-open", false),
        key(WORK, "us-east-1", "11111111-0000-4000-8000-000000000001", false),
        key(WORK, "us-east-1", "11111111-0000-4000-8000-000000000002", true),
        trail(WORK, "us-east-1"),
        database(WORK, "us-east-1", "planted", false),
    ];
    write("config/work-us-east-1.json", &work)?;
    // A region where nothing but a volume is recorded.
    write(
        "config/work-eu-west-1.json",
        &[volume(WORK, "eu-west-1", "vol-secret", true)],
    )?;
    let data = [
        volume(DATA, "us-east-1", "vol-data", true),
        group(DATA, "us-east-1", "sg-data", false),
        bucket(DATA, "us-east-1", "sound-data", true),
        database(DATA, "us-east-1", "sound", true),
    ];
    write("config/data-us-east-1.json", &data)?;
    let packed = Command::new("gzip")
        .arg(folder.join("config/data-us-east-1.json"))
        .status()?;
    ensure!(packed.success(), "gzip failed");
    fs::write(folder.join("details.json"), serde_json::to_vec_pretty(&details(WORK))?)?;
    Ok(())
}

fn import(project: &Project, codes: &[i32]) -> Result<String> {
    let arguments = [
        "discover",
        "--from-config-snapshot",
        "config",
        "--from-iam-details",
        "details.json",
    ];
    Ok(String::from_utf8(project.run(&arguments, codes)?.stderr)?)
}

/// Status of a control's finding about a resource.
fn status<'a>(findings: &'a [Finding], control: &str, resource: &str) -> Option<&'a str> {
    let mut of = findings
        .iter()
        .filter(|finding| finding.control_id == control && finding.resource == resource);
    let found = of.next().map(|finding| finding.status.as_str());
    assert!(of.next().is_none(), "two findings of {control} about {resource}");
    found
}

#[test]
fn planted_faults_are_found_and_nothing_passes_in_the_dark() -> Result<()> {
    let project = Project::new(NOWHERE)?;
    plant(project.folder())?;
    let said = import(&project, &[3])?;
    ensure!(
        said.contains("2 accounts, 2 regions") && said.contains("4 files"),
        "{said}"
    );
    let findings = project.assess()?;
    let bucket = |name: &str| format!("arn:aws:s3:::{name}");
    let of_work = |service: &str, rest: &str| format!("arn:aws:{service}:us-east-1:{WORK}:{rest}");
    let of_data = |service: &str, rest: &str| format!("arn:aws:{service}:us-east-1:{DATA}:{rest}");
    let first = "key/11111111-0000-4000-8000-000000000001";
    let expected = [
        ("ec2-ebs-volume-encrypted", of_work("ec2", "volume/vol-plain"), "fail"),
        ("ec2-ebs-volume-encrypted", of_data("ec2", "volume/vol-data"), "pass"),
        (
            "vpc-security-group-ssh-closed-ipv4",
            of_work("ec2", "security-group/sg-open"),
            "fail",
        ),
        (
            "vpc-security-group-ssh-closed-ipv4",
            of_work("ec2", "security-group/sg-shut"),
            "pass",
        ),
        ("s3-bucket-versioning-enabled", bucket("planted-open"), "fail"),
        ("s3-bucket-versioning-enabled", bucket("sound-data"), "pass"),
        ("s3-bucket-tls-required", bucket("planted-open"), "fail"),
        ("s3-bucket-tls-required", bucket("sound-data"), "pass"),
        ("s3-bucket-public-access-blocked", bucket("planted-open"), "fail"),
        ("s3-bucket-acl-unused", bucket("planted-open"), "fail"),
        ("s3-bucket-lifecycle-set", bucket("sound-data"), "unknown"),
        ("kms-key-rotation-enabled", of_work("kms", first), "fail"),
        (
            "kms-key-rotation-enabled",
            of_work("kms", "key/11111111-0000-4000-8000-000000000002"),
            "unknown",
        ),
        (
            "cloudtrail-log-validation-enabled",
            of_work("cloudtrail", "trail/all"),
            "fail",
        ),
        ("rds-instance-storage-encrypted", of_work("rds", "db:planted"), "fail"),
        ("rds-instance-storage-encrypted", of_data("rds", "db:sound"), "pass"),
        ("rds-instance-not-public", of_work("rds", "db:planted"), "fail"),
        ("rds-instance-password-managed", of_data("rds", "db:sound"), "unknown"),
        (
            "iam-policy-full-administrator-absent",
            format!("arn:aws:iam::{WORK}:policy/all"),
            "fail",
        ),
        (
            "iam-policy-full-administrator-absent",
            format!("arn:aws:iam::{WORK}:policy/some"),
            "pass",
        ),
        (
            "iam-role-trust-public-absent",
            format!("arn:aws:iam::{WORK}:role/anybody"),
            "fail",
        ),
        (
            "iam-user-policies-absent",
            format!("arn:aws:iam::{WORK}:user/ana"),
            "fail",
        ),
    ];
    for (control, resource, wanted) in &expected {
        let got = status(&findings, control, resource);
        ensure!(got == Some(wanted), "{control} about {resource}: {got:?}, not {wanted}");
    }
    no_pass_in_the_dark(&findings, &project)?;
    the_loop_goes_on(&project)
}

/// A pass may stand only on a resource that the files hold, in a table that they fill.
fn no_pass_in_the_dark(findings: &[Finding], project: &Project) -> Result<()> {
    let dark_services: BTreeSet<&str> = [
        "accessanalyzer",
        "account",
        "config",
        "efs",
        "events",
        "fms",
        "guardduty",
        "organizations",
        "securityhub",
        "ssm",
        "wafv2",
    ]
    .into();
    let passes: Vec<&Finding> = findings.iter().filter(|finding| finding.status == "pass").collect();
    ensure!(passes.len() > 20, "only {} passes", passes.len());
    for pass in &passes {
        let service = pass.control_id.split('-').next().unwrap_or_default();
        ensure!(!dark_services.contains(service), "{pass:?}");
        // Users, groups and roles of the first account are known to the last; of nothing else is a whole account.
        ensure!(
            !pass.resource.ends_with(":root") || (pass.account_id == WORK && pass.control_id.starts_with("iam-")),
            "nothing is known of whole accounts: {pass:?}"
        );
        ensure!(
            !pass.resource.contains(":region/"),
            "nothing is known of whole regions: {pass:?}"
        );
        ensure!(
            pass.account_id != DATA || !pass.control_id.starts_with("iam-"),
            "no file tells of the identities of {DATA}: {pass:?}"
        );
        ensure!(
            pass.region != "eu-west-1" || pass.resource.ends_with("volume/vol-secret"),
            "nothing but a volume is known in eu-west-1: {pass:?}"
        );
    }
    // Where nothing was read a control that judges resources says so, for each account and region.
    let groups: BTreeMap<(&str, &str), &str> = findings
        .iter()
        .filter(|finding| finding.control_id == "vpc-security-group-ssh-closed-ipv4" && finding.status == "unknown")
        .map(|finding| {
            (
                (finding.account_id.as_str(), finding.region.as_str()),
                finding.reason.as_str(),
            )
        })
        .collect();
    ensure!(
        groups.keys().copied().collect::<Vec<_>>() == [(WORK, "eu-west-1")],
        "unknown where groups are not recorded: {groups:?}"
    );
    ensure!(
        groups
            .values()
            .all(|reason| reason.contains("AWS::EC2::SecurityGroup") && reason.contains("not recorded, or none there")),
        "{groups:?}"
    );
    // Nothing is known of the organization: whether there is one, and which account manages it.
    for control in [
        "organizations-all-features-enabled",
        "organizations-root-access-centralized",
        "fms-administrator-set",
        "accessanalyzer-organization-watched",
    ] {
        let of: Vec<&str> = findings
            .iter()
            .filter(|finding| finding.control_id == control)
            .map(|finding| finding.status.as_str())
            .collect();
        ensure!(
            !of.is_empty() && of.iter().all(|status| *status == "unknown"),
            "{control}: {of:?}"
        );
    }
    let last_access = project.query("select count(*) as rows from aws_iam_access_advisor")?;
    ensure!(last_access[0]["rows"] == json!(0), "{last_access:?}");
    Ok(())
}

/// Status, gaps, coverage, snapshots and the report take such a snapshot as any other.
fn the_loop_goes_on(project: &Project) -> Result<()> {
    let text = |arguments: &[&str], codes: &[i32]| -> Result<String> {
        Ok(String::from_utf8(project.run(arguments, codes)?.stdout)?)
    };
    ensure!(text(&["gaps", "--format", "json", "--all"], &[0])?.contains("ec2-ebs-volume-encrypted"));
    ensure!(!text(&["status"], &[0])?.is_empty());
    ensure!(!text(&["stories"], &[0])?.is_empty());
    project.run(&["report", "--output", "report.html"], &[0])?;
    let coverage: Value = serde_json::from_str(&text(&["coverage", "--format", "json"], &[3])?)?;
    ensure!(
        coverage["complete_units"].as_u64() < coverage["units"].as_u64(),
        "{coverage}"
    );
    let snapshots = text(&["snapshots"], &[0])?;
    ensure!(
        snapshots.contains("4 files") && snapshots.contains("whole"),
        "{snapshots}"
    );
    let run = snapshots.split_whitespace().next().context("a snapshot")?;
    let path = project
        .folder()
        .join(".standfast/snapshots")
        .join(run)
        .join("manifest.json");
    let manifest: Value = serde_json::from_slice(&fs::read(path)?)?;
    ensure!(
        manifest["origin"]["kind"] == "files" && manifest["calls"] == 0,
        "{manifest}"
    );
    let files = manifest["origin"]["files"].as_array().context("files")?;
    ensure!(files.len() == 4 && files[3]["form"] == "iam_details", "{files:?}");
    let digest = Command::new("sha256sum")
        .arg(project.folder().join("details.json"))
        .output()?;
    let digest = String::from_utf8(digest.stdout)?;
    ensure!(
        Some(files[3]["sha256"].as_str().unwrap_or_default()) == digest.split_whitespace().next(),
        "{digest}"
    );
    Ok(())
}

#[test]
fn a_file_at_fault_leaves_nothing_behind() -> Result<()> {
    let project = Project::new(NOWHERE)?;
    plant(project.folder())?;
    let store = project.folder().join(".standfast/snapshots");
    let left = || -> Result<Vec<String>> {
        if !store.exists() {
            return Ok(Vec::new());
        }
        let names = fs::read_dir(&store)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        names.collect()
    };
    let broken = project.folder().join("config/work-eu-west-1.json");
    let whole = fs::read_to_string(&broken)?;
    fs::write(&broken, whole.replace("\"encrypted\":", "\n\"encrypted\" "))?;
    let said = import(&project, &[2])?;
    ensure!(
        said.contains("config/work-eu-west-1.json` line 2, column ") && said.contains("expected"),
        "{said}"
    );
    ensure!(left()?.is_empty(), "{:?}", left()?);
    // Cut in two: what is left of a packed file must not pass for a smaller account.
    fs::write(&broken, &whole)?;
    let packed = project.folder().join("config/data-us-east-1.json.gz");
    let bytes = fs::read(&packed)?;
    fs::write(&packed, &bytes[..bytes.len() - 4])?;
    let said = import(&project, &[2])?;
    ensure!(
        said.contains("data-us-east-1.json.gz") && said.contains("cut off"),
        "{said}"
    );
    ensure!(left()?.is_empty(), "{:?}", left()?);
    fs::write(&packed, &bytes)?;
    // What says how AWS is read makes no sense where files are.
    for option in [["--accounts", WORK], ["--regions", "us-east-1"], ["--resume", "latest"]] {
        let mut arguments = vec!["discover", "--from-iam-details", "details.json"];
        arguments.extend(option);
        project.run(&arguments, &[2])?;
    }
    project.run(&["discover", "--from-config-snapshot", "nowhere.json"], &[2])?;
    ensure!(left()?.is_empty(), "{:?}", left()?);
    import(&project, &[3])?;
    ensure!(left()?.len() == 1, "{:?}", left()?);
    Ok(())
}

#[test]
fn iam_details_give_the_rows_that_aws_gives() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let server = Server::moto(&folder.path().join("calls.jsonl"))?;
    seed(&server, 2)?;
    let live = Project::new(&server.endpoint)?;
    live.run(&["discover", "--regions", "us-east-1", "--services", "iam"], &[0, 3])?;
    let files = Project::new(NOWHERE)?;
    let output = files.folder().join("details");
    let python = Command::new(root().join("scripts/stand-in")).arg("python").output()?;
    let fetched = Command::new(String::from_utf8(python.stdout)?.trim())
        .arg(root().join("tests/stand_in/iam_details.py"))
        .args(["--endpoint", &server.endpoint, "--output", &output.to_string_lossy()])
        .output()?;
    ensure!(fetched.status.success(), "{}", String::from_utf8_lossy(&fetched.stderr));
    files.run(&["discover", "--from-iam-details", "details"], &[3])?;
    for table in [
        "aws_iam_user",
        "aws_iam_group",
        "aws_iam_role",
        "aws_iam_policy",
        "aws_iam_inline_policy",
    ] {
        let sql = format!("select * from {table}");
        let (read, imported) = (live.query(&sql)?, files.query(&sql)?);
        ensure!(!read.is_empty(), "{table} is empty");
        let sorted = |mut rows: Vec<BTreeMap<String, Value>>| {
            for row in &mut rows {
                // Fetching the details uses this role.
                if row.get("name") == Some(&json!("OrganizationAccountAccessRole")) {
                    row.retain(|column, _| !column.starts_with("role_last_used"));
                }
            }
            rows.sort_by_key(|row| format!("{row:?}"));
            rows
        };
        let (read, imported) = (sorted(read), sorted(imported));
        let differing = read.iter().zip(&imported).find(|(left, right)| left != right);
        ensure!(
            read.len() == imported.len() && differing.is_none(),
            "{table}: {} rows read, {} imported; first that differ: {differing:#?}",
            read.len(),
            imported.len()
        );
    }
    // The same controls about what both hold say the same.
    let about = |project: &Project| -> Result<Vec<String>> {
        let controls = "iam-policy-full-administrator-absent,iam-policy-attached,iam-user-policies-absent,iam-role-trust-public-absent";
        let output = project.run(&["assess", "--format", "ndjson", "--controls", controls], &[0, 3])?;
        let mut findings = Vec::new();
        for line in String::from_utf8(output.stdout)?.lines() {
            let finding: Finding = serde_json::from_str(line)?;
            findings.push(format!(
                "{} {} {}",
                finding.control_id, finding.resource, finding.status
            ));
        }
        findings.sort();
        Ok(findings)
    };
    let (read, imported) = (about(&live)?, about(&files)?);
    ensure!(!read.is_empty(), "no finding about identities");
    ensure!(read.iter().any(|line| line.ends_with(" fail")), "no fault about them");
    ensure!(read == imported, "{read:#?}\n{imported:#?}");
    Ok(())
}

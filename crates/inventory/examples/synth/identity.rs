//! The organization, its accounts and who may do what in them.

use standfast_inventory::tables::account::{AccountAlternateContact, AccountContact};
use standfast_inventory::tables::iam::{
    IamAccessKey, IamAccountAlias, IamAccountPasswordPolicy, IamAccountSummary, IamCredentialReport, IamGroup,
    IamInlinePolicy, IamPolicy, IamRole, IamRoleSession, IamUser, IamVirtualMfaDevice,
};
use standfast_inventory::tables::organizations::{
    OrganizationsAccount, OrganizationsDelegatedAdministrator, OrganizationsDelegatedService,
    OrganizationsOrganization, OrganizationsOrganizationalUnit, OrganizationsPolicy, OrganizationsPolicyDocument,
    OrganizationsPolicyTarget, OrganizationsRoot, OrganizationsServiceAccess,
};
use standfast_model::Account;

use crate::rows::{Place, Rows, document, object};

/// Shares of the kinds, in thousandths of all resources.
const USERS: u64 = 6;
const GROUPS: u64 = 3;
const ROLES: u64 = 70;
const POLICIES: u64 = 18;

/// Units of the organization: id, name, parent, path.
const UNITS: [(&str, &str, &str, &str); 5] = [
    ("ou-ex01-security", "Security", "r-ex01", "Root/Security"),
    ("ou-ex01-sandbox0", "Sandbox", "r-ex01", "Root/Sandbox"),
    ("ou-ex01-workload", "Workloads", "r-ex01", "Root/Workloads"),
    ("ou-ex01-prod0000", "Prod", "ou-ex01-workload", "Root/Workloads/Prod"),
    ("ou-ex01-dev00000", "Dev", "ou-ex01-workload", "Root/Workloads/Dev"),
];

pub(crate) fn account(place: &Place, rows: &mut Rows) {
    rows.add::<AccountContact>(object! {
        "full_name": "Cloud Team", "company_name": "Example Corp", "country_code": "DE",
    });
    for contact in ["SECURITY", "BILLING", "OPERATIONS"] {
        if place.chance(contact, 0, 90) {
            let purpose = contact.to_lowercase();
            rows.add::<AccountAlternateContact>(object! {
                "contact_type": contact,
                "name": "Team",
                "email_address": format!("baseline-aws-{}-{purpose}@example.org", place.account.name),
                "has_phone_number": true,
            });
        }
    }
}

pub(crate) fn iam(place: &Place, rows: &mut Rows) {
    settings(place, rows);
    users(place, rows);
    for number in place.each(GROUPS) {
        let name = format!("baseline-group-{number}");
        rows.add::<IamGroup>(object! {
            "arn": place.iam(&format!("group/{name}")),
            "name": name,
            "path": "/",
            "create_date": place.before("group", number, 900),
            "attached_policy_arns": ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
            "inline_policy_names": [],
        });
    }
    for number in place.each(POLICIES) {
        let name = format!("baseline-policy-app{number}");
        let star = place.chance("star", number, 4);
        rows.add::<IamPolicy>(object! {
            "arn": place.iam(&format!("policy/{name}")),
            "name": name,
            "path": "/",
            "default_version_id": "v1",
            "policy": document!({"Version": "2012-10-17", "Statement": [{
                "Effect": "Allow",
                "Action": if star { serde_json::json!("*") } else { serde_json::json!(["s3:GetObject", "s3:ListBucket"]) },
                "Resource": if star { "*" } else { "arn:aws:s3:::data/*" },
            }]}),
            "attachment_count": place.dice("attached", number) % 3,
            "permissions_boundary_usage_count": 0,
            "create_date": place.before("policy", number, 900),
            "update_date": place.before("policy", number, 900),
        });
    }
    for number in place.each(ROLES) {
        let name = format!("baseline-role-{number}");
        let arn = place.iam(&format!("role/{name}"));
        let cross = place.chance("cross", number, 5);
        let inline = place.chance("inline", number, 15);
        rows.add::<IamRole>(object! {
            "arn": arn,
            "name": name,
            "path": "/",
            "create_date": place.before("role", number, 900),
            "assume_role_policy": document!({"Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Action": "sts:AssumeRole",
                "Principal": if cross { serde_json::json!({"AWS": "arn:aws:iam::444455556666:root"}) } else {
                    serde_json::json!({"Service": "lambda.amazonaws.com"})
                }}]}),
            "attached_policy_arns": [place.iam(&format!("policy/baseline-policy-app{}", place.one_of(POLICIES, number)))],
            "inline_policy_names": if inline { vec!["extra"] } else { vec![] },
            "instance_profile_arns": [],
            "role_last_used_date": place.chance("role-used", number, 85).then(|| place.before("role-use", number, 120)),
            "role_last_used_region": "us-east-1",
            "tags": "{}",
        });
        rows.add::<IamRoleSession>(object! {"arn": arn, "name": name, "max_session_duration": 3600});
        if inline {
            rows.add::<IamInlinePolicy>(object! {
                "principal_arn": arn,
                "principal_type": "role",
                "principal_name": name,
                "principal_path": "/",
                "policy_name": "extra",
                "policy": document!({"Version": "2012-10-17", "Statement": [
                    {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"}]}),
            });
        }
    }
}

fn users(place: &Place, rows: &mut Rows) {
    rows.add::<IamCredentialReport>(object! {
        "user_arn": place.iam("root"),
        "user_name": "<root_account>",
        "generated_time": place.at(0),
        "user_creation_time": place.before("root", 0, 2000),
        "password_last_used": place.chance("root-used", 0, 20).then(|| place.before("root-use", 0, 90)),
        "mfa_active": place.chance("root-mfa", 0, 92),
        "access_key_1_active": place.chance("root-key", 0, 3),
        "access_key_2_active": false,
    });
    for number in place.each(USERS) {
        let name = format!("baseline-user-job{number}");
        let arn = place.iam(&format!("user/{name}"));
        let password = place.chance("password", number, 25);
        let second_factor = place.chance("mfa", number, 80);
        let direct = place.chance("direct", number, 15);
        rows.add::<IamUser>(object! {
            "arn": arn,
            "name": name,
            "path": "/",
            "create_date": place.before("user", number, 900),
            "groups": ["baseline-group-0"],
            "attached_policy_arns": if direct { vec!["arn:aws:iam::aws:policy/ReadOnlyAccess"] } else { vec![] },
            "inline_policy_names": [],
            "tags": "{}",
        });
        rows.add::<IamCredentialReport>(object! {
            "user_arn": arn,
            "user_name": name,
            "generated_time": place.at(0),
            "user_creation_time": place.before("user", number, 900),
            "password_enabled": password,
            "password_last_used": password.then(|| place.before("password", number, 150)),
            "password_last_changed": password.then(|| place.before("password-new", number, 150)),
            "mfa_active": second_factor,
            "access_key_1_active": true,
            "access_key_1_last_rotated": place.before("access-key", number, 120),
            "access_key_1_last_used_date": place.before("access-key-use", number, 100),
            "access_key_2_active": false,
        });
        rows.add::<IamAccessKey>(object! {
            "access_key_id": format!("AKIA{:016X}", place.dice("access-key-id", number)),
            "user_name": name,
            "user_arn": arn,
            "status": "Active",
            "create_date": place.before("access-key", number, 120),
        });
        if second_factor {
            rows.add::<IamVirtualMfaDevice>(object! {
                "serial_number": place.iam(&format!("mfa/{name}")),
                "user_arn": arn,
                "user_name": name,
                "enable_date": place.before("user", number, 900),
            });
        }
    }
}

fn settings(place: &Place, rows: &mut Rows) {
    rows.add::<IamAccountAlias>(object! {"alias": format!("baseline-{}", place.account.name)});
    rows.add::<IamAccountSummary>(object! {
        "account_mfa_enabled": place.chance("root-mfa", 0, 92),
        "account_access_keys_present": place.chance("root-key", 0, 3),
        "users": place.each(USERS).end,
        "groups": place.each(GROUPS).end,
        "roles": place.each(ROLES).end,
        "policies": place.each(POLICIES).end,
    });
    if place.chance("password-policy", 0, 90) {
        rows.add::<IamAccountPasswordPolicy>(object! {
            "minimum_password_length": if place.chance("password-length", 0, 90) { 14 } else { 8 },
            "require_symbols": true,
            "require_numbers": true,
            "require_uppercase_characters": true,
            "require_lowercase_characters": true,
            "allow_users_to_change_password": true,
            "expire_passwords": true,
            "max_password_age": 90,
            "password_reuse_prevention": 24,
        });
    }
}

pub(crate) fn organizations(place: &Place, accounts: &[Account], rows: &mut Rows) {
    let management = place.id();
    let arn = |kind: &str, rest: &str| format!("arn:aws:organizations::{management}:{kind}/o-exampleorg/{rest}");
    rows.add::<OrganizationsOrganization>(object! {
        "arn": format!("arn:aws:organizations::{management}:organization/o-exampleorg"),
        "id": "o-exampleorg",
        "feature_set": "ALL",
        "master_account_id": management,
    });
    rows.add::<OrganizationsRoot>(object! {
        "arn": arn("root", "r-ex01"), "id": "r-ex01", "name": "Root",
        "policy_types": ["RESOURCE_CONTROL_POLICY", "SERVICE_CONTROL_POLICY"],
    });
    for (id, name, parent, path) in UNITS {
        rows.add::<OrganizationsOrganizationalUnit>(object! {
            "arn": arn("ou", id), "id": id, "name": name, "parent_id": parent, "path": path,
        });
    }
    for account in accounts {
        let unit = UNITS.iter().find(|unit| unit.3 == account.organizational_unit);
        let mut targets = vec![account.id.clone(), "r-ex01".to_owned()];
        targets.extend(unit.map(|unit| unit.0.to_owned()));
        targets.extend(unit.filter(|unit| unit.2 != "r-ex01").map(|unit| unit.2.to_owned()));
        rows.add::<OrganizationsAccount>(object! {
            "arn": arn("account", &account.id),
            "id": account.id,
            "name": account.name,
            "email": format!("aws+{}@example.org", account.name),
            "status": "ACTIVE",
            "joined_method": "CREATED",
            "joined_timestamp": place.at(-24 * 900),
            "parent_id": unit.map_or("r-ex01", |unit| unit.0),
            "path": account.organizational_unit,
            "policy_target_ids": targets,
        });
    }
    policies(&arn, rows);
    if let Some(audit) = accounts.get(1) {
        rows.add::<OrganizationsDelegatedAdministrator>(object! {
            "arn": arn("account", &audit.id), "id": audit.id, "name": audit.name,
        });
        for service in ["guardduty", "securityhub", "config", "access-analyzer"] {
            let service = format!("{service}.amazonaws.com");
            rows.add::<OrganizationsDelegatedService>(
                object! {"delegated_account_id": audit.id, "service_principal": service},
            );
            rows.add::<OrganizationsServiceAccess>(object! {"service_principal": service});
        }
    }
}

fn policies(arn: &impl Fn(&str, &str) -> String, rows: &mut Rows) {
    let kept = [
        (
            "p-leave000",
            "baseline-guardrails-all",
            "r-ex01",
            "organizations:LeaveOrganization",
        ),
        (
            "p-trail000",
            "baseline-guardrails-workloads",
            "ou-ex01-workload",
            "cloudtrail:StopLogging",
        ),
    ];
    for (id, name, target, action) in kept {
        let policy_arn = arn("policy", &format!("service_control_policy/{id}"));
        rows.add::<OrganizationsPolicy>(object! {
            "arn": policy_arn, "id": id, "name": name, "type": "SERVICE_CONTROL_POLICY", "aws_managed": false,
        });
        rows.add::<OrganizationsPolicyDocument>(object! {
            "policy_arn": policy_arn, "policy_id": id, "name": name, "type": "SERVICE_CONTROL_POLICY",
            "content": document!({"Version": "2012-10-17", "Statement": [
                {"Effect": "Deny", "Action": action, "Resource": "*"}]}),
        });
        rows.add::<OrganizationsPolicyTarget>(object! {
            "policy_arn": policy_arn, "policy_id": id, "target_id": target,
            "target_type": if target == "r-ex01" { "ROOT" } else { "ORGANIZATIONAL_UNIT" },
        });
    }
}

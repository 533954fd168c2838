//! Numbers and nouns in sentences.

use standfast_content::program::Program;
use standfast_content::{Control, ControlScope};

/// Some of the things that a control judges, and where: `31 of 214 EBS volumes in 2 accounts`, `3 accounts`. `all` is left out
/// where it does not matter.
pub(crate) fn extent(
    program: &Program,
    control: Option<&Control>,
    count: u64,
    all: Option<u64>,
    accounts: u64,
) -> String {
    let scope = control.map_or(ControlScope::Resource, |control| control.scope);
    let (one, many) = match (scope, control) {
        (ControlScope::Organization, _) => return "the organization".to_owned(),
        (ControlScope::Account, _) => ("account".to_owned(), "accounts".to_owned()),
        (ControlScope::Region, _) => ("region".to_owned(), "regions".to_owned()),
        (ControlScope::Resource, Some(control)) => table_noun(program, &control.subject),
        (ControlScope::Resource, None) => ("resource".to_owned(), "resources".to_owned()),
    };
    let things = match all {
        Some(all) => format!("{} of {}", grouped(count), counted(all, &one, &many)),
        None => counted(count, &one, &many),
    };
    if scope == ControlScope::Account {
        things
    } else {
        format!("{things} in {}", counted(accounts, "account", "accounts"))
    }
}

/// Words of table names that are written otherwise in a sentence.
const SPELLED: &[(&str, &str)] = &[
    ("accessanalyzer", "Access Analyzer"),
    ("cloudformation", "CloudFormation"),
    ("cloudtrail", "CloudTrail"),
    ("cloudwatch", "CloudWatch"),
    ("config", "Config"),
    ("eventbridge", "EventBridge"),
    ("fms", "Firewall Manager"),
    ("guardduty", "GuardDuty"),
    ("identitystore", "Identity Center"),
    ("lambda", "Lambda"),
    ("oidc", "OIDC"),
    ("saml", "SAML"),
    ("secretsmanager", "Secrets Manager"),
    ("securityhub", "Security Hub"),
    ("ssoadmin", "Identity Center"),
    ("wafv2", "WAF"),
];

/// Words of table names that are written in capitals.
const CAPITALS: &[&str] = &[
    "acl", "acm", "ami", "db", "ebs", "ec2", "efs", "elb", "iam", "kms", "rds", "s3", "sns", "sqs", "ssm", "sts", "vpc",
];

/// One row and several rows of a table: as the program calls them, else made of the table's name.
pub(crate) fn table_noun(program: &Program, table: &str) -> (String, String) {
    let named = program
        .services
        .iter()
        .flat_map(|service| &service.tables)
        .find(|known| known.table == table);
    if let Some(known) = named {
        return (known.one.clone(), known.many.clone());
    }
    if table == "aws_iam_credential_report" {
        // A row of the report is one identity of the account.
        return ("IAM identity".to_owned(), "IAM identities".to_owned());
    }
    let one = table
        .strip_prefix("aws_")
        .unwrap_or(table)
        .split('_')
        .map(|word| match SPELLED.iter().find(|(plain, _)| *plain == word) {
            Some((_, spelled)) => (*spelled).to_owned(),
            None if CAPITALS.contains(&word) => word.to_uppercase(),
            None => word.to_owned(),
        })
        .collect::<Vec<_>>()
        .join(" ");
    let many = match one.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if one.ends_with("ss") || one.ends_with("us") => format!("{one}es"),
        _ if one.ends_with('s') => one.clone(),
        _ => format!("{one}s"),
    };
    (one, many)
}

/// A number with its noun: `1 account`, `12 accounts`, `no accounts`.
pub(crate) fn counted(count: u64, one: &str, many: &str) -> String {
    match count {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{} {many}", grouped(count)),
    }
}

/// A number in groups of three digits.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A kebab-case name as words.
pub(crate) fn spoken(name: &str) -> String {
    name.replace('-', " ")
}

/// A sentence without its full stop, to be joined with others.
pub(crate) fn clause(text: &str) -> &str {
    text.trim().trim_end_matches('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_nouns_agree() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(12_345_678), "12,345,678");
        assert_eq!(counted(0, "key", "keys"), "no keys");
        assert_eq!(counted(1, "key", "keys"), "1 key");
        assert_eq!(counted(1_200, "key", "keys"), "1,200 keys");
    }

    #[test]
    fn tables_without_a_name_of_their_own_get_one() {
        let program = Program {
            id: String::new(),
            title: String::new(),
            services: Vec::new(),
            tasks: Vec::new(),
        };
        for (table, one, many) in [
            ("aws_acm_certificate", "ACM certificate", "ACM certificates"),
            ("aws_iam_policy", "IAM policy", "IAM policies"),
            ("aws_iam_access_key", "IAM access key", "IAM access keys"),
            ("aws_rds_db_proxy", "RDS DB proxy", "RDS DB proxies"),
            ("standfast_thing", "standfast thing", "standfast things"),
            ("aws_eventbridge_bus", "EventBridge bus", "EventBridge buses"),
            ("aws_fms_policy", "Firewall Manager policy", "Firewall Manager policies"),
            ("aws_ec2_ami", "EC2 AMI", "EC2 AMIs"),
            ("aws_ec2_address", "EC2 address", "EC2 addresses"),
            ("aws_iam_credential_report", "IAM identity", "IAM identities"),
        ] {
            assert_eq!(
                table_noun(&program, table),
                (one.to_owned(), many.to_owned()),
                "{table}"
            );
        }
    }
}

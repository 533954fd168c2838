//! What the sample organization is judged by.

use standfast_model::Domain::{
    DataProtection as Data, IdentityAndAccess as Identity, IncidentResponse as Incident,
    InfrastructureProtection as Infrastructure, LoggingAndMonitoring as Logging,
};
use standfast_model::Severity::{Critical, High, Low, Medium};
use standfast_model::{Domain, Severity};

/// A control and how the sample fails it.
pub struct ControlRow {
    pub id: &'static str,
    pub title: &'static str,
    pub severity: Severity,
    pub domain: Domain,
    /// ARN with `{account}`, `{region}`, `{name}`, `{n}`.
    pub resource: &'static str,
    /// Per cent of an account's badness that this control feels.
    pub hardness: u64,
    pub reason: &'static str,
    pub why: &'static str,
    pub limits: &'static str,
    pub fix: &'static str,
    pub cis: &'static str,
    pub after: &'static [&'static str],
}

macro_rules! controls {
    ($($id:literal, $severity:ident, $domain:ident, $resource:literal, $hardness:literal, $cis:literal, [$($after:literal),*],
        $title:literal, $reason:literal, $fix:literal, $why:literal;)+) => {
        /// All of them.
        pub const CONTROLS: &[ControlRow] = &[$(ControlRow {
            id: $id, title: $title, severity: $severity, domain: $domain, resource: $resource, hardness: $hardness,
            reason: $reason, why: $why, limits: "", fix: $fix, cis: $cis, after: &[$($after),*],
        }),+];
    };
}

controls! {
    "ec2-volume-encrypted", High, Data, "arn:aws:ec2:{region}:{account}:volume/vol-{n}", 100, "2.2.1", ["ec2-ebs-default-encryption-on"],
        "EBS volumes are encrypted", "encrypted is false", "Encrypt the EBS volumes that are not",
        "A snapshot of an unencrypted volume can be shared and read by anyone it is shared with.";
    "ec2-ebs-default-encryption-on", Medium, Data, "arn:aws:ec2:{region}:{account}:account", 90, "2.2.1", ["kms-baseline-keys-present"],
        "New EBS volumes are encrypted by default", "EbsEncryptionByDefault is false", "Turn on EBS encryption by default in every region",
        "Nobody has to remember it when a volume is made.";
    "kms-baseline-keys-present", Medium, Data, "arn:aws:kms:{region}:{account}:key/baseline", 70, "", [],
        "Each service has its customer managed key", "no key with alias/baseline/ebs", "Create the baseline's keys in every account",
        "A key per service keeps the damage of one grant small.";
    "kms-key-rotation-on", Medium, Data, "arn:aws:kms:{region}:{account}:key/{n}", 60, "3.6", ["kms-baseline-keys-present"],
        "Customer managed keys rotate every year", "rotation is off", "Turn on rotation of customer managed keys",
        "A key that leaks is worth less, the younger it is.";
    "rds-instance-encrypted", High, Data, "arn:aws:rds:{region}:{account}:db:orders-{n}", 55, "2.3.1", ["kms-baseline-keys-present"],
        "RDS instances are encrypted", "storage_encrypted is false", "Restore unencrypted databases into encrypted ones",
        "Backups and replicas inherit what the instance has.";
    "s3-bucket-tls-only", Medium, Data, "arn:aws:s3:::{name}-data-{n}", 110, "2.1.1", [],
        "Buckets refuse requests without TLS", "no statement denies aws:SecureTransport false", "Deny requests without TLS in every bucket policy",
        "Data and signatures cross the network in the clear otherwise.";
    "s3-account-public-access-blocked", Critical, Data, "arn:aws:s3:::{account}", 50, "2.1.4", [],
        "The account blocks public access to S3", "BlockPublicPolicy is false", "Block public access to S3 for whole accounts",
        "One wrong bucket policy is public at once otherwise.";
    "elb-listener-tls-current", Medium, Data, "arn:aws:elasticloadbalancing:{region}:{account}:loadbalancer/app/web-{n}", 60, "", [],
        "Load balancers speak TLS 1.2 and newer with forward secrecy", "policy is ELBSecurityPolicy-2016-08", "Move listeners to a current security policy",
        "Recorded traffic stays unreadable when a key leaks later.";
    "efs-file-system-encrypted", High, Data, "arn:aws:elasticfilesystem:{region}:{account}:file-system/fs-{n}", 0, "2.4.1", [],
        "EFS file systems are encrypted", "encrypted is false", "Copy unencrypted file systems into encrypted ones",
        "Encryption cannot be turned on later.";

    "iam-root-access-key-none", Critical, Identity, "arn:aws:iam::{account}:root", 30, "1.4", [],
        "The root user has no access key", "1 active access key", "Delete the access keys of root users",
        "Nothing limits what a root key may do.";
    "iam-root-mfa-hardware", Critical, Identity, "arn:aws:iam::{account}:root", 120, "1.6", [],
        "The root user signs in with a hardware key", "MFA is virtual", "Put a hardware key on every root user",
        "Whoever has the mailbox has the account otherwise.";
    "iam-user-console-mfa", High, Identity, "arn:aws:iam::{account}:user/{name}-{n}", 70, "1.10", ["iam-user-none"],
        "Users with a password have MFA", "password enabled, no MFA device", "Give the remaining users MFA or take their passwords",
        "A guessed or phished password is enough otherwise.";
    "iam-user-none", Medium, Identity, "arn:aws:iam::{account}:user/deploy-{n}", 110, "1.16", ["sso-permission-sets-present"],
        "There are no IAM users but break-glass", "a user with permanent credentials", "Move people and pipelines from IAM users to roles",
        "Permanent credentials are found in every second breach.";
    "sso-permission-sets-present", Medium, Identity, "arn:aws:sso:::instance/ssoins-{account}", 20, "", [],
        "The human roles exist as permission sets", "no permission set `baseline-saml-poweruser`", "Create the base permission sets and assign the groups",
        "Everything that follows is granted to these.";
    "iam-access-key-rotated", Medium, Identity, "arn:aws:iam::{account}:user/svc-{n}", 90, "1.14", ["iam-user-none"],
        "Access keys are younger than 90 days", "access key 1 is 412 days old", "Rotate or remove old access keys",
        "Old keys lie in old places.";
    "iam-password-policy-strong", Medium, Identity, "arn:aws:iam::{account}:password-policy", 100, "1.8", [],
        "The account's password policy is the design's", "minimum length is 8, 14 asked", "Set the password policy in every account",
        "It holds for every user that is made later.";
    "iam-role-breakglass-guarded", High, Identity, "arn:aws:iam::{account}:role/baseline-role-breakglass", 90, "", [],
        "The break-glass role trusts its user alone, with MFA", "role is missing", "Deploy the break-glass role to every account",
        "When federation is down, this is the way in.";
    "iam-policy-no-admin-star", High, Identity, "arn:aws:iam::{account}:policy/{name}-{n}", 35, "1.17", [],
        "No customer policy allows everything", "allows `*` on `*`", "Replace policies that allow everything",
        "One stolen session is the whole account.";
    "organizations-scp-guardrails-attached", High, Identity, "arn:aws:organizations::{account}:account/o-example/{account}", 45, "", [],
        "The guardrails apply to every account", "no policy `baseline-guardrails-all`", "Attach the guardrails to the root",
        "What must never happen should not depend on anyone's care.";
    "account-security-contact-set", Low, Identity, "arn:aws:iam::{account}:root", 130, "1.2", [],
        "Every account has a security contact", "no alternate contact SECURITY", "Set the alternate contacts of every account",
        "AWS writes to it when a key is found in public.";

    "ec2-security-group-isolation-present", Medium, Incident, "arn:aws:ec2:{region}:{account}:security-group/isolation", 130, "", [],
        "An isolation security group stands ready", "no group `baseline-sg-isolated`", "Deploy the isolation group to every VPC",
        "In an incident nobody should have to write one.";
    "iam-role-security-response-present", High, Incident, "arn:aws:iam::{account}:role/baseline-saml-securityresponse", 100, "", ["sso-permission-sets-present"],
        "Responders have a role in every account", "role is missing", "Deploy the responders' role to every account",
        "Without it the first hour goes into getting access.";
    "events-breakglass-alert-present", High, Incident, "arn:aws:events:us-east-1:{account}:rule/baseline-breakglass", 110, "", ["iam-role-breakglass-guarded"],
        "Use of break-glass raises an alert", "no rule matches it", "Deploy the alert on break-glass sign-ins",
        "The strongest credential must not be used in silence.";

    "ec2-security-group-no-open-admin-port", Critical, Infrastructure, "arn:aws:ec2:{region}:{account}:security-group/sg-{n}", 55, "5.2", [],
        "No security group opens an administration port to the world", "0.0.0.0/0 may reach port 22", "Close administration ports to the world",
        "They are scanned within minutes.";
    "vpc-default-absent", Low, Infrastructure, "arn:aws:ec2:{region}:{account}:vpc/default", 140, "", [],
        "The default VPC is gone", "default VPC with 3 subnets", "Remove default VPCs in every region",
        "Its subnets give out public addresses.";
    "vpc-default-security-group-closed", Medium, Infrastructure, "arn:aws:ec2:{region}:{account}:security-group/default", 120, "5.4", ["vpc-default-absent"],
        "Default security groups allow nothing", "2 rules in, 1 rule out", "Empty the default security groups",
        "What is started without thought ends up in them.";
    "ec2-instance-imdsv2", High, Infrastructure, "arn:aws:ec2:{region}:{account}:instance/i-{n}", 90, "5.6", [],
        "Instances demand IMDSv2", "http_tokens is optional", "Demand IMDSv2 on every instance",
        "A forged request in a web application reaches the role's credentials otherwise.";
    "ec2-instance-managed-by-ssm", Medium, Infrastructure, "arn:aws:ec2:{region}:{account}:instance/i-{n}", 70, "", [],
        "Instances are managed by Systems Manager", "not registered", "Give instances the agent and its role",
        "Without it there is no patching and no access without keys.";
    "secretsmanager-secret-rotation-on", Medium, Infrastructure, "arn:aws:secretsmanager:{region}:{account}:secret:db-{n}", 0, "", [],
        "Secrets rotate", "rotation is off", "Turn on rotation of secrets",
        "A secret that was copied stops to work by itself.";
    "acm-certificate-not-expiring", High, Infrastructure, "arn:aws:acm:{region}:{account}:certificate/{n}", 0, "", [],
        "No certificate expires within 30 days", "expires in 11 days", "Renew certificates that are about to expire",
        "An expired certificate is an outage.";
    "wafv2-load-balancer-protected", Medium, Infrastructure, "arn:aws:elasticloadbalancing:{region}:{account}:loadbalancer/app/web-{n}", 80, "", [],
        "Public load balancers have a web ACL", "no web ACL", "Put the base web ACL before public load balancers",
        "Known bad requests need not reach the application.";

    "cloudtrail-organization-trail-on", Critical, Logging, "arn:aws:cloudtrail:us-east-1:{account}:trail/org", 12, "3.1", [],
        "An organization trail records every region", "no trail covers the account", "Create the organization trail",
        "Without it nobody can say what happened.";
    "cloudtrail-log-validation-on", Medium, Logging, "arn:aws:cloudtrail:us-east-1:{account}:trail/org", 0, "3.2", ["cloudtrail-organization-trail-on"],
        "Trails are protected against tampering", "log file validation is off", "Turn on log file validation",
        "Whoever breaks in cleans up behind them.";
    "config-recorder-on", High, Logging, "arn:aws:config:{region}:{account}:recorder/default", 85, "3.3", [],
        "AWS Config records in every region", "no recorder", "Turn on AWS Config in every region",
        "It shows what a resource was before it was changed.";
    "guardduty-detector-on", High, Logging, "arn:aws:guardduty:{region}:{account}:detector/d", 75, "", [],
        "GuardDuty watches every region", "no detector", "Turn on GuardDuty through its administrator account",
        "It finds what nobody wrote a rule for.";
    "securityhub-hub-on", Medium, Logging, "arn:aws:securityhub:{region}:{account}:hub/default", 85, "4.16", ["config-recorder-on"],
        "Security Hub collects from every region", "not subscribed", "Turn on Security Hub with its standards",
        "One place to look.";
    "vpc-flow-logs-on", Medium, Logging, "arn:aws:ec2:{region}:{account}:vpc/vpc-{n}", 85, "3.7", [],
        "VPCs write flow logs", "no flow log", "Turn on flow logs for every VPC",
        "They are the only record of who spoke to whom.";
    "logs-group-retention-as-designed", Low, Logging, "arn:aws:logs:{region}:{account}:log-group:/app/{n}", 120, "", [],
        "Log groups keep what the design says", "kept for ever, 30 days asked", "Set the retention of log groups",
        "Neither lost too early nor paid for ever.";
    "cloudwatch-alarm-root-use-present", High, Logging, "arn:aws:cloudwatch:us-east-1:{account}:alarm:baseline-cwalarm-cis-root", 95, "4.3", ["cloudtrail-organization-trail-on"],
        "Use of root raises an alarm", "no alarm on the metric", "Deploy the alarms on CloudTrail events",
        "It should never happen, so it is always worth a look.";
    "access-analyzer-organization-on", Medium, Logging, "arn:aws:access-analyzer:{region}:{account}:analyzer/org", 0, "1.20", [],
        "Access Analyzer watches the organization", "no analyzer", "Create the organization's analyzers",
        "It finds what is shared with strangers.";
}

/// Subtasks: id, title, and the kind of work.
pub const SUBTASKS: &[(&str, &str, &str)] = &[
    ("1.1", "Workshop on encryption and data protection", "workshop"),
    ("1.2", "Workshop on the governance of keys", "workshop"),
    (
        "1.3",
        "Describe where data protection stands and should stand",
        "document",
    ),
    ("1.4", "Gap analysis and stories for data protection", "analysis"),
    ("1.5", "Decide on encryption at rest", "define"),
    ("1.6", "Decide on encryption in transit", "define"),
    ("1.7", "Decide how services use keys", "define"),
    ("1.8", "Decide who governs keys and how", "define"),
    ("1.9", "Name administrators and users of each key", "define"),
    ("1.10", "Build the controls for encryption", "build"),
    ("2.1", "Workshop on identity and access", "workshop"),
    (
        "2.2",
        "Describe where identity and access stand and should stand",
        "document",
    ),
    ("2.3", "Gap analysis and stories for identity and access", "analysis"),
    ("2.4", "Decide on the use of root", "define"),
    ("2.5", "Decide on permanent credentials", "define"),
    ("2.6", "Decide how people sign in to many accounts", "define"),
    ("2.7", "Name and define base roles and policies", "define"),
    ("2.8", "Decide on preventive controls", "define"),
    ("2.9", "Build the preventive controls", "build"),
    ("2.10", "Build base roles and policies", "build"),
    ("2.11", "Build access to console and API for all accounts", "build"),
    ("2.12", "Demand MFA for console and command line", "build"),
    ("2.13", "Set up the break-glass user", "build"),
    ("2.14", "Decide how unused things are cleaned up", "define"),
    ("2.15", "Make distribution lists for account contacts", "build"),
    ("2.16", "Prepare accounts for safe operation", "build"),
    ("3.1", "Workshop on incident response", "workshop"),
    (
        "3.2",
        "Describe where incident response stands and should stand",
        "document",
    ),
    ("3.3", "Gap analysis and stories for incident response", "analysis"),
    ("3.4", "Decide on framework and playbooks", "define"),
    ("3.5", "Write the standard operating procedure", "build"),
    ("4.1", "Workshop on network security", "workshop"),
    (
        "4.2",
        "Describe where infrastructure protection stands and should stand",
        "document",
    ),
    (
        "4.3",
        "Gap analysis and stories for infrastructure protection",
        "analysis",
    ),
    ("4.4", "Decide who manages security groups and NACLs", "define"),
    ("4.5", "Decide on intrusion detection and prevention", "define"),
    ("4.6", "Decide on certificates", "define"),
    ("4.7", "Decide on secrets", "define"),
    ("4.8", "Decide who manages WAF rules", "define"),
    ("4.9", "Build the controls for infrastructure", "build"),
    ("5.1", "Workshop on logs and alerts", "workshop"),
    (
        "5.2",
        "Describe where logging and monitoring stand and should stand",
        "document",
    ),
    ("5.3", "Gap analysis and stories for logging and monitoring", "analysis"),
    ("5.4", "Decide on a pattern for logs", "define"),
    ("5.5", "Decide which service logs are taken in", "define"),
    ("5.6", "Decide how long logs are kept", "define"),
    ("5.7", "Decide which monitoring services run", "define"),
    ("5.8", "Decide on the base set of detective controls", "define"),
    ("5.9", "Build the base set of detective controls", "build"),
    ("5.10", "Build the monitoring services", "build"),
];

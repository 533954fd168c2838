//! AWS Identity and Access Management.

use jiff::Timestamp;

use crate::{Json, table::table};

table! {
    /// An IAM user. When its password and keys were used stands in `aws_iam_credential_report`.
    IamUser = "aws_iam_user", "iam:GetAccountAuthorizationDetails", Account, key [arn] {
        /// ARN of the user.
        arn: String,
        /// Name of the user.
        name: String,
        /// Unique id of the user.
        user_id: Option<String>,
        /// Path of the user.
        path: Option<String>,
        /// When it was created.
        create_date: Option<Timestamp>,
        /// Names of its groups, sorted.
        groups: Vec<String>,
        /// ARNs of the policies attached to the user itself, sorted.
        attached_policy_arns: Vec<String>,
        /// Names of its inline policies, sorted; the documents stand in `aws_iam_inline_policy`.
        inline_policy_names: Vec<String>,
        /// ARN of its permissions boundary.
        permissions_boundary_arn: Option<String>,
        /// Tags, as one object.
        tags: Json,
    }
}

table! {
    /// An IAM group.
    IamGroup = "aws_iam_group", "iam:GetAccountAuthorizationDetails", Account, key [arn] {
        /// ARN of the group.
        arn: String,
        /// Name of the group.
        name: String,
        /// Unique id of the group.
        group_id: Option<String>,
        /// Path of the group.
        path: Option<String>,
        /// When it was created.
        create_date: Option<Timestamp>,
        /// ARNs of the attached policies, sorted.
        attached_policy_arns: Vec<String>,
        /// Names of its inline policies, sorted; the documents stand in `aws_iam_inline_policy`.
        inline_policy_names: Vec<String>,
    }
}

table! {
    /// An IAM role.
    IamRole = "aws_iam_role", "iam:GetAccountAuthorizationDetails", Account, key [arn] {
        /// ARN of the role.
        arn: String,
        /// Name of the role.
        name: String,
        /// Unique id of the role.
        role_id: Option<String>,
        /// Path of the role; `/aws-service-role/…` for roles that AWS services own.
        path: Option<String>,
        /// When it was created.
        create_date: Option<Timestamp>,
        /// The trust policy: who may assume the role.
        assume_role_policy: Option<Json>,
        /// ARNs of the attached policies, sorted.
        attached_policy_arns: Vec<String>,
        /// Names of its inline policies, sorted; the documents stand in `aws_iam_inline_policy`.
        inline_policy_names: Vec<String>,
        /// ARNs of the instance profiles that carry the role, sorted.
        instance_profile_arns: Vec<String>,
        /// ARN of its permissions boundary.
        permissions_boundary_arn: Option<String>,
        /// When it was last used, in the time that AWS tracks (400 days).
        role_last_used_date: Option<Timestamp>,
        /// Region in which it was last used.
        role_last_used_region: Option<String>,
        /// Tags, as one object.
        tags: Json,
    }
}

table! {
    /// A customer managed policy with the document of its default version.
    IamPolicy = "aws_iam_policy", "iam:GetAccountAuthorizationDetails", Account, key [arn] {
        /// ARN of the policy.
        arn: String,
        /// Name of the policy.
        name: String,
        /// Unique id of the policy.
        policy_id: Option<String>,
        /// Path of the policy.
        path: Option<String>,
        /// Version that is in force.
        default_version_id: Option<String>,
        /// The document in force.
        policy: Option<Json>,
        /// Users, groups and roles that it is attached to.
        attachment_count: Option<i64>,
        /// Users and roles that it bounds.
        permissions_boundary_usage_count: Option<i64>,
        /// When it was created.
        create_date: Option<Timestamp>,
        /// When it last got a new version.
        update_date: Option<Timestamp>,
    }
}

table! {
    /// An inline policy of a user, group or role.
    IamInlinePolicy = "aws_iam_inline_policy", "iam:GetAccountAuthorizationDetails", Account, key [principal_arn, policy_name] {
        /// ARN of the user, group or role.
        principal_arn: String,
        /// `user`, `group` or `role`.
        principal_type: String,
        /// Name of the user, group or role.
        principal_name: String,
        /// Path of the user, group or role.
        principal_path: Option<String>,
        /// Name of the policy.
        policy_name: String,
        /// The document.
        policy: Option<Json>,
    }
}

table! {
    /// How long sessions of a role may last, and what it is for.
    IamRoleSession = "aws_iam_role_session", "iam:ListRoles", Account, key [arn] {
        /// ARN of the role.
        arn: String,
        /// Name of the role.
        name: String,
        /// Description of the role.
        description: Option<String>,
        /// Longest session in seconds, 3,600 to 43,200.
        max_session_duration: Option<i64>,
    }
}

table! {
    /// A user's row of the credential report; the root user's name there is `<root_account>`.
    IamCredentialReport = "aws_iam_credential_report", "iam:GetCredentialReport" after ["iam:GenerateCredentialReport"], Account, key [user_arn] {
        /// ARN of the user, or of the account for root.
        user_arn: String,
        /// Name of the user.
        user_name: String,
        /// When the report was made.
        generated_time: Option<Timestamp>,
        /// When the user was created.
        user_creation_time: Option<Timestamp>,
        /// True where there is a console password; none where the report does not say (root).
        password_enabled: Option<bool>,
        /// When the password was last used; none where it never was, or where nothing is known.
        password_last_used: Option<Timestamp>,
        /// When the password was last changed.
        password_last_changed: Option<Timestamp>,
        /// When the password must be changed.
        password_next_rotation: Option<Timestamp>,
        /// True where a second factor is on.
        mfa_active: Option<bool>,
        /// True where the first access key is active.
        access_key_1_active: Option<bool>,
        /// When the first access key was made or last changed; none without one.
        access_key_1_last_rotated: Option<Timestamp>,
        /// When the first access key was last used.
        access_key_1_last_used_date: Option<Timestamp>,
        /// Region of that use.
        access_key_1_last_used_region: Option<String>,
        /// Service of that use.
        access_key_1_last_used_service: Option<String>,
        /// True where the second access key is active.
        access_key_2_active: Option<bool>,
        /// When the second access key was made or last changed; none without one.
        access_key_2_last_rotated: Option<Timestamp>,
        /// When the second access key was last used.
        access_key_2_last_used_date: Option<Timestamp>,
        /// Region of that use.
        access_key_2_last_used_region: Option<String>,
        /// Service of that use.
        access_key_2_last_used_service: Option<String>,
        /// True where the first signing certificate is active.
        cert_1_active: Option<bool>,
        /// True where the second signing certificate is active.
        cert_2_active: Option<bool>,
    }
}

table! {
    /// An access key of a user. When it was last used stands in `aws_iam_credential_report`.
    IamAccessKey = "aws_iam_access_key", "iam:ListAccessKeys" after ["iam:GenerateCredentialReport", "iam:GetCredentialReport"],
        Account, key [access_key_id] {
        /// Id of the key, `AKIA…`; not a secret.
        access_key_id: String,
        /// Name of its user.
        user_name: String,
        /// ARN of its user.
        user_arn: String,
        /// `Active` or `Inactive`.
        status: Option<String>,
        /// When it was created.
        create_date: Option<Timestamp>,
    }
}

table! {
    /// Counts and facts about the account's identities, and about its root user.
    IamAccountSummary = "aws_iam_account_summary", "iam:GetAccountSummary", Account, key [] {
        /// True where the root user has a second factor.
        account_mfa_enabled: Option<bool>,
        /// True where the root user has an access key.
        account_access_keys_present: Option<bool>,
        /// True where the root user has a password; none where AWS does not say.
        account_password_present: Option<bool>,
        /// True where the root user has a signing certificate.
        account_signing_certificates_present: Option<bool>,
        /// IAM users.
        users: Option<i64>,
        /// Groups.
        groups: Option<i64>,
        /// Roles.
        roles: Option<i64>,
        /// Customer managed policies.
        policies: Option<i64>,
        /// Identity providers.
        providers: Option<i64>,
        /// Instance profiles.
        instance_profiles: Option<i64>,
        /// Second factors.
        mfa_devices: Option<i64>,
        /// Second factors in use.
        mfa_devices_in_use: Option<i64>,
        /// Server certificates.
        server_certificates: Option<i64>,
    }
}

table! {
    /// The account's password policy; no row where it has none and AWS's own default holds.
    IamAccountPasswordPolicy = "aws_iam_account_password_policy", "iam:GetAccountPasswordPolicy", Account, key [] {
        /// Characters at least.
        minimum_password_length: Option<i64>,
        /// True where a symbol is asked for.
        require_symbols: bool,
        /// True where a digit is asked for.
        require_numbers: bool,
        /// True where an upper case letter is asked for.
        require_uppercase_characters: bool,
        /// True where a lower case letter is asked for.
        require_lowercase_characters: bool,
        /// True where users may change their own password.
        allow_users_to_change_password: bool,
        /// True where passwords expire.
        expire_passwords: bool,
        /// Days until a password expires.
        max_password_age: Option<i64>,
        /// Passwords that are remembered and refused.
        password_reuse_prevention: Option<i64>,
        /// True where an expired password can only be reset by an administrator.
        hard_expiry: Option<bool>,
    }
}

table! {
    /// The account's alias, the name in its sign-in address.
    IamAccountAlias = "aws_iam_account_alias", "iam:ListAccountAliases", Account, key [alias] {
        /// The alias.
        alias: String,
    }
}

table! {
    /// A virtual second factor. A user with a second factor that has no row here uses hardware.
    IamVirtualMfaDevice = "aws_iam_virtual_mfa_device", "iam:ListVirtualMFADevices", Account, key [serial_number] {
        /// Serial number, an ARN.
        serial_number: String,
        /// ARN of its user, or of the account for root; none where it is assigned to nobody.
        user_arn: Option<String>,
        /// Name of its user.
        user_name: Option<String>,
        /// When it was enabled.
        enable_date: Option<Timestamp>,
    }
}

table! {
    /// A SAML identity provider.
    IamSamlProvider = "aws_iam_saml_provider", "iam:ListSAMLProviders", Account, key [arn] {
        /// ARN of the provider.
        arn: String,
        /// Name of the provider.
        name: String,
        /// When its metadata expire.
        valid_until: Option<Timestamp>,
        /// When it was created.
        create_date: Option<Timestamp>,
    }
}

table! {
    /// An OpenID Connect identity provider.
    IamOpenIdConnectProvider = "aws_iam_open_id_connect_provider", "iam:ListOpenIDConnectProviders", Account, key [arn] {
        /// ARN of the provider.
        arn: String,
        /// Host and path of the issuer, without its `https://`.
        url: String,
    }
}

table! {
    /// A server certificate kept in IAM.
    IamServerCertificate = "aws_iam_server_certificate", "iam:ListServerCertificates", Account, key [arn] {
        /// ARN of the certificate.
        arn: String,
        /// Name of the certificate.
        name: String,
        /// Id of the certificate.
        server_certificate_id: String,
        /// Path of the certificate.
        path: String,
        /// When it was uploaded.
        upload_date: Option<Timestamp>,
        /// When it expires.
        expiration: Option<Timestamp>,
    }
}

table! {
    /// A feature of central root access that is on in the organization: `RootCredentialsManagement`, `RootSessions`. Read in the
    /// management account.
    IamOrganizationsFeature = "aws_iam_organizations_feature", "iam:ListOrganizationsFeatures", Organization, key [feature] {
        /// Name of the feature.
        feature: String,
    }
}

table! {
    /// When a user, group, role or customer managed policy last used a service that it is allowed to use. Read on request alone
    /// (`standfast discover --service-last-accessed`); without that nothing is known, and no row means nothing.
    IamAccessAdvisor = "aws_iam_access_advisor", "iam-last-accessed:GetServiceLastAccessedDetails"
        after ["iam:GetAccountAuthorizationDetails", "iam-last-accessed:GenerateServiceLastAccessedDetails"],
        Account, key [principal_arn, service_namespace] {
        /// ARN of the user, group, role or policy.
        principal_arn: String,
        /// Namespace of the service, such as `s3`.
        service_namespace: String,
        /// Name of the service.
        service_name: String,
        /// When it was last used, in the time that AWS tracks (400 days); none where it was not.
        last_authenticated: Option<Timestamp>,
        /// ARN of the user or role that used it last.
        last_authenticated_entity: Option<String>,
        /// Region in which it was last used.
        last_authenticated_region: Option<String>,
        /// Users and roles that used it.
        total_authenticated_entities: Option<i64>,
    }
}

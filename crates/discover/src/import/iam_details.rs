//! The output of `aws iam get-account-authorization-details`, entry by entry. AWS Config keeps users, groups, roles and policies in the
//! same form with small first letters, so that one set of shapes reads both; rows are made by the collector's own code.

use std::fmt;
use std::io::BufRead;

use aws_sdk_iam::types::{
    AttachedPermissionsBoundary, AttachedPolicy, GroupDetail, InstanceProfile, ManagedPolicyDetail, PolicyDetail,
    PolicyVersion, RoleDetail, RoleLastUsed, Tag, UserDetail,
};
use aws_smithy_types::DateTime;
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use standfast_inventory::UnitWriter;

use super::item::moment;
use crate::tables::iam::details;

/// Name under which entries of the details stand in the index.
pub(super) const DETAILS: &str = "details";
/// The types of AWS Config that the details tell better.
pub(super) const TYPES: [&str; 4] = [
    "AWS::IAM::User",
    "AWS::IAM::Group",
    "AWS::IAM::Role",
    "AWS::IAM::Policy",
];

/// A list of the details.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DetailKind {
    User,
    Group,
    Role,
    Policy,
}

impl DetailKind {
    /// The word for several of them.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::User => "users",
            Self::Group => "groups",
            Self::Role => "roles",
            Self::Policy => "customer managed policies",
        }
    }

    fn of_list(key: &str) -> Option<Self> {
        match key {
            "UserDetailList" => Some(Self::User),
            "GroupDetailList" => Some(Self::Group),
            "RoleDetailList" => Some(Self::Role),
            "Policies" => Some(Self::Policy),
            _ => None,
        }
    }
}

/// The lists that a table needs; None for a table that the details do not fill.
pub(super) fn kinds_of(table: &str) -> Option<&'static [DetailKind]> {
    match table {
        "aws_iam_user" => Some(&[DetailKind::User]),
        "aws_iam_group" => Some(&[DetailKind::Group]),
        "aws_iam_role" => Some(&[DetailKind::Role]),
        "aws_iam_policy" => Some(&[DetailKind::Policy]),
        "aws_iam_inline_policy" => Some(&[DetailKind::User, DetailKind::Group, DetailKind::Role]),
        _ => None,
    }
}

/// One user, group, role or policy.
#[derive(Debug)]
pub(super) enum Entry {
    User(User),
    Group(Group),
    Role(Role),
    Policy(Policy),
}

impl Entry {
    pub(super) fn arn(&self) -> &str {
        match self {
            Self::User(user) => &user.arn,
            Self::Group(group) => &group.arn,
            Self::Role(role) => &role.arn,
            Self::Policy(policy) => &policy.arn,
        }
    }

    pub(super) fn kind(&self) -> DetailKind {
        match self {
            Self::User(_) => DetailKind::User,
            Self::Group(_) => DetailKind::Group,
            Self::Role(_) => DetailKind::Role,
            Self::Policy(_) => DetailKind::Policy,
        }
    }

    /// Writes its rows, as the collector of IAM would.
    pub(super) fn write(self, writer: &UnitWriter) -> Result<(), String> {
        match self {
            Self::User(user) => details::write_user(writer, user.into_detail()),
            Self::Group(group) => details::write_group(writer, group.into_detail()),
            Self::Role(role) => details::write_role(writer, role.into_detail()?),
            Self::Policy(policy) => details::write_policy(writer, policy.into_detail()),
        }
        Ok(())
    }
}

/// What a document was, beside its entries.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// The account of its ARNs; None where it lists nothing of an account.
    pub(super) account: Option<String>,
    /// The lists that it has, empty or not.
    pub(super) lists: Vec<DetailKind>,
    /// True where it lists a policy of AWS.
    pub(super) aws_policies: bool,
    /// True where a page follows.
    pub(super) is_cut_off: bool,
}

/// Gives every entry of every document of a file to `each`, with its place in the file and its account.
pub(super) fn documents(
    reader: impl BufRead,
    mut each: impl FnMut(usize, &str, Entry) -> Result<(), String>,
) -> Result<Vec<Document>, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_reader(reader);
    let mut order = 0;
    let mut documents = Vec::new();
    loop {
        let mut document = Document::default();
        json.deserialize_map(DocumentVisitor {
            document: &mut document,
            order: &mut order,
            each: &mut each,
        })?;
        documents.push(document);
        match json.end() {
            Ok(()) => return Ok(documents),
            Err(error) if error.is_syntax() => {}
            Err(error) => return Err(error),
        }
    }
}

struct DocumentVisitor<'a, F> {
    document: &'a mut Document,
    order: &'a mut usize,
    each: &'a mut F,
}

impl<'de, F: FnMut(usize, &str, Entry) -> Result<(), String>> Visitor<'de> for DocumentVisitor<'_, F> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object with `UserDetailList`, `GroupDetailList`, `RoleDetailList` and `Policies`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "IsTruncated" => self.document.is_cut_off |= map.next_value::<bool>()?,
                "NextToken" => self.document.is_cut_off |= !map.next_value::<Value>()?.is_null(),
                key => match DetailKind::of_list(key) {
                    Some(kind) => {
                        self.document.lists.push(kind);
                        map.next_value_seed(List {
                            kind,
                            document: self.document,
                            order: self.order,
                            each: self.each,
                        })?;
                    }
                    None => {
                        map.next_value::<IgnoredAny>()?;
                    }
                },
            }
        }
        if self.document.lists.len() < 4 {
            return Err(A::Error::custom(
                "one of `UserDetailList`, `GroupDetailList`, `RoleDetailList` and `Policies` is missing",
            ));
        }
        Ok(())
    }
}

struct List<'a, F> {
    kind: DetailKind,
    document: &'a mut Document,
    order: &'a mut usize,
    each: &'a mut F,
}

impl<'de, F: FnMut(usize, &str, Entry) -> Result<(), String>> DeserializeSeed<'de> for List<'_, F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, F: FnMut(usize, &str, Entry) -> Result<(), String>> Visitor<'de> for List<'_, F> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a list of {}", self.kind.as_str())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        loop {
            let entry = match self.kind {
                DetailKind::User => list.next_element()?.map(Entry::User),
                DetailKind::Group => list.next_element()?.map(Entry::Group),
                DetailKind::Role => list.next_element()?.map(Entry::Role),
                DetailKind::Policy => list.next_element()?.map(Entry::Policy),
            };
            let Some(entry) = entry else { return Ok(()) };
            let account = entry.arn().split(':').nth(4).unwrap_or_default().to_owned();
            if account == "aws" {
                self.document.aws_policies = true;
                continue;
            }
            if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(A::Error::custom(format!("`{}` is the ARN of no account", entry.arn())));
            }
            match &self.document.account {
                None => self.document.account = Some(account.clone()),
                Some(first) if *first == account => {}
                Some(first) => {
                    let problem = format!("`{}` is not of account {first}, as what stands before it", entry.arn());
                    return Err(A::Error::custom(problem));
                }
            }
            (self.each)(*self.order, &account, entry).map_err(A::Error::custom)?;
            *self.order += 1;
        }
    }
}

/// A moment in any of the forms that files have.
#[derive(Debug)]
struct Moment(DateTime);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let moment = moment(&value).ok_or_else(|| D::Error::custom(format!("`{value}` is no moment")))?;
        DateTime::from_nanos(moment.as_nanosecond())
            .map(Self)
            .map_err(D::Error::custom)
    }
}

/// A policy document: an object as the CLI prints it, or text as the API gives it.
#[derive(Debug)]
struct PolicyText(String);

impl<'de> Deserialize<'de> for PolicyText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Value::deserialize(deserializer)? {
            Value::String(text) => text,
            other => other.to_string(),
        }))
    }
}

/// Declares a shape whose names may begin with a capital or a small letter.
macro_rules! shapes {
    ($($(#[$meta:meta])* $name:ident { $($field:ident: $type:ty = $capital:literal | $small:literal),* $(,)? })*) => {
        $(
            $(#[$meta])*
            #[derive(Debug, Deserialize)]
            pub(super) struct $name {
                $(#[serde(rename = $capital, alias = $small)] $field: $type,)*
            }
        )*
    };
}

shapes! {
    /// A user.
    User {
        arn: String = "Arn" | "arn",
        name: String = "UserName" | "userName",
        id: Option<String> = "UserId" | "userId",
        path: Option<String> = "Path" | "path",
        create_date: Option<Moment> = "CreateDate" | "createDate",
        groups: Option<Vec<String>> = "GroupList" | "groupList",
        attached: Option<Vec<Attached>> = "AttachedManagedPolicies" | "attachedManagedPolicies",
        inline: Option<Vec<Inline>> = "UserPolicyList" | "userPolicyList",
        boundary: Option<Boundary> = "PermissionsBoundary" | "permissionsBoundary",
        tags: Option<Vec<Pair>> = "Tags" | "tags",
    }
    /// A group.
    Group {
        arn: String = "Arn" | "arn",
        name: String = "GroupName" | "groupName",
        id: Option<String> = "GroupId" | "groupId",
        path: Option<String> = "Path" | "path",
        create_date: Option<Moment> = "CreateDate" | "createDate",
        attached: Option<Vec<Attached>> = "AttachedManagedPolicies" | "attachedManagedPolicies",
        inline: Option<Vec<Inline>> = "GroupPolicyList" | "groupPolicyList",
    }
    /// A role.
    Role {
        arn: String = "Arn" | "arn",
        name: String = "RoleName" | "roleName",
        id: Option<String> = "RoleId" | "roleId",
        path: Option<String> = "Path" | "path",
        create_date: Option<Moment> = "CreateDate" | "createDate",
        trust: PolicyText = "AssumeRolePolicyDocument" | "assumeRolePolicyDocument",
        attached: Option<Vec<Attached>> = "AttachedManagedPolicies" | "attachedManagedPolicies",
        inline: Option<Vec<Inline>> = "RolePolicyList" | "rolePolicyList",
        profiles: Option<Vec<Profile>> = "InstanceProfileList" | "instanceProfileList",
        boundary: Option<Boundary> = "PermissionsBoundary" | "permissionsBoundary",
        last_used: Option<LastUsed> = "RoleLastUsed" | "roleLastUsed",
        tags: Option<Vec<Pair>> = "Tags" | "tags",
    }
    /// A managed policy.
    Policy {
        arn: String = "Arn" | "arn",
        name: Option<String> = "PolicyName" | "policyName",
        id: Option<String> = "PolicyId" | "policyId",
        path: Option<String> = "Path" | "path",
        default_version_id: Option<String> = "DefaultVersionId" | "defaultVersionId",
        attachment_count: Option<i32> = "AttachmentCount" | "attachmentCount",
        boundary_count: Option<i32> = "PermissionsBoundaryUsageCount" | "permissionsBoundaryUsageCount",
        create_date: Option<Moment> = "CreateDate" | "createDate",
        update_date: Option<Moment> = "UpdateDate" | "updateDate",
        versions: Vec<Version> = "PolicyVersionList" | "policyVersionList",
    }
    /// A policy attached to a user, group or role.
    Attached {
        arn: String = "PolicyArn" | "policyArn",
        name: Option<String> = "PolicyName" | "policyName",
    }
    /// An inline policy.
    Inline {
        name: String = "PolicyName" | "policyName",
        document: PolicyText = "PolicyDocument" | "policyDocument",
    }
    /// A permissions boundary.
    Boundary {
        arn: Option<String> = "PermissionsBoundaryArn" | "permissionsBoundaryArn",
    }
    /// An instance profile.
    Profile {
        arn: String = "Arn" | "arn",
        name: String = "InstanceProfileName" | "instanceProfileName",
        id: String = "InstanceProfileId" | "instanceProfileId",
        path: String = "Path" | "path",
        create_date: Moment = "CreateDate" | "createDate",
    }
    /// When a role was last used.
    LastUsed {
        date: Option<Moment> = "LastUsedDate" | "lastUsedDate",
        region: Option<String> = "Region" | "region",
    }
    /// A version of a managed policy.
    Version {
        document: Option<PolicyText> = "Document" | "document",
        id: Option<String> = "VersionId" | "versionId",
        is_default: bool = "IsDefaultVersion" | "isDefaultVersion",
    }
    /// A tag.
    Pair {
        key: String = "Key" | "key",
        value: String = "Value" | "value",
    }
}

fn attached(policies: Option<Vec<Attached>>) -> Option<Vec<AttachedPolicy>> {
    let policy = |policy: Attached| {
        AttachedPolicy::builder()
            .policy_arn(policy.arn)
            .set_policy_name(policy.name)
            .build()
    };
    policies.map(|policies| policies.into_iter().map(policy).collect())
}

fn inline(policies: Option<Vec<Inline>>) -> Option<Vec<PolicyDetail>> {
    let policy = |policy: Inline| {
        PolicyDetail::builder()
            .policy_name(policy.name)
            .policy_document(policy.document.0)
            .build()
    };
    policies.map(|policies| policies.into_iter().map(policy).collect())
}

fn boundary(boundary: Option<Boundary>) -> Option<AttachedPermissionsBoundary> {
    boundary.map(|boundary| {
        AttachedPermissionsBoundary::builder()
            .set_permissions_boundary_arn(boundary.arn)
            .build()
    })
}

fn tags(tags: Option<Vec<Pair>>) -> Option<Vec<Tag>> {
    let tag = |pair: Pair| Tag::builder().key(pair.key).value(pair.value).build().ok();
    tags.map(|tags| tags.into_iter().filter_map(tag).collect())
}

impl User {
    pub(super) fn into_detail(self) -> UserDetail {
        UserDetail::builder()
            .arn(self.arn)
            .user_name(self.name)
            .set_user_id(self.id)
            .set_path(self.path)
            .set_create_date(self.create_date.map(|moment| moment.0))
            .set_group_list(self.groups)
            .set_attached_managed_policies(attached(self.attached))
            .set_user_policy_list(inline(self.inline))
            .set_permissions_boundary(boundary(self.boundary))
            .set_tags(tags(self.tags))
            .build()
    }
}

impl Group {
    pub(super) fn into_detail(self) -> GroupDetail {
        GroupDetail::builder()
            .arn(self.arn)
            .group_name(self.name)
            .set_group_id(self.id)
            .set_path(self.path)
            .set_create_date(self.create_date.map(|moment| moment.0))
            .set_attached_managed_policies(attached(self.attached))
            .set_group_policy_list(inline(self.inline))
            .build()
    }
}

impl Role {
    pub(super) fn into_detail(self) -> Result<RoleDetail, String> {
        let mut profiles = Vec::new();
        for profile in self.profiles.unwrap_or_default() {
            let profile = InstanceProfile::builder()
                .arn(profile.arn)
                .instance_profile_name(profile.name)
                .instance_profile_id(profile.id)
                .path(profile.path)
                .create_date(profile.create_date.0)
                .set_roles(Some(Vec::new()))
                .build()
                .map_err(|error| error.to_string())?;
            profiles.push(profile);
        }
        let last_used = self.last_used.map(|used| {
            RoleLastUsed::builder()
                .set_last_used_date(used.date.map(|moment| moment.0))
                .set_region(used.region)
                .build()
        });
        Ok(RoleDetail::builder()
            .arn(self.arn)
            .role_name(self.name)
            .set_role_id(self.id)
            .set_path(self.path)
            .set_create_date(self.create_date.map(|moment| moment.0))
            .assume_role_policy_document(self.trust.0)
            .set_attached_managed_policies(attached(self.attached))
            .set_role_policy_list(inline(self.inline))
            .set_instance_profile_list(Some(profiles))
            .set_permissions_boundary(boundary(self.boundary))
            .set_role_last_used(last_used)
            .set_tags(tags(self.tags))
            .build())
    }

    /// AWS Config does not follow the use of roles: what an item says of it may be long past.
    pub(super) fn without_use(self) -> Self {
        Self {
            last_used: None,
            ..self
        }
    }
}

impl Policy {
    pub(super) fn arn(&self) -> &str {
        &self.arn
    }

    /// True where the default version comes with its document.
    pub(super) fn has_document_in_force(&self) -> bool {
        self.versions
            .iter()
            .any(|version| version.document.is_some() && (version.is_default || version.id == self.default_version_id))
    }

    pub(super) fn into_detail(self) -> ManagedPolicyDetail {
        let version = |version: Version| {
            PolicyVersion::builder()
                .set_document(version.document.map(|document| document.0))
                .set_version_id(version.id)
                .is_default_version(version.is_default)
                .build()
        };
        ManagedPolicyDetail::builder()
            .arn(self.arn)
            .set_policy_name(self.name)
            .set_policy_id(self.id)
            .set_path(self.path)
            .set_default_version_id(self.default_version_id)
            .set_attachment_count(self.attachment_count)
            .set_permissions_boundary_usage_count(self.boundary_count)
            .set_create_date(self.create_date.map(|moment| moment.0))
            .set_update_date(self.update_date.map(|moment| moment.0))
            .set_policy_version_list(Some(self.versions.into_iter().map(version).collect()))
            .build()
    }
}

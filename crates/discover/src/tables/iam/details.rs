//! The reply of GetAccountAuthorizationDetails as rows: users, groups, roles, customer managed policies and inline policies.

use aws_sdk_iam::Client;
use aws_sdk_iam::operation::get_account_authorization_details::{
    GetAccountAuthorizationDetailsError, GetAccountAuthorizationDetailsOutput,
};
use aws_sdk_iam::types::{
    AttachedPermissionsBoundary, AttachedPolicy, EntityType, GroupDetail, ManagedPolicyDetail, PolicyDetail,
    RoleDetail, Tag, UserDetail,
};
use aws_smithy_async::future::pagination_stream::PaginationStream;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use standfast_inventory::tables::iam::{IamGroup, IamInlinePolicy, IamPolicy, IamRole, IamUser};
use standfast_inventory::{Json, UnitWriter};

use crate::{Cell, parse};

/// Everything that an account has in IAM, page by page. Documents of AWS's own policies are AWS's to keep; which of them are attached stands
/// with users, groups and roles.
pub(crate) fn pages(
    iam: &Client,
) -> PaginationStream<
    Result<GetAccountAuthorizationDetailsOutput, SdkError<GetAccountAuthorizationDetailsError, HttpResponse>>,
> {
    let filter = vec![
        EntityType::User,
        EntityType::Group,
        EntityType::Role,
        EntityType::LocalManagedPolicy,
    ];
    iam.get_account_authorization_details()
        .set_filter(Some(filter))
        .max_items(1000)
        .into_paginator()
        .send()
}

pub(super) fn write(cell: &Cell, page: GetAccountAuthorizationDetailsOutput) {
    for user in page.user_detail_list.unwrap_or_default() {
        write_user(&cell.writer, user);
    }
    for group in page.group_detail_list.unwrap_or_default() {
        write_group(&cell.writer, group);
    }
    for role in page.role_detail_list.unwrap_or_default() {
        write_role(&cell.writer, role);
    }
    for policy in page.policies.unwrap_or_default() {
        write_policy(&cell.writer, policy);
    }
}

pub(crate) fn write_user(writer: &UnitWriter, user: UserDetail) {
    if let Some((row, inline)) = user_rows(user) {
        writer.row(&row);
        write_inline(writer, &inline);
    }
}

pub(crate) fn write_group(writer: &UnitWriter, group: GroupDetail) {
    if let Some((row, inline)) = group_rows(group) {
        writer.row(&row);
        write_inline(writer, &inline);
    }
}

pub(crate) fn write_role(writer: &UnitWriter, role: RoleDetail) {
    if let Some((row, inline)) = role_rows(role) {
        writer.row(&row);
        write_inline(writer, &inline);
    }
}

pub(crate) fn write_policy(writer: &UnitWriter, policy: ManagedPolicyDetail) {
    if let Some(row) = policy_row(policy) {
        writer.row(&row);
    }
}

fn write_inline(writer: &UnitWriter, policies: &[IamInlinePolicy]) {
    for policy in policies {
        writer.row(policy);
    }
}

fn user_rows(user: UserDetail) -> Option<(IamUser, Vec<IamInlinePolicy>)> {
    let (arn, name) = (user.arn?, user.user_name?);
    let inline = inline_rows(user.user_policy_list, "user", &arn, &name, user.path.as_deref());
    let mut groups = user.group_list.unwrap_or_default();
    groups.sort();
    let row = IamUser {
        inline_policy_names: inline_names(&inline),
        arn,
        name,
        user_id: user.user_id,
        path: user.path,
        create_date: parse::maybe_timestamp(user.create_date.as_ref()),
        groups,
        attached_policy_arns: attached_arns(user.attached_managed_policies),
        permissions_boundary_arn: boundary(user.permissions_boundary),
        tags: tags(user.tags.as_deref()),
    };
    Some((row, inline))
}

fn group_rows(group: GroupDetail) -> Option<(IamGroup, Vec<IamInlinePolicy>)> {
    let (arn, name) = (group.arn?, group.group_name?);
    let inline = inline_rows(group.group_policy_list, "group", &arn, &name, group.path.as_deref());
    let row = IamGroup {
        inline_policy_names: inline_names(&inline),
        arn,
        name,
        group_id: group.group_id,
        path: group.path,
        create_date: parse::maybe_timestamp(group.create_date.as_ref()),
        attached_policy_arns: attached_arns(group.attached_managed_policies),
    };
    Some((row, inline))
}

fn role_rows(role: RoleDetail) -> Option<(IamRole, Vec<IamInlinePolicy>)> {
    let (arn, name) = (role.arn?, role.role_name?);
    let inline = inline_rows(role.role_policy_list, "role", &arn, &name, role.path.as_deref());
    let mut instance_profile_arns: Vec<String> = role
        .instance_profile_list
        .unwrap_or_default()
        .into_iter()
        .map(|profile| profile.arn)
        .collect();
    instance_profile_arns.sort();
    let used = role.role_last_used;
    let row = IamRole {
        inline_policy_names: inline_names(&inline),
        arn,
        name,
        role_id: role.role_id,
        path: role.path,
        create_date: parse::maybe_timestamp(role.create_date.as_ref()),
        assume_role_policy: role.assume_role_policy_document.as_deref().map(parse::policy),
        attached_policy_arns: attached_arns(role.attached_managed_policies),
        instance_profile_arns,
        permissions_boundary_arn: boundary(role.permissions_boundary),
        role_last_used_date: used
            .as_ref()
            .and_then(|used| parse::maybe_timestamp(used.last_used_date.as_ref())),
        role_last_used_region: used.and_then(|used| used.region),
        tags: tags(role.tags.as_deref()),
    };
    Some((row, inline))
}

fn policy_row(policy: ManagedPolicyDetail) -> Option<IamPolicy> {
    let in_force = policy
        .policy_version_list
        .unwrap_or_default()
        .into_iter()
        .find(|version| {
            version.is_default_version
                || (version.version_id.is_some() && version.version_id == policy.default_version_id)
        });
    let arn = policy.arn?;
    let name = policy
        .policy_name
        .unwrap_or_else(|| arn.rsplit('/').next().unwrap_or_default().to_owned());
    Some(IamPolicy {
        arn,
        name,
        policy_id: policy.policy_id,
        path: policy.path,
        default_version_id: policy.default_version_id,
        policy: in_force
            .and_then(|version| version.document)
            .as_deref()
            .map(parse::policy),
        attachment_count: policy.attachment_count.map(i64::from),
        permissions_boundary_usage_count: policy.permissions_boundary_usage_count.map(i64::from),
        create_date: parse::maybe_timestamp(policy.create_date.as_ref()),
        update_date: parse::maybe_timestamp(policy.update_date.as_ref()),
    })
}

fn inline_rows(
    policies: Option<Vec<PolicyDetail>>,
    kind: &str,
    arn: &str,
    name: &str,
    path: Option<&str>,
) -> Vec<IamInlinePolicy> {
    let mut rows: Vec<IamInlinePolicy> = policies
        .unwrap_or_default()
        .into_iter()
        .map(|policy| IamInlinePolicy {
            principal_arn: arn.to_owned(),
            principal_type: kind.to_owned(),
            principal_name: name.to_owned(),
            principal_path: path.map(str::to_owned),
            policy_name: policy.policy_name.unwrap_or_default(),
            policy: policy.policy_document.as_deref().map(parse::policy),
        })
        .collect();
    rows.sort_by(|left, right| left.policy_name.cmp(&right.policy_name));
    rows
}

fn inline_names(inline: &[IamInlinePolicy]) -> Vec<String> {
    inline.iter().map(|policy| policy.policy_name.clone()).collect()
}

fn attached_arns(policies: Option<Vec<AttachedPolicy>>) -> Vec<String> {
    let mut arns: Vec<String> = policies
        .unwrap_or_default()
        .into_iter()
        .filter_map(|policy| policy.policy_arn)
        .collect();
    arns.sort();
    arns
}

fn boundary(boundary: Option<AttachedPermissionsBoundary>) -> Option<String> {
    boundary?.permissions_boundary_arn
}

fn tags(tags: Option<&[Tag]>) -> Json {
    parse::tags(
        tags.unwrap_or_default()
            .iter()
            .map(|tag| (Some(tag.key.as_str()), Some(tag.value.as_str()))),
    )
}

-- ---
-- id = "iam-group-administrator-access-absent"
-- title = "No group of IAM users has AdministratorAccess"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_iam_group"
-- when_empty = "not_applicable"
-- why = "A group of administrators makes permanent passwords and keys into full rights."
-- limits = "Looks for AdministratorAccess attached to the group; the same rights by a policy of one's own are findings of the controls on policies."
-- fix = "Let administrators take the administrator role through federation, and detach the policy from the group."
-- owner = "security-engineer"
-- size = "M"
-- after = ["iam-human-roles-present"]
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html"]
-- ---
SELECT
    member.arn AS resource,
    member.account_id,
    member.region,
    CASE WHEN array_has(member.attached_policy_arns, 'arn:' || member.partition || ':iam::aws:policy/AdministratorAccess') THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN array_has(member.attached_policy_arns, 'arn:' || member.partition || ':iam::aws:policy/AdministratorAccess')
        THEN 'the group has AdministratorAccess' ELSE 'the group does not have AdministratorAccess' END AS reason
FROM aws_iam_group AS member

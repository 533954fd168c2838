-- ---
-- id = "iam-user-policies-absent"
-- title = "Users get their rights by group only"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_iam_user"
-- when_empty = "not_applicable"
-- why = "Rights that hang on a person are found by nobody when the person changes jobs."
-- limits = "What the groups of the user allow is not weighed here, nor a permissions boundary."
-- fix = "Attach the policy to a group, put the user into it, remove the policy from the user."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html"]
-- ---
SELECT
    iam_user.arn AS resource,
    iam_user.account_id,
    iam_user.region,
    CASE
        WHEN coalesce(array_length(iam_user.attached_policy_arns), 0) + coalesce(array_length(iam_user.inline_policy_names), 0) > 0 THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN coalesce(array_length(iam_user.attached_policy_arns), 0) + coalesce(array_length(iam_user.inline_policy_names), 0) > 0
            THEN concat_ws(
                '; ',
                'attached: ' || nullif(array_to_string(iam_user.attached_policy_arns, ', '), ''),
                'inline: ' || nullif(array_to_string(iam_user.inline_policy_names, ', '), '')
            )
        ELSE 'no policy of its own'
    END AS reason
FROM aws_iam_user AS iam_user

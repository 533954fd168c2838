-- ---
-- name = "standfast_binding"
-- about = "A policy of the organization that binds an account, attached to it or to a unit above it."
-- ---
SELECT DISTINCT member.id AS account_id, target.policy_id
FROM (SELECT id, unnest(policy_target_ids) AS target_id FROM aws_organizations_account) AS member
INNER JOIN aws_organizations_policy_target AS target ON target.target_id = member.target_id

-- ---
-- id = "organizations-management-workloads-absent"
-- title = "The management account runs no workloads"
-- severity = "high"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "No guardrail binds the management account: whoever breaks into a workload there has the whole organization in front of them."
-- limits = "Looks at instances, databases and load balancers. Functions are left out: the organization's own automation may run there."
-- fix = "Move the workloads into an account of their own."
-- owner = "platform-engineer"
-- size = "XL"
-- after = []
-- refs = ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices_mgmt-acct.html"]
-- ---
WITH workload AS (
    SELECT account_id, count(*) AS found, 'instances' AS kind FROM aws_ec2_instance WHERE instance_state <> 'terminated' GROUP BY account_id
    UNION ALL
    SELECT account_id, count(*), 'databases' FROM aws_rds_db_instance GROUP BY account_id
    UNION ALL
    SELECT account_id, count(*), 'load balancers' FROM aws_ec2_load_balancer GROUP BY account_id
)
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN NOT account.is_management OR NOT account.in_organization THEN 'not_applicable'
        WHEN present.kinds IS NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN NOT account.is_management OR NOT account.in_organization THEN 'not a management account'
        ELSE coalesce(present.kinds, 'no instance, database or load balancer')
    END AS reason
FROM aws_account AS account
LEFT JOIN (
    SELECT account_id, string_agg(found || ' ' || kind, ', ' ORDER BY kind) AS kinds FROM workload GROUP BY account_id
) AS present ON present.account_id = account.account_id

-- ---
-- id = "fms-administrator-delegated"
-- title = "Firewall Manager is administered outside of the management account"
-- severity = "low"
-- scope = "organization"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "The management account stands above all guardrails; daily work belongs into an account that they hold."
-- limits = "Whether the account is the audit account of the design is not judged."
-- fix = "Name the audit account as administrator."
-- owner = "security-lead"
-- size = "S"
-- after = ["fms-administrator-set"]
-- refs = ["https://docs.aws.amazon.com/waf/latest/developerguide/fms-prereq.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN administrator.ids IS NULL THEN 'not_applicable'
        WHEN array_has(administrator.list, account.account_id) THEN 'fail'
        ELSE 'pass'
    END AS status,
    'the administrator is ' || coalesce(administrator.ids, 'not set') AS reason
FROM aws_account AS account
LEFT JOIN (
    SELECT
        string_agg(DISTINCT admin_account, ', ' ORDER BY admin_account) AS ids,
        array_agg(admin_account) AS list
    FROM aws_fms_admin_account
    WHERE coalesce(role_status, 'READY') IN ('READY', 'CREATING')
) AS administrator ON true
WHERE account.is_management

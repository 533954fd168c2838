-- ---
-- id = "fms-administrator-set"
-- title = "Firewall Manager has an administrator"
-- severity = "medium"
-- scope = "organization"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Without an administrator no rule can be laid over all accounts at once, and each new account begins without protection."
-- limits = "Seen from each account that was read; the management account alone answers for an organization without member accounts in the run."
-- fix = "Name the audit account as administrator: `aws fms associate-admin-account` in the management account, region us-east-1."
-- owner = "security-lead"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/waf/latest/developerguide/fms-prereq.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN NOT account.in_organization THEN 'not_applicable'
        WHEN administrator.ids IS NULL THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN NOT account.in_organization THEN 'the account is in no organization'
        ELSE 'the administrator is ' || coalesce(administrator.ids, 'not set')
    END AS reason
FROM aws_account AS account
LEFT JOIN (
    SELECT string_agg(DISTINCT admin_account, ', ' ORDER BY admin_account) AS ids
    FROM aws_fms_admin_account
    WHERE coalesce(role_status, 'READY') IN ('READY', 'CREATING')
) AS administrator ON true
WHERE account.is_management

-- ---
-- name = "standfast_audit_account"
-- about = "The account that answers for what the audit account of the design should hold: that account; a lone account for itself; the management account, with `is_audit` false, where the design's was not read."
-- ---
WITH audit AS (
    SELECT count(*) AS accounts
    FROM aws_account
    WHERE account_id = $accounts_audit OR name = $accounts_audit
)
SELECT
    account.arn,
    account.account_id,
    account.region,
    account.in_organization,
    account.account_id = $accounts_audit OR account.name = $accounts_audit OR NOT account.in_organization AS is_audit
FROM aws_account AS account
CROSS JOIN audit
WHERE account.account_id = $accounts_audit
    OR account.name = $accounts_audit
    OR NOT account.in_organization
    OR (account.is_management AND audit.accounts = 0)

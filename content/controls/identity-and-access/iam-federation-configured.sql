-- ---
-- id = "iam-federation-configured"
-- title = "People can sign in to every account through federation"
-- severity = "medium"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Without federation, people get users and passwords in each account."
-- limits = "Sees that the way in is there, not that anybody goes it."
-- fix = "Assign permission sets of Identity Center in the account, or deploy the design's SAML provider."
-- owner = "platform-engineer"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE WHEN way.names IS NOT NULL THEN 'pass' ELSE 'fail' END AS status,
    coalesce('by way of ' || way.names, 'no SAML provider, and no role of Identity Center') AS reason
FROM aws_account AS account
LEFT JOIN (
    SELECT account_id, string_agg(DISTINCT name, ', ') AS names
    FROM (
        SELECT account_id, name FROM aws_iam_saml_provider WHERE name NOT LIKE 'AWSSSO_%'
        UNION ALL
        SELECT account_id, 'Identity Center' FROM aws_iam_role WHERE path LIKE '/aws-reserved/sso.amazonaws.com/%'
    )
    GROUP BY account_id
) AS way ON way.account_id = account.account_id

-- ---
-- id = "cloudtrail-organization-trail-present"
-- title = "A trail of the organization logs every account"
-- severity = "high"
-- scope = "organization"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Trails that each account makes for itself can be missing in new accounts, and whoever owns the account can stop them."
-- limits = "Says that the trail is there; whether it logs is said by the control on multi-region trails."
-- fix = "Create the organization trail in the management account, or in the account that administers CloudTrail: `aws cloudtrail create-trail --is-organization-trail --is-multi-region-trail`."
-- owner = "security-engineer"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html"]
-- ---
WITH organization_trail AS (
    SELECT account_id, min(name) AS name
    FROM aws_cloudtrail_trail
    WHERE is_organization_trail AND is_multi_region_trail
    GROUP BY account_id
)

SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN NOT account.in_organization THEN 'not_applicable'
        WHEN organization_trail.name IS NOT NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN NOT account.in_organization THEN 'the account is in no organization that was read'
        WHEN organization_trail.name IS NOT NULL THEN 'trail ' || organization_trail.name || ' logs every account'
        ELSE 'no multi-region trail of the organization is seen in the management account'
    END AS reason
FROM aws_account AS account
LEFT JOIN organization_trail ON organization_trail.account_id = account.account_id
WHERE account.is_management OR NOT account.in_organization

-- ---
-- id = "iam-human-roles-present"
-- title = "Every account has the roles that people take"
-- severity = "medium"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Where the prepared roles are missing, people make their own users and roles."
-- limits = "Knows roles by their names: what they allow is not judged here, nor whether anybody in the directory may take them. The responders' role is asked for by iam-security-response-role-present."
-- fix = "Deploy the design's federated roles, or assign its permission sets in the account."
-- owner = "platform-engineer"
-- size = "M"
-- after = ["iam-federation-configured"]
-- refs = ["https://docs.aws.amazon.com/singlesignon/latest/userguide/permissionsetsconcept.html"]
-- ---
WITH wanted AS (
    SELECT account.account_id, wish.name
    FROM aws_account AS account
    CROSS JOIN (SELECT unnest($human_roles_names) AS name) AS wish
    -- The role of responders is another control's finding.
    WHERE wish.name <> $incident_response_role
),
present AS (
    SELECT DISTINCT
        account_id,
        regexp_replace(
            regexp_replace(name, '^(' || $names_namespace || '-saml-|AWSReservedSSO_(' || $names_namespace || '-)?)', ''),
            '_[0-9a-f]{16}$',
            ''
        ) AS name
    FROM aws_iam_role
    WHERE starts_with(name, $names_namespace || '-saml-') OR starts_with(name, 'AWSReservedSSO_')
),
missing AS (
    SELECT wanted.account_id, string_agg(wanted.name, ', ' ORDER BY wanted.name) AS names
    FROM wanted
    LEFT JOIN present ON present.account_id = wanted.account_id AND present.name = wanted.name
    WHERE present.name IS NULL
    GROUP BY wanted.account_id
)
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE WHEN missing.names IS NULL THEN 'pass' ELSE 'fail' END AS status,
    coalesce('missing: ' || missing.names, 'every role of the design is there') AS reason
FROM aws_account AS account
LEFT JOIN missing ON missing.account_id = account.account_id

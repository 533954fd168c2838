-- ---
-- id = "iam-security-response-role-present"
-- title = "Every account has the security response role"
-- severity = "high"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "fail"
-- why = "Responders who must first ask for access lose the hours that count."
-- limits = "Knows the role by its name, or by the name of its permission set in IAM Identity Center. What it may do and who may use it is not judged here."
-- fix = "Deploy the security response role of the design, or its permission set, to every account."
-- owner = "security-engineer"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/whitepapers/latest/aws-security-incident-response-guide/preparation.html"]
-- ---
WITH response AS (
    SELECT account_id, min(name) AS name
    FROM aws_iam_role
    WHERE name = $names_namespace || '-saml-' || $incident_response_role
        OR name LIKE 'AWSReservedSSO_' || $incident_response_role || '_%'
        OR name LIKE 'AWSReservedSSO_' || $names_namespace || '-' || $incident_response_role || '_%'
    GROUP BY account_id
)

SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE WHEN response.name IS NOT NULL THEN 'pass' ELSE 'fail' END AS status,
    coalesce('role ' || response.name || ' is there', 'there is no role ' || $names_namespace || '-saml-' || $incident_response_role) AS reason
FROM aws_account AS account
LEFT JOIN response ON response.account_id = account.account_id

-- ---
-- id = "cloudformation-forensics-stack-deployed"
-- title = "The forensics stack waits in the audit account"
-- severity = "medium"
-- scope = "organization"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "Whoever builds the workstation while the incident runs builds it wrong, and late."
-- limits = "Knows the stack by its name; whether its image can be started is for a rehearsal to show."
-- fix = "Deploy the forensics stack of the design in the audit account: workstation image, security group, subnet."
-- owner = "incident-responder"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/whitepapers/latest/aws-security-incident-response-guide/preparation.html"]
-- ---
WITH stack AS (
    SELECT
        account_id,
        bool_or(status LIKE '%COMPLETE' AND status <> 'ROLLBACK_COMPLETE') AS works,
        min(status) AS status
    FROM aws_cloudformation_stack
    WHERE name = $incident_response_forensics_stack
    GROUP BY account_id
)

SELECT
    judged.arn AS resource,
    judged.account_id,
    judged.region,
    CASE WHEN judged.is_audit AND stack.works THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN NOT judged.is_audit THEN 'no account `' || $accounts_audit || '` was read, which the design names as audit account'
        WHEN stack.works THEN 'stack ' || $incident_response_forensics_stack || ' is deployed'
        WHEN stack.status IS NOT NULL THEN 'stack ' || $incident_response_forensics_stack || ' is ' || stack.status
        ELSE 'there is no stack ' || $incident_response_forensics_stack
    END AS reason
FROM standfast_audit_account AS judged
LEFT JOIN stack ON stack.account_id = judged.account_id

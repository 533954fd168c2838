-- ---
-- id = "fms-policy-remediation-enabled"
-- title = "Firewall Manager policies mend what breaks them"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_fms_policy"
-- when_empty = "not_applicable"
-- why = "A policy that only reports leaves each unprotected load balancer to somebody who reads the report."
-- limits = "Says that the policy may change what breaks it, not that it did. Network Firewall and DNS Firewall policies always apply themselves."
-- fix = "Turn on automatic remediation once the report shows no surprises."
-- owner = "security-engineer"
-- size = "S"
-- after = ["fms-policies-present"]
-- refs = ["https://docs.aws.amazon.com/waf/latest/developerguide/working-with-policies.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE WHEN remediation_enabled THEN 'pass' ELSE 'fail' END AS status,
    policy_name || CASE WHEN remediation_enabled THEN ' mends what breaks it' ELSE ' only reports' END AS reason
FROM aws_fms_policy

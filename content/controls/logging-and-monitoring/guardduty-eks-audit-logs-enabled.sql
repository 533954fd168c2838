-- ---
-- id = "guardduty-eks-audit-logs-enabled"
-- title = "GuardDuty watches the audit logs of EKS"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_guardduty_detector"
-- when_empty = "not_applicable"
-- why = "Attacks on Kubernetes go through its API and leave no trace in CloudTrail."
-- limits = "A detector that lists no such plan is taken for one in a region that does not offer it."
-- fix = "Turn the plan on for all accounts in the organization's GuardDuty settings, from the audit account."
-- owner = "security-engineer"
-- size = "S"
-- after = ["guardduty-detector-enabled"]
-- refs = ["https://docs.aws.amazon.com/guardduty/latest/ug/kubernetes-protection.html"]
-- ---
WITH plan AS (
    SELECT feature.detector_arn, bool_or(feature.status = 'ENABLED') AS enabled
    FROM aws_guardduty_detector_feature AS feature
    WHERE (feature.name = 'EKS_AUDIT_LOGS' AND feature.additional = '')
    GROUP BY feature.detector_arn
)

SELECT
    detector.arn AS resource,
    detector.account_id,
    detector.region,
    CASE
        WHEN detector.status <> 'ENABLED' OR plan.enabled IS NULL THEN 'not_applicable'
        WHEN plan.enabled THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN detector.status <> 'ENABLED' THEN 'the detector is suspended'
        WHEN plan.enabled IS NULL THEN 'the region does not offer EKS audit log monitoring'
        WHEN plan.enabled THEN 'EKS audit log monitoring is on'
        ELSE 'EKS audit log monitoring is off'
    END AS reason
FROM aws_guardduty_detector AS detector
LEFT JOIN plan ON plan.detector_arn = detector.arn

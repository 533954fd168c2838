-- ---
-- id = "guardduty-runtime-ecs-agent-enabled"
-- title = "GuardDuty manages its agent on Fargate tasks"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_guardduty_detector"
-- when_empty = "not_applicable"
-- why = "Runtime monitoring sees only where its agent runs."
-- limits = "A detector that lists no such plan is taken for one in a region that does not offer it. Where runtime monitoring itself is off, that is the finding of guardduty-runtime-monitoring-enabled. Agents that are installed by hand are not seen."
-- fix = "Turn the plan on for all accounts in the organization's GuardDuty settings, from the audit account."
-- owner = "security-engineer"
-- size = "S"
-- after = ["guardduty-runtime-monitoring-enabled"]
-- refs = ["https://docs.aws.amazon.com/guardduty/latest/ug/managing-gdu-agent-ecs-automated.html"]
-- ---
WITH plan AS (
    SELECT
        feature.detector_arn,
        bool_or(CASE WHEN feature.additional = 'ECS_FARGATE_AGENT_MANAGEMENT' THEN feature.status = 'ENABLED' END) AS enabled,
        bool_or(feature.additional = '' AND feature.status = 'ENABLED') AS watches
    FROM aws_guardduty_detector_feature AS feature
    WHERE feature.name = 'RUNTIME_MONITORING'
    GROUP BY feature.detector_arn
)

SELECT
    detector.arn AS resource,
    detector.account_id,
    detector.region,
    CASE
        WHEN detector.status <> 'ENABLED' OR plan.enabled IS NULL OR NOT plan.watches THEN 'not_applicable'
        WHEN plan.enabled THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN detector.status <> 'ENABLED' THEN 'the detector is suspended'
        WHEN plan.enabled IS NULL THEN 'the region does not offer agent management for Fargate'
        WHEN NOT plan.watches THEN 'runtime monitoring is off, which another control reports'
        WHEN plan.enabled THEN 'agent management for Fargate is on'
        ELSE 'agent management for Fargate is off'
    END AS reason
FROM aws_guardduty_detector AS detector
LEFT JOIN plan ON plan.detector_arn = detector.arn

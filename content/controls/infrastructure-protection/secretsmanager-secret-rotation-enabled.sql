-- ---
-- id = "secretsmanager-secret-rotation-enabled"
-- title = "Secrets rotate by themselves"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_secretsmanager_secret"
-- when_empty = "not_applicable"
-- why = "A secret that nobody changes works for whoever took it, for years."
-- limits = "Replicas of secrets from other regions are judged where they come from."
-- fix = "Set up rotation: managed rotation where the service offers it, else a rotation function."
-- owner = "workload-owner"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html"]
-- ---
SELECT
    secret.arn AS resource,
    secret.account_id,
    secret.region,
    CASE
        WHEN secret.primary_region IS NOT NULL AND secret.primary_region <> secret.region THEN 'not_applicable'
        WHEN secret.rotation_enabled THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN secret.primary_region IS NOT NULL AND secret.primary_region <> secret.region
            THEN 'copied from ' || secret.primary_region
        WHEN secret.rotation_enabled
            THEN 'rotates' || coalesce(' every ' || secret.rotation_days || ' days', ' by ' || secret.rotation_schedule, '')
        ELSE 'rotation is off'
    END AS reason
FROM aws_secretsmanager_secret AS secret

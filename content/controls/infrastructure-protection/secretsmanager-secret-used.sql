-- ---
-- id = "secretsmanager-secret-used"
-- title = "Secrets that nobody reads are removed"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_secretsmanager_secret"
-- when_empty = "not_applicable"
-- why = "A secret without use is still valid somewhere: it can be stolen and nobody would miss it."
-- limits = "AWS records the day of the last read, not who read it."
-- fix = "Ask the owner by the secret's tags, revoke what it opens, then delete it with a waiting time."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html"]
-- ---
WITH aged AS (
    SELECT
        arn,
        account_id,
        region,
        last_accessed_date,
        days_between(coalesce(last_accessed_date, created_date), $now) AS age
    FROM aws_secretsmanager_secret
)
SELECT
    aged.arn AS resource,
    aged.account_id,
    aged.region,
    CASE
        WHEN aged.age IS NULL THEN 'unknown'
        WHEN aged.age <= $secrets_unused_max_days THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN aged.age IS NULL THEN 'neither its last read nor its making is known'
        WHEN aged.last_accessed_date IS NULL THEN 'never read since it was made ' || aged.age || ' days ago'
        ELSE 'last read ' || aged.age || ' days ago'
    END AS reason
FROM aged

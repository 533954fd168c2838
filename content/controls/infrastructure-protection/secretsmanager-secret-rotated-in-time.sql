-- ---
-- id = "secretsmanager-secret-rotated-in-time"
-- title = "Secrets that rotate were rotated within the design's days"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_secretsmanager_secret"
-- when_empty = "not_applicable"
-- why = "Rotation that is on but fails, or is too slow, leaves the old secret valid while everybody believes it is new."
-- limits = "Secrets without rotation are judged by another control; a new secret has the design's days until its first rotation."
-- fix = "Look at the errors of the rotation function and at its schedule, then rotate now."
-- owner = "workload-owner"
-- size = "S"
-- after = ["secretsmanager-secret-rotation-enabled"]
-- refs = ["https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot_rotation.html"]
-- ---
WITH aged AS (
    SELECT
        arn,
        account_id,
        region,
        rotation_enabled,
        last_rotated_date,
        days_between(coalesce(last_rotated_date, created_date), $now) AS age,
        coalesce(next_rotation_date < $now, false) AS overdue,
        to_char(next_rotation_date, '%Y-%m-%d') AS due
    FROM aws_secretsmanager_secret
)
SELECT
    aged.arn AS resource,
    aged.account_id,
    aged.region,
    CASE
        WHEN NOT aged.rotation_enabled THEN 'not_applicable'
        WHEN aged.overdue THEN 'fail'
        WHEN aged.age IS NULL THEN 'unknown'
        WHEN aged.age <= $secrets_rotation_max_days THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN NOT aged.rotation_enabled THEN 'rotation is off'
        WHEN aged.overdue THEN 'the rotation that was due on ' || aged.due || ' did not happen'
        WHEN aged.age IS NULL THEN 'nobody knows when it was made'
        WHEN aged.last_rotated_date IS NULL THEN 'never rotated since it was made ' || aged.age || ' days ago'
        ELSE 'rotated ' || aged.age || ' days ago'
    END AS reason
FROM aged

-- ---
-- id = "cloudtrail-multi-region-logging"
-- title = "A multi-region trail logs every management event of the account"
-- severity = "critical"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "fail"
-- why = "Without a trail in every region nobody can tell who did what: an attacker works where no log is kept."
-- limits = "Trails are read in their home region: a run that leaves that region out does not see them. What an organization's trail logs is read in the account that owns it."
-- fix = "Deploy the organization trail of the design: all regions, all management events, reads and writes; start it with `aws cloudtrail start-logging`."
-- owner = "security-engineer"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-create-and-update-a-trail.html", "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/receive-cloudtrail-log-files-from-multiple-regions.html"]
-- ---
WITH selected AS (
    SELECT
        trail_arn,
        bool_or(event_category = 'Management' AND read_write_type IN ('All', 'ReadOnly') AND coalesce(array_length(conditions), 0) = 0) AS reads,
        bool_or(event_category = 'Management' AND read_write_type IN ('All', 'WriteOnly') AND coalesce(array_length(conditions), 0) = 0) AS writes
    FROM aws_cloudtrail_event_selector
    GROUP BY trail_arn
),

judged AS (
    SELECT
        trail.account_id,
        CASE
            WHEN NOT trail.is_multi_region_trail THEN 0
            WHEN NOT status.is_logging OR NOT selected.reads OR NOT selected.writes THEN 0
            WHEN status.is_logging AND selected.reads AND selected.writes THEN 2
            ELSE 1
        END AS verdict,
        'trail ' || trail.name || CASE
            WHEN NOT trail.is_multi_region_trail THEN ' logs the region ' || trail.home_region || ' only'
            WHEN NOT status.is_logging THEN ' does not log'
            WHEN NOT selected.reads OR NOT selected.writes THEN ' leaves out some management events'
            WHEN status.is_logging AND selected.reads AND selected.writes THEN ' logs every region'
            ELSE ' was not read whole'
        END AS what
    FROM aws_cloudtrail_trail AS trail
    LEFT JOIN aws_cloudtrail_trail_status AS status
        ON status.trail_arn = trail.arn AND status.account_id = trail.account_id AND status.region = trail.region
    -- The selectors of a trail of the organization stand in the account that owns it.
    LEFT JOIN selected ON selected.trail_arn = trail.arn
),

summary AS (
    SELECT
        account_id,
        max(verdict) AS verdict,
        string_agg(what, '; ' ORDER BY what) AS every,
        min(CASE WHEN verdict = 2 THEN what END) AS best
    FROM judged
    GROUP BY account_id
)

SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE coalesce(summary.verdict, 0) WHEN 2 THEN 'pass' WHEN 1 THEN 'unknown' ELSE 'fail' END AS status,
    coalesce(summary.best, summary.every, 'there is no trail') AS reason
FROM aws_account AS account
LEFT JOIN summary ON summary.account_id = account.account_id

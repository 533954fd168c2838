-- ---
-- id = "logs-group-retention-long-enough"
-- title = "Log groups keep events as long as the design says"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_cloudwatch_log_group"
-- when_empty = "not_applicable"
-- why = "Events that are gone when an incident is found cannot be looked at."
-- limits = "Events may be kept longer in a bucket; that is not seen here. Groups of class DELIVERY keep nothing and are not judged."
-- fix = "Set the retention of the group: `aws logs put-retention-policy --retention-in-days DAYS`."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN log_group_class = 'DELIVERY' THEN 'not_applicable'
        WHEN NOT expires OR retention_in_days >= $log_groups_minimum_days THEN 'pass'
        WHEN retention_in_days < $log_groups_minimum_days THEN 'fail'
        ELSE 'unknown'
    END AS status,
    CASE
        WHEN log_group_class = 'DELIVERY' THEN 'the group only hands events on'
        WHEN NOT expires THEN 'events are kept for ever'
        ELSE 'events are kept for ' || retention_in_days || ' days'
    END AS reason
FROM aws_cloudwatch_log_group

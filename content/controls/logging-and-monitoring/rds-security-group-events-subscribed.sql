-- ---
-- id = "rds-security-group-events-subscribed"
-- title = "Somebody is told of events of database security groups"
-- severity = "low"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "not_applicable"
-- why = "A security group decides who reaches the database: who watches it sees when that is opened."
-- limits = "Does not follow the topic to its subscribers."
-- fix = "Subscribe to the categories configuration change, failure of source type `db-security-group` with the security topic."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.overview.html"]
-- ---
WITH subscribed AS (
    SELECT account_id, region, min(cust_subscription_id) AS name
    FROM aws_rds_db_event_subscription
    WHERE enabled
        AND (source_type = 'db-security-group' OR source_type IS NULL)
        AND coalesce(array_length(source_ids), 0) = 0
        AND (coalesce(array_length(event_categories), 0) = 0 OR array_has(event_categories, 'configuration change'))
        AND (coalesce(array_length(event_categories), 0) = 0 OR array_has(event_categories, 'failure'))
    GROUP BY account_id, region
)
SELECT
    place.arn AS resource,
    place.account_id,
    place.region,
    CASE WHEN subscribed.name IS NOT NULL THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN subscribed.name IS NOT NULL THEN 'subscribed by ' || subscribed.name
        ELSE 'nobody is told of configuration change, failure of database security groups'
    END AS reason
FROM aws_region AS place
LEFT JOIN subscribed ON subscribed.account_id = place.account_id AND subscribed.region = place.region

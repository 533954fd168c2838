-- ---
-- id = "rds-instance-events-subscribed"
-- title = "Somebody is told of events of database instances"
-- severity = "low"
-- scope = "region"
-- subject = "aws_region"
-- when_empty = "not_applicable"
-- why = "A changed configuration, a failure or a maintenance that nobody hears of is noticed by customers first."
-- limits = "Does not follow the topic to its subscribers."
-- fix = "Subscribe to the categories configuration change, failure, maintenance of source type `db-instance` with the security topic."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.overview.html"]
-- ---
WITH subscribed AS (
    SELECT account_id, region, min(cust_subscription_id) AS name
    FROM aws_rds_db_event_subscription
    WHERE enabled
        AND (source_type = 'db-instance' OR source_type IS NULL)
        AND coalesce(array_length(source_ids), 0) = 0
        AND (coalesce(array_length(event_categories), 0) = 0 OR array_has(event_categories, 'configuration change'))
        AND (coalesce(array_length(event_categories), 0) = 0 OR array_has(event_categories, 'failure'))
        AND (coalesce(array_length(event_categories), 0) = 0 OR array_has(event_categories, 'maintenance'))
    GROUP BY account_id, region
)
SELECT
    place.arn AS resource,
    place.account_id,
    place.region,
    CASE WHEN subscribed.name IS NOT NULL THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN subscribed.name IS NOT NULL THEN 'subscribed by ' || subscribed.name
        ELSE 'nobody is told of configuration change, failure, maintenance of database instances'
    END AS reason
FROM aws_region AS place
LEFT JOIN subscribed ON subscribed.account_id = place.account_id AND subscribed.region = place.region

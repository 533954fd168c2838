-- ---
-- id = "vpc-flow-log-destinations-complete"
-- title = "Flow logs go to every destination of the design"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_vpc"
-- when_empty = "not_applicable"
-- why = "The bucket in the log archive keeps the records safe, the log group makes them searchable at once; the baseline wants both."
-- limits = "A VPC without any flow log is the finding of vpc-flow-logs-enabled. Who owns the bucket cannot be seen."
-- fix = "Add a flow log for each destination that is missing."
-- owner = "security-engineer"
-- size = "S"
-- after = ["vpc-flow-logs-enabled"]
-- refs = ["https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3.html", "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html"]
-- ---
WITH wanted AS (
    SELECT unnest($flow_logs_destinations) AS kind
),
there AS (
    SELECT DISTINCT account_id, region, resource_id, coalesce(log_destination_type, 'cloud-watch-logs') AS kind
    FROM aws_vpc_flow_log
    WHERE flow_log_status = 'ACTIVE'
),
missing AS (
    SELECT vpc.arn, string_agg(wanted.kind, ', ' ORDER BY wanted.kind) AS kinds
    FROM aws_vpc AS vpc
    CROSS JOIN wanted
    LEFT JOIN there
        ON there.account_id = vpc.account_id
        AND there.region = vpc.region
        AND there.resource_id = vpc.vpc_id
        AND there.kind = wanted.kind
    WHERE there.kind IS NULL
    GROUP BY vpc.arn
),
logged AS (
    SELECT account_id, region, resource_id, string_agg(kind, ', ' ORDER BY kind) AS kinds
    FROM there
    GROUP BY account_id, region, resource_id
)
SELECT
    vpc.arn AS resource,
    vpc.account_id,
    vpc.region,
    CASE
        WHEN logged.kinds IS NULL THEN 'not_applicable'
        WHEN missing.kinds IS NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN logged.kinds IS NULL THEN 'the VPC has no flow log'
        WHEN missing.kinds IS NULL THEN 'flow logs go to ' || logged.kinds
        ELSE 'flow logs go to ' || logged.kinds || ', not to ' || missing.kinds
    END AS reason
FROM aws_vpc AS vpc
LEFT JOIN logged
    ON logged.account_id = vpc.account_id AND logged.region = vpc.region AND logged.resource_id = vpc.vpc_id
LEFT JOIN missing ON missing.arn = vpc.arn

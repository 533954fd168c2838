-- ---
-- id = "vpc-flow-log-delivered"
-- title = "Flow logs reach their destination"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_vpc_flow_log"
-- when_empty = "not_applicable"
-- why = "A flow log that cannot write is only the look of one."
-- limits = "The service tells the outcome of its last delivery; one that never delivered anything is not judged."
-- fix = "Mend the role or the bucket policy that the message names."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-troubleshooting.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE deliver_logs_status
        WHEN 'SUCCESS' THEN 'pass'
        WHEN 'FAILED' THEN 'fail'
        ELSE 'not_applicable'
    END AS status,
    CASE deliver_logs_status
        WHEN 'SUCCESS' THEN 'delivers to ' || coalesce(log_destination, log_group_name, 'its destination')
        WHEN 'FAILED' THEN 'delivery fails: ' || coalesce(deliver_logs_error_message, 'no message')
        ELSE 'nothing was delivered yet'
    END AS reason
FROM aws_vpc_flow_log

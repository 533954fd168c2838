-- ---
-- id = "wafv2-web-acl-logged"
-- title = "Web ACLs log"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_wafv2_web_acl"
-- when_empty = "not_applicable"
-- why = "Without the log nobody can tell an attack from a customer that a rule shuts out."
-- limits = "What a filter leaves out of the log is not judged."
-- fix = "Turn on logging into the log archive's bucket or a stream."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/waf/latest/developerguide/logging.html", "https://docs.aws.amazon.com/securityhub/latest/userguide/waf-controls.html"]
-- ---
SELECT
    acl.arn AS resource,
    acl.account_id,
    acl.region,
    CASE WHEN coalesce(array_length(logging.log_destination_configs), 0) > 0 THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN coalesce(array_length(logging.log_destination_configs), 0) > 0 THEN 'logs to ' || array_to_string(logging.log_destination_configs, ', ')
        ELSE acl.name || ' does not log'
    END AS reason
FROM aws_wafv2_web_acl AS acl
LEFT JOIN aws_wafv2_logging_configuration AS logging
    ON logging.resource_arn = acl.arn AND logging.account_id = acl.account_id

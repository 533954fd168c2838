-- ---
-- id = "elbv2-load-balancer-access-logged"
-- title = "Load balancers log their requests"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_ec2_load_balancer"
-- when_empty = "not_applicable"
-- why = "The access log is the only place that shows which addresses asked for what before the breach."
-- limits = "Network load balancers log TLS listeners only. Where the bucket is, and how long it keeps the logs, is not judged here."
-- fix = "Turn on access logs into the log archive's bucket."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html", "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html"]
-- ---
SELECT
    balancer.arn AS resource,
    balancer.account_id,
    balancer.region,
    CASE
        WHEN NOT (balancer.type <> 'gateway') THEN 'not_applicable'
        WHEN settings.load_balancer_arn IS NULL THEN 'unknown'
        WHEN settings.access_logs_s3_enabled THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN NOT (balancer.type <> 'gateway') THEN 'a load balancer of type ' || balancer.type
        WHEN settings.load_balancer_arn IS NULL THEN 'the settings were not read'
        ELSE CASE WHEN settings.access_logs_s3_enabled THEN 'logs go to ' || coalesce(settings.access_logs_s3_bucket, 'a bucket that was not given') ELSE 'access logs are off' END
    END AS reason
FROM aws_ec2_load_balancer AS balancer
LEFT JOIN aws_ec2_load_balancer_attributes AS settings
    ON settings.load_balancer_arn = balancer.arn AND settings.account_id = balancer.account_id

-- ---
-- id = "elbv2-load-balancer-invalid-headers-dropped"
-- title = "Application load balancers drop invalid headers"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_ec2_load_balancer"
-- when_empty = "not_applicable"
-- why = "Headers that two servers read differently are how requests are smuggled past the first of them."
-- limits = "Only application load balancers have the setting; which headers a server behind them takes for valid cannot be seen."
-- fix = "Set routing.http.drop_invalid_header_fields.enabled."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html"]
-- ---
SELECT
    balancer.arn AS resource,
    balancer.account_id,
    balancer.region,
    CASE
        WHEN NOT (balancer.type = 'application') THEN 'not_applicable'
        WHEN settings.load_balancer_arn IS NULL THEN 'unknown'
        WHEN settings.drop_invalid_header_fields_enabled THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN NOT (balancer.type = 'application') THEN 'a load balancer of type ' || balancer.type
        WHEN settings.load_balancer_arn IS NULL THEN 'the settings were not read'
        ELSE CASE WHEN settings.drop_invalid_header_fields_enabled THEN 'invalid headers are dropped' ELSE 'invalid headers are passed on' END
    END AS reason
FROM aws_ec2_load_balancer AS balancer
LEFT JOIN aws_ec2_load_balancer_attributes AS settings
    ON settings.load_balancer_arn = balancer.arn AND settings.account_id = balancer.account_id

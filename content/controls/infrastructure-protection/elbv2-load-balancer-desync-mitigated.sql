-- ---
-- id = "elbv2-load-balancer-desync-mitigated"
-- title = "Application load balancers refuse requests that servers could read differently"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_ec2_load_balancer"
-- when_empty = "not_applicable"
-- why = "A request that balancer and target cut apart at different places lets one user's request ride on another's connection."
-- limits = "Only application load balancers have the setting; how the servers behind them read odd requests cannot be seen."
-- fix = "Set routing.http.desync_mitigation_mode to defensive or strictest."
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
        WHEN settings.desync_mitigation_mode IN ('defensive', 'strictest') THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN NOT (balancer.type = 'application') THEN 'a load balancer of type ' || balancer.type
        WHEN settings.load_balancer_arn IS NULL THEN 'the settings were not read'
        ELSE 'the mode is ' || coalesce(settings.desync_mitigation_mode, 'not set')
    END AS reason
FROM aws_ec2_load_balancer AS balancer
LEFT JOIN aws_ec2_load_balancer_attributes AS settings
    ON settings.load_balancer_arn = balancer.arn AND settings.account_id = balancer.account_id

-- ---
-- id = "elbv2-load-balancer-zones-several"
-- title = "Load balancers stand in several zones"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_ec2_load_balancer"
-- when_empty = "not_applicable"
-- why = "A balancer in one zone goes down with it."
-- limits = "The design says how many zones are enough."
-- fix = "Add a subnet of another zone to the load balancer."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE WHEN coalesce(array_length(availability_zones), 0) >= $load_balancers_minimum_zones THEN 'pass' ELSE 'fail' END AS status,
    'stands in ' || coalesce(nullif(array_to_string(availability_zones, ', '), ''), 'no zone') AS reason
FROM aws_ec2_load_balancer

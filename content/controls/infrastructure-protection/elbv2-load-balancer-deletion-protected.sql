-- ---
-- id = "elbv2-load-balancer-deletion-protected"
-- title = "Load balancers cannot be deleted by accident"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_ec2_load_balancer"
-- when_empty = "not_applicable"
-- why = "One wrong call takes a service and its name off the internet."
-- limits = "Who may turn the protection off is decided by policies, which are not judged here."
-- fix = "Set deletion_protection.enabled."
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
        WHEN NOT (true) THEN 'not_applicable'
        WHEN settings.load_balancer_arn IS NULL THEN 'unknown'
        WHEN settings.deletion_protection_enabled THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN NOT (true) THEN 'a load balancer of type ' || balancer.type
        WHEN settings.load_balancer_arn IS NULL THEN 'the settings were not read'
        ELSE CASE WHEN settings.deletion_protection_enabled THEN 'deletion protection is on' ELSE 'deletion protection is off' END
    END AS reason
FROM aws_ec2_load_balancer AS balancer
LEFT JOIN aws_ec2_load_balancer_attributes AS settings
    ON settings.load_balancer_arn = balancer.arn AND settings.account_id = balancer.account_id

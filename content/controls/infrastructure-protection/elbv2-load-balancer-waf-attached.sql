-- ---
-- id = "elbv2-load-balancer-waf-attached"
-- title = "Application load balancers on the internet stand behind a web ACL"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_ec2_load_balancer"
-- when_empty = "not_applicable"
-- why = "A web ACL stops known bad addresses and the common attacks before the application sees them, and is the lever in an incident."
-- limits = "Load balancers behind CloudFront may have their web ACL there: record an exception."
-- fix = "Associate the baseline's web ACL, best by a Firewall Manager policy for all load balancers."
-- owner = "security-engineer"
-- size = "S"
-- after = ["wafv2-web-acl-rules-present"]
-- refs = ["https://docs.aws.amazon.com/waf/latest/developerguide/web-acl-associating.html", "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html"]
-- ---
SELECT
    balancer.arn AS resource,
    balancer.account_id,
    balancer.region,
    CASE
        WHEN balancer.type <> 'application' OR balancer.scheme = 'internal' THEN 'not_applicable'
        WHEN guard.acls IS NULL THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN balancer.type <> 'application' THEN 'a load balancer of type ' || balancer.type
        WHEN balancer.scheme = 'internal' THEN 'an internal load balancer'
        ELSE 'behind ' || coalesce(guard.acls, 'no web ACL')
    END AS reason
FROM aws_ec2_load_balancer AS balancer
LEFT JOIN (
    SELECT resource_arn, account_id, string_agg(web_acl_arn, ', ' ORDER BY web_acl_arn) AS acls
    FROM aws_wafv2_web_acl_resource
    GROUP BY resource_arn, account_id
) AS guard ON guard.resource_arn = balancer.arn AND guard.account_id = balancer.account_id

-- ---
-- id = "elbv2-listener-http-redirected"
-- title = "HTTP listeners send browsers on to HTTPS"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_ec2_load_balancer"
-- when_empty = "not_applicable"
-- why = "What is answered over plain HTTP is read and changed on the way; a redirect costs one rule."
-- limits = "The default action of each HTTP listener is judged; rules of the listener that answer some paths by themselves are not read. Only application load balancers have HTTP listeners."
-- fix = "Make the default action of the HTTP listener a redirect to HTTPS with status 301."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html", "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html"]
-- ---
SELECT
    balancer.arn AS resource,
    balancer.account_id,
    balancer.region,
    CASE
        WHEN balancer.type <> 'application' THEN 'not_applicable'
        WHEN plain.ports IS NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN balancer.type <> 'application' THEN 'a load balancer of type ' || balancer.type
        WHEN plain.ports IS NULL THEN 'no HTTP listener answers by itself'
        ELSE 'HTTP is answered without a redirect on port ' || plain.ports
    END AS reason
FROM aws_ec2_load_balancer AS balancer
LEFT JOIN (
    SELECT load_balancer_arn, account_id, string_agg(coalesce(CAST(port AS VARCHAR), 'unknown'), ', ' ORDER BY port) AS ports
    FROM aws_ec2_load_balancer_listener
    WHERE coalesce(protocol, 'HTTP') = 'HTTP' AND coalesce(redirect_protocol, '') <> 'HTTPS'
    GROUP BY load_balancer_arn, account_id
) AS plain ON plain.load_balancer_arn = balancer.arn AND plain.account_id = balancer.account_id

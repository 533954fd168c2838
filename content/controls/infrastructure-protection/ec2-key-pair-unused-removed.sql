-- ---
-- id = "ec2-key-pair-unused-removed"
-- title = "Key pairs that no instance uses are removed"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_ec2_key_pair"
-- when_empty = "not_applicable"
-- why = "An old key pair waits to be picked in the next launch, with a private half on laptops that nobody counts."
-- limits = "Scaling groups and launch templates that name the key pair are not looked at beyond the versions in use. That an instance uses one is the finding of ec2-instance-key-pair-absent."
-- fix = "Delete the key pair."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-key-pairs.html"]
-- ---
SELECT
    pair.arn AS resource,
    pair.account_id,
    pair.region,
    CASE WHEN instances.number IS NULL AND templates.number IS NULL THEN 'fail' ELSE 'pass' END AS status,
    CASE
        WHEN instances.number IS NOT NULL THEN 'instances with ' || pair.key_name || ': ' || instances.number
        WHEN templates.number IS NOT NULL THEN 'launch templates with ' || pair.key_name || ': ' || templates.number
        ELSE 'no instance uses ' || pair.key_name
    END AS reason
FROM aws_ec2_key_pair AS pair
LEFT JOIN (
    SELECT account_id, region, key_name, count(*) AS number
    FROM aws_ec2_instance
    WHERE instance_state NOT IN ('terminated', 'shutting-down')
    GROUP BY account_id, region, key_name
) AS instances
    ON instances.account_id = pair.account_id AND instances.region = pair.region AND instances.key_name = pair.key_name
LEFT JOIN (
    SELECT account_id, region, key_name, count(DISTINCT arn) AS number
    FROM aws_ec2_launch_template_version
    GROUP BY account_id, region, key_name
) AS templates
    ON templates.account_id = pair.account_id AND templates.region = pair.region AND templates.key_name = pair.key_name

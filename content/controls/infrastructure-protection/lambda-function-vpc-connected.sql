-- ---
-- id = "lambda-function-vpc-connected"
-- title = "Functions run in a VPC"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_lambda_function"
-- when_empty = "not_applicable"
-- why = "Outside of a VPC a function reaches the whole internet, past flow logs, groups and endpoint policies."
-- limits = "Functions that need no private resource may stay outside by an exception."
-- fix = "Connect the function to private subnets with a security group of its own, and give the VPC the endpoints that it needs."
-- owner = "workload-owner"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html", "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE WHEN vpc_id IS NULL THEN 'fail' ELSE 'pass' END AS status,
    CASE WHEN vpc_id IS NULL THEN 'runs outside of any VPC' ELSE 'runs in ' || vpc_id END AS reason
FROM aws_lambda_function

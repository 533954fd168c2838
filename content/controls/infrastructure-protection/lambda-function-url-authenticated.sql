-- ---
-- id = "lambda-function-url-authenticated"
-- title = "Web addresses of functions ask who calls"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_lambda_function_url"
-- when_empty = "not_applicable"
-- why = "A function URL without authentication is an open door on the internet that no firewall stands before."
-- limits = "Functions whose policy lets nobody in by web address are not asked for theirs: their address refuses everybody without sign-in."
-- fix = "Set the auth type of the function URL to AWS_IAM, or put CloudFront with origin access control and a web ACL in front."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE WHEN bool_and(auth_type = 'AWS_IAM') THEN 'pass' ELSE 'fail' END AS status,
    CASE
        WHEN bool_and(auth_type = 'AWS_IAM') THEN 'callers sign their requests'
        ELSE 'anyone may call ' || string_agg(CASE WHEN auth_type <> 'AWS_IAM' THEN function_url END, ', ' ORDER BY function_url)
    END AS reason
FROM aws_lambda_function_url
GROUP BY arn, account_id, region

-- ---
-- id = "lambda-function-tracing-enabled"
-- title = "Functions trace their requests"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_lambda_function"
-- when_empty = "not_applicable"
-- why = "A trace shows which service a call went to next: in an incident that is the way of the intruder."
-- limits = "Whether the code adds segments of its own cannot be seen."
-- fix = "Turn on active tracing."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html", "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN tracing_mode = 'Active' THEN 'pass'
        WHEN tracing_mode IS NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    'tracing is ' || coalesce(tracing_mode, 'not given') AS reason
FROM aws_lambda_function

-- ---
-- id = "lambda-function-runtime-supported"
-- title = "Functions run on supported runtimes"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_lambda_function"
-- when_empty = "not_applicable"
-- why = "A runtime that is out of support gets no security fixes any more, and one day the function can no longer be changed."
-- limits = "The design lists the supported runtimes: keep the list current. Functions in container images bring a runtime of their own and are not judged."
-- fix = "Move the function to a current version of its runtime."
-- owner = "workload-owner"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html", "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN package_type = 'Image' THEN 'not_applicable'
        WHEN array_has($functions_supported_runtimes, runtime) THEN 'pass'
        WHEN runtime IS NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    CASE WHEN package_type = 'Image' THEN 'a container image' ELSE 'runs on ' || coalesce(runtime, 'a runtime that was not given') END AS reason
FROM aws_lambda_function

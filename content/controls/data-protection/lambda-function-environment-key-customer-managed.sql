-- ---
-- id = "lambda-function-environment-key-customer-managed"
-- title = "Environment variables of functions use a customer managed key"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_lambda_function"
-- when_empty = "not_applicable"
-- why = "With a key of one's own it takes two rights to read the variables, and the key's log shows who did."
-- limits = "Functions without environment variables are not judged."
-- fix = "Set the function's KMS key to the key of the design."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN coalesce(array_length(environment_variable_names), 0) = 0 THEN 'not_applicable'
        WHEN kms_key_arn IS NULL THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN coalesce(array_length(environment_variable_names), 0) = 0 THEN 'has no environment variables'
        WHEN kms_key_arn IS NULL THEN 'environment variables use the key that AWS manages'
        ELSE 'environment variables use ' || kms_key_arn
    END AS reason
FROM aws_lambda_function

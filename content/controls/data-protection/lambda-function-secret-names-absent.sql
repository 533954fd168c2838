-- ---
-- id = "lambda-function-secret-names-absent"
-- title = "Functions get no secrets by environment variable"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_lambda_function"
-- when_empty = "not_applicable"
-- why = "Environment variables are shown in the console and in every description of the function to whoever may read it."
-- limits = "Judged by the names of the variables alone, values are never read. A name that ends in _ARN, _NAME, _ID, _PATH, _PARAMETER or _URL tells where the secret is, and passes."
-- fix = "Put the secret into Secrets Manager, give the function its ARN and the right to read it."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/lambda/latest/dg/with-secrets-manager.html"]
-- ---
SELECT
    function.arn AS resource,
    function.account_id,
    function.region,
    CASE WHEN secret.names IS NULL THEN 'pass' ELSE 'fail' END AS status,
    CASE WHEN secret.names IS NULL THEN 'no variable is named like a secret' ELSE 'named like secrets: ' || secret.names END AS reason
FROM aws_lambda_function AS function
LEFT JOIN (
    SELECT arn, account_id, string_agg(name, ', ' ORDER BY name) AS names
    FROM (SELECT arn, account_id, unnest(environment_variable_names) AS name FROM aws_lambda_function)
    WHERE regexp_like(name, $functions_secret_name_pattern)
        AND NOT regexp_like(name, '(?i)_(arns?|names?|ids?|path|prefix|parameter|url)$')
    GROUP BY arn, account_id
) AS secret ON secret.arn = function.arn AND secret.account_id = function.account_id

-- ---
-- id = "ssm-parameter-secret-encrypted"
-- title = "Parameters that hold secrets are SecureStrings"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_ssm_parameter"
-- when_empty = "not_applicable"
-- why = "A plain parameter shows its value to everybody who may list parameters, in the console and in the history."
-- limits = "Goes by the name: `secrets.name_pattern` in the design. Values are never read."
-- fix = "Move the value into Secrets Manager or a SecureString, change the secret, delete the parameter."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-securestring.html"]
-- ---
SELECT
    parameter.arn AS resource,
    parameter.account_id,
    parameter.region,
    CASE
        WHEN NOT regexp_like(parameter.name, $secrets_name_pattern) THEN 'not_applicable'
        WHEN parameter.type = 'SecureString' THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN NOT regexp_like(parameter.name, $secrets_name_pattern) THEN 'the name does not speak of a secret'
        WHEN parameter.type = 'SecureString' THEN 'the secret is encrypted'
        ELSE 'the name speaks of a secret, the type is ' || parameter.type
    END AS reason
FROM aws_ssm_parameter AS parameter

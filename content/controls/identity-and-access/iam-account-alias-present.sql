-- ---
-- id = "iam-account-alias-present"
-- title = "The account has an alias"
-- severity = "low"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "People who read a name at the sign-in page notice that they are in the wrong account."
-- limits = "Any alias counts; whether it follows the naming convention of the company is not judged."
-- fix = "Give the account the alias of the design: `aws iam create-account-alias`."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/console_account-alias.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE WHEN alias.alias IS NOT NULL THEN 'pass' ELSE 'fail' END AS status,
    coalesce('alias ' || alias.alias, 'the account has no alias') AS reason
FROM aws_account AS account
LEFT JOIN aws_iam_account_alias AS alias ON alias.account_id = account.account_id

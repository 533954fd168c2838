-- ---
-- id = "iam-break-glass-user-present"
-- title = "The break-glass user is in the management account and nowhere else"
-- severity = "high"
-- scope = "account"
-- subject = "aws_account"
-- when_empty = "not_applicable"
-- why = "When federation is down, one prepared way in must exist; a second one is a back door."
-- limits = "Knows the user by the name of the naming convention: an emergency user under another name is not recognised."
-- fix = "Deploy the break-glass user of the design into the management account; remove it elsewhere."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/break-glass-access.html"]
-- ---
SELECT
    account.arn AS resource,
    account.account_id,
    account.region,
    CASE
        WHEN account.is_management = (iam_user.arn IS NOT NULL) THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN account.is_management AND iam_user.arn IS NULL THEN 'no user `' || $names_namespace || '-user-breakglass`'
        WHEN account.is_management THEN 'the break-glass user is there'
        WHEN iam_user.arn IS NOT NULL THEN 'the break-glass user belongs into the management account only'
        ELSE 'no break-glass user, as it should be in a member account'
    END AS reason
FROM aws_account AS account
LEFT JOIN aws_iam_user AS iam_user
    ON iam_user.account_id = account.account_id AND iam_user.name = $names_namespace || '-user-breakglass'

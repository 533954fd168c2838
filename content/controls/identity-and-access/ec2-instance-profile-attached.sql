-- ---
-- id = "ec2-instance-profile-attached"
-- title = "Instances have a role"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_ec2_instance"
-- when_empty = "not_applicable"
-- why = "Software on an instance without a role that calls AWS needs access keys on its disk; and Session Manager cannot reach it."
-- limits = "What the role may do is judged with the policies of IAM."
-- fix = "Attach an instance profile with the baseline's SSM permissions and what the workload needs."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN instance_state IN ('terminated', 'shutting-down') THEN 'not_applicable'
        WHEN iam_instance_profile_arn IS NULL THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN instance_state IN ('terminated', 'shutting-down') THEN 'the instance is ' || instance_state
        WHEN iam_instance_profile_arn IS NULL THEN 'has no instance profile'
        ELSE 'has ' || iam_instance_profile_arn
    END AS reason
FROM aws_ec2_instance

-- ---
-- id = "ec2-instance-ssm-managed"
-- title = "Running instances are managed by Systems Manager"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_ec2_instance"
-- when_empty = "not_applicable"
-- why = "Only a managed instance can be reached without keys and open ports, patched, and looked into in an incident."
-- limits = "Stopped instances are not judged. Whether the agent answers is asked by ssm-managed-instance-online; hosts outside of EC2 that were never registered are not seen."
-- fix = "Install the agent, attach the baseline's instance profile, and let the instance reach the ssm endpoints."
-- owner = "workload-owner"
-- size = "M"
-- after = ["ec2-instance-profile-attached"]
-- refs = ["https://docs.aws.amazon.com/systems-manager/latest/userguide/managed-instances-default-host-management.html"]
-- ---
SELECT
    instance.arn AS resource,
    instance.account_id,
    instance.region,
    CASE
        WHEN instance.instance_state <> 'running' THEN 'not_applicable'
        WHEN managed.instance_id IS NOT NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN instance.instance_state <> 'running' THEN 'the instance is ' || instance.instance_state
        WHEN managed.instance_id IS NULL THEN 'Systems Manager does not know the instance'
        ELSE 'the agent is ' || coalesce(managed.ping_status, 'in a state that was not given')
    END AS reason
FROM aws_ec2_instance AS instance
LEFT JOIN aws_ssm_managed_instance AS managed
    ON managed.account_id = instance.account_id
    AND managed.region = instance.region
    AND managed.instance_id = instance.instance_id

-- ---
-- id = "ssm-managed-instance-online"
-- title = "Managed machines answer Systems Manager"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_ssm_managed_instance"
-- when_empty = "not_applicable"
-- why = "A machine that does not answer cannot be patched, looked at, or isolated when it matters."
-- limits = "A machine that was stopped does not answer either; machines that were never managed are not seen here."
-- fix = "Check the agent, the instance profile and the way to the Systems Manager endpoints; deregister machines that are gone."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-technical-details.html"]
-- ---
SELECT
    machine.arn AS resource,
    machine.account_id,
    machine.region,
    CASE
        WHEN machine.ping_status = 'Online' THEN 'pass'
        WHEN machine.ping_status IS NULL THEN 'unknown'
        ELSE 'fail'
    END AS status,
    coalesce(machine.ping_status, 'state not known')
        || coalesce(', last heard of on ' || to_char(machine.last_ping_date_time, '%Y-%m-%d'), '') AS reason
FROM aws_ssm_managed_instance AS machine

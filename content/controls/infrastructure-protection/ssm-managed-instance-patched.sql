-- ---
-- id = "ssm-managed-instance-patched"
-- title = "Managed machines have their patches"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_ssm_managed_instance"
-- when_empty = "not_applicable"
-- why = "Known holes without their patch are what most break-ins use."
-- limits = "Only machines that Systems Manager manages are seen."
-- fix = "Run the patch baseline with a maintenance window, and look at the machines that fail."
-- owner = "workload-owner"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager.html"]
-- ---
SELECT
    machine.arn AS resource,
    machine.account_id,
    machine.region,
    CASE
        WHEN compliance.status = 'COMPLIANT' THEN 'pass'
        WHEN compliance.status IS NULL THEN 'not_applicable'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN compliance.status = 'COMPLIANT' THEN 'all patches comply'
        WHEN compliance.status IS NULL THEN 'no patches were looked at'
        ELSE compliance.non_compliant_count || ' patches do not comply'
    END AS reason
FROM aws_ssm_managed_instance AS machine
LEFT JOIN aws_ssm_managed_instance_compliance AS compliance
    ON compliance.arn = machine.arn AND compliance.account_id = machine.account_id AND compliance.compliance_type = 'Patch'

-- ---
-- id = "ssm-managed-instance-associations-compliant"
-- title = "Managed machines have the state that their associations ask"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_ssm_managed_instance"
-- when_empty = "not_applicable"
-- why = "An association that fails leaves agents, settings or software other than designed."
-- limits = "Only machines that Systems Manager manages are seen."
-- fix = "Look at the association's execution history and apply it again."
-- owner = "workload-owner"
-- size = "M"
-- after = []
-- refs = ["https://docs.aws.amazon.com/systems-manager/latest/userguide/state-manager-associations.html"]
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
        WHEN compliance.status = 'COMPLIANT' THEN 'all associations comply'
        WHEN compliance.status IS NULL THEN 'no associations were looked at'
        ELSE compliance.non_compliant_count || ' associations do not comply'
    END AS reason
FROM aws_ssm_managed_instance AS machine
LEFT JOIN aws_ssm_managed_instance_compliance AS compliance
    ON compliance.arn = machine.arn AND compliance.account_id = machine.account_id AND compliance.compliance_type = 'Association'

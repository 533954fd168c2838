-- ---
-- id = "ec2-instance-stopped-removed"
-- title = "Stopped instances are removed in time"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_ec2_instance"
-- when_empty = "not_applicable"
-- why = "A stopped instance misses every patch; started again years later it is the weakest host there is."
-- limits = "The time of the stop is taken from the instance's state reason; where that does not tell, it is unknown."
-- fix = "Make an image if it may be needed, then terminate the instance."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN instance_state <> 'stopped' THEN 'not_applicable'
        WHEN state_transition_time IS NULL THEN 'unknown'
        WHEN days_between(state_transition_time, $now) <= $instances_stopped_max_days THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN instance_state <> 'stopped' THEN 'the instance is ' || instance_state
        WHEN state_transition_time IS NULL THEN 'since when it is stopped was not given'
        ELSE 'stopped for ' || days_between(state_transition_time, $now) || ' days'
    END AS reason
FROM aws_ec2_instance

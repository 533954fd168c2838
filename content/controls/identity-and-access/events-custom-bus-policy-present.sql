-- ---
-- id = "events-custom-bus-policy-present"
-- title = "Event buses of the customer have a policy"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_eventbridge_bus"
-- when_empty = "not_applicable"
-- why = "Without a policy of its own, a bus takes events from whatever identity in the account has the right by accident."
-- limits = "Whom the policy lets in is judged by another control. The default bus and those of partners are not judged."
-- fix = "Give the bus a policy that names who may put events."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html"]
-- ---
SELECT
    arn AS resource,
    account_id,
    region,
    CASE
        WHEN name = 'default' OR name LIKE 'aws.partner/%' THEN 'not_applicable'
        WHEN policy IS NOT NULL THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN name = 'default' THEN 'the default bus'
        WHEN name LIKE 'aws.partner/%' THEN 'the bus of a partner'
        WHEN policy IS NOT NULL THEN 'it has a policy'
        ELSE 'it has no policy'
    END AS reason
FROM aws_eventbridge_bus

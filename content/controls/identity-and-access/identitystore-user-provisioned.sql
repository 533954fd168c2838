-- ---
-- id = "identitystore-user-provisioned"
-- title = "Users of Identity Center come from the company's directory"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_identitystore_user"
-- when_empty = "not_applicable"
-- why = "A user that was made by hand stays when the person leaves the company's directory."
-- limits = "Goes by the external id that provisioning leaves; a company that uses Identity Center's own directory makes an exception for this control."
-- fix = "Provision users from the company's directory (SCIM), and delete the one made by hand."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/singlesignon/latest/userguide/provision-automatically.html"]
-- ---
SELECT
    person.arn AS resource,
    person.account_id,
    person.region,
    CASE WHEN person.is_provisioned THEN 'pass' ELSE 'fail' END AS status,
    coalesce(person.name, person.id) || CASE WHEN person.is_provisioned THEN ' was provisioned' ELSE ' was made by hand' END AS reason
FROM aws_identitystore_user AS person

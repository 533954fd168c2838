-- ---
-- id = "identitystore-group-name-conforms"
-- title = "Groups that have permission sets are named by account and role"
-- severity = "low"
-- scope = "resource"
-- subject = "aws_identitystore_group"
-- when_empty = "not_applicable"
-- why = "A name such as AWS-111122223333-readonly tells the directory's people what they give away."
-- limits = "Groups of the directory that have no permission set are not judged, and whether the account in the name is the one that the assignment is for is not compared."
-- fix = "Rename the group in the directory: `AWS-<account id>-<role>`."
-- owner = "platform-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/singlesignon/latest/userguide/users-groups-provisioning.html"]
-- ---
SELECT
    directory_group.arn AS resource,
    directory_group.account_id,
    directory_group.region,
    CASE
        WHEN assignment.principal_id IS NULL THEN 'not_applicable'
        WHEN regexp_like(directory_group.name, '^AWS-[0-9]{12}-(' || array_to_string($human_roles_names, '|') || ')$') THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN assignment.principal_id IS NULL THEN 'the group has no permission set'
        ELSE 'named ' || coalesce(directory_group.name, 'nothing')
    END AS reason
FROM aws_identitystore_group AS directory_group
LEFT JOIN (SELECT DISTINCT principal_id FROM aws_ssoadmin_account_assignment WHERE principal_type = 'GROUP') AS assignment
    ON assignment.principal_id = directory_group.id

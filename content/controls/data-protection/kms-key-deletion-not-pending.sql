-- ---
-- id = "kms-key-deletion-not-pending"
-- title = "No key waits for its deletion"
-- severity = "high"
-- scope = "resource"
-- subject = "aws_kms_key"
-- when_empty = "not_applicable"
-- why = "What a deleted key encrypted can never be read again; the waiting time is the last chance to notice."
-- limits = "Cannot see whether anything is still encrypted with the key: look for its use in CloudTrail."
-- fix = "Cancel the deletion with `aws kms cancel-key-deletion` and disable the key instead, until its use is understood."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html"]
-- ---
SELECT
    key.arn AS resource,
    key.account_id,
    key.region,
    CASE
        WHEN key.key_manager IS DISTINCT FROM 'CUSTOMER' THEN 'not_applicable'
        WHEN key.key_state IN ('PendingDeletion', 'PendingReplicaDeletion') THEN 'fail'
        ELSE 'pass'
    END AS status,
    CASE
        WHEN key.key_manager IS DISTINCT FROM 'CUSTOMER' THEN 'AWS manages this key'
        WHEN key.key_state IN ('PendingDeletion', 'PendingReplicaDeletion')
            THEN coalesce('will be deleted on ' || to_char(key.deletion_date, '%Y-%m-%d'), 'will be deleted')
        ELSE 'the key is ' || key.key_state
    END AS reason
FROM aws_kms_key AS key

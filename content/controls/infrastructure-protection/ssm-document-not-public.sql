-- ---
-- id = "ssm-document-not-public"
-- title = "Documents of Systems Manager are not public"
-- severity = "critical"
-- scope = "resource"
-- subject = "aws_ssm_document"
-- when_empty = "not_applicable"
-- why = "A public document shows everybody your commands, and what is written into them: addresses, names, sometimes passwords."
-- limits = "Sharing with named accounts is not judged."
-- fix = "Take the sharing with `all` away from the document."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-ssm-sharing.html"]
-- ---
SELECT
    document.arn AS resource,
    document.account_id,
    document.region,
    CASE WHEN array_has(sharing.account_ids, 'all') THEN 'fail' ELSE 'pass' END AS status,
    CASE
        WHEN array_has(sharing.account_ids, 'all') THEN 'shared with everybody'
        WHEN sharing.arn IS NOT NULL THEN 'shared with ' || array_to_string(sharing.account_ids, ', ')
        ELSE 'not shared'
    END AS reason
FROM aws_ssm_document AS document
LEFT JOIN aws_ssm_document_permission AS sharing
    ON sharing.arn = document.arn AND sharing.account_id = document.account_id

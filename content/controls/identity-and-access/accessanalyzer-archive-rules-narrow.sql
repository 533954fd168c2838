-- ---
-- id = "accessanalyzer-archive-rules-narrow"
-- title = "Archive rules of analyzers name what they hide"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_accessanalyzer_analyzer"
-- when_empty = "not_applicable"
-- why = "An archive rule that names no resource and no principal hides every new finding of its kind before anybody sees it."
-- limits = "A rule is narrow where it names a resource, its owner, or a principal; whether the name is a wide one is not judged."
-- fix = "Delete the rule, or add the resource or the principal that was approved to its filter."
-- owner = "security-engineer"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-archive-rules.html"]
-- ---
WITH wide AS (
    SELECT analyzer_arn, string_agg(rule_name, ', ' ORDER BY rule_name) AS names
    FROM aws_accessanalyzer_archive_rule
    WHERE NOT regexp_like(array_to_string(filter_fields, chr(10)), '(?m)^(resource|resourceOwnerAccount|principal[.].*|condition[.].*|id)$')
    GROUP BY analyzer_arn
)

SELECT
    analyzer.arn AS resource,
    analyzer.account_id,
    analyzer.region,
    CASE WHEN wide.names IS NULL THEN 'pass' ELSE 'fail' END AS status,
    coalesce('rules that name neither resource nor principal: ' || wide.names, 'no rule hides findings at large') AS reason
FROM aws_accessanalyzer_analyzer AS analyzer
LEFT JOIN wide ON wide.analyzer_arn = analyzer.arn

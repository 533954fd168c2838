-- ---
-- id = "rds-proxy-tls-required"
-- title = "Database proxies refuse connections without TLS"
-- severity = "medium"
-- scope = "resource"
-- subject = "aws_rds_db_proxy"
-- when_empty = "not_applicable"
-- why = "What goes to the proxy without TLS crosses the network in the clear, whatever the database asks for."
-- limits = "The way from the proxy to the database is judged by the database."
-- fix = "Set the proxy to require TLS."
-- owner = "workload-owner"
-- size = "S"
-- after = []
-- refs = ["https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html"]
-- ---
SELECT
    proxy.arn AS resource,
    proxy.account_id,
    proxy.region,
    CASE
        WHEN proxy.require_tls THEN 'pass'
        ELSE 'fail'
    END AS status,
    CASE
        WHEN proxy.require_tls THEN 'takes only TLS'
        ELSE 'takes connections without TLS'
    END AS reason
FROM aws_rds_db_proxy AS proxy

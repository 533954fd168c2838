-- ---
-- name = "standfast_trail_bucket"
-- about = "A bucket that trails write to, once: `was_read` is false where its account was not read; then it stands in the account that owns the trail."
-- ---
SELECT
    'arn:' || trail.partition || ':s3:::' || trail.s3_bucket_name AS arn,
    trail.s3_bucket_name AS name,
    coalesce(min(bucket.account_id), min(split_part(trail.arn, ':', 5))) AS account_id,
    coalesce(min(bucket.region), min(trail.region)) AS region,
    count(bucket.arn) > 0 AS was_read
FROM aws_cloudtrail_trail AS trail
LEFT JOIN aws_s3_bucket AS bucket ON bucket.name = trail.s3_bucket_name AND bucket.partition = trail.partition
WHERE trail.s3_bucket_name <> ''
GROUP BY trail.partition, trail.s3_bucket_name

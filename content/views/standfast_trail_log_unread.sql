-- ---
-- name = "standfast_trail_log_unread"
-- about = "An account with a multi-region trail whose log group is in an account that was not read: what is counted and watched there is not known."
-- ---
SELECT DISTINCT trail.account_id
FROM aws_cloudtrail_trail AS trail
LEFT JOIN aws_account AS holder ON holder.account_id = split_part(trail.log_group_arn, ':', 5)
WHERE trail.is_multi_region_trail AND trail.log_group_arn <> '' AND holder.account_id IS NULL

//! AWS CloudTrail. Whether a trail logs at this moment, and what its selectors are, no item says.

use standfast_inventory::tables::cloudtrail::CloudtrailTrail;
use standfast_inventory::{Row, Scope};

use super::Kind;
use crate::import::item::{Found, Item};
use crate::import::places::Place;

pub(super) const TRAIL: Kind = Kind {
    name: "AWS::CloudTrail::Trail",
    scope: Scope::Region,
    tables: &[CloudtrailTrail::TABLE],
    write: trail,
};

fn trail(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    let home_region = fields.need_text("homeRegion")?;
    // The shadow of a trail in another region is the trail at home.
    if home_region != item.region {
        return Ok(());
    }
    place.row(&CloudtrailTrail {
        arn: fields.need_text("trailARN")?,
        name: fields.need_text("name")?,
        home_region,
        is_multi_region_trail: fields.need_flag("isMultiRegionTrail")?,
        is_organization_trail: fields.need_flag("isOrganizationTrail")?,
        include_global_service_events: fields.need_flag("includeGlobalServiceEvents")?,
        log_file_validation_enabled: fields.need_flag("logFileValidationEnabled")?,
        s3_bucket_name: fields.need_text("s3BucketName")?,
        s3_key_prefix: fields.text("s3KeyPrefix"),
        sns_topic_arn: fields.text("snsTopicARN"),
        log_group_arn: fields.text("cloudWatchLogsLogGroupArn"),
        cloudwatch_logs_role_arn: fields.text("cloudWatchLogsRoleArn"),
        kms_key_id: fields.text("kmsKeyId"),
        has_custom_event_selectors: fields.need_flag("hasCustomEventSelectors")?,
        has_insight_selectors: fields.need_flag("hasInsightSelectors")?,
    });
    Ok(())
}

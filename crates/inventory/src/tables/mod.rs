//! Every table, one module a service. Names of tables and columns are those of Steampipe's AWS plugin where it has them.

use crate::{Row, Table};

pub mod accessanalyzer;
pub mod account;
pub mod acm;
pub mod cloudformation;
pub mod cloudtrail;
pub mod cloudwatch;
pub mod config;
pub mod ec2;
pub mod efs;
pub mod elbv2;
pub mod events;
pub mod fms;
pub mod guardduty;
pub mod iam;
pub mod identitystore;
pub mod kms;
pub mod lambda;
pub mod logs;
pub mod organization;
pub mod organizations;
pub mod rds;
pub mod s3;
pub mod s3control;
pub mod secretsmanager;
pub mod securityhub;
pub mod sns;
pub mod ssm;
pub mod sso_admin;
pub mod standfast;
pub mod sts;
pub mod vpc;
pub mod wafv2;

/// Lists the tables of a module's row structs.
macro_rules! registry {
    ($($module:ident: [$($row:ident),* $(,)?];)*) => {
        /// Every table, in the order of the modules.
        pub const ALL: &[&Table] = &[$($($module::$row::TABLE,)*)*];
    };
}

registry! {
    standfast: [CollectionUnit, CollectionError];
    organization: [AwsAccount, AwsRegion];
    account: [AccountAlternateContact, AccountContact, AccountRegion];
    iam: [
        IamUser,
        IamGroup,
        IamRole,
        IamPolicy,
        IamInlinePolicy,
        IamRoleSession,
        IamCredentialReport,
        IamAccessKey,
        IamAccountSummary,
        IamAccountPasswordPolicy,
        IamAccountAlias,
        IamVirtualMfaDevice,
        IamSamlProvider,
        IamOpenIdConnectProvider,
        IamServerCertificate,
        IamOrganizationsFeature,
        IamAccessAdvisor,
    ];
    identitystore: [IdentitystoreUser, IdentitystoreGroup];
    organizations: [
        OrganizationsOrganization,
        OrganizationsRoot,
        OrganizationsOrganizationalUnit,
        OrganizationsAccount,
        OrganizationsPolicy,
        OrganizationsPolicyDocument,
        OrganizationsPolicyTarget,
        OrganizationsDelegatedAdministrator,
        OrganizationsDelegatedService,
        OrganizationsServiceAccess,
        OrganizationsResourcePolicy,
    ];
    sso_admin: [
        SsoadminInstance,
        SsoadminPermissionSet,
        SsoadminManagedPolicyAttachment,
        SsoadminCustomerManagedPolicyReference,
        SsoadminInlinePolicy,
        SsoadminAccountAssignment,
    ];
    sts: [StsCallerIdentity];
    kms: [KmsKey, KmsKeyPolicy, KmsKeyRotation, KmsGrant, KmsAlias];
    accessanalyzer: [AccessanalyzerAnalyzer, AccessanalyzerArchiveRule, AccessanalyzerFindingsStatistics];
    cloudformation: [CloudformationStack, CloudformationStackSet, CloudformationStackInstance];
    cloudtrail: [CloudtrailTrail, CloudtrailTrailStatus, CloudtrailEventSelector, CloudtrailInsightSelector];
    cloudwatch: [CloudwatchAlarm, CloudwatchCompositeAlarm];
    config: [ConfigConfigurationRecorder, ConfigConfigurationRecorderStatus, ConfigDeliveryChannel, ConfigDeliveryChannelStatus, ConfigRule, ConfigConfigurationAggregator, ConfigRetentionConfiguration, ConfigConformancePack];
    events: [EventbridgeBus, EventbridgeRule, EventbridgeTarget];
    guardduty: [GuarddutyDetector, GuarddutyDetectorFeature, GuarddutyAdministrator, GuarddutyOrganizationConfiguration, GuarddutyMember, GuarddutyPublishingDestination];
    logs: [CloudwatchLogGroup, CloudwatchLogMetricFilter, CloudwatchLogResourcePolicy];
    securityhub: [SecurityhubHub, SecurityhubStandardsSubscription, SecurityhubAdministrator, SecurityhubMember, SecurityhubOrganizationConfiguration, SecurityhubFindingAggregator];
    sns: [SnsTopic, SnsTopicAttributes, SnsTopicSubscription];
    ec2: [Ec2Instance, EbsVolume, EbsSnapshot, EbsSnapshotAttribute, Ec2Ami, Ec2KeyPair, Ec2LaunchTemplateVersion, EbsEncryptionByDefault, EbsDefaultKmsKey, EbsSnapshotBlockPublicAccess, Ec2ImageBlockPublicAccess, Ec2InstanceMetadataDefaults, Ec2SerialConsoleAccess];
    elbv2: [LoadBalancer, LoadBalancerAttributes, LoadBalancerListener, TargetGroup];
    fms: [FmsAdminAccount, FmsPolicy];
    lambda: [LambdaFunction, LambdaFunctionPolicy, LambdaFunctionUrl];
    vpc: [Vpc, VpcSubnet, VpcSecurityGroup, VpcSecurityGroupRule, VpcNetworkAcl, VpcNetworkAclEntry, VpcRouteTable, VpcRoute, VpcInternetGateway, VpcEgressOnlyInternetGateway, VpcNatGateway, Ec2TransitGateway, VpcEndpoint, VpcPeeringConnection, VpcFlowLog, Ec2NetworkInterface, VpcEip, VpcBlockPublicAccessOptions];
    wafv2: [Wafv2WebAcl, Wafv2LoggingConfiguration, Wafv2WebAclResource];
    acm: [AcmCertificate, AcmCertificateValidation];
    efs: [EfsFileSystem, EfsFileSystemPolicy, EfsBackupPolicy, EfsAccessPoint, EfsMountTarget];
    rds: [
        RdsDbInstance,
        RdsDbCluster,
        RdsDbSnapshot,
        RdsDbSnapshotAttribute,
        RdsDbClusterSnapshot,
        RdsDbClusterSnapshotAttribute,
        RdsDbParameter,
        RdsDbClusterParameter,
        RdsDbEventSubscription,
        RdsDbProxy,
    ];
    s3: [
        S3Bucket,
        S3BucketEncryption,
        S3BucketVersioning,
        S3BucketPolicy,
        S3BucketPolicyStatus,
        S3BucketAclGrant,
        S3BucketPublicAccessBlock,
        S3BucketLogging,
        S3BucketLifecycleRule,
        S3BucketObjectLock,
        S3AccessPoint,
    ];
    s3control: [S3AccountSettings, S3MultiRegionAccessPoint];
    secretsmanager: [SecretsmanagerSecret, SecretsmanagerSecretPolicy];
    ssm: [
        SsmParameter,
        SsmManagedInstance,
        SsmManagedInstanceCompliance,
        SsmDocument,
        SsmDocumentPermission,
        SsmServiceSetting,
    ];
}

/// The table of a name.
pub fn find(name: &str) -> Option<&'static Table> {
    ALL.iter().copied().find(|table| table.name == name)
}

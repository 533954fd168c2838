"""Databases, file systems, secrets, functions, load balancers and the like of one unit of the test organization."""

from __future__ import annotations

from planting import Place, allow, lambda_archive, policy
from seed_network import Network

ARCHIVE = lambda_archive()
VISIBILITY = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True}


def plant_workload(place: Place, unit: int, network: Network, key: str) -> None:
    """One unit of everything that runs in a VPC or beside it."""
    _plant_databases(place, unit, network, key)
    _plant_file_systems(place, unit)
    _plant_secrets(place, unit, key)
    _plant_functions(place, unit)
    _plant_load_balancer(place, unit, network)
    _plant_web_acl(place, unit)
    _plant_topics(place, unit, key)
    _plant_logs(place, unit)
    _plant_tables_and_images(place, unit)


def _plant_databases(place: Place, unit: int, network: Network, key: str) -> None:
    if unit == 0:
        group = {"DBSubnetGroupName": "main", "DBSubnetGroupDescription": "m", "SubnetIds": list(network.subnets)}
        place.do("rds", "create_db_subnet_group", **group, count="rds_subnet_group")
    for number in range(3):
        name = f"db-{unit:03d}-{number}"
        encrypted, public, upgrades = number != 1, number == 1, number != 2
        production = number == 0
        place.do(
            "rds",
            "create_db_instance",
            DBInstanceIdentifier=name,
            DBInstanceClass="db.t3.medium",
            Engine="postgres",
            AllocatedStorage=20,
            MasterUsername="dba",
            MasterUserPassword="Passw0rd123",
            StorageEncrypted=encrypted,
            PubliclyAccessible=public,
            MultiAZ=production,
            AutoMinorVersionUpgrade=upgrades,
            DBSubnetGroupName="main",
            BackupRetentionPeriod=7 if production else 0,
            DeletionProtection=production,
            **({"KmsKeyId": key} if encrypted else {}),
            count="rds_instance",
        )
        arn = place.arn("rds", f"db:{name}")
        place.truth(arn, encrypted, f"encrypted={encrypted}", cis="2.3.1", fsbp="RDS.3")
        place.truth(arn, not public, f"public={public}", cis="2.3.3", fsbp="RDS.2")
        place.truth(arn, upgrades, f"auto minor={upgrades}", cis="2.3.2", fsbp="RDS.13")
        place.truth(arn, production, f"multi-az={production}", fsbp="RDS.5")
        place.truth(arn, production, "deletion protection", fsbp="RDS.8")
        if public:
            snapshot = {"DBSnapshotIdentifier": f"{name}-snap"}
            reply = place.do("rds", "create_db_snapshot", DBInstanceIdentifier=name, **snapshot, count="rds_snapshot")
            share = {"AttributeName": "restore", "ValuesToAdd": ["all"]}
            if reply and place.do("rds", "modify_db_snapshot_attribute", **snapshot, **share):
                place.truth(place.arn("rds", f"snapshot:{name}-snap"), False, "public snapshot", fsbp="RDS.1")


def _plant_file_systems(place: Place, unit: int) -> None:
    for number in range(2):
        encrypted = number == 0
        wish = {"CreationToken": f"fs-{place.region}-{unit}-{number}", "Encrypted": encrypted, "Backup": False}
        reply = place.do("efs", "create_file_system", **wish, count="efs_fs")
        if reply:
            place.truth(reply["FileSystemArn"], encrypted, f"encrypted={encrypted}", cis="2.4.1", fsbp="EFS.1")


def _plant_secrets(place: Place, unit: int, key: str) -> None:
    for number in range(3):
        own_key = {"KmsKeyId": key} if number == 0 else {}
        name = f"app/{unit:03d}/{number}"
        reply = place.do("secretsmanager", "create_secret", Name=name, SecretString="s3cr3t", **own_key, count="secret")
        if reply:
            place.truth(reply["ARN"], False, "no rotation configured", fsbp="SecretsManager.1")
    for name in ("db_password", "url", "token", "flag"):
        kind = "SecureString" if name == "token" else "String"
        place.do(
            "ssm", "put_parameter", Name=f"/app/{unit:03d}/{name}", Value="x" * 12, Type=kind, count="ssm_parameter"
        )
    for number, method in enumerate(("DNS", "EMAIL")):
        wish = {"DomainName": f"svc{unit}-{number}.example.org", "ValidationMethod": method, "KeyAlgorithm": "RSA_2048"}
        place.do("acm", "request_certificate", **wish, count="acm_cert")


def _plant_functions(place: Place, unit: int) -> None:
    for number in range(3):
        name = f"fn-{unit:03d}-{number}"
        old, public = number == 0, number == 1
        variables = {"DB_PASSWORD": "hunter2"} if number == 2 else {"STAGE": "prod"}
        reply = place.do(
            "lambda",
            "create_function",
            FunctionName=name,
            Runtime="python3.8" if old else "python3.12",
            Role=f"arn:aws:iam::{place.account.id}:role/role-000-1",
            Handler="lambda_function.handler",
            Code={"ZipFile": ARCHIVE},
            Environment={"Variables": variables},
            count="lambda_fn",
        )
        if reply and public:
            grant = {"StatementId": "pub", "Action": "lambda:InvokeFunction", "Principal": "*"}
            place.do("lambda", "add_permission", FunctionName=name, **grant)
        arn = place.arn("lambda", f"function:{name}")
        place.truth(arn, not public, "public resource policy" if public else "no public policy", fsbp="Lambda.1")
        place.truth(arn, not old, "python3.8" if old else "python3.12", fsbp="Lambda.2")


def _plant_load_balancer(place: Place, unit: int, network: Network) -> None:
    wish = {"Subnets": list(network.subnets), "Scheme": "internet-facing", "Type": "application"}
    reply = place.do("elbv2", "create_load_balancer", Name=f"alb-{unit:03d}", **wish, count="elbv2")
    if not reply:
        return
    balancer = reply["LoadBalancers"][0]["LoadBalancerArn"]
    wish = {"Name": f"tg-{unit:03d}", "Protocol": "HTTP", "Port": 80, "VpcId": network.vpc}
    reply = place.do("elbv2", "create_target_group", **wish, count="elbv2_tg")
    if reply:
        forward = {"Type": "forward", "TargetGroupArn": reply["TargetGroups"][0]["TargetGroupArn"]}
        listener = {"Protocol": "HTTP", "Port": 80, "DefaultActions": [forward]}
        place.do("elbv2", "create_listener", LoadBalancerArn=balancer, **listener)
    place.truth(balancer, False, "HTTP listener without redirect", fsbp="ELB.1")
    place.truth(balancer, False, "deletion protection off", fsbp="ELB.6")
    place.truth(balancer, False, "no access logs", fsbp="ELB.5")


def _plant_web_acl(place: Place, unit: int) -> None:
    managed = {"VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet"}
    rule = {
        "Name": "r",
        "Priority": 1,
        "Statement": {"ManagedRuleGroupStatement": managed},
        "OverrideAction": {"None": {}},
        "VisibilityConfig": {**VISIBILITY, "MetricName": "r"},
    }
    rules = [rule] if unit % 2 == 0 else []
    wish = {"Scope": "REGIONAL", "DefaultAction": {"Allow": {}}, "VisibilityConfig": {**VISIBILITY, "MetricName": "m"}}
    reply = place.do("wafv2", "create_web_acl", Name=f"acl-{unit:03d}", Rules=rules, **wish, count="wafv2_acl")
    if reply:
        why = "web ACL has rules" if rules else "web ACL empty"
        place.truth(reply["Summary"]["ARN"], rules, why, fsbp="WAF.10")


def _plant_topics(place: Place, unit: int, key: str) -> None:
    for number in range(3):
        encrypted, public = number == 0, number == 2
        attributes = {"Attributes": {"KmsMasterKeyId": key}} if encrypted else {}
        reply = place.do("sns", "create_topic", Name=f"topic-{unit:03d}-{number}", **attributes, count="sns_topic")
        if not reply:
            continue
        topic = reply["TopicArn"]
        if public:
            document = policy({"Sid": "p", "Principal": "*", **allow("sns:Publish", topic)})
            wish = {"AttributeName": "Policy", "AttributeValue": document}
            place.do("sns", "set_topic_attributes", TopicArn=topic, **wish)
        place.truth(topic, not public, "public topic policy" if public else "default policy", fsbp="SNS.4")
        place.truth(topic, encrypted, "SSE", fsbp="SNS.1")


def _plant_logs(place: Place, unit: int) -> None:
    for number, days in enumerate((400, 7)):
        name = f"/app/{unit:03d}/{number}"
        place.do("logs", "create_log_group", logGroupName=name, count="log_group")
        place.do("logs", "put_retention_policy", logGroupName=name, retentionInDays=days)
        place.truth(place.arn("logs", f"log-group:{name}"), days >= 365, f"retention {days}", fsbp="CloudWatch.16")
    place.do(
        "cloudwatch",
        "put_metric_alarm",
        AlarmName=f"cpu-{unit:03d}",
        Namespace="AWS/EC2",
        MetricName="CPUUtilization",
        Statistic="Average",
        Period=300,
        EvaluationPeriods=1,
        Threshold=80,
        ComparisonOperator="GreaterThanThreshold",
        count="cw_alarm",
    )


def _plant_tables_and_images(place: Place, unit: int) -> None:
    place.do("sqs", "create_queue", QueueName=f"q-{unit:03d}", count="sqs_queue")
    place.do(
        "dynamodb",
        "create_table",
        TableName=f"t-{unit:03d}",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
        count="dynamodb_table",
    )
    place.truth(place.arn("dynamodb", f"table/t-{unit:03d}"), False, "PITR off", fsbp="DynamoDB.2")
    scans = unit % 2 == 0
    name = f"repo-{unit:03d}"
    place.do(
        "ecr",
        "create_repository",
        repositoryName=name,
        imageScanningConfiguration={"scanOnPush": scans},
        count="ecr_repo",
    )
    place.truth(place.arn("ecr", f"repository/{name}"), scans, "scanOnPush", fsbp="ECR.1")

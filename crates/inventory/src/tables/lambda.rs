//! AWS Lambda.

use jiff::Timestamp;

use crate::{Json, table::table};

table! {
    /// A function. Of its environment variables only the names are kept.
    LambdaFunction = "aws_lambda_function", "lambda:ListFunctions", Region, key [arn] {
        /// ARN of the function.
        arn: String,
        /// Name.
        name: String,
        /// Runtime, such as `python3.13`; none for a function in a container image.
        runtime: Option<String>,
        /// `Zip` or `Image`.
        package_type: Option<String>,
        /// ARN of the role that it runs as.
        role: Option<String>,
        /// Names of the environment variables, sorted.
        environment_variable_names: Vec<String>,
        /// Key of the environment variables; none for the one that AWS manages.
        kms_key_arn: Option<String>,
        /// VPC that it is connected to.
        vpc_id: Option<String>,
        /// Subnets, sorted.
        vpc_subnet_ids: Vec<String>,
        /// Security groups, sorted.
        vpc_security_group_ids: Vec<String>,
        /// `Active` or `PassThrough`: whether requests are traced.
        tracing_mode: Option<String>,
        /// Queue or topic that gets failed events, an ARN.
        dead_letter_config_target_arn: Option<String>,
        /// Layers, ARNs, sorted.
        layers: Vec<String>,
        /// Log group.
        log_group: Option<String>,
        /// Seconds it may run.
        timeout: Option<i64>,
        /// When it was changed last.
        last_modified: Option<Timestamp>,
    }
}

table! {
    /// The resource policy of a function. One without a row here has none.
    LambdaFunctionPolicy = "aws_lambda_function_policy", "lambda:GetPolicy" after ["lambda:ListFunctions"], Region, key [function_arn] {
        /// ARN of the function.
        function_arn: String,
        /// The policy document.
        policy: Json,
    }
}

table! {
    /// A web address of a function. Only functions whose policy allows calls by web address are asked for theirs: without such a
    /// statement an address without sign-in refuses everybody.
    LambdaFunctionUrl = "aws_lambda_function_url", "lambda:ListFunctionUrlConfigs" after ["lambda:ListFunctions", "lambda:GetPolicy"], Region, key [function_url] {
        /// ARN of the function, with its alias if the address is one's.
        function_arn: String,
        /// ARN of the function without alias.
        arn: String,
        /// The address.
        function_url: String,
        /// `AWS_IAM` or `NONE`.
        auth_type: String,
        /// Web sites whose pages may call it, sorted; `*` for all.
        cors_allow_origins: Vec<String>,
    }
}

//! `policy_statements(policy)`.

use std::sync::{Arc, LazyLock};

use arrow::array::{ArrayBuilder, ArrayRef, AsArray, ListBuilder, StringBuilder, StructBuilder};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Fields};
use datafusion::error::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};
use standfast_iam::{Statement, statements};

static FIELDS: LazyLock<Fields> = LazyLock::new(|| {
    let words = || DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true)));
    Fields::from(vec![
        Field::new("sid", DataType::Utf8, true),
        Field::new("effect", DataType::Utf8, true),
        Field::new("principals", words(), true),
        Field::new("not_principals", words(), true),
        Field::new("actions", words(), true),
        Field::new("not_actions", words(), true),
        Field::new("resources", words(), true),
        Field::new("not_resources", words(), true),
        Field::new("conditions", words(), true),
    ])
});

/// The statements of a policy document as a list of structures.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct PolicyStatements {
    signature: Signature,
}

impl Default for PolicyStatements {
    fn default() -> Self {
        Self {
            signature: Signature::string(1, Volatility::Immutable),
        }
    }
}

impl ScalarUDFImpl for PolicyStatements {
    fn name(&self) -> &'static str {
        "policy_statements"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(DataType::List(Arc::new(Field::new_list_field(
            DataType::Struct(FIELDS.clone()),
            true,
        ))))
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&arguments.args)?;
        let mut lists = ListBuilder::new(StructBuilder::from_fields(FIELDS.clone(), 0));
        if let Some(policies) = arrays.first() {
            let policies = cast(policies, &DataType::Utf8)?;
            for policy in policies.as_string::<i32>() {
                for statement in policy.and_then(|policy| statements(policy).ok()).unwrap_or_default() {
                    append(lists.values(), &statement);
                }
                lists.append(true);
            }
        }
        Ok(ColumnarValue::Array(Arc::new(lists.finish()) as ArrayRef))
    }
}

fn append(builder: &mut StructBuilder, statement: &Statement) {
    for (index, text) in [&statement.sid, &statement.effect].into_iter().enumerate() {
        if let Some(field) = builder.field_builder::<StringBuilder>(index) {
            field.append_value(text);
        }
    }
    let lists = [
        &statement.principals,
        &statement.not_principals,
        &statement.actions,
        &statement.not_actions,
        &statement.resources,
        &statement.not_resources,
        &statement.conditions,
    ];
    for (index, words) in lists.into_iter().enumerate() {
        if let Some(field) = builder.field_builder::<ListBuilder<Box<dyn ArrayBuilder>>>(index + 2) {
            if let Some(texts) = field.values().as_any_mut().downcast_mut::<StringBuilder>() {
                for word in words {
                    texts.append_value(word);
                }
            }
            field.append(true);
        }
    }
    builder.append(true);
}

//! `days_between(earlier, later)`.

use std::sync::Arc;

use arrow::array::{AsArray, Int64Array};
use arrow::compute::cast;
use arrow::datatypes::{DataType, TimeUnit, TimestampMicrosecondType};
use datafusion::error::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

const MICROSECONDS_A_DAY: i64 = 24 * 60 * 60 * 1_000_000;

/// Whole days from one moment to another; below zero where the first is the later.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct DaysBetween {
    signature: Signature,
}

impl Default for DaysBetween {
    fn default() -> Self {
        Self {
            signature: Signature::any(2, Volatility::Immutable),
        }
    }
}

impl ScalarUDFImpl for DaysBetween {
    fn name(&self) -> &'static str {
        "days_between"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(DataType::Int64)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&arguments.args)?;
        let moment = DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into()));
        let mut moments = Vec::with_capacity(2);
        for array in &arrays {
            moments.push(cast(array, &moment)?);
        }
        let days: Int64Array = match moments.as_slice() {
            [earlier, later] => earlier
                .as_primitive::<TimestampMicrosecondType>()
                .iter()
                .zip(later.as_primitive::<TimestampMicrosecondType>())
                .map(|(earlier, later)| Some((later? - earlier?).div_euclid(MICROSECONDS_A_DAY)))
                .collect(),
            _ => Int64Array::new_null(0),
        };
        Ok(ColumnarValue::Array(Arc::new(days)))
    }
}

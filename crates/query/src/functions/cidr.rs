//! `cidr_contains(outer, inner)` and `is_public_cidr(range)`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use arrow::array::{Array, AsArray, BooleanArray};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use datafusion::error::Result;
use datafusion::logical_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility};

/// A range of addresses: its first and last as numbers, and whether it is of version 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Range {
    first: u128,
    last: u128,
    v6: bool,
}

impl Range {
    fn parse(text: &str) -> Option<Self> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address.parse().ok()?, Some(length.parse::<u32>().ok()?)),
            None => (text.parse().ok()?, None),
        };
        let (bits, number, v6) = match address {
            IpAddr::V4(address) => (32, u128::from(u32::from(address)), false),
            IpAddr::V6(address) => (128, u128::from(address), true),
        };
        let free = bits - length.unwrap_or(bits).min(bits);
        if length.is_some_and(|length| length > bits) {
            return None;
        }
        let mask = if free >= 128 { u128::MAX } else { (1_u128 << free) - 1 };
        Some(Self {
            first: number & !mask,
            last: number | mask,
            v6,
        })
    }

    fn contains(self, inner: Self) -> bool {
        self.v6 == inner.v6 && self.first <= inner.first && inner.last <= self.last
    }
}

/// Ranges that no packet of the public internet comes from. Source: the IANA special-purpose address registries,
/// <https://www.iana.org/assignments/iana-ipv4-special-registry/>.
fn private_ranges() -> [Range; 11] {
    let v4 = |address: Ipv4Addr, length: u32| {
        let number = u128::from(u32::from(address));
        Range {
            first: number,
            last: number | ((1_u128 << (32 - length)) - 1),
            v6: false,
        }
    };
    let v6 = |address: Ipv6Addr, length: u32| {
        let number = u128::from(address);
        Range {
            first: number,
            last: number | ((1_u128 << (128 - length)) - 1),
            v6: true,
        }
    };
    [
        v4(Ipv4Addr::new(10, 0, 0, 0), 8),
        v4(Ipv4Addr::new(100, 64, 0, 0), 10),
        v4(Ipv4Addr::new(127, 0, 0, 0), 8),
        v4(Ipv4Addr::new(169, 254, 0, 0), 16),
        v4(Ipv4Addr::new(172, 16, 0, 0), 12),
        v4(Ipv4Addr::new(192, 168, 0, 0), 16),
        v4(Ipv4Addr::new(198, 18, 0, 0), 15),
        v6(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7),
        v6(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10),
        v6(Ipv6Addr::LOCALHOST, 128),
        v6(Ipv6Addr::new(0x0100, 0, 0, 0, 0, 0, 0, 0), 64),
    ]
}

fn is_public(range: Range) -> bool {
    !private_ranges().iter().any(|private| private.contains(range))
}

/// Whether one range lies within another.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct CidrContains {
    signature: Signature,
}

impl Default for CidrContains {
    fn default() -> Self {
        Self {
            signature: Signature::string(2, Volatility::Immutable),
        }
    }
}

impl ScalarUDFImpl for CidrContains {
    fn name(&self) -> &'static str {
        "cidr_contains"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&arguments.args)?;
        let [outer, inner] = arrays.as_slice() else {
            return Ok(ColumnarValue::Array(Arc::new(BooleanArray::new_null(0))));
        };
        let (outer, inner) = (cast(outer, &DataType::Utf8)?, cast(inner, &DataType::Utf8)?);
        let answers: BooleanArray = outer
            .as_string::<i32>()
            .iter()
            .zip(inner.as_string::<i32>())
            .map(|(outer, inner)| Some(Range::parse(outer?)?.contains(Range::parse(inner?)?)))
            .collect();
        Ok(ColumnarValue::Array(Arc::new(answers)))
    }
}

/// Whether a range holds an address of the public internet.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct IsPublicCidr {
    signature: Signature,
}

impl Default for IsPublicCidr {
    fn default() -> Self {
        Self {
            signature: Signature::string(1, Volatility::Immutable),
        }
    }
}

impl ScalarUDFImpl for IsPublicCidr {
    fn name(&self) -> &'static str {
        "is_public_cidr"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _arguments: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn invoke_with_args(&self, arguments: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&arguments.args)?;
        let Some(ranges) = arrays.first() else {
            return Ok(ColumnarValue::Array(Arc::new(BooleanArray::new_null(0))));
        };
        let ranges = cast(ranges, &DataType::Utf8)?;
        let answers: BooleanArray = ranges
            .as_string::<i32>()
            .iter()
            .map(|range| Some(is_public(Range::parse(range?)?)))
            .collect();
        debug_assert_eq!(answers.len(), ranges.len());
        Ok(ColumnarValue::Array(Arc::new(answers)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(outer: &str, inner: &str) -> Option<bool> {
        Some(Range::parse(outer)?.contains(Range::parse(inner)?))
    }

    #[test]
    fn ranges_contain_ranges_of_their_own_version() {
        assert_eq!(contains("10.0.0.0/8", "10.1.2.0/24"), Some(true));
        assert_eq!(contains("10.1.2.0/24", "10.0.0.0/8"), Some(false));
        assert_eq!(contains("0.0.0.0/0", "203.0.113.7/32"), Some(true));
        assert_eq!(contains("::/0", "2001:db8::/32"), Some(true));
        assert_eq!(contains("::/0", "10.0.0.0/8"), Some(false));
        assert_eq!(contains("10.0.0.0/33", "10.0.0.0/8"), None);
        assert_eq!(contains("pl-123", "10.0.0.0/8"), None);
    }

    #[test]
    fn public_is_what_is_not_wholly_private() {
        let public = |text: &str| Range::parse(text).map(is_public);
        for text in [
            "0.0.0.0/0",
            "::/0",
            "203.0.113.0/24",
            "10.0.0.0/7",
            "172.16.0.0/11",
            "2001:db8::1/128",
        ] {
            assert_eq!(public(text), Some(true), "{text}");
        }
        for text in [
            "10.0.0.0/8",
            "172.31.0.0/16",
            "192.168.1.1/32",
            "100.64.0.0/10",
            "fd00::/8",
            "::1/128",
            "169.254.169.254/32",
        ] {
            assert_eq!(public(text), Some(false), "{text}");
        }
    }
}

//! How a table is declared: its columns, the operation that feeds it, and the Rust struct of its rows.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Schema, SchemaRef, TimeUnit};
use jiff::Timestamp;
use serde::Serialize;

/// A JSON document kept as its text: a policy, tags, a list of structures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Json(pub String);

impl Json {
    /// The JSON text of a value. Object keys come out sorted, so that equal documents have equal text.
    pub fn of(value: &impl Serialize) -> Self {
        Self(serde_json::to_value(value).map_or_else(|_| "null".to_owned(), |value| value.to_string()))
    }
}

impl Serialize for Json {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// The type of a column's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Text that is a JSON document.
    Json,
    /// True or false.
    Boolean,
    /// A whole number.
    Integer,
    /// A number with a fraction.
    Float,
    /// A moment, in microseconds, UTC.
    Timestamp,
    /// A list of text.
    TextList,
}

impl Kind {
    /// The Arrow type.
    pub fn data_type(self) -> DataType {
        match self {
            Self::Text | Self::Json => DataType::Utf8,
            Self::Boolean => DataType::Boolean,
            Self::Integer => DataType::Int64,
            Self::Float => DataType::Float64,
            Self::Timestamp => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
            Self::TextList => DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true))),
        }
    }

    /// The word for people: `text`, `json`, `boolean`, `integer`, `float`, `timestamp`, `text[]`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Float => "float",
            Self::Timestamp => "timestamp",
            Self::TextList => "text[]",
        }
    }
}

/// A Rust type that can be a column.
pub(crate) trait ColumnType {
    /// The column's type.
    const KIND: Kind;
    /// Whether a value may be missing.
    const NULLABLE: bool = false;
}

macro_rules! column_types {
    ($($type:ty => $kind:ident),+ $(,)?) => {
        $(impl ColumnType for $type { const KIND: Kind = Kind::$kind; })+
    };
}
column_types! { String => Text, Json => Json, bool => Boolean, i64 => Integer, f64 => Float, Timestamp => Timestamp, Vec<String> => TextList }

impl<T: ColumnType> ColumnType for Option<T> {
    const KIND: Kind = T::KIND;
    const NULLABLE: bool = true;
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The name in SQL.
    pub name: &'static str,
    /// The type of its values.
    pub kind: Kind,
    /// Whether a value may be missing.
    pub nullable: bool,
    /// What it says; the lines of the doc comment.
    pub doc: &'static [&'static str],
}

/// Where a table's rows are read: once an account, or once an account and region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Once for the whole organization, from its management account.
    Organization,
    /// Once an account; the rows' region is `global` unless the resource has one of its own (an S3 bucket).
    Account,
    /// Once an account and region.
    Region,
}

/// A table: one operation of one service feeds it, so that a denied call cannot hide as a NULL.
#[derive(Debug)]
pub struct Table {
    /// The name in SQL, Steampipe's where it has one.
    pub name: &'static str,
    /// What a row is; the lines of the doc comment.
    pub doc: &'static [&'static str],
    /// The operation that feeds it, as `service:Operation`.
    pub operation: &'static str,
    /// The operations that had to succeed before that one could be called (`kms:ListKeys` before `kms:DescribeKey`).
    pub after: &'static [&'static str],
    /// Where it is read.
    pub scope: Scope,
    /// The columns that, with account and region, name a row; rows are sorted by them.
    pub key: &'static [&'static str],
    /// The columns of its own; [`COMMON_COLUMNS`] come before them.
    pub columns: &'static [Column],
}

/// The columns that every table begins with.
pub const COMMON_COLUMNS: [Column; 3] = [
    Column {
        name: "partition",
        kind: Kind::Text,
        nullable: false,
        doc: &["Partition: `aws`, `aws-us-gov` or `aws-cn`."],
    },
    Column {
        name: "account_id",
        kind: Kind::Text,
        nullable: false,
        doc: &["Account, 12 digits."],
    },
    Column {
        name: "region",
        kind: Kind::Text,
        nullable: false,
        doc: &["Region; `global` for what has none."],
    },
];

impl Table {
    /// All columns, the common ones first.
    pub fn all_columns(&self) -> impl Iterator<Item = &Column> {
        COMMON_COLUMNS.iter().chain(self.columns)
    }

    /// The Arrow schema.
    pub fn schema(&self) -> SchemaRef {
        Arc::new(Schema::new(
            self.all_columns()
                .map(|column| Field::new(column.name, column.kind.data_type(), column.nullable))
                .collect::<Vec<_>>(),
        ))
    }

    /// The service whose collector fills the table: the part of `operation` before the colon.
    pub fn service(&self) -> &'static str {
        self.operation
            .split_once(':')
            .map_or(self.operation, |(service, _)| service)
    }

    /// What a row is, as one text.
    pub fn description(&self) -> String {
        join_doc(self.doc)
    }
}

impl Column {
    /// What the column says, as one text.
    pub fn description(&self) -> String {
        join_doc(self.doc)
    }
}

fn join_doc(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

/// A row of a table.
pub trait Row: Serialize {
    /// The table.
    const TABLE: &'static Table;
}

/// The column name of a field: `type` for a field written `r#type`.
pub(crate) const fn column_name(field: &'static str) -> &'static str {
    match field.as_bytes() {
        [b'r', b'#', ..] => field.split_at(2).1,
        _ => field,
    }
}

/// Declares the struct of a table's rows and the table itself.
///
/// ```ignore
/// table! {
///     /// A KMS key.
///     KmsKey = "aws_kms_key", "kms:DescribeKey" after ["kms:ListKeys"], Region, key [arn] {
///         /// ARN of the key.
///         arn: String,
///         /// When the key will be deleted, if that is planned.
///         deletion_date: Option<Timestamp>,
///     }
/// }
/// ```
macro_rules! table {
    (
        $(#[doc = $doc:literal])*
        $name:ident = $table:literal, $operation:literal $(after [$($after:literal),* $(,)?])?, $scope:ident,
        key [$($key:ident),* $(,)?] {
            $($(#[doc = $column_doc:literal])* $column:ident: $type:ty,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize)]
        #[allow(clippy::struct_excessive_bools, reason = "a row is as wide as its service's reply")]
        pub struct $name {
            $($(#[doc = $column_doc])* pub $column: $type,)*
        }

        impl $crate::Row for $name {
            const TABLE: &'static $crate::Table = &$crate::Table {
                name: $table,
                doc: &[$($doc),*],
                operation: $operation,
                after: &[$($($after),*)?],
                scope: $crate::Scope::$scope,
                key: &[$($crate::table::column_name(stringify!($key))),*],
                columns: &[$($crate::Column {
                    name: $crate::table::column_name(stringify!($column)),
                    kind: <$type as $crate::table::ColumnType>::KIND,
                    nullable: <$type as $crate::table::ColumnType>::NULLABLE,
                    doc: &[$($column_doc),*],
                }),*],
            };
        }
    };
}
pub(crate) use table;

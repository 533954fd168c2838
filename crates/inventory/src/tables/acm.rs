//! AWS Certificate Manager.

use jiff::Timestamp;

use crate::table::table;

table! {
    /// A certificate.
    AcmCertificate = "aws_acm_certificate", "acm:ListCertificates", Region, key [arn] {
        /// ARN of the certificate.
        arn: String,
        /// Its first name.
        domain_name: String,
        /// `PENDING_VALIDATION`, `ISSUED`, `INACTIVE`, `EXPIRED`, `VALIDATION_TIMED_OUT`, `REVOKED` or `FAILED`.
        status: String,
        /// `IMPORTED`, `AMAZON_ISSUED` or `PRIVATE`.
        r#type: String,
        /// `RSA_2048`, `EC_prime256v1` …
        key_algorithm: Option<String>,
        /// True where a service of AWS uses it.
        in_use: Option<bool>,
        /// `ELIGIBLE` where ACM renews it by itself, else `INELIGIBLE`.
        renewal_eligibility: Option<String>,
        /// True where it was exported.
        exported: Option<bool>,
        /// When it was asked for.
        created_at: Option<Timestamp>,
        /// When it was issued.
        issued_at: Option<Timestamp>,
        /// When it was imported.
        imported_at: Option<Timestamp>,
        /// When it begins to be valid.
        not_before: Option<Timestamp>,
        /// When it ends to be valid.
        not_after: Option<Timestamp>,
    }
}

table! {
    /// How a certificate that is in use and that Amazon issued is validated and renewed.
    AcmCertificateValidation = "aws_acm_certificate_validation", "acm:DescribeCertificate" after ["acm:ListCertificates"], Region, key [arn] {
        /// ARN of the certificate.
        arn: String,
        /// How its names are validated, sorted: `DNS`, `EMAIL`, `HTTP`.
        validation_methods: Vec<String>,
        /// ARNs of what uses it, sorted.
        in_use_by: Vec<String>,
        /// How its renewal stands, `SUCCESS`, `PENDING_VALIDATION`, `FAILED` …; none where none was tried.
        renewal_status: Option<String>,
    }
}

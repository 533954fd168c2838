//! AWS Certificate Manager.

use standfast_inventory::tables::acm::{AcmCertificate, AcmCertificateValidation};
use standfast_inventory::{Row, Scope};

use super::Kind;
use crate::import::item::{Found, Item};
use crate::import::places::Place;

pub(super) const CERTIFICATE: Kind = Kind {
    name: "AWS::ACM::Certificate",
    scope: Scope::Region,
    tables: &[AcmCertificate::TABLE, AcmCertificateValidation::TABLE],
    write: certificate,
};

fn certificate(item: &Item, place: &Place<'_>) -> Found<()> {
    let fields = item.fields();
    let arn = fields.need_text("certificateArn")?;
    let kind = fields.need_word("type")?;
    fields.need_list("inUseBy")?;
    let in_use_by = fields.texts("inUseBy");
    let in_use = !in_use_by.is_empty();
    let row = AcmCertificate {
        arn: arn.clone(),
        domain_name: fields.need_text("domainName")?,
        status: fields.need_word("status")?,
        // An older form has a hyphen.
        key_algorithm: fields.word("keyAlgorithm").map(|name| name.replace('-', "_")),
        in_use: Some(in_use),
        renewal_eligibility: fields.word("renewalEligibility"),
        exported: None,
        created_at: fields.moment("createdAt")?,
        issued_at: fields.moment("issuedAt")?,
        imported_at: fields.moment("importedAt")?,
        not_before: fields.moment("notBefore")?,
        not_after: fields.moment("notAfter")?,
        r#type: kind.clone(),
    };
    if row.status == "ISSUED" && row.not_after.is_none() {
        return Err("notAfter".to_owned());
    }
    place.row(&row);
    if in_use && kind == "AMAZON_ISSUED" {
        place.row(&AcmCertificateValidation {
            arn,
            validation_methods: fields.texts_of("domainValidationOptions", "validationMethod"),
            in_use_by,
            renewal_status: fields.word("renewalSummary.renewalStatus"),
        });
    }
    Ok(())
}

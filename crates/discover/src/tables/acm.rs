//! AWS Certificate Manager.

use std::collections::BTreeSet;

use aws_sdk_acm::types::{
    CertificateDetail, CertificateStatus, CertificateSummary, CertificateType, Filters, KeyAlgorithm,
};
use standfast_inventory::Scope;
use standfast_inventory::tables::acm::{AcmCertificate, AcmCertificateValidation};

use super::Collector;
use crate::Cell;
use crate::cell::client;
use crate::parse;

pub(super) const COLLECTOR: Collector = Collector {
    service: "acm",
    scope: Scope::Region,
    collect: |cell| Box::pin(collect(cell)),
    also_calls: &[],
};

async fn collect(cell: &Cell) {
    let acm = client!(cell, aws_sdk_acm);
    // Without the list of key types ACM shows RSA 1024 and 2048 alone.
    let every_key = KeyAlgorithm::values()
        .iter()
        .map(|name| KeyAlgorithm::from(*name))
        .collect();
    let pages = acm
        .list_certificates()
        .includes(Filters::builder().set_key_types(Some(every_key)).build())
        .max_items(1000)
        .into_paginator()
        .send();
    let mut renewed_by_amazon = Vec::new();
    cell.pages("acm:ListCertificates", None, pages, |page| {
        for certificate in page.certificate_summary_list.unwrap_or_default() {
            let watched = is_renewed_by_amazon(&certificate);
            if let Some(row) = certificate_row(certificate) {
                cell.row(&row);
                if watched {
                    renewed_by_amazon.push(row.arn);
                }
            }
        }
    })
    .await;
    cell.each(&renewed_by_amazon, async |arn| {
        let request = acm.describe_certificate().certificate_arn(arn).send();
        let reply = cell.call("acm:DescribeCertificate", Some(arn), request).await;
        if let Some(detail) = reply.and_then(|reply| reply.certificate) {
            cell.row(&validation_row(arn, detail));
        }
    })
    .await;
}

/// How a certificate is validated matters where Amazon is to renew it: issued by it and in use.
fn is_renewed_by_amazon(certificate: &CertificateSummary) -> bool {
    certificate.r#type == Some(CertificateType::AmazonIssued)
        && certificate.status == Some(CertificateStatus::Issued)
        && certificate.in_use == Some(true)
}

fn certificate_row(certificate: CertificateSummary) -> Option<AcmCertificate> {
    Some(AcmCertificate {
        arn: certificate.certificate_arn?,
        domain_name: certificate.domain_name.unwrap_or_default(),
        status: certificate
            .status
            .map_or_else(String::new, |status| status.as_str().to_owned()),
        r#type: certificate
            .r#type
            .map_or_else(String::new, |kind| kind.as_str().to_owned()),
        // The list writes RSA-2048 where the enumeration has RSA_2048.
        key_algorithm: certificate
            .key_algorithm
            .map(|algorithm| algorithm.as_str().replace('-', "_")),
        in_use: certificate.in_use,
        renewal_eligibility: certificate.renewal_eligibility.map(|word| word.as_str().to_owned()),
        exported: certificate.exported,
        created_at: parse::maybe_timestamp(certificate.created_at.as_ref()),
        issued_at: parse::maybe_timestamp(certificate.issued_at.as_ref()),
        imported_at: parse::maybe_timestamp(certificate.imported_at.as_ref()),
        not_before: parse::maybe_timestamp(certificate.not_before.as_ref()),
        not_after: parse::maybe_timestamp(certificate.not_after.as_ref()),
    })
}

fn validation_row(arn: &str, detail: CertificateDetail) -> AcmCertificateValidation {
    let methods: BTreeSet<String> = detail
        .domain_validation_options
        .unwrap_or_default()
        .into_iter()
        .filter_map(|option| Some(option.validation_method?.as_str().to_owned()))
        .collect();
    let mut in_use_by = detail.in_use_by.unwrap_or_default();
    in_use_by.sort();
    AcmCertificateValidation {
        arn: arn.to_owned(),
        validation_methods: methods.into_iter().collect(),
        in_use_by,
        renewal_status: detail
            .renewal_summary
            .map(|summary| summary.renewal_status.as_str().to_owned()),
    }
}

#[cfg(test)]
mod tests;

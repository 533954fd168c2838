//! AWS Account Management: contacts and regions of an account.

use crate::table::table;

table! {
    /// An alternate contact of the account; a contact that is not set has no row.
    AccountAlternateContact = "aws_account_alternate_contact", "account:GetAlternateContact", Account, key [contact_type] {
        /// `SECURITY`, `BILLING` or `OPERATIONS`.
        contact_type: String,
        /// Name of the contact.
        name: Option<String>,
        /// Title of the contact.
        contact_title: Option<String>,
        /// Address that mail goes to.
        email_address: Option<String>,
        /// True where a telephone number is set. The number itself is not kept.
        has_phone_number: bool,
    }
}

table! {
    /// The primary contact of the account. Street and telephone number are not kept.
    AccountContact = "aws_account_contact", "account:GetContactInformation", Account, key [] {
        /// Name of the contact.
        full_name: String,
        /// Company that the account belongs to.
        company_name: Option<String>,
        /// Country, two letters.
        country_code: Option<String>,
        /// Website of the company.
        website_url: Option<String>,
    }
}

table! {
    /// A region that AWS has, and whether the account opted into it.
    AccountRegion = "aws_account_region", "account:ListRegions", Account, key [region_name] {
        /// Name of the region.
        region_name: String,
        /// `ENABLED_BY_DEFAULT`, `ENABLED`, `ENABLING`, `DISABLED` or `DISABLING`.
        region_opt_status: String,
    }
}

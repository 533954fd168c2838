//! The five domains of the readiness program.

crate::words! {
    /// A domain: one task of the readiness program.
    Domain, "domain" {
        /// Task 1: encryption at rest and in transit, keys.
        DataProtection = "data-protection",
        /// Task 2: root, users, roles, federation, guardrails, accounts.
        IdentityAndAccess = "identity-and-access",
        /// Task 3: procedures and playbooks.
        IncidentResponse = "incident-response",
        /// Task 4: network, secrets, certificates, web application firewall, compute.
        InfrastructureProtection = "infrastructure-protection",
        /// Task 5: logs, retention, detective controls, monitoring services.
        LoggingAndMonitoring = "logging-and-monitoring",
    }
}

impl Domain {
    /// The number of the domain's task in the program, 1 to 5.
    pub const fn task(self) -> u8 {
        match self {
            Self::DataProtection => 1,
            Self::IdentityAndAccess => 2,
            Self::IncidentResponse => 3,
            Self::InfrastructureProtection => 4,
            Self::LoggingAndMonitoring => 5,
        }
    }

    /// The domain's name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::DataProtection => "Data protection",
            Self::IdentityAndAccess => "Identity and access",
            Self::IncidentResponse => "Incident response",
            Self::InfrastructureProtection => "Infrastructure protection",
            Self::LoggingAndMonitoring => "Logging and monitoring",
        }
    }
}

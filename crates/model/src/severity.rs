//! How bad a failed control is.

crate::words! {
    /// Severity of a control, worst first, in the five steps that OCSF, ASFF and SARIF consumers share.
    Severity, "severity" {
        /// Exploitable now, from outside, or total loss of control.
        Critical = "critical",
        /// A direct path to data or privileges.
        High = "high",
        /// Weakens a layer of defence.
        Medium = "medium",
        /// Good order.
        Low = "low",
        /// Says how things are.
        Informational = "informational",
    }
}

impl Severity {
    /// Weight in readiness scores and in the order of stories; a critical finding outweighs two high ones.
    pub const fn weight(self) -> u64 {
        match self {
            Self::Critical => 40,
            Self::High => 15,
            Self::Medium => 5,
            Self::Low => 2,
            Self::Informational => 1,
        }
    }
}

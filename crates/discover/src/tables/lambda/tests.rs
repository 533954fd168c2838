//! The collector over recorded replies.

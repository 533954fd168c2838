//! x
use crate::{ReportError, ReportInput};
use std::io::Write;
/// x
pub fn write_html(_i: &ReportInput, _o: &mut dyn Write) -> Result<(), ReportError> {
    Ok(())
}

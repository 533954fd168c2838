//! Views of the content as tables of a session.

use jiff::Timestamp;
use standfast_content::View;
use standfast_design::Design;

use crate::{Error, Session, literal};

impl Session {
    /// Adds views, with the design's values in place of their placeholders. A view is planned into each query that reads it, so
    /// that the tables behind it are tables of that query.
    pub async fn register_views<'a>(
        &self,
        views: impl IntoIterator<Item = &'a View>,
        design: &Design,
        now: Timestamp,
    ) -> Result<(), Error> {
        for view in views {
            let query = view.query();
            let sql = literal::resolve(query, design, now)?;
            let frame = self.plan(&sql).await.map_err(|error| {
                let message = error.strip_backtrace();
                query.error(0..0, message.lines().next().unwrap_or_default(), None)
            })?;
            self.register_view(&view.name, frame)?;
        }
        Ok(())
    }
}

//! stub
use super::Ending;
pub fn explain(_o: &super::args::ExplainOptions) -> anyhow::Result<Ending> {
    Ok(Ending::Done)
}

//! stub
use super::Ending;
pub fn verify(_o: &super::args::VerifyOptions) -> anyhow::Result<Ending> {
    Ok(Ending::Done)
}

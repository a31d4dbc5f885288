//! Dealing as a whole, on the smallest batches that show the point.

mod passes;
mod properties;
mod reasons;

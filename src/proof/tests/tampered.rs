//! Runs in which something was changed.

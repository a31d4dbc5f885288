//! At size.

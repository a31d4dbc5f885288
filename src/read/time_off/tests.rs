//! Time off, read and applied.

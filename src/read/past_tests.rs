//! Tests of what a ledger gives a batch.

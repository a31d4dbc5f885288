//! Indexes into the lists of a batch, one type each so that none is taken for another.

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident($int:ty);)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub $int);

        impl $name {
            /// Makes an index of a position in a list.
            ///
            /// # Panics
            /// When the list is longer than sizes are bounded to when it is read.
            pub fn new(position: usize) -> Self {
                Self(<$int>::try_from(position).expect("lists are bounded when they are read"))
            }

            /// The position in the list.
            pub fn at(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

index! {
    /// A lead by its row in [`Leads`](super::Leads), in input order.
    LeadIndex(u32);
    /// A rep by its row in [`Reps`](super::Reps), in input order.
    RepIndex(u32);
    /// A team by its place among the roster's team names in order of the alphabet.
    TeamIndex(u32);
    /// Office hours by their place among the distinct ones of a batch.
    OfficeIndex(u32);
    /// Leads that are dealt together, by their place among the units of a batch.
    UnitIndex(u32);
    /// A tier, 0 the best.
    TierIndex(u8);
    /// A pass, in the order of the rules.
    PassIndex(u16);
    /// A part of the score, in the order of the rules.
    PartIndex(u16);
}

//! Why an assignment can't be begun (分配不了). Data, like every problem; the
//! words are in the language tables.

/// What is wrong with what an assignment was asked by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misassigned {
    /// Experts without a group, where an expert reads the own group's packets.
    NoGroup {
        /// Who.
        experts: String,
    },
    /// A group that nobody of the panel belongs to.
    EmptyGroup {
        /// The group.
        group: String,
        /// The groups there are.
        known: String,
    },
    /// Packets that the file puts into no group.
    Ungrouped {
        /// Which.
        codes: String,
    },
    /// Specialties are to be mixed, and nobody's is known.
    NoSpecialty,
    /// An expert is to read more than an expert may.
    LeastAboveMost {
        /// At least.
        least: u32,
        /// At most.
        most: u32,
    },
    /// A draw, or a choice, by a seed that is empty.
    NoSeed,
}

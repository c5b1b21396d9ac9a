//! Three values (Kleene): what is not known stays so unless the rest decides.

/// Whether a condition is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Truth {
    /// It is not, whatever the missing figures are.
    NotMet,
    /// The figures that are there do not decide it.
    Unknown,
    /// It is, whatever the missing figures are.
    Met,
}

impl Truth {
    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// At least one.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// All; of none it is met.
    pub fn all(values: impl IntoIterator<Item = Self>) -> Self {
        values.into_iter().fold(Self::Met, Self::and)
    }

    /// Any; of none it is not met.
    pub fn any(values: impl IntoIterator<Item = Self>) -> Self {
        values.into_iter().fold(Self::NotMet, Self::or)
    }

    /// Its word in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::NotMet => "not_met",
            Self::Unknown => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EACH: [Truth; 3] = [Truth::NotMet, Truth::Unknown, Truth::Met];

    #[test]
    fn kleenes_tables() {
        use Truth::{Met, NotMet, Unknown};
        for a in EACH {
            assert_eq!((a.and(Met), a.or(NotMet)), (a, a));
            assert_eq!((a.and(NotMet), a.or(Met)), (NotMet, Met));
        }
        assert_eq!((Unknown.and(Unknown), Unknown.or(Unknown)), (Unknown, Unknown));
        assert_eq!((Truth::all([]), Truth::any([])), (Met, NotMet));
    }

    // Whatever the unknown turns out to be, a verdict given before stands.
    #[test]
    fn what_is_decided_is_never_undone() {
        let settled = |value| if value == Truth::Unknown { vec![Truth::NotMet, Truth::Met] } else { vec![value] };
        for a in EACH {
            for b in EACH {
                for join in [Truth::and, Truth::or] {
                    let before = join(a, b);
                    let after: Vec<_> =
                        settled(a).iter().flat_map(|x| settled(b).into_iter().map(|y| join(*x, y))).collect();
                    assert!(before == Truth::Unknown || after.iter().all(|value| *value == before), "{a:?} {b:?}");
                    assert!(before != Truth::Unknown || after.iter().any(|value| *value != after[0]), "{a:?} {b:?}");
                }
            }
        }
    }
}

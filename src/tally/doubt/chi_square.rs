//! The upper tail of the χ² distribution, for whole degrees of freedom: a finite
//! sum, with the complementary error function where they are odd (Abramowitz &
//! Stegun 26.4.4 and 26.4.5).
#![expect(clippy::float_arithmetic, reason = "what is shown beside a result")]

/// How likely a value of `chi_square` or above is with so many degrees of
/// freedom; 1 with none.
#[must_use]
pub(super) fn beyond(chi_square: f64, freedom: usize) -> f64 {
    let half = chi_square / 2.0;
    if half <= 0.0 || freedom == 0 {
        return 1.0;
    }
    // Each term is the one before times half / (order + 1).
    let (mut order, mut term, mut sum) = if freedom.is_multiple_of(2) {
        let first = libm::exp(-half);
        (0.0, first, first)
    } else {
        let root = half.sqrt();
        // Of order 1/2, over Γ(3/2) = √π / 2.
        let first = libm::exp(-half) * root * std::f64::consts::FRAC_2_SQRT_PI;
        (0.5, first, libm::erfc(root) + if freedom > 1 { first } else { 0.0 })
    };
    for _ in 1..freedom / 2 {
        order += 1.0;
        term *= half / order;
        sum += term;
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 95 % points, as every table of them has (Abramowitz & Stegun, table 26.8).
    #[test]
    fn tails() {
        for (chi_square, freedom, expected) in [
            (3.841_458_820_694_124, 1, 0.05),
            (5.991_464_547_107_979, 2, 0.05),
            (7.814_727_903_251_179, 3, 0.05),
            (9.487_729_036_781_154, 4, 0.05),
            (11.070_497_693_516_351, 5, 0.05),
            (43.772_971_825_742_19, 30, 0.05),
            (44.985_343_280_365_14, 31, 0.05),
            (0.0, 7, 1.0),
        ] {
            let found = beyond(chi_square, freedom);
            assert!((found - expected).abs() < 1e-6, "{chi_square} {freedom}: {found}");
        }
    }
}

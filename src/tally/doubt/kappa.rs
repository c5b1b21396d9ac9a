//! Fleiss' κ (弗莱斯 κ): agreement of votes beyond what chance would give.
//!
//! Fleiss, J. L. (1971) Psychol. Bull. 76(5):378–382.

use crate::domain::doubt::Undefined;

use super::grid::{product, sum};
use super::real::{quotient, whole};

/// κ, and what it is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kappa {
    /// Votes for each application.
    pub votes: u64,
    /// Share of pairs of votes that agree.
    pub observed: f64,
    /// Share that would agree by chance.
    pub expected: f64,
    /// κ.
    pub kappa: f64,
}

/// κ of how many votes each answer has: one row an application, one column an
/// answer.
///
/// # Errors
/// Fewer than two applications or votes, unequal numbers of votes, one answer only.
pub fn kappa(counts: &[Vec<u64>]) -> Result<Kappa, Undefined> {
    let total = |row: &Vec<u64>| sum(row.iter().map(|count| i128::from(*count)));
    let votes = counts.first().map_or(Ok(0), total)?;
    if counts.len() < 2 {
        return Err(Undefined::TooFewApplications);
    }
    for row in counts {
        if total(row)? != votes {
            return Err(Undefined::UnequalVotes);
        }
    }
    if votes < 2 {
        return Err(Undefined::TooFewExperts);
    }
    let mut agreeing = 0i128;
    let mut answers: Vec<i128> = Vec::new();
    for row in counts {
        answers.resize(answers.len().max(row.len()), 0);
        for (answer, count) in answers.iter_mut().zip(row) {
            let count = i128::from(*count);
            agreeing = sum([agreeing, product(&[count, count])?, -count])?;
            *answer = sum([*answer, count])?;
        }
    }
    let n = whole(counts.len());
    let all = product(&[n, votes, n, votes])?;
    let squares = answers.iter().map(|answer| product(&[*answer, *answer])).collect::<Result<Vec<_>, _>>()?;
    let chance = sum(squares)?;
    if chance == all {
        return Err(Undefined::OneAnswer);
    }
    let pairs = product(&[n, votes, votes - 1])?;
    let over = sum([product(&[agreeing, n, votes])?, -product(&[chance, votes - 1])?])?;
    Ok(Kappa {
        votes: u64::try_from(votes).map_err(|_| Undefined::TooLarge)?,
        observed: quotient(agreeing, pairs),
        expected: quotient(chance, all),
        kappa: quotient(over, product(&[votes - 1, all - chance])?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fleiss (1971): 30 patients, 6 psychiatrists, 5 diagnoses; published .430.
    #[test]
    fn as_published_by_fleiss() {
        let counts = [
            [0, 0, 0, 6, 0],
            [0, 3, 0, 0, 3],
            [0, 1, 4, 0, 1],
            [0, 0, 0, 0, 6],
            [0, 3, 0, 3, 0],
            [2, 0, 4, 0, 0],
            [0, 0, 4, 0, 2],
            [2, 0, 3, 1, 0],
            [2, 0, 0, 4, 0],
            [0, 0, 0, 0, 6],
            [1, 0, 0, 5, 0],
            [1, 1, 0, 4, 0],
            [0, 3, 3, 0, 0],
            [1, 0, 0, 5, 0],
            [0, 2, 0, 3, 1],
            [0, 0, 5, 0, 1],
            [3, 0, 0, 1, 2],
            [5, 1, 0, 0, 0],
            [0, 2, 0, 4, 0],
            [1, 0, 2, 0, 3],
            [0, 0, 0, 0, 6],
            [0, 1, 0, 5, 0],
            [0, 2, 0, 1, 3],
            [2, 0, 0, 4, 0],
            [1, 0, 0, 4, 1],
            [0, 5, 0, 1, 0],
            [4, 0, 0, 0, 2],
            [0, 2, 0, 4, 0],
            [1, 0, 5, 0, 0],
            [0, 0, 0, 0, 6],
        ];
        let kappa = kappa(&counts.map(|row| row.to_vec())).unwrap();
        assert_eq!(kappa.votes, 6);
        assert!((kappa.kappa - 0.430_244_520_1).abs() < 1e-9, "{kappa:?}");
    }

    #[test]
    fn undefined_where_it_is_undefined() {
        assert_eq!(kappa(&[vec![3, 0], vec![2, 0]]), Err(Undefined::UnequalVotes));
        assert_eq!(kappa(&[vec![3, 0], vec![3, 0]]), Err(Undefined::OneAnswer));
        assert_eq!(kappa(&[vec![3, 0]]), Err(Undefined::TooFewApplications));
        assert_eq!(kappa(&[vec![1, 0], vec![0, 1]]), Err(Undefined::TooFewExperts));
        assert_eq!(kappa(&[]), Err(Undefined::TooFewApplications));
        // Half against half everywhere is worse than chance, and shown as it is.
        assert!(kappa(&[vec![1, 1], vec![1, 1]]).unwrap().kappa < 0.0);
        assert!(kappa(&[vec![3, 0], vec![0, 3]]).unwrap().kappa >= 1.0);
    }
}

//! Time as an argument. Everything below `cli` is handed a [`Clock`]; order in
//! a round comes from sequence numbers, never from the time.

use std::fmt;

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// A moment, kept as RFC 3339 in UTC to the millisecond, exactly as stored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(String);

impl Timestamp {
    /// As stored in a log; the text is shown as it is where it can't be read.
    #[must_use]
    pub fn from_stored(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// RFC 3339, UTC.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn local(&self, zone: &Zone, pattern: &str) -> String {
        self.0
            .parse::<jiff::Timestamp>()
            .map_or_else(|_| self.0.clone(), |at| at.to_zoned(zone.0.clone()).strftime(pattern).to_string())
    }

    /// `10:42:07` in the reader's zone.
    #[must_use]
    pub fn time_of_day(&self, zone: &Zone) -> String {
        self.local(zone, "%H:%M:%S")
    }

    /// `2026-11-21 10:42` in the reader's zone.
    #[must_use]
    pub fn date_and_minute(&self, zone: &Zone) -> String {
        self.local(zone, "%Y-%m-%d %H:%M")
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The time zone a screen shows times in.
#[derive(Debug, Clone)]
pub struct Zone(TimeZone);

impl Zone {
    /// The machine's own.
    #[must_use]
    pub fn system() -> Self {
        Self(TimeZone::system())
    }

    /// UTC, for tests.
    #[must_use]
    pub const fn utc() -> Self {
        Self(TimeZone::UTC)
    }
}

/// Where the time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Always this moment: tests, and rounds that must come out the same.
    Fixed(Timestamp),
}

impl Clock {
    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => Timestamp(jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()),
            Self::Fixed(at) => at.clone(),
        }
    }
}

/// A moment after which something is given up.
#[derive(Debug, Clone, Copy)]
pub struct Deadline(std::time::Instant);

impl Deadline {
    /// So many seconds from now.
    #[must_use]
    pub fn in_seconds(seconds: u64) -> Self {
        let now = std::time::Instant::now();
        Self(now.checked_add(std::time::Duration::from_secs(seconds)).unwrap_or(now))
    }

    /// What is left until then; nothing afterwards.
    #[must_use]
    pub fn left(&self) -> std::time::Duration {
        self.0.saturating_duration_since(std::time::Instant::now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_stored_in_utc_and_shown_in_the_zone() {
        let at = Timestamp::from_stored("2026-11-21T02:42:07.123Z");
        assert_eq!(at.time_of_day(&Zone::utc()), "02:42:07");
        assert_eq!(Timestamp::from_stored("?").time_of_day(&Zone::utc()), "?");
        let now = Clock::System.now();
        assert!(now.as_str().ends_with('Z') && now.as_str().len() == 24, "{now}");
    }
}

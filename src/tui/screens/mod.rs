//! One folder a screen: its state, what keys do to it, how it looks.

pub mod review;
pub mod score;
pub mod standing;
pub mod unlock;

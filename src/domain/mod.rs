//! The nouns of a review and their rules. Nothing here reads a file, a clock
//! or the environment; outside bytes become nouns in `formats` and are checked
//! by the one constructor each noun has here.

pub mod across;
pub mod amendment;
pub mod application;
pub mod assignment;
pub mod bundle;
pub mod counting;
pub mod day;
pub mod desk;
pub mod differing;
pub mod document;
pub mod doubt;
pub mod eligibility;
pub mod evidence;
pub mod explained;
pub mod figures;
pub mod form;
pub mod funding;
pub mod given;
pub mod hand_in;
pub mod identifiers;
mod in_force;
pub mod leak;
pub mod marks;
pub mod packet;
pub mod panel;
pub mod pinyin_order;
pub mod places;
pub mod provinces;
pub mod reading;
pub mod round;
pub mod rubric;
pub mod sheet;
pub mod standing;
pub mod tallied;

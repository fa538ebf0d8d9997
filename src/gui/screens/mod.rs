//! The screens around the battle: start, loading, result with epilogue, and what went wrong.
//!
//! Each is a function from what is shown to what is wanted; choices not yet acted upon live in its
//! model. Nothing here may touch a battle, a file or the app; words here are those of a museum, and
//! none calls a side the winner.

pub mod listing;
pub mod loading;
mod look;
pub mod menu;
mod reading;
pub mod result;
pub mod trouble;

pub use listing::{Listing, draft, list};
pub use loading::LoadingModel;
pub use menu::MenuModel;
pub use result::ResultModel;
pub use trouble::Trouble;

#[cfg(test)]
mod tests;

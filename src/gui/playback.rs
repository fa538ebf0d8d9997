//! Playback of a turn from the events one's side observed.
/// A turn being played back.
#[derive(Clone, Debug, Default)]
pub struct Playback {}

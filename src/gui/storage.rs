//! Part of the window.

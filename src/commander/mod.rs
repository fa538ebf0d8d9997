//! Stand-in while the computer commander is written on its own branch; never merged.
use crate::battle::{Order, SideView};
/// Someone who gives orders to one side.
pub trait Commander {
    /// Orders for the turn to come, from what the side may know.
    fn orders(&mut self, view: &SideView<'_>) -> Vec<Order>;
}
/// The computer commander.
#[derive(Default)]
pub struct General;
impl Commander for General {
    fn orders(&mut self, _view: &SideView<'_>) -> Vec<Order> {
        Vec::new()
    }
}

//! Who gives orders.

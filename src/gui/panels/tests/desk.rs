//! An egui context without a window: lays panels out, reads what is written on them through the
//! accessibility tree, and clicks on it.

use crate::gui::{intent::Intent, theme};
use bevy_egui::egui::{
    self, Event, Key, Modifiers, PointerButton, Pos2, RawInput, Rect, Ui, accesskit::Node, pos2,
    vec2,
};
use std::cell::Cell;

/// Something written or to be clicked, with its place.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its label or text.
    pub text: String,
    /// Where it is.
    pub rect: Rect,
    /// Can it be clicked?
    pub clickable: bool,
    /// Is it greyed?
    pub disabled: bool,
}

/// The context.
pub struct Desk {
    ctx: egui::Context,
    screen: Rect,
    time: Cell<f64>,
}

impl Desk {
    /// A screen of so many points.
    pub fn new([width, height]: [f32; 2]) -> Self {
        let ctx = egui::Context::default();
        ctx.enable_accesskit();
        theme::apply(&ctx);
        Self {
            ctx,
            screen: Rect::from_min_size(Pos2::ZERO, vec2(width, height)),
            time: Cell::new(0.0),
        }
    }

    /// The screen.
    pub fn screen(&self) -> Rect {
        self.screen
    }

    /// One frame with some input.
    pub fn frame(
        &self,
        events: Vec<Event>,
        show: &dyn Fn(&mut Ui) -> Vec<Intent>,
    ) -> (Vec<Intent>, Vec<Item>) {
        self.time.set(self.time.get() + 0.1);
        let input = RawInput {
            screen_rect: Some(self.screen),
            time: Some(self.time.get()),
            events,
            ..RawInput::default()
        };
        let mut wanted = Vec::new();
        let mut output = self.ctx.run_ui(input, |ui| {
            // A frame that has to be laid out twice counts once.
            wanted = show(ui);
        });
        // Nobody paints here.
        output.textures_delta.clear();
        let update = output.platform_output.accesskit_update;
        let mut items: Vec<Item> = update
            .into_iter()
            .flat_map(|u| u.nodes)
            .filter_map(|(_, node)| item(&node))
            .collect();
        // As one reads: from the top, then from the left.
        let place = |i: &Item| (i.rect.min.y, i.rect.min.x);
        items.sort_by(|a, b| {
            let ((ay, ax), (by, bx)) = (place(a), place(b));
            ay.total_cmp(&by).then(ax.total_cmp(&bx))
        });
        (wanted, items)
    }

    /// What is shown once sizes have settled.
    pub fn read(&self, show: &dyn Fn(&mut Ui) -> Vec<Intent>) -> Vec<Item> {
        self.frame(Vec::new(), show);
        self.frame(Vec::new(), show);
        self.frame(Vec::new(), show).1
    }

    /// Clicks on what bears a text, and returns what is then wanted.
    pub fn click(&self, text: &str, show: &dyn Fn(&mut Ui) -> Vec<Intent>) -> Vec<Intent> {
        let items = self.read(show);
        let item = items
            .iter()
            .find(|i| i.text == text && i.clickable)
            .unwrap_or_else(|| panic!("nothing to click bears {text:?}: {:#?}", texts(&items)));
        self.click_at(item.rect.center(), show)
    }

    /// Presses a key, and lets the frame after it settle.
    pub fn press(&self, key: Key, show: &dyn Fn(&mut Ui) -> Vec<Intent>) -> Vec<Intent> {
        let event = |pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        let mut wanted = self.frame(vec![event(true)], show).0;
        wanted.extend(self.frame(vec![event(false)], show).0);
        wanted.extend(self.frame(Vec::new(), show).0);
        wanted
    }

    /// Clicks on a point.
    pub fn click_at(&self, at: Pos2, show: &dyn Fn(&mut Ui) -> Vec<Intent>) -> Vec<Intent> {
        let button = |pressed| Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        let mut wanted = self.frame(vec![Event::PointerMoved(at)], show).0;
        wanted.extend(self.frame(vec![button(true)], show).0);
        wanted.extend(self.frame(vec![button(false)], show).0);
        wanted
    }
}

/// All texts.
pub fn texts(items: &[Item]) -> Vec<&str> {
    items.iter().map(|i| i.text.as_str()).collect()
}

fn item(node: &Node) -> Option<Item> {
    let text = node.label().or(node.value())?.to_owned();
    let b = node.bounds()?;
    Some(Item {
        text,
        rect: Rect::from_min_max(
            pos2(b.x0 as f32, b.y0 as f32),
            pos2(b.x1 as f32, b.y1 as f32),
        ),
        clickable: node.supports_action(egui::accesskit::Action::Click),
        disabled: node.is_disabled(),
    })
}

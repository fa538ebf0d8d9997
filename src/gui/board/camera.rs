//! The eye on the map: which point of the map is where on the screen.
//!
//! Works in logical points of the window, as egui does (y down); the map's y runs north. One world
//! unit of Bevy is one km. The camera only looks: it must never decide what may be seen.

use crate::scenario::{Hex, HexMap, map::grid::ROW};
use bevy::prelude::*;
use bevy_egui::egui;

/// Nearest view, points per km.
pub const NEAREST: f64 = 250.0;

/// The map may be shrunk to this share of the view that shows all of it.
const SMALLEST: f64 = 0.85;

/// Marks the camera that draws the ground.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct BoardView;

/// Where the eye is.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct BoardCamera {
    /// Middle of the view, km.
    pub centre: [f64; 2],
    /// Logical points per km.
    pub px_per_km: f64,
    /// Where the map is shown in the window, points.
    pub viewport: egui::Rect,
    /// Size of the map, km.
    extent: [f64; 2],
    /// Width of a hex, km.
    hex_km: f64,
}

impl Default for BoardCamera {
    fn default() -> Self {
        Self {
            centre: [0.5, 0.5],
            px_per_km: 100.0,
            viewport: egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(100.0, 100.0)),
            extent: [1.0, 1.0],
            hex_km: 1.0,
        }
    }
}

impl BoardCamera {
    /// An eye that sees the whole map.
    pub fn new(map: &HexMap, viewport: egui::Rect) -> Self {
        let mut camera = Self::default();
        camera.fit(map, viewport);
        camera
    }

    /// Points of a map position on the screen.
    pub fn km_to_screen(&self, [x, y]: [f64; 2]) -> egui::Pos2 {
        let middle = self.viewport.center();
        egui::pos2(
            middle.x + ((x - self.centre[0]) * self.px_per_km) as f32,
            middle.y - ((y - self.centre[1]) * self.px_per_km) as f32,
        )
    }

    /// Map position of a point on the screen.
    pub fn screen_to_km(&self, pos: egui::Pos2) -> [f64; 2] {
        let middle = self.viewport.center();
        [
            self.centre[0] + f64::from(pos.x - middle.x) / self.px_per_km,
            self.centre[1] - f64::from(pos.y - middle.y) / self.px_per_km,
        ]
    }

    /// The hex at a point of the screen, if the map is shown there.
    pub fn hex_at(&self, map: &HexMap, pos: egui::Pos2) -> Option<Hex> {
        if !self.viewport.contains(pos) {
            return None;
        }
        map.grid.containing(self.screen_to_km(pos))
    }

    /// Width of a hex, points.
    pub fn hex_px(&self) -> f32 {
        (self.hex_km * self.px_per_km) as f32
    }

    /// Is a map position within the view, or within `margin` points of it?
    pub fn sees(&self, km: [f64; 2], margin: f32) -> bool {
        self.viewport.expand(margin).contains(self.km_to_screen(km))
    }

    /// Zooms by a factor, keeping what is under `pos` there.
    pub fn zoom_at(&mut self, pos: egui::Pos2, factor: f64) {
        if !factor.is_finite() || factor <= 0.0 {
            return;
        }
        let fixed = self.screen_to_km(pos);
        self.px_per_km *= factor;
        self.clamp();
        let moved = self.screen_to_km(pos);
        self.centre[0] += fixed[0] - moved[0];
        self.centre[1] += fixed[1] - moved[1];
        self.clamp();
    }

    /// Moves the map by so many points on the screen: what is under the pointer stays there.
    pub fn pan(&mut self, delta: egui::Vec2) {
        if delta.x.is_finite() && delta.y.is_finite() {
            self.centre[0] -= f64::from(delta.x) / self.px_per_km;
            self.centre[1] += f64::from(delta.y) / self.px_per_km;
            self.clamp();
        }
    }

    /// Shows the whole map in a part of the window.
    pub fn fit(&mut self, map: &HexMap, viewport: egui::Rect) {
        self.hex_km = map.grid.hex_km();
        self.extent = extent(map);
        self.set_viewport(viewport);
        self.centre = [self.extent[0] / 2.0, self.extent[1] / 2.0];
        self.px_per_km = self.whole();
        self.clamp();
    }

    /// The map is now shown in another part of the window; every point of it stays where it is on the
    /// screen, so that nothing moves under the pointer.
    pub fn set_viewport(&mut self, viewport: egui::Rect) {
        let sound = viewport.is_finite() && viewport.width() >= 1.0 && viewport.height() >= 1.0;
        if sound {
            let middle = self.screen_to_km(viewport.center());
            self.viewport = viewport;
            self.centre = middle;
            self.clamp_zoom();
            self.clamp_centre([0.0; 2]);
        }
    }

    /// Moves to a hex; comes near enough to read its counters.
    pub fn look_at(&mut self, map: &HexMap, hex: Hex) {
        if hex.index() < map.grid.len() {
            self.centre = map.grid.centre(hex);
            self.px_per_km = self.px_per_km.max(36.0 / self.hex_km);
            self.clamp();
        }
    }

    /// Points per km at which the whole map fills the view.
    fn whole(&self) -> f64 {
        let x = f64::from(self.viewport.width()) / self.extent[0];
        let y = f64::from(self.viewport.height()) / self.extent[1];
        x.min(y)
    }

    fn clamp(&mut self) {
        self.clamp_zoom();
        // At most a quarter of the view lies beyond an edge of the map.
        let view = [self.viewport.width(), self.viewport.height()];
        self.clamp_centre(view.map(|points| f64::from(points) / self.px_per_km / 4.0));
    }

    fn clamp_zoom(&mut self) {
        let farthest = (self.whole() * SMALLEST).min(NEAREST);
        self.px_per_km = if self.px_per_km.is_finite() {
            self.px_per_km.clamp(farthest, NEAREST)
        } else {
            farthest
        };
    }

    /// Keeps the middle of the view at least so far, km, from the edges of the map.
    fn clamp_centre(&mut self, inside: [f64; 2]) {
        for (axis, inside) in inside.into_iter().enumerate() {
            let size = self.extent[axis];
            let c = self.centre[axis];
            let (low, high) = (inside.min(size - inside), inside.max(size - inside));
            self.centre[axis] = if c.is_finite() {
                c.clamp(low, high)
            } else {
                size / 2.0
            };
        }
    }
}

/// Width and height of a map's hexes, km.
pub fn extent(map: &HexMap) -> [f64; 2] {
    let grid = &map.grid;
    let km = grid.hex_km();
    [
        (f64::from(grid.columns()) + 0.5) * km,
        (f64::from(grid.rows().saturating_sub(1)) * ROW + 1.0) * km,
    ]
}

/// Keeps Bevy's camera where the eye is.
pub fn sync_camera(
    board: Option<Res<BoardCamera>>,
    windows: Query<&Window, With<bevy::window::PrimaryWindow>>,
    mut cameras: Query<(&mut Transform, &mut Projection), With<BoardView>>,
) {
    let (Some(board), Ok(window)) = (board, windows.single()) else {
        return;
    };
    // Bevy's camera fills the window, the map only a part of it.
    let middle = egui::pos2(window.width() / 2.0, window.height() / 2.0);
    let [x, y] = board.screen_to_km(middle);
    for (mut transform, mut projection) in &mut cameras {
        let at = Vec3::new(x as f32, y as f32, transform.translation.z);
        if transform.translation != at {
            transform.translation = at;
        }
        let scale = (1.0 / board.px_per_km) as f32;
        if let Projection::Orthographic(plane) = projection.as_mut()
            && plane.scale != scale
        {
            plane.scale = scale;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        scenario::{Options, Scenario},
        shelf::Shelf,
    };
    use std::sync::Arc;

    fn map() -> Arc<HexMap> {
        let scenario =
            Scenario::load(&Shelf::embedded(), "nanking_1937.ron", &Options::default()).unwrap();
        Arc::clone(scenario.map())
    }

    fn view() -> egui::Rect {
        egui::Rect::from_min_size(egui::pos2(260.0, 36.0), egui::vec2(1000.0, 640.0))
    }

    #[test]
    fn points_survive_the_way_to_the_screen_and_back() {
        let map = map();
        let mut camera = BoardCamera::new(&map, view());
        for zoom in [1.0, 3.0, 9.0] {
            camera.zoom_at(egui::pos2(500.0, 300.0), zoom);
            for hex in map.grid.hexes().step_by(101) {
                let km = map.grid.centre(hex);
                let pos = camera.km_to_screen(km);
                let back = camera.screen_to_km(pos);
                assert!((back[0] - km[0]).abs() < 0.01 && (back[1] - km[1]).abs() < 0.01);
                if camera.viewport.contains(pos) {
                    assert_eq!(camera.hex_at(&map, pos), Some(hex));
                } else {
                    assert_eq!(camera.hex_at(&map, pos), None);
                }
            }
        }
    }

    #[test]
    fn the_whole_map_fits_and_north_is_up() {
        let map = map();
        let camera = BoardCamera::new(&map, view());
        let [width, height] = extent(&map);
        for km in [[0.0, 0.0], [width, 0.0], [0.0, height], [width, height]] {
            assert!(view().expand(0.5).contains(camera.km_to_screen(km)));
        }
        assert!(camera.km_to_screen([0.0, height]).y < camera.km_to_screen([0.0, 0.0]).y);
    }

    #[test]
    fn zooming_keeps_what_is_under_the_pointer() {
        let map = map();
        let mut camera = BoardCamera::new(&map, view());
        let pos = egui::pos2(700.0, 300.0);
        let before = camera.screen_to_km(pos);
        camera.zoom_at(pos, 4.0);
        let after = camera.screen_to_km(pos);
        assert!((before[0] - after[0]).abs() < 0.01 && (before[1] - after[1]).abs() < 0.01);
        camera.pan(egui::vec2(30.0, -20.0));
        let moved = camera.km_to_screen(after);
        assert!((moved - pos - egui::vec2(30.0, -20.0)).length() < 0.1);
    }

    #[test]
    fn nothing_drives_the_eye_off_the_map() {
        let map = map();
        let mut camera = BoardCamera::new(&map, view());
        let [width, height] = extent(&map);
        let huge = egui::vec2(1e9, -1e9);
        for factor in [1e9, 1e-9, 0.0, -1.0, f64::NAN, f64::INFINITY, 3.0] {
            camera.zoom_at(egui::pos2(-1e6, 1e6), factor);
            camera.pan(huge);
            camera.pan(egui::vec2(f32::NAN, 1.0));
            camera.set_viewport(egui::Rect::NOTHING);
            assert!(camera.px_per_km > 1.0 && camera.px_per_km <= NEAREST);
            assert!((0.0..=width).contains(&camera.centre[0]));
            assert!((0.0..=height).contains(&camera.centre[1]));
        }
        camera.look_at(&map, Hex(u16::MAX));
        camera.look_at(&map, Hex(0));
        // In sight, though the eye does not go out to the very corner.
        assert!(camera.sees(map.grid.centre(Hex(0)), 0.0));
    }
}

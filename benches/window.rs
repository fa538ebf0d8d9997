//! What the window costs the processor: `cargo bench --bench window`. A frame of the whole campaign in
//! view, from input to triangles, without a display; and the picture drawn up after a turn.

use bevy::tasks::{AsyncComputeTaskPool, IoTaskPool, TaskPool};
use bevy_egui::egui::{self, Pos2, RawInput, Rect, vec2};
use divan::Bencher;
use nanking::{
    gui::{
        Opening, Screen,
        board::camera::BoardCamera,
        session::Seat,
        shell::{self, Shell},
        storage::MemoryStorage,
        tabletop::Tabletop,
        theme,
    },
    scenario::Side,
};
use std::{sync::Arc, thread, time::Duration};

fn main() {
    divan::main();
}

/// A window with the campaign on the table, at rest.
struct Window {
    ctx: egui::Context,
    shell: Shell,
    table: Tabletop,
    camera: BoardCamera,
    time: f64,
}

impl Window {
    fn open(seat: Seat) -> Self {
        AsyncComputeTaskPool::get_or_init(TaskPool::new);
        IoTaskPool::get_or_init(TaskPool::new);
        let ctx = egui::Context::default();
        theme::apply(&ctx);
        let opening = Opening {
            scenario: Some("nanking_1937".to_owned()),
            seat: Some(seat),
            seed: Some(1),
            ..Opening::default()
        };
        let mut window = Self {
            ctx,
            shell: Shell::new(&opening, Arc::new(MemoryStorage::default())),
            table: Tabletop::default(),
            camera: BoardCamera::default(),
            time: 0.0,
        };
        while window.shell.is_loading() || window.shell.screen() != Screen::Battle {
            window.frame();
            thread::sleep(Duration::from_millis(1));
        }
        for _ in 0..10 {
            window.frame();
        }
        window
    }

    fn frame(&mut self) -> Vec<egui::ClippedPrimitive> {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1600.0, 1000.0))),
            time: Some(self.time),
            ..RawInput::default()
        };
        let ctx = self.ctx.clone();
        let (shell, table, camera) = (&mut self.shell, &mut self.table, &mut self.camera);
        let mut output = ctx.run_ui(input, |_| {
            let mut ui = shell::root(&ctx);
            shell.frame(&mut ui, 1.0 / 60.0, table, camera);
        });
        output.textures_delta.clear();
        ctx.tessellate(output.shapes, output.pixels_per_point)
    }
}

/// The whole map, one side's units and what it knows of the other's.
#[divan::bench]
fn a_frame_of_one_side(bencher: Bencher) {
    let mut window = Window::open(Seat::Side(Side::China));
    bencher.bench_local(|| window.frame());
}

/// The whole map and all units of both sides.
#[divan::bench]
fn a_frame_of_both_sides(bencher: Bencher) {
    let mut window = Window::open(Seat::Both);
    bencher.bench_local(|| window.frame());
}

//! The Bevy app: a window, a camera on the board's meshes, and egui on top. All behaviour is in
//! [`super::shell`]; here it is only given a window.

use super::{
    Opening,
    board::{
        self, Sheet,
        camera::{BoardCamera, BoardView, sync_camera},
    },
    shell::{self, Shell},
    storage::{DiskStorage, MemoryStorage, Storage},
    tabletop::Tabletop,
    theme,
};
use crate::scenario::Scenario;
use bevy::{
    prelude::*,
    window::{PresentMode, WindowResolution},
    winit::WinitSettings,
};
use bevy_egui::{EguiContexts, EguiPlugin, EguiPrimaryContextPass};
use std::sync::Arc;

/// Frame times measured for `--frames`.
#[derive(Resource)]
struct Measured {
    left: u32,
    taken: Vec<f64>,
}

/// The scenario whose ground lies on the board, by address.
#[derive(Resource, Default)]
struct Laid(Option<Arc<Scenario>>);

/// Opens the window and runs until it is shut. Returns the exit code.
pub fn run(opening: &Opening) -> u8 {
    let storage: Arc<dyn Storage> = match DiskStorage::open() {
        Ok(disk) => Arc::new(disk),
        Err(error) => {
            eprintln!(
                "Saves and settings cannot be kept: {error}. {}",
                error.remedy()
            );
            Arc::new(MemoryStorage::default())
        }
    };
    let mut app = App::new();
    app.add_plugins(DefaultPlugins.set(WindowPlugin {
        primary_window: Some(Window {
            title: "Nanking 1937".to_owned(),
            resolution: WindowResolution::new(1600, 1000),
            present_mode: PresentMode::AutoVsync,
            ..default()
        }),
        ..default()
    }))
    .add_plugins(EguiPlugin::default())
    .insert_resource(ClearColor(Color::srgb_u8(239, 233, 218)))
    .insert_resource(WinitSettings::desktop_app())
    .insert_resource(Shell::new(opening, storage))
    .init_resource::<Tabletop>()
    .init_resource::<BoardCamera>()
    .init_resource::<Laid>()
    .add_systems(Startup, set_up)
    .add_systems(
        Update,
        (lay_board, sync_camera, board::show_sheets, measure).chain(),
    )
    .add_systems(EguiPrimaryContextPass, frame);
    if let Some(frames) = opening.frames {
        app.insert_resource(Measured {
            left: frames.max(1),
            taken: Vec::new(),
        })
        .insert_resource(WinitSettings::continuous());
    }
    match app.run() {
        AppExit::Success => 0,
        AppExit::Error(code) => code.get(),
    }
}

fn set_up(mut commands: Commands) {
    commands.spawn((Camera2d, BoardView));
}

fn frame(
    mut contexts: EguiContexts,
    mut shell: ResMut<Shell>,
    mut table: ResMut<Tabletop>,
    mut camera: ResMut<BoardCamera>,
    time: Res<Time<Real>>,
    mut exit: MessageWriter<AppExit>,
    mut dressed: Local<bool>,
) -> Result {
    let ctx = contexts.ctx_mut()?;
    if !*dressed {
        theme::apply(ctx);
        *dressed = true;
    }
    let mut ui = shell::root(ctx);
    shell.frame(
        &mut ui,
        time.delta_secs_f64().min(0.1),
        &mut table,
        &mut camera,
    );
    if shell.is_moving(&table) {
        ctx.request_repaint();
    }
    if shell.wants_to_quit() {
        exit.write(AppExit::Success);
    }
    Ok(())
}

/// Puts the ground of the battle in hand on the board, and takes another's away.
fn lay_board(
    mut commands: Commands,
    shell: Res<Shell>,
    mut laid: ResMut<Laid>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<ColorMaterial>>,
    sheets: Query<Entity, With<Sheet>>,
) {
    let wanted = shell.board();
    let same = match (&laid.0, wanted) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
        (None, None) => true,
        _ => false,
    };
    if same {
        return;
    }
    for sheet in &sheets {
        commands.entity(sheet).despawn();
    }
    if let Some(scenario) = wanted {
        board::spawn(&mut commands, &mut meshes, &mut materials, scenario);
    }
    laid.0 = wanted.cloned();
}

/// Counts down `--frames` and prints what was measured.
fn measure(
    measured: Option<ResMut<Measured>>,
    time: Res<Time<Real>>,
    mut exit: MessageWriter<AppExit>,
) {
    let Some(mut measured) = measured else {
        return;
    };
    measured.taken.push(time.delta_secs_f64() * 1e3);
    measured.left = measured.left.saturating_sub(1);
    if measured.left == 0 {
        let mut all = std::mem::take(&mut measured.taken);
        all.sort_by(f64::total_cmp);
        let at = |q: f64| all[((all.len() - 1) as f64 * q) as usize];
        println!(
            "{} frames: median {:.1} ms, 95 % {:.1} ms, longest {:.1} ms",
            all.len(),
            at(0.5),
            at(0.95),
            at(1.0)
        );
        exit.write(AppExit::Success);
    }
}

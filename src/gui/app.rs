//! The Bevy app: a window, a camera on the board's meshes, and egui on top. All behaviour is in
//! [`super::shell`]; here it is only given a window.

mod modifiers;
mod stopwatch;

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
    camera::{CameraUpdateSystems, visibility::VisibilitySystems},
    prelude::*,
    window::{
        ExitCondition, Monitor, PresentMode, PrimaryMonitor, PrimaryWindow, WindowCloseRequested,
        WindowResolution,
    },
    winit::WinitSettings,
};
use bevy_egui::{
    EguiContexts, EguiPlugin, EguiPostUpdateSet, EguiPreUpdateSet, EguiPrimaryContextPass,
};
use std::{
    panic::{self, AssertUnwindSafe},
    sync::Arc,
};
use stopwatch::Stopwatch;

/// There is a display, but no driver that could draw on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoGraphics;

/// How Bevy's renderer says that it found no driver; it does so only by a panic.
const NO_DRIVER: &str = "Unable to find a GPU";

/// The scenario whose ground lies on the board, by address.
#[derive(Resource, Default)]
struct Laid(Option<Arc<Scenario>>);

/// Opens the window and runs until it is shut. Returns the exit code and, if frames were to be
/// measured, what came of it.
///
/// # Errors
/// [`NoGraphics`].
pub fn run(opening: &Opening) -> Result<(u8, Option<String>), NoGraphics> {
    let usual = Arc::<dyn Fn(&panic::PanicHookInfo<'_>) + Send + Sync>::from(panic::take_hook());
    let kept = Arc::clone(&usual);
    panic::set_hook(Box::new(move |info| {
        if !says_no_driver(info.payload()) {
            kept(info);
        }
    }));
    let run = panic::catch_unwind(AssertUnwindSafe(|| open(opening)));
    panic::set_hook(Box::new(move |info| usual(info)));
    match run {
        Ok(done) => Ok(done),
        Err(payload) if says_no_driver(payload.as_ref()) => Err(NoGraphics),
        Err(payload) => panic::resume_unwind(payload),
    }
}

fn says_no_driver(payload: &(dyn std::any::Any + Send)) -> bool {
    let text = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.is_some_and(|t| t.contains(NO_DRIVER))
}

fn open(opening: &Opening) -> (u8, Option<String>) {
    let stopwatch = opening.frames.map(Stopwatch::new);
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
        // The battle in hand is kept first.
        close_when_requested: false,
        exit_condition: ExitCondition::DontExit,
        ..default()
    }))
    .add_plugins(EguiPlugin::default())
    .insert_resource(ClearColor(Color::srgb_u8(239, 233, 218)))
    .insert_resource(WinitSettings::desktop_app())
    .insert_resource(Shell::new(opening, storage))
    .init_resource::<Tabletop>()
    .init_resource::<BoardCamera>()
    .init_resource::<Laid>()
    .init_resource::<modifiers::Held>()
    .add_systems(Startup, set_up)
    .add_systems(First, fit_the_monitor)
    .add_systems(
        PreUpdate,
        modifiers::give_each_key_its_own
            .after(EguiPreUpdateSet::ProcessInput)
            .before(EguiPreUpdateSet::BeginPass),
    )
    .add_systems(
        PostUpdate,
        // After the panels, which move the eye; before Bevy works out what is seen.
        (lay_board, sync_camera, board::show_sheets)
            .chain()
            .after(EguiPostUpdateSet::EndPass)
            .before(TransformSystems::Propagate)
            .before(CameraUpdateSystems)
            .before(VisibilitySystems::VisibilityPropagate),
    )
    .add_systems(EguiPrimaryContextPass, frame);
    if let Some(stopwatch) = &stopwatch {
        stopwatch.install(&mut app);
    }
    let code = match app.run() {
        AppExit::Success => 0,
        AppExit::Error(code) => code.get(),
    };
    (code, stopwatch.map(|s| s.report()))
}

fn set_up(mut commands: Commands) {
    commands.spawn((Camera2d, BoardView));
}

/// A window larger than its monitor is made as large as that, once.
fn fit_the_monitor(
    mut windows: Query<&mut Window, With<PrimaryWindow>>,
    monitors: Query<(&Monitor, Has<PrimaryMonitor>)>,
    mut done: Local<bool>,
) {
    if *done {
        return;
    }
    let (Ok(mut window), Some((monitor, _))) = (
        windows.single_mut(),
        monitors.iter().max_by_key(|(_, primary)| *primary),
    ) else {
        return;
    };
    *done = true;
    let scale = window.resolution.scale_factor();
    let room = monitor.physical_size().as_vec2() / scale;
    let size = window.resolution.size();
    if room.x >= 1.0 && room.y >= 1.0 && (size.x > room.x || size.y > room.y) {
        window
            .resolution
            .set(size.x.min(room.x), size.y.min(room.y));
        window.position = WindowPosition::At(IVec2::ZERO);
    }
}

fn frame(
    mut contexts: EguiContexts,
    mut shell: ResMut<Shell>,
    mut table: ResMut<Tabletop>,
    mut camera: ResMut<BoardCamera>,
    time: Res<Time<Real>>,
    mut shut: MessageReader<WindowCloseRequested>,
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
    if shut.read().next().is_some() {
        shell.leave();
    }
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
        // Events may change a scenario, and never its ground.
        (Some(a), Some(b)) => Arc::ptr_eq(a.map(), b.map()),
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

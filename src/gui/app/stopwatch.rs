//! Measures what the window costs, for `--frames`: the start, the loading of a battle, and the work
//! of the processor in each frame. Switched on only when asked for; decides nothing.

use crate::gui::{Screen, shell::Shell};
use bevy::{app::AppExit, platform::time::Instant, prelude::*, winit::WinitSettings};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Frames after a screen has come up that are not counted: shaders and letters are made in them.
const WARM_UP: u32 = 30;

/// What was measured so far; the app holds a copy while it runs.
#[derive(Resource, Clone)]
pub struct Stopwatch(Arc<Mutex<Measured>>);

struct Measured {
    opened: Instant,
    frame: Instant,
    left: u32,
    skipped: u32,
    /// Seconds until the first frame stood.
    start: Option<f64>,
    /// Seconds from the first frame to the battle on the table.
    loaded: Option<f64>,
    /// Milliseconds of the main world's work in a frame.
    frames: Vec<f64>,
}

impl Stopwatch {
    /// Starts it, for so many frames.
    pub fn new(frames: u32) -> Self {
        let now = Instant::now();
        Self(Arc::new(Mutex::new(Measured {
            opened: now,
            frame: now,
            left: frames,
            skipped: 0,
            start: None,
            loaded: None,
            frames: Vec::new(),
        })))
    }

    /// Puts it into an app, which then draws without rest and leaves after the last frame.
    pub fn install(&self, app: &mut App) {
        app.insert_resource(self.clone())
            .insert_resource(WinitSettings::continuous())
            .add_systems(First, begin)
            .add_systems(Last, end);
    }

    fn measured(&self) -> MutexGuard<'_, Measured> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was measured, in lines.
    pub fn report(&self) -> String {
        let mut m = self.measured();
        m.frames.sort_by(f64::total_cmp);
        let at = |q: f64| {
            let last = m.frames.len().saturating_sub(1) as f64;
            m.frames.get((last * q) as usize).copied().unwrap_or(0.0)
        };
        let seconds = |s: Option<f64>| s.map_or("not reached".to_owned(), |s| format!("{s:.2} s"));
        format!(
            "first frame: {}\nbattle loaded and on the table: {}\n{} frames, processor time of each: \
             median {:.2} ms, 95 % {:.2} ms, longest {:.2} ms",
            seconds(m.start),
            seconds(m.loaded),
            m.frames.len(),
            at(0.5),
            at(0.95),
            at(1.0)
        )
    }
}

fn begin(watch: Res<Stopwatch>) {
    watch.measured().frame = Instant::now();
}

fn end(watch: Res<Stopwatch>, shell: Res<Shell>, mut exit: MessageWriter<AppExit>) {
    let mut m = watch.measured();
    let now = Instant::now();
    if m.start.is_none() {
        m.start = Some((now - m.opened).as_secs_f64());
        m.opened = now;
    }
    if shell.is_loading() {
        return;
    }
    if m.loaded.is_none() && shell.screen() == Screen::Battle {
        m.loaded = Some((now - m.opened).as_secs_f64());
    }
    m.skipped += 1;
    if m.skipped <= WARM_UP {
        return;
    }
    let frame = m.frame;
    m.frames.push((now - frame).as_secs_f64() * 1e3);
    m.left = m.left.saturating_sub(1);
    if m.left == 0 {
        exit.write(AppExit::Success);
    }
}

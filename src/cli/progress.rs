//! A progress bar: only on a terminal, only when the work lasts over half a second.

use super::interrupt;
use dealt::deal::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How long work may last before a bar appears.
const PATIENCE: Duration = Duration::from_millis(500);
/// Steps of a full bar.
const STEPS: u32 = 1000;

/// A bar that appears when it is worth it.
pub struct Bar {
    start: Instant,
    bar: Option<Mutex<ProgressBar>>,
}

impl Bar {
    /// Makes a bar; `quiet` never shows it.
    pub fn new(quiet: bool) -> Self {
        let shown = !quiet && std::io::stderr().is_terminal();
        let bar = shown.then(|| {
            let bar = ProgressBar::with_draw_target(Some(u64::from(STEPS)), ProgressDrawTarget::hidden());
            let style = ProgressStyle::with_template("{msg:24} {bar:40} {percent:>3}%");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            interrupt::clears(&bar);
            Mutex::new(bar)
        });
        Self {
            start: Instant::now(),
            bar,
        }
    }

    /// Shows how far the work is.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of the bar's steps"
    )]
    pub fn show(&self, progress: Progress) {
        let Some(Ok(bar)) = self.bar.as_ref().map(Mutex::lock) else {
            return;
        };
        if self.start.elapsed() < PATIENCE {
            return;
        }
        if bar.is_hidden() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.set_message(progress.phase);
        bar.set_position((progress.done.clamp(0.0, 1.0) * f64::from(STEPS)) as u64);
    }

    /// Shows the share of the work that is done, from 0 to 1.
    pub fn share(&self, done: f64, phase: &'static str) {
        self.show(Progress { done, phase });
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        if let Some(Ok(bar)) = self.bar.as_ref().map(Mutex::lock) {
            bar.finish_and_clear();
        }
    }
}

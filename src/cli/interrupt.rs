//! Ctrl-C, and the system's request to end: nothing is left half-written.
//!
//! Where nothing is being written the program ends at once. While files are written it is only asked to
//! stop: what writes them tidies up and says so, or, past the point of no return, finishes. Whoever asks
//! a second time ends it at once; the next command on that folder then tidies or finishes.

use super::say;
use indicatif::ProgressBar;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The exit code of an interrupted command: nothing was written.
const INTERRUPTED: i32 = 130;

/// What an interruption does.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// It ends the program.
    Free,
    /// It asks what writes to stop.
    Writing,
}

struct State {
    stage: Stage,
    bar: Option<ProgressBar>,
}

static STATE: Mutex<State> = Mutex::new(State {
    stage: Stage::Free,
    bar: None,
});
static ASKED: AtomicBool = AtomicBool::new(false);

/// Catches interruptions from now on. Where whoever started the program has it ignore them (`nohup`, a
/// shell's background) that is left so.
pub fn catch() {
    let _ = ctrlc::try_set_handler(|| {
        let state = state();
        if state.stage == Stage::Free {
            end_with(&state, "interrupted; nothing was written");
        } else if ASKED.swap(true, Ordering::SeqCst) {
            end_with(
                &state,
                "interrupted at once; the next command on that folder tidies up",
            );
        }
    });
}

/// Tells whether somebody asked to stop while files are written.
pub fn is_asked() -> bool {
    ASKED.load(Ordering::SeqCst)
}

/// From now on files are written: interruptions ask to stop and do no more.
pub fn hold() {
    state().stage = Stage::Writing;
}

/// Does a short piece of work as a whole; an interruption waits for its end.
pub fn after<T>(work: impl FnOnce() -> T) -> T {
    hold();
    let done = work();
    let mut state = state();
    if is_asked() {
        end_with(&state, "interrupted; nothing was written");
    }
    state.stage = Stage::Free;
    done
}

/// Ends the program as interrupted, nothing being written.
pub fn end() -> ! {
    end_with(&state(), "interrupted; nothing was written")
}

/// Takes a bar away before the program ends.
pub fn clears(bar: &ProgressBar) {
    state().bar = Some(bar.clone());
}

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[expect(clippy::exit, reason = "other threads are in the middle of their work")]
fn end_with(state: &State, message: &str) -> ! {
    if let Some(bar) = &state.bar {
        bar.finish_and_clear();
    }
    say::talk(message);
    std::process::exit(INTERRUPTED)
}

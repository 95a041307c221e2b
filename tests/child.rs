//! Children are held to their limits and killed with all that they have started.

use std::time::{Duration, Instant};

use svod::child::{Failure, Limits, Program, run};

const SHELL: Program = Program { name: "sh", package: "dash" };

const LIMITS: Limits = Limits { time: Duration::from_secs(20), memory: 1 << 30, output: 1 << 20 };

#[test]
fn a_child_gets_its_input_and_gives_its_output() {
    let input = vec![b'x'; 300_000];
    assert_eq!(run(SHELL, &["-c", "cat"], &input, LIMITS), Ok(input));
    // One that does not want its input is not waited for.
    assert_eq!(run(SHELL, &["-c", "echo done"], &vec![0; 1 << 20], LIMITS), Ok(b"done\n".to_vec()));
}

#[test]
fn a_program_that_is_not_there_is_said_to_be_missing() {
    let none = Program { name: "no-such-program-anywhere", package: "none" };
    assert_eq!(run(none, &[], b"", LIMITS), Err(Failure::Missing));
}

#[test]
fn a_child_that_fails_says_why() {
    let failed = run(SHELL, &["-c", "echo broken >&2; exit 3"], b"", LIMITS);
    assert_eq!(failed, Err(Failure::Failed("broken".to_owned())));
}

#[test]
fn a_child_that_takes_too_long_is_killed_with_its_own_children() {
    let (begun, limits) = (Instant::now(), Limits { time: Duration::from_millis(300), ..LIMITS });
    // The inner sleep holds the pipe open: were it not killed too, the run would last as long as it.
    assert_eq!(run(SHELL, &["-c", "sleep 100 & sleep 100"], b"", limits), Err(Failure::Time));
    assert!(begun.elapsed() < Duration::from_secs(60));
}

#[test]
fn a_child_that_says_too_much_is_stopped() {
    assert_eq!(run(SHELL, &["-c", "cat /dev/zero"], b"", LIMITS), Err(Failure::Output));
    assert_eq!(
        run(SHELL, &["-c", "head -c 1048576 /dev/zero"], b"", LIMITS).map(|own| own.len()),
        Ok(1 << 20)
    );
}

#[test]
fn a_child_that_wants_too_much_memory_does_not_get_it() {
    let limits = Limits { memory: 64 << 20, ..LIMITS };
    let greedy = run(SHELL, &["-c", "sleep 0.2; dd if=/dev/zero of=/dev/null bs=512M count=1"], b"", limits);
    assert!(matches!(greedy, Err(Failure::Failed(_))), "{greedy:?}");
}

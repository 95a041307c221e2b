/*!
Other programs, run as children: poppler, tesseract, LibreOffice.

This module never trusts one: each gets a time, a memory and an output limit, takes its input and gives its output through
pipes, never a file, and is killed as a group. It never fetches a program: one that is not there is named with its package.
*/

use std::io::{self, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Resource, Rlimit, Signal, kill_process_group, prlimit};

/// A program and the Debian package that holds it.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// What is run.
    pub name: &'static str,
    /// What has to be installed for it.
    pub package: &'static str,
}

/// What a child may cost.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// By the clock.
    pub time: Duration,
    /// Bytes of address space.
    pub memory: u64,
    /// Bytes that it may write.
    pub output: usize,
}

impl Limits {
    /// Every limit `times` as high.
    pub fn times(self, times: u32) -> Self {
        Self {
            time: self.time.saturating_mul(times),
            memory: self.memory.saturating_mul(u64::from(times)),
            output: self.output.saturating_mul(times as usize),
        }
    }
}

/// Why a child gave nothing.
#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    /// The program is not installed.
    Missing,
    /// It took longer than it may.
    Time,
    /// It wrote more than it may.
    Output,
    /// It ended with an error, a signal among them; what it said last.
    Failed(String),
}

/// So much of what a child complains of is kept, in bytes.
const COMPLAINT: u64 = 4096;

/// How long to wait before asking again whether a child that has closed its output is gone.
const PATIENCE: Duration = Duration::from_millis(1);

/// Runs `program` with `arguments`, gives it `input`, and returns what it wrote.
///
/// # Errors
/// Where it is not there, breaks a limit, or fails.
pub fn run(program: Program, arguments: &[&str], input: &[u8], limits: Limits) -> Result<Vec<u8>, Failure> {
    let until = Instant::now() + limits.time;
    let mut child = spawn(program, arguments, limits.memory)?;
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        scope.spawn(move || {
            // A child that has seen enough closes its end; that is no error.
            stdin.map(|mut pipe| pipe.write_all(input))
        });
        let (said, output) = (mpsc::channel(), mpsc::channel());
        scope.spawn(move || said.0.send(stderr.map(|pipe| heard(pipe, COMPLAINT))));
        scope.spawn(move || output.0.send(stdout.map(|pipe| taken(pipe, limits.output))));
        let written = match output.1.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(Some(Ok(written))) if written.len() <= limits.output => Ok(written),
            Ok(Some(Ok(_))) => Err(Failure::Output),
            Ok(Some(Err(cause))) => Err(Failure::Failed(cause.to_string())),
            Ok(None) | Err(RecvTimeoutError::Disconnected) => Err(Failure::Failed(String::new())),
            Err(RecvTimeoutError::Timeout) => Err(Failure::Time),
        };
        let ended = if written.is_ok() { wait(&mut child, until) } else { Err(Failure::Time) };
        kill(&mut child);
        let written = written?;
        let status = ended?;
        let said = || said.1.recv().ok().flatten().unwrap_or_default();
        match (status.success(), status.signal()) {
            (true, _) => Ok(written),
            (false, Some(signal)) => Err(Failure::Failed(format!("signal {signal}; {}", said().trim()))),
            (false, None) => Err(Failure::Failed(said().trim().to_owned())),
        }
    })
}

/// True if `program` can be started.
pub fn is_installed(program: Program) -> bool {
    let found = |path: std::path::PathBuf| path.join(program.name).is_file();
    std::env::var_os("PATH").is_some_and(|paths| std::env::split_paths(&paths).any(found))
}

fn spawn(program: Program, arguments: &[&str], memory: u64) -> Result<Child, Failure> {
    let spawned = Command::new(program.name)
        .args(arguments)
        .env("LC_ALL", "C.UTF-8")
        // Pages are read side by side; threads inside one would only wait for each other.
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn();
    let mut child = spawned.map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => Failure::Missing,
        _ => Failure::Failed(cause.to_string()),
    })?;
    let most = Rlimit { current: Some(memory), maximum: Some(memory) };
    let limited = pid(&child).is_some_and(|pid| prlimit(Some(pid), Resource::As, most).is_ok());
    // One that has ended already needs no limit.
    if !limited && matches!(child.try_wait(), Ok(None)) {
        kill(&mut child);
        return Err(Failure::Failed("its memory cannot be limited".to_owned()));
    }
    Ok(child)
}

fn pid(child: &Child) -> Option<Pid> {
    i32::try_from(child.id()).ok().and_then(Pid::from_raw)
}

/// How the child ended, or [`Failure::Time`].
fn wait(child: &mut Child, until: Instant) -> Result<std::process::ExitStatus, Failure> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if Instant::now() >= until => return Err(Failure::Time),
            Ok(None) => thread::sleep(PATIENCE),
            Err(cause) => return Err(Failure::Failed(cause.to_string())),
        }
    }
}

/// Ends the child and whatever it has started.
fn kill(child: &mut Child) {
    let group = pid(child).map(|pid| kill_process_group(pid, Signal::KILL));
    // A group that is gone already, or a child, cannot be killed twice.
    let _ = (group, child.kill(), child.wait());
}

/// Up to one byte more than `most`, so that too much can be told.
fn taken(pipe: impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut written = Vec::new();
    pipe.take(most as u64 + 1).read_to_end(&mut written)?;
    Ok(written)
}

/// The first bytes of what a pipe says; the rest is let pass, so that who says it does not wait.
fn heard(mut pipe: impl Read, most: u64) -> String {
    let mut first = Vec::new();
    let _ = pipe.by_ref().take(most).read_to_end(&mut first);
    let _ = io::copy(&mut pipe, &mut io::sink());
    String::from_utf8_lossy(&first).into_owned()
}

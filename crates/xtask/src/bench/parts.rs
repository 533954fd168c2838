//! What is measured, and how.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, bail};
use serde::Deserialize;

use super::figures::{Figures, Line, median};
use crate::process::{Server, at, output, scrubbed, stand_in, status, succeed};
use crate::synth;

/// The two regions that the test organization uses.
const REGIONS: &str = "us-east-1,eu-west-1";
/// Coverage is incomplete, which discover and assess both say: the stand-in lacks some of what AWS has.
const COVERAGE_INCOMPLETE: i32 = 3;

/// What all parts share.
pub(super) struct Setting {
    pub(super) binary: PathBuf,
    pub(super) scratch: PathBuf,
    pub(super) rounds: usize,
    pub(super) accounts: u64,
    pub(super) resources: u64,
}

impl Setting {
    /// A fresh readiness project.
    fn project(&self, name: &str) -> anyhow::Result<PathBuf> {
        let project = self.scratch.join(name);
        succeed(scrubbed(&self.binary).args(["--quiet", "init"]).arg(&project))?;
        Ok(project)
    }

    /// Runs the program in a project and takes what it took. Its data goes nowhere.
    fn measure(&self, project: &Path, endpoint: Option<&str>, arguments: &[&str]) -> anyhow::Result<Figures> {
        let mut words: Vec<&OsStr> = vec!["--quiet".as_ref(), "--project".as_ref(), project.as_os_str()];
        words.extend(arguments.iter().map(AsRef::<OsStr>::as_ref));
        let figures = self.measured(endpoint, &words)?;
        if ![0, COVERAGE_INCOMPLETE].contains(&figures.code) {
            bail!(
                "standfast {} ended with exit code {}",
                arguments.join(" "),
                figures.code
            );
        }
        Ok(figures)
    }

    fn measured(&self, endpoint: Option<&str>, words: &[&OsStr]) -> anyhow::Result<Figures> {
        let result = self.scratch.join("figures.json");
        let mut command = scrubbed("python3");
        command
            .arg(crate::root().join("benches/measure.py"))
            .arg(&result)
            .arg(&self.binary)
            .args(words)
            .stdout(Stdio::null());
        if let Some(endpoint) = endpoint {
            at(&mut command, endpoint);
        }
        succeed(&mut command)?;
        let text = std::fs::read(&result).context("measure.py wrote nothing")?;
        serde_json::from_slice(&text).context("measure.py wrote something else than figures")
    }
}

/// What the bare loop says about itself.
#[derive(Debug, Deserialize)]
struct LoopFigures {
    wall_seconds: f64,
    client_cpu_seconds: f64,
    max_rss_mb: f64,
}

/// discover and assess against the bare loop: one account, two regions, in turns.
pub(super) fn bare_loop(setting: &Setting) -> anyhow::Result<Vec<Line>> {
    let log = setting.scratch.join("calls.jsonl");
    let server = Server::start(&["--soft", "--log", &log.to_string_lossy()])?;
    seed(&server, 20, 0, &setting.scratch)?;
    let mut theirs = Vec::new();
    let mut ours = Vec::new();
    let mut calls = (0.0, 0.0);
    for round in 0..setting.rounds {
        let before = lines(&log)?;
        let text = output(&mut stand_in(&[
            "bare-loop",
            "--endpoint",
            &server.endpoint,
            "--regions",
            REGIONS,
        ]))?;
        let between = lines(&log)?;
        theirs.push(serde_json::from_str::<LoopFigures>(&text).context("the bare loop printed something else")?);
        let project = setting.project(&format!("loop-{round}"))?;
        let discovered = setting.measure(&project, Some(&server.endpoint), &["discover", "--regions", REGIONS])?;
        let after = lines(&log)?;
        ours.push(discovered.then(setting.measure(&project, None, &["assess"])?));
        calls = (after - between, between - before);
    }
    let loop_wall = median(theirs.iter().map(|figures| figures.wall_seconds));
    let loop_cpu = median(theirs.iter().map(|figures| figures.client_cpu_seconds));
    let loop_memory = median(theirs.iter().map(|figures| figures.max_rss_mb));
    let wall = median(ours.iter().map(|figures| figures.wall_seconds));
    let cpu = median(ours.iter().map(|figures| figures.cpu_seconds));
    let memory = median(ours.iter().map(|figures| figures.max_rss_mb));
    Ok(vec![
        Line::bound("calls, discover and assess", calls.0, "calls", 3_000.0).beside(calls.1, "bare loop"),
        Line::bound("processor time of the client", cpu, "s", 2.0).beside(loop_cpu, "bare loop"),
        Line::bound("peak memory", memory, "MiB", 130.0).beside(loop_memory, "bare loop"),
        Line::ratio("wall time", wall, "s", (loop_wall, "bare loop"), 1.3),
    ])
}

/// Peak memory of discover with 50 accounts against 5.
pub(super) fn memory(setting: &Setting) -> anyhow::Result<Vec<Line>> {
    let mut peaks = Vec::new();
    for accounts in [5, 50] {
        let server = Server::start(&["--soft"])?;
        seed(&server, 1, accounts - 1, &setting.scratch)?;
        let mut rounds = Vec::new();
        for round in 0..setting.rounds {
            let project = setting.project(&format!("memory-{accounts}-{round}"))?;
            let figures = setting.measure(&project, Some(&server.endpoint), &["discover", "--regions", REGIONS])?;
            rounds.push(figures.max_rss_mb);
        }
        peaks.push(median(rounds));
    }
    let peak = |index: usize| peaks.get(index).copied().unwrap_or(f64::NAN);
    Ok(vec![Line::ratio(
        "peak memory of discover, 50 accounts",
        peak(1),
        "MiB",
        (peak(0), "5 accounts"),
        1.1,
    )])
}

/// The whole demo.
pub(super) fn demo(setting: &Setting) -> anyhow::Result<Vec<Line>> {
    let mut rounds = Vec::new();
    for round in 0..setting.rounds {
        let folder = setting.scratch.join(format!("demo-{round}"));
        let words: [&OsStr; 3] = ["--quiet".as_ref(), "demo".as_ref(), folder.as_os_str()];
        let figures = setting.measured(None, &words)?;
        if figures.code != 0 {
            bail!("standfast demo ended with exit code {}", figures.code);
        }
        rounds.push(figures);
    }
    let wall = median(rounds.iter().map(|figures| figures.wall_seconds));
    Ok(vec![Line::bound("demo", wall, "s", 5.0)])
}

/// assess of a large synthetic snapshot against one of half its size, and the report of the large one.
pub(super) fn scale(setting: &Setting) -> anyhow::Result<Vec<Line>> {
    let mut assessed = Vec::new();
    let mut projects = Vec::new();
    for resources in [setting.resources / 2, setting.resources] {
        let project = setting.project(&format!("scale-{resources}"))?;
        let snapshots = project.join(".standfast/snapshots");
        succeed(synth::generator(setting.accounts, resources, &snapshots).stdout(Stdio::null()))?;
        assessed.push(setting.measure(&project, None, &["assess"])?);
        projects.push(project);
    }
    let (Some(half), Some(whole), Some(project)) = (assessed.first(), assessed.last(), projects.last()) else {
        bail!("nothing was assessed");
    };
    let report = setting.scratch.join("report.html");
    setting.measure(project, None, &["report", "--output", &report.to_string_lossy()])?;
    #[expect(clippy::cast_precision_loss, reason = "a file's size in megabytes, to two digits")]
    let size = std::fs::metadata(&report)?.len() as f64 / 1_000_000.0;
    let mut lines = vec![
        Line::bound(
            "assess, all controls, the large snapshot",
            whole.wall_seconds,
            "s",
            20.0,
        ),
        Line::bound("its peak memory", whole.max_rss_mb, "MiB", 2_048.0),
        Line::ratio(
            "its wall time",
            whole.wall_seconds,
            "s",
            (half.wall_seconds, "half the resources"),
            2.2,
        ),
        Line::bound("report, size", size, "MB", 5.0),
    ];
    lines.extend(opened(&report, &setting.scratch)?);
    Ok(lines)
}

/// How long a browser takes from its start to the whole page, where there is one.
fn opened(report: &Path, scratch: &Path) -> anyhow::Result<Option<Line>> {
    let browser = |page: &str| -> anyhow::Result<f64> {
        let start = Instant::now();
        let mut command = scrubbed("chromium");
        command
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
            .arg(format!("--user-data-dir={}", scratch.join("browser").display()))
            .arg(page)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        if !status(&mut command)?.success() {
            bail!("chromium could not open {page}");
        }
        Ok(start.elapsed().as_secs_f64())
    };
    let there = Command::new("chromium")
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !there {
        return Ok(None);
    }
    // The first start makes the profile.
    browser("about:blank")?;
    let empty = browser("about:blank")?;
    let page = browser(&format!("file://{}", report.display()))?;
    Ok(Some(Line::bound(
        "report, opened in a browser, less what an empty page takes",
        page - empty,
        "s",
        2.0,
    )))
}

fn seed(server: &Server, scale: u32, members: u32, scratch: &Path) -> anyhow::Result<()> {
    let mut command = stand_in(&["seed", "--endpoint", &server.endpoint, "--regions", REGIONS]);
    command
        .args([
            "--scale",
            &scale.to_string(),
            "--members",
            &members.to_string(),
            "--manifest",
        ])
        .arg(scratch.join("truth.json"))
        .stdout(Stdio::null());
    succeed(&mut command)
}

/// Calls in the server's log.
fn lines(log: &Path) -> anyhow::Result<f64> {
    let text = std::fs::read_to_string(log).context("cannot read the log of calls")?;
    let count = u32::try_from(text.lines().count()).context("too many calls")?;
    Ok(f64::from(count))
}

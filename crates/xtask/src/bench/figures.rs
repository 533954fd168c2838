//! Figures and how they are shown.

use std::fmt;

use serde::Deserialize;

/// What a command took; see `benches/measure.py`.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct Figures {
    /// Seconds by the clock.
    pub(super) wall_seconds: f64,
    /// Seconds of processor time, user and system.
    pub(super) cpu_seconds: f64,
    /// Peak of resident memory in MiB.
    pub(super) max_rss_mb: f64,
    /// Exit code.
    pub(super) code: i32,
}

impl Figures {
    /// Two commands after one another.
    pub(super) fn then(self, next: Self) -> Self {
        Self {
            wall_seconds: self.wall_seconds + next.wall_seconds,
            cpu_seconds: self.cpu_seconds + next.cpu_seconds,
            max_rss_mb: self.max_rss_mb.max(next.max_rss_mb),
            code: next.code,
        }
    }
}

/// The middle one of an odd number of values, the mean of the two middle ones of an even number.
pub(super) fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = values.get(middle).copied().unwrap_or(f64::NAN);
    if values.len() % 2 == 1 {
        return upper;
    }
    let lower = middle.checked_sub(1).and_then(|index| values.get(index)).copied();
    lower.map_or(upper, |lower| f64::midpoint(lower, upper))
}

/// One row of the table: a figure, what it is compared with, and the bar.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    what: &'static str,
    ours: f64,
    unit: &'static str,
    /// What it is divided by, and its name; a bare bound has none.
    other: Option<(f64, &'static str)>,
    bar: Bar,
}

/// What a figure must stay under.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Bar {
    /// The figure itself.
    Figure(f64),
    /// The figure divided by the other.
    Ratio(f64),
}

impl Line {
    /// The table's head.
    pub(super) const HEAD: &'static str =
        "| what | measured | compared with | ratio | bar | kept |\n|---|---|---|---|---|---|";

    /// A figure that has to be `most` at most.
    pub(super) fn bound(what: &'static str, ours: f64, unit: &'static str, most: f64) -> Self {
        Self {
            what,
            ours,
            unit,
            other: None,
            bar: Bar::Figure(most),
        }
    }

    /// The same, shown beside another figure of the same run.
    pub(super) fn beside(mut self, other: f64, name: &'static str) -> Self {
        self.other = Some((other, name));
        self
    }

    /// A figure that has to be `most` times another at most.
    pub(super) fn ratio(
        what: &'static str,
        ours: f64,
        unit: &'static str,
        other: (f64, &'static str),
        most: f64,
    ) -> Self {
        Self {
            what,
            ours,
            unit,
            other: Some(other),
            bar: Bar::Ratio(most),
        }
    }

    /// Whether the bar is kept; a figure that is none keeps none.
    pub(super) fn kept(&self) -> bool {
        match (self.bar, self.other) {
            (Bar::Figure(most), _) => self.ours <= most,
            (Bar::Ratio(most), Some((other, _))) => self.ours / other <= most,
            (Bar::Ratio(_), None) => false,
        }
    }
}

impl fmt::Display for Line {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = self.unit;
        let figure = |value: f64| {
            let digits = if value.fract() == 0.0 || value >= 1_000.0 { 0 } else { 2 };
            format!("{value:.digits$}")
        };
        let (other, ratio) = self.other.map_or((String::new(), String::new()), |(other, name)| {
            (
                format!("{name}: {} {unit}", figure(other)),
                format!("{:.2}", self.ours / other),
            )
        });
        let bar = match self.bar {
            Bar::Figure(most) => format!("{} {unit}", figure(most)),
            Bar::Ratio(most) => format!("ratio {most:.2}"),
        };
        let kept = if self.kept() { "yes" } else { "**no**" };
        let ours = figure(self.ours);
        write!(
            formatter,
            "| {} | {ours} {unit} | {other} | {ratio} | {bar} | {kept} |",
            self.what
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Figures, Line, median};

    #[test]
    fn the_median_is_in_the_middle() {
        assert!((median([9.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!((median([4.0, 1.0, 2.0, 9.0]) - 3.0).abs() < f64::EPSILON);
        assert!(median([]).is_nan());
    }

    #[test]
    fn a_ratio_over_its_bar_is_not_kept() {
        let line = |ours| Line::ratio("wall time", ours, "s", (10.0, "bare loop"), 1.3);
        assert!(line(13.0).kept());
        assert!(!line(13.1).kept());
        assert_eq!(
            line(13.5).to_string(),
            "| wall time | 13.50 s | bare loop: 10 s | 1.35 | ratio 1.30 | **no** |"
        );
    }

    #[test]
    fn a_bound_is_on_the_figure_whatever_stands_beside_it() {
        let line = Line::bound("calls", 2_900.0, "calls", 3_000.0).beside(2_444.0, "bare loop");
        assert!(line.kept());
        assert_eq!(
            line.to_string(),
            "| calls | 2900 calls | bare loop: 2444 calls | 1.19 | 3000 calls | yes |"
        );
        assert!(!Line::bound("calls", f64::NAN, "calls", 3_000.0).kept());
    }

    #[test]
    fn two_commands_add_up_but_for_their_memory() {
        let figures = |seconds, memory| Figures {
            wall_seconds: seconds,
            cpu_seconds: seconds,
            max_rss_mb: memory,
            code: 0,
        };
        assert_eq!(figures(1.0, 80.0).then(figures(2.0, 60.0)), figures(3.0, 80.0));
    }
}

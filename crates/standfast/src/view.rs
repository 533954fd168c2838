//! From what was reckoned to what is shown.

use jiff::Timestamp;
use standfast_content::{Content, Control};
use standfast_model::{Assessment, CriterionState, Evidence, EvidenceKind};
use standfast_readiness::{Board, CriterionStatus, Exceptions, Scope, Situation, SubtaskStatus};
use standfast_report::{BoardView, ControlInfo, Controls, CriterionView, DomainView, ExceptionView, SubtaskView};

use crate::assessment::last;
use crate::exit::Failure;
use crate::printer::Printer;
use crate::project::Project;

/// Everything that gaps, stories, status and report start from.
pub(crate) struct Known {
    pub(crate) content: Content,
    pub(crate) program: standfast_content::program::Program,
    pub(crate) assessment: Option<Assessment>,
    pub(crate) evidence: Vec<Evidence>,
    pub(crate) exceptions: Exceptions,
    pub(crate) now: Timestamp,
}

impl Known {
    /// What a project knows now. Without any snapshot there is no assessment, and every control's verdict is not known.
    pub(crate) fn of(project: &Project, now: Timestamp) -> Result<Self, Failure> {
        let content = project.content()?;
        let program = project.program(&content)?;
        let exceptions = project.exceptions(&content)?;
        let latest = project.snapshots().list()?.pop();
        let assessment = latest.map_or(Ok(None), |run| last(project, &run))?;
        let store = project.sound_store()?;
        let evidence = store
            .attestations()?
            .into_iter()
            .map(|filed| filed.attestation.evidence())
            .collect();
        Ok(Self {
            content,
            program,
            assessment,
            evidence,
            exceptions,
            now,
        })
    }

    /// Warns of what a reader would not see: that nothing was assessed, or not all of the organization.
    pub(crate) fn warn(&self, printer: &Printer) {
        let Some(assessment) = &self.assessment else {
            printer.warn("nothing was assessed yet: what controls would show is not known; `standfast discover`, then `standfast assess`");
            return;
        };
        for said in standfast_report::left_out(&assessment.snapshot.left_out) {
            printer.say(said);
        }
    }

    /// The snapshot that was assessed.
    pub(crate) fn run_id(&self) -> Option<&str> {
        self.assessment
            .as_ref()
            .map(|assessment| assessment.snapshot.run_id.as_str())
    }

    pub(crate) fn situation(&self) -> Situation<'_> {
        Situation {
            program: &self.program,
            controls: &self.content.controls,
            assessment: self.assessment.as_ref(),
            evidence: &self.evidence,
            now: self.now,
        }
    }
}

/// What reports show of the controls.
pub(crate) fn controls(content: &Content) -> Controls {
    content
        .controls
        .values()
        .map(|control| info(content, control))
        .collect()
}

fn info(content: &Content, control: &Control) -> ControlInfo {
    ControlInfo {
        id: control.id.clone(),
        title: control.title.clone(),
        severity: control.severity,
        domain: control.domain,
        why: control.why.clone(),
        limits: control.limits.clone(),
        fix: control.fix.clone(),
        refs: control.refs.clone(),
        frameworks: content.requirements_of(&control.id),
    }
}

/// What reports show of the board.
pub(crate) fn board(board: &Board) -> BoardView {
    let domains = board.domains.iter().map(|domain| DomainView {
        domain: domain.domain,
        criteria: criteria(&domain.criteria),
        subtasks: domain.subtasks.iter().map(subtask).collect(),
    });
    BoardView {
        domains: domains.collect(),
        left_out: board.left_out.clone(),
    }
}

fn subtask(subtask: &SubtaskStatus) -> SubtaskView {
    SubtaskView {
        id: subtask.id.clone(),
        title: subtask.title.clone(),
        criteria: criteria(&subtask.criteria),
    }
}

fn criteria(criteria: &[CriterionStatus]) -> Vec<CriterionView> {
    criteria.iter().map(criterion).collect()
}

fn criterion(criterion: &CriterionStatus) -> CriterionView {
    let open = criterion
        .needs
        .iter()
        .filter(|need| need.state.is_some_and(|state| state != CriterionState::Met));
    CriterionView {
        id: criterion.id.clone(),
        text: criterion.text.clone(),
        state: criterion.state,
        evidence: criterion.evidence.clone(),
        needs: open
            .map(|need| {
                format!(
                    "{} `{}`",
                    need.kind.map_or("criterion", EvidenceKind::as_str),
                    need.name
                )
            })
            .collect(),
        parts: criteria(&criterion.parts),
    }
}

/// What reports show of the exceptions.
pub(crate) fn exceptions(
    exceptions: &Exceptions,
    assessment: Option<&Assessment>,
    now: Timestamp,
) -> Vec<ExceptionView> {
    exceptions
        .iter()
        .map(|exception| ExceptionView {
            id: exception.id.clone(),
            control: exception.control.clone(),
            owner: exception.owner.clone(),
            reason: exception.reason.clone(),
            scope: scope(&exception.scope),
            last_day: exception.expires,
            findings: assessment
                .and_then(|assessment| assessment.control(&exception.control))
                .map_or(0, |result| result.totals().excepted),
            expired: exception.is_expired(now),
        })
        .collect()
}

fn scope(scope: &Scope) -> String {
    let parts = [
        ("accounts", &scope.accounts),
        ("regions", &scope.regions),
        ("resources", &scope.resources),
    ];
    let named: Vec<String> = parts
        .iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(what, names)| format!("{what} {}", names.join(", ")))
        .collect();
    if named.is_empty() {
        "everywhere".to_owned()
    } else {
        named.join("; ")
    }
}

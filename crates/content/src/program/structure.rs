//! The bare structure of a program: what two programs must share to be the same program in other words.

use std::collections::BTreeSet;

use super::{Criterion, Program};

/// The ids of a program, without its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure {
    /// Services that any task or subtask names.
    pub services: BTreeSet<String>,
    /// In order.
    pub tasks: Vec<TaskStructure>,
}

/// The ids of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskStructure {
    /// The task's number.
    pub number: u8,
    /// Services that it names.
    pub services: BTreeSet<String>,
    /// Its own criteria.
    pub criteria: Vec<CriterionStructure>,
    /// Its subtasks.
    pub subtasks: Vec<SubtaskStructure>,
}

/// The ids of a subtask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubtaskStructure {
    /// The subtask's id.
    pub id: String,
    /// Services that it names.
    pub services: BTreeSet<String>,
    /// Its criteria.
    pub criteria: Vec<CriterionStructure>,
}

/// The ids of a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionStructure {
    /// The criterion's id.
    pub id: String,
    /// Ids of its lettered parts.
    pub parts: Vec<String>,
}

fn criteria(criteria: &[Criterion]) -> Vec<CriterionStructure> {
    criteria
        .iter()
        .map(|criterion| CriterionStructure {
            id: criterion.id.clone(),
            parts: criterion.parts.iter().map(|part| part.id.clone()).collect(),
        })
        .collect()
}

impl Program {
    /// The program's ids, without its texts. The order of services is left out: it says nothing.
    pub fn structure(&self) -> Structure {
        let tasks: Vec<TaskStructure> = self
            .tasks
            .iter()
            .map(|task| TaskStructure {
                number: task.number,
                services: task.services.iter().cloned().collect(),
                criteria: criteria(&task.criteria),
                subtasks: task
                    .subtasks
                    .iter()
                    .map(|subtask| SubtaskStructure {
                        id: subtask.id.clone(),
                        services: subtask.services.iter().cloned().collect(),
                        criteria: criteria(&subtask.criteria),
                    })
                    .collect(),
            })
            .collect();
        let services = tasks
            .iter()
            .flat_map(|task| {
                task.services
                    .iter()
                    .chain(task.subtasks.iter().flat_map(|subtask| subtask.services.iter()))
            })
            .cloned()
            .collect();
        Structure { services, tasks }
    }
}

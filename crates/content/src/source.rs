//! Where content comes from: what ships in the program, and what a project adds in files of the same form.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use crate::program::FileError;
use crate::{Control, Framework, View};

static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../content");

/// The readiness program that ships with standfast, `program/security.toml`.
pub fn program_text() -> &'static str {
    embedded_text("program/security.toml")
}

/// The default design with its comments, what `standfast init` writes.
pub fn design_defaults() -> &'static str {
    embedded_text("design.toml")
}

fn embedded_text(path: &str) -> &'static str {
    EMBEDDED
        .get_file(path)
        .and_then(|file| file.contents_utf8())
        .unwrap_or_default()
}

/// A file of content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentFile {
    /// Path with forward slashes, from `content/` or from the project's folder.
    pub path: String,
    /// The text.
    pub text: String,
}

/// Content could not be loaded.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum LoadError {
    /// A file is not what it should be.
    #[error(transparent)]
    #[diagnostic(transparent)]
    File(#[from] Box<FileError>),
    /// A file could not be read.
    #[error("cannot read `{}`", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl From<FileError> for LoadError {
    fn from(error: FileError) -> Self {
        Self::File(Box::new(error))
    }
}

/// Controls, the views that they stand on, and frameworks.
#[derive(Debug, Clone, Default)]
pub struct Content {
    /// By id.
    pub controls: BTreeMap<String, Control>,
    /// By name.
    pub views: BTreeMap<String, View>,
    /// By id.
    pub frameworks: BTreeMap<String, Framework>,
}

impl Content {
    /// What ships with the program, and the `controls/`, `views/` and `frameworks/` folders of a project, where it has them. A project's
    /// file takes the place of the shipped one of the same id.
    pub fn load(project: Option<&Path>) -> Result<Self, LoadError> {
        let mut files = Vec::new();
        embedded_files(&EMBEDDED, &mut files);
        if let Some(project) = project {
            for folder in ["controls", "views", "frameworks"] {
                read_folder(&project.join(folder), folder, &mut files)?;
            }
        }
        Self::parse(&files)
    }

    /// Parses files; others than controls, views and frameworks are passed over.
    pub fn parse(files: &[ContentFile]) -> Result<Self, LoadError> {
        let mut content = Self::default();
        for file in files {
            let extension = Path::new(&file.path)
                .extension()
                .and_then(|extension| extension.to_str());
            if file.path.starts_with("controls/") && extension == Some("sql") {
                let control = Control::parse(&file.path, &file.text)?;
                content.controls.insert(control.id.clone(), control);
            } else if let Some(place) = file.path.strip_prefix("views/")
                && extension == Some("sql")
            {
                let mut view = View::parse(place, &file.text)?;
                view.file.clone_from(&file.path);
                content.views.insert(view.name.clone(), view);
            } else if file.path.starts_with("frameworks/") && extension == Some("toml") {
                let framework = Framework::parse(&file.path, &file.text)?;
                content.frameworks.insert(framework.id.clone(), framework);
            }
        }
        content.check(files)?;
        Ok(content)
    }

    /// The requirements that ask for a control, as framework id and requirement ids.
    pub fn requirements_of(&self, control_id: &str) -> Vec<(String, Vec<String>)> {
        self.frameworks
            .values()
            .filter_map(|framework| {
                let ids: Vec<String> = framework
                    .requirements
                    .iter()
                    .filter(|requirement| requirement.controls.iter().any(|id| id == control_id))
                    .map(|requirement| requirement.id.clone())
                    .collect();
                (!ids.is_empty()).then(|| (framework.id.clone(), ids))
            })
            .collect()
    }

    /// The views that a control's query reads.
    pub fn views_of(&self, control: &Control) -> impl Iterator<Item = &View> {
        self.views.values().filter(|view| view.is_named_in(&control.sql))
    }

    /// Ids that one file names and no file has.
    fn check(&self, files: &[ContentFile]) -> Result<(), LoadError> {
        let missing = |file: &str, id: &str| {
            let text = files
                .iter()
                .find(|candidate| candidate.path == file)
                .map_or("", |file| file.text.as_str());
            let needle = format!("\"{id}\"");
            let start = text.find(&needle).unwrap_or(0);
            FileError::new(
                file,
                text,
                start..start + needle.len(),
                format!("there is no control `{id}`"),
                "the id of a control".to_owned(),
            )
        };
        for control in self.controls.values() {
            if let Some(id) = control.after.iter().find(|id| !self.controls.contains_key(*id)) {
                return Err(missing(&control.file, id).into());
            }
        }
        for framework in self.frameworks.values() {
            for requirement in &framework.requirements {
                if let Some(id) = requirement.controls.iter().find(|id| !self.controls.contains_key(*id)) {
                    return Err(missing(&format!("frameworks/{}.toml", framework.id), id).into());
                }
            }
        }
        Ok(())
    }
}

fn embedded_files(dir: &Dir<'_>, files: &mut Vec<ContentFile>) {
    for file in dir.files() {
        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            files.push(ContentFile {
                path: path.replace('\\', "/"),
                text: text.to_owned(),
            });
        }
    }
    for child in dir.dirs() {
        embedded_files(child, files);
    }
}

fn read_folder(dir: &Path, prefix: &str, files: &mut Vec<ContentFile>) -> Result<(), LoadError> {
    if !dir.is_dir() {
        return Ok(());
    }
    let failed = |source| LoadError::Read {
        path: dir.to_owned(),
        source,
    };
    let mut entries = std::fs::read_dir(dir)
        .map_err(failed)?
        .collect::<Result<Vec<_>, _>>()
        .map_err(failed)?;
    entries.sort_by_key(std::fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        let name = format!("{prefix}/{}", entry.file_name().to_string_lossy());
        if path.is_dir() {
            read_folder(&path, &name, files)?;
        } else {
            let text = std::fs::read_to_string(&path).map_err(|source| LoadError::Read {
                path: path.clone(),
                source,
            })?;
            files.push(ContentFile { path: name, text });
        }
    }
    Ok(())
}

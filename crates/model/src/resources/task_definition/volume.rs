//! What containers keep files in: volumes of a task, and where containers see them
//! (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_data_volumes.html>).

use serde::{Deserialize, Serialize};

/// A volume of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Volume {
    /// Its name, unique within the task definition.
    pub name: String,
    /// Where its files are.
    #[serde(rename = "type")]
    pub storage: Storage,
    /// The EFS file system (`fs-…`).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub file_system_id: String,
    /// The directory of the file system that is seen as the volume's root; empty for all of it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub root_directory: String,
    /// The access point of the file system (`fsap-…`); empty for none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub access_point_id: String,
    /// Whether the file system asks for the task role.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub iam: bool,
    /// Whether what is read and written of a file system is encrypted on its way.
    pub transit_encryption: bool,
    /// The directory of the instance.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source_path: String,
}

impl Default for Volume {
    fn default() -> Self {
        Self {
            name: String::new(),
            storage: Storage::Ephemeral,
            file_system_id: String::new(),
            root_directory: String::new(),
            access_point_id: String::new(),
            iam: false,
            transit_encryption: true,
            source_path: String::new(),
        }
    }
}

/// Where the files of a volume are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Storage {
    /// In the task's own storage; they go with it.
    #[default]
    Ephemeral,
    /// In a file system of EFS, which outlives tasks and is shared by them.
    Efs,
    /// In a directory of the EC2 instance.
    HostPath,
}

impl Volume {
    /// Whether its access point or root directory narrows it: `/` is the root, as is nothing.
    pub fn has_root_directory(&self) -> bool {
        !matches!(self.root_directory.trim(), "" | "/")
    }
}

/// Where a container sees a volume.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Mount {
    /// The volume.
    pub source_volume: String,
    /// The path within the container.
    pub container_path: String,
    /// Whether the container may only read.
    pub read_only: bool,
}

//! What the images of a task are built for: operating system and processors.

use serde::{Deserialize, Serialize};

/// Processors
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html>).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Architecture {
    /// Intel and AMD.
    #[default]
    #[serde(rename = "X86_64")]
    X86,
    /// Graviton.
    #[serde(rename = "ARM64")]
    Arm,
}

impl Architecture {
    /// As AWS and manifests write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::X86 => "X86_64",
            Self::Arm => "ARM64",
        }
    }
}

/// An operating system
/// (<https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RuntimePlatform.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Os {
    /// Linux.
    #[serde(rename = "LINUX")]
    Linux,
    /// Windows Server 2019, the small edition.
    #[serde(rename = "WINDOWS_SERVER_2019_CORE")]
    Core2019,
    /// Windows Server 2019.
    #[serde(rename = "WINDOWS_SERVER_2019_FULL")]
    Full2019,
    /// Windows Server 2022, the small edition.
    #[serde(rename = "WINDOWS_SERVER_2022_CORE")]
    Core2022,
    /// Windows Server 2022.
    #[serde(rename = "WINDOWS_SERVER_2022_FULL")]
    Full2022,
    /// Windows Server 2025, the small edition.
    #[serde(rename = "WINDOWS_SERVER_2025_CORE")]
    Core2025,
    /// Windows Server 2025.
    #[serde(rename = "WINDOWS_SERVER_2025_FULL")]
    Full2025,
}

impl Os {
    /// As AWS and manifests write it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Linux => "LINUX",
            Self::Core2019 => "WINDOWS_SERVER_2019_CORE",
            Self::Full2019 => "WINDOWS_SERVER_2019_FULL",
            Self::Core2022 => "WINDOWS_SERVER_2022_CORE",
            Self::Full2022 => "WINDOWS_SERVER_2022_FULL",
            Self::Core2025 => "WINDOWS_SERVER_2025_CORE",
            Self::Full2025 => "WINDOWS_SERVER_2025_FULL",
        }
    }

    /// Whether it is Windows.
    pub fn is_windows(self) -> bool {
        self != Self::Linux
    }

    /// Whether Fargate has it
    /// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-windows-fargate.html>).
    pub fn is_on_fargate(self) -> bool {
        !matches!(self, Self::Core2025 | Self::Full2025)
    }
}

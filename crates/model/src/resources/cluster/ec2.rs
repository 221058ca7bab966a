//! The instances of a cluster: what is set of them, and how large their types are.

use serde::{Deserialize, Serialize};

use crate::resources::task_definition::Architecture;

/// An Auto Scaling group of EC2 instances that a cluster offers as a capacity provider
/// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/asg-capacity-providers.html>).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Ec2 {
    /// Whether there is one.
    pub enabled: bool,
    /// The type of its instances (`t3.medium`), which also decides the processor.
    pub instance_type: String,
    /// What its instances boot.
    pub image: Image,
    /// The fewest instances.
    pub min: i64,
    /// The most instances.
    pub max: i64,
    /// How many there are at first; `None` is the fewest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desired: Option<i64>,
    /// Percent of the instances that tasks shall fill: 1 to 100; below 100 some stay free for new tasks.
    pub target_capacity: i64,
    /// Whether instances that run tasks are spared when there are to be fewer.
    pub termination_protection: bool,
    /// Whether tasks are moved away before an instance is stopped.
    pub draining: bool,
    /// Whether they are placed in private subnets.
    pub private_subnets: bool,
    /// GiB of disk for images and containers.
    pub disk: i64,
    /// Name or ARN of an instance profile that exists; empty for one that is made.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub instance_profile: String,
}

impl Default for Ec2 {
    fn default() -> Self {
        Self {
            enabled: false,
            instance_type: "t3.medium".to_owned(),
            image: Image::Al2023,
            min: 1,
            max: 3,
            desired: None,
            target_capacity: 100,
            termination_protection: false,
            draining: true,
            private_subnets: false,
            disk: 30,
            instance_profile: String::new(),
        }
    }
}

/// An image that AWS keeps for the instances of ECS.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Image {
    /// Amazon Linux 2023
    /// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html>).
    #[default]
    Al2023,
    /// Bottlerocket, which holds nothing but what containers need
    /// (<https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-bottlerocket-retrieve-ami.html>).
    Bottlerocket,
}

impl Ec2 {
    /// Whether nothing was ever set.
    pub fn is_standard(&self) -> bool {
        *self == Self::default()
    }

    /// The processor of its instances.
    pub fn architecture(&self) -> Architecture {
        if is_graviton(&self.instance_type) { Architecture::Arm } else { Architecture::X86 }
    }

    /// The public parameter of Systems Manager that holds the newest image.
    pub fn image_parameter(&self) -> &'static str {
        match (self.image, self.architecture()) {
            (Image::Al2023, Architecture::Arm) => {
                "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id"
            }
            (Image::Al2023, _) => "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
            (Image::Bottlerocket, Architecture::Arm) => "/aws/service/bottlerocket/aws-ecs-2/arm64/latest/image_id",
            (Image::Bottlerocket, _) => "/aws/service/bottlerocket/aws-ecs-2/x86_64/latest/image_id",
        }
    }
}

/// Types that are offered to choose from.
pub(super) const USUAL_TYPES: [&str; 14] = [
    "t3.micro", "t3.small", "t3.medium", "t3.large", "t4g.small", "t4g.medium", "t4g.large", "m7i.large", "m7g.large",
    "m7g.xlarge", "c7i.large", "c7g.large", "r7i.large", "r7g.large",
];

/// Whether a text has the form of an instance type: `m7g.2xlarge`.
pub(super) fn is_type(text: &str) -> bool {
    let word = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    text.split_once('.').is_some_and(|(family, size)| word(family) && word(size))
}

/// A family of Graviton has a `g` right behind its generation (`t4g`, `m7gd`); `a1` is the first of all.
fn is_graviton(instance_type: &str) -> bool {
    let family = instance_type.split('.').next().unwrap_or_default();
    let options = family.trim_start_matches(|c: char| c.is_ascii_lowercase()).trim_start_matches(|c: char| c.is_ascii_digit());
    family == "a1" || options.starts_with('g')
}

/// What an instance has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InstanceSize {
    /// vCPUs; each are 1024 CPU units.
    pub vcpu: i64,
    /// MiB of memory, of which the system keeps a part.
    pub memory: i64,
    /// How many network interfaces it may have; the first is its own.
    pub interfaces: i64,
}

/// Families by how many MiB they have for each vCPU
/// (<https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html>).
const FAMILIES: [(i64, &[&str]); 3] = [
    (2048, &["c5", "c5a", "c6a", "c6g", "c6i", "c7a", "c7g", "c7i", "c8g"]),
    (4096, &["m5", "m5a", "m6a", "m6g", "m6i", "m7a", "m7g", "m7i", "m8g"]),
    (8192, &["r5", "r5a", "r6a", "r6g", "r6i", "r7a", "r7g", "r7i", "r8g"]),
];

/// Sizes of those families: vCPUs and interfaces.
const SIZES: [(&str, i64, i64); 8] = [
    ("medium", 1, 2),
    ("large", 2, 3),
    ("xlarge", 4, 4),
    ("2xlarge", 8, 4),
    ("4xlarge", 16, 8),
    ("8xlarge", 32, 8),
    ("12xlarge", 48, 8),
    ("16xlarge", 64, 15),
];

/// Sizes of the families that earn credits: vCPUs, MiB, interfaces.
const BURSTABLE: [(&str, i64, i64, i64); 7] = [
    ("nano", 2, 512, 2),
    ("micro", 2, 1024, 2),
    ("small", 2, 2048, 3),
    ("medium", 2, 4096, 3),
    ("large", 2, 8192, 3),
    ("xlarge", 4, 16_384, 4),
    ("2xlarge", 8, 32_768, 4),
];

/// What an instance of a type has; `None` for types that are not common.
pub fn instance_size(instance_type: &str) -> Option<InstanceSize> {
    let (family, size) = instance_type.split_once('.')?;
    if matches!(family, "t3" | "t3a" | "t4g") {
        let (_, vcpu, memory, interfaces) = BURSTABLE.into_iter().find(|(name, ..)| *name == size)?;
        let interfaces = if instance_type == "t3a.small" { 2 } else { interfaces };
        return Some(InstanceSize { vcpu, memory, interfaces });
    }
    let (per_vcpu, _) = FAMILIES.into_iter().find(|(_, names)| names.contains(&family))?;
    let (_, vcpu, interfaces) = SIZES.into_iter().find(|(name, ..)| *name == size)?;
    // Intel's and older AMD's families begin at `large`.
    if size == "medium" && !is_graviton(family) && !family.ends_with("7a") {
        return None;
    }
    Some(InstanceSize { vcpu, memory: vcpu * per_vcpu, interfaces })
}

/// The smallest common type of a processor that holds a task of so many CPU units and MiB beside its own system.
pub(in crate::resources) fn fitting_type(architecture: Architecture, cpu: i64, memory: i64) -> Option<String> {
    let mut best: Option<(i64, String)> = None;
    for family in ["t3", "t4g", "m7i", "m7g", "c7i", "c7g", "r7i", "r7g"] {
        if is_graviton(family) != (architecture == Architecture::Arm) {
            continue;
        }
        let sizes = BURSTABLE.iter().map(|(name, ..)| *name).chain(SIZES.iter().map(|(name, ..)| *name));
        for size in sizes {
            let name = format!("{family}.{size}");
            let Some(has) = instance_size(&name).filter(|has| has.vcpu * 1024 >= cpu && has.memory > memory) else {
                continue;
            };
            // Memory is what instances cost most by, then processors.
            let cost = has.memory + has.vcpu * 1024;
            if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                best = Some((cost, name));
            }
        }
    }
    best.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_have_their_sizes_and_processors() {
        let size = |name| instance_size(name).map(|size| (size.vcpu, size.memory, size.interfaces));
        assert_eq!(size("t3.micro"), Some((2, 1024, 2)));
        assert_eq!(size("t3a.small"), Some((2, 2048, 2)));
        assert_eq!(size("m7g.medium"), Some((1, 4096, 2)));
        assert_eq!(size("c6i.2xlarge"), Some((8, 16_384, 4)));
        assert_eq!(size("r5.4xlarge"), Some((16, 131_072, 8)));
        assert_eq!((size("p5.48xlarge"), size("m7i.medium")), (None, None));
        let arm = ["t4g.nano", "m7g.large", "c7gn.large", "a1.large", "r6gd.large"];
        assert!(arm.into_iter().all(is_graviton));
        assert!(!["t3.nano", "g4dn.xlarge", "m7i.large", "c7a.large", "g5.xlarge"].into_iter().any(is_graviton));
        assert!(is_type("m7g.2xlarge") && is_type("u-6tb1.metal") && !is_type("grande") && !is_type("M7.large"));
        assert!(USUAL_TYPES.into_iter().all(|name| is_type(name) && instance_size(name).is_some()));
    }

    #[test]
    fn the_smallest_type_that_holds_a_task_is_found() {
        let fitting = |architecture, cpu, memory| fitting_type(architecture, cpu, memory).unwrap();
        assert_eq!(fitting(Architecture::X86, 256, 512), "t3.micro");
        assert_eq!(fitting(Architecture::Arm, 1024, 4096), "r7g.medium");
        assert_eq!(fitting(Architecture::X86, 4096, 8000), "c7i.xlarge");
        assert_eq!(fitting_type(Architecture::X86, 1024, i64::MAX), None);
    }
}

//! Repositories of ECR: those of the template, and those that images name.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use trazo_model::Kind;

use super::parts::{As, Level, Part, Props, Reading, fitting};
use super::template::Resource;
use super::value::{Form, Val};

pub(super) fn read(reading: &mut Reading<'_>) {
    let template = reading.template;
    for repository in template.of_type("AWS::ECR::Repository") {
        let node = reading.add(Kind::EcrRepository, repository, repository.text("RepositoryName"));
        reading.tags(node, repository, &[]);
        let props = reading.props(node);
        props.put("source", "made", repository.line);
        props.put("scanOnPush", false, repository.line);
        props.put("tagMutability", "MUTABLE", repository.line);
        props.copy(
            &repository.properties,
            &[
                ("ImageScanningConfiguration.ScanOnPush", "scanOnPush", As::Flag),
                ("ImageTagMutability", "tagMutability", As::Text),
                ("EncryptionConfiguration.EncryptionType", "encryption", As::Text),
                ("EncryptionConfiguration.KmsKey", "kmsKey", As::Text),
                ("EmptyOnDelete", "emptyOnDelete", As::Flag),
            ],
        );
        lifecycle(reading, repository, node);
    }
}

/// The rules that Trazo knows: so many images, and none without a tag for long.
fn lifecycle(reading: &mut Reading<'_>, repository: &Resource, node: usize) {
    let Some(text) = repository.at("LifecyclePolicy.LifecyclePolicyText") else { return };
    let policy = match text.text() {
        Some(text) => serde_json::from_str::<Json>(&text).unwrap_or_default(),
        None => text.json(),
    };
    text.ignore();
    for rule in policy["rules"].as_array().into_iter().flatten() {
        let selection = &rule["selection"];
        let number = selection["countNumber"].as_i64();
        let field = match (selection["tagStatus"].as_str(), selection["countType"].as_str()) {
            (Some("any"), Some("imageCountMoreThan")) => "keepImages",
            (Some("untagged"), Some("sinceImagePushed")) => "expireUntaggedDays",
            _ => "",
        };
        match number.filter(|_| !field.is_empty()) {
            Some(number) => reading.props(node).put(field, number, text.line),
            None => {
                let args = vec![("path", format!("{}.LifecyclePolicy", repository.id)), ("value", rule.to_string())];
                reading.tell(Level::Left, "import.note.value", text.line, args);
            }
        }
    }
}

/// Repositories that exist, by account, region and name.
#[derive(Default)]
pub(super) struct Existing {
    known: BTreeMap<String, usize>,
}

impl Existing {
    /// The node of the repository that an image is in, and its tag, where the image is said by an address with places for account or
    /// region.
    pub(super) fn node(&mut self, reading: &mut Reading<'_>, image: &Val) -> Option<(usize, String)> {
        let Form::Sub(text) = &image.form else { return None };
        let (host, path) = text.split_once('/')?;
        let (account, rest) = host.split_once(".dkr.ecr.")?;
        let region = rest.strip_suffix(".${AWS::URLSuffix}").or_else(|| rest.strip_suffix(".amazonaws.com"))?;
        let (name, tag) = path.split_once('@').or_else(|| path.rsplit_once(':')).unwrap_or((path, "latest"));
        if name.contains("${") || tag.contains("${") {
            return None;
        }
        image.mark();
        let own = |text: &str, place: &str| if text == place { String::new() } else { text.to_owned() };
        let (account, region) = (own(account, "${AWS::AccountId}"), own(region, "${AWS::Region}"));
        let key = format!("{account}/{region}/{name}");
        if let Some(node) = self.known.get(&key) {
            return Some((*node, tag.to_owned()));
        }
        let mut props = Props::default();
        props.put("source", "existing", image.line);
        for (field, text) in [("account", account), ("region", region)] {
            if !text.is_empty() && !text.contains("${") {
                props.put(field, text, image.line);
            }
        }
        let node = reading.nodes.len();
        reading.nodes.push(Part {
            key: format!("repository:{key}"),
            kind: Kind::EcrRepository,
            name: fitting(Kind::EcrRepository, name),
            tags: Vec::new(),
            props,
            parent: None,
            line: image.line,
        });
        self.known.insert(key, node);
        Some((node, tag.to_owned()))
    }
}

//! What carries a tag, as far as the tagging service knows its type
//! (<https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html>).

use serde_json::{Value as Json, json};
use trazo_calls::{Call, Service, tags};

use super::Trouble;
use crate::Caller;

/// The most pages that are asked for: a hundred things each.
const PAGES: usize = 50;

/// Something that carries a deployment's tags.
pub(super) struct Tagged {
    pub(super) arn: String,
    /// Its logical id; empty where it has none.
    pub(super) resource: String,
    /// The deployment that made it.
    pub(super) deployment: String,
}

/// All that carries a tag with this value.
pub(super) async fn with(caller: &dyn Caller, key: &str, value: &str) -> Result<Vec<Tagged>, Trouble> {
    let filters = json!([{ "Key": key, "Values": [value] }]);
    let mut found = Vec::new();
    let mut page = String::new();
    for _ in 0..PAGES {
        let mut call = Call::new(Service::Tagging, "GetResources").with("TagFilters", filters.clone());
        if !page.is_empty() {
            call = call.with("PaginationToken", page.as_str());
        }
        let answer = caller.call(&call).await.map_err(|error| Trouble::from_call(&error, &call))?;
        let list = answer.get("ResourceTagMappingList").and_then(Json::as_array);
        found.extend(list.into_iter().flatten().filter_map(read));
        page = answer.get("PaginationToken").and_then(Json::as_str).unwrap_or_default().to_owned();
        if page.is_empty() {
            break;
        }
    }
    Ok(found)
}

fn read(item: &Json) -> Option<Tagged> {
    let arn = item.get("ResourceARN")?.as_str()?.to_owned();
    let pairs = item.get("Tags").and_then(Json::as_array);
    let value = |key: &str| {
        let pair = pairs.into_iter().flatten().find(|tag| tag.get("Key").and_then(Json::as_str) == Some(key));
        pair.and_then(|tag| tag.get("Value")).and_then(Json::as_str).unwrap_or_default().to_owned()
    };
    Some(Tagged { arn, resource: value(tags::RESOURCE), deployment: value(tags::DEPLOYMENT) })
}

//! Cloud Map.

use trazo_stack::{join, list, map, reference};

use crate::Service::ServiceDiscovery as CloudMap;
use crate::find::Find;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::tags;
use crate::template::members;
use crate::wait::{Condition, Wait};

const GONE: &[&str] = &["NamespaceNotFound"];

/// `AWS::ServiceDiscovery::HttpNamespace`. It is made by an operation that goes on by itself; it is looked for by its name, which
/// no other in the region has, so that nothing depends on the number of the operation, which only the answer tells.
pub(crate) fn http_namespace(m: &mut Maker<'_>) {
    let name = m.name("Name", 1024);
    let mut input = members([("Name", name.clone())]);
    input.extend(m.rest());
    input.insert("CreatorRequestId".to_owned(), m.token(""));
    input.insert("Tags".to_owned(), tags::pairs(m.tags(), "Key", "Value"));
    let own = m.own();
    let at = |id: &str| reference(format!("AWS::{id}"));
    let place =
        join(":", vec!["arn".into(), at("Partition"), "servicediscovery".into(), at("Region"), at("AccountId")]);
    let arn = join(":", vec![place, join("/", vec!["namespace".into(), own.clone()])]);
    let named = map([("Name", "NAME".into()), ("Values", list([name.clone()])), ("Condition", "EQ".into())]);
    let question = || [("Filters", list([named.clone()]))];
    let find = Find::new(CloudMap, "ListNamespaces", question(), "Namespaces")
        .matching("Name", name)
        .proof("ListTagsForResource", [("ResourceARN", arn)], m.tagged("Tags"))
        .gives("", "Id")
        .gives("Arn", "Arn");
    m.make("", CloudMap, "CreateHttpNamespace", input)
        .ready(
            Wait::new(CloudMap, "ListNamespaces", question())
                .until_all(&[Condition::Present("Namespaces[0].Id")])
                .gives("", "Namespaces[0].Id")
                .gives("Arn", "Namespaces[0].Arn")
                .every(2, 5, 180),
        )
        .undo(
            Undo::new(CloudMap, "DeleteNamespace", [("Id", own.clone())])
                .gone(GONE)
                // ECS takes away what it put there a little after its services are gone.
                .busy(&["ResourceInUse", "DuplicateRequest"])
                .wait(Wait::new(CloudMap, "GetNamespace", [("Id", own)]).gone(GONE).every(2, 5, 180)),
        )
        .find(Repeat::Refused(&["NamespaceAlreadyExists", "DuplicateRequest"]), find);
}

//! Cloud Map.

use trazo_stack::{join, list, map, reference};

use crate::Service::ServiceDiscovery as CloudMap;
use crate::find::Find;
use crate::maker::Maker;
use crate::step::{Gives, Repeat, Source, Undo};
use crate::tags;
use crate::template::members;
use crate::wait::Wait;

const GONE: &[&str] = &["NamespaceNotFound"];

/// `AWS::ServiceDiscovery::HttpNamespace`: an operation that goes on by itself and tells the namespace when it is done, then a
/// look at its ARN.
pub(crate) fn http_namespace(m: &mut Maker<'_>) {
    let name = m.name("Name", 1024);
    let mut input = members([("Name", name.clone())]);
    input.extend(m.rest());
    input.insert("CreatorRequestId".to_owned(), m.token(""));
    input.insert("Tags".to_owned(), tags::pairs(m.tags(), "Key", "Value"));
    let own = m.own();
    let named = map([("Name", "NAME".into()), ("Values", list([name.clone()])), ("Condition", "EQ".into())]);
    let at = |id: &str| reference(format!("AWS::{id}"));
    let place =
        join(":", vec!["arn".into(), at("Partition"), "servicediscovery".into(), at("Region"), at("AccountId")]);
    let arn = join(":", vec![place, join("/", vec!["namespace".into(), own.clone()])]);
    let mut find = Find::new(CloudMap, "ListNamespaces", [("Filters", list([named]))], "Namespaces")
        .matching("Name", name)
        .proof("ListTagsForResource", [("ResourceARN", arn)], m.tagged("Tags"))
        .gives("", "Id")
        .gives("Arn", "Arn");
    // What is there already has no operation that could be asked for.
    let none = Gives { attribute: "OperationId", from: Source::Known("none".into()) };
    find.gives.get_or_insert_default().push(none);
    let operation = m.own_att("OperationId");
    m.make("", CloudMap, "CreateHttpNamespace", input)
        .gives("OperationId", "OperationId")
        .ready(
            Wait::new(CloudMap, "GetOperation", [("OperationId", operation)])
                .until("Operation.Status", "SUCCESS")
                .fails("Operation.Status", "FAIL")
                .reason("Operation.ErrorMessage")
                .gone(&["OperationNotFound"])
                .gives("", "Operation.Targets.NAMESPACE")
                .every(2, 5, 180),
        )
        .undo(
            Undo::new(CloudMap, "DeleteNamespace", [("Id", own.clone())])
                .gone(GONE)
                // ECS takes away what it put there a little after its services are gone.
                .busy(&["ResourceInUse", "DuplicateRequest"])
                .wait(Wait::new(CloudMap, "GetNamespace", [("Id", own.clone())]).gone(GONE).every(2, 5, 180)),
        )
        .find(Repeat::Refused(&["NamespaceAlreadyExists", "DuplicateRequest"]), find);
    m.make("arn", CloudMap, "GetNamespace", members([("Id", own)])).answer("Namespace").gives("Arn", "Arn");
}

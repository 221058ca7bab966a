//! Application Auto Scaling.

use trazo_stack::{Expr, Object, Value, join};

use crate::Service::ApplicationAutoScaling as Scaling;
use crate::find::Find;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::tags;

const GONE: &[&str] = &["ObjectNotFoundException"];
/// What says which target is meant, in every call.
const TARGET: &[&str] = &["ServiceNamespace", "ResourceId", "ScalableDimension"];

/// `AWS::ApplicationAutoScaling::ScalableTarget`, then each of its scheduled actions.
pub(crate) fn scalable_target(m: &mut Maker<'_>) {
    let actions = m.take_items("ScheduledActions");
    let mut input = m.rest();
    let target = target(&input);
    input.insert("Tags".to_owned(), tags::entries(m.tags()));
    let mut undo = Undo::new(Scaling, "DeregisterScalableTarget", []).gone(GONE);
    undo.call.input.clone_from(&target);
    let part = |name: &str| target.get(name).cloned().unwrap_or_else(|| Expr::Null.into());
    let name = join("|", vec![part("ResourceId"), part("ScalableDimension"), part("ServiceNamespace")]);
    m.make("", Scaling, "RegisterScalableTarget", input)
        .gives_known("", name)
        .undo(undo)
        // The service, or the role that is made on the first use, is not known there yet.
        .patience("ValidationException", "doesn't exist")
        .patience("ValidationException", "assume");
    for (index, action) in actions.into_iter().enumerate() {
        scheduled_action(m, index, action, &target);
    }
}

fn scheduled_action(m: &mut Maker<'_>, index: usize, action: Value, target: &Object) {
    let Expr::Map(action) = action.expr else { return };
    let name = action.get("ScheduledActionName").cloned();
    let mut input = target.clone();
    input.extend(action);
    let mut undo = Undo::new(Scaling, "DeleteScheduledAction", []).gone(GONE);
    undo.call.input.clone_from(target);
    undo.call.input.extend(name.map(|name| ("ScheduledActionName".to_owned(), name)));
    m.make(&format!("schedule-{}", index + 1), Scaling, "PutScheduledAction", input)
        .undo(undo)
        .patience("ObjectNotFoundException", "");
}

/// `AWS::ApplicationAutoScaling::ScalingPolicy`. Where it names its target by reference, the calls say it in full.
pub(crate) fn scaling_policy(m: &mut Maker<'_>) {
    let named = m.take("ScalingTargetId");
    let properties = m.rest();
    let mut input = target(&properties);
    if let Some(Expr::Ref(id)) = named.map(|named| named.expr) {
        input.extend(m.stack.resources.get(&id).map(|resource| target(&resource.properties)).unwrap_or_default());
    }
    let mut undo = Undo::new(Scaling, "DeleteScalingPolicy", []).gone(GONE);
    undo.call.input.clone_from(&input);
    let name = properties.get("PolicyName").cloned().unwrap_or_else(|| m.deployment.name(m.id, 255).into());
    undo.call.input.insert("PolicyName".to_owned(), name.clone());
    let mut find = Find::new(Scaling, "DescribeScalingPolicies", [], "ScalingPolicies");
    find.call.input.clone_from(&input);
    let find = find.matching("PolicyName", name.clone());
    input.insert("PolicyName".to_owned(), name);
    input.extend(properties.into_iter().filter(|(name, _)| !TARGET.contains(&name.as_str())));
    m.make("", Scaling, "PutScalingPolicy", input)
        .gives("", "PolicyARN")
        .gives("Arn", "PolicyARN")
        .undo(undo)
        .patience("ObjectNotFoundException", "")
        .patience("FailedResourceAccessException", "")
        .find(Repeat::Harmless, find);
}

fn target(properties: &Object) -> Object {
    let part = |name: &&str| Some(((*name).to_owned(), properties.get(*name)?.clone()));
    TARGET.iter().filter_map(part).collect()
}

//! Lambda.

use trazo_stack::{Expr, Object, Value, list, map};

use crate::find::Find;
use crate::maker::Maker;
use crate::step::{Repeat, Undo};
use crate::template::members;
use crate::wait::{Condition, Wait};
use crate::{Service, base64, tags, zip};

const GONE: &[&str] = &["ResourceNotFoundException"];

/// `AWS::Lambda::Function`, then how many of it may run at once.
pub(crate) fn function(m: &mut Maker<'_>) {
    let name = m.name("FunctionName", 64);
    let reserved = m.take("ReservedConcurrentExecutions");
    let interfaces = interfaces(m);
    let mut input = members([("FunctionName", name.clone())]);
    input.extend(m.rest());
    pack(&mut input);
    input.insert("Tags".to_owned(), tags::entries(m.tags()));
    let own = m.own();
    let find = Find::new(Service::Lambda, "GetFunction", [("FunctionName", name)], "")
        .missing(GONE)
        .tagged(m.tagged("Tags"))
        .gives("", "Configuration.FunctionName")
        .gives("Arn", "Configuration.FunctionArn");
    let mut undo = Undo::new(Service::Lambda, "DeleteFunction", [("FunctionName", own.clone())])
        .gone(GONE)
        .busy(&["ResourceConflictException"]);
    undo.wait = interfaces;
    m.make("", Service::Lambda, "CreateFunction", input)
        .gives("", "FunctionName")
        .gives("Arn", "FunctionArn")
        // The role was made a moment ago.
        .patience("InvalidParameterValueException", "cannot be assumed by Lambda")
        .patience("InvalidParameterValueException", "does not have permissions to call")
        .ready(
            Wait::new(Service::Lambda, "GetFunctionConfiguration", [("FunctionName", own.clone())])
                .until("State", "Active")
                .fails("State", "Failed")
                .reason("StateReason")
                .unseen(GONE)
                .every(3, 10, 600),
        )
        .undo(undo)
        .find(Repeat::Refused(&["ResourceConflictException"]), find);
    if let Some(reserved) = reserved {
        let input = members([("FunctionName", own), ("ReservedConcurrentExecutions", reserved)]);
        m.make("concurrency", Service::Lambda, "PutFunctionConcurrency", input)
            .patience("ResourceConflictException", "");
    }
}

/// Code that stands in the design as the archive that the API takes. CloudFormation names the file `index`
/// (<https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html>).
fn pack(input: &mut Object) {
    let python = input.get("Runtime").and_then(Value::as_str).is_some_and(|runtime| runtime.starts_with("python"));
    let Some(Expr::Map(code)) = input.get_mut("Code").map(|code| &mut code.expr) else { return };
    let Some(source) = code.get_mut("ZipFile") else { return };
    if let Some(text) = source.as_str() {
        let archive = zip::archive(if python { "index.py" } else { "index.js" }, text.as_bytes());
        source.expr = Expr::Str(base64::encode(&archive));
    }
}

/// Waits until Lambda has given back the network interfaces of a function in a VPC, which takes it up to twenty minutes: until
/// then its security group and subnets cannot be taken away
/// (<https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html>).
fn interfaces(m: &Maker<'_>) -> Option<Wait> {
    let Expr::Map(vpc) = &m.resource.properties.get("VpcConfig")?.expr else { return None };
    let groups = vpc.get("SecurityGroupIds")?;
    let Expr::List(items) = &groups.expr else { return None };
    // With a group that others use too it could be waited for their interfaces for ever.
    let ours =
        |item: &Value| matches!(&item.expr, Expr::Att(id, _) | Expr::Ref(id) if m.stack.resources.contains_key(id));
    if !items.iter().all(ours) {
        return None;
    }
    let filter = |name: &str, values: Value| map([("Name", name.into()), ("Values", values)]);
    let filters = list([filter("group-id", groups.clone()), filter("interface-type", list(["lambda"]))]);
    let poll = Wait::new(Service::Ec2, "DescribeNetworkInterfaces", [("Filters", filters)]);
    Some(poll.until_all(&[Condition::Length("NetworkInterfaces", 0)]).every(20, 600, 2700))
}

/// `AWS::Lambda::Permission`. Its name holds what only this deployment has.
pub(crate) fn permission(m: &mut Maker<'_>) {
    let statement: Value = m.deployment.name(m.id, 100).into();
    let function = m.resource.properties.get("FunctionName").cloned().unwrap_or_else(|| Expr::Null.into());
    let at = [("FunctionName", function), ("StatementId", statement.clone())];
    let mut input = members([("StatementId", statement)]);
    input.extend(m.rest());
    m.make("", Service::Lambda, "AddPermission", input)
        .undo(Undo::new(Service::Lambda, "RemovePermission", at).gone(GONE).busy(&["ResourceConflictException"]))
        .repeat(Repeat::Refused(&["ResourceConflictException"]));
}

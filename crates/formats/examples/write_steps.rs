//! Writes the steps that make each of Trazo's own templates, and designs beside them, into a folder, for other tools to judge and
//! to carry out: `<name>.steps.json`, with references in the form in which CloudFormation writes them.
//!
//! Usage: `write_steps FOLDER [MANIFEST…]`.

use std::error::Error;
use std::path::Path;

use serde_json::{Value as Json, json};
use trazo_calls::{
    Bindings, Condition, Deployment, Find, Gives, Refused, Repeat, Shell, Source, Step, Tagged, Template, Undo, Wait,
    variable,
};
use trazo_formats::{manifest, templates};
use trazo_model::{Design, lower};
use trazo_stack::{Expr, Object, Value};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name the folder to write into")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    for template in templates::ALL {
        write(folder, template.key, &template.design()?)?;
    }
    for file in arguments {
        let name = Path::new(&file).file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let design = manifest::read(&std::fs::read_to_string(&file)?).map_err(|error| format!("{file}: {error}"))?;
        write(folder, name.trim_end_matches(".trazo.json"), &design)?;
    }
    Ok(())
}

fn write(folder: &Path, name: &str, design: &Design) -> Result<(), Box<dyn Error>> {
    let stack = lower(design);
    let deployment =
        Deployment { stack: name.to_owned(), design: design.name().to_owned(), token: format!("oracle-{name}") };
    let (steps, problem) = match trazo_calls::steps(&stack, &deployment) {
        Ok(steps) => (steps, Json::Null),
        Err(error) => (Vec::new(), error.to_string().into()),
    };
    let known = Bindings::new(&stack);
    let parameter = |one: &trazo_stack::Parameter| json!({ "Type": one.type_name, "Default": one.default });
    let file = json!({
        "Parameters": stack.parameters.iter().map(|(name, one)| (name.clone(), parameter(one))).collect::<serde_json::Map<_, _>>(),
        "Resources": stack.resources.iter().map(|(id, one)| (id.clone(), json!({ "Type": one.type_name }))).collect::<serde_json::Map<_, _>>(),
        "Outputs": stack.outputs.iter().map(|(name, one)| (name.clone(), value(&one.value))).collect::<serde_json::Map<_, _>>(),
        "Token": deployment.token,
        "Steps": steps.iter().map(|one| step(one, &known)).collect::<Vec<_>>(),
        "Problem": problem,
    });
    std::fs::write(folder.join(format!("{name}.steps.json")), serde_json::to_string_pretty(&file)?)?;
    Ok(())
}

fn step(step: &Step, known: &Bindings) -> Json {
    let shown = step.call.preview(known, &|place| format!("<{}.{}>", place.id, place.attribute));
    let scripted = step.call.preview(known, &|place| variable(&place.id.replace(':', "_")));
    let repeat = match step.repeat {
        Repeat::Harmless => json!("harmless"),
        Repeat::Again => json!("again"),
        Repeat::Refused(codes) => json!(codes),
    };
    json!({
        "Id": step.id,
        "LogicalId": step.logical_id,
        "Text": step.text_key(),
        "Needs": step.needs,
        "Call": call(&step.call),
        "Shown": shown.input,
        "Command": shown.command(Shell::Bash, Some("us-east-1")),
        "Scripted": scripted.command(Shell::Bash, None),
        "Answer": step.answer,
        "Gives": gives(&step.gives),
        "Ready": step.ready.as_ref().map(wait),
        "Undo": step.undo.iter().map(undo).collect::<Vec<_>>(),
        "Find": step.find.as_ref().map(find),
        "Repeat": repeat,
        "Patience": refused(&step.patience),
    })
}

fn call(call: &Template) -> Json {
    json!({ "Service": call.service.cli(), "Operation": call.operation, "Input": object(&call.input) })
}

fn gives(all: &[Gives]) -> Json {
    let one = |gives: &Gives| match &gives.from {
        Source::Answer(path) => json!({ "Attribute": gives.attribute, "Path": path }),
        Source::After(path, mark) => json!({ "Attribute": gives.attribute, "Path": path, "After": mark }),
        Source::Known(known) => json!({ "Attribute": gives.attribute, "Known": value(known) }),
    };
    all.iter().map(one).collect()
}

fn wait(wait: &Wait) -> Json {
    let all = |conditions: &[Condition]| conditions.iter().map(condition).collect::<Vec<_>>();
    json!({
        "Poll": call(&wait.poll),
        "Until": all(&wait.until),
        "Fails": all(&wait.fails),
        "Gone": refused(&wait.gone),
        "Unseen": refused(&wait.unseen),
        "Gives": gives(&wait.gives),
    })
}

fn condition(condition: &Condition) -> Json {
    match condition {
        Condition::Is(at, want) => json!(["is", at, want]),
        Condition::IsNot(at, want) => json!(["is not", at, want]),
        Condition::Same(one, other) => json!(["same", one, other]),
        Condition::Length(at, count) => json!(["length", at, count]),
        Condition::Present(at) => json!(["present", at]),
        Condition::NoneBut(at, inner, want) => json!(["none but", at, inner, want]),
    }
}

fn undo(undo: &Undo) -> Json {
    json!({
        "Call": call(&undo.call),
        "Gone": refused(&undo.gone),
        "Busy": refused(&undo.busy),
        "Wait": undo.wait.as_ref().map(wait),
    })
}

fn find(find: &Find) -> Json {
    let tagged = |tagged: &Tagged| tagged.at;
    json!({
        "Call": call(&find.call),
        "Items": find.items,
        "Matching": find.matching.iter().map(|(at, want)| json!([at, value(want)])).collect::<Vec<_>>(),
        "Missing": refused(&find.missing),
        "Tagged": find.tagged.as_ref().map(tagged),
        "Proof": find.proof.as_ref().map(|proof| json!({ "Call": call(&proof.call), "Tagged": tagged(&proof.tagged) })),
        "Gives": find.gives.as_deref().map(gives),
    })
}

fn refused(all: &[Refused]) -> Json {
    all.iter().map(|one| json!([one.code, one.words])).collect()
}

fn object(members: &Object) -> Json {
    Json::Object(members.iter().map(|(name, inner)| (name.clone(), value(inner))).collect())
}

fn value(tree: &Value) -> Json {
    let all = |items: &[Value]| Json::Array(items.iter().map(value).collect());
    match &tree.expr {
        Expr::Null => Json::Null,
        Expr::Bool(flag) => json!(flag),
        Expr::Int(number) => json!(number),
        Expr::Num(number) => json!(number),
        Expr::Str(text) => json!(text),
        Expr::List(items) => all(items),
        Expr::Map(members) => object(members),
        Expr::Ref(id) => json!({ "Ref": id }),
        Expr::Att(id, attribute) => json!({ "Fn::GetAtt": [id, attribute] }),
        Expr::Sub(text) => json!({ "Fn::Sub": text }),
        Expr::Join(delimiter, items) => json!({ "Fn::Join": [delimiter, all(items)] }),
        Expr::Select(index, inner) => json!({ "Fn::Select": [index, value(inner)] }),
        Expr::Zones => json!({ "Fn::GetAZs": "" }),
        Expr::Cidr(block, count, bits) => json!({ "Fn::Cidr": [value(block), count, bits] }),
        Expr::Base64(inner) => json!({ "Fn::Base64": value(inner) }),
    }
}

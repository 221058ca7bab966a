use proptest::prelude::*;
use trazo_stack::{Element, Origin, att, join, list, map, reference, sub};

use super::*;

#[test]
fn functions_stand_in_their_short_form() {
    let origin = Origin::whole(Element::Node("svc".into()));
    let tree = map([
        ("Version", "2010-09-09".into()),
        ("Cluster", reference("Main")),
        ("Role", att("Task", "Arn")),
        ("Url", sub("http://${Lb.DNSName}/")),
        ("Target", join("/", vec!["integrations".into(), reference("Main")])),
        ("Zone", Expr::Select(1, Box::new(Expr::Zones.into())).into()),
        ("Block", Expr::Select(0, Box::new(Expr::Cidr(Box::new(att("Vpc", "CidrBlock")), 4, 8).into())).into()),
        ("Data", Expr::Base64(Box::new(sub("#!/bin/sh\necho ${Main}\n"))).into()),
        ("Lists", vec![list(["a", "b"]), list(["c"]), map([("Key", "k".into()), ("Value", list([1_i64]))])].into()),
        (
            "Deep",
            vec![
                vec![vec![Value::from("a"), "b".into()].into(), map([("x", 1_i64.into()), ("y", "no".into())])].into(),
            ]
            .into(),
        ),
        ("None", map([])),
        ("Empty", Value::from(Vec::new())),
        ("Count", Value::from(2_i64).from_origin(origin.field("desiredCount"))),
    ]);
    let written = document(&tree);
    insta::assert_snapshot!(written.text);
    let line = (0..written.lines.len()).find(|at| written.line(*at).starts_with("Count")).unwrap();
    assert_eq!(written.lines[line].origin, Some(origin.field("desiredCount")));
}

#[test]
fn what_could_be_taken_for_something_else_is_quoted() {
    for text in [
        "",
        "yes",
        "No",
        "1.5",
        "0755",
        "2010-09-09",
        "a: b",
        "#x",
        "*",
        "- a",
        "a ",
        "null",
        "@x",
        "é\u{2028}",
        "!x",
        "~",
        "1e3",
        "a #b",
    ] {
        assert!(scalar(text).starts_with('"'), "{text}");
    }
    for text in ["AWS::ECS::Service", "/catalogo", "tienda-alb", "awslogs", "From the load balancer", "año"] {
        assert_eq!(scalar(text), text);
    }
}

proptest! {
    #[test]
    fn any_text_is_one_line_or_a_block(text in any::<String>()) {
        prop_assert!(!scalar(&text).contains('\n'));
        let tree = map([("key", text.as_str().into()), ("end", "here".into())]);
        let written = document(&tree);
        prop_assert!(written.text.ends_with("end: here\n"));
    }
}

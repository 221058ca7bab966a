//! What holds for any sequence of changes to a design.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod common;

use common::{Act, act, edit, perform};
use proptest::collection::vec;
use proptest::prelude::*;
use trazo_model::edit::{Edit, apply};
use trazo_model::{Design, Kind, check, lower, manifest};

fn text(design: &Design) -> String {
    manifest::to_json(design).to_string()
}

/// The rules that [`Design`] states of itself.
fn assert_sound(design: &Design) {
    for node in design.nodes() {
        let ancestors: Vec<_> = design.ancestors(&node.id).take(100).collect();
        assert!(ancestors.len() < 100, "{} lies in a circle", node.id);
        if let Some(parent) = &node.place.parent {
            let group = design.node(parent).unwrap();
            assert!(node.kind().spec().lies_in.contains(&group.kind()), "{} in {parent}", node.id);
            assert!(design.children(parent).any(|child| child.id == node.id));
        }
        assert!(design.children(&node.id).all(|child| child.place.parent.as_ref() == Some(&node.id)));
    }
    for link in design.links() {
        let (from, to) = (design.node(&link.from).unwrap(), design.node(&link.to).unwrap());
        assert_eq!(from.kind().link_to(to.kind()).unwrap().kind, link.kind());
        assert!(design.links_from(&link.from).any(|listed| listed.id == link.id));
        assert!(design.links_to(&link.to).any(|listed| listed.id == link.id));
        assert_eq!(design.links().filter(|other| (&other.from, &other.to) == (&link.from, &link.to)).count(), 1);
        let spec = link.kind().spec();
        let out = design.links_from(&link.from).filter(|other| other.kind() == spec.kind).count();
        assert!(spec.max_out == 0 || out <= spec.max_out, "{} has {out} links", link.from);
    }
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    vec(act(), 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_all_gives_back_the_same_document(before in acts(), after in acts()) {
        let mut design = Design::new("Tienda", "us-east-1");
        perform(&mut design, &before);
        let (was, written) = (design.clone(), text(&design));
        let inverses = perform(&mut design, &after);
        assert_sound(&design);
        let is = design.clone();
        // And back again: the inverses of the inverses do what was undone.
        let redo: Vec<Edit> = inverses.into_iter().map(|inverse| apply(&mut design, inverse).unwrap().inverse).collect();
        prop_assert_eq!(&design, &was);
        prop_assert_eq!(text(&design), written);
        assert_sound(&design);
        for edit in redo.into_iter().rev() {
            apply(&mut design, edit).unwrap();
        }
        prop_assert_eq!(text(&design), text(&is));
    }

    #[test]
    fn what_is_refused_changes_nothing(before in acts(), act in act(), other in act()) {
        let mut design = Design::new("Tienda", "us-east-1");
        perform(&mut design, &before);
        let was = design.clone();
        let Some((first, second)) = edit(&design, &act).zip(edit(&design, &other)) else { return Ok(()) };
        // The last of them cannot be done, so none of them is.
        let batch = Edit::Batch(vec![first, second, Edit::RemoveLink("nobody".into())]);
        prop_assert!(apply(&mut design, batch).is_err());
        prop_assert_eq!(&design, &was);
        assert_sound(&design);
    }

    #[test]
    fn any_design_is_written_read_checked_and_lowered(acts in acts()) {
        let mut design = Design::new("Tienda", "us-east-1");
        perform(&mut design, &acts);
        let written = text(&design);
        let read = manifest::from_json(serde_json::from_str(&written).unwrap()).unwrap();
        prop_assert_eq!(text(&read), written);
        // Notes come last in a file, wherever they were drawn.
        let sorted = |design: &Design| {
            let mut nodes: Vec<_> = design.nodes().cloned().collect();
            nodes.sort_by_key(|node| node.kind() == Kind::Note);
            let mut findings = check(design);
            findings.sort_by(|a, b| (a.code, &a.target, &a.field).cmp(&(b.code, &b.target, &b.field)));
            (nodes, design.links().cloned().collect::<Vec<_>>(), findings)
        };
        prop_assert_eq!(sorted(&read), sorted(&design));
        let stack = lower(&design);
        prop_assert_eq!(&lower(&read), &stack);
        // What names a resource that there is not could never be deployed.
        for resource in stack.resources.values() {
            for id in trazo_stack::references(resource) {
                let known = stack.resources.contains_key(&id) || stack.parameters.contains_key(&id);
                prop_assert!(known || !check(&design).is_empty(), "{} is not there", id);
            }
        }
    }

    #[test]
    fn fixes_can_be_applied_and_mend_what_they_say(acts in acts()) {
        let mut design = Design::new("Tienda", "us-east-1");
        perform(&mut design, &acts);
        for finding in check(&design) {
            let Some(fix) = finding.fix.clone() else { continue };
            let mut mended = design.clone();
            prop_assert!(apply(&mut mended, fix.edit.clone()).is_ok(), "{:?}", finding);
            assert_sound(&mended);
            let still = |other: &trazo_model::Finding| {
                (other.code, &other.target, &other.field, &other.args)
                    == (finding.code, &finding.target, &finding.field, &finding.args)
            };
            prop_assert!(!check(&mended).iter().any(still), "{:?}", finding);
        }
    }
}

use super::*;
use proptest::prelude::*;
use trazo_model::edit::{Edit, apply};
use trazo_model::{History, Link, Placement, commands};

/// Whether two pictures show the same, whatever the handles.
pub(crate) fn same(a: &Scene, b: &Scene) -> Result<(), String> {
    let nodes = |s: &Scene| -> BTreeMap<NodeId, String> {
        let parent = |slot: &NodeSlot| slot.parent.and_then(|p| s.slot(p)).map(|p| p.id.clone());
        let text = |h: u32, slot: &NodeSlot| {
            let place = s.places.get(h);
            format!("{:?} {:?} {place:?} {:?} {} {}", slot.kind, slot.rect, parent(slot), slot.depth, slot.order)
        };
        s.slots().map(|(h, slot)| (slot.id.clone(), text(h, slot))).collect()
    };
    let links = |s: &Scene| -> BTreeMap<LinkId, String> {
        let slots = s.links.iter().enumerate().filter_map(|(h, slot)| Some((h as u32, slot.as_ref()?)));
        slots
            .map(|(h, slot)| {
                (slot.id.clone(), format!("{:?} {:?} {:?}", slot.points, s.bounds.get(h), s.reaches.get(h)))
            })
            .collect()
    };
    let (an, bn, al, bl) = (nodes(a), nodes(b), links(a), links(b));
    let counts = (a.places.len(), a.bounds.len(), a.reaches.len()) == (bn.len(), bl.len(), bl.len());
    if an == bn && al == bl && counts && a.dirty.is_empty() {
        return Ok(());
    }
    let nodes: Vec<_> = an.iter().filter(|(id, text)| bn.get(*id) != Some(text)).collect();
    let links: Vec<_> =
        al.iter().filter(|(id, text)| bl.get(*id) != Some(text)).map(|(id, t)| (id, t, bl.get(id))).collect();
    Err(format!("nodes {nodes:?}\nlinks {links:?}\ncounts {counts}, dirty {:?}", a.dirty))
}

fn node(id: &str, kind: Kind, x: i32, y: i32) -> Node {
    Node::new(NodeId::new(id), kind, id, x, y)
}

fn link(design: &mut Design, from: &str, to: &str) {
    let edit = commands::connect(design, &NodeId::new(from), &NodeId::new(to)).expect("may be linked");
    apply(design, edit).expect("applies");
}

#[test]
fn moving_a_card_routes_its_links_and_those_it_stands_in_the_way_of() {
    let mut design = Design::new("", "");
    for (id, kind, x, y) in [
        ("api", Kind::HttpApi, 0, 0),
        ("alb", Kind::LoadBalancer, 800, 0),
        ("users", Kind::Users, -400, 0),
        ("role", Kind::Role, 0, 800),
    ] {
        apply(&mut design, Edit::add_node(node(id, kind, x, y))).expect("applies");
    }
    link(&mut design, "api", "alb");
    link(&mut design, "users", "api");
    let mut scene = Scene::new(&design);
    let straight = scene.link_points(&LinkId::new("link1")).expect("routed").to_vec();
    assert_eq!(straight.len(), 2);

    let role = scene.node_handle(&NodeId::new("role")).expect("there");
    scene.set_rect(role, Rect::new(400.0, 0.0, 200.0, 72.0));
    scene.settle();
    let journal = scene.take_journal();
    assert_eq!(journal.routed.iter().map(LinkId::as_str).collect::<Vec<_>>(), ["link1"]);
    assert_eq!(journal.moved.iter().map(NodeId::as_str).collect::<Vec<_>>(), ["role"]);
    assert!(scene.link_points(&LinkId::new("link1")).expect("routed").len() > 2);

    scene.set_rect(role, Rect::new(0.0, 800.0, 200.0, 72.0));
    scene.settle();
    assert_eq!(scene.link_points(&LinkId::new("link1")), Some(straight.as_slice()));
    same(&scene, &Scene::new(&design)).expect("as before");
}

#[derive(Clone, Debug)]
enum Step {
    Add(u8, i32, i32),
    Place(u8, i32, i32, Option<u8>),
    Link(u8, u8),
    Remove(Vec<u8>),
    Undo,
    Redo,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let place = (-12i32..40, -12i32..40);
    let step = prop_oneof![
        4 => (0u8..9, place.clone()).prop_map(|(k, (x, y))| Step::Add(k, x * 40, y * 32)),
        4 => (any::<u8>(), place, prop::option::of(any::<u8>())).prop_map(|(n, (x, y), p)| Step::Place(n, x * 40, y * 32, p)),
        6 => (any::<u8>(), any::<u8>()).prop_map(|(a, b)| Step::Link(a, b)),
        1 => prop::collection::vec(any::<u8>(), 1..3).prop_map(Step::Remove),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
    ];
    prop::collection::vec(step, 1..50)
}

fn run(history: &mut History, step: &Step) -> Vec<Touch> {
    let design = history.design();
    let pick = |n: u8| design.nodes().nth(n as usize % design.nodes().len().max(1)).map(|node| node.id.clone());
    let edit = match step {
        Step::Undo => return history.undo(),
        Step::Redo => return history.redo(),
        Step::Add(kind, x, y) => {
            let kind = Kind::ALL[*kind as usize % Kind::ALL.len()];
            Some(Edit::add_node(Node::new(design.free_node_id(kind), kind, "n", *x, *y)))
        }
        Step::Place(n, x, y, parent) => pick(*n).and_then(|id| {
            let size = design.node(&id)?.place.size;
            let place = Placement { x: *x, y: *y, size, parent: parent.and_then(pick) };
            Some(Edit::Place { node: id, place })
        }),
        Step::Link(a, b) => pick(*a).zip(pick(*b)).and_then(|(a, b)| commands::connect(design, &a, &b).ok()),
        Step::Remove(nodes) => {
            let targets: Vec<_> = nodes.iter().filter_map(|n| pick(*n)).map(trazo_model::Target::Node).collect();
            Some(commands::remove(design, &targets))
        }
    };
    edit.and_then(|edit| history.apply("edit.test", edit).ok()).unwrap_or_default()
}

#[test]
fn a_link_with_the_same_id_between_other_nodes_is_another_link() {
    let mut design = Design::new("", "");
    for (id, kind, x) in [("users", Kind::Users, 0), ("a", Kind::HttpApi, 400), ("b", Kind::HttpApi, 800)] {
        apply(&mut design, Edit::add_node(node(id, kind, x, 0))).expect("applies");
    }
    link(&mut design, "users", "a");
    let mut scene = Scene::new(&design);
    let spec = Kind::Users.link_to(Kind::HttpApi).expect("may be linked");
    let id = LinkId::new("link1");
    let other = Link::new(id.clone(), spec.kind, &NodeId::new("users"), &NodeId::new("b"));
    let edit = Edit::Batch(vec![Edit::RemoveLink(id), Edit::add_link(other)]);
    let applied = apply(&mut design, edit).expect("applies");
    scene.absorb(&design, &applied.touched);
    same(&scene, &Scene::new(&design)).expect("the picture of the design");
}

proptest! {
    #[test]
    fn the_picture_is_always_that_of_the_design(steps in steps()) {
        let mut history = History::new(Design::new("", ""));
        let mut scene = Scene::new(history.design());
        for step in &steps {
            let touched = run(&mut history, step);
            scene.absorb(history.design(), &touched);
            if let Err(difference) = same(&scene, &Scene::new(history.design())) {
                return Err(TestCaseError::fail(format!("after {step:?}: {difference}")));
            }
        }
    }
}

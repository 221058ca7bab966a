//! Whether two things are written alike: the same, and in the same order. Plain equality knows no order of entries, so that it
//! passes over what a file shows; and it looks each of them up, where this goes along both.

use crate::{Expr, Object, Resource, Stack, Value};

impl Stack {
    /// Takes over the resources of another stack that are written like those here, so that whoever compares the two later sees at
    /// once what has stayed. Whether a file of one is a file of the other.
    pub fn keep_from(&mut self, before: &Self) -> bool {
        let mut alike = self.resources.len() == before.resources.len();
        for (at, (id, resource)) in self.resources.iter_mut().enumerate() {
            // Most stand where they stood; what follows one that came or went is looked up.
            let there = before.resources.get_index(at).filter(|(other, _)| *other == id);
            alike &= there.is_some();
            match there.map(|(_, kept)| kept).or_else(|| before.resources.get(id)) {
                Some(kept) if kept.is_written_like(resource) => *resource = kept.clone(),
                _ => alike = false,
            }
        }
        alike
            && self.description == before.description
            && self.parameters.iter().eq(before.parameters.iter())
            && self.outputs.iter().eq(before.outputs.iter())
    }

    /// Whether a file of one is a file of the other.
    pub fn is_written_like(&self, other: &Self) -> bool {
        self.description == other.description
            && self.parameters.iter().eq(other.parameters.iter())
            && self.resources.len() == other.resources.len()
            && self
                .resources
                .iter()
                .zip(&other.resources)
                .all(|((a, one), (b, two))| a == b && one.is_written_like(two))
            && self.outputs.iter().eq(other.outputs.iter())
    }
}

impl Resource {
    /// Whether the lines of one are those of the other.
    pub fn is_written_like(&self, other: &Self) -> bool {
        self.type_name == other.type_name
            && self.depends_on == other.depends_on
            && self.deletion_policy == other.deletion_policy
            && self.origin == other.origin
            && objects(&self.properties, &other.properties)
            && objects(&self.attributes, &other.attributes)
    }
}

fn value(one: &Value, two: &Value) -> bool {
    one.origin == two.origin
        && match (&one.expr, &two.expr) {
            (Expr::Map(a), Expr::Map(b)) => objects(a, b),
            (Expr::List(a), Expr::List(b)) => lists(a, b),
            (Expr::Join(by, a), Expr::Join(also_by, b)) => by == also_by && lists(a, b),
            (Expr::Select(index, a), Expr::Select(also, b)) => index == also && value(a, b),
            (Expr::Base64(a), Expr::Base64(b)) => value(a, b),
            (a, b) => a == b,
        }
}

fn objects(one: &Object, two: &Object) -> bool {
    one.len() == two.len() && one.iter().zip(two).all(|((a, x), (b, y))| a == b && value(x, y))
}

fn lists(one: &[Value], two: &[Value]) -> bool {
    one.len() == two.len() && one.iter().zip(two).all(|(a, b)| value(a, b))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{Element, Origin};

    fn resource(entries: &[(&str, i64)]) -> Resource {
        let mut resource = Resource::new("AWS::ECS::Service", Origin::whole(Element::Design));
        let inner: Object = entries.iter().map(|(key, number)| ((*key).to_owned(), (*number).into())).collect();
        resource.set("In", vec![inner.into()]);
        resource
    }

    #[test]
    fn order_is_part_of_how_it_is_written() {
        let one = resource(&[("A", 1), ("B", 2)]);
        assert!(one.is_written_like(&one.clone()));
        assert!(!one.is_written_like(&resource(&[("B", 2), ("A", 1)])));
        assert!(!one.is_written_like(&resource(&[("A", 1), ("B", 3)])));
        assert!(!one.is_written_like(&resource(&[("A", 1)])));
        let stack = |ids: [&str; 2]| {
            let mut stack = Stack::default();
            ids.iter().for_each(|id| _ = stack.resources.insert((*id).to_owned(), one.clone().into()));
            stack
        };
        assert!(stack(["X", "Y"]).is_written_like(&stack(["X", "Y"])));
        assert!(!stack(["X", "Y"]).is_written_like(&stack(["Y", "X"])));
    }

    #[test]
    fn what_has_stayed_is_shared() {
        let stack = |entries: &[(&str, i64)]| {
            let mut stack = Stack::default();
            entries.iter().for_each(|(id, one)| {
                stack.resources.insert((*id).to_owned(), resource(&[("A", *one)]).into());
            });
            stack
        };
        let shared = |one: &Stack, two: &Stack, id: &str| Arc::ptr_eq(&one.resources[id], &two.resources[id]);
        let before = stack(&[("X", 1), ("Y", 2)]);
        let mut same = before.clone();
        same.resources.values_mut().for_each(|it| *it = Arc::new(Resource::clone(it)));
        assert!(!shared(&same, &before, "X"));
        assert!(same.keep_from(&before) && shared(&same, &before, "X") && shared(&same, &before, "Y"));
        let mut other = stack(&[("X", 1), ("Y", 3)]);
        assert!(!other.keep_from(&before) && shared(&other, &before, "X") && !shared(&other, &before, "Y"));
        let mut longer = stack(&[("W", 1), ("X", 1), ("Y", 2)]);
        assert!(!longer.keep_from(&before) && shared(&longer, &before, "Y"));
        assert!(!stack(&[("Y", 2), ("X", 1)]).keep_from(&before));
        assert!(!stack(&[("X", 1)]).keep_from(&before));
    }
}

//! Whether two things are written alike: the same, and in the same order. Plain equality knows no order of entries, so that it
//! passes over what a file shows; and it looks each of them up, where this goes along both.

use crate::{Expr, Object, Resource, Stack, Value};

impl Stack {
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
            ids.iter().for_each(|id| _ = stack.resources.insert((*id).to_owned(), one.clone()));
            stack
        };
        assert!(stack(["X", "Y"]).is_written_like(&stack(["X", "Y"])));
        assert!(!stack(["X", "Y"]).is_written_like(&stack(["Y", "X"])));
    }
}

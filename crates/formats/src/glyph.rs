//! Glyphs of the kinds: our own drawings, one path each, from `public/glyphs/`.

use trazo_model::Kind;

macro_rules! drawings {
    ($kind:expr, $($variant:ident = $file:literal),* $(,)?) => {
        match $kind { $(Kind::$variant => include_str!(concat!("../../../public/glyphs/", $file, ".svg")),)* }
    };
}

fn drawing(kind: Kind) -> &'static str {
    drawings!(
        kind,
        Users = "users",
        HttpApi = "http_api",
        RestApi = "rest_api",
        LoadBalancer = "load_balancer",
        Vpc = "vpc",
        Cluster = "cluster",
        Service = "service",
        TaskDefinition = "task_definition",
        LambdaFunction = "lambda_function",
        EcrRepository = "ecr_repository",
        Role = "role",
        OtherResource = "other_resource",
        Note = "note",
    )
}

/// The path of a kind's glyph, on a square of 24, to be stroked with 1.5; as `<path d>` takes it.
pub fn path(kind: Kind) -> &'static str {
    let drawing = drawing(kind);
    drawing.split_once(" d=\"").and_then(|(_, rest)| rest.split_once('"')).map_or("", |(path, _)| path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_drawn_with_one_path() {
        for kind in Kind::ALL {
            assert!(path(kind).starts_with('M'), "{kind:?}");
        }
    }
}

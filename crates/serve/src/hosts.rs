//! Which hosts are AWS's.

use trazo_calls::Service;

const SUFFIX: &str = ".amazonaws.com";

/// What a host of AWS serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aws {
    /// A service's API, which takes signed requests only.
    Api,
    /// Somebody's API that API Gateway runs, `<id>.execute-api.<region>.amazonaws.com`
    /// (<https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-call-api.html>).
    Execute,
}

/// What this host serves, if it is one of AWS's that Trazo speaks to. Only the exact form is taken: small letters, no port, no
/// dot at the end.
pub fn aws_host(host: &str) -> Option<Aws> {
    if Service::ALL.contains(&Service::Iam) && host == Service::Iam.host("us-east-1") {
        return Some(Aws::Api);
    }
    let rest = host.strip_suffix(SUFFIX)?;
    let (before, region) = rest.rsplit_once('.')?;
    if !is_region(region) {
        return None;
    }
    if let Some(id) = before.strip_suffix(".execute-api") {
        let plain = id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        return (plain && (1..=20).contains(&id.len())).then_some(Aws::Execute);
    }
    Service::ALL.iter().any(|service| service.host(region) == host).then_some(Aws::Api)
}

/// Whether this has the form of a region: `us-east-1`, `ap-southeast-2`, `mx-central-1`.
fn is_region(text: &str) -> bool {
    let mut parts = text.split('-');
    let area = parts.next().unwrap_or_default();
    let number = parts.next_back().unwrap_or_default();
    let middle: Vec<&str> = parts.collect();
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase());
    area.len() == 2
        && letters(area)
        && (1..=2).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && (1..=2).contains(&middle.len())
        && middle.iter().all(|part| (3..=12).contains(&part.len()) && letters(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hosts_of_all_services_are_known() {
        for region in ["us-east-1", "us-west-2", "eu-south-2", "ap-southeast-4", "mx-central-1"] {
            for service in Service::ALL {
                assert_eq!(aws_host(&service.host(region)), Some(Aws::Api), "{service:?} in {region}");
            }
        }
        assert_eq!(aws_host("a1b2c3d4e5.execute-api.us-east-1.amazonaws.com"), Some(Aws::Execute));
    }

    #[test]
    fn no_other_host_passes() {
        for host in [
            "",
            "amazonaws.com",
            ".amazonaws.com",
            "example.com",
            "ecs.us-east-1.amazonaws.com.example.com",
            "ecs.us-east-1.amazonaws.com.",
            "ecs.us-east-1.amazonaws.com:443",
            "ECS.us-east-1.amazonaws.com",
            "user@ecs.us-east-1.amazonaws.com",
            "ecs.us-east-1.amazonaws.com@example.com",
            "ecs.us-east-1.amazonaws.community",
            "ecs.us-east-1.amazonaws.com%2eexample.com",
            "evil.ecs.us-east-1.amazonaws.com",
            "ecs..amazonaws.com",
            "ecs.us-east.amazonaws.com",
            "ecs.us_east_1.amazonaws.com",
            "ec2-3-80-0-1.compute-1.amazonaws.com",
            "bucket.s3.us-east-1.amazonaws.com",
            "s3.us-east-1.amazonaws.com",
            "iam.us-east-1.amazonaws.com.",
            "alb-1.us-east-1.elb.amazonaws.com",
            "a.b.execute-api.us-east-1.amazonaws.com",
            "execute-api.us-east-1.amazonaws.com",
            "A1.execute-api.us-east-1.amazonaws.com",
            ".execute-api.us-east-1.amazonaws.com",
            "127.0.0.1",
            "localhost",
            "169.254.169.254",
            "[::1]",
        ] {
            assert_eq!(aws_host(host), None, "{host}");
        }
    }
}

//! A call as a command line of the AWS CLI.
//!
//! Members that are plain become options; where one is not, or would not come through the shell or the CLI as it is, all of them go
//! as `--cli-input-json`. PowerShell before 7.3 drops double quotes from arguments, so that JSON goes by a file there.

mod quote;

use serde_json::{Map, Value as Json};

use crate::Call;

/// The program that reads a command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shell {
    /// Bash, and any other shell of POSIX.
    Bash,
    /// PowerShell, from 5.1 on.
    PowerShell,
}

/// Options that the CLI has for all commands: a member of such a name would be taken for one.
const GLOBAL: &[&str] =
    &["ca-bundle", "color", "debug", "endpoint-url", "output", "profile", "query", "region", "version"];
/// A command of at most so many characters stands on one line.
const LINE: usize = 100;

/// What stands in a call's input for a variable of the shell: a preview with it gives commands in which `$NAME` is filled in by the
/// shell. The name is of letters, digits and `_`.
pub fn variable(name: &str) -> String {
    format!("{}{name}{}", quote::OPEN, quote::CLOSE)
}

impl Shell {
    /// A text as one word of the shell, whatever is in it; what [`variable`] gave is filled in.
    pub fn word(self, text: &str) -> String {
        quote::word(self, text)
    }
}

impl Call {
    /// The command line that makes the call; `region` where it has to be said.
    pub fn command(&self, shell: Shell, region: Option<&str>) -> String {
        let mut words = vec![format!("aws {} {}", self.service.cli(), kebab(self.operation))];
        if let Some(region) = region {
            words.push(format!("--region {}", quote::word(shell, region)));
        }
        if self.input.is_empty() {
            return line(shell, &words);
        }
        let options: Option<Vec<String>> = self.input.iter().map(|(name, value)| option(shell, name, value)).collect();
        if let Some(options) = options {
            words.extend(options);
            return line(shell, &words);
        }
        let json = pretty(&self.input);
        match shell {
            Shell::Bash => {
                words.push(format!("--cli-input-json {}", quote::word(shell, &json)));
                line(shell, &words)
            }
            Shell::PowerShell => {
                words.push("--cli-input-json \"file://$json\"".to_owned());
                let text = quote::here_string(&json);
                let call = line(shell, &words);
                format!("$json = New-TemporaryFile\n{text} | Set-Content -Encoding ascii $json\n{call}")
            }
        }
    }
}

/// Words on one line, or one a line.
fn line(shell: Shell, words: &[String]) -> String {
    let length: usize = words.iter().map(|word| word.chars().count() + 1).sum();
    if length <= LINE && words.iter().all(|word| !word.contains('\n')) {
        return words.join(" ");
    }
    words.join(match shell {
        Shell::Bash => " \\\n  ",
        Shell::PowerShell => " `\n  ",
    })
}

/// A member as an option; none where it has to go as JSON.
fn option(shell: Shell, name: &str, value: &Json) -> Option<String> {
    let option = kebab(name);
    if GLOBAL.contains(&option.as_str()) {
        return None;
    }
    match value {
        Json::Bool(true) => Some(format!("--{option}")),
        Json::Bool(false) => Some(format!("--no-{option}")),
        Json::Number(number) => Some(format!("--{option} {number}")),
        Json::String(text) => Some(format!("--{option} {}", plain(shell, text)?)),
        Json::Array(items) if !items.is_empty() => {
            let words: Option<Vec<String>> = items
                .iter()
                .map(|item| item.as_str().filter(|text| !text.starts_with('[') && !text.contains(',')))
                .map(|text| plain(shell, text?))
                .collect();
            Some(format!("--{option} {}", words?.join(" ")))
        }
        _ => None,
    }
}

/// Text as a word; none where the CLI would read it otherwise than as itself, or the shell would not hand it on whole.
fn plain(shell: Shell, text: &str) -> Option<String> {
    let read_otherwise =
        ["-", "file://", "fileb://", "http://", "https://"].iter().any(|start| text.starts_with(start));
    let lost = shell == Shell::PowerShell && (text.is_empty() || text.contains(['"', '\\', '\n']));
    (!read_otherwise && !lost).then(|| quote::word(shell, text))
}

fn pretty(input: &Map<String, Json>) -> String {
    serde_json::to_string_pretty(input).unwrap_or_default()
}

/// A name of the API as the CLI writes it: `CreateVpc` is `create-vpc`, `VPCZoneIdentifier` is `vpc-zone-identifier`.
pub fn kebab(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len() + 4);
    for (index, letter) in letters.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| letters[before]);
        // The plural of an acronym is one word with it: `providerARNs` is `provider-arns`.
        let plural =
            index + 2 == letters.len() && letters[index + 1] == 's' && before.is_some_and(|it| it.is_ascii_uppercase());
        let begins = !plural && letters.get(index + 1).is_some_and(char::is_ascii_lowercase);
        let after_small = before.is_some_and(|before| before.is_ascii_lowercase() || before.is_ascii_digit());
        if letter.is_ascii_uppercase() && before.is_some() && (begins || after_small) {
            out.push('-');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Service;

    #[test]
    fn names_of_the_cli() {
        for (name, want) in [
            ("CreateVpc", "create-vpc"),
            ("vpcId", "vpc-id"),
            ("VPCZoneIdentifier", "vpc-zone-identifier"),
            ("CreateDBInstance", "create-db-instance"),
            ("ScalableTargetARN", "scalable-target-arn"),
            ("Ipv6CidrBlock", "ipv6-cidr-block"),
            ("providerARNs", "provider-arns"),
        ] {
            assert_eq!(kebab(name), want);
        }
    }

    #[test]
    fn plain_members_are_options() {
        let call = Call::new(Service::Ecs, "UpdateService")
            .with("cluster", "tienda")
            .with("service", "it's")
            .with("desiredCount", 0)
            .with("forceNewDeployment", true);
        assert_eq!(
            call.command(Shell::Bash, Some("us-east-1")),
            "aws ecs update-service \\\n  --region us-east-1 \\\n  --cluster tienda \\\n  --service 'it'\\''s' \\\n  --desired-count 0 \\\n  --force-new-deployment"
        );
        assert_eq!(
            Call::new(Service::Sts, "GetCallerIdentity").command(Shell::PowerShell, None),
            "aws sts get-caller-identity"
        );
    }

    #[test]
    fn what_is_nested_is_json() {
        let call = Call::new(Service::Ec2, "ModifyVpcAttribute")
            .with("VpcId", variable("VPC"))
            .with("EnableDnsHostnames", json!({ "Value": true }));
        assert_eq!(
            call.command(Shell::Bash, None),
            "aws ec2 modify-vpc-attribute \\\n  --cli-input-json '{\n  \"VpcId\": \"'\"$VPC\"'\",\n  \"EnableDnsHostnames\": {\n    \"Value\": true\n  }\n}'"
        );
        assert_eq!(
            call.command(Shell::PowerShell, None),
            "$json = New-TemporaryFile\n@\"\n{\n  \"VpcId\": \"${VPC}\",\n  \"EnableDnsHostnames\": {\n    \"Value\": true\n  }\n}\n\"@ | Set-Content -Encoding ascii $json\naws ec2 modify-vpc-attribute --cli-input-json \"file://$json\""
        );
    }

    #[test]
    fn powershell_keeps_quotes_and_signs() {
        for (text, want) in [
            ("web", "--name web"),
            ("a b", "--name 'a b'"),
            ("it’s", "--name 'it’’s'"),
            ("$x", "--name '$x'"),
            ("", "@'"),
            ("a\"b", "@'"),
            ("-x", "@'"),
        ] {
            let command = Call::new(Service::Elbv2, "X").with("Name", text).command(Shell::PowerShell, None);
            assert!(command.contains(want), "{command}");
        }
        let name = format!("a-{}$", variable("X"));
        let command = Call::new(Service::Elbv2, "X").with("Name", name).command(Shell::PowerShell, None);
        assert!(command.ends_with("--name \"a-${X}`$\""), "{command}");
        let json = Call::new(Service::Elbv2, "X").with("Tags", json!([{ "Key": "año" }]));
        assert!(json.command(Shell::PowerShell, None).contains("a\\u00f1o"));
    }
}

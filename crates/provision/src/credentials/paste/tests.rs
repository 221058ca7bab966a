use proptest::prelude::*;

use super::*;

const ID: &str = "ASIAQWERTYUIOPASDFGH";
const LONG_ID: &str = "AKIAQWERTYUIOPASDFGH";
const OTHER_ID: &str = "ASIAZXCVBNMLKJHGFDSA";
const SECRET: &str = "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";
const OTHER_SECRET: &str = "je7MtGbClwBF/2Zp9Utk+h3yCo8nvbzzzzzzzKEY";
const END: u64 = 1_753_963_200_000;

/// A token as long as real ones are, with all that base64 has.
fn token() -> String {
    format!("IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJ+{}Qw==", "Ab9+/z".repeat(50)).replace('_', "x")
}

fn one(text: &str) -> Pasted {
    match paste(text).as_deref() {
        Ok([one]) => one.clone(),
        other => panic!("{other:?} for\n{text}"),
    }
}

fn fault(text: &str) -> Fault {
    paste(text).unwrap_err().fault
}

/// Fills in the parts and reads the text.
fn filled(form: &str) -> String {
    form.replace("{id}", ID).replace("{secret}", SECRET).replace("{token}", &token())
}

/// A form: name, text, region, profile, whether the end stands in it.
type Form = (&'static str, &'static str, Option<&'static str>, Option<&'static str>, bool);

/// All forms.
#[rustfmt::skip]
const FORMS: &[Form] = &[
    ("learner lab", "[default]\naws_access_key_id={id}\naws_secret_access_key={secret}\naws_session_token={token}\n", None, Some("default"), false),
    ("credentials file", "[work]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\naws_session_token = {token}\nregion = eu-west-1\nx_security_token_expires = 2025-07-31T14:00:00+02:00\n", Some("eu-west-1"), Some("work"), true),
    ("sh", "export AWS_ACCESS_KEY_ID={id}\nexport AWS_SECRET_ACCESS_KEY={secret}\nexport AWS_SESSION_TOKEN={token}\nexport AWS_CREDENTIAL_EXPIRATION=2025-07-31T12:00:00+00:00\n", None, None, true),
    ("sh in one line", "export AWS_ACCESS_KEY_ID={id} AWS_SECRET_ACCESS_KEY='{secret}' AWS_SESSION_TOKEN=\"{token}\" AWS_REGION=us-west-2", Some("us-west-2"), None, false),
    ("env-no-export", "AWS_ACCESS_KEY_ID={id}\nAWS_SECRET_ACCESS_KEY={secret}\nAWS_SESSION_TOKEN={token}\nAWS_DEFAULT_REGION=us-east-1\n", Some("us-east-1"), None, false),
    ("fish", "set -gx AWS_ACCESS_KEY_ID {id}\nset -gx AWS_SECRET_ACCESS_KEY {secret}\nset -gx AWS_SESSION_TOKEN {token}\nset -gx AWS_CREDENTIAL_EXPIRATION 2025-07-31T12:00:00Z\n", None, None, true),
    ("fish, another way", "set -x AWS_ACCESS_KEY_ID '{id}'; set -x AWS_SECRET_ACCESS_KEY '{secret}'; set -x AWS_SESSION_TOKEN '{token}';", None, None, false),
    ("PowerShell", "$Env:AWS_ACCESS_KEY_ID=\"{id}\"\n$Env:AWS_SECRET_ACCESS_KEY=\"{secret}\"\n$Env:AWS_SESSION_TOKEN=\"{token}\"\n$Env:AWS_CREDENTIAL_EXPIRATION=\"2025-07-31T12:00:00+00:00\"", None, None, true),
    ("PowerShell with a prompt", "PS C:\\Users\\new> $Env:AWS_ACCESS_KEY_ID = \"{id}\"\nPS C:\\Users\\new> $Env:AWS_SECRET_ACCESS_KEY = \"{secret}\"\nPS C:\\Users\\new> $Env:AWS_SESSION_TOKEN = \"{token}\"", None, None, false),
    ("cmd", "set AWS_ACCESS_KEY_ID={id}\nset AWS_SECRET_ACCESS_KEY={secret}\nset AWS_SESSION_TOKEN={token}\nset AWS_CREDENTIAL_EXPIRATION=2025-07-31T12:00:00+00:00", None, None, true),
    ("cmd in one line", "C:\\repos>SET \"AWS_ACCESS_KEY_ID={id}\"&& SET AWS_SECRET_ACCESS_KEY={secret}&&SET AWS_SESSION_TOKEN={token}&", None, None, false),
    ("export-credentials", "{\n  \"Version\": 1,\n  \"AccessKeyId\": \"{id}\",\n  \"SecretAccessKey\": \"{secret}\",\n  \"SessionToken\": \"{token}\",\n  \"Expiration\": \"2025-07-31T12:00:00+00:00\"\n}", None, None, true),
    ("STS", "{\"Credentials\": {\"AccessKeyId\": \"{id}\", \"SecretAccessKey\": \"{secret}\", \"SessionToken\": \"{token}\", \"Expiration\": \"2025-07-31T12:00:00Z\"}, \"AssumedRoleUser\": {\"AssumedRoleId\": \"AROAQWERTYUIOPASDFGHJ:me\", \"Arn\": \"arn:aws:sts::123456789012:assumed-role/one/me\"}}", None, None, true),
    ("SSO", "{\"roleCredentials\":{\"accessKeyId\":\"{id}\",\"secretAccessKey\":\"{secret}\",\"sessionToken\":\"{token}\",\"expiration\":1753963200000}}", None, None, true),
    ("STS as the API answers", "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><Credentials>\n<AccessKeyId>{id}</AccessKeyId>\n<SecretAccessKey>{secret}</SecretAccessKey>\n<SessionToken>{token}</SessionToken>\n<Expiration>2025-07-31T12:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>", None, None, true),
    ("YAML", "Credentials:\n  AccessKeyId: {id}\n  Expiration: '2025-07-31T12:00:00+00:00'\n  SecretAccessKey: {secret}\n  SessionToken: {token}\n", None, None, true),
    ("text", "CREDENTIALS\t{id}\t2025-07-31T12:00:00+00:00\t{secret}\t{token}\n", None, None, false),
    ("table", "|  AccessKeyId      |  {id}  |\n|  SecretAccessKey  |  {secret}  |\n|  SessionToken     |  {token}  |\n", None, None, false),
    ("Identity Center, 1", "export AWS_ACCESS_KEY_ID=\"{id}\"\nexport AWS_SECRET_ACCESS_KEY=\"{secret}\"\nexport AWS_SESSION_TOKEN=\"{token}\"", None, None, false),
    ("Identity Center, 2", "[123456789012_PowerUserAccess]\naws_access_key_id={id}\naws_secret_access_key={secret}\naws_session_token={token}", None, Some("123456789012_PowerUserAccess"), false),
    ("Identity Center, 3", "AWS access key ID\n{id}\nAWS secret access key\n{secret}\nAWS session token\n{token}", None, None, false),
    ("the portal in Spanish", "ID de clave de acceso de AWS\n{id}\nClave de acceso secreta de AWS\n{secret}\nToken de sesión de AWS\n{token}", None, None, false),
    ("values alone", "{id}\n{secret}\n{token}", None, None, false),
    ("values in one line", "{id} {secret} {token}", None, None, false),
    ("labels", "Access key ID: {id}\nSecret access key: {secret}\nSession token: {token}\nRegion: us-west-2", Some("us-west-2"), None, false),
    ("in a sentence", "Buenos días: copia esto en ~/.aws/credentials, donde van el access key ID y el secret access key de la región us-east-1.\n\n```ini\n[default]\naws_access_key_id={id}\naws_secret_access_key={secret}\naws_session_token={token}\n```\n\nUn saludo", None, Some("default"), false),
    ("comments", "# del laboratorio\n[default] \n; aws_access_key_id = ASIAOLDOLDOLDOLDOLDO\n#aws_secret_access_key=old\naws_access_key_id = {id} # mine\naws_secret_access_key = {secret}\naws_session_token = {token}", None, Some("default"), false),
    ("prompt of root", "# export AWS_ACCESS_KEY_ID={id}\n# export AWS_SECRET_ACCESS_KEY={secret}\n# export AWS_SESSION_TOKEN={token}", None, None, false),
    ("both names of the token", "[default]\naws_access_key_id={id}\naws_secret_access_key={secret}\naws_security_token={token}\naws_session_token={token}", None, Some("default"), false),
    ("config beside credentials", "[profile lab]\nregion = us-west-2\noutput = json\n[lab]\naws_access_key_id={id}\naws_secret_access_key={secret}\naws_session_token={token}", Some("us-west-2"), Some("lab"), false),
    ("region first", "export AWS_REGION=us-west-2\n[default]\naws_access_key_id={id}\naws_secret_access_key={secret}\naws_session_token={token}", Some("us-west-2"), Some("default"), false),
    ("docker", "docker run -e AWS_ACCESS_KEY_ID={id} -e AWS_SECRET_ACCESS_KEY={secret} -e AWS_SESSION_TOKEN={token} -e AWS_REGION=us-east-1 amazon/aws-cli", Some("us-east-1"), None, false),
    ("aws configure set", "aws configure set aws_access_key_id {id}\naws configure set aws_secret_access_key {secret}\naws configure set aws_session_token {token}\naws configure set region us-east-1", Some("us-east-1"), None, false),
    ("Python", "os.environ['AWS_ACCESS_KEY_ID'] = '{id}'\nos.environ[\"AWS_SECRET_ACCESS_KEY\"] = \"{secret}\"\nos.environ['AWS_SESSION_TOKEN'] = '{token}'", None, None, false),
    ("in a mail", "> aws_access_key_id={id}\n> aws_secret_access_key={secret}\n> aws_session_token={token}", None, None, false),
];

#[test]
fn every_form_is_understood() {
    for &(name, form, region, profile, ends) in FORMS {
        let text = filled(form);
        for text in
            [text.clone(), text.replace('\n', "\r\n"), text.replace(' ', "\u{a0}"), format!("\u{feff}{text}\u{200b}")]
        {
            let got = one(&text);
            assert_eq!(got.credentials.access_key_id, ID, "{name}");
            assert_eq!(got.credentials.secret_access_key.reveal(), SECRET, "{name}");
            assert_eq!(got.credentials.session_token.as_ref().map(Secret::reveal), Some(token().as_str()), "{name}");
            assert_eq!(got.region.as_deref(), region, "{name}");
            assert_eq!(got.profile.as_deref(), profile, "{name}");
            assert_eq!(got.credentials.expires, ends.then_some(END), "{name}");
        }
    }
}

#[test]
fn quotes_of_any_kind_are_passed_over() {
    let plain = filled(
        "export AWS_ACCESS_KEY_ID='{id}'\nexport AWS_SECRET_ACCESS_KEY='{secret}'\nexport AWS_SESSION_TOKEN='{token}'",
    );
    for quotes in ["\"\"", "“”", "‘’", "«»", "``"] {
        let mut marks = quotes.chars().cycle();
        let text: String = plain.chars().map(|one| if one == '\'' { marks.next().unwrap() } else { one }).collect();
        assert_eq!(one(&text), one(&plain), "{quotes}");
    }
}

#[test]
fn json_may_escape_what_base64_has() {
    let text = filled(r#"{"AccessKeyId":"{id}","SecretAccessKey":"{secret}","SessionToken":"{token}"}"#);
    for (mark, escaped) in [("/", r"\/"), ("+", r"\u002B"), ("=", r"\u003d")] {
        assert_eq!(one(&text.replace(mark, escaped)), one(&text));
    }
}

#[test]
fn a_token_that_was_broken_into_lines_is_joined() {
    let plain = filled("[default]\naws_access_key_id={id}\naws_secret_access_key={secret}\naws_session_token={token}");
    let (start, value) = plain.split_at(plain.find("aws_session_token=").unwrap());
    for width in [60, 76, 120] {
        for end in ["\n", "\r\n", "\\\n", "\n> "] {
            let broken: Vec<String> =
                value.as_bytes().chunks(width).map(|part| String::from_utf8_lossy(part).into()).collect();
            let got = one(&format!("{start}{}\nregion=us-east-1", broken.join(end)));
            assert_eq!(got.credentials.session_token.unwrap().reveal(), token(), "{width} {end:?}");
            assert_eq!(got.region.as_deref(), Some("us-east-1"));
        }
    }
}

#[test]
fn of_several_profiles_the_person_chooses() {
    let two = filled(
        "[default]\naws_access_key_id={id}\naws_secret_access_key={secret}\naws_session_token={token}\n\n[admin]\n",
    ) + &format!(
        "aws_access_key_id={LONG_ID}\naws_secret_access_key={OTHER_SECRET}\nregion=eu-south-2\n[half]\naws_access_key_id={OTHER_ID}\n"
    );
    let got = paste(&two).unwrap();
    let shown: Vec<_> = got
        .iter()
        .map(|one| (one.profile.as_deref(), one.credentials.short_id(), one.credentials.is_long_term()))
        .collect();
    assert_eq!(
        shown,
        [(Some("default"), "ASIA…DFGH".to_owned(), false), (Some("admin"), "AKIA…DFGH".to_owned(), true)]
    );
    assert_eq!(got[1].region.as_deref(), Some("eu-south-2"));
    assert_eq!(got[1].credentials.session_token, None);
}

#[test]
fn keys_without_profiles_are_told_apart() {
    let lines = filled(
        "export AWS_ACCESS_KEY_ID={id}\nexport AWS_SECRET_ACCESS_KEY={secret}\nexport AWS_SESSION_TOKEN={token}\n",
    );
    let other = lines.replace(ID, OTHER_ID).replace(SECRET, OTHER_SECRET);
    let ids: Vec<_> = paste(&format!("{lines}{other}{lines}"))
        .unwrap()
        .into_iter()
        .map(|one| one.credentials.access_key_id)
        .collect();
    assert_eq!(ids, [ID, OTHER_ID], "what is there twice is one");
}

#[test]
fn what_is_missing_or_wrong_is_told() {
    let lab = filled("[default]\naws_access_key_id={id}\naws_secret_access_key={secret}\naws_session_token={token}\n");
    let cut = |name: &str| lab.lines().filter(|line| !line.starts_with(name)).collect::<Vec<_>>().join("\n");
    let cases = [
        (String::new(), Fault::Empty),
        (" \u{200b}\r\n\u{a0}".to_owned(), Fault::Empty),
        ("hola".to_owned(), Fault::Nothing),
        ("[default]\naws_access_key_id=\naws_secret_access_key=\naws_session_token=\n".to_owned(), Fault::Nothing),
        ("9235c74a81cbe3b3e4bd8ebf94663bcb8e3aabbc".to_owned(), Fault::Nothing),
        (cut("aws_access_key_id"), Fault::NoId),
        (cut("aws_secret"), Fault::NoSecret),
        (cut("aws_session"), Fault::NoToken),
        (lab.replace(ID, &ID[..19]), Fault::Id),
        (lab.replace(ID, &ID.to_lowercase()), Fault::Id),
        (lab.replace(ID, "AROAQWERTYUIOPASDFGHJ"), Fault::NotAKey),
        (lab.replace(SECRET, &SECRET[..31]), Fault::SecretLength(31)),
        (lab.replace(SECRET, "ñ"), Fault::SecretLength(1)),
        (lab.replace(SECRET, &"•".repeat(40)), Fault::SecretCharacters),
        (lab.replace(&token(), "IQoJb3JpZ2lu…"), Fault::TokenCharacters),
        (lab.replace(&token(), "$TOKEN"), Fault::TokenCharacters),
        (lab.replace(ID, LONG_ID), Fault::TokenOfAnother),
        (lab[..lab.find(SECRET).unwrap() + 12].to_owned(), Fault::SecretLength(12)),
        ("set -gx AWS_ACCESS_KEY_ID nothing".to_owned(), Fault::Id),
    ];
    for (text, expected) in cases {
        assert_eq!(fault(&text), expected, "{text}");
    }
    assert_eq!(paste(&cut("aws_secret")).unwrap_err().profile.as_deref(), Some("default"));
}

#[test]
fn a_better_value_takes_the_place_of_a_placeholder() {
    let text = filled(
        "aws_access_key_id = <your key>\naws_secret_access_key=YOUR_SECRET\naws_session_token=<token>\n{id}\n{secret}\n{token}",
    );
    assert_eq!(one(&text).credentials.secret_access_key.reveal(), SECRET);
}

#[test]
fn nothing_shows_the_secret() {
    let text = filled("[default]\naws_access_key_id={id}\naws_secret_access_key={secret}\naws_session_token={token}");
    let got = paste(&text);
    let broken = [SECRET, &token(), ID].map(|part| paste(&text.replace(part, &part[1..])));
    let mut shown = vec![format!("{got:?} {:#?}", got.as_ref().unwrap())];
    for result in &broken {
        let error = result.as_ref().err().map(|error| format!("{error} {error:?}"));
        shown.push(format!("{result:?} {error:?}"));
    }
    for text in shown {
        for hidden in [&SECRET[1..20], &token()[1..30], &ID[5..15]] {
            assert!(!text.contains(hidden), "{text}");
        }
    }
}

#[test]
fn every_fault_has_a_key_of_its_own() {
    let mut keys: Vec<_> = Fault::ALL.iter().map(|fault| fault.key()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), Fault::ALL.len());
}

/// Scraps of which texts are made that come near to real ones.
fn scraps() -> impl Strategy<Value = String> {
    let words = [
        ID,
        OTHER_ID,
        LONG_ID,
        SECRET,
        OTHER_SECRET,
        "aws_access_key_id",
        "AWS_SECRET_ACCESS_KEY",
        "SessionToken",
        "Expiration",
        "region",
        "=",
        ":",
        " ",
        "\n",
        "\r",
        "\"",
        "'",
        "[default]",
        "[",
        "]",
        "{",
        "}",
        ",",
        "export ",
        "set ",
        "$Env:",
        "\\",
        "\\u00",
        "\u{a0}",
        "\u{200b}",
        "# ",
        "ñ",
        "…",
        "us-east-1",
        "2025-07-31T12:00:00Z",
        "+",
        "/",
        "<",
        ">",
    ];
    proptest::collection::vec(proptest::sample::select(words.to_vec()), 0..40).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn any_text_gets_an_answer(text in any::<String>()) {
        let _ = paste(&text);
    }

    #[test]
    fn texts_near_to_real_ones_get_an_answer_that_can_be_used(text in scraps()) {
        for pasted in paste(&text).unwrap_or_default() {
            prop_assert_eq!(pasted.credentials.access_key_id.len(), 20);
            prop_assert_eq!(pasted.credentials.secret_access_key.reveal().len(), 40);
        }
    }

    #[test]
    fn a_text_that_is_cut_anywhere_gets_an_answer(form in 0..FORMS.len(), from in 0_usize..900, to in 0_usize..900) {
        let text = filled(FORMS[form].1);
        let part: String = text.chars().skip(from).take(to).collect();
        let _ = paste(&part);
    }
}

#[test]
fn a_text_that_is_far_too_long_is_refused_at_once() {
    let long = "a-".repeat(4 << 20);
    let begun = std::time::Instant::now();
    assert_eq!(paste(&long).unwrap_err().fault, Fault::TooLong);
    assert!(begun.elapsed() < std::time::Duration::from_secs(5));
}

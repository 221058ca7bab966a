//! What the journal holds: one record before each call, one after it.
//!
//! A record never holds what was asked, since that may be large and is made anew from the design; it holds what cannot be made
//! anew: that it was asked, and the ids that AWS gave. Neither credentials nor values that AWS makes up as secrets (keys of APIs)
//! come in.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

/// What a record tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A deployment begins; `given` holds what its [`Head`](super::Head) says.
    Began,
    /// A call is about to go out. Whoever finds no outcome after it has to ask AWS whether it was done.
    Asks,
    /// The call was done; `given` holds the ids that AWS gave.
    Answered,
    /// AWS refused the call: it was not done.
    Refused,
    /// Nobody knows whether the call was done: no answer, or none that can be read.
    Unsure,
    /// It was looked up that the call had not been done.
    Absent,
    /// What was begun elsewhere is known from here on.
    Surveyed,
    /// What had to be waited for is there; `given` holds what only showed then.
    Ready,
    /// What the step made is about to be taken away.
    Removes,
    /// What the step made is no longer there.
    Gone,
    /// Nothing is left of the deployment.
    Ended,
}

/// One line of the journal. The numbers of a deployment begin at 0 and have no gaps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The deployment.
    pub deployment: String,
    /// Its place in the journal of the deployment.
    pub number: u32,
    /// When it was written, in milliseconds since 1970, by the machine's clock.
    pub at: u64,
    /// The tab that wrote it.
    pub tab: String,
    /// What it tells.
    pub what: What,
    /// The step, by its id. Empty where the whole deployment is meant.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub step: String,
    /// The operation (`ecs CreateCluster`).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub operation: String,
    /// The code of the error where AWS refused. Its words are not kept: those about a wrong signature repeat what was signed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// What is learned: ids that AWS gave.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub given: Map<String, Json>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_comes_back_as_it_was_written() {
        let mut given = Map::new();
        given.insert("Ref".into(), "vpc-1".into());
        let record = Record {
            deployment: "d1".into(),
            number: 3,
            at: 17,
            tab: "t".into(),
            what: What::Answered,
            step: "RedVpc".into(),
            operation: "ec2 CreateVpc".into(),
            code: String::new(),
            given,
        };
        let text = serde_json::to_string(&record).unwrap();
        assert!(text.contains(r#""what":"answered""#), "{text}");
        assert_eq!(serde_json::from_str::<Record>(&text).unwrap(), record);
    }
}

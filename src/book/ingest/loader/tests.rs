use super::*;

/// The intake of a text in chunks of this length, and the most bytes that were held in between.
fn in_chunks(text: &str, len: usize) -> (Intake, usize) {
    let mut loader = Loader::detecting(Some("leads.json"));
    let mut most = 0;
    for chunk in text.as_bytes().chunks(len) {
        loader.push(chunk);
        most = most.max(loader.pending.len());
    }
    (loader.finish(), most)
}

/// Leads of about 1,100 bytes each.
fn leads(count: usize) -> String {
    let lead = |nth: usize| format!(r#"{{"id":"L-{nth}","fields":{{"note":"{}"}}}}"#, "x".repeat(1_000));
    (0..count).map(lead).collect::<Vec<_>>().join(",\n")
}

#[test]
fn a_lead_file_is_never_held_as_a_whole_whatever_stands_before_its_list() {
    let leads = leads(2_000);
    for before in [
        "",
        r#""version":3,"#,
        r#""made":{"by":"us","leads":[1,2]},"#,
        r#""comment":"leads: [","#,
        r#""reps":7,"content":null,"#,
    ] {
        let text = format!("{{ {before}\"leads\":[{leads}]}}");
        let (intake, most) = in_chunks(&text, 1 << 12);
        assert_eq!(intake.accepted, 2_000, "{before}: {:?}", intake.refused);
        assert!(most < 20_000, "{before}: {most} bytes of {}", text.len());
    }
}

#[test]
fn an_object_is_read_alike_in_any_chunks() {
    for text in [
        r#"{"version":3,"leads":[{"id":"a"},{"id":"b"}],"more":1}"#,
        r#"{"id":"a","stage":"interest"}"#,
        "{\"id\":\"a\"}\n\n ",
        "{\"id\":\"a\"}\n\n {\"id\":\"b\"}",
        "[\r{\"id\":\"a\"},\r\r{\"id\":\"a\"},\r\n{\"id\":\"a\"}]\r",
        r#"{"id":"a","reps":7}"#,
        r#"{"id":"a","leads" : 7}"#,
        r#"{"id":"a","reps":[{"id":"kim","zone":"UTC"}],"leads":[{"id":"b"}]}"#,
        r#"{"version":3,"leads":[{"id":"a"}"#,
        r#"{"version":3,"le"#,
        r#"{"id":"a","stage"#,
        r#"{"id":"a"]"#,
        r#"{"a\"leads":[1],"id":"a"}"#,
    ] {
        let told = |intake: &Intake| format!("{} {:?}", intake.accepted, intake.refused);
        let (whole, _) = in_chunks(text, text.len());
        for len in 1..text.len() {
            assert_eq!(told(&in_chunks(text, len).0), told(&whole), "{text} in chunks of {len}");
        }
    }
}

//! `/-/hooks/mail/…`: what mail services tell. Whether it is carried out is tested in `app`.

use reqwest::{Client, StatusCode};
use testkit::{Anon, Backend, TestNewsroom, back};

async fn post(anon: &Anon, path: &str, password: Option<&str>, body: Vec<u8>) -> StatusCode {
    let mut request = Client::new().post(format!("{}{path}", anon.address)).body(body);
    if let Some(password) = password {
        request = request.basic_auth("masthead", Some(password));
    }
    request.send().await.unwrap().status()
}

#[tokio::test(flavor = "multi_thread")]
async fn services_are_told_whether_they_were_heard() {
    let (_newsroom, anon) = TestNewsroom::new(Backend::Sqlite).await.unwrap();
    let said = br#"{"RecordType":"Delivery","Metadata":{}}"#.to_vec();
    let secret = Some(back::POSTMARK_SECRET);
    let in_path = format!("/-/hooks/mail/postmark/{}", back::POSTMARK_SECRET);
    for (path, password, body, status) in [
        ("/-/hooks/mail/postmark", secret, said.clone(), 200),
        (in_path.as_str(), None, said.clone(), 200),
        ("/-/hooks/mail/postmark", Some("guessed"), said.clone(), 403),
        ("/-/hooks/mail/postmark/guessed", None, said.clone(), 403),
        ("/-/hooks/mail/postmark", secret, b"no JSON".to_vec(), 403),
        ("/-/hooks/mail/mailgun", None, said.clone(), 406),
        ("/-/hooks/mail/ses", None, said.clone(), 403),
        ("/-/hooks/mail/sendgrid", None, said.clone(), 404),
        ("/-/hooks/mail/postmark", secret, vec![b' '; (1 << 20) + 1], 413),
        ("/-/hooks/other", None, said, 405),
    ] {
        assert_eq!(post(&anon, path, password, body).await.as_u16(), status, "{path} {password:?}");
    }
    assert_eq!(anon.get("/-/hooks/mail/ses").await.status, 405, "nothing is read there");
}

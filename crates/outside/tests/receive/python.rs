//! The listener, as Python's `smtplib` speaks to it.

use std::process::Command;

use outside::receive::Protocol;

use crate::{TOKEN, Taker, listening};

/// Brings a mail by LMTP, by SMTP, and by SMTP under TLS; prints what was answered.
const SCRIPT: &str = r#"
import smtplib, ssl, sys
lmtp, smtp, certificate, to = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
mail = "Subject: Undelivered\nFrom: MAILER-DAEMON@mx.reader.example\n\n.dots\n..and more\n"
with smtplib.LMTP("127.0.0.1", lmtp) as client:
    refused = client.sendmail("", [to, "victim@victim.example"], mail)
    print("lmtp", {who: code for who, (code, _) in refused.items()})
with smtplib.SMTP("127.0.0.1", smtp) as client:
    try:
        client.sendmail("", ["victim@victim.example"], mail)
    except smtplib.SMTPRecipientsRefused as refused:
        print("refused", list(refused.recipients.values())[0][0])
    print("features", sorted(client.esmtp_features))
    try:
        client.login("admin", "secret")
    except smtplib.SMTPNotSupportedError:
        print("no login")
with smtplib.SMTP("localhost", smtp) as client:
    client.starttls(context=ssl.create_default_context(cafile=certificate))
    client.ehlo()
    print("encrypted", "starttls" in client.esmtp_features)
    print("taken", client.sendmail("", [to], mail))
"#;

#[tokio::test(flavor = "multi_thread")]
async fn python_brings_mails_by_lmtp_and_by_smtp_with_and_without_encryption() {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let (certificate, key) = (made.cert.pem(), made.signing_key.serialize_pem());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cert.pem");
    std::fs::write(&file, &certificate).unwrap();
    let taker = Taker::new();
    let lmtp = listening(Protocol::Lmtp, &taker, None).await;
    let smtp = listening(Protocol::Smtp, &taker, Some((&certificate, &key))).await;
    let to = format!("b-{TOKEN}@bounces.news.example");
    let output = tokio::task::spawn_blocking(move || {
        Command::new("python3")
            .args(["-c", SCRIPT, &lmtp.to_string(), &smtp.to_string(), &file.display().to_string(), &to])
            .output()
            .unwrap()
    });
    let output = output.await.unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(
        said.lines().collect::<Vec<_>>(),
        [
            "lmtp {'victim@victim.example': 550}",
            "refused 550",
            "features ['8bitmime', 'enhancedstatuscodes', 'pipelining', 'size', 'starttls']",
            "no login",
            "encrypted False",
            "taken {}",
        ]
    );
    let took = taker.took();
    assert_eq!(took.len(), 2);
    assert!(took.iter().all(|took| took.empty_sender));
    assert!(took[0].bytes.ends_with(b"\r\n\r\n.dots\r\n..and more\r\n"), "{}", String::from_utf8_lossy(&took[0].bytes));
}

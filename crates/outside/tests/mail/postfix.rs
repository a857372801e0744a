//! Through a real postfix: what arrives behind it is what was sent, and its signatures hold.

use outside::mail::{Class, Outcome, Priority, Relay};
use testkit::{
    Smtp,
    postfix::{Next, Postfix},
};

use crate::dkim::{BOTH, signer, verified};
use crate::letters::{READER, Texts};
use crate::relays::{MAIL, pool_of, to};

#[tokio::test]
async fn mails_arrive_through_postfix_with_every_signature_whole() {
    let mailbox = Smtp::start().await.unwrap();
    let next = mailbox.address.rsplit(':').next().unwrap().parse().unwrap();
    let Some(postfix) = Postfix::start(Next::Smtp(next)).unwrap() else { return };
    let relay = Relay::new("postfix", &format!("smtp://127.0.0.1:{}", postfix.port)).unwrap();
    let pool = pool_of(vec![relay]);
    let (signer, records) = signer(&BOTH, &[]);
    let mut sent = Vec::new();
    for texts in [Texts::english(), Texts::russian(), Texts::persian()] {
        let mut mail = Vec::new();
        texts.template().copy(&READER, &signer, &mut mail).unwrap();
        let outcome = pool.send(&to(READER.to), &mail, Priority::List).await;
        assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
        sent.push(mail);
    }
    let arrived = mailbox.wait_for(3).await.unwrap_or_else(|error| panic!("{error}: {}", postfix.log()));
    for mail in &arrived {
        assert_eq!((mail.from.as_str(), mail.to.as_str()), ("b.1@bounce.news.example", READER.to));
        assert!(mail.header("List-Unsubscribe").contains(READER.unsubscribe));
        assert_eq!(verified(&mail.bytes, &records).await, (2, 2));
        let before = sent.iter().filter(|before| mail.bytes.ends_with(before)).count();
        assert_eq!(before, 1, "postfix changed more than it adds on top");
    }
}

#[tokio::test]
async fn postfix_is_understood_when_it_refuses() {
    let Some(postfix) = Postfix::start(Next::Smtp(9)).unwrap() else { return };
    let relay = Relay::new("postfix", &format!("smtp://127.0.0.1:{}", postfix.port)).unwrap();
    let pool = pool_of(vec![relay]);
    for (reader, refused) in
        [("gone@mail.example.org", true), ("later@mail.example.org", false), ("gone@x.example", true)]
    {
        let outcome = pool.send(&to(reader), MAIL, Priority::Personal).await;
        let (reply, class, refused_is) = match outcome {
            Outcome::Refused { reply, class } => (reply, class, true),
            Outcome::Deferred { reply, class, .. } => (reply, class, false),
            other => panic!("{other:?}"),
        };
        assert_eq!(refused_is, refused);
        assert!(matches!(class, Class::Mailbox | Class::Slow), "{class:?}");
        let said = reply.to_string();
        assert!(!said.contains("example") && !said.contains("gone") && said.contains("rejected"), "{said}");
    }
    // One transaction after the other on one connection, each begun anew.
    assert_eq!(pool.status()[0].open, 1);
    assert!(matches!(
        pool.send(&to("jane@mail.example.org"), MAIL, Priority::Personal).await,
        Outcome::Accepted { .. }
    ));
}

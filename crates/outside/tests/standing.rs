//! How mail stands with others, asked of a real name server that knows what each test tells it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says where")]

use std::net::IpAddr;

use outside::{
    dns::{Dns, Resolver},
    mail::Relay,
    standing::{DkimRecord, Finding, Grade, Returns, Setup, Spf, check_host, examine},
};
use testkit::{Smtp, dns::DnsServer};

const KEY: &str = "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA";

/// Everything as it should be.
const GOOD: &str = "
    news.example TXT something-else=1
    news.example MX mail.news.example
    news.example A 198.51.100.9
    bounces.news.example TXT v=spf1 ip4:8.8.4.4 include:amazonses.com -all
    bounces.news.example MX mail.news.example
    mail.news.example A 8.8.4.4
    8.8.4.4 PTR mail.news.example
    m2026._domainkey.news.example TXT v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOC AQ8AMIIBCgKCAQEA
    _dmarc.news.example TXT v=DMARC1; p=quarantine; rua=mailto:dmarc@news.example
    amazonses.com TXT v=spf1 ip4:199.255.192.0/22 -all
";

/// Host and port of a server.
fn at(server: &Smtp) -> &str {
    server.address.rsplit("//").next().unwrap()
}

async fn setup(relay: &Smtp) -> Setup {
    let relay = Relay::new("own", &format!("smtp://{}", at(relay))).unwrap();
    Setup {
        senders: vec!["news.example".to_owned()],
        bounce_domain: Some("bounces.news.example".to_owned()),
        returns: Returns { lmtp: true, ..Returns::default() },
        dkim: vec![DkimRecord {
            domain: "news.example".to_owned(),
            selector: "m2026".to_owned(),
            value: KEY.to_owned(),
        }],
        relays: vec![relay],
        hello: "mail.news.example".to_owned(),
    }
}

async fn findings(server: &DnsServer, setup: &Setup) -> Vec<Finding> {
    examine(&Resolver::at(server.address).unwrap(), setup).await
}

fn bad(findings: &[Finding]) -> Vec<&Finding> {
    findings.iter().filter(|finding| finding.grade != Grade::Good).collect()
}

#[tokio::test]
async fn a_newsroom_whose_records_are_right_is_told_so() {
    let (server, relay) = (DnsServer::start().await.unwrap().with(GOOD), Smtp::start().await.unwrap());
    let found = findings(&server, &setup(&relay).await).await;
    assert_eq!(bad(&found), Vec::<&Finding>::new());
    let text = found.iter().map(|finding| finding.what.as_str()).collect::<Vec<_>>().join("\n");
    for part in ["SPF", "DKIM", "DMARC", "(PTR)", "relay own answers", "taken by mail.news.example"] {
        assert!(text.contains(part), "{part} is not spoken of:\n{text}");
    }
}

/// What one change in the records leads to: a grade, a part of what is said, and a part of what to do.
async fn one_wrong(name: &str, zone: &str, grade: Grade, what: &str, todo: &str) {
    let (server, relay) = (DnsServer::start().await.unwrap().with(GOOD), Smtp::start().await.unwrap());
    let server = server.instead(name, zone);
    let found = findings(&server, &setup(&relay).await).await;
    let finding = bad(&found).into_iter().find(|finding| finding.what.contains(what));
    let Some(finding) = finding else { panic!("nothing says `{what}`: {found:?}") };
    assert_eq!(finding.grade, grade, "{finding:?}");
    assert!(finding.todo.contains(todo), "`{todo}` is not in {}", finding.todo);
}

#[tokio::test]
async fn spf_says_which_line_to_paste() {
    let bounces = "bounces.news.example";
    let mx = "bounces.news.example MX mail.news.example";
    let line = "bounces.news.example. IN TXT \"v=spf1 ip4:8.8.4.4 -all\"";
    one_wrong(bounces, mx, Grade::Wrong, "has no SPF record", line).await;
    let other = format!("{mx}\n{bounces} TXT v=spf1 mx:other.example ~all");
    let line = "\"v=spf1 mx:other.example ip4:8.8.4.4 ~all\"";
    one_wrong(bounces, &other, Grade::Wrong, "does not let your mails come from ip4:8.8.4.4", line).await;
    let two = format!("{mx}\n{bounces} TXT v=spf1 -all\n{bounces} TXT v=spf1 ip4:8.8.4.4 -all");
    one_wrong(bounces, &two, Grade::Wrong, "has 2 SPF records", "one").await;
    let broken = format!("{mx}\n{bounces} TXT v=spf1 ip4:8.8.4 -all");
    one_wrong(bounces, &broken, Grade::Wrong, "is broken: `ip4:8.8.4` is no address", "Mend").await;
    let round = format!("{mx}\n{bounces} TXT v=spf1 include:{bounces} -all");
    one_wrong(bounces, &round, Grade::Wrong, "needs more than 10 look-ups", "Mend").await;
}

#[tokio::test]
async fn no_line_to_paste_forbids_every_mail() {
    let (server, relay) = (DnsServer::start().await.unwrap().with(GOOD), Smtp::start().await.unwrap());
    let server = server.instead("bounces.news.example", "bounces.news.example MX mail.news.example");
    let mut setup = setup(&relay).await;
    setup.hello = "localhost".to_owned();
    let todo = |found: &[Finding]| bad(found).iter().find(|one| one.what.contains("no SPF")).unwrap().todo.clone();
    let said = todo(&findings(&server, &setup).await);
    assert!(said.contains("in place of ADDRESS") && said.contains("\"v=spf1 ip4:ADDRESS -all\""), "{said}");
    setup.relays = vec![Relay::new("far", "starttls://relay.unknown.example:587").unwrap()];
    let said = todo(&findings(&server, &setup).await);
    assert!(said.contains("Ask relay.unknown.example") && said.contains("\"v=spf1 include:NAME -all\""), "{said}");
}

#[tokio::test]
async fn dkim_says_whose_key_it_is_and_which_line_to_paste() {
    let name = "m2026._domainkey.news.example";
    let line = format!("{name}. IN TXT \"{KEY}\"");
    one_wrong(name, "", Grade::Wrong, "there is no DKIM record at m2026", &line).await;
    let other = format!("{name} TXT v=DKIM1; k=rsa; p=AAAA");
    one_wrong(name, &other, Grade::Wrong, "is of another key", &line).await;
    one_wrong(name, &format!("{name} TXT v=DKIM1; p="), Grade::Wrong, "is revoked", &line).await;
    let kind = format!("{name} TXT {}", KEY.replace("rsa", "ed25519"));
    one_wrong(name, &kind, Grade::Wrong, "is of another key", &line).await;
    one_wrong(name, &format!("{name} TXT {KEY}; t=y"), Grade::Look, "only a test", &line).await;
    one_wrong(name, &format!("{name} TXT {KEY}\n{other}"), Grade::Wrong, "2 DKIM records", &line).await;
}

#[tokio::test]
async fn dmarc_says_what_is_missing_and_what_is_not_aligned() {
    let name = "_dmarc.news.example";
    let line = "_dmarc.news.example. IN TXT \"v=DMARC1; p=none\"";
    one_wrong(name, "", Grade::Wrong, "has no DMARC policy", line).await;
    let none = format!("{name} TXT v=DMARC1; p=none");
    one_wrong(name, &none, Grade::Look, "p=none", "\"v=DMARC1; p=quarantine\"").await;
    one_wrong(name, &format!("{none}\n{none} x"), Grade::Wrong, "2 DMARC records", "one").await;
    one_wrong(name, &format!("{name} TXT v=DMARC1; p=maybe"), Grade::Wrong, "no policy that is one", line).await;
    let strict = format!("{name} TXT v=DMARC1; p=reject; aspf=s");
    one_wrong(name, &strict, Grade::Look, "the signature alone counts", "bounces.news.example").await;
    let (server, relay) = (DnsServer::start().await.unwrap().with(GOOD), Smtp::start().await.unwrap());
    let mut setup = setup(&relay).await;
    setup.bounce_domain = Some("bounces.other.example".to_owned());
    setup.dkim[0].domain = "service.example".to_owned();
    let found = findings(&server, &setup).await;
    assert!(bad(&found).iter().any(|finding| finding.what.contains("every one of them fails DMARC")), "{found:?}");
}

#[tokio::test]
async fn a_policy_above_counts_and_holds_sisters_together() {
    let zone = GOOD.replace("_dmarc.news.example", "_dmarc.example.org").replace("news.example", "news.example.org");
    let zone = zone.replace("bounces.news.example.org", "bounces.example.org");
    let (server, relay) = (DnsServer::start().await.unwrap().with(&zone), Smtp::start().await.unwrap());
    let mut setup = setup(&relay).await;
    setup.senders = vec!["news.example.org".to_owned()];
    setup.bounce_domain = Some("bounces.example.org".to_owned());
    setup.dkim[0].domain = "news.example.org".to_owned();
    setup.hello = "mail.news.example.org".to_owned();
    assert_eq!(bad(&findings(&server, &setup).await), Vec::<&Finding>::new());
}

#[tokio::test]
async fn names_of_addresses_and_mail_exchangers_are_looked_at() {
    one_wrong(
        "4.4.8.8.in-addr.arpa",
        "",
        Grade::Wrong,
        "8.8.4.4 has no name that leads back",
        "set its name (PTR) to mail.news.example",
    )
    .await;
    let other = "8.8.4.4 PTR other.example\nother.example A 8.8.4.4";
    one_wrong("4.4.8.8.in-addr.arpa", other, Grade::Look, "8.8.4.4 is called other.example", "PTR").await;
    one_wrong("mail.news.example", "", Grade::Wrong, "which leads to no address of the internet", "hello").await;
    let spf = "bounces.news.example TXT v=spf1 ip4:8.8.4.4 -all";
    let line = "bounces.news.example. IN MX 10 mail.news.example.";
    one_wrong("bounces.news.example", spf, Grade::Wrong, "bounces.news.example has no MX record", line).await;
    one_wrong("bounces.news.example", &format!("{spf}\nbounces.news.example MX ."), Grade::Wrong, "null MX", line)
        .await;
    let nowhere = format!("{spf}\nbounces.news.example MX gone.example");
    one_wrong("bounces.news.example", &nowhere, Grade::Wrong, "gone.example, which leads nowhere", "A record").await;
    one_wrong("news.example", "", Grade::Look, "news.example takes no mail", "MX record").await;
}

#[tokio::test]
async fn a_relay_that_does_not_answer_or_encrypt_is_named() {
    let server = DnsServer::start().await.unwrap().with(GOOD);
    let plain = Smtp::start().await.unwrap();
    let mut setup = setup(&plain).await;
    setup.relays = vec![
        Relay::new("gone", "smtp://127.0.0.1:1").unwrap(),
        Relay::new("naked", &format!("starttls://{}", at(&plain))).unwrap(),
    ];
    let found = findings(&server, &setup).await;
    let wrong = |name: &str, what: &str| {
        assert!(
            bad(&found).iter().any(|finding| finding.what.contains(name) && finding.what.contains(what)),
            "{found:?}"
        );
    };
    wrong("relay gone", "nobody answers there");
    wrong("relay naked", "STARTTLS");
    setup.relays.clear();
    assert!(bad(&findings(&server, &setup).await)[0].what.contains("no relay is set"));
}

#[tokio::test]
async fn a_name_server_that_fails_is_not_taken_for_missing_records() {
    let server = DnsServer::start().await.unwrap().with(GOOD).failing("m2026._domainkey.news.example");
    let relay = Smtp::start().await.unwrap();
    let found = findings(&server, &setup(&relay).await).await;
    let bad = bad(&found);
    assert_eq!(bad.len(), 1, "{bad:?}");
    assert_eq!(bad[0].grade, Grade::Look);
    assert!(bad[0].what.contains("could not be looked up"), "{bad:?}");
}

#[tokio::test]
async fn what_is_not_set_up_is_said() {
    let (server, relay) = (DnsServer::start().await.unwrap().with(GOOD), Smtp::start().await.unwrap());
    let mut setup = setup(&relay).await;
    (setup.bounce_domain, setup.dkim) = (None, Vec::new());
    let found = findings(&server, &setup).await;
    for what in ["`bounce_domain` is not set", "not signed (DKIM)", "news.example has no SPF record"] {
        assert!(bad(&found).iter().any(|finding| finding.what.contains(what)), "{what}: {found:?}");
    }
    setup.bounce_domain = Some("bounces.news.example".to_owned());
    setup.returns = Returns::default();
    let found = findings(&server, &setup).await;
    assert!(bad(&found).iter().any(|finding| finding.what.contains("read by nobody")), "{found:?}");
}

#[tokio::test]
async fn spf_records_are_followed_as_the_standard_says() {
    let server = DnsServer::start().await.unwrap().with(
        "ip.example TXT v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all
        a.example TXT v=spf1 a/24 a:other.example//64 ?all
        a.example A 192.0.2.200
        other.example A 2001:db8:0:1::5
        mx.example TXT v=spf1 mx ~all
        mx.example MX mail.mx.example
        mail.mx.example A 192.0.2.7
        include.example TXT v=spf1 include:ip.example -all
        missing.example TXT v=spf1 include:nothing.example -all
        redirect.example TXT v=spf1 redirect=ip.example
        macro.example TXT v=spf1 exists:%{i}.list.example -all
        exists.example TXT v=spf1 exists:other.example -all
        case.example TXT V=SPF1 IP4:192.0.2.7 -ALL
        open.example TXT v=spf1
        odd.example TXT v=spf1 frob:x -all
        short.example TXT v=spf1 ip4 -all
        ptr.example TXT v=spf1 ptr -all exp=why.example",
    );
    let dns = Resolver::at(server.address).unwrap();
    for (domain, ip, expected) in [
        ("ip.example", "192.0.2.7", Spf::Pass),
        ("ip.example", "198.51.100.7", Spf::Fail),
        ("ip.example", "2001:db8:1::1", Spf::Pass),
        ("a.example", "192.0.2.7", Spf::Pass),
        ("a.example", "2001:db8:0:1::9", Spf::Pass),
        ("a.example", "198.51.100.7", Spf::Neutral),
        ("mx.example", "192.0.2.7", Spf::Pass),
        ("mx.example", "192.0.2.8", Spf::SoftFail),
        ("include.example", "192.0.2.7", Spf::Pass),
        ("include.example", "198.51.100.7", Spf::Fail),
        ("redirect.example", "192.0.2.7", Spf::Pass),
        ("redirect.example", "198.51.100.7", Spf::Fail),
        ("macro.example", "192.0.2.7", Spf::Depends),
        ("exists.example", "192.0.2.7", Spf::Pass),
        ("case.example", "192.0.2.7", Spf::Pass),
        ("open.example", "192.0.2.7", Spf::Neutral),
        ("nothing.example", "192.0.2.7", Spf::None),
        ("ptr.example", "192.0.2.7", Spf::Fail),
    ] {
        let ip: IpAddr = ip.parse().unwrap();
        assert_eq!(check_host(&dns, ip, domain).await.unwrap(), expected, "{domain} {ip}");
    }
    for domain in ["missing.example", "odd.example", "short.example"] {
        let verdict = check_host(&dns, "192.0.2.7".parse().unwrap(), domain).await.unwrap();
        assert!(matches!(verdict, Spf::Broken(_)), "{domain}: {verdict:?}");
    }
    assert!(dns.txt("nothing.example").await.unwrap().is_empty());
    assert!(Resolver::of_this_machine().is_ok());
}

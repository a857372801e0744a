//! What servers say, as far as it is known, and what it means.

use super::*;

/// What servers say, as far as it is known, and what it means.
const SAID: [(&str, &str, Bounce, Cause); 60] = [
    // Gmail
    (
        "5.1.1",
        "smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try",
        Bounce::Hard,
        Cause::NoMailbox,
    ),
    ("5.2.1", "550 5.2.1 The email account that you tried to reach is inactive.", Bounce::Hard, Cause::NoMailbox),
    ("5.2.2", "552-5.2.2 The recipient's inbox is out of storage space and inactive.", Bounce::Soft, Cause::Full),
    (
        "5.7.26",
        "550-5.7.26 Your email has been blocked because the sender is unauthenticated.",
        Bounce::Soft,
        Cause::Blocked,
    ),
    (
        "5.7.1",
        "550-5.7.1 [192.0.2.1] Our system has detected that this message is likely unsolicited mail.",
        Bounce::Soft,
        Cause::Blocked,
    ),
    ("4.7.28", "421-4.7.28 Gmail has detected an unusual rate of unsolicited mail", Bounce::Soft, Cause::Blocked),
    (
        "5.4.1",
        "DNS Error: DNS type 'mx' lookup of gone.example responded with code NXDOMAIN Domain name not found: gone.example",
        Bounce::Hard,
        Cause::NoDomain,
    ),
    // Microsoft
    (
        "5.1.10",
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient reader@x.example not found by SMTP address lookup",
        Bounce::Hard,
        Cause::NoMailbox,
    ),
    (
        "5.4.1",
        "550 5.4.1 Recipient address rejected: Access denied. [x.protection.outlook.example]",
        Bounce::Hard,
        Cause::NoMailbox,
    ),
    (
        "5.5.0",
        "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).",
        Bounce::Hard,
        Cause::NoMailbox,
    ),
    (
        "5.7.1",
        "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3140).",
        Bounce::Soft,
        Cause::Blocked,
    ),
    ("5.2.2", "554 5.2.2 mailbox full; STOREDRV.Deliver; QuotaExceededException", Bounce::Soft, Cause::Full),
    ("5.4.14", "554 5.4.14 Hop count exceeded - possible mail loop ATTR34", Bounce::Soft, Cause::Loop),
    ("5.2.0", "554 5.2.0 STOREDRV.Deliver.Exception:QuotaExceededException; over quota", Bounce::Soft, Cause::Full),
    // Yahoo, AOL
    (
        "5.0.0",
        "554 delivery error: dd This user doesn't have a yahoo.example account (reader) [0]",
        Bounce::Hard,
        Cause::NoMailbox,
    ),
    (
        "5.0.0",
        "554 30 Sorry, your message to reader@aol.example cannot be delivered. This mailbox is disabled (554.30).",
        Bounce::Hard,
        Cause::NoMailbox,
    ),
    ("5.0.0", "552 1 Requested mail action aborted, mailbox not found", Bounce::Hard, Cause::NoMailbox),
    ("5.7.9", "554 5.7.9 Message not accepted for policy reasons.", Bounce::Soft, Cause::Blocked),
    (
        "4.7.0",
        "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to user complaints",
        Bounce::Soft,
        Cause::Blocked,
    ),
    // Apple
    ("5.2.2", "552 5.2.2 <reader@icloud.example>: user is over quota", Bounce::Soft, Cause::Full),
    ("5.1.1", "550 5.1.1 <reader@icloud.example>: inactive email address", Bounce::Hard, Cause::NoMailbox),
    ("5.7.1", "554 5.7.1 [CS01] Message rejected due to local policy. Please visit", Bounce::Soft, Cause::Blocked),
    // Russian services
    (
        "",
        "550 Message was not accepted -- invalid mailbox.  Local mailbox reader@mail.example is unavailable: user not found",
        Bounce::Hard,
        Cause::NoMailbox,
    ),
    ("", "550 spam message rejected. Please visit https://help.mail.example/notspam", Bounce::Soft, Cause::Blocked),
    ("5.7.1", "550 5.7.1 No such user!", Bounce::Hard, Cause::NoMailbox),
    ("5.7.1", "554 5.7.1 [2] Message rejected under suspicion of SPAM", Bounce::Soft, Cause::Blocked),
    ("5.2.2", "552 5.2.2 Mailbox size limit exceeded", Bounce::Soft, Cause::Full),
    ("", "550 Ящик переполнен", Bounce::Soft, Cause::Full),
    ("", "550 нет такого пользователя", Bounce::Hard, Cause::NoMailbox),
    // German, French, Italian, Chinese services
    ("", "550 Requested action not taken: mailbox unavailable", Bounce::Hard, Cause::NoMailbox),
    ("", "554 Transaction failed Reject due to policy restrictions.", Bounce::Soft, Cause::Other),
    (
        "5.1.1",
        "550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. OFR204_416",
        Bounce::Hard,
        Cause::NoMailbox,
    ),
    ("5.2.2", "552 5.2.2 La boite du destinataire pleine. OFR_417", Bounce::Soft, Cause::Full),
    ("", "550 Mailbox unavailable or access denied", Bounce::Hard, Cause::NoMailbox),
    ("", "550 User not found: reader@163.example", Bounce::Hard, Cause::NoMailbox),
    ("", "554 DT:SPM 163 smtp2, please see http://mail.163.example/help", Bounce::Soft, Cause::Other),
    (
        "5.1.1",
        "550 5.1.1 <reader@proton.example>: Recipient address rejected: Address does not exist",
        Bounce::Hard,
        Cause::NoMailbox,
    ),
    // Postfix, exim, sendmail, qmail, Domino, Zimbra, hMailServer
    (
        "5.1.1",
        "550 5.1.1 <reader@x.example>: Recipient address rejected: User unknown in local recipient table",
        Bounce::Hard,
        Cause::NoMailbox,
    ),
    (
        "5.4.4",
        "Host or domain name not found. Name service error for name=gone.example type=AAAA: Host not found",
        Bounce::Hard,
        Cause::NoDomain,
    ),
    (
        "4.4.3",
        "Host or domain name not found. Name service error for name=slow.example type=MX: Host not found, try again",
        Bounce::Soft,
        Cause::NoDomain,
    ),
    ("4.4.1", "connect to mx.slow.example[192.0.2.9]:25: Connection timed out", Bounce::Soft, Cause::Expired),
    ("5.4.6", "mail for x.example loops back to myself", Bounce::Soft, Cause::Loop),
    ("5.1.0", "domain gone.example does not accept mail (nullMX)", Bounce::Hard, Cause::NoDomain),
    ("5.0.0", "550 5.1.1 <reader@x.example>: User unknown", Bounce::Hard, Cause::NoMailbox),
    ("5.0.0", "Unrouteable address", Bounce::Hard, Cause::NoDomain),
    ("5.0.0", "retry timeout exceeded", Bounce::Soft, Cause::Expired),
    ("5.0.0", "550 unknown user", Bounce::Hard, Cause::NoMailbox),
    ("5.1.2", "Host unknown (Name server: gone.example: host not found)", Bounce::Hard, Cause::NoDomain),
    ("", "Sorry, no mailbox here by that name. (#5.1.1)", Bounce::Hard, Cause::NoMailbox),
    ("", "Sorry, I couldn't find any host named gone.example. (#5.1.2)", Bounce::Hard, Cause::NoDomain),
    (
        "",
        "Remote host said: 552 sorry, that message size exceeds my databytes limit (#5.3.4)",
        Bounce::Soft,
        Cause::TooLarge,
    ),
    ("5.0.0", "User reader (reader@x.example) not listed in Domino Directory", Bounce::Hard, Cause::NoMailbox),
    ("5.2.3", "552 5.2.3 Message exceeds maximum fixed size", Bounce::Soft, Cause::TooLarge),
    ("5.7.13", "550 5.7.13 User account is disabled", Bounce::Hard, Cause::NoMailbox),
    // A host or an address whose name is a word of the tables
    (
        "5.1.1",
        "host mx.antispam.example said: 550 5.1.1 <blocked@spam.example>: User unknown",
        Bounce::Hard,
        Cause::NoMailbox,
    ),
    // Codes against words
    ("5.1.1", "550 5.1.1 mailbox is full", Bounce::Soft, Cause::Full),
    (
        "4.1.1",
        "450 4.1.1 <reader@x.example>: Recipient address rejected: unverified address",
        Bounce::Soft,
        Cause::NoMailbox,
    ),
    // Nothing that is understood
    ("", "", Bounce::Soft, Cause::Other),
    ("5.0.0", "", Bounce::Soft, Cause::Other),
    ("", "550 go away", Bounce::Soft, Cause::Other),
];

#[test]
fn what_servers_say_is_understood() {
    let mut wrong = Vec::new();
    for (status, said, bounce, cause) in SAID {
        let why = judge(Status::parse(status), said, "");
        if (why.bounce, why.cause) != (bounce, cause) {
            wrong.push(format!("{said}\n   is {:?} {:?}, should be {bounce:?} {cause:?}", why.bounce, why.cause));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_words_for_people_count_where_the_server_said_nothing() {
    let text = "A message that you sent could not be delivered to one or more of its recipients.\n\n  reader@gone.example\n    Unrouteable address\n";
    assert_eq!(judge(Status::parse("5.0.0"), "", text).cause, Cause::NoDomain);
}

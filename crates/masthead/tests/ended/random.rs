//! `kill -9` at random moments while an issue is being sent, and readers who leave meanwhile.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use app::{
    delivery::{self, By, Report},
    readers,
};
use model::{Chance, IssueId, OsChance};
use testkit::{Anon, Backend, TestNewsroom, tokio};
use vault::{Address, Links, Smtputf8};

use crate::{
    house::{CONNECTIONS, House, addresses},
    taken::Taken,
};

/// How much of it.
struct Plan {
    mails: usize,
    kills: usize,
    /// Whether leases end at once, because time passes between two servers. If not, it is waited for.
    time_passes: bool,
}

/// What came of it.
struct Came {
    report: Report,
    doubles: usize,
    left: usize,
    seconds: u64,
}

/// Random numbers from a seed that a failure can be repeated with: `MASTHEAD_KILL_SEED`.
struct Dice(u64);

impl Dice {
    fn new() -> Self {
        let given = std::env::var("MASTHEAD_KILL_SEED").ok().and_then(|seed| seed.parse().ok());
        let [a, b, c, d, ..] = OsChance.bytes16();
        let seed = given.unwrap_or(u64::from(u32::from_be_bytes([a, b, c, d])) + 1);
        eprintln!("MASTHEAD_KILL_SEED={seed}");
        Self(seed)
    }

    /// A number below another.
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % (most.max(1) as u64)).unwrap()
    }

    async fn wait(&mut self, most: usize) {
        tokio::time::sleep(Duration::from_millis(self.below(most) as u64)).await;
    }
}

/// Somebody who left: how many mails they had by then, and how many more may have been under way.
type Leavers = HashMap<String, (usize, usize)>;

async fn token(house: &House, issue: IssueId, address: &str) -> Option<String> {
    house
        .within(async |newsroom| {
            let keys = newsroom.keys().unwrap();
            let lookup = keys.lookup(&Address::parse(address, Smtputf8::Refused).unwrap());
            let mut tx = newsroom.store().read().await.unwrap();
            let found = store::subscriber_by_lookup(&mut tx, &lookup).await.unwrap()?;
            Some(Links(&keys).unsubscribe(issue, found.id).url())
        })
        .await
}

/// A reader leaves as mailboxes do it for them: while the server sends, or while none runs.
async fn leave(house: &House, issue: IssueId, address: &str, server: Option<&Anon>, left: &mut Leavers) {
    let Some(token) = token(house, issue, address).await else { return };
    match server {
        Some(anon) => {
            let path = format!("/-/newsletter/unsubscribe/{token}");
            let answer = anon.post(&path, &[("List-Unsubscribe", "One-Click")]).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
        }
        None => {
            let outcome = house.within(async |newsroom| readers::leave(newsroom, &token, false).await.unwrap()).await;
            assert!(matches!(outcome, readers::Left::Done { last: true, .. }), "{outcome:?}");
        }
    }
    let had = house.sink.mails().iter().filter(|mail| mail.to == address).count();
    left.insert(address.to_owned(), (had, usize::from(server.is_some())));
}

/// Starts the server, and ends it at a moment that nobody knows.
async fn round(house: &mut House, plan: &Plan, round: usize, dice: &mut Dice) -> Option<Anon> {
    if round % 6 == 5 {
        house.spawn(None);
        dice.wait(700).await;
        return None;
    }
    let anon = house.start(None).await;
    // Spread over all that is to be sent; the last of it goes when all kills are done.
    let taken = house.sink.taken();
    let most = (plan.mails * 19 / 20).saturating_sub(taken) * 2 / (plan.kills - round);
    let wanted = (taken + 1 + dice.below(most)).min(plan.mails);
    let begun = Instant::now();
    while house.sink.taken() < wanted && begun.elapsed() < Duration::from_secs(100) {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    dice.wait(30).await;
    Some(anon)
}

async fn kills(house: &mut House, plan: &Plan) -> Came {
    let (begun, mut dice, mut left) = (Instant::now(), Dice::new(), Leavers::new());
    let all = addresses(plan.mails);
    let issue = house.approve().await;
    for kill in 0..plan.kills {
        let anon = round(house, plan, kill, &mut dice).await;
        if let Some(anon) = anon.filter(|_| kill % 4 == 1) {
            leave(house, issue, &all[dice.below(all.len())], Some(&anon), &mut left).await;
        }
        house.kill().await;
        if kill % 4 == 2 {
            for _ in 0..3 {
                leave(house, issue, &all[dice.below(all.len())], None, &mut left).await;
            }
        }
        if plan.time_passes {
            house.minutes_pass(2).await;
        }
    }
    house.start(None).await;
    let mut report = house.until_sent(issue).await;
    if report.standing.uncertain > 0 {
        // Those that were under way at three kills are left to a person, who decides.
        house.within(async |newsroom| delivery::again(newsroom, By::CommandLine, issue).await.unwrap()).await;
        report = house.until_sent(issue).await;
    }
    house.kill().await;
    let taken = Taken::from(house, 0);
    judge(plan, &all, &taken, &left, &report);
    Came { report, doubles: taken.doubles(), left: left.len(), seconds: begun.elapsed().as_secs() }
}

/// Nobody was skipped, nobody got it twice but for what was under way, and nobody who had left.
fn judge(plan: &Plan, all: &[String], taken: &Taken, left: &Leavers, report: &Report) {
    let missing: Vec<&String> =
        all.iter().filter(|address| taken.times(address) == 0 && !left.contains_key(*address)).collect();
    assert!(missing.is_empty(), "{} were skipped: {missing:?}", missing.len());
    assert!(taken.by.keys().all(|address| all.contains(address)), "somebody got it who should not");
    assert!(taken.doubles() <= CONNECTIONS * plan.kills, "{} came twice", taken.doubles());
    for (address, (had, more)) in left {
        let times = taken.times(address);
        assert!((*had..=had + more).contains(&times), "{address} left with {had} mails and has {times}");
    }
    let (standing, frozen) = (report.standing, report.sending.frozen);
    assert_eq!((standing.failed, standing.uncertain), (0, 0), "{report:#?}");
    assert_eq!(standing.accepted + standing.excluded, frozen, "{report:#?}");
    let left = i64::try_from(left.len()).unwrap();
    assert!(standing.excluded <= left, "{report:#?}");
    let readers = i64::try_from(all.len()).unwrap();
    assert!((readers - left..=readers).contains(&frozen), "{frozen} were frozen");
}

testkit::both_backends! {
    async fn an_issue_reaches_everybody_however_often_the_server_is_killed(newsroom: TestNewsroom, anon: Anon) {
        let plan = Plan { mails: 2_000, kills: 20, time_passes: true };
        let mut house = House::of(newsroom, &anon, plan.mails).await;
        let came = kills(&mut house, &plan).await;
        eprintln!("{} kills, {} mails twice, {} left, {} s", plan.kills, came.doubles, came.left, came.seconds);
        house.nothing_is_found().await;
    }
}

/// All of it, without time that passes sooner; prints what came of it for who measures.
async fn the_whole(backend: Backend, name: &str) {
    let plan = Plan { mails: 20_000, kills: 200, time_passes: false };
    let (newsroom, anon) = TestNewsroom::new(backend).await.unwrap();
    let mut house = House::of(newsroom, &anon, plan.mails).await;
    let came = kills(&mut house, &plan).await;
    house.nothing_is_found().await;
    let standing = came.report.standing;
    let told = serde_json::json!({
        "database": name, "mails": plan.mails, "kills": plan.kills, "connections": CONNECTIONS, "missing": 0,
        "twice": came.doubles, "in_doubt": came.report.doubts.again, "left": came.left, "excluded": standing.excluded,
        "frozen": came.report.sending.frozen, "accepted": standing.accepted, "failed": standing.failed,
        "uncertain": standing.uncertain, "seconds": came.seconds,
    });
    println!("KILLED {told}");
}

#[tokio::test(flavor = "multi_thread", crate = "testkit::tokio")]
#[ignore = "takes minutes: `cargo xtask bench --kill` runs it"]
async fn the_whole_on_sqlite() {
    the_whole(Backend::Sqlite, "SQLite").await;
}

#[tokio::test(flavor = "multi_thread", crate = "testkit::tokio")]
#[ignore = "takes minutes: `cargo xtask bench --kill` runs it"]
async fn the_whole_on_postgres() {
    the_whole(Backend::Postgres, "PostgreSQL").await;
}

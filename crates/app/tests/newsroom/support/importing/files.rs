//! Files that name what Stripe holds: Ghost's members, Donorbox's plans.

use std::{fs, path::PathBuf};

use app::support::import::{RowsImport, System, rows};
use outside::payments::Start;

use super::*;

struct File {
    dir: tempfile::TempDir,
    import: RowsImport,
}

impl File {
    fn new(system: System, bytes: impl AsRef<[u8]>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("export.csv");
        fs::write(&path, bytes).unwrap();
        Self { dir, import: RowsImport { system, path, dry_run: false, rejects: None } }
    }

    fn rejects(&mut self) -> PathBuf {
        let path = self.dir.path().join("rejects.csv");
        self.import.rejects = Some(path.clone());
        path
    }

    async fn taken(&self, newsroom: &Newsroom) -> Result<Report, Error> {
        let report = rows(newsroom, "anna", &self.import, Arc::new(|_, _, _| {})).await?;
        assert_eq!(report.accounted(), report.looked, "{report:#?}");
        Ok(report)
    }
}

impl House {
    fn customer(&self, token: &str) -> String {
        self.stripe.object(token)["customer"].as_str().unwrap().to_owned()
    }
}

both_backends! {
    async fn who_pays_in_ghost_is_asked_for_at_stripe_and_goes_on(newsroom: TestNewsroom, anon: Anon) {
        let house = House::of(newsroom).await;
        let (anna, mute) = (house.monthly("anna", 500), house.stripe.foreign_subscription("-", 800, "usd", (1, "month")));
        let over = house.monthly("boris", 500);
        house.stripe.end(&over);
        let text = format!(
            "\u{feff}id;email;name;note;subscribed_to_emails;complimentary_plan;stripe_customer_id;created_at\r\n\
             1;anna@ghost.example;Anna;;true;false;{};2024-01-01\r\n\
             2;mute@ghost.example;\"Mute; of\nGhost\";;true;false;{};2024-01-01\r\n\
             3;boris@ghost.example;;;true;false;{};\r\n\
             4;free@ghost.example;;;true;false;;\r\n\
             5;gone@ghost.example;;;true;false;cus_of_another_account;\r\n\
             6;short@ghost.example\r\n\
             7;\"open@ghost.example;;;true;false;;\r\n\
             1;anna@ghost.example;Anna;;true;false;{};2024-01-01\r\n",
            house.customer(&anna), house.customer(&mute), house.customer(&over), house.customer(&anna),
        );
        let mut file = File::new(System::Ghost, text);
        file.import.dry_run = true;
        let dry = file.taken(&house.node).await.unwrap();
        assert_eq!((dry.taken, dry.known, house.count().await), (2, 1, 0), "{dry}");
        file.import.dry_run = false;
        let rejects = file.rejects();
        let report = file.taken(&house.node).await.unwrap();
        assert_eq!((report.rows, report.taken, report.known, report.unaddressed), (8, 2, 1, 0), "{report}");
        assert_eq!((report.left["ended"], report.left["free"], report.anew["not-found"]), (1, 1, 1));
        assert_eq!((report.left["row-too-short"], report.left["quote-not-closed"]), (1, 1));
        let lookup = |address: &str| {
            let address = Address::parse(address, Smtputf8::Refused).unwrap();
            Some(house.node.keys().unwrap().giver_lookup(&address))
        };
        assert_eq!(house.pledge(&anna).await.unwrap().lookup, lookup("anna@reader.example"), "Stripe's word is newer");
        assert_eq!(house.pledge(&mute).await.unwrap().lookup, lookup("mute@ghost.example"), "Stripe has no address");
        let lines = fs::read_to_string(rejects).unwrap();
        let wanted = "file,line,reason\r\nexport.csv,5,ended\r\nexport.csv,6,free\r\nexport.csv,7,not-found\r\n\
                      export.csv,8,row-too-short\r\nexport.csv,9,quote-not-closed\r\n";
        assert_eq!(lines, wanted);
        let again = File { dir: file.dir, import: RowsImport { rejects: None, ..file.import } };
        let again = again.taken(&house.node).await.unwrap();
        assert_eq!((again.taken, again.known, house.count().await), (0, 3, 2), "{again}");
    }

    async fn donorbox_plans_on_our_own_account_go_on_and_the_others_must_be_asked_anew(newsroom: TestNewsroom, anon: Anon) {
        let house = House::of(newsroom).await;
        let (anna, boris) = (house.monthly("anna", 500), house.monthly("boris", 900));
        let weekly = house.stripe.foreign_subscription("clara@reader.example", 500, "usd", (1, "week"));
        let text = format!(
            "Plan ID,Name,Donor Email,Amount,Type,Payment Method,Plan Status,Stripe Subscription ID,PayPal Agreement\n\
             1,Anna,anna@donor.example,$5.00,monthly,Stripe,Active,{anna},\n\
             2,Boris,boris@donor.example,\"$9,00\",monthly,Stripe,Active,https://dashboard.stripe.com/subscriptions/{boris},\n\
             3,Clara,clara@donor.example,$5,weekly,Stripe,Active,{weekly},\n\
             4,Dora,dora@donor.example,$5,monthly,Stripe,Active,,\n\
             5,Egon,egon@donor.example,$5,monthly,PayPal,Active,,I-BW452GLLEP1G\n\
             6,Fanny,fanny@donor.example,$5,monthly,Stripe,Cancelled,sub_1FannyIsGone,\n\
             7,Gustav,gustav@donor.example,$5,One-time,Stripe,Active,,\n\
             8,Hanna,hanna@donor.example,$5,monthly,Stripe,Active,sub_1OfAnotherAccount,\n"
        );
        house.till.letters.test.clock.advance_millis(60_000);
        let mut file = File::new(System::Donorbox, text);
        let rejects = file.rejects();
        let report = file.taken(&house.node).await.unwrap();
        assert_eq!((report.rows, report.looked, report.taken), (8, 8, 2), "{report}");
        assert_eq!((report.left["interval"], report.left["ended"], report.left["once"]), (1, 1, 1));
        let anew: Vec<_> = report.anew.iter().map(|(why, count)| (*why, *count)).collect();
        assert_eq!(anew, [("gateway-off", 1), ("no-subscription", 1), ("not-found", 1)]);
        let lines = fs::read_to_string(rejects).unwrap();
        assert!(lines.contains("export.csv,5,no-subscription\r\nexport.csv,6,gateway-off\r\n"), "{lines}");
        assert!(!lines.contains('@') && !lines.contains("Dora"), "{lines}");
        let pledge = house.pledge(&boris).await.unwrap();
        assert_eq!((pledge.state, pledge.amount.minor), (State::Active, 900), "by Stripe's word, not the file's");
        house.days(32);
        assert_eq!(house.work().await.len(), 2, "both are renewed");
    }

    async fn a_donorbox_plan_that_paypal_charges_goes_on(newsroom: TestNewsroom, anon: Anon) {
        let till = Till::of(newsroom).await;
        let (paypal, node, _) = till.letters.test.taking_by_paypal().await.unwrap();
        // Of another newsroom's program, with its own reference.
        let ask = Start {
            contribution: ContributionId::new(node.chance()),
            money: Money::new(500, Currency::USD),
            frequency: Frequency::Monthly,
            label: "Reading".to_owned(),
            done: "https://old.example/thanks".to_owned(),
            back: "https://old.example/".to_owned(),
            language: model::Language::english(),
            key: "old".to_owned(),
        };
        let gateway = node.gateways().get(GatewayName::Paypal).unwrap();
        let session = gateway.start(&ask).await.unwrap().session;
        let token = session.split(':').next().unwrap();
        assert!(paypal.subscribe(token));
        paypal.deliver_all().await;
        contributions::run_due(&node).await.unwrap();
        till.letters.test.clock.advance_millis(60_000);
        let text = format!(
            "Donor Email,Plan Status,Pay Pal Profile\nanna@donor.example,active,{token}\nboris@donor.example,active,I-NOTOURS12345\n"
        );
        let report = File::new(System::Donorbox, text).taken(&node).await.unwrap();
        assert_eq!((report.taken, report.anew["not-found"]), (1, 1), "{report}");
        let pledge = async || {
            let mut tx = node.store().read().await.unwrap();
            store::contribution_by_token(&mut tx, GatewayName::Paypal, token).await.unwrap().unwrap()
        };
        assert_eq!((pledge().await.state, till.payments(pledge().await.id).await.len()), (State::Active, 0));
        paypal.move_to(till.letters.now().plus_millis(32 * DAY));
        paypal.deliver_all().await;
        contributions::run_due(&node).await.unwrap();
        let payments = till.payments(pledge().await.id).await;
        assert_eq!((payments.len(), payments[0].kept()), (1, 500), "it is renewed, and written down here");
    }

    async fn a_file_that_is_none_is_refused_with_what_to_do(newsroom: TestNewsroom, anon: Anon) {
        let house = House::of(newsroom).await;
        let utf16: Vec<u8> = "\u{feff}email,stripe_customer_id\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (system, bytes, wanted) in [
            (System::Ghost, utf16, "CSV UTF-8"),
            (System::Ghost, b"email,name\xff\n".to_vec(), "CSV UTF-8"),
            (System::Ghost, Vec::new(), "it is empty"),
            (System::Ghost, b"email,name\nanna@x.example,Anna\n".to_vec(), "its columns are email, name"),
            (System::Donorbox, b"Email,Amount\nanna@x.example,5\n".to_vec(), "Plan Status"),
            (System::Donorbox, b"Name,Donor Email,Amount,Donated At,Receipt Id,Status\nA,anna@x.example,5,01/02/26 10:00:00,1,paid\n".to_vec(), "export the recurring plans instead"),
            (System::Donorbox, b"anna@x.example,5\n".to_vec(), "its first line is no list of columns"),
            (System::Donorbox, b"\"Email,Status\n".to_vec(), "its first line is no list of columns"),
        ] {
            let words = refused(File::new(system, bytes).taken(&house.node).await);
            assert!(words.contains(wanted) && !words.contains("anna"), "{words}");
        }
        let mut file = File::new(System::Ghost, "email,stripe_customer_id\n");
        let taken = file.rejects();
        fs::write(&taken, "mine").unwrap();
        assert!(refused(file.taken(&house.node).await).contains("name a new file"));
        assert_eq!(fs::read_to_string(&taken).unwrap(), "mine");
        let nowhere = File::new(System::Donorbox, "Email,Status\n").taken(house.till.newsroom()).await;
        assert!(refused(nowhere).contains("is not connected"));
    }

    async fn a_gateway_that_goes_away_in_the_middle_of_a_file_loses_nothing(newsroom: TestNewsroom, anon: Anon) {
        let house = House::of(newsroom).await;
        let mut text = "email,status,subscription\n".to_owned();
        for number in 0..60 {
            let token = house.monthly(&format!("giver{number}"), 500);
            text.push_str(&format!("giver{number}@x.example,active,{token}\n"));
        }
        let file = File::new(System::Donorbox, text);
        let server = house.stripe.server.clone();
        let off = Arc::new(move |_, _, _| server.weather(Weather::Broken, None));
        let words = refused(rows(&house.node, "anna", &file.import, off).await);
        assert!(words.contains("the same command again goes on"), "{words}");
        assert_eq!(house.count().await, 50);
        house.stripe.server.weather(Weather::Fair, None);
        let asked = house.stripe.server.asked().len();
        let rest = file.taken(&house.node).await.unwrap();
        assert_eq!((rest.taken, rest.known, house.count().await), (10, 50, 60));
        assert_eq!(house.stripe.server.asked().len() - asked, 10, "what is here is not asked for again");
    }
}

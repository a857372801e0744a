//! Running pledges of another program, when the command that takes them in ends after a page of them.

use testkit::processors::FakeStripe;

use crate::{
    house::{DOMAIN, House},
    pay::with_stripe,
    server::is_aborted,
};

testkit::both_backends! {
    async fn an_import_of_pledges_that_is_killed_goes_on_and_takes_in_each_once(newsroom: TestNewsroom, anon: Anon) {
        let stripe = FakeStripe::start(std::sync::Arc::clone(&newsroom.clock)).await.unwrap();
        let house = House::of(newsroom, &anon, 0).await;
        with_stripe(&house, &stripe);
        for number in 0..120 {
            stripe.foreign_subscription(&format!("giver-{number}@{DOMAIN}"), 500, "usd", (1, "month"));
        }
        let import = ["contributions", "import", "stripe"];
        let dry = house.command(&["contributions", "import", "stripe", "--dry-run"], None).await;
        let said = String::from_utf8_lossy(&dry.stdout).into_owned();
        assert!(dry.status.success() && said.contains("120  pledges would be taken in"), "{said} {dry:?}");
        assert_eq!(house.rows("contribution").await, 0);
        assert!(is_aborted(&house.command(&import, Some("pledges.page")).await));
        assert_eq!(house.rows("contribution").await, 100);
        let rest = house.command(&import, None).await;
        let said = String::from_utf8_lossy(&rest.stdout).into_owned();
        assert!(rest.status.success() && said.contains("20  pledges taken in"), "{said} {rest:?}");
        assert!(said.contains("going on where the last import stopped"), "{said}");
        assert_eq!((house.rows("contribution").await, house.rows("payment").await), (120, 0));
        let again = house.command(&["--json", "contributions", "import", "stripe"], None).await;
        let said = String::from_utf8_lossy(&again.stdout).into_owned();
        assert!(said.contains("\"known\": 120") && !said.contains(DOMAIN), "{said} {again:?}");
    }
}

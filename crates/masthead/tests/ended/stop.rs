//! The emergency stop, when its command ends before any pledge was ended, and after the first gateway was asked.

use std::io::Write;

use app::support::{
    self,
    contributions::{self, Begun, GiveForm},
    sandbox::{self, How},
    stop,
};
use model::{Clock, ContributionState, Language, SupportSettings, SystemClock};

use crate::{house::House, server::is_aborted};

/// Three people who give two dollars a month.
async fn given(house: &House) {
    house
        .within(async |newsroom| {
            let settings =
                serde_json::to_string(&SupportSettings { open: true, ..SupportSettings::default() }).unwrap();
            let mut tx = newsroom.store().begin().await.unwrap();
            store::setting_set(&mut tx, support::KEY, &settings, SystemClock.now()).await.unwrap();
            tx.commit().await.unwrap();
            for _ in 0..3 {
                let form = GiveForm {
                    frequency: "monthly".to_owned(),
                    currency: "USD".to_owned(),
                    chosen: "200".to_owned(),
                    gateway: "sandbox".to_owned(),
                    language: Some(Language::english()),
                    ..GiveForm::default()
                };
                let begun = contributions::begin(newsroom, &form, None).await.unwrap();
                let Begun::At(page) = begun else { panic!("no page: {begun:?}") };
                sandbox::pay(newsroom, page.rsplit('/').next().unwrap(), How::Pay).await.unwrap();
            }
        })
        .await;
}

testkit::both_backends! {
    async fn a_stop_that_is_killed_goes_on_until_every_pledge_is_ended(newsroom: TestNewsroom, anon: Anon) {
        let house = House::of(newsroom, &anon, 0).await;
        let file = house.test.folder().join("masthead.toml");
        let mut file = std::fs::OpenOptions::new().append(true).open(file).unwrap();
        file.write_all(b"\n[payments]\nsandbox = true\n").unwrap();
        given(&house).await;
        let unsure = house.command(&["emergency-stop"], None).await;
        let said = String::from_utf8_lossy(&unsure.stdout).into_owned();
        assert!(!unsure.status.success() && said.contains("ends 3 pledges"), "{said}");
        for point in ["stop.committed", "stop.asked"] {
            let output = house.command(&["emergency-stop", "--yes"], Some(point)).await;
            assert!(is_aborted(&output), "{point}: {output:?}");
            let progress = house.within(async |newsroom| stop::progress(newsroom).await.unwrap().unwrap()).await;
            assert!(progress.pledges == 3 && !progress.is_done(), "{point}: {progress:?}");
        }
        house.minutes_pass(2).await;
        let output = house.command(&["emergency-stop", "--yes"], None).await;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success() && said.contains("3 of 3 pledges are ended"), "{said} {output:?}");
        let counts = house
            .within(async |newsroom| {
                contributions::run_due(newsroom).await.unwrap();
                let mut tx = newsroom.store().read().await.unwrap();
                store::contribution_counts(&mut tx).await.unwrap()
            })
            .await;
        assert_eq!(counts, [(ContributionState::Cancelled, 3)]);
    }
}

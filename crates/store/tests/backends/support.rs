//! Contributions, payments, and what gateways tell of them.

use model::{
    Chance, Contribution, ContributionId, ContributionState, Currency, Dispute, Frequency, GatewayName, Language,
    Lookup, Money, Month, Payment, PaymentId, PaymentState, Sealed, SeededChance, VariantId, Week,
};
use store::*;

use crate::{both_backends, noon};

const NOVEMBER: Month = Month(682);
const STRIPE: GatewayName = GatewayName::Stripe;

fn pledge(chance: &dyn Chance, token: Option<&str>) -> Contribution {
    let (id, gift) = (ContributionId::new(chance), (Frequency::Monthly, Money::new(200, Currency::USD)));
    Contribution {
        token: token.map(str::to_owned),
        variant: Some(VariantId::new(chance)),
        policy: "privacy/en/1".to_owned(),
        lookup: Some(Lookup([7; 32])),
        ..contribution_new(id, STRIPE, gift, NOVEMBER, &Language::english())
    }
}

fn paid(chance: &dyn Chance, of: &Contribution, token: &str, minor: i64) -> Payment {
    let new = payment_new(PaymentId::new(chance), of, token, Money::new(minor, Currency::USD), NOVEMBER);
    Payment { state: PaymentState::Paid, ..new }
}

#[tokio::test]
async fn a_contribution_is_found_by_its_id_its_token_and_its_giver() {
    both_backends(async |store| {
        let chance = SeededChance::new(1);
        let mut tx = store.begin().await.unwrap();
        let mut one = pledge(&chance, Some("sub_1"));
        contribution_insert(&mut tx, &one).await.unwrap();
        contribution_insert(&mut tx, &pledge(&chance, None)).await.unwrap();
        contribution_insert(&mut tx, &pledge(&chance, None)).await.unwrap();
        assert_eq!(contribution_lock(&mut tx, one.id).await.unwrap().as_ref(), Some(&one));
        assert_eq!(contribution_by_token(&mut tx, STRIPE, "sub_1").await.unwrap().as_ref(), Some(&one));
        assert_eq!(contribution_by_token(&mut tx, GatewayName::Paypal, "sub_1").await.unwrap(), None);
        assert_eq!(contribution_by_lookup(&mut tx, &Lookup([7; 32])).await.unwrap().len(), 3);
        one = Contribution { state: ContributionState::Active, paid_until: Some(Month(683)), lookup: None, ..one };
        assert!(contribution_update(&mut tx, &one, NOVEMBER).await.unwrap());
        assert_eq!(contribution_by_id(&mut tx, one.id).await.unwrap().as_ref(), Some(&one));
        let open = [ContributionState::Started, ContributionState::Pending];
        let first = contribution_in_states(&mut tx, STRIPE, &open, None, 1).await.unwrap();
        let rest = contribution_in_states(&mut tx, STRIPE, &open, Some(first[0].id), 9).await.unwrap();
        assert_eq!((first.len(), rest.len()), (1, 1));
        assert_eq!(
            contribution_counts(&mut tx).await.unwrap(),
            [(ContributionState::Active, 1), (ContributionState::Started, 2)]
        );
    })
    .await;
}

#[tokio::test]
async fn a_payment_that_is_told_again_is_the_same_payment() {
    both_backends(async |store| {
        let chance = SeededChance::new(2);
        let mut tx = store.begin().await.unwrap();
        let of = pledge(&chance, None);
        contribution_insert(&mut tx, &of).await.unwrap();
        let first = paid(&chance, &of, "in_1", 200);
        payment_put(&mut tx, &Payment { fee: Some(36), ..first.clone() }).await.unwrap();
        payment_put(&mut tx, &Payment { refunded: 50, ..paid(&chance, &of, "in_1", 200) }).await.unwrap();
        let now = payment_of(&mut tx, of.id).await.unwrap();
        assert_eq!(now, [Payment { fee: Some(36), refunded: 50, ..first }]);
        // Of what was asked back in part the rest stays, of what was all of it nothing, and never less than that.
        let asked = |token, disputed, refunded| Payment {
            dispute: Some(Dispute::Lost),
            disputed,
            refunded,
            ..paid(&chance, &of, token, 900)
        };
        for (token, disputed, refunded) in [("in_2", 900, 0), ("in_4", 400, 100), ("in_5", 900, 100)] {
            payment_put(&mut tx, &asked(token, disputed, refunded)).await.unwrap();
        }
        payment_put(&mut tx, &Payment { state: PaymentState::Failed, ..paid(&chance, &of, "in_3", 900) })
            .await
            .unwrap();
        let sums = payment_sums(&mut tx, NOVEMBER, NOVEMBER).await.unwrap();
        let kept = |sum: &PaymentSum| (sum.kept.minor, sum.fees, sum.count);
        assert_eq!(sums.iter().map(kept).collect::<Vec<_>>(), [(550, 36, 4)]);
        assert_eq!(payment_balance(&mut tx, STRIPE).await.unwrap(), [Money::new(550, Currency::USD)]);
        assert_eq!(payment_raised(&mut tx, Currency::USD, Month(600), NOVEMBER).await.unwrap(), 550);
        assert_eq!(payment_raised(&mut tx, Currency::EUR, Month(600), NOVEMBER).await.unwrap(), 0);
        let all = payment_in(&mut tx, (NOVEMBER, NOVEMBER), None, 2).await.unwrap();
        let rest = payment_in(&mut tx, (NOVEMBER, NOVEMBER), Some((NOVEMBER, all[1].id)), 3).await.unwrap();
        assert_eq!((all.len(), rest.len()), (2, 3));
        assert_eq!(all.iter().chain(&rest).map(Payment::kept).sum::<i64>(), 550, "as the database counts");
        assert_eq!(payment_let_go(&mut tx, of.id).await.unwrap(), 5);
        assert_eq!(payment_by_token(&mut tx, STRIPE, "in_1").await.unwrap().unwrap().contribution, None);
    })
    .await;
}

#[tokio::test]
async fn what_failed_and_was_never_paid_is_forgotten() {
    both_backends(async |store| {
        let chance = SeededChance::new(4);
        let mut tx = store.begin().await.unwrap();
        let failed = || Contribution { state: ContributionState::Failed, lookup: None, ..pledge(&chance, None) };
        let (old, new) = (failed(), Contribution { month: Month(NOVEMBER.0 + 1), ..failed() });
        let (bounced, begun, returned) = (failed(), pledge(&chance, None), failed());
        let invoice = Contribution { gateway: GatewayName::Btcpay, ..failed() };
        for one in [&old, &new, &bounced, &begun, &returned, &invoice] {
            contribution_insert(&mut tx, one).await.unwrap();
        }
        let tried = |of: &Contribution, token| Payment { state: PaymentState::Failed, ..paid(&chance, of, token, 200) };
        for payment in
            [tried(&old, "in_1"), tried(&begun, "in_2"), tried(&bounced, "in_3"), paid(&chance, &bounced, "in_4", 9)]
        {
            payment_put(&mut tx, &payment).await.unwrap();
        }
        let went_back = Payment { came: Some(0), ..tried(&returned, "in_5") };
        payment_put(&mut tx, &went_back).await.unwrap();
        contribution_link_add(&mut tx, "hash", old.id, Month(999)).await.unwrap();
        assert_eq!(contribution_forget_failed(&mut tx, Month(NOVEMBER.0 + 1)).await.unwrap(), 1);
        assert_eq!(contribution_by_id(&mut tx, old.id).await.unwrap(), None);
        assert_eq!(payment_by_token(&mut tx, STRIPE, "in_1").await.unwrap(), None);
        assert_eq!(contribution_link_opens(&mut tx, "hash", NOVEMBER).await.unwrap(), None);
        for (of, payments) in [(&new, 0), (&bounced, 2), (&begun, 1), (&returned, 1), (&invoice, 0)] {
            assert!(contribution_by_id(&mut tx, of.id).await.unwrap().is_some());
            assert_eq!(payment_of(&mut tx, of.id).await.unwrap().len(), payments);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_told_while_somebody_looks_is_looked_at_again() {
    both_backends(async |store| {
        let chance = SeededChance::new(3);
        let mut tx = store.begin().await.unwrap();
        assert!(gateway_event_add(&mut tx, STRIPE, "evt_1", Week(1)).await.unwrap());
        assert!(!gateway_event_add(&mut tx, STRIPE, "evt_1", Week(1)).await.unwrap());
        gateway_object_want(&mut tx, STRIPE, "invoice", "in_1", noon()).await.unwrap();
        gateway_object_want(&mut tx, STRIPE, "invoice", "in_1", noon()).await.unwrap();
        let lease = chance.uuid_v4();
        let mine = gateway_object_claim(&mut tx, lease, noon(), 60_000, 10).await.unwrap();
        assert_eq!((mine.len(), mine[0].wanted, mine[0].tries), (1, 2, 1));
        assert_eq!(gateway_object_claim(&mut tx, chance.uuid_v4(), noon(), 60_000, 10).await.unwrap(), []);
        gateway_object_want(&mut tx, STRIPE, "invoice", "in_1", noon()).await.unwrap();
        assert!(gateway_object_done(&mut tx, &mine[0], noon()).await.unwrap());
        let again = gateway_object_claim(&mut tx, lease, noon(), 60_000, 10).await.unwrap();
        assert_eq!((again[0].wanted, again[0].tries), (3, 1));
        // Whoever lost the lease writes nothing.
        let late = noon().plus_millis(60_001);
        let other = gateway_object_claim(&mut tx, chance.uuid_v4(), late, 60_000, 10).await.unwrap();
        assert_eq!(other.len(), 1, "the lease ended");
        assert!(!gateway_object_done(&mut tx, &again[0], late).await.unwrap());
        gateway_object_defer(&mut tx, &other[0], late.plus_millis(5_000)).await.unwrap();
        assert_eq!(gateway_object_claim(&mut tx, lease, late, 60_000, 10).await.unwrap(), []);
        assert_eq!(gateway_object_waiting(&mut tx).await.unwrap(), (1, Some(late.plus_millis(5_000))));
        let last = gateway_object_claim(&mut tx, lease, late.plus_millis(5_000), 60_000, 10).await.unwrap();
        assert!(gateway_object_done(&mut tx, &last[0], late).await.unwrap());
        assert_eq!(gateway_object_waiting(&mut tx).await.unwrap(), (0, None));
        assert_eq!(gateway_event_forget(&mut tx, Week(2)).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_pledge_of_another_system_is_taken_in_once() {
    both_backends(async |store| {
        let chance = SeededChance::new(9);
        let mut tx = store.begin().await.unwrap();
        let first = pledge(&chance, Some("sub_1"));
        assert!(contribution_insert_new(&mut tx, &first).await.unwrap());
        contribution_import_add(&mut tx, first.id, "ghost", noon()).await.unwrap();
        let again = pledge(&chance, Some("sub_1"));
        assert!(!contribution_insert_new(&mut tx, &again).await.unwrap());
        assert_eq!(contribution_by_id(&mut tx, again.id).await.unwrap(), None);
        assert_eq!(contribution_import_at(&mut tx, first.id).await.unwrap(), Some(noon()));
        assert_eq!(contribution_import_at(&mut tx, again.id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn trouble_with_a_gateway_is_known_since_it_began() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        let later = noon().plus_millis(1_000);
        gateway_trouble(&mut tx, STRIPE, Some("answered 502"), noon()).await.unwrap();
        gateway_trouble(&mut tx, STRIPE, Some("no answer"), later).await.unwrap();
        gateway_swept(&mut tx, STRIPE, Some("evt_9"), later).await.unwrap();
        gateway_swept(&mut tx, STRIPE, None, later).await.unwrap();
        let row = gateway_all(&mut tx).await.unwrap().remove(0);
        assert_eq!(
            (row.trouble.as_deref(), row.since, row.place.as_deref()),
            (Some("no answer"), Some(noon()), Some("evt_9"))
        );
        gateway_trouble(&mut tx, STRIPE, None, later).await.unwrap();
        let row = gateway_all(&mut tx).await.unwrap().remove(0);
        assert_eq!((row.trouble, row.since), (None, None));
    })
    .await;
}

#[tokio::test]
async fn a_link_opens_its_own_page_until_it_ends() {
    both_backends(async |store| {
        let chance = SeededChance::new(4);
        let mut tx = store.begin().await.unwrap();
        let of = pledge(&chance, None);
        contribution_insert(&mut tx, &of).await.unwrap();
        contribution_link_add(&mut tx, "hash", of.id, NOVEMBER).await.unwrap();
        assert_eq!(contribution_link_opens(&mut tx, "hash", NOVEMBER).await.unwrap(), Some(of.id));
        assert_eq!(contribution_link_opens(&mut tx, "hash", Month(NOVEMBER.0 + 1)).await.unwrap(), None);
        assert_eq!(contribution_link_opens(&mut tx, "other", NOVEMBER).await.unwrap(), None);
        assert_eq!(contribution_link_expire(&mut tx, Month(NOVEMBER.0 + 1)).await.unwrap(), 1);
        assert_eq!(contribution_link_forget(&mut tx, of.id).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn the_sandbox_keeps_its_books() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        let mut row = SandboxRow { id: "p_1".into(), kind: "pledge".into(), due_at: Some(noon()), object: "{}".into() };
        sandbox_put(&mut tx, &row).await.unwrap();
        assert_eq!(sandbox_due(&mut tx, noon().plus_millis(-1)).await.unwrap(), None);
        assert_eq!(sandbox_due(&mut tx, noon()).await.unwrap().as_ref(), Some(&row));
        row.due_at = None;
        sandbox_put(&mut tx, &row).await.unwrap();
        assert_eq!(sandbox_due(&mut tx, noon()).await.unwrap(), None);
        assert_eq!(sandbox_get(&mut tx, "p_1").await.unwrap().as_ref(), Some(&row));
        assert_eq!(sandbox_all(&mut tx, "pledge").await.unwrap(), [row]);
    })
    .await;
}

#[tokio::test]
async fn what_a_giver_left_is_sealed_anew_and_never_brought_back() {
    both_backends(async |store| {
        let chance = SeededChance::new(8);
        let mut tx = store.begin().await.unwrap();
        let sealed = |byte| Some(Sealed(vec![byte; 9]));
        let named = Contribution { contact: sealed(1), ..pledge(&chance, Some("sub_1")) };
        let nobody = Contribution { lookup: None, ..pledge(&chance, None) };
        for one in [&named, &nobody] {
            contribution_insert(&mut tx, one).await.unwrap();
            payment_put(&mut tx, &paid(&chance, one, &format!("in_{}", one.id), 200)).await.unwrap();
        }
        contribution_link_add(&mut tx, "hash", named.id, NOVEMBER).await.unwrap();
        assert_eq!(contribution_sealed_count(&mut tx).await.unwrap(), 1);
        let page = contribution_sealed_page(&mut tx, None, 9).await.unwrap();
        assert_eq!(page, std::slice::from_ref(&named));
        assert_eq!(contribution_sealed_page(&mut tx, Some(named.id), 9).await.unwrap(), []);
        assert_eq!(lookup_change_all(&mut tx, &|_| Lookup([8; 32])).await.unwrap(), 1);
        let (new, found) = (sealed(2), Some(Lookup([8; 32])));
        assert!(contribution_reseal(&mut tx, &named, new.as_ref(), None, found.as_ref()).await.unwrap());
        let now = contribution_by_id(&mut tx, named.id).await.unwrap().unwrap();
        assert_eq!((now.contact, now.lookup), (new.clone(), found));
        // Erased since it was read.
        contribution_update(&mut tx, &Contribution { contact: None, lookup: None, ..named.clone() }, NOVEMBER)
            .await
            .unwrap();
        assert!(!contribution_reseal(&mut tx, &named, new.as_ref(), None, found.as_ref()).await.unwrap());
        assert_eq!(contribution_sealed_count(&mut tx).await.unwrap(), 0);
        // With the keys everything about givers goes, and what they gave stays.
        contribution_update(&mut tx, &Contribution { message: sealed(3), ..named.clone() }, NOVEMBER).await.unwrap();
        readers_delete(&mut tx).await.unwrap();
        let left = contribution_by_id(&mut tx, named.id).await.unwrap().unwrap();
        assert_eq!(left, Contribution { lookup: None, contact: None, message: None, ..named.clone() });
        assert_eq!(payment_of(&mut tx, named.id).await.unwrap().len(), 1);
        assert_eq!(contribution_link_opens(&mut tx, "hash", NOVEMBER).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn whoever_writes_something_new_recalls_the_others_who_look() {
    both_backends(async |store| {
        let chance = SeededChance::new(9);
        let mut tx = store.begin().await.unwrap();
        for id in ["a", "b"] {
            gateway_object_want(&mut tx, STRIPE, "charge", id, noon()).await.unwrap();
        }
        let mut claim = async || {
            let lease = chance.uuid_v4();
            gateway_object_claim(&mut tx, lease, noon(), 60_000, 1).await.unwrap().remove(0)
        };
        let (one, other) = (claim().await, claim().await);
        assert_eq!(gateway_object_recall(&mut tx, STRIPE, one.lease, noon()).await.unwrap(), 1);
        assert!(gateway_object_done(&mut tx, &one, noon()).await.unwrap());
        assert!(!gateway_object_done(&mut tx, &other, noon()).await.unwrap());
        let again = gateway_object_claim(&mut tx, chance.uuid_v4(), noon(), 60_000, 9).await.unwrap();
        assert_eq!((again.len(), again[0].id.as_str(), again[0].tries), (1, other.id.as_str(), 1));
    })
    .await;
}

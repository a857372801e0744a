//! Appeals, their variants, texts and counts.

use model::{
    Appeal, AppealId, AppealKind, AppealSettings, AppealState, AppealText, Document, Language, Variant, VariantId,
    document::Block,
};
use store::*;
use uuid::Uuid;

use crate::{both_backends, noon};

fn appeal(number: u128, kind: AppealKind, state: AppealState) -> Appeal {
    let settings = AppealSettings { name: format!("Appeal {number}"), ..AppealSettings::default() };
    let position = i64::try_from(number).unwrap();
    Appeal { id: AppealId(Uuid::from_u128(number)), kind, position, state, made_at: noon(), settings }
}

fn variant(number: u128, of: &Appeal, position: i64) -> Variant {
    let id = VariantId(Uuid::from_u128(number));
    Variant { id, appeal: of.id, position, name: format!("V{number}"), weight: 1, active: true }
}

fn text(of: &Variant, language: &str, says: &str) -> AppealText {
    AppealText {
        variant: of.id,
        language: Language::new(language).unwrap(),
        version: 1,
        published: None,
        saved_at: noon(),
        saved_by: "anna".to_owned(),
        document: Document::new(vec![Block::paragraph(says)]),
        shown: None,
    }
}

#[tokio::test]
async fn readers_get_what_was_shown_last_and_only_of_appeals_that_were_started() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        let english = Language::english();
        let (own, draft) =
            (appeal(2, AppealKind::End, AppealState::Started), appeal(1, AppealKind::End, AppealState::Draft));
        for each in [&own, &draft] {
            appeal_insert(&mut tx, each).await.unwrap();
            appeal_variant_save(&mut tx, &variant(each.id.0.as_u128() * 10, each, 1)).await.unwrap();
        }
        let first = variant(21, &own, 0);
        appeal_variant_save(&mut tx, &first).await.unwrap();
        let before = text(&first, "en", "Please give");
        assert!(appeal_text_save(&mut tx, &before, 0).await.unwrap());
        assert!(!appeal_text_save(&mut tx, &before, 0).await.unwrap(), "a save over another one");
        assert!(appeal_text_save(&mut tx, &text(&variant(20, &own, 1), "fa", "لطفا"), 0).await.unwrap());
        assert_eq!(appeal_shown(&mut tx, &english).await.unwrap(), [], "readers see what nobody published");
        assert_eq!(appeal_texts_show(&mut tx, own.id).await.unwrap(), 2);
        assert_eq!(appeal_texts_show(&mut tx, own.id).await.unwrap(), 0);
        let shown = appeal_shown(&mut tx, &english).await.unwrap();
        assert_eq!(
            shown,
            [AppealShown { appeal: own.clone(), variants: vec![(first.clone(), before.document.clone())] }]
        );
        let kept = appeal_text_of(&mut tx, first.id, &english).await.unwrap().unwrap();
        assert_eq!((kept.published, kept.shown.as_ref()), (Some(1), Some(&before.document)));
        let document = Document::new(vec![Block::paragraph("Please, please give")]);
        assert!(appeal_text_save(&mut tx, &AppealText { version: 2, document, ..kept }, 1).await.unwrap());
        assert_eq!(appeal_shown(&mut tx, &english).await.unwrap(), shown, "a save reached readers");
        let languages: Vec<String> =
            appeal_texts(&mut tx, own.id).await.unwrap().iter().map(|text| text.language.to_string()).collect();
        assert_eq!(languages, ["en", "fa"]);
        appeal_variant_save(&mut tx, &Variant { active: false, ..first.clone() }).await.unwrap();
        assert_eq!(appeal_shown(&mut tx, &english).await.unwrap(), []);
        assert_eq!(appeal_variants_started(&mut tx).await.unwrap(), [VariantId(Uuid::from_u128(20))]);
        assert!(appeal_update(&mut tx, &Appeal { state: AppealState::Withdrawn, ..own.clone() }).await.unwrap());
        assert_eq!(appeal_variants_started(&mut tx).await.unwrap(), []);
        assert!(appeal_delete(&mut tx, own.id).await.unwrap());
        assert_eq!(appeal_variant_by_id(&mut tx, first.id).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn appeals_stand_in_their_order_and_counts_add_up() {
    both_backends(async |store| {
        let mut tx = store.begin().await.unwrap();
        let (end, banner) =
            (appeal(1, AppealKind::End, AppealState::Started), appeal(2, AppealKind::Banner, AppealState::Started));
        appeal_insert(&mut tx, &end).await.unwrap();
        appeal_insert(&mut tx, &banner).await.unwrap();
        assert_eq!(appeal_all(&mut tx).await.unwrap(), [banner, end.clone()]);
        assert_eq!(appeal_last_position(&mut tx, AppealKind::End).await.unwrap(), 2);
        assert_eq!(appeal_by_id(&mut tx, end.id).await.unwrap().as_ref(), Some(&end));
        let one = variant(11, &end, 0);
        appeal_variant_save(&mut tx, &one).await.unwrap();
        assert_eq!(appeal_variants(&mut tx, end.id).await.unwrap(), vec![one.clone()]);
        for (variant, seen, cut) in [(one.id, 3, 0), (one.id, 4, 9), (VariantId(Uuid::from_u128(99)), 5, 0)] {
            appeal_day_add(&mut tx, &AppealDay { variant, day: 20_000, seen, cut }).await.unwrap();
        }
        let days = appeal_days(&mut tx, end.id).await.unwrap();
        assert_eq!(days, [AppealDay { variant: one.id, day: 20_000, seen: 7, cut: 9 }]);
    })
    .await;
}

//! Points at which tests end the process, to see what survives: as if the power went off there.
//!
//! The binary takes one of them from `MASTHEAD_ABORT_AT`; without it, passing a point costs a comparison.

/// Every point, in the order in which work passes them.
pub const ALL: &[&str] = &[
    "publish.begun",
    "publish.before_commit",
    "publish.after_commit",
    "publish.after_follow",
    "schedule.before_commit",
    "schedule.after_commit",
    "schedule.job_claimed",
    "schedule.job_published",
    "upload.stored",
    "upload.before_commit",
    "upload.after_commit",
    "webhook.begun",
    "webhook.sent",
    "outbox.attempting",
    "outbox.sent",
    "remind.taken",
    "remind.handed_over",
    "delivery.freezing",
    "delivery.frozen",
    "delivery.reserved",
    "delivery.attempting_committed",
    "delivery.sent_not_settled",
    "delivery.settled",
    "delivery.ended",
    "pay.begun",
    "pay.started",
    "pay.heard",
    "pay.claimed",
    "pay.fetched",
    "pay.projected",
    "pledges.page",
    "stop.committed",
    "stop.asked",
    "rotate.written",
    "rotate.begun",
    "rotate.page",
    "rotate.resealed",
    "rotate.switched",
    "rotate.forgotten",
    "burn.destroyed",
];

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn every_point_has_a_name_of_its_own() {
        let names: std::collections::HashSet<_> = ALL.iter().collect();
        assert_eq!(names.len(), ALL.len());
    }
}

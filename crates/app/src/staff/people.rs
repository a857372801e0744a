//! Roles, and accounts that may not sign in any more.

use model::{Role, Staff, StaffId};
use store::Tx;

use super::Denial;
use crate::{Newsroom, error::Error};

/// Gives somebody another role.
///
/// # Errors
/// [`Denial::Gone`]; [`Denial::LastPublisher`] when the newsroom would be left without one.
pub async fn set_role(newsroom: &Newsroom, id: StaffId, role: Role, by: &str) -> Result<Staff, Error> {
    change(newsroom, id, by, "staff.role", |staff| staff.role = role).await
}

/// Closes an account: every session ends at once, its keys are forgotten, what it wrote stays.
///
/// # Errors
/// As [`set_role`].
pub async fn withdraw_account(newsroom: &Newsroom, id: StaffId, by: &str) -> Result<Staff, Error> {
    change(newsroom, id, by, "staff.withdraw", |staff| staff.active = false).await
}

async fn change(
    newsroom: &Newsroom,
    id: StaffId,
    by: &str,
    action: &str,
    change: impl FnOnce(&mut Staff) + Send,
) -> Result<Staff, Error> {
    let mut tx = newsroom.store().begin().await?;
    let mut staff = store::staff_by_id(&mut tx, id).await?.ok_or(Denial::Gone)?;
    let publisher = publishes(&staff);
    change(&mut staff);
    store::staff_update(&mut tx, &staff).await?;
    if publisher && !publishes(&staff) {
        keep_a_publisher(&mut tx).await?;
    }
    if !staff.active {
        store::staff_forget_keys(&mut tx, id).await?;
    }
    let detail = serde_json::json!({ "role": staff.role }).to_string();
    store::audit_append(&mut tx, newsroom.clock().now(), by, action, Some(id.0), &detail).await?;
    tx.commit().await?;
    Ok(staff)
}

fn publishes(staff: &Staff) -> bool {
    staff.active && staff.role == Role::Publisher
}

async fn keep_a_publisher(tx: &mut Tx) -> Result<(), Error> {
    if store::staff_count(tx, Role::Publisher).await? == 0 {
        return Err(Denial::LastPublisher.into());
    }
    Ok(())
}

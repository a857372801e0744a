//! Today at the desk: what waits for whom, what comes next, what is read, what went wrong.

mod letters;

use model::{Newsroom as Settings, Role, Staff, StoryId, StoryState};
use store::{DeskFilter, DeskRow, EditLock, Tx};

pub use letters::{Letters, UnderWay};
pub use store::StoryHead;

use crate::{
    Newsroom,
    error::Error,
    issues::{self, Held},
    reads::{self, Read},
    stories::desk::{self, Mention},
    vault,
};

/// Lines of a list.
const LINES: i64 = 6;
/// Days of the chart.
pub const DAYS: i64 = 14;

/// The first lines of a list, and how long it is.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    /// Its first lines.
    pub rows: Vec<DeskRow>,
    /// How many there are.
    pub count: i64,
}

/// Something about the newsroom or the account that somebody should set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// The account has one way in only.
    SecondKey,
    /// The newsroom has one publisher only.
    SecondPublisher,
    /// The newsroom is still called as it was made.
    Name,
    /// Its address is not set.
    Address,
    /// Readers have nowhere to write to.
    Contact,
    /// There is no section.
    Sections,
    /// So many photos have no pixels here.
    Photos(i64),
    /// The keys to readers' addresses are not here.
    Vault,
    /// They are to be destroyed.
    Burn,
    /// They were changed, and not every address is sealed anew.
    Rotating,
}

impl Hint {
    /// The key of its text, where to go, and its number.
    #[must_use]
    pub fn shown(self) -> (&'static str, &'static str, i64) {
        match self {
            Self::SecondKey => ("hint-second-key", "/desk/account", 0),
            Self::SecondPublisher => ("hint-second-publisher", "/desk/people", 0),
            Self::Name => ("hint-name", "/desk/settings", 0),
            Self::Address => ("hint-address", "/desk/settings", 0),
            Self::Contact => ("hint-contact", "/desk/settings", 0),
            Self::Sections => ("hint-sections", "/desk/sections", 0),
            Self::Photos(count) => ("hint-photos", "/desk/media?show=missing", count),
            Self::Vault => ("hint-vault", "/desk/vault", 0),
            Self::Burn => ("hint-burn", "/desk/vault", 0),
            Self::Rotating => ("hint-rotating", "/desk/vault", 0),
        }
    }
}

/// Today.
#[derive(Debug, Clone)]
pub struct Today {
    /// One's own drafts.
    pub drafts: Lines,
    /// What is in review: for reporters, of their own.
    pub review: Lines,
    /// What is ready to be published: for reporters, of their own.
    pub ready: Lines,
    /// What is scheduled, the next first.
    pub scheduled: Vec<StoryHead>,
    /// What newsletters do: for editors.
    pub letters: Option<Letters>,
    /// What somebody is writing in just now.
    pub held: Vec<(StoryHead, EditLock)>,
    /// What calls for one's attention and was not seen.
    pub mentions: Vec<Mention>,
    /// Jobs that were given up.
    pub failed: i64,
    /// What is read.
    pub read: Read,
    /// The stories that `read` names.
    pub read_heads: Vec<StoryHead>,
    /// What is not set up.
    pub hints: Vec<Hint>,
}

/// What stands around every page of the desk.
#[derive(Debug, Clone, Default)]
pub struct Around {
    /// What the newsroom says of itself.
    pub settings: Settings,
    /// How many mentions somebody has not seen.
    pub mentions: i64,
    /// Issues that are held, for editors.
    pub held: Vec<Held>,
}

/// What stands around every page of the desk, for somebody or for nobody yet.
///
/// # Errors
/// When the database fails.
pub async fn around(newsroom: &Newsroom, staff: Option<&Staff>) -> Result<Around, Error> {
    let mut tx = newsroom.store().read().await?;
    let settings = store::newsroom_settings(&mut tx).await?;
    let Some(staff) = staff else { return Ok(Around { settings, ..Around::default() }) };
    let mentions = store::mention_count(&mut tx, staff.id).await?;
    let held = if staff.role >= Role::Editor { issues::held_in_tx(&mut tx).await? } else { Vec::new() };
    Ok(Around { settings, mentions, held })
}

/// Today for somebody.
///
/// # Errors
/// When the database fails.
pub async fn today(newsroom: &Newsroom, settings: &Settings, staff: &Staff) -> Result<Today, Error> {
    let edits = staff.role >= Role::Editor;
    let now = newsroom.clock().now();
    let read = reads::read(newsroom, settings, DAYS, 8).await?;
    let mentions = desk::mentions(newsroom, staff.id).await?;
    let letters = if edits { Some(letters::letters(newsroom).await?) } else { None };
    let own = (!edits).then_some(staff.id);
    let mut tx = newsroom.store().read().await?;
    let drafts = lines(&mut tx, StoryState::Draft, Some(staff.id)).await?;
    let review = lines(&mut tx, StoryState::InReview, own).await?;
    let ready = lines(&mut tx, StoryState::Ready, own).await?;
    let scheduled = scheduled(&mut tx, own).await?;
    let held = if edits { held(&mut tx, now, staff).await? } else { Vec::new() };
    let failed = if edits { store::job_failed_count(&mut tx).await? } else { 0 };
    let ids: Vec<StoryId> = read.now_most.iter().chain(&read.today_most).map(|(id, _)| *id).collect();
    let read_heads = store::story_heads(&mut tx, &ids).await?;
    let mut hints = hints(&mut tx, settings, staff).await?;
    drop(tx);
    if staff.role >= Role::Publisher {
        vault_hints(newsroom, &mut hints).await?;
    }
    Ok(Today { drafts, review, ready, scheduled, letters, held, mentions, failed, read, read_heads, hints })
}

async fn vault_hints(newsroom: &Newsroom, hints: &mut Vec<Hint>) -> Result<(), Error> {
    if newsroom.keys().is_err() {
        hints.push(Hint::Vault);
    }
    if vault::burn_pending(newsroom).await?.is_some() {
        hints.push(Hint::Burn);
    }
    if vault::stored(newsroom).await?.rotating {
        hints.push(Hint::Rotating);
    }
    Ok(())
}

async fn lines(tx: &mut Tx, state: StoryState, owner: Option<model::StaffId>) -> Result<Lines, Error> {
    let filter = DeskFilter { state: state.into(), owner, ..DeskFilter::default() };
    let found = store::desk_list(tx, &filter, LINES, 0).await?;
    Ok(Lines { count: found.total.counted(), rows: found.rows })
}

async fn scheduled(tx: &mut Tx, own: Option<model::StaffId>) -> Result<Vec<StoryHead>, Error> {
    let Some(owner) = own else { return Ok(store::story_scheduled(tx, LINES).await?) };
    let state = StoryState::Scheduled.into();
    let filter = DeskFilter { state, owner: owner.into(), ..DeskFilter::default() };
    let rows = store::desk_list(tx, &filter, 100, 0).await?.rows;
    let mut heads: Vec<StoryHead> = rows.into_iter().map(|row| row.head).collect();
    heads.sort_by_key(|head| head.published_at);
    heads.truncate(usize::try_from(LINES).unwrap_or_default());
    Ok(heads)
}

/// What others are writing in: editors may take over.
async fn held(tx: &mut Tx, now: model::Timestamp, staff: &Staff) -> Result<Vec<(StoryHead, EditLock)>, Error> {
    let locks = store::lock_list(tx, now, LINES * 2).await?;
    let ids: Vec<StoryId> = locks.iter().map(|(id, _)| *id).collect();
    let heads = store::story_heads(tx, &ids).await?;
    let others = locks.into_iter().filter(|(_, lock)| lock.staff != staff.id);
    Ok(others.filter_map(|(id, lock)| Some((heads.iter().find(|head| head.id == id)?.clone(), lock))).collect())
}

async fn hints(tx: &mut Tx, settings: &Settings, staff: &Staff) -> Result<Vec<Hint>, Error> {
    let mut hints = Vec::new();
    let mut add = |wanted: bool, hint: Hint| {
        if wanted {
            hints.push(hint);
        }
    };
    let keys = store::passkey_list(tx, staff.id).await?.len();
    let codes = usize::from(store::totp_of(tx, staff.id).await?.is_some());
    add(keys + codes < 2, Hint::SecondKey);
    if staff.role >= Role::Editor {
        add(store::section_all(tx).await?.is_empty(), Hint::Sections);
        let missing = store::photo_missing_count(tx).await?;
        add(missing > 0, Hint::Photos(missing));
    }
    if staff.role >= Role::Publisher {
        add(store::staff_count(tx, Role::Publisher).await? < 2, Hint::SecondPublisher);
        add(settings.name == Settings::default().name, Hint::Name);
        add(settings.address.is_none(), Hint::Address);
        add(settings.contact.is_empty(), Hint::Contact);
    }
    Ok(hints)
}

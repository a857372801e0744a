//! All SQL, on SQLite and PostgreSQL.
//!
//! A [`Store`] opens a database, brings its schema up to date and hands out transactions. Everything is read and
//! written through a [`Tx`]: what happens in one is committed whole or not at all, and dropping it undoes it.
//! Each query is written once and runs on both databases; a file per noun, functions named noun first.
//!
//! Lists are read from indexes that hold their order, so that a page of a list costs the same in an archive of a
//! hundred stories and of a hundred thousand. Missing is `Ok(None)`; a failed query is an [`Error`].

#[macro_use]
mod sql;

pub mod api_token;
pub mod appeal;
pub mod appeal_day;
pub mod appeal_text;
pub mod audit;
pub mod byline;
pub mod contribution;
pub mod contribution_import;
pub mod contribution_link;
pub mod contribution_list;
pub mod contribution_seal;
pub mod contribution_sum;
pub mod correction;
pub mod delivery;
pub mod delivery_bounce;
pub mod delivery_settle;
pub mod delivery_take;
pub mod desk_list;
pub mod draft;
pub mod dump;
pub mod edit_lock;
mod error;
pub mod follower;
pub mod front;
pub mod gateway;
pub mod import;
pub mod issue;
pub mod issue_count;
pub mod issue_link;
pub mod issue_list;
pub mod job;
pub mod journal;
pub mod list;
mod location;
mod migrate;
pub mod newsletter;
pub mod note;
mod open;
pub mod outbox;
pub mod page;
pub mod page_draft;
pub mod payment;
pub mod photo;
pub mod photo_list;
pub mod preview_link;
pub mod read_day;
pub mod redirect;
pub mod relay_day;
pub mod reminder;
pub mod revision;
pub mod sandbox;
pub mod saved_filter;
pub mod schema;
pub mod search;
pub mod section;
pub mod sending;
pub mod setting;
mod staff;
mod store;
pub mod story;
pub mod story_list;
pub mod story_parts;
pub mod story_query;
pub mod subscriber;
pub mod subscriber_seal;
pub mod subscription;
pub mod suppression;
pub mod topic;
pub mod translation;
pub mod webhook;

pub use api_token::*;
pub use appeal::*;
pub use appeal_day::*;
pub use appeal_text::*;
pub use audit::*;
pub use byline::*;
pub use contribution::*;
pub use contribution_import::*;
pub use contribution_link::*;
pub use contribution_list::*;
pub use contribution_seal::*;
pub use contribution_sum::*;
pub use correction::*;
pub use delivery::*;
pub use delivery_bounce::*;
pub use delivery_settle::*;
pub use delivery_take::*;
pub use desk_list::*;
pub use draft::*;
pub use edit_lock::*;
pub use error::{Error, OpenError};
pub use follower::*;
pub use front::*;
pub use gateway::*;
pub use import::*;
pub use issue::{
    issue_approve, issue_at, issue_by_id, issue_by_number, issue_by_path, issue_hold_restored, issue_insert,
    issue_move, issue_place, issue_save, issue_slot, issue_time, issue_unnumber,
};
pub use issue_count::*;
pub use issue_link::*;
pub use issue_list::*;
pub use job::*;
pub use journal::*;
pub use list::*;
pub use location::{InvalidLocation, Location};
pub use newsletter::*;
pub use note::*;
pub use outbox::*;
pub use page::*;
pub use page_draft::*;
pub use payment::*;
pub use photo::*;
pub use photo_list::*;
pub use preview_link::*;
pub use read_day::*;
pub use redirect::*;
pub use relay_day::*;
pub use reminder::*;
pub use revision::*;
pub use sandbox::*;
pub use saved_filter::*;
pub use search::*;
pub use section::*;
pub use sending::*;
pub use setting::*;
pub use sql::Tx;
pub use staff::*;
pub use store::Store;
pub use story::*;
pub use story_list::*;
pub use story_parts::*;
pub use story_query::*;
pub use subscriber::*;
pub use subscriber_seal::*;
pub use subscription::*;
pub use suppression::*;
pub use topic::*;
pub use translation::*;
pub use webhook::*;

//! The command line, as `--help` shows it.

mod contributions;
mod list;
mod newsletter;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use contributions::{ContributionExport, ContributionImport, ContributionList, Contributions, PledgeFile};
pub(crate) use list::{Export, List, ListImport, ListState, ListSystem};
pub(crate) use newsletter::{Newsletter, Preview, PreviewKind, Send, Status};

/// One program for an independent newsroom: publishes stories and keeps readers able to reach them.
///
/// Try it:  masthead demo
///
/// Start for real:  masthead init my-newsroom && masthead serve --data my-newsroom
#[derive(Debug, Parser)]
#[command(name = "masthead", version, max_term_width = 100)]
pub(crate) struct Cli {
    /// The newsroom's folder: configuration, database, photos.
    #[arg(long, short, global = true, env = "MASTHEAD_DATA", value_name = "DIR", default_value = ".")]
    pub(crate) data: PathBuf,

    /// Results as JSON on standard output, for scripts. Messages stay on standard error.
    #[arg(long, global = true)]
    pub(crate) json: bool,

    /// What to log: error, warn, info, debug, trace, or a tracing filter such as `web=debug`.
    #[arg(long, global = true, env = "MASTHEAD_LOG", value_name = "LEVEL")]
    pub(crate) log: Option<String>,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start a throw-away newsroom full of stories; nothing to configure.
    Demo(Demo),
    /// Make a new newsroom: a folder with its configuration, database and photos.
    Init(Init),
    /// Serve the newsroom.
    Serve(Serve),
    /// Take over stories, pages, topics and photos from another system.
    Import(Import),
    /// Photos that imports could not bring yet.
    #[command(subcommand)]
    Photos(Photos),
    /// What the newsroom says of itself: name, languages, address, time zone.
    #[command(subcommand)]
    Settings(Settings),
    /// Who works at the desk: let somebody in, give them new keys, list them.
    #[command(subcommand)]
    Staff(Staff),
    /// Stories without the desk: list, show, publish, withdraw, export.
    #[command(subcommand)]
    Story(Story),
    /// Keys with which other programs read and write here.
    #[command(subcommand)]
    Token(Token),
    /// Newsletters without the desk: list, preview, send, pause, and how it goes.
    #[command(subcommand)]
    Newsletter(Newsletter),
    /// Lists of subscribers: take them in from other systems, write them out.
    #[command(subcommand)]
    List(List),
    /// Gifts and pledges without the desk: list them, write payments down for the accounts, take in running ones.
    #[command(subcommand)]
    Contributions(Contributions),
    /// How mails leave: make a key that signs them, try the relays.
    #[command(subcommand)]
    Mail(Mail),
    /// Close contributions, withdraw appeals and reminders, and end every pledge at its gateway.
    EmergencyStop(EmergencyStop),
    /// Hold the keys of payment gateways apart from the newsroom, and do what it asks of them.
    Till {
        /// Also list the pledges that a gateway holds, and who pays them; only for as long as `contributions import` takes.
        #[arg(long)]
        import: bool,
    },
    /// The keys to readers' addresses: open, change, destroy them.
    #[command(subcommand)]
    Vault(Vault),
    /// Make and check themes.
    #[command(subcommand)]
    Theme(Theme),
    /// Say what is wrong with this installation, and what to do.
    Check,
    /// Put the whole newsroom into one file; safe while it is serving.
    Backup(Backup),
    /// Make a newsroom from a backup, on SQLite or PostgreSQL.
    Restore(Restore),
    /// Make the demo's backup from its sources (`cargo xtask demo-pack`).
    #[command(hide = true)]
    DemoPack {
        /// The folder of Markdown.
        source: PathBuf,
        /// The backup to write.
        file: PathBuf,
    },
    /// Unpack the demo newsroom into a folder (`masthead demo` runs this, so that it need not hold what unpacking takes).
    #[command(hide = true)]
    DemoUnpack {
        /// The folder to make.
        dir: PathBuf,
    },
    /// Print completions for a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Where to listen. A port that is in use is passed over for the next free one.
    #[arg(long, env = "MASTHEAD_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub(crate) listen: String,
    /// Keep the newsroom in this folder instead of throwing it away.
    #[arg(long, value_name = "DIR")]
    pub(crate) keep: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Init {
    /// The folder to make; it must be new or empty.
    pub(crate) dir: PathBuf,
    /// The newsroom's name.
    #[arg(long, default_value = "Our Newsroom")]
    pub(crate) name: String,
    /// Its language, such as en, ru, fa.
    #[arg(long, default_value = "en")]
    pub(crate) language: model::Language,
    /// Its time zone, such as Europe/Riga.
    #[arg(long, default_value = "UTC", value_name = "ZONE")]
    pub(crate) time_zone: String,
    /// `postgres://…` to keep the database there instead of in the folder.
    #[arg(long, env = "MASTHEAD_DATABASE", value_name = "URL")]
    pub(crate) database: Option<String>,
    /// Who can open readers' addresses.
    #[arg(long, value_enum, default_value_t = Custody::Server)]
    pub(crate) custody: Custody,
    /// Where the private half of the keys goes, with offline custody: take it to the other machine.
    #[arg(long, value_name = "FILE", required_if_eq("custody", "offline"))]
    pub(crate) private: Option<PathBuf>,
    /// Ask for a passphrase for the keys: of the private half with offline custody, else of the server's keyring.
    #[arg(long)]
    pub(crate) encrypt: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Where to listen; overrides `listen` in masthead.toml.
    #[arg(long, env = "MASTHEAD_LISTEN", value_name = "ADDR")]
    pub(crate) listen: Option<String>,
    /// Reload the theme when one of its files changes, and let open pages refresh themselves.
    #[arg(long)]
    pub(crate) dev: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum System {
    /// A WordPress export: one .xml file (Tools → Export → All content).
    Wordpress,
    /// A Ghost export: one .json file (Settings → Import/Export).
    Ghost,
    /// A Substack export: the unpacked folder with posts.csv and posts/.
    Substack,
    /// A folder of Markdown files, as Hugo, Zola and Jekyll keep them.
    Markdown,
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The system the export is from.
    pub(crate) system: System,
    /// The exported file or folder.
    pub(crate) path: PathBuf,
    /// A folder with the photos, such as a copy of wp-content/uploads.
    #[arg(long, value_name = "DIR")]
    pub(crate) photos: Option<PathBuf>,
    /// The language of texts that do not say theirs, such as en, ru, fa; the newsroom's own unless said otherwise.
    #[arg(long)]
    pub(crate) language: Option<model::Language>,
    /// Do not fetch photos from the old site; they can be fetched later.
    #[arg(long)]
    pub(crate) no_fetch: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Token {
    /// Make a key for a program. It is shown this once.
    Make {
        /// What you call it: which program will use it.
        name: String,
        /// Pen name of the account that it belongs to: it reaches no further than that account, and ends with it.
        #[arg(long = "as", value_name = "PEN_NAME")]
        owner: String,
        /// What it is for, such as content:read for Ghost front ends; several with commas. A content key is for that alone.
        #[arg(long = "for", value_name = "SCOPES", value_delimiter = ',', required = true)]
        scopes: Vec<String>,
        /// Days until it ends; it does not end by itself if none are given.
        #[arg(long)]
        days: Option<u16>,
    },
    /// List the keys, without their secrets.
    List,
    /// End a key: the program that uses it stops working at once.
    Revoke {
        /// Its id, as the list has it.
        id: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct EmergencyStop {
    /// Do it. Without this, what would be stopped is said and nothing is done.
    #[arg(long)]
    pub(crate) yes: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Photos {
    /// Look again for photos that are missing.
    Fetch {
        /// A folder to look in before fetching.
        #[arg(long, value_name = "DIR")]
        from: Option<PathBuf>,
        /// Only look in the folder.
        #[arg(long)]
        no_fetch: bool,
    },
    /// List the photos that are missing.
    Missing,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Settings {
    /// Show them.
    Show,
    /// Change one: name, tagline, language, languages, time_zone, address, contact.
    Set {
        /// Which. `name:ru` is the name in Russian; `tagline:ru` likewise.
        key: String,
        /// The new value; languages are separated by commas.
        value: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Staff {
    /// Print a one-time link for somebody new; they choose their own pen name.
    Add {
        /// What they may do.
        role: Role,
    },
    /// End somebody's keys and sessions at once, and print a one-time link for new keys.
    Reset {
        /// Their pen name.
        handle: String,
    },
    /// List accounts and links that are open.
    List,
}

/// What somebody at the desk may do; each may do what those before it may.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Role {
    /// Writes drafts, and sees the own ones.
    Reporter,
    /// Edits every story, and publishes.
    Editor,
    /// An editor who also makes and sends newsletters.
    NewsletterEditor,
    /// Settings, people, money.
    Publisher,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Story {
    /// List stories, the last changed first.
    List(StoryList),
    /// Show a story as plain text; with --json everything about it.
    Show {
        /// Its id, path, address or slug.
        story: String,
    },
    /// Publish stories now: what their editors see becomes what readers see.
    Publish {
        /// Their ids, paths, addresses or slugs.
        #[arg(required_unless_present = "ready")]
        stories: Vec<String>,
        /// Publish every story that is marked as ready.
        #[arg(long, conflicts_with = "stories")]
        ready: bool,
    },
    /// Take a public story back, everywhere at once; its address answers "withdrawn" from then on.
    Withdraw {
        /// Its id, path, address or slug.
        story: String,
        /// Why, for the audit log; readers don't see it.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// Write stories down as Markdown that `masthead import markdown` reads back; with --json as their documents.
    Export {
        /// Their ids, paths, addresses or slugs.
        #[arg(required_unless_present = "all")]
        stories: Vec<String>,
        /// Every story, in every state.
        #[arg(long, conflicts_with = "stories")]
        all: bool,
        /// A new or empty folder for the files and their photos; without it, one story goes to standard output.
        #[arg(long, value_name = "DIR")]
        to: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct StoryList {
    /// Only those in this state.
    #[arg(long)]
    pub(crate) state: Option<State>,
    /// Only those in this language.
    #[arg(long)]
    pub(crate) language: Option<model::Language>,
    /// Only those in the section with this slug.
    #[arg(long, value_name = "SLUG")]
    pub(crate) section: Option<String>,
    /// Only those with these words, or beginnings of words, in headline or standfirst.
    #[arg(long, value_name = "WORDS")]
    pub(crate) search: Option<String>,
    /// So many at most.
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) limit: u32,
}

/// Where a story is on its way.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum State {
    /// Being written.
    Draft,
    /// Somebody else reads it.
    InReview,
    /// May be published.
    Ready,
    /// Will be public at a time.
    Scheduled,
    /// Public.
    Published,
    /// Was public and was taken back.
    Withdrawn,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Mail {
    /// Make a key that signs mails (DKIM), and print the DNS record that belongs to it.
    Dkim {
        /// The domain of the sender's address, such as example.org.
        domain: String,
        /// What the key is called within the domain's records; a new key needs a new name.
        #[arg(long, default_value = "letter")]
        selector: String,
        /// A small key beside the RSA key that every provider knows.
        #[arg(long)]
        ed25519: bool,
    },
    /// Send a short mail over the relays, and print what was said to it.
    Test {
        /// To whom: yourself.
        to: String,
        /// Who it comes from; news@ the first domain that signs, unless said otherwise.
        #[arg(long, value_name = "ADDRESS")]
        from: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum Vault {
    /// Say whether the keys are here, and what rests without them.
    Status,
    /// Make a keyring for a newsroom that has none.
    New(VaultNew),
    /// Open the vault of the server that runs. The passphrase is asked for, or comes from standard input or the environment.
    Unlock,
    /// Take the keys out of the memory of the server that runs.
    Lock,
    /// Set or change the passphrase of the keyring.
    Passphrase {
        /// Take it away: then the file alone opens everything.
        #[arg(long)]
        remove: bool,
    },
    /// Change the keys: every address is sealed anew. What was interrupted goes on.
    Rotate(VaultRotate),
    /// Write out every subscriber's address with what is known of them, readable.
    Export(Export),
    /// Destroy the keys: one publisher asks, another agrees, and hours later every address is gone. Ask a lawyer first.
    Burn(VaultBurn),
}

/// Who can open addresses.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Custody {
    /// The server, while it runs.
    Server,
    /// Another machine, which holds the private key; newsletters are sent from there.
    Offline,
}

#[derive(Debug, Args)]
pub(crate) struct VaultNew {
    /// Who can open addresses.
    #[arg(long, value_enum, default_value_t = Custody::Server)]
    pub(crate) custody: Custody,
    /// Where the private half goes, with offline custody: take it to the other machine.
    #[arg(long, value_name = "FILE", required_if_eq("custody", "offline"))]
    pub(crate) private: Option<PathBuf>,
    /// Ask for a passphrase: of the private half with offline custody, else of the server's keyring.
    #[arg(long)]
    pub(crate) encrypt: bool,
    /// The former keyring is lost for good: delete the subscribers whom nobody can open any more.
    #[arg(long)]
    pub(crate) give_up: bool,
}

#[derive(Debug, Args)]
pub(crate) struct VaultRotate {
    /// Keep the old keys in the keyring, so that older backups can still be opened.
    #[arg(long)]
    pub(crate) keep_old: bool,
    /// On the machine with the private half: where the server's half goes, to be copied there.
    #[arg(long, value_name = "FILE")]
    pub(crate) server_half: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct VaultBurn {
    /// Pen name of the publisher who asks, agrees or calls it off.
    #[arg(long = "as", value_name = "PEN_NAME")]
    pub(crate) publisher: String,
    /// Agree to what another publisher asked for.
    #[arg(long, conflicts_with_all = ["cancel", "hours"])]
    pub(crate) agree: bool,
    /// Call it off.
    #[arg(long, conflicts_with = "hours")]
    pub(crate) cancel: bool,
    /// Hours to wait once another publisher agreed.
    #[arg(long, default_value_t = app::vault::HOURS_DEFAULT)]
    pub(crate) hours: u32,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Theme {
    /// Write a starter theme, with comments, into a folder.
    New {
        /// The folder to make.
        #[arg(default_value = "theme")]
        dir: PathBuf,
    },
    /// Render every page of a theme with samples in every language, and say what is wrong.
    Check {
        /// The theme's folder; without it, the newsroom's own.
        dir: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The file to write, such as newsroom.tar.zst.
    pub(crate) file: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The backup.
    pub(crate) file: PathBuf,
    /// The folder to make; it must be new or empty.
    pub(crate) dir: PathBuf,
    /// `postgres://…` to restore into an empty PostgreSQL database instead of SQLite.
    #[arg(long, env = "MASTHEAD_DATABASE", value_name = "URL")]
    pub(crate) database: Option<String>,
}

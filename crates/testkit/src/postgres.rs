//! A PostgreSQL server for tests, and a database of its own for each test.
//!
//! `MASTHEAD_TEST_POSTGRES` names a server (`postgres://user:password@host:port/postgres`, whose user may make
//! databases). Without it one is started on this machine and shared by all test processes: the first to take the lock
//! starts it, the others find it alive, and a watcher stops it some minutes after the last of them ended. Nothing in
//! it is kept. Where PostgreSQL is not installed, tests are skipped loudly; under `CI` that is a failure.

use std::{
    error::Error,
    fs::File,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::atomic::{AtomicU64, Ordering},
};

use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// The oldest PostgreSQL that the store is written for.
const OLDEST: u32 = 15;

/// An empty database, dropped with this value.
#[derive(Debug)]
pub struct Database {
    /// Its address, for `store::Location::parse`.
    pub url: String,
    name: String,
    server: String,
    // Held while the database is in use, so that the watcher does not stop the server.
    _in_use: Option<File>,
}

impl Database {
    /// Makes one; `None` where there is no PostgreSQL, which is then said on standard error.
    ///
    /// # Errors
    /// When there is a PostgreSQL and it does not work, or under `CI` when there is none.
    pub async fn create() -> Outcome<Option<Self>> {
        let (server, in_use) = match std::env::var("MASTHEAD_TEST_POSTGRES") {
            Ok(url) => (url, None),
            Err(_) => match shared_server().await? {
                Some((url, in_use)) => (url, Some(in_use)),
                None => return Ok(None),
            },
        };
        let name = unused_name();
        let mut connection = PgConnection::connect(&server).await?;
        connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0"))).await?;
        connection.close().await?;
        Ok(Some(Self { url: with_database(&server, &name), name, server, _in_use: in_use }))
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        // A thread of its own, because this may be dropped inside a runtime, which must not be blocked on itself.
        let dropping = std::thread::spawn(move || -> Outcome<()> {
            tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
                let mut connection = PgConnection::connect(&server).await?;
                connection.execute(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))).await?;
                Ok(connection.close().await?)
            })
        });
        if let Ok(Err(error)) = dropping.join() {
            eprintln!("could not drop the test database {}: {error}", self.name);
        }
    }
}

/// A name that no other test of any process has.
fn unused_name() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let moment = model::Clock::now(&model::SystemClock).as_millis();
    format!("masthead_test_{moment}_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// The server's address with another database in its path.
fn with_database(server: &str, name: &str) -> String {
    let (address, options) = server.split_once('?').map_or((server, None), |(a, o)| (a, Some(o)));
    let start = address.find("://").map_or(0, |at| at + 3);
    let end = address[start..].find('/').map_or(address.len(), |at| start + at);
    let options = options.map(|options| format!("?{options}")).unwrap_or_default();
    format!("{}/{name}{options}", &address[..end])
}

/// Where the shared server keeps its files, and the program folder it is run from.
struct Shared {
    folder: PathBuf,
    programs: PathBuf,
    /// `postgres` refuses to run as root.
    as_root: bool,
}

/// The shared server, started when it is not running; the file is a lock that says it is in use.
async fn shared_server() -> Outcome<Option<(String, File)>> {
    let Some(programs) = programs() else {
        if std::env::var_os("CI").is_some() {
            return Err(format!("PostgreSQL {OLDEST} or newer is not installed, and CI must not skip it").into());
        }
        eprintln!("SKIPPED on PostgreSQL: not installed; install it or set MASTHEAD_TEST_POSTGRES");
        return Ok(None);
    };
    let user = user_id()?;
    let folder = std::env::temp_dir().join(format!("masthead-test-postgres-{user}"));
    std::fs::create_dir_all(&folder)?;
    let shared = Shared { folder, programs, as_root: user == 0 };
    let in_use = File::options().create(true).append(true).open(shared.folder.join("in-use"))?;
    in_use.lock_shared()?;
    let starting = File::options().create(true).append(true).open(shared.folder.join("starting"))?;
    starting.lock()?;
    let address = shared.folder.join("address");
    if let Ok(url) = std::fs::read_to_string(&address)
        && let Ok(connection) = PgConnection::connect(&url).await
    {
        connection.close().await?;
        return Ok(Some((url, in_use)));
    }
    let url = shared.start()?;
    std::fs::write(&address, &url)?;
    Ok(Some((url, in_use)))
}

impl Shared {
    /// Starts the server with a new, empty cluster; its address.
    fn start(&self) -> Outcome<String> {
        // Always a new folder: what a killed server left in an old one is not worth a second thought.
        let data = self.folder.join(unused_name());
        std::fs::create_dir(&data)?;
        if self.as_root {
            run(Command::new("chown").arg("postgres").arg(&data))?;
        }
        let cluster = |locale: &[&str]| {
            let mut command = self.command("initdb");
            command.args(["--username=masthead", "--auth=trust", "--encoding=UTF8", "--no-sync", "-D"]).arg(&data);
            command.args(locale);
            command
        };
        // Best with an order of text that is not that of bytes, as on most servers.
        if run(&mut cluster(&["--locale=C", "--locale-provider=icu", "--icu-locale=en"])).is_err() {
            run(&mut cluster(&["--locale=C"]))?;
        }
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let settings = format!(
            "-c port={port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300 \
             -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=64MB -c jit=off"
        );
        let mut start = self.command("pg_ctl");
        start.args(["start", "-w", "-s", "-D"]).arg(&data).arg("-l").arg(data.join("log")).arg("-o").arg(settings);
        // Not piped: the server keeps its standard streams open and a pipe would never end.
        let status = start.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        if !status.success() {
            let log = std::fs::read_to_string(data.join("log")).unwrap_or_default();
            return Err(format!("could not start PostgreSQL: {log}").into());
        }
        self.watch(&data)?;
        Ok(format!("postgres://masthead@127.0.0.1:{port}/postgres"))
    }

    /// Leaves a watcher behind that stops the server when no test has used it for a while.
    fn watch(&self, data: &Path) -> Outcome<()> {
        const SCRIPT: &str = r#"folder=$1; data=$2; shift 2
            while sleep 180; do
                [ -f "$data/postmaster.pid" ] || break
                flock --exclusive --nonblock "$folder/in-use" "$@" stop -s -m immediate -D "$data" && break
            done
            rm -rf "$data""#;
        let stop = self.command("pg_ctl");
        let mut watcher = Command::new("sh");
        watcher.args(["-c", SCRIPT, "watcher"]).arg(&self.folder).arg(data);
        watcher.arg(stop.get_program()).args(stop.get_args()).current_dir(&self.folder);
        watcher.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        Ok(())
    }

    fn command(&self, program: &str) -> Command {
        self.as_owner(&self.programs.join(program).to_string_lossy())
    }

    /// A command run by the user that the server runs as.
    fn as_owner(&self, program: &str) -> Command {
        let mut command = if self.as_root {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--", program]);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(&self.folder);
        command
    }
}

fn run(command: &mut Command) -> Outcome<()> {
    let done = command.stdin(Stdio::null()).output()?;
    if done.status.success() {
        return Ok(());
    }
    Err(format!("{command:?} failed: {}", String::from_utf8_lossy(&done.stderr)).into())
}

fn user_id() -> Outcome<u32> {
    let printed = Command::new("id").arg("-u").output()?.stdout;
    Ok(String::from_utf8(printed)?.trim().parse()?)
}

/// The folder with the programs of the newest PostgreSQL that will do: Debian's layout, else where `PATH` says.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter(|version| *version >= OLDEST)
        .max()
        .map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")));
    let on_path = || std::env::split_paths(&std::env::var_os("PATH")?).find(|folder| folder.join("initdb").is_file());
    newest.filter(|folder| folder.join("initdb").is_file()).or_else(on_path)
}

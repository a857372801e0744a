// Keeps one demo newsroom running for all test files, each of which is a process of its own, and takes it down when
// the process that runs them all has ended.
//
//   node keeper.js FOLDER PID   writes FOLDER/demo.json once the newsroom answers

import { execFileSync } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { start } from './binary.js';

const [folder, pid] = [process.argv[2], Number(process.argv[3])];
const newsroom = join(folder, 'newsroom');

/// No command withdraws a story yet (the desk will), so three stories are withdrawn by hand, before anybody has
/// asked for a page: the 410 page has to be looked at too.
const WITHDRAW = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=20)
for language in ("en", "ru", "fa"):
    path, = db.execute(
        "SELECT path FROM story WHERE language = ?1 AND slug IN ('the-pianist-in-the-dark', 'chess-on-line-nine', 'quince-stew')"
        " AND (?1, slug) IN (VALUES ('en', 'the-pianist-in-the-dark'), ('ru', 'chess-on-line-nine'), ('fa', 'quince-stew'))",
        (language,)).fetchone()
    story, = db.execute("SELECT id FROM story WHERE path = ?", (path,)).fetchone()
    db.execute("UPDATE story SET state = 'withdrawn' WHERE id = ?", (story,))
    for table in ("story_topic", "story_byline"):
        db.execute(f"UPDATE {table} SET listed_at = NULL WHERE story = ?", (story,))
    print(path)
db.commit()
`;

function tell(state) {
  writeFileSync(join(folder, 'demo.part'), JSON.stringify(state));
  renameSync(join(folder, 'demo.part'), join(folder, 'demo.json'));
}

const running = () => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

try {
  const server = await start(['demo', '--keep', newsroom, '--listen', '127.0.0.1:0', '--json']);
  const gone = execFileSync('python3', ['-c', WITHDRAW, join(newsroom, 'newsroom.db')]).toString().trim().split('\n');
  tell({ address: server.address, newsroom, gone, pid: server.child.pid });
  const watch = setInterval(async () => {
    if (running()) return;
    clearInterval(watch);
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  }, 300);
} catch (error) {
  tell({ failed: String(error.stack ?? error) });
}

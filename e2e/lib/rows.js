// What stands in a newsroom's database, on either kind, read while nobody serves or beside who does.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { rowsAt } from './postgres.js';

const READ = `
import json, sqlite3, sys
db = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True, timeout=20)
db.row_factory = sqlite3.Row
text = lambda value: value.hex() if isinstance(value, bytes) else value
print(json.dumps([{key: text(row[key]) for key in row.keys()} for row in db.execute(sys.argv[2])]))
`;

/// Asks a newsroom's database. `{name}` in a query stands for the id given under that name.
export function rows(newsroom, sql, ids = {}) {
  const literal = (id) => (newsroom.database ? `'${id}'` : `x'${id.replaceAll('-', '')}'`);
  const whole = sql.replace(/\{(\w+)\}/g, (_, name) => literal(ids[name]));
  if (newsroom.database) return rowsAt(newsroom.database, whole);
  return JSON.parse(execFileSync('python3', ['-c', READ, join(newsroom.dir, 'newsroom.db'), whole]).toString());
}

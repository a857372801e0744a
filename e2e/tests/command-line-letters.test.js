// The technical person's commands for newsletters: lists in and out, and an issue from its preview to its report, on both
// databases; and with the private keyring away from the server, delivered by the command itself.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { masthead, succeed } from '../lib/binary.js';
import { closeBrowser } from '../lib/desk.js';
import { paragraphs, signedIn } from '../lib/editor.js';
import { filesHolding, newNewsroom, serve } from '../lib/newsroom.js';
import { BINARY, folder, skip, until } from '../lib/place.js';
import { emptyDatabase } from '../lib/postgres.js';
import { rows } from '../lib/rows.js';
import { sink } from '../lib/sink.js';

const READERS = 60;
const stops = [];
let postgres;
before(async () => { postgres = await emptyDatabase(); }, { timeout: 120_000 });
after(async () => {
  await closeBrowser();
  for (const stop of stops.reverse()) await stop();
  postgres?.stop();
});

/// A list of Ghost's: good rows, and every third of them beside one that can't be used.
function ghostList(dir, count = READERS) {
  const lines = ['email,name,subscribed_to_emails,created_at,deleted_at'];
  for (let number = 0; number < count; number += 1) {
    lines.push(`reader.${number}@canary.example,"Somebody, ${number}",true,2024-01-0${(number % 9) + 1}T00:00:00Z,`);
    if (number % 3 === 0) lines.push(`nobody ${number} at canary.example,,true,,`);
  }
  lines.push('left@canary.example,,false,2024-01-01T00:00:00Z,');
  const file = join(dir, 'members.csv');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

/// A newsroom that serves, with a newsletter whose first issue is approved for a day far away.
class House {
  constructor(dir, database) {
    Object.assign(this, { dir, database });
    this.env = {};
    this.run = (...args) => succeed([...args, '--data', dir, '--json'], { env: this.env });
    this.said = (...args) => masthead([...args, '--data', dir], { env: this.env });
  }

  static async make(name, database, options = [], slow = 0) {
    const dir = await newNewsroom(name, [...options, ...(database ? ['--database', database] : [])]);
    const house = new House(dir, database);
    house.sink = await sink({ slow, says: (to) => (to.startsWith('reader.7@') ? '550 5.1.1 no such mailbox' : undefined) });
    stops.push(house.sink.close);
    appendFileSync(join(dir, 'masthead.toml'), `\n[[mail.relay]]\nurl = "${house.sink.address}"\n`);
    house.server = await serve(dir);
    stops.push(() => house.server.stop('SIGKILL'));
    await house.run('settings', 'set', 'address', house.server.address);
    const { link } = await house.run('staff', 'add', 'newsletter-editor');
    house.editor = await signedIn(link.replace(/localhost:\d+/, `localhost:${new URL(house.server.address).port}`), 'vera');
    await house.editor.at(house.server);
    await house.newsletter();
    return house;
  }

  async newsletter() {
    const made = await this.editor.form('/desk/newsletters', { name: 'The Week', slug: 'weekly' });
    assert.equal(made.status, 303);
    this.letter = /newsletters\/([0-9a-f-]{36})/.exec(made.headers.get('location'))[1];
    const settings = {
      name: 'The Week', slug: 'weekly', sender_name: 'The Week', sender: 'weekly@news.test', time: '09:00', draft_hours: '48',
      template: 'stories', stories: '8', per_section: '3', whole: '1', active: '1',
    };
    const kept = await this.editor.form(`/desk/newsletters/${this.letter}/settings`, settings);
    assert.equal(kept.status, 303);
  }

  /// A draft with a story that no issue had before; its id.
  async issue() {
    const story = await this.editor.create();
    await this.editor.save(story, 0, { headline: 'Ferries return to the strait', document: paragraphs('They sail again.') });
    await this.run('story', 'publish', story);
    const begun = await this.editor.form(`/desk/newsletters/${this.letter}/issues`, {});
    return /issues\/([0-9a-f-]{36})/.exec(begun.headers.get('location'))[1];
  }

  async approve(id) {
    await this.editor.form(`/desk/issues/${id}/time`, { at: '2050-01-01T09:00' });
    const [{ version }] = rows(this, 'SELECT version FROM issue WHERE id = {id}', { id });
    const done = await this.editor.form(`/desk/issues/${id}/approve`, { version });
    assert.equal(done.status, 303, 'it was not approved');
  }

  deeds(action) {
    return rows(this, `SELECT actor, detail FROM audit WHERE action = '${action}'`);
  }
}

for (const kind of ['SQLite', 'PostgreSQL']) {
  const on = { timeout: 240_000 };
  let house;

  test(`a list is counted, taken in, and taken in again without a change (${kind})`, on, async (t) => {
    if (kind === 'PostgreSQL' && !postgres) return skip(t, 'no PostgreSQL: install it, or name a server in MASTHEAD_TEST_POSTGRES');
    house = await House.make(`letters-${kind}`, kind === 'PostgreSQL' ? postgres.url : undefined);
    const place = folder('list');
    const list = ghostList(place);
    const counted = await house.run('list', 'import', 'ghost', list, '--dry-run');
    assert.deepEqual([counted.imported, counted.rejected.at ?? 0, counted.stopped.unsubscribed], [READERS, 20, 1], JSON.stringify(counted));
    assert.equal(rows(house, 'SELECT count(*) AS n FROM subscriber')[0].n, 0, 'a dry run wrote');
    const rejects = join(place, 'rejects.csv');
    const taken = await house.said('list', 'import', 'ghost', list, '--newsletter', 'weekly', '--rejects', rejects);
    assert.equal(taken.code, 0, taken.stderr);
    assert.match(taken.stdout, new RegExp(` ${READERS}  new subscribers`));
    assert.ok(taken.stdout.includes(rejects) && taken.stdout.includes('20  can\'t be used: not an address'), taken.stdout);
    assert.equal(readFileSync(rejects, 'utf8').trim().split('\n').length, 21);
    assert.equal(statSync(rejects).mode & 0o777, 0o600);
    const again = await house.run('list', 'import', 'ghost', list);
    assert.deepEqual([again.imported, again.known, again.stopped_before], [0, READERS, 1]);
    assert.deepEqual(filesHolding(house.dir, ['canary.example']), [], 'an address is readable in the newsroom\'s folder');
    assert.ok(!house.server.log.includes('canary'), 'an address is in the log');
    assert.equal(house.deeds('list.imported').length, 2);
    const wrong = await house.said('list', 'import', 'ghost', list, '--newsletter', 'daily');
    assert.ok(wrong.code !== 0 && wrong.stderr.includes('there are: weekly'), wrong.stderr);
    const other = await house.said('list', 'import', 'mailchimp', list);
    assert.ok(other.code !== 0 && other.stderr.includes('looks like one of ghost'), other.stderr);
  });

  test(`addresses are written out when it is confirmed, for the owner alone, and the log says so (${kind})`, on, async (t) => {
    if (!house) return skip(t, 'there is no newsroom');
    const file = join(folder('out'), 'readers.csv');
    const { fingerprint } = await house.run('vault', 'status');
    for (const confirm of [[], ['--confirm', 'nope']]) {
      const refused = await house.said('list', 'export', file, ...confirm);
      assert.ok(refused.code !== 0 && refused.stderr.includes('masthead vault status'), refused.stderr);
      assert.ok(!existsSync(file) && house.deeds('list.export').length === 0);
    }
    const written = await house.run('list', 'export', file, '--confirm', fingerprint.slice(0, 4));
    assert.equal(written.addresses, READERS);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(readFileSync(file, 'utf8').match(/^reader\.\d+@canary\.example,active,en,weekly,/gm).length, READERS);
    const again = await house.said('list', 'export', file, '--confirm', fingerprint.slice(0, 4));
    assert.ok(again.code !== 0 && again.stderr.includes('is there already'), again.stderr);
    const all = await house.run('vault', 'export', `${file}.all`, '--confirm', fingerprint.slice(0, 4));
    assert.equal(all.addresses, READERS);
    assert.deepEqual([house.deeds('list.export').length, house.deeds('vault.export').length], [1, 1]);
  });

  test(`an issue is previewed, sent, and accounted for to the last reader (${kind})`, on, async (t) => {
    if (!house) return skip(t, 'there is no newsroom');
    const id = await house.issue();
    const draft = await house.said('newsletter', 'send', 'weekly/1');
    assert.ok(draft.code !== 0 && draft.stderr.includes('weekly/1 is a draft'), draft.stderr);
    const none = await house.said('newsletter', 'send', 'weekly');
    assert.ok(none.code !== 0 && none.stderr.includes('masthead newsletter list'), none.stderr);
    const typo = await house.said('newsletter', 'preview', 'wekly');
    assert.ok(typo.code !== 0 && typo.stderr.includes('there are: weekly'), typo.stderr);
    const place = folder('preview');
    assert.ok((await house.said('newsletter', 'preview', 'weekly')).stdout.includes('They sail again.'));
    for (const name of ['a.html', 'a.eml', 'a.txt']) await house.run('newsletter', 'preview', 'weekly', '--to', join(place, name));
    assert.ok(readFileSync(join(place, 'a.html'), 'utf8').includes(`<base href="${house.server.address}`));
    assert.match(readFileSync(join(place, 'a.eml'), 'latin1'), /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    await house.approve(id);
    const { newsletters: [letter] } = await house.run('newsletter', 'list');
    assert.deepEqual([letter.slug, letter.subscribers, letter.issues[0].issue, letter.issues[0].state], ['weekly', READERS, 'weekly/1', 'approved']);
    const sent = await house.run('newsletter', 'send', 'weekly', '--watch');
    assert.deepEqual([sent.state, sent.frozen, sent.adds_up], ['sent', READERS, true]);
    assert.deepEqual([sent.standing.accepted, sent.standing.failed], [READERS - 1, 1]);
    assert.deepEqual(sent.failures, [{ said: '550 5.1.1 no such mailbox', count: 1 }]);
    const to = house.sink.mails.map((mail) => mail.to);
    assert.equal(new Set(to).size, READERS - 1);
    assert.equal(to.length, READERS - 1, 'somebody got it twice');
    const told = await house.said('newsletter', 'status', 'weekly/1');
    assert.match(told.stdout, new RegExp(`${READERS - 1}  accepted\\n +1  failed\\n +${READERS}  in all`));
    assert.equal(house.deeds('issue.send_now')[0].actor, 'command line');
    const twice = await house.said('newsletter', 'send', 'weekly/1');
    assert.ok(twice.code !== 0 && twice.stderr.includes('was sent'), twice.stderr);
  });

  test(`an issue is paused, resumed and given up from the command line (${kind})`, on, async (t) => {
    if (!house) return skip(t, 'there is no newsroom');
    const bare = await house.said('newsletter', 'cancel', 'weekly');
    assert.ok(bare.code !== 0 && bare.stderr.includes('weekly/12'), bare.stderr);
    const early = await house.said('newsletter', 'pause', 'weekly');
    assert.ok(early.code !== 0 && early.stderr.includes('no issue of `weekly` is sending'), early.stderr);
    await house.sink.close();
    const id = await house.issue();
    await house.approve(id);
    await house.run('newsletter', 'send', 'weekly');
    await until('it to be sent', async () => (await house.run('newsletter', 'status', 'weekly/2')).state === 'sending', 20);
    assert.equal((await house.run('newsletter', 'pause', 'weekly')).state, 'paused');
    const paused = await house.said('newsletter', 'status', 'weekly');
    assert.ok(paused.stdout.includes('weekly/2 is paused: somebody paused it'), paused.stdout);
    assert.equal((await house.run('newsletter', 'resume', 'weekly')).state, 'sending');
    assert.equal((await house.run('newsletter', 'cancel', 'weekly/2')).state, 'cancelled');
    const status = await house.run('newsletter', 'status', 'weekly/2');
    assert.ok(status.adds_up, JSON.stringify(status));
    await house.server.stop();
  });
}

test('with offline custody the command delivers itself, and a server only seals', { timeout: 240_000 }, async () => {
  const stick = folder('stick');
  const private_ = join(stick, 'private.keyring');
  const house = await House.make('offline', undefined, ['--custody', 'offline', '--private', private_]);
  await house.run('list', 'import', 'ghost', ghostList(stick));
  await house.approve(await house.issue());
  const refused = await house.said('newsletter', 'send', 'weekly');
  assert.ok(refused.code !== 0 && refused.stderr.includes('--keyring FILE'), refused.stderr);
  const half = await house.said('newsletter', 'send', 'weekly', '--keyring', join(house.dir, 'keys/keyring'));
  assert.ok(half.code !== 0 && half.stderr.includes('server\'s half'), half.stderr);
  assert.equal(house.sink.mails.length, 0);
  const sent = await house.run('newsletter', 'send', 'weekly', '--keyring', private_);
  assert.deepEqual([sent.state, sent.frozen, sent.standing.accepted, sent.standing.failed], ['sent', READERS, READERS - 1, 1]);
  assert.equal(new Set(house.sink.mails.map((mail) => mail.to)).size, READERS - 1);
  const { fingerprint } = await house.run('vault', 'status');
  const out = join(stick, 'out.csv');
  const closed = await house.said('vault', 'export', out, '--confirm', fingerprint.slice(0, 4));
  assert.ok(closed.code !== 0 && closed.stderr.includes('--keyring FILE'), closed.stderr);
  const written = await house.run('vault', 'export', out, '--confirm', fingerprint.slice(0, 4), '--keyring', private_);
  assert.equal(written.addresses, READERS);
  await house.server.stop();
});

test('a delivery that is stopped in the middle goes on, and nobody gets it twice', { timeout: 240_000 }, async () => {
  const stick = folder('stopped');
  const private_ = join(stick, 'private.keyring');
  const house = await House.make('stopped', undefined, ['--custody', 'offline', '--private', private_], 400);
  await house.run('list', 'import', 'ghost', ghostList(stick));
  await house.approve(await house.issue());
  const child = spawn(BINARY, ['newsletter', 'send', 'weekly', '--keyring', private_, '--data', house.dir], { stdio: 'ignore' });
  const ended = new Promise((done) => child.on('close', done));
  await until('some of it to be out', () => house.sink.mails.length >= 5, 30);
  child.kill('SIGINT');
  assert.equal(await ended, 1, 'what is not done looks as if it were');
  const before = house.sink.mails.length;
  assert.ok(before < READERS - 1, 'it was over before it was stopped');
  const half = await house.run('newsletter', 'status', 'weekly');
  assert.deepEqual([half.state, half.adds_up, half.standing.accepted, half.standing.attempting], ['sending', true, before, 0]);
  const sent = await house.run('newsletter', 'send', 'weekly', '--keyring', private_);
  assert.deepEqual([sent.state, sent.standing.accepted, sent.doubts.again], ['sent', READERS - 1, 0]);
  const to = house.sink.mails.map((mail) => mail.to);
  assert.deepEqual([to.length, new Set(to).size], [READERS - 1, READERS - 1]);
  await house.server.stop();
});

test('a wrong passphrase leaves an open vault open, and says so', { timeout: 120_000 }, async () => {
  const dir = await newNewsroom('passphrase');
  const env = { MASTHEAD_VAULT_PASSPHRASE: 'six words chosen by chance' };
  execFileSync(BINARY, ['vault', 'passphrase', '--data', dir], { input: `${env.MASTHEAD_VAULT_PASSPHRASE}\n` });
  const server = await serve(dir, env);
  stops.push(() => server.stop('SIGKILL'));
  const wrong = { env: { MASTHEAD_VAULT_PASSPHRASE: 'not the right words at all' } };
  const slip = await masthead(['vault', 'unlock', '--data', dir], wrong);
  assert.ok(slip.code !== 0 && slip.stderr.includes('stays open') && slip.stderr.includes('passphrase is wrong'), slip.stderr);
  assert.equal((await succeed(['vault', 'status', '--data', dir, '--json'])).server.open, true);
  await server.stop();
});

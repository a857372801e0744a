// People and their keys: invitations, links that ended, codes in place of passkeys, recovery, sessions, closed accounts.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { join as below } from 'node:path';
import { after, test } from 'node:test';

import { colleague, join, person } from '../lib/desk.js';
import { until } from '../lib/place.js';
import {
  begun, checking, closeEverything, closed, editing, flow, opened, read, saved, stateOf, status, step, typed, words, written,
} from '../lib/story.js';

after(closeEverything);

/// Makes every link of a kind older than it may be, as time would.
const expire = (dir, table) => execFileSync('python3', ['-c', `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=20)
db.execute("UPDATE ${table} SET made_at = made_at - 5000000000, ends_at = ends_at - 5000000000")
db.commit()`, below(dir, 'newsroom.db')]);

/// An invitation by a publisher.
async function invitation({ page }, desk, role) {
  await page.goto(`${desk}/desk/people`);
  await page.locator('form[action="/desk/people/invite"] select').selectOption(role);
  await page.locator('form[action="/desk/people/invite"] button').click();
  return page.locator('[data-copy]').inputValue();
}

/// RFC 6238: the code of `secret` (base32), `steps` of 30 seconds from now.
function codeOf(secret, steps = 0) {
  const bits = [...secret.replaceAll(/[\s=]/g, '')].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const moving = Buffer.alloc(8);
  moving.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac('sha1', key).update(moving).digest();
  const at = mac[19] & 15;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

const signOut = async ({ page }) => {
  await page.locator('form[action="/desk/sign-out"] button').click();
  await page.waitForURL(/sign-in/);
};

const byPasskey = async ({ page }, desk) => {
  await page.goto(`${desk}/desk/sign-in`);
  await page.locator('[data-begin]').click();
};

test('every role is invited by a link and reaches as far as it should', { timeout: 90_000 }, async () => {
  const newsroom = await opened('roles');
  const { desk, publisher: anna } = newsroom;
  const reaches = { reporter: [200, 403], editor: [200, 403], newsletter_editor: [200, 403], publisher: [200, 200] };
  const theirs = await begun(anna, desk);
  await written(anna, { headline: 'Anna’s own' });
  const all = [];
  for (const [role, [stories, people]] of Object.entries(reaches)) {
    const who = await colleague(anna, role, `the-${role}`.replace('_', '-'));
    all.push(who);
    assert.equal((await who.page.goto(`${desk}/desk/stories`)).status(), stories, role);
    assert.equal((await who.page.goto(`${desk}/desk/people`)).status(), people, role);
    const other = (await who.page.goto(`${desk}/desk/stories/${theirs}/check`)).status();
    assert.equal(other, role === 'reporter' ? 403 : 200, `${role} and a story of somebody else`);
  }
  await closed(newsroom, anna, ...all);
});

test('a link works once, not after its time, and not after it was taken back', { timeout: 90_000 }, async () => {
  const newsroom = await opened('links');
  const { dir, desk, publisher: anna } = newsroom;
  const stranger = await person();
  const opens = async (link) => (await stranger.page.goto(link)).status();

  const used = await invitation(anna, desk, 'editor');
  const cleo = await person();
  await join(cleo, used, 'cleo');
  assert.equal(await opens(used), 404, 'it was used');
  await stranger.page.locator('h1').waitFor();

  const back = await invitation(anna, desk, 'editor');
  assert.equal(await opens(back), 200);
  await anna.page.locator('form[action="/desk/people/take-back"] button').click();
  await anna.page.waitForURL(/people/);
  assert.equal(await opens(back), 404, 'it was taken back');

  const old = await invitation(anna, desk, 'editor');
  assert.equal(await opens(old), 200);
  await stranger.page.locator('[name=handle]').fill('too-late');
  expire(dir, 'access_link');
  await stranger.page.locator('[data-begin]').click();
  await stranger.page.locator('[data-wrong]:not([hidden])').waitFor();
  assert.equal(await opens(old), 404, 'its time is over');
  await closed(newsroom, anna, cleo, stranger);
});

test('a preview link shows the story as it would be, to whoever has it, until it ends', { timeout: 90_000 }, async () => {
  const newsroom = await opened('previews');
  const { dir, server, desk, publisher: anna } = newsroom;
  const id = await begun(anna, desk);
  await written(anna, { headline: 'Not yet public', paragraphs: ['Between us.'] });
  const shared = async () => {
    await checking(anna, desk, id);
    await anna.page.locator('form[action$="/links"] button').click();
    return anna.page.locator('[data-copy]').inputValue();
  };
  const opens = async (link) => read(server, link);
  const arrives = async (link) => {
    const first = await opens(link);
    return first.location ? opens(new URL(first.location, link).href) : first;
  };

  const link = await shared();
  const shown = await arrives(link);
  assert.equal(shown.status, 200);
  assert.match(shown.body, /Between us\./);
  assert.equal((await opens(`${link}text`)).status, 200);
  await checking(anna, desk, id);
  await anna.page.locator('form[action$="/unlink"] button').first().click();
  await anna.page.waitForURL(/check/);
  assert.equal((await opens(link)).status, 404, 'it was taken back');

  const second = await shared();
  assert.equal((await arrives(second)).status, 200);
  expire(dir, 'preview_link');
  assert.equal((await opens(second)).status, 404, 'its time is over');
  await closed(newsroom, anna);
});

test('without passkeys one comes in with an access key and a code, each code once', { timeout: 90_000 }, async () => {
  const newsroom = await opened('codes');
  const { desk, publisher: anna } = newsroom;
  const dora = await person();
  const { page } = dora;
  await page.goto(await invitation(anna, desk, 'reporter'));
  await page.locator('[name=handle]').fill('dora');
  await page.locator('details summary').click();
  await page.locator('details button').click();
  const key = await page.locator('input[name=key]').inputValue();
  const secret = await page.locator('input[name=secret]').inputValue();
  await page.locator('[name=code]').fill(codeOf(secret, 3));
  await page.locator('form button.main').click();
  await page.locator('.wrong:not([hidden])').waitFor();
  assert.equal(await page.locator('input[name=secret]').inputValue(), secret, 'a wrong code does not begin anew');
  await page.locator('[name=code]').fill(codeOf(secret, -1));
  await page.locator('form button.main').click();
  assert.equal(await page.locator('.codes li').count(), 10);
  await page.goto(`${desk}/desk/`);
  await signOut(dora);

  const enter = async (code) => {
    await page.goto(`${desk}/desk/sign-in`);
    await page.locator('details summary').first().click();
    const form = page.locator('form[action="/desk/sign-in/code"]');
    await form.locator('[name=handle]').fill('dora');
    await form.locator('[name=key]').fill(key);
    await form.locator('[name=code]').fill(code);
    await form.locator('button').click();
    await page.waitForLoadState('load');
    return page.url();
  };
  const code = codeOf(secret);
  assert.match(await enter(code), /\/desk\/$/);
  await signOut(dora);
  assert.match(await enter(code), /sign-in/, 'the same code again');
  await page.locator('.wrong:not([hidden])').waitFor();
  await closed(newsroom, anna, dora);
});

test('a recovery code lets one in once, and from there other sessions are ended: the editor says so and keeps the text', { timeout: 120_000 }, async () => {
  const newsroom = await opened('recovery');
  const { desk, publisher: anna } = newsroom;
  const ben = await person();
  const codes = await join(ben, await invitation(anna, desk, 'reporter'), 'ben');
  assert.equal(codes.length, 10);
  const id = await begun(ben, desk);
  await written(ben, { headline: 'The bridge', paragraphs: ['Saved.'] });

  const laptop = await person();
  const recover = async (code) => {
    await laptop.page.goto(`${desk}/desk/sign-in`);
    await laptop.page.locator('details summary').last().click();
    const form = laptop.page.locator('form[action="/desk/sign-in/recovery"]');
    await form.locator('[name=handle]').fill('ben');
    await form.locator('[name=code]').fill(code);
    await form.locator('button').click();
    await laptop.page.waitForLoadState('load');
  };
  await step('a code works once', async () => {
    await recover(codes[0]);
    await laptop.page.goto(`${desk}/desk/account`);
    await laptop.page.locator('h1').filter({ hasText: 'ben' }).waitFor();
    await signOut(laptop);
    await recover(codes[0]);
    await laptop.page.locator('.wrong:not([hidden])').waitFor();
    await recover(codes[1]);
    await laptop.page.goto(`${desk}/desk/account`);
  });

  await step('sessions end from elsewhere', async () => {
    await laptop.page.locator('form[action$="/end-others"] button').click();
    await laptop.page.waitForURL(/account/);
    await typed(ben, 'Typed after the session ended.');
    await until('the editor to say so', async () => await status(ben.page) === 'signed_out', 15);
    assert.ok((await words(ben.page)).includes('after the session ended'));
  });

  await step('signed in again in another tab, the text is saved', async () => {
    const tab = await ben.context.newPage();
    const session = await ben.context.newCDPSession(tab);
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    });
    const { credentials } = await ben.session.send('WebAuthn.getCredentials', { authenticatorId: ben.authenticatorId });
    for (const credential of credentials) await session.send('WebAuthn.addCredential', { authenticatorId, credential });
    await byPasskey({ page: tab }, desk);
    await tab.waitForURL(/\/desk\/$/);
    await ben.page.locator('.bar button').first().click();
    await saved(ben.page);
    await editing({ page: tab }, desk, id);
    assert.match(await words(tab), /Saved\.\s+Typed after the session ended\./);
  });
  await closed(newsroom, anna, ben, laptop);
});

test('a closed account is out at once and can’t come back with its key', { timeout: 90_000 }, async () => {
  const newsroom = await opened('account-closed');
  const { desk, publisher: anna } = newsroom;
  const ben = await colleague(anna, 'reporter', 'ben');
  const id = await begun(ben, desk);
  await written(ben, { headline: 'The bridge', paragraphs: ['Stays.'] });

  await anna.page.goto(`${desk}/desk/people`);
  anna.page.once('dialog', (asked) => asked.accept());
  await anna.page.locator('tr').filter({ hasText: 'ben' }).locator('form[action$="/withdraw"] button').click();
  await anna.page.locator('tr.closed').waitFor();

  await ben.page.goto(`${desk}/desk/stories`);
  assert.match(ben.page.url(), /sign-in/);
  await byPasskey(ben, desk);
  await ben.page.locator('[data-wrong]:not([hidden])').waitFor();
  await checking(anna, desk, id);
  assert.equal(await stateOf(anna), 'draft', 'the story stays');
  await closed(newsroom, anna, ben);
});

test('the last publisher can’t leave the newsroom without one', { timeout: 60_000 }, async () => {
  const newsroom = await opened('last');
  const { desk, publisher: anna } = newsroom;
  await anna.page.goto(`${desk}/desk/people`);
  await anna.page.locator('form[action$="/role"] select').selectOption('reporter');
  await anna.page.locator('form[action$="/role"] button').click();
  await anna.page.locator('.card h1').waitFor();
  assert.equal((await anna.page.goto(`${desk}/desk/people`)).status(), 200, 'she still is one');
  await closed(newsroom, anna);
});

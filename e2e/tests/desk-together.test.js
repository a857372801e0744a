// Nothing is lost: when the net is gone, when the server dies, when a laptop closes, when two people write at once.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { colleague } from '../lib/desk.js';
import { until } from '../lib/place.js';
import {
  begun, checking, closeEverything, closed, editing, flow, moment, opened, pathOf, read, saved, served, status, step, typed, words, writable, written,
} from '../lib/story.js';

after(closeEverything);

const unsent = (page) => until('the text to be kept on the device', async () => ['offline', 'trouble'].includes(await status(page)), 15);

test('what is typed without a net is saved when it is back', { timeout: 60_000 }, async () => {
  const newsroom = await opened('offline');
  const { desk, publisher: anna } = newsroom;
  const id = await begun(anna, desk);
  await written(anna, { headline: 'The bridge', paragraphs: ['With a net.'] });

  await anna.context.setOffline(true);
  await typed(anna, 'Without a net.');
  await unsent(anna.page);
  await typed(anna, 'Still without.');
  await anna.context.setOffline(false);
  await saved(anna.page);

  await editing(anna, desk, id);
  assert.equal((await words(anna.page)).replace(/\n+/g, '|'), 'With a net.|Without a net.|Still without.');
  await closed(newsroom, anna);
});

test('a tab that is closed without a net loses nothing', { timeout: 60_000 }, async () => {
  const newsroom = await opened('closed-tab');
  const { desk, publisher: anna } = newsroom;
  const id = await begun(anna, desk);
  await written(anna, { headline: 'The bridge', paragraphs: ['Saved.'] });
  await anna.context.setOffline(true);
  await typed(anna, 'Typed just before the lid was shut.');
  await anna.page.close();

  await anna.context.setOffline(false);
  const page = await anna.context.newPage();
  await editing({ page }, desk, id);
  await until('the text to come back', async () => (await words(page)).includes('before the lid was shut'), 10);
  await saved(page);
  await editing({ page }, desk, id);
  assert.match(await words(page), /Saved\.\s+Typed just before the lid was shut\./);
  await closed(newsroom, anna);
});

test('a server that is killed while somebody writes costs no word', { timeout: 90_000 }, async () => {
  const newsroom = await opened('killed');
  const { dir, desk, publisher: anna } = newsroom;
  const id = await begun(anna, desk);
  await written(anna, { headline: 'The bridge', paragraphs: ['Before.'] });

  await newsroom.server.stop('SIGKILL');
  await typed(anna, 'While it was down.');
  await unsent(anna.page);
  newsroom.server = await served(dir, {}, new URL(desk).port);
  await anna.page.locator('[data-status="saved"]').waitFor({ timeout: 40_000 });

  await editing(anna, desk, id);
  assert.match(await words(anna.page), /Before\.\s+While it was down\./);
  await closed(newsroom, anna);
});

test('a story whose time comes while the server is down is public as soon as it is up', { timeout: 60_000 }, async () => {
  const newsroom = await opened('missed');
  const { dir, desk, publisher: anna } = newsroom;
  const id = await begun(anna, desk);
  await written(anna, { headline: 'On time', paragraphs: ['Text.'] });
  await checking(anna, desk, id);
  const { at, local } = moment(2);
  await flow.schedule(anna, local);
  await newsroom.server.stop('SIGKILL');
  await until('its time to pass', () => Date.now() > at, 10);
  newsroom.server = await served(dir, {}, new URL(desk).port);
  await until('the story to be public', async () => (await read(newsroom.server, pathOf('on-time', new Date(at)))).status === 200, 5);
  await closed(newsroom, anna);
});

test('two people in one story see each other, and whoever is taken over keeps what was not saved', { timeout: 90_000 }, async () => {
  const newsroom = await opened('take-over');
  const { desk, publisher: anna } = newsroom;
  const cleo = await colleague(anna, 'editor', 'cleo');
  const id = await begun(anna, desk);
  await written(anna, { headline: 'The bridge', paragraphs: ['Both know this.'] });

  await step('the second one reads along', async () => {
    await editing(cleo, desk, id, { reading: true });
    assert.match(await cleo.page.locator('.lock').innerText(), /anna/);
    assert.equal(await cleo.page.locator('#editor-text').getAttribute('contenteditable'), 'false');
    await typed(anna, 'Anna goes on.');
    await saved(anna.page);
    await until('the reader to see it', async () => (await words(cleo.page)).includes('Anna goes on.'), 10);
  });

  await step('taken over, the first one is told, and keeps what was not saved', async () => {
    // What Anna types now never gets to the server.
    await anna.page.route('**/draft', (route) => route.abort());
    await typed(anna, 'Only Anna has this.');
    await cleo.page.locator('.lock button').click();
    await writable(cleo.page);
    await typed(cleo, 'Cleo goes on.');
    await saved(cleo.page);
    await until('Anna to be told', async () => /cleo/.test(await anna.page.locator('.lock:not([hidden])').innerText().catch(() => '')), 10);
    const kept = anna.page.locator('.kept');
    await kept.locator('button').first().click();
    assert.match(await kept.innerText(), /Only Anna has this\./);
    await until('Anna to read along', async () => (await words(anna.page)).includes('Cleo goes on.'), 10);
  });
  await anna.page.unroute('**/draft');
  await closed(newsroom, anna, cleo);
});

/// Leaves a story, and waits until its lock is free.
async function left({ page }, desk, id) {
  await page.goto(`${desk}/desk/stories`);
  const answered = await page.evaluate(async (story) => {
    const headers = { 'x-csrf-token': document.querySelector('[name=csrf]').value };
    return (await fetch(`/desk/api/stories/${story}/lock`, { method: 'DELETE', headers })).ok;
  }, id);
  assert.ok(answered);
}

for (const [choice, goesOn, waits] of [['keep', 'What Anna wrote on the train.', 'What Cleo wrote at the desk.'], ['take', 'What Cleo wrote at the desk.', 'What Anna wrote on the train.']]) {
  test(`a conflict shows both texts, and the one not chosen is kept (${choice})`, { timeout: 90_000 }, async () => {
    const newsroom = await opened(`conflict-${choice}`);
    const { desk, publisher: anna } = newsroom;
    const cleo = await colleague(anna, 'editor', 'cleo');
    // Her laptop hears nothing of the desk; the browser would keep an open stream of events when it is offline.
    await anna.page.route('**/events', (route) => route.abort());
    const id = await begun(anna, desk);
    await written(anna, { headline: 'The bridge', paragraphs: ['Both know this.'] });

    await step('one writes on a train, the other at the desk', async () => {
      await anna.context.setOffline(true);
      await typed(anna, 'What Anna wrote on the train.');
      await unsent(anna.page);
      await editing(cleo, desk, id, { reading: true });
      await cleo.page.locator('.lock button').click();
      await writable(cleo.page);
      await typed(cleo, 'What Cleo wrote at the desk.');
      await saved(cleo.page);
      await left(cleo, desk, id);
    });

    await step('back in the net, both texts stand beside each other', async () => {
      await anna.context.setOffline(false);
      const shown = anna.page.locator('dialog.dialog-wide');
      await shown.waitFor({ timeout: 40_000 });
      const [mine, theirs] = await shown.locator('.version').allInnerTexts();
      assert.match(mine, /What Anna wrote on the train\./);
      assert.match(theirs, /What Cleo wrote at the desk\./);
      await shown.locator('.dialog-actions button').nth(choice === 'keep' ? 0 : 1).click();
    });

    await step('one goes on, the other waits on the device', async () => {
      await saved(anna.page);
      assert.ok((await words(anna.page)).includes(goesOn));
      assert.ok(!(await words(anna.page)).includes(waits));
      const kept = anna.page.locator('.kept');
      await kept.locator('button').first().click();
      assert.ok((await kept.innerText()).includes(waits), 'the other text is gone');
      await editing(anna, desk, id);
      assert.ok((await words(anna.page)).includes(goesOn));
      assert.ok(await anna.page.locator('.kept').count() === 1, 'after a reload it is still there');
    });
    await closed(newsroom, anna, cleo);
  });
}

/// How many texts of a story were replaced.
async function replaced({ page }, desk, id) {
  await page.goto(`${desk}/desk/stories/${id}/history`);
  return page.locator('.revisions li').count();
}

test('of two editors who publish at once one does, the other is told, and nothing happens twice', { timeout: 90_000 }, async () => {
  const newsroom = await opened('at-once');
  const { server, desk, publisher: anna } = newsroom;
  const cleo = await colleague(anna, 'editor', 'cleo');
  const id = await begun(anna, desk);
  await written(anna, { headline: 'The bridge', paragraphs: ['First.'] });
  await checking(anna, desk, id);
  assert.equal(await flow.publish(anna), 303);
  await editing(anna, desk, id);
  await typed(anna, 'Second.');
  await saved(anna.page);
  const before = await replaced(anna, desk, id);
  await checking(anna, desk, id);
  await checking(cleo, desk, id);

  const answers = await Promise.all([flow.publish(anna), flow.publish(cleo)]);
  assert.deepEqual(answers.toSorted(), [303, 422]);
  const refused = answers[0] === 422 ? anna : cleo;
  await refused.page.locator('.wrong').waitFor();
  assert.match((await read(server, pathOf('the-bridge'))).body, /Second\./);
  assert.equal(await replaced(anna, desk, id), before + 1, 'one text was replaced, once');
  await closed(newsroom, anna, cleo);
});

test('who looked at an older text can’t publish a newer one unseen', { timeout: 60_000 }, async () => {
  const newsroom = await opened('unseen');
  const { server, desk, publisher: anna } = newsroom;
  const cleo = await colleague(anna, 'editor', 'cleo');
  const id = await begun(anna, desk);
  await written(anna, { headline: 'The bridge', paragraphs: ['What Cleo read.'] });
  await checking(cleo, desk, id);
  await typed(anna, 'What she did not.');
  await saved(anna.page);
  assert.equal(await flow.publish(cleo), 422);
  await cleo.page.locator('.wrong').waitFor();
  assert.equal((await read(server, pathOf('the-bridge'))).status, 404);
  await closed(newsroom, anna, cleo);
});

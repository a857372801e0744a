// What happens to stories beyond their way: addresses, translations, many at once, and what they said before.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { colleague } from '../lib/desk.js';
import { until } from '../lib/place.js';
import {
  addressed, begun, checking, closeEverything, closed, editing, flow, idOf, opened, pathOf, read, saved, stateOf, typed, words, written,
} from '../lib/story.js';

after(closeEverything);

/// A story that readers have.
async function published(who, desk, headline, ...paragraphs) {
  const id = await begun(who, desk);
  await written(who, { headline, paragraphs });
  await checking(who, desk, id);
  assert.equal(await flow.publish(who), 303);
  return id;
}

test('a new address leaves the old one leading to it', { timeout: 60_000 }, async () => {
  const newsroom = await opened('address');
  const { server, desk, publisher: anna } = newsroom;
  const id = await published(anna, desk, 'The bridge', 'It holds.');
  const [before, now] = [pathOf('the-bridge'), pathOf('the-old-bridge')];
  assert.equal((await read(server, before)).status, 200);
  await editing(anna, desk, id);
  await addressed(anna, 'the-old-bridge');
  assert.equal((await read(server, now)).status, 404, 'nothing moves before it is published');
  await checking(anna, desk, id);
  await flow.publish(anna);
  assert.equal((await read(server, now)).status, 200);
  const moved = await read(server, before);
  assert.ok([301, 308].includes(moved.status), `${moved.status}`);
  assert.equal(new URL(moved.location, server.address).pathname, now);
  await closed(newsroom, anna);
});

test('a translation stands beside its original, and says when it is behind', { timeout: 90_000 }, async () => {
  const newsroom = await opened('translation', { languages: 'en,fa' });
  const { server, desk, publisher: anna } = newsroom;
  const original = await published(anna, desk, 'The bridge', 'It holds.');
  await flow.translate(anna, 'fa');
  const translation = idOf(anna.page);
  assert.notEqual(translation, original);
  const [theirs, own] = [anna.page.frameLocator('iframe').first(), anna.page.frameLocator('iframe').last()];
  await theirs.getByText('It holds.').waitFor();
  await own.locator('#editor-text[contenteditable="true"][dir=rtl], [dir=rtl] #editor-text[contenteditable="true"]').first().waitFor();
  assert.equal(await anna.page.locator('.warn').count(), 0, 'it is not behind yet');

  await editing(anna, desk, translation);
  await anna.page.locator('textarea.headline').fill('پل');
  await typed(anna, 'پابرجاست.');
  await saved(anna.page);
  await editing(anna, desk, original);
  await typed(anna, 'For now.');
  await saved(anna.page);
  await checking(anna, desk, original);
  await flow.publish(anna);

  await anna.page.goto(`${desk}/desk/stories/${translation}/beside`);
  await anna.page.locator('.warn form button').click();
  await anna.page.goto(`${desk}/desk/stories/${translation}/beside`);
  assert.equal(await anna.page.locator('.warn').count(), 0, 'it has caught up');
  await checking(anna, desk, translation);
  assert.equal(await flow.publish(anna), 303);
  assert.match((await read(server, pathOf('the-bridge'))).body, /\/fa\/\d{4}\//, 'readers are led from one to the other');
  await closed(newsroom, anna);
});

test('what is done to many says of each what became of it', { timeout: 90_000 }, async () => {
  const newsroom = await opened('many');
  const { server, desk, publisher: anna } = newsroom;
  const named = [await begun(anna, desk)];
  await written(anna, { headline: 'One' });
  named.push(await begun(anna, desk));
  await written(anna, { headline: 'Two' });
  const nameless = await begun(anna, desk);
  await anna.page.goto(`${desk}/desk/stories`);
  for (const id of [...named, nameless]) await anna.page.locator(`[name=story][value="${id}"]`).check();
  await anna.page.locator('[name=act]').selectOption('publish');
  await anna.page.locator('form[action="/desk/stories/many"] button').last().click();
  const said = anna.page.locator('.note[role=status] li');
  await said.first().waitFor();
  const lines = await said.allInnerTexts();
  assert.equal(lines.length, 3);
  assert.equal(lines.filter((line) => line.startsWith('✓')).length, 2);
  assert.equal(lines.filter((line) => line.startsWith('✗')).length, 1);
  for (const slug of ['one', 'two']) assert.equal((await read(server, pathOf(slug))).status, 200);
  await checking(anna, desk, nameless);
  assert.equal(await stateOf(anna), 'draft');
  await closed(newsroom, anna);
});

test('the list follows what one types', { timeout: 60_000 }, async () => {
  const newsroom = await opened('search');
  const { desk, publisher: anna } = newsroom;
  for (const headline of ['The bridge holds', 'The ferry sinks']) {
    await begun(anna, desk);
    await written(anna, { headline });
  }
  await anna.page.goto(`${desk}/desk/stories`);
  assert.equal(await anna.page.locator('.stories tbody tr').count(), 2);
  await anna.page.locator('[type=search]').pressSequentially('ferry');
  await until('one story', async () => await anna.page.locator('.stories tbody tr').count() === 1, 5);
  assert.match(await anna.page.locator('.stories tbody').innerText(), /The ferry sinks/);
  assert.match(anna.page.url(), /q=ferry/);
  await closed(newsroom, anna);
});

test('what a story said before is shown by its differences, and comes back', { timeout: 60_000 }, async () => {
  const newsroom = await opened('history');
  const { server, desk, publisher: anna } = newsroom;
  const id = await published(anna, desk, 'The bridge', 'It holds forty tons.');
  await editing(anna, desk, id);
  await anna.page.locator('#editor-text p').first().click();
  await anna.page.keyboard.press('End', { delay: 50 });
  await anna.page.keyboard.press('Backspace');
  await anna.page.keyboard.type(' and one.');
  await saved(anna.page);
  await checking(anna, desk, id);
  await flow.publish(anna);
  assert.match((await read(server, pathOf('the-bridge'))).body, /It holds forty tons and one\./);

  await anna.page.goto(`${desk}/desk/stories/${id}/history`);
  await anna.page.locator('.revisions a').first().click();
  await anna.page.locator('.diff').waitFor();
  assert.match((await anna.page.locator('.diff ins').allInnerTexts()).join(' '), /and one/);
  await anna.page.locator('form[action$="/restore"] button').click();
  await editing(anna, desk, id);
  assert.equal((await words(anna.page)).trim(), 'It holds forty tons.');
  assert.match((await read(server, pathOf('the-bridge'))).body, /and one/, 'readers see no change before it is published');
  await checking(anna, desk, id);
  await flow.publish(anna);
  assert.doesNotMatch((await read(server, pathOf('the-bridge'))).body, /and one/);
  await closed(newsroom, anna);
});

test('a reporter sees a story that was given to them, and hands it in', { timeout: 60_000 }, async () => {
  const newsroom = await opened('given');
  const { desk, publisher: anna } = newsroom;
  const ben = await colleague(anna, 'reporter', 'ben');
  const id = await begun(anna, desk);
  await written(anna, { headline: 'For Ben' });
  assert.equal((await ben.page.goto(`${desk}/desk/stories/${id}`)).status(), 403);
  await checking(anna, desk, id);
  await flow.give(anna, 'ben');
  await checking(ben, desk, id);
  await flow.handIn(ben, 'Here it is.');
  assert.equal(await stateOf(ben), 'in_review');
  await checking(anna, desk, id);
  await flow.sendBack(anna, '@ben one more source, please.');
  await checking(ben, desk, id);
  assert.equal(await stateOf(ben), 'draft');
  assert.match(await ben.page.locator('#notes').innerText(), /one more source/);
  await closed(newsroom, anna, ben);
});

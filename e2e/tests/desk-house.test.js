// What stories stand in, in the browser: static pages, and the banner over every page.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { until } from '../lib/place.js';
import { closeEverything, closed, opened, saved, typed, writable } from '../lib/story.js';

after(closeEverything);

const read = async (server, path) => {
  const answer = await fetch(new URL(path, server.address), { redirect: 'manual' });
  return { status: answer.status, body: await answer.text() };
};

test('a page is begun, written and published, and readers see nothing of it before', { timeout: 60_000 }, async () => {
  const newsroom = await opened('pages');
  const { server, desk, publisher: anna } = newsroom;
  const { page } = anna;
  await page.goto(`${desk}/desk/pages`);
  await page.locator('form[action="/desk/pages"] [name=title]').fill('How we work');
  await page.locator('form[action="/desk/pages"] [name=slug]').fill('how-we-work');
  await page.locator('form[action="/desk/pages"] button').click();
  await page.waitForURL(/\/desk\/pages\/[0-9a-f-]{36}$/);
  await writable(page);
  await typed(anna, 'We name our sources.');
  await saved(page);
  assert.equal((await read(server, '/how-we-work/')).status, 404, 'readers see a page that nobody published');

  await page.locator('a.onward').click();
  await page.locator('form[action$="/publish"] button').click();
  await page.locator('.said').waitFor();
  assert.match((await read(server, '/how-we-work/')).body, /We name our sources\./);

  // What is written after that waits as well, and every version is kept.
  await page.goto(page.url().replace(/\/check.*/, ''));
  await writable(page);
  await typed(anna, 'And we correct in public.');
  await saved(page);
  assert.doesNotMatch((await read(server, '/how-we-work/')).body, /correct in public/);
  await page.locator('a.onward').click();
  await page.locator('form[action$="/publish"] button').click();
  await page.locator('.said').waitFor();
  assert.match((await read(server, '/how-we-work/')).body, /correct in public/);
  await closed(newsroom, anna);
});

test('a breaking banner stands over every page of its language until its time', { timeout: 60_000 }, async () => {
  const newsroom = await opened('breaking');
  const { server, desk, publisher: anna } = newsroom;
  const { page } = anna;
  await page.goto(`${desk}/desk/front`);
  const csrf = await page.locator('form[action="/desk/front/breaking"] [name=csrf]').first().inputValue();
  // The newsroom's zone is UTC.
  const end = new Date(Date.now() + 6_000);
  const form = { csrf, language: 'en', text: 'The port is closed', link: '', until: end.toISOString().slice(0, 19) };
  await page.context().request.post(`${desk}/desk/front/breaking`, { form, headers: { origin: desk }, maxRedirects: 0 });
  for (const path of ['/', '/latest/', '/lite/']) {
    assert.match((await read(server, path)).body, /The port is closed/, `${path} has no banner`);
  }
  const gone = async () => !(await read(server, '/')).body.includes('The port is closed');
  await until('the banner gone', gone, 12);
  assert.ok(Date.now() >= end.getTime() - 1_000, 'the banner went before its time');
  for (const path of ['/latest/', '/lite/']) assert.doesNotMatch((await read(server, path)).body, /The port is closed/);
  await closed(newsroom, anna);
});

// What people do with stories at the desk, told in steps. Nothing here reads a word of the interface, so that a test
// can be told in any language.

import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { succeed } from './binary.js';
import { closeBrowser, deskOf, firstLink, join as comeIn, person } from './desk.js';
import { newNewsroom, serve } from './newsroom.js';
import { until } from './place.js';

const servers = new Set();

/// After all tests of a file, also those that failed half way.
export async function closeEverything() {
  await closeBrowser();
  await Promise.all([...servers].map((server) => server.stop('SIGKILL')));
}

/// Starts a server that is stopped with everything else.
export async function served(...args) {
  const server = await serve(...args);
  servers.add(server);
  return server;
}

/// A newsroom of one's own with its publisher signed in: {dir, server, desk, publisher}.
export async function opened(name, { language = 'en', languages, settings = {}, handle = 'anna', options = {}, env = {}, toml = '' } = {}) {
  const dir = await newNewsroom(name, ['--language', language]);
  if (toml) appendFileSync(join(dir, 'masthead.toml'), toml);
  for (const [key, value] of Object.entries({ ...(languages && { languages }), ...settings })) {
    await succeed(['settings', 'set', key, value, '--data', dir]);
  }
  const server = await served(dir, env);
  const publisher = await person(options);
  await comeIn(publisher, await firstLink(server), handle, language);
  return { dir, server, desk: deskOf(server), publisher };
}

/// Stops the server, and fails when a page of these people broke or met the content security policy.
export async function closed({ server }, ...people) {
  for (const { broken, context } of people) {
    assert.deepEqual(broken, []);
    await context.close();
  }
  await server.stop();
}

export const idOf = (page) => /stories\/([0-9a-f-]{36})/.exec(page.url())?.[1];

// Writing.

export const text = (page) => page.locator('#editor-text');
export const status = (page) => page.locator('[data-status]').getAttribute('data-status');
export const saved = (page) => page.locator('[data-status="saved"]').waitFor();
export const writable = (page) => page.locator('#editor-text[contenteditable="true"]').waitFor();
/// The words of the text, without what stands around them.
export const words = (page) => text(page).innerText();

/// A new story, open in its editor; its id.
export async function begun({ page }, desk, language) {
  await page.goto(`${desk}/desk/stories`);
  const form = page.locator('form[method=post][action="/desk/stories"]');
  if (language && await form.locator('select').count() > 0) await form.locator('select').selectOption(language);
  await form.locator('button').click();
  await page.waitForURL(/\/desk\/stories\/[0-9a-f-]{36}$/);
  await writable(page);
  return idOf(page);
}

/// Opens a story's editor and waits until one may write, or read along.
export async function editing({ page }, desk, id, { reading = false } = {}) {
  await page.goto(`${desk}/desk/stories/${id}`);
  await (reading ? page.locator('.lock:not([hidden])').waitFor() : writable(page));
}

/// Types headline, standfirst and paragraphs, and waits until the server has them.
export async function written({ page }, { headline, standfirst, paragraphs = [] }) {
  if (headline) await page.locator('textarea.headline').fill(headline);
  if (standfirst) await page.locator('textarea.standfirst').fill(standfirst);
  await typed({ page }, ...paragraphs);
  await saved(page);
}

/// Types at the end of the text, a paragraph each; waits for nothing.
export async function typed({ page }, ...paragraphs) {
  for (const paragraph of paragraphs) {
    await text(page).focus();
    await page.keyboard.press('Control+End', { delay: 50 });
    if ((await words(page)).trim()) await page.keyboard.press('Enter', { delay: 50 });
    await page.keyboard.insertText(paragraph);
  }
}

/// A small picture of its own colour, as a file that is uploaded: an unoptimised build takes long over a large one.
export async function photo({ page }, colour = '#a3221b', name = 'photo.jpg') {
  const address = await page.evaluate((fill) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 240, height: 160 });
    const context = canvas.getContext('2d');
    context.fillStyle = fill;
    context.fillRect(0, 0, 240, 160);
    return canvas.toDataURL('image/jpeg');
  }, colour);
  return { name, mimeType: 'image/jpeg', buffer: Buffer.from(address.split(',')[1], 'base64') };
}

/// Uploads a photo at the end of the text through the slash menu, and describes it.
export async function illustrated({ page }, { file, alt, credit, colour }) {
  const chosen = file ?? await photo({ page }, colour);
  await text(page).focus();
  await page.keyboard.press('Control+End', { delay: 50 });
  await page.keyboard.press('Enter', { delay: 50 });
  // No faster than a person can: the editor reads what the browser put into the page.
  await page.keyboard.type('/photo from', { delay: 15 });
  await until('two ways to a photo', async () => await page.locator('.slash:not([hidden]) [role=option]').count() === 2, 5);
  const choosing = page.waitForEvent('filechooser');
  await page.locator('.slash:not([hidden]) [role=option]').first().click();
  await (await choosing).setFiles(chosen);
  const figure = page.locator('.block-photo');
  await figure.locator('img').waitFor({ timeout: 60_000 });
  await figure.locator('.block-edit').click();
  const form = page.locator('.photo-form');
  await form.locator('textarea').first().fill(alt);
  await form.locator('fieldset').first().locator('input[type=text]').fill(credit);
  await form.locator('.button-main').click();
  await form.waitFor({ state: 'detached' });
  await saved(page);
}

/// Gives the story an address of its own.
export async function addressed({ page }, slug) {
  await page.locator('#editor-details input[dir=ltr]').first().fill(slug);
  // The change is noticed before the status says that it is not saved yet.
  await page.locator('[data-status]:not([data-status="saved"])').waitFor();
  await saved(page);
}

// The flow. Each step is a form of the page that checks and publishes.

export async function checking({ page }, desk, id) {
  await page.goto(`${desk}/desk/stories/${id}/check`);
}

async function sent(page, form, fill = {}) {
  for (const [name, value] of Object.entries(fill)) await form.locator(`[name=${name}]`).fill(value);
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
  await form.locator('button:not([type=button])').click();
  const answer = await answered;
  await page.waitForLoadState('load');
  await page.locator('main').waitFor();
  return answer.status();
}

const toState = (page, to) => page.locator(`form[action$="/state"]:has(input[name=to][value=${to}])`);
const actOf = (page, act) => page.locator(`main form[action$="/${act}"]`).last();

/// Steps of the flow on the page that checks and publishes; each answers with the status of what was sent.
export const flow = {
  handIn: ({ page }, note = '') => sent(page, toState(page, 'in_review'), note ? { note } : {}),
  sendBack: ({ page }, note = '') => sent(page, toState(page, 'draft'), note ? { note } : {}),
  markReady: ({ page }) => sent(page, toState(page, 'ready').first()),
  note: ({ page }, said) => sent(page, actOf(page, 'note'), { text: said }),
  settle: ({ page }) => sent(page, page.locator('form[action$="/settle"]').first()),
  schedule: ({ page }, at) => sent(page, actOf(page, 'schedule'), { at }),
  publish: ({ page }) => sent(page, actOf(page, 'publish')),
  correct: ({ page }, said) => sent(page, actOf(page, 'correct'), { text: said }),
  withdraw: async ({ page }, reason) => {
    page.once('dialog', (asked) => asked.accept());
    return sent(page, actOf(page, 'withdraw'), { reason });
  },
  give: async ({ page }, handle) => {
    const form = page.locator('form[action$="/people"]:has(select)');
    await form.locator('select').selectOption(handle);
    return sent(page, form);
  },
  translate: async ({ page }, language) => {
    const form = page.locator('form[action$="/translate"]');
    await form.locator('select').selectOption(language);
    return sent(page, form);
  },
};

/// The state that the page shows, by its class.
export const stateOf = async ({ page }) => (await page.locator('.head .tag').getAttribute('class')).split(' ')[1];

// Readers.

/// What a reader gets: {status, body}.
export async function read(server, path) {
  const answer = await fetch(new URL(path, server.address), { redirect: 'manual' });
  return { status: answer.status, location: answer.headers.get('location'), body: await answer.text() };
}

/// The path of a story that is published today under `slug`.
export const pathOf = (slug, at = new Date()) => `/${at.toISOString().slice(0, 10).replaceAll('-', '/')}/${slug}/`;

/// A moment at least `seconds` from now, at a full second: {at (milliseconds), local (as the form takes it, in UTC)}.
export function moment(seconds) {
  const at = Math.ceil((Date.now() + seconds * 1000) / 1000) * 1000;
  return { at, local: new Date(at).toISOString().slice(0, 19) };
}

/// Waits until `path` answers with `wanted`, and says when it first did.
export async function firstSeen(server, path, wanted, seconds = 15) {
  let at;
  await until(`${path} to answer ${wanted}`, async () => {
    const { status: now } = await read(server, path);
    at = Date.now();
    return now === wanted;
  }, seconds);
  return at;
}

/// A step of a longer story: what goes wrong in it says where the story stood.
export async function step(name, work) {
  try {
    return await work();
  } catch (error) {
    error.message = `${name}: ${error.message}`;
    throw error;
  }
}

// Takes the pictures of the editors' guide from the demo newsroom: `node e2e/desk-screenshots.js [FOLDER]` writes
// docs/guide/img/desk-*.jpg, each at most 250 KB.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join as below, resolve } from 'node:path';

import { start } from './lib/binary.js';
import { loadAll } from './lib/chromium.js';
import { closeBrowser, colleague, deskOf, firstLink, join, person } from './lib/desk.js';
import { sent, stands } from './lib/letters.js';
import { REPO } from './lib/place.js';
import { begun, checking, editing, flow, illustrated, moment, written } from './lib/story.js';

const TO = resolve(process.argv[2] ?? below(REPO, 'docs/guide/img'));
const MOST = 250_000;
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true };

mkdirSync(TO, { recursive: true });
const demo = await start(['demo', '--listen', '127.0.0.1:0']);
const desk = deskOf(demo);
try {
  const anna = await person({ viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' });
  await join(anna, await firstLink(demo), 'anna');
  const ben = await colleague(anna, 'reporter', 'ben');
  const story = await worked(anna, ben);
  await read(120);
  const shots = [
    ['today', '/desk/'], ['stories', '/desk/stories'], ['media', '/desk/media'], ['editor', `/desk/stories/${story}`],
    ['review', `/desk/stories/${story}/check`],
  ];
  for (const [name, path] of shots) await shot(anna.page, name, path);
  await letters(anna);
  await onPhones(anna, story);
} finally {
  await closeBrowser();
  await demo.stop();
}

/// Readers come: each story of the front page less often than the one before it.
async function read(times) {
  const front = await (await fetch(demo.address)).text();
  const paths = [...new Set([...front.matchAll(/href="(?:\.\/)?(\d{4}\/\d\d\/\d\d\/[a-z0-9-]+\/)"/g)].map(([, path]) => path))];
  for (let time = 0; time < times; time += 1) {
    await (await fetch(new URL(paths[Math.floor(paths.length * (time / times) ** 2)], demo.address))).text();
  }
}

/// A day at the desk: a story in review with notes, one scheduled, some drafts. The story in review.
async function worked(anna, ben) {
  const drafts = [['The tram that nobody ordered', 'A line on paper, a bill in the post.'], ['What the river carried off', '']];
  for (const [headline, standfirst] of drafts) {
    await begun(ben, desk, 'en');
    await written(ben, { headline, standfirst, paragraphs: ['To be written.'] });
  }
  const planned = await begun(anna, desk, 'en');
  await written(anna, { headline: 'Nine days without a ferry', standfirst: 'The island learns to wait.', paragraphs: ['The last boat left on a Tuesday.'] });
  await checking(anna, desk, planned);
  await flow.schedule(anna, moment(20 * 3600).local);
  const story = await begun(ben, desk, 'en');
  await written(ben, {
    headline: 'The bakery on Mill Street opens again', standfirst: 'Two years after the fire, the first loaves were gone by seven.',
    paragraphs: ['The queue began at five in the morning and went round the corner.', 'Ida Berg had kept the old oven door. It is the only thing in the room that is older than two years, and she would not have it painted.'],
  });
  // The photo is one that the newsroom has, and what is said of such a photo is an editor's to change.
  await ben.page.goto(`${desk}/desk/`);
  await editing(anna, desk, story);
  await illustrated(anna, { file: below(REPO, 'fixtures/demo/photos/bakery.jpg'), alt: 'A baker’s oven with a fire in it; loaves on shelves', credit: 'Photo: M. Orlova' });
  await checking(ben, desk, story);
  await flow.handIn(ben, '@anna ready from my side; the owner has seen her quotes.');
  await checking(anna, desk, story);
  await flow.note(anna, '@ben who says that it was two years?');
  return story;
}

/// The newsletters, the issue of next Friday in its editor and its previews, and its mail as it is read.
async function letters(anna) {
  await anna.page.goto(`${desk}/desk/settings`);
  await anna.page.fill('form.settings input[name=address]', 'https://breakwater.example');
  await anna.page.locator('form.settings button.main').click();
  await anna.page.waitForLoadState();
  await shot(anna.page, 'newsletters', '/desk/newsletters');
  const issue = new URL(await drafted(anna.page, 'The Friday Breakwater'), desk).pathname;
  const persian = new URL(await drafted(anna.page, 'جمعه‌های موج‌شکن'), desk).pathname;
  await shot(anna.page, 'issue', issue);
  for (const look of ['desktop', 'dark', 'phone']) await shot(anna.page, `issue-${look}`, `${issue}/preview?look=${look}`);
  await shot(anna.page, 'issue-rtl', `${persian}/preview?look=phone`);
  const state = await anna.context.storageState();
  for (const [name, options] of [['', { viewport: { width: 1000, height: 1000 } }], ['-phone', PHONE]]) {
    const context = await (await anna.context.browser()).newContext({ ...options, storageState: state, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await shot(page, `mail${name}`, `${issue}/as/full`);
    if (name) await shot(page, `mail${name}-fa`, `${persian}/as/full`);
    await context.close();
  }
  const id = issue.split('/').at(-1);
  await sent(anna, desk, id);
  await stands(anna, desk, id, '.tag.published');
  await shot(anna.page, 'sending', `${issue}/sending`);
}

/// Where the draft of a newsletter is.
async function drafted(page, name) {
  await page.goto(`${desk}/desk/newsletters`);
  const letter = page.locator('ul.letters > li').filter({ hasText: name });
  return letter.locator('a[href^="/desk/issues/"]').first().getAttribute('href');
}

async function onPhones(anna, story) {
  const state = await anna.context.storageState();
  const en = await (await anna.context.browser()).newContext({ ...PHONE, storageState: state });
  const page = await en.newPage();
  await shot(page, 'stories-phone', '/desk/stories');
  await shot(page, 'editor-phone', `/desk/stories/${story}`);
  await page.goto(`${desk}/desk/account`);
  await page.locator('form[action$="/language"] select').selectOption('fa');
  await page.locator('form[action$="/language"] button').click();
  await page.waitForURL(/account/);
  const farsi = await begun({ page }, desk, 'fa');
  await written({ page }, { headline: 'نانوایی خیابان آسیاب دوباره باز شد', standfirst: 'دو سال پس از آتش‌سوزی، آنجا دوباره نان می‌پزند.', paragraphs: ['صف از ساعت پنج صبح آغاز شد.'] });
  await editing({ page }, desk, farsi);
  await shot(page, 'editor-phone-fa', `/desk/stories/${farsi}`);
  await en.close();
}

/// A page as it stands when all of it has come, at the best quality that fits.
async function shot(page, name, path) {
  const answer = await page.goto(desk + path, { waitUntil: 'load' });
  if (answer.status() !== 200) {
    console.error(`!!! ${name}: ${path} answers ${answer.status()}; no picture was taken`);
    process.exitCode = 1;
    return;
  }
  if (name.startsWith('editor')) await page.locator('#editor-text').waitFor();
  await loadAll(page);
  const all = () => [...document.images].every((image) => image.complete && image.naturalWidth > 0 || image.getBoundingClientRect().top > innerHeight);
  await page.waitForFunction(all);
  for (const quality of [85, 75, 65, 55, 45]) {
    const bytes = await page.screenshot({ type: 'jpeg', quality });
    if (bytes.length > MOST && quality > 45) continue;
    writeFileSync(below(TO, `desk-${name}.jpg`), bytes);
    console.log(`desk-${name}.jpg  ${Math.round(bytes.length / 1024)} KiB at quality ${quality}`);
    return;
  }
}

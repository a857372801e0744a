// A story's whole way through the desk, in a real browser with a passkey: from the first start to its withdrawal.

import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { colleague } from '../lib/desk.js';
import {
  addressed, begun, checking, closeEverything, closed, editing, firstSeen, flow, illustrated, moment, opened, pathOf, read, saved,
  stateOf, step, typed, written,
} from '../lib/story.js';

after(closeEverything);

const TOLD = {
  en: {
    direction: 'ltr', reporter: 'ben', headline: 'The bakery on Mill Street opens again',
    standfirst: 'Two years after the fire, bread is baked there.',
    paragraphs: ['The queue began at five in the morning.', 'By seven the first loaves were gone.'],
    alt: 'A baker lifts loaves out of an oven', credit: 'Photo: M. Orlova',
    note: 'who says that it was two years?', more: 'The owner, Ida Berg, said so herself.',
    correction: 'The fire was three years ago, not two.', reason: 'the owner asked us',
  },
  fa: {
    direction: 'rtl', reporter: 'بهار', headline: 'نانوایی خیابان آسیاب دوباره باز شد',
    standfirst: 'دو سال پس از آتش‌سوزی، آنجا دوباره نان می‌پزند.',
    paragraphs: ['صف از ساعت پنج صبح آغاز شد.', 'تا ساعت هفت نان‌های اول تمام شده بود.'],
    alt: 'نانوا نان را از تنور بیرون می‌آورد', credit: 'عکس: م. اورلوا',
    note: 'چه کسی گفته دو سال؟', more: 'صاحب نانوایی، آیدا برگ، خودش گفت.',
    correction: 'آتش‌سوزی سه سال پیش بود، نه دو سال.', reason: 'به خواست صاحب نانوایی',
  },
};

for (const [language, said] of Object.entries(TOLD)) {
  test(`a story goes from the first start to its withdrawal (${language})`, { timeout: 120_000 }, async () => {
    const newsroom = await opened(`journey-${language}`, { language });
    const { server, desk, publisher: anna } = newsroom;
    const ben = await colleague(anna, 'reporter', said.reporter, language);
    const slug = 'bakery';
    const shows = async (path, text) => (await read(server, path)).body.includes(text);
    let id;

    await step('the desk speaks the language that was chosen', async () => {
      const html = ben.page.locator('html');
      assert.deepEqual([await html.getAttribute('lang'), await html.getAttribute('dir')], [language, said.direction]);
      const menu = await ben.page.locator('.side').boundingBox();
      const main = await ben.page.locator('main').boundingBox();
      assert.equal(menu.x > main.x, said.direction === 'rtl', 'the menu stands where reading begins');
    });

    await step('a reporter writes with a photo, and hands it in', async () => {
      id = await begun(ben, desk);
      await written(ben, said);
      await illustrated(ben, said);
      await addressed(ben, slug);
      const direction = await ben.page.locator('#editor-text').evaluate((element) => getComputedStyle(element).direction);
      assert.equal(direction, said.direction);
      await checking(ben, desk, id);
      assert.equal(await ben.page.locator('form[action$="/publish"]').count(), 0, 'a reporter is not offered to publish');
      await flow.handIn(ben);
      assert.equal(await stateOf(ben), 'in_review');
    });

    await step('a second person reviews it, and calls its author', async () => {
      await checking(anna, desk, id);
      assert.equal(await stateOf(anna), 'in_review');
      await flow.note(anna, `@${said.reporter} ${said.note}`);
      await checking(ben, desk, id);
      assert.ok((await ben.page.locator('#notes').innerText()).includes(said.note));
      await editing(ben, desk, id);
      await typed(ben, said.more);
      await saved(ben.page);
      await checking(ben, desk, id);
      await flow.settle(ben);
      assert.equal(await ben.page.locator('.notes .done').count(), 1);
    });

    await step('scheduled to the second, it becomes public at that second', async () => {
      await checking(anna, desk, id);
      await flow.markReady(anna);
      assert.equal(await stateOf(anna), 'ready');
      const { at, local } = moment(3);
      assert.equal(await flow.schedule(anna, local), 303);
      assert.equal(await stateOf(anna), 'scheduled');
      const path = pathOf(slug, new Date(at));
      assert.equal((await read(server, path)).status, 404);
      const seen = await firstSeen(server, path, 200);
      assert.ok(seen >= at, `it was public ${at - seen} ms too early`);
      assert.ok(seen - at < 1000, `it was public ${seen - at} ms after its time`);
    });

    const path = pathOf(slug);
    await step('readers have it as it was written, everywhere', async () => {
      const { body } = await read(server, path);
      assert.match(body, new RegExp(`<html[^>]* lang="?${language}"?[^>]* dir="?${said.direction}`));
      for (const text of [said.headline, said.standfirst, ...said.paragraphs, said.more, said.alt, said.credit]) {
        assert.ok(body.includes(text), `the page lacks “${text}”`);
      }
      assert.ok(!body.includes(said.note), 'readers see what the desk said among itself');
      for (const other of ['/', '/feed.xml', '/latest/']) assert.ok(await shows(other, said.headline), `${other} lacks it`);
      assert.ok(await shows('/sitemap.xml', path) || await shows('/news-sitemap.xml', path), 'no sitemap has it');
    });

    await step('a correction is shown in every channel', async () => {
      await checking(anna, desk, id);
      assert.equal(await stateOf(anna), 'published');
      await flow.correct(anna, said.correction);
      for (const other of [path, `/lite${path}`, '/feed.xml']) {
        assert.ok(await shows(other, said.correction), `${other} lacks the correction`);
      }
      await anna.page.goto(`${desk}/desk/stories/${id}/as/text`);
      assert.ok((await anna.page.locator('body').innerText()).includes(said.correction), 'the plain text lacks it');
    });

    await step('withdrawn, it is gone everywhere at once, and its address says so', async () => {
      await checking(anna, desk, id);
      await flow.withdraw(anna, said.reason);
      assert.equal(await stateOf(anna), 'withdrawn');
      const gone = await read(server, path);
      assert.equal(gone.status, 410);
      for (const text of [...said.paragraphs, said.reason]) assert.ok(!gone.body.includes(text), `the tombstone says “${text}”`);
      assert.match(gone.body, /<h1/);
      assert.equal((await read(server, `/lite${path}`)).status, 410);
      for (const other of ['/', '/feed.xml', '/latest/', '/sitemap.xml', '/news-sitemap.xml']) {
        const { body } = await read(server, other);
        assert.ok(!body.includes(said.headline) && !body.includes(path), `${other} still has it`);
      }
    });
    await closed(newsroom, anna, ben);
  });
}

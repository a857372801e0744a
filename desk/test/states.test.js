// Every state that a writer can meet, looked at by axe, in light and dark and from right to left; and the phone.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { atDesk, atEnd, dropFile, text, until } from './browser.js';
import { story } from './server.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PHONE = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };

async function sound(page, state) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target)}`), [], state);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${state}: ${over} px too wide`);
}

const strings = (language) => JSON.parse(readFileSync(new URL(`../strings/${language}.json`, import.meta.url), 'utf8'));

for (const [language, colorScheme] of [['en', 'dark'], ['fa', 'light']]) {
  test(`no state of the editor keeps anybody out (${language}, ${colorScheme}, 360 px)`, { timeout: 120_000 }, async () => {
    const words = strings(language);
    const link = { type: 'link', href: 'https://gone.example/a-very-long-address/that-does-not-break/anywhere-at-all-and-goes-on', content: [{ type: 'text', text: 'there' }] };
    const own = story({ language, direction: language === 'fa' ? 'rtl' : 'ltr', document: { version: 1, blocks: [{ type: 'paragraph', content: [{ type: 'text', text: 'See ' }, link] }] } });
    await atDesk({ stories: [own], page: { language, strings: words } }, async (desk, person) => {
      const page = await person('vera', { ...PHONE, colorScheme, bypassCSP: true });
      await page.locator('.checks').waitFor();
      await page.getByRole('button', { name: words['links.check'] }).tap();
      await until(() => page.locator('.checks li').count(), 'a dead link');
      await sound(page, 'a dead link');
      desk.breakUploads = 'connection';
      await dropFile(page, 'a-file-with-a-very-long-name-that-does-not-break-anywhere.jpg', 'image/jpeg', [1]);
      await page.locator('.upload.is-failed').waitFor();
      await sound(page, 'an upload that broke');
      await page.locator('.upload').getByRole('button', { name: words.remove }).tap();
      await atEnd(page);
      for (const [keys, state, shown] of [['Control+k', 'the link dialog', 'dialog[open]'], ['Control+/', 'the help', 'dialog[open]']]) {
        await page.keyboard.press(keys);
        if (!(await page.locator(shown).count())) continue;
        await sound(page, state);
        await page.keyboard.press('Escape');
      }
      await atEnd(page);
      await page.keyboard.press('Enter');
      await page.waitForFunction(() => document.querySelector('#editor-text > p:last-of-type')?.textContent === '');
      await page.keyboard.type('/');
      await page.locator('.slash:not([hidden])').waitFor();
      await sound(page, 'the slash menu');
      await page.keyboard.press('Escape');
      desk.refuse = 'The story is too long.';
      await page.keyboard.type('x');
      await page.locator('.sheet[data-status="refused"]').waitFor();
      await sound(page, 'a refusal');
      desk.refuse = '';
      desk.signedOut = true;
      await page.keyboard.type('y');
      await page.locator('.sheet[data-status="signed_out"]').waitFor();
      await sound(page, 'signed out');
      desk.signedOut = false;
      await page.context().setOffline(true);
      // Back on the network it finds by itself that one is signed in again.
      await page.context().setOffline(false);
      await page.locator('.sheet[data-status="saved"]').waitFor();
      await sound(page, 'saved again');
      await page.getByRole('button', { name: words['photo.library'] }).tap();
      await page.locator('dialog .result').first().waitFor();
      await sound(page, 'the library');
    });
  });
}

test('a page of the newsroom keeps nobody out', async () => {
  const about = { id: 'p1', version: 3, language: 'en', direction: 'ltr', title: 'About us', slug: 'about', document: { version: 1, blocks: [] }, photos: {}, saved_at: null, saved_by: null };
  await atDesk({ id: 'p1', kind: 'pages', pages: [about] }, async (_, person) => {
    await sound(await person('vera', { ...PHONE, bypassCSP: true }), 'a page');
  });
});

test('with a keyboard open, toolbar, the line that is written and the slash menu are in sight', async () => {
  const blocks = Array.from({ length: 30 }, () => ({ type: 'paragraph', content: [{ type: 'text', text: 'A line of a story that goes on for a while.' }] }));
  await atDesk({ stories: [story({ document: { version: 1, blocks } })] }, async (_, person) => {
    const page = await person('vera', PHONE);
    await atEnd(page);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('#editor-text > p:last-of-type')?.textContent === '');
    await page.keyboard.type('/');
    await page.setViewportSize({ width: 360, height: 320 });
    await until(async () => {
      const [bars, menu, line] = await Promise.all(['.toolbar', '.slash', '#editor-text > p:last-of-type'].map((each) => page.locator(each).boundingBox()));
      return bars && menu && line && bars.y >= 0 && bars.y + bars.height < 160 && menu.y >= 0 && menu.y + menu.height <= 320 && line.y + line.height <= 320;
    }, 'everything in sight');
    await page.locator('.slash .slash-item').nth(1).tap();
    assert.equal(await text(page).locator('h2').count(), 1);
  });
});

test('what is written is not hidden under the bars when one goes up by the keyboard', async () => {
  const blocks = Array.from({ length: 40 }, () => ({ type: 'paragraph', content: [{ type: 'text', text: 'A line.' }] }));
  await atDesk({ stories: [story({ document: { version: 1, blocks } })] }, async (_, person) => {
    const page = await person('vera', { viewport: { width: 900, height: 500 } });
    await atEnd(page);
    for (let times = 0; times < 25; times += 1) {
      await page.keyboard.press('ArrowUp');
      const [caret, bars] = await page.evaluate(() => [getSelection().getRangeAt(0).getBoundingClientRect().top, document.querySelector('.bars').getBoundingClientRect().bottom]);
      assert.ok(caret >= bars, `after ${times + 1} lines the caret is at ${caret}, the bars end at ${bars}`);
    }
  });
});

test('a file that stops arriving says so after a while, and is kept', async () => {
  await atDesk({}, async (desk, person) => {
    const page = await person();
    desk.breakUploads = 'silence';
    await page.clock.install();
    await dropFile(page, 'harbour.jpg', 'image/jpeg', [1, 2, 3]);
    await page.locator('.upload progress').waitFor();
    await page.clock.fastForward(301_000);
    await page.getByText('harbour.jpg was not added: nothing of it has arrived for a while').waitFor();
    desk.breakUploads = '';
    await page.locator('.upload').getByRole('button', { name: 'Try again' }).click();
    await text(page).locator('.block-photo').waitFor();
  });
});

test('a fresh token is fetched by itself when one signed in anew elsewhere; a second refusal is told', async () => {
  await atDesk({}, async (desk, person) => {
    const page = await person();
    await atEnd(page);
    desk.token = 'another';
    await page.keyboard.type(' Saved all the same.');
    await until(() => /Saved all the same/.test(JSON.stringify(desk.stories.get('s1').document)), 'a save');
    desk.forbid = 'The story is not yours any more.';
    await page.keyboard.type(' Not this.');
    await page.getByText('Not saved: The story is not yours any more.').waitFor();
    assert.match(await text(page).innerText(), /Not this/);
  });
});

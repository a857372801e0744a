// The clock of a device may jump by hours, in both directions, while somebody writes. Nothing is lost by it, and nothing
// older takes the place of something newer.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atDesk, atEnd, open, status, text, until } from './browser.js';

const HOUR = 3_600_000;
const words = (desk) => JSON.stringify(desk.stories.get('s1').document);
const says = (page, pattern) => until(async () => pattern.test(await status(page).innerText()), String(pattern), 12_000);

/// Moves the page's clock; timers go on as before, as they do when a device's clock is set.
const jump = (page, hours) => page.evaluate((by) => {
  const now = (window.realNow ??= Date.now.bind(Date));
  window.shift = (window.shift ?? 0) + by;
  const Real = (window.RealDate ??= Date);
  window.Date = class extends Real {
    constructor(...given) { super(...(given.length > 0 ? given : [now() + window.shift])); }
    static now() { return now() + window.shift; }
  };
}, hours * HOUR);

for (const hours of [5, -5]) {
  const way = hours > 0 ? 'forward' : 'back';

  test(`a clock that jumps ${way} while somebody types loses no word, and saves in order`, async () => {
    await atDesk({}, async (desk, person) => {
      const page = await person();
      await atEnd(page);
      await page.keyboard.type(' One.');
      await jump(page, hours);
      await page.keyboard.type(' Two.');
      await says(page, /^Saved/);
      await jump(page, -2 * hours);
      await page.keyboard.type(' Three.');
      await until(() => /One\. Two\. Three\./.test(words(desk)), 'all three');
      await says(page, /^Saved/);
      const versions = desk.saves.map((fields) => JSON.stringify(fields.document).length);
      assert.deepEqual(versions, [...versions].sort((one, other) => one - other), 'an older text was saved over a newer one');
      assert.deepEqual(page.troubles, []);
    });
  });

  test(`what is typed offline after a jump ${way} survives closing the page, the newest words too`, async () => {
    await atDesk({}, async (desk, person) => {
      const page = await person();
      const context = page.context();
      await atEnd(page);
      await context.setOffline(true);
      await page.keyboard.type(' Before.');
      await says(page, /^Offline/);
      await jump(page, hours);
      // The last letters go to localStorage as the page closes, under another hour than those in IndexedDB.
      await page.keyboard.type(' After.');
      await page.close({ runBeforeUnload: true });
      await until(() => page.isClosed(), 'the page to close');
      await context.setOffline(false);
      const again = await open(context, desk);
      await until(async () => /Before\. After\./.test(await text(again).innerText()), 'both');
      await until(() => /Before\. After\./.test(words(desk)), 'both saved');
      assert.equal(await again.getByRole('dialog').count(), 0);
    });
  });
}

test('undo goes back by steps, also after the clock was set back', async () => {
  await atDesk({}, async (_, person) => {
    const page = await person();
    await atEnd(page);
    await page.keyboard.type(' First.');
    await jump(page, -5);
    await page.waitForTimeout(700);
    await page.keyboard.type(' Second.');
    await page.keyboard.press('Control+z');
    assert.match(await text(page).innerText(), /Friday\. First\.$/);
    await page.keyboard.press('Control+z');
    assert.match(await text(page).innerText(), /Friday\.$/);
  });
});

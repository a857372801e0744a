import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atDesk, atEnd, open, status, text, until } from './browser.js';
import { story } from './server.js';

const words = (desk) => JSON.stringify(desk.stories.get('s1').document);
const line = (content) => ({ version: 1, blocks: [{ type: 'paragraph', content: [{ type: 'text', text: content }] }] });
const says = (page, pattern) => until(async () => pattern.test(await status(page).innerText()), String(pattern), 12_000);
const kept = (page) => page.locator('.kept');

test('what is typed is saved after a pause, and only the fields that changed', async () => {
  await atDesk({}, async (desk, person) => {
    const page = await person();
    await atEnd(page);
    await page.keyboard.type(' He left on Sunday.');
    assert.equal(desk.saves.length, 0);
    await says(page, /^Saved/);
    assert.equal(desk.saves.length, 1);
    assert.deepEqual(Object.keys(desk.saves[0]), ['document']);
    assert.match(words(desk), /He came on Friday. He left on Sunday./);
    await page.getByLabel('Headline').fill('The minister leaves');
    await page.getByLabel('Standfirst').focus();
    await until(() => desk.stories.get('s1').headline === 'The minister leaves', 'a headline');
    assert.deepEqual(page.troubles, []);
  });
});

test('leaving the text saves at once', async () => {
  await atDesk({}, async (desk, person) => {
    const page = await person();
    await atEnd(page);
    await page.keyboard.type(' Now.');
    await page.getByLabel('Headline').click();
    await until(() => desk.saves.length === 1, 'a save', 900);
  });
});

test('what is typed offline survives a reload and is sent when the connection is back', async () => {
  await atDesk({}, async (desk, person) => {
    const page = await person();
    const { csp: _, ...context } = { context: page.context() };
    await atEnd(page);
    await context.context.setOffline(true);
    await page.keyboard.type(' Typed on a train.');
    await says(page, /^Offline: kept on this device/);
    await page.close();
    await context.context.setOffline(false);
    const again = await open(context.context, desk);
    await until(async () => /Typed on a train/.test(await text(again).innerText()), 'the text');
    await until(() => /Typed on a train/.test(words(desk)), 'a save');
    await says(again, /^Saved/);
    await again.reload();
    await text(again).waitFor();
    assert.equal(await kept(again).count(), 0);
  });
});

test('a reload right behind a keystroke loses nothing', async () => {
  await atDesk({}, async (desk, person) => {
    const page = await person();
    for (const word of ['alpha', 'beta', 'gamma']) {
      await atEnd(page);
      await page.keyboard.type(` ${word}`);
      await page.reload();
      await until(async () => (await text(page).innerText()).includes(word), word);
    }
    await until(() => /alpha beta gamma/.test(words(desk)), 'all words');
    assert.equal(await page.getByRole('dialog').count(), 0);
  });
});

test('what is sent when the connection comes back is the newest', async () => {
  await atDesk({}, async (desk, person) => {
    const page = await person();
    await atEnd(page);
    await page.context().setOffline(true);
    await page.keyboard.type(' One.');
    await says(page, /^Offline/);
    await page.keyboard.type(' Two.');
    await page.context().setOffline(false);
    await until(() => /One. Two./.test(words(desk)), 'both');
    await says(page, /^Saved/);
  });
});

test('a save whose answer got lost is no conflict with oneself', async () => {
  await atDesk({}, async (desk, person) => {
    const page = await person();
    await atEnd(page);
    desk.loseAnswers = true;
    await page.keyboard.type(' Sent.');
    await until(() => desk.saves.length === 1, 'a save');
    await page.keyboard.type(' More.');
    desk.loseAnswers = false;
    await until(() => /Sent. More./.test(words(desk)), 'the rest');
    await says(page, /^Saved/);
    assert.equal(await page.getByRole('dialog').count(), 0);
  });
});

test('when others change what is untouched here, both changes stand', async () => {
  await atDesk({}, async (desk, person) => {
    const page = await person();
    desk.write('s1', 'olga', { headline: 'Her headline' });
    await atEnd(page);
    await page.keyboard.type(' Mine.');
    await until(() => /Mine\./.test(words(desk)), 'a save');
    assert.equal(desk.stories.get('s1').headline, 'Her headline');
    assert.equal(await page.getByLabel('Headline').inputValue(), 'Her headline');
  });
});

/// Two people changed the text; `choose` presses a button of the dialog.
async function conflict(work) {
  await atDesk({}, async (desk, person) => {
    const page = await person();
    await atEnd(page);
    await page.keyboard.type(' Mine.');
    desk.write('s1', 'olga', { document: line('Hers.') });
    const dialog = page.getByRole('dialog');
    await dialog.getByText('olga changed this story too').waitFor();
    assert.match(await dialog.locator('.version').nth(0).innerText(), /He came on Friday. Mine./);
    assert.match(await dialog.locator('.version').nth(1).innerText(), /Hers\./);
    assert.match(words(desk), /Hers/);
    await work(desk, page, (name) => dialog.getByRole('button', { name }).click());
    assert.deepEqual(page.troubles, []);
  });
}

test('of two versions mine is kept, and theirs stays on the device until dismissed', async () => {
  await conflict(async (desk, page, choose) => {
    await choose('Keep mine');
    await until(() => /Mine\./.test(words(desk)), 'mine');
    await kept(page).getByText('The version of olga').waitFor();
    await page.reload();
    await kept(page).getByRole('button', { name: 'Show' }).click();
    assert.match(await kept(page).locator('.version').innerText(), /Hers\./);
    await kept(page).getByRole('button', { name: 'Dismiss' }).click();
    await kept(page).getByRole('button', { name: 'Dismiss for good' }).click();
    await until(async () => await kept(page).count() === 0, 'nothing kept');
  });
});

test('of two versions theirs is taken, and mine stays on the device and can be put back', async () => {
  await conflict(async (desk, page, choose) => {
    await choose('Take theirs');
    await until(async () => (await text(page).innerText()).trim() === 'Hers.', 'hers');
    await kept(page).getByRole('button', { name: 'Put back' }).click();
    await until(() => /Mine\./.test(words(desk)), 'mine again');
    await kept(page).getByRole('button', { name: 'Show' }).click();
    assert.match(await kept(page).locator('.version').innerText(), /Hers\./);
  });
});

test('two versions are merged by hand with the other one beside', async () => {
  await conflict(async (desk, page, choose) => {
    await choose('Merge by hand');
    await kept(page).getByRole('button', { name: 'Insert into my text' }).click();
    await until(() => /Mine\./.test(words(desk)) && /Hers\./.test(words(desk)), 'both');
  });
});

test('a conflict that is left open survives a reload with both texts', async () => {
  await conflict(async (desk, page) => {
    await page.keyboard.press('Escape');
    await says(page, /^Two versions/);
    await page.reload();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('olga changed this story too').waitFor();
    assert.match(await dialog.locator('.version').nth(0).innerText(), /Mine\./);
    assert.match(await dialog.locator('.version').nth(1).innerText(), /Hers\./);
    assert.match(words(desk), /Hers/);
  });
});

test('signed out, everything stays on the device until signed in again', async () => {
  await atDesk({}, async (desk, person) => {
    const page = await person();
    await atEnd(page);
    desk.signedOut = true;
    await page.keyboard.type(' Still here.');
    await says(page, /Sign in again in another tab, then press retry/);
    await page.keyboard.type(' And more.');
    await page.getByRole('button', { name: 'Retry' }).click();
    await says(page, /Sign in again/);
    desk.signedOut = false;
    await page.getByRole('button', { name: 'Retry' }).click();
    await until(() => /Still here. And more./.test(words(desk)), 'all of it');
  });
});

test('a refusal says why and keeps the text', async () => {
  await atDesk({}, async (desk, person) => {
    const page = await person();
    await atEnd(page);
    desk.refuse = 'The text is too long.';
    await page.keyboard.type(' Long.');
    await says(page, /Not saved: The text is too long\./);
    desk.refuse = '';
    await page.getByRole('button', { name: 'Retry' }).click();
    await until(() => /Long\./.test(words(desk)), 'a save');
  });
});

test('a story somebody else writes is read along, and taking it over loses nothing of theirs', async () => {
  await atDesk({}, async (desk, person) => {
    const vera = await person('vera');
    await atEnd(vera);
    await vera.keyboard.type(' First.');
    await says(vera, /^Saved/);
    const olga = await person('olga');
    await olga.getByText('vera is writing this story').waitFor();
    assert.equal(await text(olga).getAttribute('contenteditable'), 'false');
    await vera.keyboard.type(' Second.');
    await says(vera, /^Saved/);
    await until(async () => /Second\./.test(await text(olga).innerText()), 'reading along');
    await vera.keyboard.type(' Unsaved.');
    await olga.getByRole('button', { name: 'Take over' }).click();
    await vera.locator('.lock').getByText('olga took over').waitFor();
    assert.equal(await text(vera).getAttribute('contenteditable'), 'false');
    await kept(vera).getByRole('button', { name: 'Show' }).click();
    assert.match(await kept(vera).locator('.version').innerText(), /Unsaved\./);
    await until(async () => await text(olga).getAttribute('contenteditable') === 'true', 'olga writes');
    await atEnd(olga);
    await olga.keyboard.type(' Hers.');
    await until(() => /Second\. Hers\./.test(words(desk)), 'hers');
    await vera.getByRole('button', { name: 'Take over' }).click();
    await olga.getByText('vera took over').or(olga.getByText('vera is writing')).first().waitFor();
    await until(async () => /Hers\./.test(await text(vera).innerText()), 'vera sees hers');
    await kept(vera).getByRole('button', { name: 'Put back' }).click();
    await until(() => /Unsaved\./.test(words(desk)), 'put back');
    assert.deepEqual([...vera.troubles, ...olga.troubles], []);
  });
});

test('two tabs of one person do not overwrite what the other keeps on the device', async () => {
  await atDesk({}, async (desk, person) => {
    const one = await person();
    const context = one.context();
    const two = await open(context, desk);
    desk.refuse = 'Not now.';
    await atEnd(one);
    await one.keyboard.type(' Tab one.');
    await atEnd(two);
    await two.keyboard.type(' Tab two.');
    await says(two, /^Not saved/);
    await one.close();
    await two.close();
    // The browser gives up what a tab held some moments after it is gone; until then its text counts as open elsewhere.
    const look = await context.newPage();
    await look.goto(`${desk.origin}/held`);
    await until(() => look.evaluate(async () => (await navigator.locks.query()).held.length === 0), 'both tabs to be gone');
    await look.close();
    desk.refuse = '';
    const again = await open(context, desk);
    await until(async () => /Tab (one|two)\./.test(await text(again).innerText()), 'one of them');
    await kept(again).getByRole('button', { name: 'Show' }).first().click();
    const all = `${await text(again).innerText()} ${await kept(again).innerText()}`;
    assert.match(all, /Tab one\./);
    assert.match(all, /Tab two\./);
  });
});

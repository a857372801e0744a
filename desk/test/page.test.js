import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atDesk, atEnd, status, text, until } from './browser.js';

const line = (content) => ({ version: 1, blocks: [{ type: 'paragraph', content: [{ type: 'text', text: content }] }] });
const about = () => ({
  id: 'p1', version: 3, language: 'en', direction: 'ltr', title: 'About us', slug: 'about', document: line('We report.'),
  photos: {}, saved_at: '2026-01-05T12:03:00Z', saved_by: 'vera',
});
const options = () => ({ id: 'p1', kind: 'pages', pages: [about()] });

test('a page has a title, an address and a text, and nothing of a story', async () => {
  await atDesk(options(), async (desk, person) => {
    const page = await person();
    assert.equal(await page.getByLabel('Title', { exact: true }).inputValue(), 'About us');
    assert.equal(await page.getByLabel('Address', { exact: true }).inputValue(), 'about');
    const labels = await page.locator('label').allInnerTexts();
    for (const none of ['Standfirst', 'Section', 'Bylines', 'Topics', 'Headline']) assert.ok(!labels.some((label) => label.includes(none)), none);
    assert.equal(await page.getByText('Lead photo').count() + await page.getByText('Sources').count(), 0);
    assert.equal(await page.getByText('No section is chosen').count(), 0);
    assert.deepEqual(page.troubles, []);
  });
});

test('a page is saved under its own address, without a lock', async () => {
  await atDesk(options(), async (desk, person) => {
    const page = await person();
    await atEnd(page);
    await page.keyboard.type(' And we read.');
    await page.getByLabel('Title', { exact: true }).fill('About');
    await page.getByLabel('Title', { exact: true }).press('Enter');
    await until(() => desk.pages.get('p1').title === 'About', 'a title');
    await until(async () => /^Saved/.test(await status(page).innerText()), 'saved');
    assert.equal(JSON.stringify(desk.pages.get('p1').document), JSON.stringify(line('We report. And we read.')));
    assert.ok(desk.saves.every((fields) => Object.keys(fields).every((name) => ['title', 'document'].includes(name))));
    assert.deepEqual(page.troubles, []);
  });
});

test('two who write a page at once lose nothing', async () => {
  await atDesk(options(), async (desk, person) => {
    const page = await person();
    await atEnd(page);
    await page.keyboard.type(' Mine.');
    Object.assign(desk.pages.get('p1'), { version: 4, saved_by: 'olga', title: 'About olga', document: line('Hers.') });
    const dialog = page.getByRole('dialog');
    await dialog.getByText('olga changed this page too').waitFor();
    await dialog.getByRole('button', { name: 'Keep mine' }).click();
    await until(() => /Mine\./.test(JSON.stringify(desk.pages.get('p1').document)), 'mine');
    assert.equal(desk.pages.get('p1').title, 'About olga');
    await until(async () => await page.getByLabel('Title', { exact: true }).inputValue() === 'About olga', 'her title');
    await page.locator('.kept').getByText('The version of olga').waitFor();
    assert.match(await text(page).innerText(), /Mine/);
  });
});

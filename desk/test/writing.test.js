import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atDesk, atEnd, open, status, text, until } from './browser.js';
import { everything, odd } from './fixtures/everything.js';
import { story } from './server.js';

const empty = () => story({ document: { version: 1, blocks: [] } });
const blocks = (desk) => desk.stories.get('s1').document.blocks;

test('opening a story and leaving it saves nothing', async () => {
  for (const document of [everything, odd]) {
    await atDesk({ stories: [story({ document })] }, async (desk, person) => {
      const page = await person();
      await page.waitForTimeout(1600);
      await page.locator('#editor-text').focus();
      assert.equal(desk.saves.length, 0);
      assert.deepEqual(page.troubles, []);
    });
  }
});

test('typing into a document with everything changes that line alone', async () => {
  await atDesk({ stories: [story({ document: structuredClone(everything) })] }, async (desk, person) => {
    const page = await person();
    await text(page).locator('p').first().click({ position: { x: 3, y: 10 } });
    await page.keyboard.press('Home');
    await page.keyboard.type('Well: ');
    await until(() => desk.saves.length > 0, 'a save');
    const saved = desk.saves.at(-1).document;
    assert.equal(saved.blocks[0].content[0].text, 'Well: Plain & <simple>, ');
    assert.deepEqual(saved.blocks.slice(1), everything.blocks.slice(1));
    assert.deepEqual(saved.blocks[0].content.slice(1), everything.blocks[0].content.slice(1));
    assert.deepEqual(saved.footnotes, everything.footnotes);
    assert.deepEqual(page.troubles, []);
  });
});

test('the slash menu filters, moves with the arrows, and inserts', async () => {
  await atDesk({ stories: [empty()] }, async (desk, person) => {
    const page = await person();
    await text(page).click();
    await page.keyboard.type('/');
    const options = page.locator('.slash').getByRole('option');
    assert.equal(await options.count(), 20);
    await page.keyboard.type('quo');
    assert.deepEqual(await options.allInnerTexts().then((all) => all.map((each) => each.split('\n').at(-1))), ['Quote', 'Pull quote']);
    await page.keyboard.press('ArrowDown');
    assert.equal(await options.nth(1).getAttribute('aria-selected'), 'true');
    await page.keyboard.press('Enter');
    await page.keyboard.type('No accident.');
    await page.keyboard.press('Enter');
    await page.keyboard.type('A diplomat');
    await until(() => desk.saves.length > 0, 'a save');
    assert.deepEqual(blocks(desk)[0], { type: 'pull_quote', content: [{ type: 'text', text: 'No accident.' }], source: [{ type: 'text', text: 'A diplomat' }] });
  });
});

test('Escape leaves the slash menu and the slash', async () => {
  await atDesk({ stories: [empty()] }, async (_, person) => {
    const page = await person();
    await text(page).click();
    await page.keyboard.type('/he');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.slash').isHidden(), true);
    await page.keyboard.type('y');
    assert.equal(await page.locator('.slash').isHidden(), true);
    assert.equal(await text(page).innerText(), '/hey');
  });
});

const INSERTED = {
  'heading': 'heading', 'bulleted': 'list', 'numbered': 'list', 'quote': 'quote', 'table': 'table', 'code': 'code', 'break': 'rule',
  'story so': 'box', 'facts': 'box', 'editors': 'box',
};

for (const [query, type] of Object.entries(INSERTED)) {
  test(`the slash menu inserts what “${query}” finds`, async () => {
    await atDesk({ stories: [empty()] }, async (desk, person) => {
      const page = await person();
      await text(page).click();
      await page.keyboard.type(`/${query}`);
      await page.keyboard.press('Enter');
      if (type !== 'rule') await page.keyboard.type('words');
      await until(() => desk.saves.length > 0 && blocks(desk).some((block) => block.type === type), `a ${type}: ${JSON.stringify(blocks(desk))}`);
      assert.deepEqual(page.troubles, []);
    });
  });
}

test('embeds, files, photos of the library, galleries and footnotes are inserted', async () => {
  await atDesk({ stories: [empty()] }, async (desk, person) => {
    const page = await person();
    await text(page).click();
    const slash = async (query) => { await page.keyboard.type(`/${query}`); await page.keyboard.press('Enter'); };
    await slash('video');
    await page.getByLabel('Address', { exact: true }).last().fill('https://youtu.be/abc');
    await page.keyboard.press('Enter');
    await until(() => page.locator('.block-embed').count(), 'an embed');
    await page.keyboard.press('Control+End');
    await slash('file');
    await page.locator('dialog').getByLabel('Address').fill('/media/a.pdf');
    await page.locator('dialog').getByRole('button', { name: 'Done' }).click();
    await page.keyboard.press('Control+End');
    await slash('library');
    await page.getByRole('button', { name: /Harbour/ }).click();
    await page.keyboard.press('Control+End');
    await slash('gallery');
    await page.getByRole('button', { name: /Harbour/ }).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('A claim');
    await page.keyboard.press('Control+Alt+f');
    await page.keyboard.type('The proof');
    await until(() => desk.stories.get('s1').document.footnotes?.[0]?.blocks[0].content[0]?.text === 'The proof', 'a footnote');
    assert.deepEqual(blocks(desk).filter((block) => block.type !== 'paragraph').map((block) => block.type), ['embed', 'file', 'photo', 'gallery']);
    assert.deepEqual(blocks(desk)[0], { type: 'embed', kind: 'video', url: 'https://youtu.be/abc', source: 'YouTube' });
    assert.deepEqual(blocks(desk).at(-1).content, [{ type: 'text', text: 'A claim' }, { type: 'footnote', id: 'note-1' }]);
  });
});

test('the keyboard marks, links, makes headings, indents lists, and undoes', async () => {
  await atDesk({ stories: [empty()] }, async (desk, person) => {
    const page = await person();
    await text(page).click();
    await page.keyboard.press('Control+b');
    await page.keyboard.type('bold');
    await page.keyboard.press('Control+b');
    await page.keyboard.press('Control+i');
    await page.keyboard.type(' slant');
    await page.keyboard.press('Control+i');
    await page.keyboard.press('Control+Shift+ArrowLeft');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('example.org');
    await page.keyboard.press('Enter');
    // ProseMirror hears of a moved cursor a task later; no person presses the next key sooner.
    await page.waitForTimeout(60);
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(60);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Control+Alt+2');
    await page.keyboard.type('Sub');
    await page.keyboard.press('Enter');
    await page.keyboard.type('- one');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('two');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.type('gone');
    await page.keyboard.press('Control+z');
    await until(() => JSON.stringify(blocks(desk)).includes('"two"') && !JSON.stringify(blocks(desk)).includes('gone'), 'what is left at last');
    const [line, heading, list] = blocks(desk);
    assert.deepEqual(line.content[0], { type: 'strong', content: [{ type: 'text', text: 'bold' }] });
    assert.match(JSON.stringify(line.content), /"type":"link","href":"https:\/\/example.org"/);
    assert.deepEqual([heading.level, heading.content[0].text], [3, 'Sub']);
    assert.equal(list.items[0].blocks[1].items[0].blocks[0].content[0].text, 'two');
    assert.equal(JSON.stringify(blocks(desk)).includes('gone'), false);
  });
});

test('the keyboard help and the toolbar are reached and left by keyboard', async () => {
  await atDesk({ stories: [empty()] }, async (_, person) => {
    const page = await person();
    await text(page).click();
    await page.keyboard.press('Control+/');
    assert.equal(await page.getByRole('dialog', { name: 'Keyboard' }).isVisible(), true);
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('dialog').count(), 0);
    await page.keyboard.press('Alt+F10');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Strong');
    await page.keyboard.press('Escape');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'editor-text');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    assert.notEqual(await page.evaluate(() => document.activeElement.id), 'editor-text');
  });
});

test('a table grows, heads, aligns and is walked with Tab', async () => {
  await atDesk({ stories: [empty()] }, async (desk, person) => {
    const page = await person();
    await text(page).click();
    await page.keyboard.type('/table');
    await page.keyboard.press('Enter');
    await page.keyboard.type('Year');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Visits');
    await page.getByRole('combobox', { name: 'Alignment' }).selectOption('end');
    await page.getByRole('button', { name: 'Add row' }).click();
    await page.getByRole('button', { name: 'Delete column' }).click();
    await until(() => desk.saves.length > 0 && blocks(desk)[0].rows?.length === 4, 'four rows');
    assert.deepEqual(blocks(desk)[0].rows.map((row) => row.cells.length), [2, 2, 2, 2]);
    assert.equal(blocks(desk)[0].rows[0].cells[0].header, true);
  });
});

test('what is said about a photo, its focal point included, is saved where it belongs', async () => {
  await atDesk({ stories: [story({ document: { version: 1, blocks: [everything.blocks[7]] } })] }, async (desk, person) => {
    const page = await person();
    await page.locator('.block-photo').getByRole('button', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What is to be seen').fill('A plane lands');
    await dialog.getByLabel('Alt text in this story').fill('The landing');
    const picture = dialog.locator('.focal img');
    const box = await picture.boundingBox();
    await picture.click({ position: { x: box.width * 0.75, y: box.height * 0.25 } });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await until(() => desk.saves.length > 0, 'a save');
    assert.equal(blocks(desk)[0].alt, 'The landing');
    assert.equal(desk.described.alt, 'A plane lands');
    assert.ok(Math.abs(desk.described.focal.x - 750) <= 10 && Math.abs(desk.described.focal.y - 250) <= 10, JSON.stringify(desk.described.focal));
  });
});

test('the checklist names what is missing and goes there', async () => {
  const document = { version: 1, blocks: [{ type: 'photo', photo: everything.blocks[8].photo, width: 'text' }, everything.blocks[0]] };
  await atDesk({ stories: [story({ document, section: null, headline: 'x'.repeat(95) })] }, async (_, person) => {
    const page = await person();
    const list = page.locator('.checks');
    for (const line of ['A photo has no alt text', 'A photo has no credit', 'The headline is too long', 'A link is empty or leads nowhere', 'No section is chosen']) {
      await until(() => list.getByText(line).count(), line);
    }
    assert.equal(await page.locator('a[href^="javascript"]').count(), 0);
  });
});

test('topics, bylines, sources, section and lead photo are saved as ids', async () => {
  await atDesk({ stories: [story()] }, async (desk, person) => {
    const page = await person();
    await page.getByLabel('Topics').fill('kur');
    await page.getByRole('button', { name: 'Kursk' }).first().click();
    await page.getByLabel('Section').selectOption('city');
    await page.getByRole('button', { name: 'Add a source' }).click();
    await page.locator('.source').last().getByLabel('Name').fill('Reuters');
    await page.locator('.details').getByRole('button', { name: 'Photo from the library' }).click();
    await page.getByRole('button', { name: /Harbour/ }).click();
    await until(() => desk.stories.get('s1').lead_photo && desk.stories.get('s1').sources.length === 2, 'a save');
    await until(async () => /^Saved/.test(await status(page).innerText()), 'saved');
    const saved = desk.fields('s1');
    assert.deepEqual([saved.topics, saved.section, saved.sources[1].name], [['t1', 't2'], 'city', 'Reuters']);
    assert.equal('document' in Object.assign({}, ...desk.saves), false);
  });
});

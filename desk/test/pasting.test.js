import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atDesk, dropFile, paste, status, text, until } from './browser.js';
import { GOOGLE, WEB, WORD } from './fixtures/clipboards.js';
import { story } from './server.js';

const empty = () => story({ document: { version: 1, blocks: [] } });
const plain = (words) => ({ type: 'text', text: words });
const paragraph = (...content) => ({ type: 'paragraph', content });
const item = (words, ...more) => ({ blocks: [paragraph(plain(words)), ...more] });
const list = (ordered, ...items) => ({ type: 'list', ordered, start: 1, items });

async function pasted(html, look) {
  await atDesk({ stories: [empty()] }, async (desk, person) => {
    const page = await person();
    await text(page).click();
    await paste(page, html);
    await until(() => desk.saves.length > 0, 'a save');
    assert.deepEqual(page.troubles, []);
    await look(desk.stories.get('s1').document.blocks, page);
  });
}

test('Word gives headings, marks, links, lists and tables, and nothing else', async () => {
  await pasted(WORD, async (blocks, page) => {
    assert.deepEqual(blocks[0], { type: 'heading', level: 2, content: [plain('The visit')] });
    assert.deepEqual(blocks[1], paragraph({ type: 'strong', content: [plain('Bold')] }, plain(' and '), { type: 'emphasis', content: [plain('slanted')] }, plain(' with '),
      { type: 'link', href: 'https://example.org/a', content: [plain('a link')] }, plain(' and a trap.')));
    assert.deepEqual(blocks[2], list(true, item('First', list(true, item('Inner'))), item('Second')));
    assert.deepEqual(blocks[3], list(false, item('Dot')));
    assert.equal(blocks[4].type, 'table');
    assert.deepEqual(blocks[4].rows[0].cells.map((cell) => cell.content), [[plain('Year')], [plain('Visits'), { type: 'break' }, plain('counted')]]);
    assert.deepEqual(blocks[5], paragraph(plain('After')));
    assert.match(await page.locator('.toast').innerText(), /pasted picture was left out/);
  });
});

test('Google Docs gives marks from its styles, and links without its detour', async () => {
  await pasted(GOOGLE, (blocks) => {
    assert.deepEqual(blocks[0], { type: 'heading', level: 2, content: [plain('A heading')] });
    assert.deepEqual(blocks[1], paragraph(plain('Plain '), { type: 'strong', content: [plain('bold')] }, plain(' and '), { type: 'emphasis', content: [plain('slanted')] },
      { type: 'strike', content: [plain(' gone')] }, { type: 'link', href: 'https://example.org/b', content: [plain('a link')] }, { type: 'sup', content: [plain('2')] }));
    assert.deepEqual(blocks[2], list(false, item('One', list(false, item('Deep'))), item('Two')));
    assert.deepEqual(blocks[3].rows[0].cells[0].content, [{ type: 'strong', content: [plain('Cell')] }]);
  });
});

test('a web page gives its text, never its scripts, drawings, styles or traps', async () => {
  await pasted(WEB, (blocks) => {
    const all = JSON.stringify(blocks);
    for (const evil of ['script', 'alert', 'data:', 'evil', 'drawn', 'color']) assert.equal(all.toLowerCase().includes(evil), false, `${evil} in ${all}`);
    assert.deepEqual(blocks.map((block) => block.type), ['heading', 'paragraph', 'quote', 'code', 'paragraph', 'paragraph', 'table']);
    assert.match(all, /"type":"link","href":"\/local\/page\/"/);
    assert.equal(blocks[3].text, 'x = 1\ny = 2');
    assert.deepEqual(blocks[6].rows[0].cells[0], { content: [plain('Head')], header: true, columns: 2, rows: 1, align: 'start' });
  });
});

test('what is copied in the editor is pasted as it was', async () => {
  const { everything } = await import('./fixtures/everything.js');
  await atDesk({ stories: [story({ document: structuredClone({ ...everything, footnotes: undefined }) })] }, async (desk, person) => {
    const page = await person();
    await text(page).locator('p').first().click();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+v');
    await until(() => desk.saves.length > 0, 'a save');
    const { blocks } = desk.stories.get('s1').document;
    // The one thing a clipboard refuses is the link that is no link.
    const wanted = JSON.parse(JSON.stringify(everything.blocks)).map((block) => ({ ...block, content: block.content?.map((each) => (each.href?.startsWith('javascript') ? each.content[0] : each)) }));
    const joined = (line) => JSON.stringify(line).replaceAll('"},{"type":"text","text":"', '');
    wanted.forEach((block, index) => assert.equal(joined(blocks[index]), joined(block)));
  });
});

test('a clipboard that claims to come from this editor brings nothing that this editor could not have made', async () => {
  const carried = (block, attrs) => `<figure data-block="${block}" data-attrs='${JSON.stringify(attrs)}'><figcaption>Words of ${block}</figcaption></figure>`;
  const use = { alt: null, credit: null, width: 'text' };
  const forged = [
    carried('embed', { kind: 'video', url: 'javascript:alert(1)', source: 'YouTube', title: '' }),
    carried('embed', { kind: 'video" onload="x', url: 'https://good.example/', source: 'x', title: '' }),
    carried('file', { href: 'JaVaScRiPt:alert(1)', name: 'Report.pdf', bytes: null }),
    carried('file', { href: 'java\tscript:alert(1)', name: 'Report.pdf', bytes: null }),
    carried('file', { href: 'data:text/html,x', name: { toString: 1 }, bytes: -1 }),
    carried('photo', { ...use, photo: '../../people' }), carried('photo', { ...use, photo: 7 }),
    carried('unknown', { json: { type: 'paragraph', content: [{ type: 'link', href: 'javascript:alert(1)', content: [] }] } }),
    carried('unknown', { json: { type: 'embed', kind: 'video', url: 'javascript:alert(1)', source: '' } }),
    carried('unknown', { json: null }), carried('box', { kind: 'constructor' }), carried('embed', null), carried('nothing', {}),
  ].join('');
  await pasted(`<div data-pm-slice="0 0 []">${forged}<p>Then</p>${carried('embed', { kind: 'video', url: 'https://good.example/', source: 'Good', title: '', evil: 'more' })}</div>`, (blocks) => {
    const all = JSON.stringify(blocks);
    for (const evil of ['script', 'data:text', 'onload', 'people', 'constructor', 'evil', '"unknown"', '"photo"', '"file"']) assert.equal(all.toLowerCase().includes(evil.toLowerCase()), false, `${evil} in ${all}`);
    assert.match(all, /Words of photo/);
    assert.deepEqual(blocks.at(-1), { type: 'embed', kind: 'video', url: 'https://good.example/', source: 'Good', caption: [plain('Words of embed')] });
  });
});

test('a dropped photo shows its progress and becomes a block', async () => {
  await atDesk({ stories: [story()] }, async (desk, person) => {
    const page = await person();
    desk.slowUploads = true;
    await dropFile(page, 'Гавань.jpg', 'image/jpeg', new Array(400_000).fill(7));
    await page.locator('.upload progress').waitFor();
    await page.locator('.block-photo').waitFor();
    assert.equal(desk.fileName, 'Гавань.jpg');
    await until(() => desk.stories.get('s1').document.blocks.some((block) => block.type === 'photo'), 'a photo block');
    assert.equal(await page.locator('.upload').count(), 0);
    await page.locator('.checks').getByText('A photo has no alt text').waitFor();
    assert.deepEqual(page.troubles, []);
  });
});

test('an upload is cancelled', async () => {
  await atDesk({ stories: [story()] }, async (desk, person) => {
    const page = await person();
    desk.slowUploads = true;
    await dropFile(page, 'big.jpg', 'image/jpeg', new Array(3_000_000).fill(7));
    await page.locator('.upload').getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await page.locator('.upload').count(), 0);
    await page.waitForTimeout(1500);
    assert.deepEqual([desk.uploads, desk.saves.length], [0, 0]);
  });
});

test('an upload that fails says why, and is tried again', async () => {
  await atDesk({ stories: [story()] }, async (desk, person) => {
    const page = await person();
    desk.breakUploads = 'The picture has more than 100 megapixels.';
    await dropFile(page, 'huge.jpg', 'image/jpeg', [1, 2, 3]);
    await page.getByText('huge.jpg was not added: The picture has more than 100 megapixels.').waitFor();
    desk.breakUploads = 'connection';
    await page.locator('.upload').getByRole('button', { name: 'Try again' }).click();
    await page.getByText('huge.jpg was not added: the connection broke').waitFor();
    desk.breakUploads = '';
    await page.locator('.upload').getByRole('button', { name: 'Try again' }).click();
    await page.locator('.block-photo').waitFor();
  });
});

test('a drawing is no photo', async () => {
  await atDesk({ stories: [story()] }, async (desk, person) => {
    const page = await person();
    await dropFile(page, 'evil.svg', 'image/svg+xml', [60, 115]);
    await page.getByText('evil.svg was not added: this kind of file is no photo').waitFor();
    await page.locator('.upload').getByRole('button', { name: 'Remove' }).click();
    assert.equal(await page.locator('.upload').count() + desk.uploads, 0);
    await until(async () => (await status(page).innerText()).startsWith('Saved'), 'a story that is saved');
  });
});

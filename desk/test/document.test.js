import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { compile } from './compile.js';
import { everything, odd } from './fixtures/everything.js';

const { readDocument, writeDocument, forget, nodes, schema, EditorState } = await compile(`
  export { readDocument } from './src/document/read';
  export { writeDocument } from './src/document/write';
  export { forget } from './src/document/cache';
  export { nodes, schema } from './src/document/schema';
  export { EditorState } from 'prosemirror-state';
`);
// MASTHEAD_DOCUMENTS may name a file with every document of a newsroom.
const path = process.env.MASTHEAD_DOCUMENTS ?? new URL('fixtures/documents.json', import.meta.url);
const stories = JSON.parse(await readFile(path, 'utf8'));

test('every document of the demo is saved exactly as it was loaded', () => {
  for (const { headline, document } of stories) {
    assert.equal(JSON.stringify(writeDocument(readDocument(document))), JSON.stringify(document), headline);
  }
});

test('every document of the demo is written anew exactly as the model writes it', () => {
  for (const { headline, document } of stories) {
    const doc = readDocument(document);
    forget();
    doc.check();
    assert.deepEqual(writeDocument(doc), document, headline);
  }
});

test('a document with every block and inline is written anew as it was', () => {
  const doc = readDocument(everything);
  forget();
  doc.check();
  assert.equal(JSON.stringify(writeDocument(doc)), JSON.stringify(everything));
});

test('what importers leave is kept as it came, and so are blocks and inlines this editor does not know', () => {
  const doc = readDocument(odd);
  assert.equal(JSON.stringify(writeDocument(doc)), JSON.stringify(odd));
  const state = EditorState.create({ doc });
  const edited = state.apply(state.tr.insert(0, nodes.paragraph.create(null, schema.text('New')))).doc;
  assert.deepEqual(writeDocument(edited).blocks.slice(1), odd.blocks);
  assert.deepEqual(writeDocument(edited).footnotes, odd.footnotes);
});

test('an edit changes only the block it is in', () => {
  const state = EditorState.create({ doc: readDocument(everything) });
  const edited = writeDocument(state.apply(state.tr.insertText('Well, ', 1)).doc);
  assert.equal(edited.blocks[0].content[0].text, 'Well, Plain & <simple>, ');
  edited.blocks.slice(1).forEach((block, index) => assert.equal(block, everything.blocks[index + 1]));
});

test('a document without blocks can be typed into and stays without blocks until then', () => {
  const doc = readDocument({ version: 1, blocks: [] });
  forget();
  assert.deepEqual(writeDocument(doc), { version: 1, blocks: [] });
});

// A Chromium, a desk and people who write in it.

import { after } from 'node:test';
import { chromium } from 'playwright-core';
import { Desk } from './server.js';

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const browser = await chromium.launch({ executablePath: process.env.MASTHEAD_CHROMIUM ?? '/usr/bin/chromium', args: ARGUMENTS });
after(() => browser.close());

/// A desk with these stories for the length of `work`.
export async function atDesk(options, work) {
  const desk = await Desk.start(options.stories, options.page);
  const contexts = [];
  const person = async (who = 'vera', context = {}) => {
    const own = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], ...context });
    contexts.push(own);
    await own.addCookies([{ name: 'who', value: who, url: desk.origin }]);
    return open(own, desk, options.id ?? 's1', options.kind);
  };
  try {
    for (const page of options.pages ?? []) desk.pages.set(page.id, page);
    await work(desk, person);
  } finally {
    for (const context of contexts) await context.close();
    await desk.stop();
  }
}

const moment = (ms) => new Promise((passed) => { setTimeout(passed, ms); });

/// Keys no faster than fingers: ProseMirror puts its own selection back 20 ms after it got the focus, and reads one that
/// the browser moved only with the next `selectionchange`; a key within that time acts where the cursor was before.
function fingers(page) {
  const { keyboard } = page;
  for (const [does, delay] of [['press', 30], ['type', 5]]) {
    const strike = keyboard[does].bind(keyboard);
    keyboard[does] = async (keys, options) => { await moment(30); await strike(keys, { delay, ...options }); };
  }
}

/// Opens the story in a context; every broken rule of the page's CSP and every script error fails the test.
export async function open(context, desk, id = 's1', kind = 'stories') {
  const page = await context.newPage();
  fingers(page);
  page.troubles = [];
  page.on('pageerror', (error) => page.troubles.push(String(error)));
  page.on('console', (message) => { if (/Content Security Policy|Refused to/.test(message.text())) page.troubles.push(message.text()); });
  await page.goto(`${desk.origin}/desk/${kind}/${id}`);
  await page.locator('#editor-text').waitFor();
  return page;
}

export const text = (page) => page.locator('#editor-text');
export const status = (page) => page.locator('.status');

/// Waits until `look` answers something true.
export async function until(look, what, bound = 8000) {
  const end = Date.now() + bound;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 25); });
  }
}

/// The cursor behind the whole text.
export async function atEnd(page) {
  await page.locator('#editor-text[contenteditable="true"]').waitFor();
  await text(page).click({ position: { x: 200, y: 20 } });
  await page.keyboard.press('Control+End');
}

/// Pastes HTML as the system's clipboard would give it.
export const paste = (page, html, plain = '') => page.evaluate(([html, plain]) => {
  const data = new DataTransfer();
  data.setData('text/html', html);
  data.setData('text/plain', plain);
  document.getElementById('editor-text').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}, [html, plain]);

/// Drops a file into the text.
export const dropFile = (page, name, type, bytes) => page.evaluate(([name, type, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name, { type }));
  const home = document.getElementById('editor-text');
  const box = home.firstElementChild.getBoundingClientRect();
  home.firstElementChild.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true, clientX: box.left + 5, clientY: box.top + 5 }));
}, [name, type, bytes]);

// What people do with appeals at the desk, told in steps.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { pressed } from './letters.js';
import { saved, typed, writable } from './story.js';

const OPEN = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=20)
db.execute("INSERT INTO setting (key, value, at) VALUES ('support', ?, 0) ON CONFLICT (key) DO UPDATE SET value = excluded.value", ('{"open":true}',))
db.commit()
`;

/// Has a newsroom, by its folder, take contributions, before anybody reads it.
export function taking(dir) {
  execFileSync('python3', ['-c', OPEN, join(dir, 'newsroom.db')]);
}

/// A new appeal of a kind; its id.
export async function appeal({ page }, desk, name, kind = 'end') {
  await page.goto(`${desk}/desk/appeals`);
  await page.locator('form[action="/desk/appeals"] [name=name]').fill(name);
  await page.locator(`form[action="/desk/appeals"] [name=kind][value=${kind}]`).check();
  await pressed(page, 'form[action="/desk/appeals"]');
  return /appeals\/([0-9a-f-]{36})/.exec(page.url())[1];
}

/// Writes what a variant says in a language, in the editor. `at` is the variant's place.
export async function says({ page }, desk, id, language, at, ...paragraphs) {
  await page.goto(`${desk}/desk/appeals/${id}`);
  await page.locator(`.variants > li >> nth=${at}`).locator(`a[href$="/${language}"]`).click();
  await writable(page);
  await page.locator('#editor-text').focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await typed({ page }, ...paragraphs);
  await page.locator('[data-status]:not([data-status="saved"])').waitFor({ timeout: 3_000 }).catch(() => undefined);
  await saved(page);
}

/// A step of an appeal: `start`, `show`, `withdraw`, `variants`.
export async function step({ page }, desk, id, name) {
  await page.goto(`${desk}/desk/appeals/${id}`);
  if (name === 'withdraw') page.once('dialog', (asked) => asked.accept());
  await pressed(page, `form[action$="/${name}"]`);
}

/// Adds a rule; `fill` are its fields by name, boxes as true.
export async function rule({ page }, desk, id, kind, name, fill) {
  await page.goto(`${desk}/desk/appeals/${id}?rule=${kind}`);
  await page.locator('#rule [name=name]').fill(name);
  for (const [field, value] of Object.entries(fill)) {
    const input = page.locator(`#rule [name=${field}]`).first();
    await (value === true ? input.check() : input.fill(value));
  }
  await pressed(page, '#rule');
}

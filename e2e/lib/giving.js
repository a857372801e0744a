// What readers do who give, told in steps.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { until } from './place.js';

/// A mail's text: quoted-printable and base64 undone.
function text(file) {
  const raw = readFileSync(file, 'utf8').replace(/\r\n/g, '\n');
  const part = raw.split('Content-Type: text/plain')[1]?.split('\n--=_')[0] ?? raw;
  const [head, ...rest] = part.split('\n\n');
  const body = rest.join('\n\n');
  if (head.includes('base64')) return Buffer.from(body, 'base64').toString();
  const bytes = body.replaceAll('=\n', '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

/// The texts of mails that the demo kept, oldest first.
export function mails(dir) {
  const folder = join(dir, 'mail');
  return readdirSync(folder).filter((name) => name.endsWith('.eml')).sort().map((name) => text(join(folder, name)));
}

/// Waits for one more mail than `before`; the newest.
export async function nextMail(dir, before) {
  await until('a mail', () => mails(dir).length > before);
  return mails(dir).at(-1);
}

/// The path of the link in a mail that begins with `start`.
export function link(mail, start) {
  const at = mail.indexOf(start);
  if (at < 0) throw new Error(`no link ${start} in ${mail}`);
  return /^[A-Za-z0-9/_.-]+/.exec(mail.slice(at))[0];
}

/// Moves the sandbox's clock by so many days: the page's buttons know a day, a month and a year, its form any number.
export async function passes({ page }, desk, days) {
  await page.goto(`${desk}/desk/support/sandbox`);
  const button = page.locator('button[name=days]').first();
  await button.evaluate((own, number) => { own.value = number; }, days);
  await button.click();
  await page.locator('.said').waitFor();
}

// People at the desk: a browser context each, with a virtual authenticator that answers for their passkey.

import { launch } from './chromium.js';
import { fingers } from './fingers.js';

let shared;
export const browser = async () => (shared ??= await launch());
export const closeBrowser = async () => {
  const open = shared;
  shared = undefined;
  await open?.close();
};

/// Where the desk of a server is: passkeys need a host name.
export const deskOf = (server) => server.address.replace(/\/\/[\d.]+:/, '//localhost:').replace(/\/$/, '');

/// The one-time link that a server printed when it found nobody.
export async function firstLink(server) {
  for (let tries = 0; tries < 100; tries += 1) {
    const said = /http:\/\/localhost:\d+\/desk\/join\/[\w-]+/.exec(server.log);
    if (said) return said[0];
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`no link was printed\n${server.log}`);
}

/// A browser with a device that makes and keeps passkeys.
export async function person(options = {}) {
  const context = fingers(await (await browser()).newContext({ viewport: { width: 1280, height: 900 }, ...options }));
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const broken = [];
  page.on('pageerror', (error) => broken.push(String(error)));
  page.on('console', (said) => {
    if (said.type() === 'error' && /Content Security Policy|Refused to/.test(said.text())) broken.push(said.text());
  });
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
      isUserVerified: true, automaticPresenceSimulation: true,
    },
  });
  return { context, page, broken, session, authenticatorId };
}

/// Joins by a link with a passkey; the recovery codes.
export async function join(who, link, handle, language = 'en') {
  const { page } = who;
  await page.goto(link);
  if (handle) await page.fill('input[name=handle]', handle);
  await page.selectOption('select[name=language]', language);
  await page.click('[data-begin]');
  await page.waitForSelector('[data-codes]:not([hidden])');
  const codes = await page.locator('[data-codes] li').allTextContents();
  await page.click('[data-codes] a.button');
  await page.waitForURL('**/desk/');
  return codes;
}

/// Somebody invited by a publisher, joined in a browser of their own.
export async function colleague(publisher, role, handle, language = 'en', options = {}) {
  const { page } = publisher;
  const back = page.url();
  await page.goto(new URL('/desk/people', page.url()).href);
  await page.selectOption('form[action="/desk/people/invite"] select', role);
  await page.click('form[action="/desk/people/invite"] button');
  const link = await page.locator('[data-copy]').inputValue();
  const who = await person(options);
  await join(who, link, handle, language);
  await page.goto(back);
  return who;
}

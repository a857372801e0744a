// A real Chromium, the same for every test.

import { chromium } from 'playwright-core';

const EXECUTABLE = process.env.MASTHEAD_CHROMIUM ?? '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

export const launch = () => chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });

/// Runs `work` with a page in a context of its own.
export async function inPage(browser, options, work) {
  const context = await browser.newContext(options);
  try {
    return await work(await context.newPage(), context);
  } finally {
    await context.close();
  }
}

/// Scrolls through the page so that lazy photos load, and waits until they have.
export async function loadAll(page) {
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager';
    await document.fonts.ready;
    const settled = (image) => image.complete || new Promise((done) => { image.onload = done; image.onerror = done; });
    await Promise.all([...document.images].map(settled));
  });
}

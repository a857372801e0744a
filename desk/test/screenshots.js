// Pictures of the editor, to be looked at: desk/screenshots/.

import { mkdir, readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { everything } from './fixtures/everything.js';
import { Desk, story } from './server.js';

const home = new URL('../screenshots/', import.meta.url).pathname;
await mkdir(home, { recursive: true });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
for (const language of ['en', 'fa']) {
  const strings = JSON.parse(await readFile(new URL(`../strings/${language}.json`, import.meta.url)).catch(() => '{}'));
  const desk = await Desk.start([story({ document: everything, language, direction: language === 'fa' ? 'rtl' : 'ltr' })], { language, strings });
  for (const [name, viewport] of [['phone', { width: 375, height: 800 }], ['desktop', { width: 1280, height: 900 }]]) {
    const colorScheme = (language === 'en') === (name === 'desktop') ? 'light' : 'dark';
    const page = await browser.newPage({ viewport, colorScheme });
    await page.goto(`${desk.origin}/desk/stories/s1`);
    await page.waitForTimeout(900);
    await page.screenshot({ path: `${home}${language}-${name}-${colorScheme}.png` });
    await page.screenshot({ path: `${home}${language}-${name}-${colorScheme}-whole.png`, fullPage: true });
    await page.locator('.tool-insert').click();
    await page.screenshot({ path: `${home}${language}-${name}-insert.png` });
    await page.keyboard.press('Escape');
    await page.locator('.block-photo button').first().click();
    await page.screenshot({ path: `${home}${language}-${name}-photo.png` });
    await page.close();
  }
  await desk.stop();
}
await browser.close();

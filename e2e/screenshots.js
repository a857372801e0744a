// Takes the pictures of the guide: `node e2e/screenshots.js [FOLDER]` writes docs/guide/img/*.jpg, each at most 250 KB.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { start } from './lib/binary.js';
import { launch, loadAll } from './lib/chromium.js';
import { REPO } from './lib/place.js';

const TO = resolve(process.argv[2] ?? join(REPO, 'docs/guide/img'));
const MOST = 250_000;
const WINDOWS = { phone: { width: 390, height: 844, scale: 2 }, desktop: { width: 1440, height: 1000, scale: 1 } };
const STORY = '2025/07/11/lavrov-arrives-in-wonsan/';
const PAGES = [
  ['front', ''], ['story', STORY], ['topic', 'topics/north-korea/'], ['archive', 'archive/'], ['lite', `lite/${STORY}`],
  ['sign-up', 'newsletter/'], ['past-issues', 'newsletter/friday/'], ['issue', 'newsletter/friday/3/'],
];
/// Pages that other languages have at an address of their own.
const ELSEWHERE = { fa: { issue: 'newsletter/jomeh/1/' } };

mkdirSync(TO, { recursive: true });
const demo = await start(['demo', '--listen', '127.0.0.1:0', '--json']);
const browser = await launch();
try {
  for (const [language, prefix] of [['en', ''], ['fa', 'fa/']]) {
    for (const [window, { width, height, scale }] of Object.entries(WINDOWS)) {
      for (const colorScheme of ['light', 'dark']) {
        const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale, colorScheme, reducedMotion: 'reduce' });
        const page = await context.newPage();
        for (const [name, path] of PAGES) {
          const own = ELSEWHERE[language]?.[name];
          const everywhere = name === 'front' || name === 'story';
          if (!everywhere && (colorScheme !== 'light' || (language !== 'en' && !own))) continue;
          await page.goto(demo.address + prefix + (own ?? path), { waitUntil: 'load' });
          await loadAll(page);
          await shoot(page, `${name}-${language}-${window}-${colorScheme}.jpg`);
        }
        await context.close();
      }
    }
  }
} finally {
  await browser.close();
  await demo.stop();
}

/// The best quality that fits.
async function shoot(page, name) {
  for (const quality of [85, 75, 65, 55, 45]) {
    const bytes = await page.screenshot({ type: 'jpeg', quality });
    if (bytes.length > MOST && quality > 45) continue;
    writeFileSync(join(TO, name), bytes);
    console.log(`${name}  ${Math.round(bytes.length / 1024)} KiB at quality ${quality}`);
    return;
  }
}

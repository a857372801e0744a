import { chromium } from 'playwright-core';
const [,, base, out, ...rest] = process.argv;
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] });
for (const spec of rest) {
  const [path, width, scheme, full] = spec.split('@');
  const c = await b.newContext({ viewport: { width: +width, height: +width < 500 ? 844 : 1000 }, colorScheme: scheme || 'light' });
  const p = await c.newPage();
  await p.goto(base + path, { waitUntil: 'networkidle' });
  await p.screenshot({ path: `${out}/${path.replaceAll('/', '_')}-${width}-${scheme||'light'}.png`, fullPage: full === 'full' });
  await c.close();
}
await b.close();

// Writes strings/en.json from the list of keys in src/strings.ts.

import { writeFile } from 'node:fs/promises';
import { compile } from '../test/compile.js';

const { ENGLISH } = await compile(`export { ENGLISH } from './src/strings';`);
await writeFile(new URL('../strings/en.json', import.meta.url), `${JSON.stringify(ENGLISH, null, 2)}\n`);

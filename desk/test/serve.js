// The editor by itself, to be looked at: prints the address.

import { readFile } from 'node:fs/promises';
import { everything } from './fixtures/everything.js';
import { Desk, story } from './server.js';

const language = process.argv[2] ?? 'en';
const strings = JSON.parse(await readFile(new URL(`../strings/${language}.json`, import.meta.url)));
const desk = await Desk.start([story({ document: everything })], { language, strings });
console.log(`${desk.origin}/desk/stories/s1`);

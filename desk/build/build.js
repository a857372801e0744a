// Writes the bundle that is committed.

import { ASSETS, bundle } from './bundle.js';

await bundle(ASSETS);

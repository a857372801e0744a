// What the desk's pages do beyond plain HTML. Every page works without it, but for passkeys, which need a script.

import '../style/desk.css';
import '../style/house.css';
import { focal } from './focal';
import '../style/connections.css';
import '../style/content.css';
import '../style/hooks.css';
import '../style/api.css';
import '../style/letters.css';
import '../style/sending.css';
import '../style/appeals.css';
import { live } from './live';
import { passkeys } from './passkeys';
import { small } from './small';
import { uploads } from './uploads';
import { watch } from './watch';

passkeys(document);
small(document);
live(document);
focal(document);
uploads(document);
watch(document);

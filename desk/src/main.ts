// The entry: reads what the page says and starts the editor.

import './style/editor.css';
import { App } from './app';
import { dataOf } from './data';
import { speak, t } from './strings';

const home = document.getElementById('editor');
const data = dataOf(document);
if (home && data) {
  speak(data.language, data.strings, data.kind);
  new App(home, data);
} else if (home) {
  home.textContent = t('unreadable');
}

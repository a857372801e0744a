// The keyboard, to be seen.

import { dialog, h } from '../dom';
import { t, type Key } from '../strings';

const APPLE = /Mac|iPhone|iPad/.test(navigator.platform);

const KEYS: [Key, string][] = [
  ['help.slash', '/'], ['strong', 'Mod B'], ['emphasis', 'Mod I'], ['link', 'Mod K'], ['code', 'Mod E'], ['strike', 'Mod Shift X'], ['sub', 'Mod ,'], ['sup', 'Mod .'],
  ['help.headings', 'Mod Alt 1–3'], ['help.paragraph', 'Mod Alt 0'], ['bullet_list', 'Mod Shift 8'], ['ordered_list', 'Mod Shift 7'], ['footnote', 'Mod Alt F'],
  ['help.tab', 'Tab'], ['list.out', 'Shift Tab'], ['help.break', 'Shift Enter'], ['undo', 'Mod Z'], ['redo', 'Mod Shift Z'],
  ['help.save', 'Mod S'], ['help.toolbar', 'Alt F10'], ['help.escape', 'Esc'], ['help.help', 'Mod /'],
];

export function showHelp(): void {
  const rows = KEYS.flatMap(([key, combination]) => {
    const parts = combination.split(' ').map((part) => part.replace('Mod', APPLE ? '⌘' : 'Ctrl').replace('Alt', APPLE ? '⌥' : 'Alt'));
    const note = key === 'help.slash' ? ` (${t('help.empty')})` : '';
    return [h('dt', { dir: 'ltr' }, ...parts.map((part) => h('kbd', {}, part))), h('dd', {}, t(key) + note)];
  });
  dialog(t('help.title'), t('close'), h('dl', { class: 'keys' }, ...rows));
}

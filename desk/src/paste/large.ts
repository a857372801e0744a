// A paste that is larger than a story may be is not read: the page would stand still, and the server would refuse it.

import type { Desk } from '../desk';
import { t } from '../strings';

/** Characters that are read at once. A long story has some 50,000. */
export const MOST = 4_000_000;
const MEGA = 1_000_000;

/** Whether the paste was dealt with here: its words go in without their formatting where these alone are small enough. */
export function tooLarge(desk: Desk, event: ClipboardEvent): boolean {
  const html = event.clipboardData?.getData('text/html') ?? '';
  const words = event.clipboardData?.getData('text/plain') ?? '';
  if (html.length <= MOST && words.length <= MOST) return false;
  event.preventDefault();
  if (words.length <= MOST && words.trim() !== '') {
    desk.view.pasteText(words);
    desk.say(t('paste.words'));
  } else {
    const size = Math.ceil(Math.max(html.length, words.length) / MEGA);
    desk.say(t('paste.large', { size, most: MOST / MEGA }));
  }
  return true;
}

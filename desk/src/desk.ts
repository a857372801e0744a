// What the parts of the editor share.

import type { EditorView } from 'prosemirror-view';
import type { EditorData, Story } from './data';
import type { Api } from './save/api';

export interface Desk {
  readonly api: Api;
  readonly kind: EditorData['kind'];
  readonly story: Story;
  readonly view: EditorView;
  /** Whether the lock is ours. */
  readonly editable: boolean;
  /** Shows a passing note and reads it out. */
  say(text: string): void;
}

// What stands around the text: the line that says what is saved, the toolbar, headline and standfirst, notes.

import { HEADLINE_MOST } from './checks';
import type { EditorData, Fields, Story } from './data';
import { button, field, h } from './dom';
import type { Status } from './save/keeper';
import { ENGLISH, count, t, time, type Key } from './strings';

interface Actions {
  changed(name: 'headline' | 'standfirst'): void;
  retry(): void;
  help(): void;
  take(): void;
  choose(): void;
  /** From the standfirst on into the text. */
  down(): void;
}

export class Frame {
  readonly dom: HTMLElement;
  readonly text = h('div', {});
  private readonly status = h('span', { class: 'status-text' });
  private readonly statusAction = h('span', {});
  private readonly state = h('span', { class: 'state' });
  private readonly counts = h('span', { class: 'counts' });
  private readonly checksLink = h('a', { class: 'checks-link', href: '#editor-details' });
  private readonly toast = h('div', { class: 'toast', hidden: true });
  private readonly spoken = h('div', { class: 'visually-hidden', 'aria-live': 'polite' });
  private readonly lockLine = h('div', { class: 'lock', role: 'alert', hidden: true });
  private readonly headlineHint = h('span', {});
  private readonly headline: HTMLTextAreaElement;
  private readonly standfirst: HTMLTextAreaElement;
  private toastTimer = 0;

  constructor(kind: EditorData['kind'], story: Story, toolbar: HTMLElement, context: HTMLElement, private readonly actions: Actions) {
    const own = { lang: story.language, dir: story.direction, spellcheck: 'true' };
    this.headline = h('textarea', { ...own, rows: 1, class: 'headline', oninput: () => { actions.changed('headline'); this.hint(); } });
    this.standfirst = h('textarea', { ...own, rows: 1, class: 'standfirst', oninput: () => { actions.changed('standfirst'); grow(this.standfirst); } });
    const onward = (next: () => void) => (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault();
      next();
    };
    this.headline.addEventListener('keydown', onward(() => (kind !== 'story' ? actions.down() : this.standfirst.focus())));
    this.standfirst.addEventListener('keydown', onward(actions.down));
    const live = h('div', { class: 'status', role: 'status', 'aria-live': 'polite' }, this.status);
    this.dom = h('div', { class: 'sheet' },
      h('div', { class: 'bars' },
        h('div', { class: 'bar' }, this.state, live, this.statusAction, this.counts, this.checksLink, button(t('help'), actions.help, { class: 'button button-small help', 'aria-keyshortcuts': 'Control+/' })),
        toolbar, context),
      this.lockLine,
      h('div', { class: 'fields', hidden: kind === 'text' }, ...(kind !== 'story' ? [field(t('headline'), this.headline)]
        : [field(t('headline'), this.headline, this.headlineHint), field(t('standfirst'), this.standfirst, t('standfirst.hint'))])),
      this.text, this.toast, this.spoken);
    this.write(story);
    this.showState(story.state);
    const resize = () => { grow(this.headline); grow(this.standfirst); };
    new ResizeObserver(resize).observe(this.dom);
  }

  read(): Pick<Fields, 'headline' | 'standfirst'> {
    // A headline is one line, also when two were pasted.
    const line = (input: HTMLTextAreaElement) => input.value.replace(/\s*\n\s*/g, ' ');
    return { headline: line(this.headline), standfirst: line(this.standfirst) };
  }

  write(fields: Partial<Pick<Fields, 'headline' | 'standfirst'>>): void {
    if (fields.headline !== undefined && fields.headline !== this.headline.value) this.headline.value = fields.headline;
    if (fields.standfirst !== undefined && fields.standfirst !== this.standfirst.value) this.standfirst.value = fields.standfirst;
    this.hint();
    grow(this.standfirst);
  }

  allow(editable: boolean): void {
    this.headline.readOnly = !editable;
    this.standfirst.readOnly = !editable;
  }

  private hint(): void {
    const length = [...this.headline.value.trim()].length;
    this.headlineHint.textContent = length > HEADLINE_MOST ? t('headline.long', { most: HEADLINE_MOST }) : t('headline.hint', { n: length, most: HEADLINE_MOST });
    this.headlineHint.classList.toggle('lacking', length > HEADLINE_MOST);
    grow(this.headline);
  }

  showStatus(status: Status): void {
    const action = status.kind === 'conflict' ? button(t('conflict.choose'), this.actions.choose, { class: 'button button-small' })
      : ['signed_out', 'refused', 'trouble', 'offline'].includes(status.kind) ? button(t('retry'), this.actions.retry, { class: 'button button-small' }) : null;
    this.status.textContent = status.kind === 'saved' ? (status.at ? t('saved', { time: time(status.at) }) : t('saved.never'))
      : t(status.kind, { message: status.kind === 'refused' ? status.message : '' });
    this.dom.dataset.status = status.kind;
    this.statusAction.replaceChildren(...(action ? [action] : []));
  }

  showState(state: string): void {
    const key = `state.${state}`;
    this.state.textContent = key in ENGLISH ? t(key as Key) : state;
  }

  showCounts(counts: string, checks: number): void {
    this.counts.textContent = counts;
    this.checksLink.textContent = checks === 0 ? t('checks.none') : count('checks.count', checks);
  }

  /** Who writes instead; null when nobody does. */
  showLock(by: string | null, lost = false): void {
    this.lockLine.hidden = by === null;
    if (by === null) return this.lockLine.replaceChildren();
    this.lockLine.replaceChildren(h('p', {}, t(lost ? 'lock.taken' : 'lock.theirs', { by })), button(t('lock.take'), this.actions.take, { class: 'button button-main' }));
  }

  /** A note that passes. */
  say(text: string): void {
    this.toast.textContent = text;
    this.toast.hidden = false;
    this.announce(text);
    clearTimeout(this.toastTimer);
    this.toastTimer = window.setTimeout(() => { this.toast.hidden = true; }, 8000);
  }

  announce(text: string): void {
    this.spoken.textContent = text;
  }
}

/** As high as what is in it, where the browser does not do it by itself (`field-sizing`). */
function grow(input: HTMLTextAreaElement): void {
  if (CSS.supports('field-sizing', 'content')) return;
  input.style.blockSize = 'auto';
  input.style.blockSize = `${input.scrollHeight}px`;
}

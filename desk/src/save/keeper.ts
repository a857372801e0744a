// Keeps what is typed. A change goes to the device as soon as the browser is idle, to the server 1.2 s after the last
// one. What the server has not confirmed stays on the device, whatever happens to the page, the connection or the
// session; a field counts as saved only when the server confirmed the very state it has now.

import type { FieldName, Fields } from '../data';
import { equal } from '../equal';
import type { Api, Saved } from './api';
import type { Device } from './device';

export type Status =
  | { kind: 'saved'; at: string | null }
  | { kind: 'waiting' | 'saving' | 'offline' | 'signed_out' | 'conflict' | 'reading' | 'trouble' }
  | { kind: 'refused'; message: string };

export type Conflict = Extract<Saved, { status: 409 }>;

interface Hooks {
  current(): Fields;
  status(status: Status): void;
  conflict(conflict: Conflict): void;
  /** Others changed only what is untouched here: show theirs. */
  adopt(fields: Partial<Fields>): void;
  taken(by: string): void;
  deviceFailed(): void;
}

const WAIT = 1200;
const LONGEST_WAIT = 30_000;
const MOST_SENT = 5;

export class Keeper {
  private changed = new Map<FieldName, number>();
  private count = 0;
  private timer = 0;
  private deviceTimer = 0;
  private deviceCount = 0;
  private failures = 0;
  private sending = false;
  private again = false;
  private paused = false;
  /** The save under way, and whether this page's token was fetched anew for it. */
  private now = Promise.resolve();
  private renewed = false;
  /** What was sent and not answered, newest last: the server may have any of it. */
  sent: Partial<Fields>[] = [];
  status: Status;

  constructor(
    private readonly api: Api,
    private readonly device: Device,
    private readonly hooks: Hooks,
    public base: number,
    /** What the server has at `base`. */
    public known: Fields,
    savedAt: string | null,
  ) {
    this.status = { kind: 'saved', at: savedAt };
    addEventListener('online', () => this.retry());
    addEventListener('offline', () => { if (this.dirty) this.show({ kind: 'offline' }); });
    addEventListener('pagehide', () => this.leave());
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') this.leave(); });
  }

  get dirty(): boolean {
    return this.changed.size > 0;
  }

  /** The changed fields as they are now. */
  mine(): Partial<Fields> {
    return pick(this.hooks.current(), [...this.changed.keys()]);
  }

  touch(...names: FieldName[]): void {
    this.count += 1;
    for (const name of names) this.changed.set(name, this.count);
    if (!this.paused) {
      if (['saved', 'refused'].includes(this.status.kind)) this.show({ kind: 'waiting' });
      this.later(WAIT);
    }
    this.deviceTimer ||= idle(() => void this.toDevice());
  }

  /** Sends now what is still to be sent. */
  flush(): void {
    if (!this.dirty) return;
    if (this.paused || this.sending) void this.toDevice();
    if (!this.paused) this.now = this.send();
  }

  /** Sends what is to be sent; whether the server has all of it then. */
  async saved(): Promise<boolean> {
    this.flush();
    while (this.sending) await this.now;
    return !this.dirty;
  }

  /** Nothing is sent until `resume`; the device keeps all. */
  pause(kind: 'conflict' | 'reading' | 'signed_out'): void {
    this.paused = true;
    clearTimeout(this.timer);
    this.show({ kind });
  }

  /** Goes on from what the server has at `base`; `names` are to be sent. */
  resume(base: number, known: Fields, names: FieldName[], at: string | null): void {
    Object.assign(this, { base, known, paused: false, failures: 0, sent: [] });
    this.changed = new Map(names.map((name) => [name, ++this.count]));
    if (names.length > 0) this.flush();
    else this.confirmed(at);
  }

  /** What is unsaved here is kept elsewhere by now. */
  letGo(): void {
    this.changed.clear();
    this.sent = [];
  }

  retry(): void {
    this.failures = 0;
    this.renewed = false;
    if (this.paused && this.status.kind === 'signed_out') void this.signInAgain();
    else this.flush();
  }

  /** The token is another's after signing in anew elsewhere: once, the page is asked for a fresh one. */
  async forbidden(message: string): Promise<void> {
    if (this.renewed) return this.show({ kind: 'refused', message });
    this.renewed = true;
    this.pause('signed_out');
    await this.signInAgain();
  }

  private async signInAgain(): Promise<void> {
    const page = await this.api.page().catch(() => null);
    if (!page) return this.show({ kind: 'signed_out' });
    this.api.csrf = page.csrf;
    this.paused = false;
    if (this.dirty) this.flush();
    else this.confirmed(page.story.saved_at);
  }

  private leave(): void {
    if (!this.dirty) return;
    this.flush();
    if (this.deviceCount < this.count || this.sending) this.device.keepDraftAtOnce(this.draft());
  }

  private draft() {
    return { base: this.base, at: Date.now(), order: this.count, fields: this.mine(), sent: this.sent };
  }

  async toDevice(): Promise<void> {
    this.deviceTimer = 0;
    const count = this.count;
    if (!this.dirty) return;
    try {
      await this.device.keepDraft(this.draft());
      this.deviceCount = Math.max(this.deviceCount, count);
      if (!this.dirty) await this.device.dropDraft();
    } catch {
      this.hooks.deviceFailed();
    }
  }

  private later(wait: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => { this.now = this.send(); }, wait);
  }

  private async send(): Promise<void> {
    clearTimeout(this.timer);
    if (this.sending || this.paused || !this.dirty) {
      this.again = this.sending;
      return;
    }
    this.sending = true;
    this.show({ kind: 'saving' });
    const fields = this.mine();
    const until = this.count;
    if (navigator.onLine) this.sent = [...this.sent, fields].slice(-MOST_SENT);
    void this.toDevice();
    const answer = await this.api.save(this.base, fields).catch((): Saved => ({ status: 'trouble' }));
    this.sending = false;
    if (!this.paused) this.answered(answer, fields, until);
    else if (answer.status === 200) Object.assign(this, { base: answer.version });
    if (this.again) {
      this.again = false;
      this.flush();
    }
  }

  private answered(answer: Saved, fields: Partial<Fields>, until: number): void {
    switch (answer.status) {
      case 200:
        this.failures = 0;
        this.renewed = false;
        this.accept(answer.version, fields, until);
        return this.dirty ? this.later(WAIT) : this.confirmed(answer.saved_at);
      case 409: return this.differs(answer);
      case 423: return this.hooks.taken(answer.by);
      case 401: return this.pause('signed_out');
      case 403: return void this.forbidden(answer.message);
      case 'refused': return this.show({ kind: 'refused', message: answer.message });
      case 'trouble':
        this.failures += 1;
        this.show({ kind: navigator.onLine ? 'trouble' : 'offline' });
        return this.later(Math.min(LONGEST_WAIT, 1000 * 2 ** this.failures));
    }
  }

  private accept(version: number, fields: Partial<Fields>, until: number): void {
    this.base = version;
    this.known = { ...this.known, ...fields };
    this.sent = [];
    for (const [name, at] of this.changed) {
      if (at <= until && name in fields) this.changed.delete(name);
    }
  }

  private confirmed(at: string | null): void {
    this.show({ kind: 'saved', at });
    void this.device.dropDraft().catch(() => this.hooks.deviceFailed());
  }

  /** Another version is there. It may be our own, whose answer got lost; or touch nothing that we touched. */
  private differs(conflict: Conflict): void {
    const theirs = conflict.fields;
    const own = this.sent.find((sent) => names(sent).every((name) => equal(theirs[name], sent[name])));
    if (own) {
      Object.assign(this, { base: conflict.version, known: { ...this.known, ...theirs }, sent: [] });
      const mine = this.mine();
      for (const name of names(mine)) if (equal(mine[name], this.known[name])) this.changed.delete(name);
      return this.dirty ? this.later(0) : this.confirmed(conflict.saved_at);
    }
    const news = names(theirs).filter((name) => !equal(theirs[name], this.known[name]));
    const mine = this.mine();
    if (news.some((name) => name in mine && !equal(theirs[name], mine[name]))) {
      this.pause('conflict');
      return this.hooks.conflict(conflict);
    }
    const untouched = news.filter((name) => !(name in mine));
    this.base = conflict.version;
    this.known = { ...this.known, ...theirs };
    this.sent = [];
    this.hooks.adopt(pick(theirs, untouched));
    this.later(0);
  }

  private show(status: Status): void {
    this.status = status;
    this.hooks.status(status);
  }
}

export const names = (fields: Partial<Fields>): FieldName[] => Object.keys(fields) as FieldName[];

export function pick<T extends object>(from: T, keys: (keyof T)[]): Partial<T> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Partial<T>;
}

/** Soon, but never between a keystroke and its paint. */
function idle(work: () => void): number {
  if ('requestIdleCallback' in window) return requestIdleCallback(work, { timeout: 200 });
  return (window as Window).setTimeout(work, 50);
}

// Saving: the form as it stands, a second after the last change, one save at a time. What can't be saved yet is tried again;
// what somebody else changed meanwhile is said, and nothing is written over.

import { fresh } from './fresh';

const PAUSE = 1_200;
const AGAIN = 4_000;

interface Answer {
  version?: number;
  message?: string;
  subject?: string;
  preview?: string;
}

/** Lines that name the stories follow them on the server; here too, unless somebody typed since. */
function follow(answer: Answer): void {
  for (const name of ['subject', 'preview'] as const) {
    const field = document.querySelector<HTMLInputElement>(`#issue input[name="${name}"]`);
    const saved = answer[name];
    if (!field || saved === undefined || field.value !== field.defaultValue || field.value === saved) continue;
    field.defaultValue = saved;
    field.value = saved;
  }
}

export class Saver {
  private timer = 0;
  private running = false;
  private dirty = false;
  private stopped = false;
  private readonly said: HTMLElement | null;

  constructor(private readonly form: HTMLFormElement) {
    this.said = document.querySelector<HTMLElement>('[data-saving]');
    window.addEventListener('beforeunload', (event) => {
      if (this.dirty && !this.stopped) event.preventDefault();
    });
    // A button that loads a page sends all of the form with it.
    form.addEventListener('submit', (event) => {
      this.stopped = true;
      window.clearTimeout(this.timer);
      if (!this.running) return;
      // What is under way makes a new version, which this must name.
      event.preventDefault();
      void this.ended().then(() => form.requestSubmit(event.submitter as HTMLElement | null));
    });
  }

  private async ended(): Promise<void> {
    while (this.running) await new Promise((later) => window.setTimeout(later, 50));
  }

  /** Saves after a pause in which nothing else changes. */
  soon(pause = PAUSE): void {
    this.dirty = true;
    if (this.stopped) return;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), pause);
  }

  /** Saves now, and does what a button stands for; whether it was done. */
  async act(act: string): Promise<boolean> {
    window.clearTimeout(this.timer);
    await this.ended();
    return this.send(act);
  }

  private async save(): Promise<void> {
    if (this.running) {
      this.soon(200);
      return;
    }
    if (await this.send('save')) await fresh(['checks', 'next']);
  }

  private async send(act: string): Promise<boolean> {
    this.running = true;
    this.dirty = false;
    this.say(this.said?.dataset.saves, false);
    try {
      const body = new URLSearchParams();
      for (const [name, value] of new FormData(this.form)) body.append(name, String(value));
      body.set('act', act);
      const response = await fetch(this.form.action, { method: 'POST', body, headers: { accept: 'application/json' } });
      return this.judge(response.status, await response.json().catch(() => undefined));
    } catch {
      this.later();
      return false;
    } finally {
      this.running = false;
    }
  }

  private judge(status: number, answer: Answer | undefined): boolean {
    if (status === 200 && answer?.version !== undefined) {
      follow(answer);
      for (const field of document.querySelectorAll<HTMLInputElement>('input[name=version]')) field.value = String(answer.version);
      this.say(this.said?.dataset.saved, false);
      this.look();
      return true;
    }
    if (answer?.message) {
      this.dirty = true;
      this.stopped ||= status === 409;
      this.say(answer.message, true);
      return false;
    }
    this.later();
    return false;
  }

  private later(): void {
    this.say(this.said?.dataset.failed, true);
    this.soon(AGAIN);
  }

  private say(text: string | undefined, failed: boolean): void {
    if (!this.said) return;
    this.said.textContent = text ?? '';
    this.said.classList.toggle('failed', failed);
  }

  /** The mail beside the form as it is now. */
  private look(): void {
    const frame = document.querySelector<HTMLIFrameElement>('iframe[data-preview]');
    if (frame) frame.src = frame.getAttribute('src') ?? '';
  }
}

// Who may write. The lock is asked for at once, renewed every 20 s, given back on leaving; the server's events say
// when somebody takes it. Where the server knows no lock, for pages, everybody writes, and versions keep them apart.

import type { Api } from './api';

interface Hooks {
  mine(): void;
  theirs(by: string, wasMine: boolean): void;
  saved(version: number, by: string): void;
  state(state: string): void;
  signedOut(): void;
  forbidden(message: string): void;
}

const RENEW = 20_000;
const RECONNECT = 5_000;
const LONGEST_RECONNECT = 300_000;

export class Lock {
  held = false;
  private decided = false;
  private none = false;
  private wait = RECONNECT;
  private events: EventSource | null = null;

  constructor(private readonly api: Api, private readonly hooks: Hooks) {}

  start(): void {
    void this.ask(false).then(() => { if (!this.none) this.listen(); });
    window.setInterval(() => { if (this.held) void this.ask(false); }, RENEW);
    addEventListener('pagehide', () => { if (this.held) this.api.unlock(); });
    addEventListener('pageshow', (event) => { if (event.persisted) void this.ask(false); });
    addEventListener('online', () => { if (!this.none) void this.ask(false); });
  }

  /** Takes the lock from whoever has it. */
  take(): Promise<void> {
    return this.ask(true);
  }

  private async ask(take: boolean): Promise<void> {
    const answer = await this.api.lock(take).catch(() => null);
    // Without a connection writing goes on: what is typed stays on the device and meets the server's version later.
    if (answer === null || answer.status === 'trouble') return this.decided ? undefined : this.hooks.mine();
    if (answer.status === 401) return this.hooks.signedOut();
    if (answer.status === 403) return this.hooks.forbidden(answer.message);
    this.decided = true;
    if (answer.status === 'none') {
      this.none = true;
      return this.hooks.mine();
    }
    if (answer.status === 423) return this.lost(answer.by);
    const before = this.held;
    this.held = true;
    if (!before) this.hooks.mine();
  }

  lost(by: string): void {
    const wasMine = this.held;
    this.held = false;
    this.decided = true;
    this.hooks.theirs(by, wasMine);
  }

  private listen(): void {
    this.events = this.api.events();
    this.events.onopen = () => { this.wait = RECONNECT; };
    this.on<{ by: string; mine: boolean }>('lock', ({ by, mine }) => { if (!mine && by) this.lost(by); });
    this.on<{ version: number; by: string }>('saved', ({ version, by }) => this.hooks.saved(version, by));
    this.on<{ state: string }>('state', ({ state }) => this.hooks.state(state));
    this.events.onerror = () => {
      if (this.events?.readyState !== EventSource.CLOSED) return;
      window.setTimeout(() => this.listen(), this.wait);
      this.wait = Math.min(LONGEST_RECONNECT, this.wait * 2);
    };
  }

  private on<T>(name: string, work: (data: T) => void): void {
    this.events?.addEventListener(name, (event) => work(JSON.parse((event as MessageEvent<string>).data) as T));
  }
}

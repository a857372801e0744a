// The server's answers, one method a call. Nothing here throws for an answer; only a broken connection does.

import { dataOf, type EditorData, type Fields, type Found, type Photo } from '../data';

export type Saved =
  | { status: 200; version: number; saved_at: string }
  | { status: 409; version: number; saved_by: string; saved_at: string; fields: Partial<Fields> }
  | { status: 423; by: string; since: string }
  | { status: 401 }
  | { status: 'refused'; message: string }
  | { status: 'trouble' };

export type Locked = { status: 200; until: string } | { status: 423; by: string; since: string } | { status: 401 } | { status: 'trouble' };

export class Api {
  constructor(private readonly story: string, public csrf: string) {}

  private call(method: string, path: string, body?: unknown, keepalive = false): Promise<Response> {
    return fetch(`/desk/api/${path}`, {
      method,
      keepalive,
      credentials: 'same-origin',
      headers: { 'X-CSRF-Token': this.csrf, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async save(base: number, fields: Partial<Fields>): Promise<Saved> {
    const answer = await this.call('PUT', `stories/${this.story}/draft`, { base, fields });
    const status = answer.status;
    if (status === 401 || status === 403) return { status: 401 };
    if (status === 200 || status === 409 || status === 423) return { status, ...(await answer.json()) };
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) return { status: 'refused', message: await messageOf(answer) };
    return { status: 'trouble' };
  }

  async lock(take: boolean): Promise<Locked> {
    const answer = await this.call('POST', `stories/${this.story}/lock`, { take });
    const status = answer.status;
    if (status === 401 || status === 403) return { status: 401 };
    return status === 200 || status === 423 ? { status, ...(await answer.json()) } : { status: 'trouble' };
  }

  unlock(): void {
    void this.call('DELETE', `stories/${this.story}/lock`, undefined, true).catch(() => undefined);
  }

  events(): EventSource {
    return new EventSource(`/desk/api/stories/${this.story}/events`);
  }

  /** What this very page would say if it were loaded now; null when signed out. */
  async page(): Promise<EditorData | null> {
    const answer = await fetch(location.href, { credentials: 'same-origin', cache: 'no-store' });
    if (!answer.ok) return null;
    return dataOf(new DOMParser().parseFromString(await answer.text(), 'text/html'));
  }

  async describePhoto(photo: Photo): Promise<{ ok: boolean; message: string }> {
    const { alt, caption, credit, focal } = photo;
    const answer = await this.call('PATCH', `photos/${photo.id}`, { alt, caption, credit, focal });
    return { ok: answer.ok, message: answer.ok ? '' : await messageOf(answer) };
  }

  async search(kind: 'story' | 'photo' | 'topic' | 'byline', words: string): Promise<Found[]> {
    const answer = await this.call('GET', `search?kind=${kind}&q=${encodeURIComponent(words)}`);
    return answer.ok ? ((await answer.json()) as { items: Found[] }).items : [];
  }
}

/** What the server says about a refusal; empty when it says nothing readable. */
export async function messageOf(answer: Response): Promise<string> {
  try {
    return ((await answer.json()) as { message?: string }).message ?? '';
  } catch {
    return '';
  }
}

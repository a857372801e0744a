// The server's answers, one method a call. Nothing here throws for an answer; only a broken connection does.

import { dataOf, renamed, type EditorData, type Fields, type Found, type Link, type Photo } from '../data';

export type Saved =
  | { status: 200; version: number; saved_at: string }
  | { status: 409; version: number; saved_by: string; saved_at: string; fields: Partial<Fields> }
  | { status: 423; by: string; since: string }
  | { status: 401 }
  | { status: 403; message: string }
  | { status: 'refused'; message: string }
  | { status: 'trouble' };

export type Locked = { status: 200; until: string } | { status: 423; by: string; since: string } | { status: 401 } | { status: 403; message: string } | { status: 'none' } | { status: 'trouble' };

export class Api {
  /** `base` is where the calls about the story or page go. */
  constructor(private readonly base: string, private readonly kind: EditorData['kind'], public csrf: string) {}

  private call(method: string, path: string, body?: unknown, keepalive = false): Promise<Response> {
    return fetch(path, {
      method,
      keepalive,
      credentials: 'same-origin',
      headers: { 'X-CSRF-Token': this.csrf, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async save(base: number, fields: Partial<Fields>): Promise<Saved> {
    const page = this.kind !== 'story';
    const answer = await this.call('PUT', `${this.base}/draft`, { base, fields: page ? renamed(fields, 'headline', 'title') : fields });
    const status = answer.status;
    if (status === 401) return { status };
    if (status === 403) return { status, message: await messageOf(answer) };
    if (status === 200 || status === 409 || status === 423) {
      const said = await answer.json();
      return page && said.fields ? { status, ...said, fields: renamed(said.fields, 'title', 'headline') } : { status, ...said };
    }
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) return { status: 'refused', message: await messageOf(answer) };
    return { status: 'trouble' };
  }

  async lock(take: boolean): Promise<Locked> {
    const answer = await this.call('POST', `${this.base}/lock`, { take });
    const status = answer.status;
    if (status === 401) return { status };
    if (status === 403) return { status, message: await messageOf(answer) };
    if (status === 404) return { status: 'none' };
    return status === 200 || status === 423 ? { status, ...(await answer.json()) } : { status: 'trouble' };
  }

  unlock(): void {
    void this.call('DELETE', `${this.base}/lock`, undefined, true).catch(() => undefined);
  }

  events(): EventSource {
    return new EventSource(`${this.base}/events`);
  }

  /** What this very page would say if it were loaded now; null when signed out. */
  async page(): Promise<EditorData | null> {
    const answer = await fetch(location.href, { credentials: 'same-origin', cache: 'no-store' });
    if (!answer.ok) return null;
    return dataOf(new DOMParser().parseFromString(await answer.text(), 'text/html'));
  }

  /** Asks the server to look whether links are dead. Never by itself: other sites see that somebody asked. */
  async links(): Promise<{ links: Link[] } | { message: string }> {
    const answer = await this.call('POST', `${this.base}/links`);
    return answer.ok ? ((await answer.json()) as { links: Link[] }) : { message: await messageOf(answer) };
  }

  async describePhoto(photo: Photo): Promise<{ ok: boolean; message: string }> {
    const { alt, caption, credit, focal } = photo;
    const answer = await this.call('PATCH', `/desk/api/photos/${photo.id}`, { alt, caption, credit, focal });
    return { ok: answer.ok, message: answer.ok ? '' : await messageOf(answer) };
  }

  async search(kind: 'story' | 'photo' | 'topic' | 'byline', words: string): Promise<Found[]> {
    const answer = await this.call('GET', `/desk/api/search?kind=${kind}&q=${encodeURIComponent(words)}`);
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

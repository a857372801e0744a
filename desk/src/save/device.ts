// What is kept on this device: drafts not yet on the server, and texts that lost a conflict or a take-over.
//
// Every open page writes a record of its own, so that two tabs never overwrite each other. A page that closes before
// IndexedDB has answered leaves its record in localStorage, which is written at once; the newer of the two counts, by
// the number of changes and not by the device's clock, which may jump.

import type { Fields } from '../data';

export interface Draft {
  key: string;
  story: string;
  handle: string;
  base: number;
  at: number;
  /** Counts the changes of its page. Of two records of one page it says which is newer; a clock may jump. */
  order: number;
  fields: Partial<Fields>;
  /** What was last sent without an answer: the server may have it or not. */
  sent: Partial<Fields>[];
}

export interface Kept {
  key: string;
  story: string;
  handle: string;
  at: number;
  why: 'mine' | 'theirs' | 'taken';
  by: string;
  fields: Partial<Fields>;
}

type Store = 'drafts' | 'kept';
const PREFIX = 'masthead-desk:';

export class Device {
  private database: Promise<IDBDatabase | null>;
  readonly page = `${Date.now().toString(36)}-${crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36)}`;

  constructor(private readonly story: string, private readonly handle: string) {
    this.database = open();
    // Held while this page lives, so that no other tab takes its draft for an abandoned one.
    void navigator.locks?.request(PREFIX + this.page, () => new Promise(() => undefined));
  }

  async keepDraft(draft: Omit<Draft, 'key' | 'story' | 'handle'>): Promise<void> {
    await this.put('drafts', { key: this.page, story: this.story, handle: this.handle, ...draft });
    const other = localStorage.getItem(PREFIX + this.page);
    if (other !== null && (JSON.parse(other) as Draft).order <= draft.order) localStorage.removeItem(PREFIX + this.page);
  }

  /** For a page that is about to go: no waiting. */
  keepDraftAtOnce(draft: Omit<Draft, 'key' | 'story' | 'handle'>): void {
    localStorage.setItem(PREFIX + this.page, JSON.stringify({ key: this.page, story: this.story, handle: this.handle, ...draft }));
  }

  async dropDraft(key = this.page): Promise<void> {
    localStorage.removeItem(PREFIX + key);
    await this.remove('drafts', key);
  }

  /** Drafts of this story and person that no living page holds; first the one that knows most of the server's versions. */
  async abandonedDrafts(): Promise<Draft[]> {
    const held = new Set((await navigator.locks?.query())?.held?.map((lock) => lock.name) ?? []);
    const newest = new Map<string, Draft>();
    for (const draft of [...(await this.all<Draft>('drafts')), ...fromLocalStorage()]) {
      const mine = draft.story === this.story && draft.handle === this.handle && draft.key !== this.page;
      if (!mine || held.has(PREFIX + draft.key) || (newest.get(draft.key)?.order ?? -1) > (draft.order ?? 0)) continue;
      newest.set(draft.key, draft);
    }
    return [...newest.values()].sort((one, other) => other.base - one.base || other.at - one.at);
  }

  async keep(kept: Pick<Kept, 'why' | 'by' | 'fields' | 'at'>): Promise<void> {
    const key = `${this.page}-${kept.at}-${kept.why}-${Math.random().toString(36).slice(2, 6)}`;
    await this.put('kept', { key, story: this.story, handle: this.handle, ...kept });
  }

  async kept(): Promise<Kept[]> {
    const all = await this.all<Kept>('kept');
    return all.filter((each) => each.story === this.story && each.handle === this.handle).sort((one, other) => other.at - one.at);
  }

  dropKept(key: string): Promise<void> {
    return this.remove('kept', key);
  }

  private async put(store: Store, value: Draft | Kept): Promise<void> {
    const database = await this.database;
    if (!database) return localStorage.setItem(`${PREFIX}${store}:${value.key}`, JSON.stringify(value));
    await done(database.transaction(store, 'readwrite', { durability: 'strict' }).objectStore(store).put(value));
  }

  private async remove(store: Store, key: string): Promise<void> {
    const database = await this.database;
    if (!database) return localStorage.removeItem(`${PREFIX}${store}:${key}`);
    await done(database.transaction(store, 'readwrite').objectStore(store).delete(key));
  }

  private async all<T>(store: Store): Promise<T[]> {
    const database = await this.database;
    if (!database) return stored<T>(`${PREFIX}${store}:`);
    return done(database.transaction(store).objectStore(store).getAll() as IDBRequest<T[]>);
  }
}

const fromLocalStorage = () => stored<Draft>(PREFIX).filter((draft) => draft.base !== undefined);

function stored<T>(prefix: string): T[] {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  return keys.map((key) => JSON.parse(localStorage.getItem(key)!) as T);
}

/** Null where the browser offers no IndexedDB: localStorage takes its place. */
function open(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open('masthead-desk', 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore('drafts', { keyPath: 'key' });
        request.result.createObjectStore('kept', { keyPath: 'key' });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.transaction!.oncomplete = () => resolve(request.result);
    request.transaction!.onabort = () => reject(request.error ?? new Error('this device would not keep the text'));
    request.onerror = () => reject(request.error ?? new Error('this device would not keep the text'));
  });
}

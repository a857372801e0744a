// What the page hands to the editor and what the server answers: the contract of desk/README.md.

import type { Direction, Document, PhotoUse } from './document/types';

export interface Named {
  id: string;
  name: string;
}

export interface Source {
  name: string;
  url: string;
  note: string;
}

export interface Photo {
  id: string;
  alt: string;
  caption: string;
  credit: string;
  width: number;
  height: number;
  focal: { x: number; y: number };
  preview: string;
  state: 'missing' | 'ready';
}

/** What a draft can change; topics and bylines by id. */
export interface Fields {
  headline: string;
  standfirst: string;
  slug: string;
  document: Document;
  lead_photo: PhotoUse | null;
  section: string | null;
  topics: string[];
  bylines: string[];
  sources: Source[];
}

export type FieldName = keyof Fields;

export interface Story extends Omit<Fields, 'topics' | 'bylines'> {
  id: string;
  version: number;
  state: string;
  language: string;
  direction: Direction;
  sections: Named[];
  topics: Named[];
  bylines: Named[];
  photos: Record<string, Photo>;
  saved_at: string | null;
  saved_by: string | null;
  lock: { by: string; mine: boolean; until: string } | null;
}

export interface EditorData {
  /** A page has a title (`headline` in here), an address and a text; a text (an appeal's) is nothing else; a story has everything. */
  kind: 'story' | 'page' | 'text';
  /** The base of the calls about it. */
  api: string;
  story: Story;
  strings: Record<string, string>;
  language: string;
  csrf: string;
  me: { handle: string };
}

/** A link of the story as the server found it; `unknown` where nobody can say. */
export interface Link {
  href: string;
  state: 'ok' | 'dead' | 'unknown';
  status?: number;
}

export interface Found {
  id: string;
  label: string;
  detail: string;
  preview: string | null;
  photo?: Photo;
}

/** The data of a page of the editor; null when the page is another one, such as the sign-in. */
export function dataOf(page: Document_): EditorData | null {
  const text = page.getElementById('editor-data')?.textContent;
  if (!text) return null;
  const data = JSON.parse(text) as EditorData;
  const kind = data.kind ?? 'story';
  const base = { headline: '', slug: '', standfirst: '', section: null, lead_photo: null, sections: [], topics: [], bylines: [], sources: [], photos: {}, state: '', lock: null };
  const story = kind !== 'story' ? { ...base, ...renamed(data.story, 'title', 'headline') } : data.story;
  return { ...data, kind, story, api: data.api ?? `/desk/api/stories/${data.story.id}` };
}

/** With what is called `from` called `to` instead: a page's title is this editor's headline. */
export function renamed<T extends object>(values: T, from: string, to: string): T {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key === from ? to : key, value])) as T;
}

type Document_ = globalThis.Document;

/** The fields of a story as the server last had them. */
export function fieldsOf(story: Story): Fields {
  const { headline, standfirst, slug, document, lead_photo, section, sources } = story;
  const ids = (list: Named[]) => list.map((each) => each.id);
  return { headline, standfirst, slug, document, lead_photo, section, sources, topics: ids(story.topics), bylines: ids(story.bylines) };
}

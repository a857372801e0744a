// The canonical document, as `crates/model/src/document` serialises it. Written down twice because two languages need
// it; the round-trip test holds the two together.

export type Direction = 'ltr' | 'rtl';

export type Inline =
  | { type: 'text'; text: string }
  | { type: 'code'; text: string }
  | { type: 'strong' | 'emphasis' | 'strike' | 'sub' | 'sup'; content: Inline[] }
  | { type: 'link'; href: string; content: Inline[] }
  | { type: 'language'; language: string; content: Inline[] }
  | { type: 'direction'; direction: Direction; content: Inline[] }
  | { type: 'break' }
  | { type: 'footnote'; id: string };

export type PhotoWidth = 'text' | 'wide' | 'full' | 'start' | 'end';

/** A photo as one story shows it; what is absent is as the photo itself says. */
export interface PhotoUse {
  photo: string;
  alt?: string;
  caption?: Inline[];
  credit?: string;
  width: PhotoWidth;
}

export type EmbedKind = 'video' | 'audio' | 'post' | 'link';
export type BoxKind = 'story_so_far' | 'facts' | 'note';
export type CellAlign = 'start' | 'center' | 'end';

export interface Cell {
  content: Inline[];
  header: boolean;
  columns: number;
  rows: number;
  align: CellAlign;
}

export type Block =
  | { type: 'paragraph'; content: Inline[] }
  | { type: 'heading'; level: number; content: Inline[] }
  | { type: 'list'; ordered: boolean; start: number; items: { blocks: Block[] }[] }
  | { type: 'quote'; blocks: Block[]; source?: Inline[] }
  | { type: 'pull_quote'; content: Inline[]; source?: Inline[] }
  | ({ type: 'photo' } & PhotoUse)
  | { type: 'gallery'; photos: PhotoUse[]; caption?: Inline[] }
  | { type: 'embed'; kind: EmbedKind; url: string; source: string; title?: string; caption?: Inline[] }
  | { type: 'file'; href: string; name: string; bytes?: number }
  | { type: 'code'; language?: string; text: string }
  | { type: 'table'; caption?: Inline[]; rows: { cells: Cell[] }[] }
  | { type: 'rule' }
  | { type: 'box'; kind: BoxKind; title?: Inline[]; blocks: Block[] }
  | { type: 'unknown'; system: string; name: string; raw: string; text?: string };

export interface Document {
  version: number;
  blocks: Block[];
  footnotes?: { id: string; blocks: Block[] }[];
}

/** The version this editor writes: `VERSION` of `crates/model`. */
export const DOCUMENT_VERSION = 1;

// The photos this story knows, and who wants to hear when one is described anew.

import type { Photo } from './data';

const known = new Map<string, Photo>();
const listeners = new Set<(id: string) => void>();

export const photoOf = (id: string): Photo | undefined => known.get(id);

export function learnPhoto(photo: Photo): void {
  known.set(photo.id, photo);
  for (const listener of listeners) listener(photo.id);
}

/** Calls `listener` with the id of every photo that changes; answers how to stop. */
export function onPhoto(listener: (id: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

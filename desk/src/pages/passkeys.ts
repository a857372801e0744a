// Passkeys: asks the server what to ask the device, asks the device, tells the server. The page says which ceremony it
// is by `data-passkey`: sign-in, prove, join or add.

interface Asked {
  ceremony: string;
  options: Record<string, unknown>;
}

const BEGIN: Record<string, string> = {
  'sign-in': '/desk/api/sign-in/begin',
  prove: '/desk/api/sign-in/begin',
  join: '/desk/api/join/begin',
  add: '/desk/api/passkeys/begin',
};

const FINISH: Record<string, string> = {
  'sign-in': '/desk/api/sign-in/finish',
  prove: '/desk/api/prove/finish',
  join: '/desk/api/join/finish',
  add: '/desk/api/passkeys/finish',
};

/** Makes every passkey button of a page work. */
export function passkeys(page: Document): void {
  for (const home of page.querySelectorAll<HTMLElement>('[data-passkey]')) {
    home.querySelector('[data-begin]')?.addEventListener('click', () => void run(home));
    home.addEventListener('submit', (event) => {
      // Enter in the form means the passkey, unless the other way's button was pressed.
      if ((event as SubmitEvent).submitter || home.dataset.passkey !== 'join') return;
      event.preventDefault();
      void run(home);
    });
  }
}

async function run(home: HTMLElement): Promise<void> {
  const kind = home.dataset.passkey ?? '';
  const wrong = home.querySelector<HTMLElement>('[data-wrong]');
  const say = (text: string | undefined) => {
    if (!wrong) return;
    wrong.textContent = text ?? '';
    wrong.hidden = !text;
  };
  say('');
  if (!('credentials' in navigator) || typeof PublicKeyCredential === 'undefined') {
    say(wrong?.dataset.unsupported);
    return;
  }
  if (home instanceof HTMLFormElement && !home.reportValidity()) return;
  try {
    const asked = await call<Asked>(BEGIN[kind] ?? '', body(home));
    const credential = kind === 'join' || kind === 'add' ? await create(asked.options) : await get(asked.options);
    if (!credential) throw new DOMException('nothing was chosen', 'NotAllowedError');
    const done = await call<{ codes?: string[] }>(FINISH[kind] ?? '', { ceremony: asked.ceremony, credential });
    if (done.codes) show(home, done.codes);
    else location.assign(home.dataset.next ?? '/desk/');
  } catch (error) {
    say(reason(error, wrong));
  }
}

function reason(error: unknown, wrong: HTMLElement | null): string | undefined {
  if (error instanceof Refused) return error.message || wrong?.dataset.failed;
  if (error instanceof DOMException && error.name !== 'InvalidStateError') return wrong?.dataset.cancelled;
  return wrong?.dataset.failed;
}

function body(home: HTMLElement): Record<string, string> {
  if (!(home instanceof HTMLFormElement)) return {};
  const fields = new FormData(home);
  const text = (name: string) => String(fields.get(name) ?? '');
  return { link: home.dataset.link ?? '', handle: text('handle'), language: text('language') };
}

/** Recovery codes are shown once, in place of the form. */
function show(home: HTMLElement, codes: string[]): void {
  const shown = document.querySelector<HTMLElement>('[data-codes]');
  const list = shown?.querySelector('ul');
  if (!shown || !list) {
    location.assign('/desk/');
    return;
  }
  list.replaceChildren(...codes.map((code) => Object.assign(document.createElement('li'), { textContent: code })));
  home.hidden = true;
  shown.hidden = false;
  shown.focus();
}

class Refused extends Error {}

async function call<T>(path: string, sent: unknown): Promise<T> {
  const csrf = document.querySelector<HTMLInputElement>('input[name=csrf]')?.value ?? '';
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrf },
    body: JSON.stringify(sent),
  });
  if (response.status === 403 && path === BEGIN.add) {
    location.assign(`/desk/prove?next=${encodeURIComponent(location.pathname)}`);
  }
  const answer = (await response.json().catch(() => ({}))) as T & { message?: string };
  // What the server says about a key is the same for every failure; the page has it in its own language.
  if (!response.ok) throw new Refused(path === BEGIN.join ? (answer.message ?? '') : '');
  return answer;
}

async function create(options: Record<string, unknown>): Promise<unknown> {
  const parsed = PublicKeyCredential.parseCreationOptionsFromJSON
    ? PublicKeyCredential.parseCreationOptionsFromJSON(options as never)
    : (decoded(options) as unknown as PublicKeyCredentialCreationOptions);
  return encoded(await navigator.credentials.create({ publicKey: parsed }));
}

async function get(options: Record<string, unknown>): Promise<unknown> {
  const parsed = PublicKeyCredential.parseRequestOptionsFromJSON
    ? PublicKeyCredential.parseRequestOptionsFromJSON(options as never)
    : (decoded(options) as unknown as PublicKeyCredentialRequestOptions);
  return encoded(await navigator.credentials.get({ publicKey: parsed }));
}

// Browsers before WebAuthn level 3 take and give bytes, not text.

function decoded(options: Record<string, unknown>): Record<string, unknown> {
  const ids = (list: unknown) =>
    Array.isArray(list) ? list.map((item) => ({ ...item, id: bytes(String(item.id)) })) : undefined;
  const user = options.user as { id: string } | undefined;
  return {
    ...options,
    challenge: bytes(String(options.challenge)),
    ...(user && { user: { ...user, id: bytes(user.id) } }),
    ...(options.excludeCredentials ? { excludeCredentials: ids(options.excludeCredentials) } : {}),
    ...(options.allowCredentials ? { allowCredentials: ids(options.allowCredentials) } : {}),
  };
}

function encoded(credential: Credential | null): unknown {
  if (!(credential instanceof PublicKeyCredential)) return null;
  if (typeof credential.toJSON === 'function') return credential.toJSON();
  const response: Record<string, unknown> = {};
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    const value = (credential.response as unknown as Record<string, unknown>)[name];
    if (value instanceof ArrayBuffer) response[name] = text(value);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const plain = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (c) => c.charCodeAt(0));
}

function text(buffer: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

// What others make of our mails: Python's `email` reads them, and dkimpy says whether their signatures hold.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { REPO } from './place.js';

const PYTHON = join(REPO, 'target/tools/dkimpy/bin/python');

/// `cargo xtask setup` installs it.
export const canReadMails = () => existsSync(PYTHON);

const SCRIPT = `
import dkim, email, email.policy, json, re, sys
records = json.loads(sys.argv[1])
raw = sys.stdin.buffer.read()
# What the server that kept the mail wrote above it is not ours.
lines = raw.split(b"\\n")
first = next(i for i, line in enumerate(lines) if line.startswith(b"DKIM-Signature:"))
find = lambda name, timeout=5: records[name.decode().rstrip(".")].encode()
wire = b"\\r\\n".join(line.rstrip(b"\\r") for line in lines)
mail = email.message_from_bytes(raw, policy=email.policy.default)
signatures = mail.get_all("DKIM-Signature")
def holds(i):
    try:
        return dkim.DKIM(wire).verify(idx=i, dnsfunc=find)
    except dkim.ValidationError:
        return False
parts = {p.get_content_type(): p.get_content() for p in mail.iter_parts()}
fields = lambda s: dict(re.findall(r"(\\w+)=([^;]*)", re.sub(r"\\s+", "", str(s))))
print(json.dumps({
    "held": [holds(i) for i in range(len(signatures))],
    "signed": [fields(s)["h"].lower().split(":") for s in signatures],
    "defects": [str(d) for d in mail.defects] + [str(d) for p in mail.walk() for d in p.defects],
    "subject": mail["subject"], "from": str(mail["from"]), "to": mail["to"].addresses[0].addr_spec, "id": mail["message-id"],
    "unsubscribe": mail["list-unsubscribe"], "one_click": mail["list-unsubscribe-post"], "text": parts.get("text/plain", ""),
    "html": parts.get("text/html", ""), "type": mail.get_content_type(), "size": len(raw),
}))
`;

/// A mail as Python reads it: {held, signed, defects, subject, from, to, id, unsubscribe, one_click, text, html, type, size}.
/// `records` are the TXT records of the keys that sign, by name.
export function readMail(bytes, records) {
  const said = execFileSync(PYTHON, ['-c', SCRIPT, JSON.stringify(records)], { input: bytes, maxBuffer: 1 << 26 });
  return JSON.parse(said.toString());
}

/// The address of the link in a mail's text that begins like this.
export function linkIn({ text }, path) {
  const found = new RegExp(`https?://\\S*${path}\\S*`).exec(text);
  if (!found) throw new Error(`the mail has no link with ${path}:\n${text}`);
  return found[0].replace(/[>)\].,]+$/, '');
}

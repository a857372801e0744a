// A year of contributions in a newsroom's books, for pictures: written into the database as what the sandbox told.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const WRITE = `
import datetime, random, sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=20)
dice = random.Random(7)
today = datetime.date.today()
now = (today.year - 1970) * 12 + today.month - 1
variants = [row[0] for row in db.execute("SELECT id FROM appeal_variant")]
number = 0

def token(kind):
    global number
    number += 1
    return f"sandbox_{kind}_{number + 1000}"

def contribution(frequency, minor, currency, month, state, ended, variant):
    id = dice.randbytes(16)
    pledge = None if frequency == "once" else token("pledge")
    db.execute("INSERT INTO contribution (id, gateway, frequency, minor, currency, cover, state, ending, month, paid_until, ended, session, token, language, variant, policy, erased) "
      "VALUES (?, 'sandbox', ?, ?, ?, 0, ?, 0, ?, ?, ?, ?, ?, 'en', ?, '1', 0)",
      (id, frequency, minor, currency, state, month, now + 1 if state == "active" else None, ended, token("page"), pledge, variant))
    return id

def payment(of, frequency, minor, currency, month, variant, state="paid", refunded=0, dispute=None):
    fee = minor * 3 // 100 + 30 if state == "paid" else None
    db.execute("INSERT INTO payment (id, contribution, gateway, token, frequency, variant, minor, currency, fee, state, refunded, dispute, disputed, late, month) VALUES (?, ?, 'sandbox', ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?)",
      (dice.randbytes(16), of, token("payment"), frequency, variant, minor, currency, fee, state, refunded, dispute, month))

for back in range(11, -1, -1):
    month = now - back
    for _ in range(4 + dice.randrange(4) + (11 - back) // 3):
        frequency = dice.choices(["monthly", "once", "annual"], [6, 3, 1])[0]
        currency = dice.choices(["USD", "EUR"], [4, 1])[0]
        minor = 100 * dice.choice({"monthly": [2, 2, 5, 5, 10, 20], "once": [10, 25, 50], "annual": [20, 50, 100]}[frequency])
        variant = dice.choice(variants + [variants[0], None]) if variants else None
        if frequency == "once":
            of = contribution(frequency, minor, currency, month, "paid", None, variant)
            payment(of, frequency, minor, currency, month, variant, refunded=minor if dice.random() < .05 else 0)
            continue
        lasts = dice.randrange(2, 10) if dice.random() < .3 else 99
        ended = month + lasts if month + lasts <= now else None
        late = ended is None and dice.random() < .06
        of = contribution(frequency, minor, currency, month, "cancelled" if ended else "past_due" if late else "active", ended, variant)
        for each in range(month, (ended or now + 1)):
            if frequency == "monthly" or (each - month) % 12 == 0:
                payment(of, frequency, minor, currency, each, variant, "failed" if late and each == now else "paid")
db.commit()
`;

/// Writes a year of them, the same each time but for its months. The newsroom may be serving.
export function yearOfGiving(dir) {
  execFileSync('python3', ['-c', WRITE, join(dir, 'newsroom.db')]);
}

// Looks for a number that, hashed with the form's ticket (SHA-256), gives a hash that begins with so many zero bits; then
// sends the form. It works in short pieces, so that the page stays alive, and asks nobody for anything.
(() => {
  const form = document.querySelector('form[data-ticket]')
  if (!form) return
  const { ticket, bits, patience } = form.dataset
  const began = Date.now()
  // FIPS 180-4, section 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes, and of
  // the square roots of the first eight.
  const fraction = x => ((x - Math.floor(x)) * 2 ** 32) | 0
  const primes = []
  for (let n = 2; primes.length < 64; n++) if (primes.every(p => n % p)) primes.push(n)
  const K = primes.map(p => fraction(Math.cbrt(p)))
  const H = primes.slice(0, 8).map(p => fraction(Math.sqrt(p)))
  const turn = (x, by) => (x >>> by) | (x << (32 - by))
  const W = new Int32Array(64)
  const block = (state, words) => {
    W.set(words)
    for (let i = 16; i < 64; i++) {
      const a = W[i - 15]
      const b = W[i - 2]
      W[i] = W[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + W[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))
    }
    let [a, b, c, d, e, f, g, h] = state
    for (let i = 0; i < 64; i++) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0
      h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0
    }
    return [a, b, c, d, e, f, g, h].map((x, i) => (x + state[i]) | 0)
  }
  const hash = text => {
    const words = new Int32Array(((text.length + 8) >> 6) * 16 + 16)
    for (let i = 0; i < text.length; i++) words[i >> 2] |= text.charCodeAt(i) << (24 - (i % 4) * 8)
    words[text.length >> 2] |= 0x80 << (24 - (text.length % 4) * 8)
    words[words.length - 1] = text.length * 8
    let state = H
    for (let i = 0; i < words.length; i += 16) state = block(state, words.subarray(i, i + 16))
    return state
  }
  let number = 0
  const work = () => {
    const until = Date.now() + 30
    while (Date.now() < until) {
      for (let i = 0; i < 200; i++, number++) {
        if (hash(ticket + '.' + number)[0] >>> (32 - bits) === 0) {
          form.elements.proof.value = number
          setTimeout(() => form.requestSubmit(), Math.max(0, patience - (Date.now() - began)))
          return
        }
      }
    }
    setTimeout(work)
  }
  work()
})()

// Chooses, on the reader's device, among the appeals that may stand on a page, and remembers there what the reader asked to be
// remembered. Nothing is stored before a reader asks for it: by a button, or by a tick in the form they gave with, which the address
// of the page that thanks them carries (?quiet=1). Nothing of it is ever sent, and it says of nobody that they gave.
//
// memory: until (day on which appeals may come again), seen ({appeal: [days]}), read ([month, stories]), country.
// Counts of what was shown go on only beside something that the reader asked for.
(() => {
  const KEY = 'support'
  const script = document.currentScript
  const root = script.getAttribute('src').split('assets/')[0]
  const today = Math.floor(Date.now() / 864e5)
  const month = new Date().toISOString().slice(0, 7)
  const slots = [...document.querySelectorAll('[data-slot]')]
  let memory = null
  try {
    memory = JSON.parse(localStorage.getItem(KEY))
  } catch { /* Unreadable or forbidden: as if there were none. */ }
  if (typeof memory !== 'object') memory = null

  const keep = () => {
    const asked = memory && (memory.until || memory.read || memory.country)
    if (!asked) memory = null
    try {
      if (memory) localStorage.setItem(KEY, JSON.stringify(memory))
      else localStorage.removeItem(KEY)
    } catch { /* A device that keeps nothing. */ }
  }
  const remember = what => { memory = { ...memory, ...what }; keep() }
  const rest = days => remember({ until: Math.max(memory?.until || 0, today + days) })
  const wake = () => { if (memory) { delete memory.until; keep() } }

  if (memory) {
    if (!(memory.until > today)) delete memory.until
    for (const id in memory.seen) if (!memory.seen[id].some(day => day > today - 60)) delete memory.seen[id]
    if (memory.read) memory.read = [month, memory.read[0] === month ? memory.read[1] : 0]
    if (memory.read && 'story' in script.dataset) memory.read[1]++
    keep()
  }

  const gave = document.querySelector('[data-gave]')
  if (gave) {
    const [offer, said] = gave.children
    const turn = resting => { offer.hidden = resting; said.hidden = !resting }
    const quiet = () => { rest(90); turn(true) }
    offer.querySelector('button').onclick = quiet
    said.querySelector('button').onclick = () => { wake(); turn(false) }
    if (gave.dataset.gave === 'asked') {
      quiet()
      // Loaded anew, it asks for nothing: it may have been undone.
      history.replaceState(null, '', location.pathname)
    }
    gave.hidden = false
  }

  const rules = {
    country: (any, unknown) => (memory?.country ? any.includes(memory.country) : unknown),
    read: (least, most, unknown) => (memory?.read ? memory.read[1] >= least && (most === null || memory.read[1] <= most) : unknown),
    share: percent => Math.random() * 100 < percent
  }
  const fits = ({ id, cap, rules: all }) =>
    all.every(([kind, ...of]) => rules[kind]?.(...of)) &&
    (!cap || (memory?.seen?.[id] || []).filter(day => day > today - cap[1]).length < cap[0])
  const drawn = variants => {
    let at = Math.random() * variants.reduce((sum, one) => sum + one.weight, 0)
    return variants.find(one => (at -= one.weight) < 0) || variants[0]
  }

  // Whoever has something remembered can always look at it, and have it forgotten.
  const put = (slot, visible) => {
    const place = slot.parentElement
    slot.hidden = !visible
    place.hidden = !visible && !(memory && place.querySelector('.device'))
  }
  const show = (slot, appeal) => {
    put(slot, !!appeal)
    if (!appeal) return
    const variant = drawn(appeal.variants)
    if (slot.dataset.variant !== variant.id) {
      slot.innerHTML = variant.html
      for (const name of ['href', 'action', 'src', 'srcset']) {
        for (const element of slot.querySelectorAll(`[${name}]`)) {
          element.setAttribute(name, element.getAttribute(name).replace(/(^|, )\/(?!\/)/g, '$1' + root))
        }
      }
    }
    slot.dataset.appeal = appeal.id
    slot.dataset.variant = variant.id
    arm(slot)
  }

  // What works only with script: its buttons, and naming the variant that was seen.
  const arm = slot => {
    const { appeal, variant } = slot.dataset
    for (const field of slot.querySelectorAll('[name=variant]')) field.disabled = false
    for (const link of slot.querySelectorAll('a[data-to]')) link.search = '?variant=' + variant
    const button = slot.querySelector('[data-rest]')
    const rested = slot.querySelector('.rested')
    if (button && rested) {
      const parts = [...slot.children].filter(part => part !== rested)
      const turn = resting => {
        for (const part of parts) part.hidden = resting
        rested.hidden = !resting
      }
      turn(false)
      const others = slots.filter(other => other !== slot && other.dataset.appeal)
      const back = rested.querySelector('button')
      button.onclick = () => { rest(+button.dataset.rest); turn(true); others.forEach(other => put(other, false)); back.focus() }
      back.onclick = () => { wake(); turn(false); others.forEach(other => put(other, true)); button.focus() }
    }
    new IntersectionObserver((seen, observer) => {
      if (!seen.some(one => one.isIntersecting)) return
      observer.disconnect()
      navigator.sendBeacon(root + '-/support/seen/' + variant)
      if (!memory) return
      memory.seen = { ...memory.seen, [appeal]: [...(memory.seen?.[appeal] || []), today].slice(-99) }
      keep()
    }, { threshold: 0.3 }).observe(slot)
  }

  // What a reader may have remembered.
  const device = box => {
    const [count, country, forget] = ['count', 'country', 'forget'].map(name => box.querySelector(`[data-${name}]`))
    const draw = () => {
      count?.setAttribute('aria-pressed', !!memory?.read)
      if (country) country.value = memory?.country || ''
    }
    if (count) count.onclick = () => { remember({ read: memory?.read ? undefined : [month, 0] }); draw() }
    if (country) {
      const names = new Intl.DisplayNames(document.documentElement.lang, { type: 'region', fallback: 'code' })
      for (const option of country.options) {
        if (/^[A-Z]{2}$/.test(option.text)) { option.value = option.text; option.text = names.of(option.text) }
      }
      country.onchange = () => { remember({ country: country.value || undefined }); draw() }
    }
    forget.onclick = () => { memory = null; keep(); draw() }
    draw()
    box.hidden = false
  }

  const all = {}
  const ask = path => (all[path] ||= fetch(path).then(answer => answer.json()))
  for (const slot of slots) {
    const box = slot.parentElement.querySelector('.device')
    if (box) device(box)
    if (memory?.until > today) {
      put(slot, false)
      continue
    }
    const { more, appeal } = slot.dataset
    if (!more || ('memory' in slot.dataset && !memory)) {
      if (appeal) arm(slot)
      continue
    }
    ask(more).then(({ appeals }) => {
      const may = slot.dataset.slot.split(' ').map(id => appeals.find(one => one.id === id))
      show(slot, may.find(one => one && fits(one)))
    }).catch(() => appeal && arm(slot))
  }
})()

// Shows the note that a reader asked for on this device, from its month on. There is none before they asked.
(() => {
  let kept
  try { kept = JSON.parse(localStorage.getItem('remind')) } catch { return }
  if (!kept || !(Date.now() >= kept.at)) return
  const main = document.getElementById('main')
  const make = (name, of, text) => {
    const made = document.createElement(name)
    made.textContent = text || ''
    of.append(made, ' ')
    return made
  }
  const note = document.createElement('aside')
  note.className = 'banner reminder'
  note.lang = kept.lang
  note.dir = kept.dir
  note.setAttribute('aria-label', kept.label)
  const line = make('p', note, kept.text)
  line.append(' ')
  const later = months => {
    if (!months) return localStorage.removeItem('remind')
    const at = new Date(kept.at)
    while (at <= Date.now()) at.setMonth(at.getMonth() + months)
    localStorage.setItem('remind', JSON.stringify({ ...kept, at: at.getTime() }))
  }
  const away = months => () => {
    later(months)
    note.remove()
    main.tabIndex = -1
    main.focus()
  }
  const give = make('a', line, kept.support)
  give.href = kept.href
  give.onclick = () => later(kept.every)
  make('button', line, kept.later).onclick = away(1)
  make('button', line, kept.forget).onclick = away(0)
  main.before(note)
})()

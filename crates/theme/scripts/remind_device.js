// On the page of reminders: has this device remember a month and a note, when its reader presses the button. Nothing is
// kept before, and nothing is sent.
(() => {
  const place = document.querySelector('[data-device]')
  let kept
  try { kept = localStorage.getItem('remind') } catch { return }
  const form = document.querySelector('form.remind')
  const said = place.querySelector('[role=status]')
  const forget = place.querySelector('[data-forget]')
  const words = JSON.parse(place.dataset.device)
  place.hidden = false
  forget.hidden = !kept
  place.querySelector('[data-keep]').onclick = () => {
    const month = form.elements.month.value
    const [year, number] = month.split('-').map(Number)
    const first = new Date(year, number - 1, 1)
    const page = document.documentElement
    const href = new URL(words.href, location).pathname
    try {
      localStorage.setItem('remind', JSON.stringify({
        ...words, href, at: first.getTime(), every: +form.elements.every.value, lang: page.lang, dir: page.dir,
      }))
    } catch { return }
    said.textContent = words.kept + ' ' + form.querySelector('[name=month]:checked').parentNode.textContent.trim()
    forget.hidden = false
  }
  forget.onclick = () => {
    localStorage.removeItem('remind')
    said.textContent = words.forgotten
    forget.hidden = true
  }
})()

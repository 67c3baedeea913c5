// Results while somebody types, and the keyboard: "/" goes to the search box, the arrow keys through the results, Escape
// takes them away. What was typed goes in a body, as without JavaScript.
const LEAST = 3
const PAUSE_MS = 120

const form = document.querySelector('[data-search]')
if (form) search(form)

function search(form) {
  const box = form.querySelector('input[name="q"]')
  const ownPage = document.querySelector('[data-search-results]')
  const status = document.createElement('p')
  status.className = 'govuk-visually-hidden'
  status.setAttribute('role', 'status')
  form.after(status)
  const panel = ownPage ?? makePanel(form)
  let asked
  let timer
  let shown = ownPage ? box.value.trim() : ''

  async function ask(typed) {
    asked?.abort()
    const mine = (asked = new AbortController())
    try {
      const response = await fetch(form.action, {
        method: 'POST', body: new URLSearchParams({ q: typed, part: '1' }), signal: mine.signal, credentials: 'same-origin',
      })
      if (response.status === 401) return form.requestSubmit()
      if (!response.ok) return
      const text = await response.text()
      if (mine.signal.aborted) return
      shown = typed
      panel.innerHTML = text
      panel.hidden = false
      if (panel !== ownPage) asPanel(panel)
      status.textContent = panel.querySelector('#found')?.textContent ?? ''
    } catch (error) {
      if (error.name !== 'AbortError') close()
    }
  }

  function typed() {
    clearTimeout(timer)
    const text = box.value.trim()
    if (text === shown) return
    if ([...text].length < LEAST) return close()
    timer = setTimeout(() => ask(text), PAUSE_MS)
  }

  function close() {
    asked?.abort()
    clearTimeout(timer)
    status.textContent = ''
    if (panel === ownPage) return
    shown = ''
    panel.hidden = true
    panel.replaceChildren()
  }

  const links = () => [...panel.querySelectorAll('[data-result] p:first-child a, td:first-child a')]

  function move(event) {
    if (panel.hidden || !(panel.contains(document.activeElement) || document.activeElement === box)) return
    const all = links()
    const at = all.indexOf(document.activeElement)
    if (event.key === 'ArrowDown' && all.length > 0) {
      all[Math.min(at + 1, all.length - 1)].focus()
    } else if (event.key === 'ArrowUp' && document.activeElement !== box) {
      (all[at - 1] ?? box).focus()
    } else {
      return
    }
    event.preventDefault()
  }

  box.addEventListener('input', typed)
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const writes = event.target.closest?.('input, textarea, select, [contenteditable]')
    if (event.key === '/' && !writes) {
      event.preventDefault()
      box.focus()
      box.select()
    } else if (event.key === 'Escape' && panel !== ownPage && !panel.hidden) {
      event.preventDefault()
      close()
      box.focus()
    } else {
      move(event)
    }
  })
  form.addEventListener('submit', () => {
    asked?.abort()
    clearTimeout(timer)
  })
  document.addEventListener('pointerdown', (event) => {
    if (panel !== ownPage && !panel.contains(event.target) && !form.contains(event.target)) close()
  })
  // Of a page that is left with results on it, coming back shows the page.
  window.addEventListener('pageshow', (event) => { if (event.persisted) close() })
}

/** A place for results below the box of any page but the search's own. */
function makePanel(form) {
  const panel = document.createElement('div')
  panel.className = 'app-search__panel'
  panel.hidden = true
  panel.setAttribute('role', 'region')
  panel.setAttribute('aria-label', 'Search results')
  form.after(panel)
  return panel
}

/** Within another page, the results have no main heading of their own. */
function asPanel(panel) {
  panel.querySelector('h1')?.remove()
}

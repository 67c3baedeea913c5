// Asks before a page is left with a text on it that was not sent. The forms with data-draft begin empty, so whatever stands in
// one was written.
export function watchDrafts() {
  const forms = [...document.querySelectorAll('form[data-draft]')]
  let sent = false
  for (const form of forms) form.addEventListener('submit', () => { sent = true })
  const isWritten = (form) => [...form.querySelectorAll('textarea')].some((field) => field.value.trim() !== '')
  if (forms.length === 0) return
  window.addEventListener('pageshow', () => { sent = false })
  window.addEventListener('beforeunload', (event) => {
    if (!sent && forms.some(isWritten)) event.preventDefault()
  })
}

// Keeps each answer while somebody writes. Without it, the button at the end of the page keeps them all.
// What could not be sent stays on this device until it has been sent, and for a day at most.
(function () {
  'use strict'
  const WAIT = 1500
  const DAY = 24 * 60 * 60 * 1000
  const form = document.querySelector('form[data-autosave]')
  if (!form || !window.fetch) return
  const to = form.dataset.autosave
  const status = form.querySelector('[data-autosave-status]')
  const token = form.querySelector('[name=csrfmiddlewaretoken]').value
  const waiting = {}
  const keyOf = (name) => 'alongside:' + to + ':' + name

  const all = 'autosaveAll' in form.dataset
  const isKept = (field) => field.name && (field.name.startsWith('answer-') || (all && field.name !== 'csrfmiddlewaretoken'))
  const boxes = () => [...form.querySelectorAll('textarea')].filter(isKept)
  // any number of signs may be ticked: what is sent is all of those that are
  const wordsOf = (field) => {
    if (field.type !== 'checkbox') return field.value
    return [...form.elements].filter((each) => each.name === field.name && each.checked).map((each) => each.value).join('\n')
  }

  const say = (words) => { status.textContent = words }
  const forget = (name) => { try { localStorage.removeItem(keyOf(name)) } catch (_) { /* no storage here */ } }
  const hold = (name, words) => {
    try {
      localStorage.setItem(keyOf(name), JSON.stringify({ words, at: Date.now() }))
      return true
    } catch (_) { return false }
  }

  async function send (name, words) {
    const body = new FormData()
    body.append('csrfmiddlewaretoken', token)
    body.append('prompt', name.replace('answer-', ''))
    body.append('words', words)
    try {
      const answer = await fetch(to, { method: 'POST', body, credentials: 'same-origin' })
      const isOurs = (answer.headers.get('content-type') || '').startsWith('application/json')
      if (answer.redirected || !isOurs) throw new Error('signed out')
      const told = await answer.json()
      if (told.kept) forget(name); else hold(name, words)
      say(told.said)
    } catch (_) {
      say(hold(name, words)
        ? form.dataset.autosaveHeld
        : form.dataset.autosaveLost)
    }
  }

  function changed (event) {
    const field = event.target
    if (!isKept(field)) return
    clearTimeout(waiting[field.name])
    waiting[field.name] = setTimeout(() => send(field.name, wordsOf(field)), WAIT)
  }

  // what an earlier visit could not send comes back into an empty box or beside what is kept, and is sent
  boxes().forEach((field) => {
    let held = null
    try { held = JSON.parse(localStorage.getItem(keyOf(field.name))) } catch (_) { return }
    if (!held) return
    if (Date.now() - held.at > DAY || field.value.includes(held.words)) { forget(field.name); return }
    const more = !field.value || held.words.startsWith(field.value)
    field.value = more ? held.words : field.value + '\n\n' + held.words
    send(field.name, field.value)
  })
  form.addEventListener('input', changed)
  form.addEventListener('change', changed)
  form.addEventListener('submit', () => Object.values(waiting).forEach(clearTimeout))
  window.addEventListener('online', () => boxes().forEach((field) => {
    try { if (localStorage.getItem(keyOf(field.name))) send(field.name, field.value) } catch (_) { /* none */ }
  }))
})()

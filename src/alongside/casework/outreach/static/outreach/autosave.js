// Keeps each answer while somebody writes. Without it, the button at the end of the page keeps them all.
// What is written is held on this device from its first letter until the server has said that it is saved.
// After a day it is deleted unsent, when one of these pages is next opened: words on a lost telephone can
// harm whoever they are about. Whoever wrote them is told, before and after, and on a shared device nobody else.
(function () {
  'use strict'
  const WAIT = 1500
  const LONGEST_WAIT = 10000
  const DAY = 24 * 60 * 60 * 1000
  const status = document.querySelector('[data-autosave-status]')
  const token = document.querySelector('[name=csrfmiddlewaretoken]')
  if (!status || !token || !window.fetch) return
  const form = document.querySelector('form[data-autosave]')

  // a device may be shared: nobody's words are sent in a colleague's name, or for another of their organisations
  const EVERYBODYS = 'alongside:'
  const MINE = EVERYBODYS + status.dataset.writer + ':'
  // that words of somebody were deleted, and when; what they were is not kept
  const markOf = (key) => EVERYBODYS + key.slice(EVERYBODYS.length).split(':')[0] + ':expired'
  const keyOf = (name) => MINE + form.dataset.autosave + ':' + name
  const promptOf = (name) => name.replace(/^answer-/, '')
  const placeOf = (key) => {
    const [to, name] = key.slice(MINE.length).split(':')
    return { to, prompt: promptOf(name) }
  }
  const isHere = (key) => namesHere().some((name) => keyOf(name) === key)

  // by key: what the server has not said to be saved; what it had, and then what was sent without an answer
  const unsent = {}
  const opened = {}
  const waiting = {}
  const going = {}
  const wrong = {}
  const gone = {} // nobody can open the page it was written on any more
  let saved = ''
  let expired = ''
  let isSubmitted = false
  let isSettling = false

  const isKept = (field) => field.name && !['hidden', 'submit', 'button'].includes(field.type) &&
    ('autosaveAll' in form.dataset || field.name.startsWith('answer-'))
  const boxesOf = (name) => [...form.elements].filter((field) => isKept(field) && field.name === name)
  const namesHere = () => form ? [...new Set([...form.elements].filter(isKept).map((field) => field.name))] : []
  const isTicked = (field) => field.type === 'checkbox' || field.type === 'radio'
  // any number of signs may be ticked: what is sent is all of those that are
  const wordsOf = (name) => {
    const boxes = boxesOf(name)
    return isTicked(boxes[0])
      ? boxes.filter((each) => each.checked).map((each) => each.value).join('\n')
      : boxes[0].value
  }
  const setTo = (name, words) => boxesOf(name).forEach((box) => {
    if (isTicked(box)) box.checked = words.split('\n').includes(box.value); else box.value = words
  })
  const openedWith = (name) => form.querySelectorAll('[name="opened-' + promptOf(name) + '"]')

  const read = (key) => { try { return JSON.parse(localStorage.getItem(key)) } catch (_) { return null } }
  const forget = (key) => { try { localStorage.removeItem(key) } catch (_) { /* no storage here */ } }
  const hold = (key) => {
    try {
      localStorage.setItem(key, JSON.stringify({ ...unsent[key], opened: opened[key] }))
      return true
    } catch (_) { return false }
  }

  function mark (key) {
    try { localStorage.setItem(key, JSON.stringify({ at: Date.now() })) } catch (_) { /* no storage here */ }
  }

  function write (key, words) {
    unsent[key] = { words, at: Date.now() }
    hold(key)
  }

  function tell () {
    const told = Object.keys(wrong)
    const here = told.find(isHere)
    const lost = told.filter((key) => gone[key] && !isHere(key))
    const elsewhere = told.length > lost.length ? status.dataset.autosaveElsewhere : ''
    const line = here ? wrong[here] : elsewhere || (lost.length ? '' : saved)
    status.textContent = [line, expired].filter(Boolean).join(' ')
    lost.forEach((key) => status.append(toCopy(key)))
  }

  // folded: somebody else may be looking, and what was written may be about another person
  function toCopy (key) {
    const folded = document.createElement('details')
    folded.append(document.createElement('summary'), document.createElement('span'))
    folded.firstChild.textContent = wrong[key]
    folded.lastChild.textContent = unsent[key].words
    return folded
  }

  function bodyOf (key) {
    const { words } = unsent[key]
    const [first, ...since] = opened[key]
    opened[key] = [first, ...since.filter((each) => each !== words).slice(-2), words]
    hold(key)
    const body = new FormData()
    body.append('csrfmiddlewaretoken', token.value)
    body.append('prompt', placeOf(key).prompt)
    body.append('words', words)
    opened[key].forEach((each) => body.append('opened-' + placeOf(key).prompt, each))
    return body
  }

  const where = (key, held) => hold(key) ? held : status.dataset.autosaveLost

  async function sendOne (key) {
    const { words } = unsent[key]
    try {
      const answer = await fetch(placeOf(key).to, {
        method: 'POST', body: bodyOf(key), credentials: 'same-origin', headers: { Accept: 'application/json' }
      })
      const isOurs = (answer.headers.get('content-type') || '').startsWith('application/json')
      if (answer.redirected || !isOurs) throw new Error('signed out')
      const told = await answer.json()
      gone[key] = told.gone
      if (told.kept) isSaved(key, words, told.said)
      // refused before anybody looked at what was written, such as to whoever is signed out
      else wrong[key] = 'kept' in told ? told.said : told.said + ' ' + where(key, status.dataset.autosaveRefused)
    } catch (_) {
      gone[key] = false
      if (unsent[key]) wrong[key] = where(key, status.dataset.autosaveHeld)
    }
    tell()
  }

  function isSaved (key, words, said) {
    delete wrong[key]
    opened[key] = [words]
    if (unsent[key] && unsent[key].words !== words) { hold(key); return } // more was written meanwhile
    delete unsent[key]
    if ((read(key) || {}).words === words) forget(key)
    saved = isHere(key) ? said : saved
  }

  // one at a time for each box, so that what was written earlier never arrives later
  function send (key) {
    going[key] = going[key] || sendOne(key).finally(() => { delete going[key] })
    return going[key]
  }
  const sendAll = () => Object.keys(unsent).forEach(send)
  function sendSoon (key) {
    clearTimeout(waiting[key])
    waiting[key] = setTimeout(() => { if (going[key]) sendSoon(key); else if (unsent[key]) send(key) }, WAIT)
  }

  function changed (event) {
    if (!isKept(event.target)) return
    const key = keyOf(event.target.name)
    const words = wordsOf(event.target.name)
    if (!unsent[key] && words === opened[key][0]) { forget(key); return } // left, and as it is saved
    saved = ''
    isSubmitted = false
    write(key, words)
    tell()
    sendSoon(key)
  }

  // what is saved on the way is forgotten here; what is not comes back, however the page itself fares
  async function submitted (event) {
    if (isSettling) { event.preventDefault(); return }
    namesHere().forEach((name) => { // what came back refused is sent again with the page
      const key = keyOf(name)
      if (!unsent[key] && wordsOf(name) !== opened[key][0]) write(key, wordsOf(name))
    })
    const here = Object.keys(unsent).filter(isHere)
    if (isSubmitted || !here.length || !form.requestSubmit) {
      isSubmitted = true
      namesHere().forEach(sayOpened)
      return
    }
    event.preventDefault()
    isSettling = true
    const settled = here.map((key) => Promise.resolve(going[key]).then(() => unsent[key] && send(key)))
    await Promise.race([Promise.all(settled), new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT))])
    isSettling = false
    isSubmitted = true
    form.requestSubmit(event.submitter)
  }

  function sayOpened (name) {
    const [first, ...more] = openedWith(name)
    more.forEach((each) => each.remove())
    const [was, ...since] = opened[keyOf(name)]
    first.value = was
    since.reverse().forEach((words) => {
      const next = first.cloneNode()
      next.value = words
      first.after(next)
    })
  }

  function sweep () {
    let keys = []
    try { keys = Object.keys(localStorage).filter((key) => key.startsWith(EVERYBODYS)) } catch (_) { return }
    keys.forEach((key) => {
      const isMine = key.startsWith(MINE)
      const isMark = key === markOf(key)
      if (isMark && !isMine) return // it waits for whoever it is for
      const held = read(key)
      if (isMark || !held || !(Date.now() - held.at < DAY)) {
        forget(key)
        if (isMine) expired = status.dataset.autosaveExpired; else mark(markOf(key))
      } else if (isMine) {
        unsent[key] = { words: held.words, at: held.at }
        opened[key] = held.opened || ['']
      }
    })
  }

  // what an earlier visit could not send comes back into its box, and is sent
  function restore (name) {
    const key = keyOf(name)
    const stands = openedWith(name)[0].value
    const isReturned = 'returned' in form.dataset // these words were just refused, and wait for whoever wrote them
    const words = isReturned || !unsent[key] ? wordsOf(name) : unsent[key].words
    if (words === stands) forget(key)
    if (isReturned || words === stands) {
      delete unsent[key]
      opened[key] = [stands]
    } else if (unsent[key]) setTo(name, words)
    opened[key] = opened[key] || [stands]
  }

  sweep()
  namesHere().forEach(restore)
  tell()
  sendAll()
  if (form) {
    form.addEventListener('input', changed)
    form.addEventListener('change', changed)
    form.addEventListener('submit', submitted)
  }
  window.addEventListener('online', sendAll)
  window.addEventListener('pageshow', (event) => { if (event.persisted) { isSubmitted = false; sendAll() } })
  // it may or may not arrive: it stays held until a later page hears that it did
  window.addEventListener('pagehide', () => {
    if (!isSubmitted && navigator.sendBeacon) {
      Object.keys(unsent).forEach((key) => navigator.sendBeacon(placeOf(key).to, bodyOf(key)))
    }
  })
})()

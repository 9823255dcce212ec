// Asks the browser for a passkey, puts what it answers into the form's hidden field, and sends the form.
// Without this, or in a browser that knows no passkeys, the page says so and the code is what remains.
(function () {
  'use strict'
  const form = document.querySelector('form[data-passkey]')
  if (!form || !window.PublicKeyCredential || !navigator.credentials) return
  const part = form.querySelector('[data-passkey-part]')
  const status = form.querySelector('[data-passkey-status]')
  const makes = form.dataset.passkey === 'make'

  const bytes = (text) => Uint8Array.from(
    atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0))
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
  const withIds = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }))

  async function answered () {
    const asked = JSON.parse(form.dataset.options)
    const publicKey = { ...asked, challenge: bytes(asked.challenge) }
    if (makes) {
      publicKey.user = { ...asked.user, id: bytes(asked.user.id) }
      publicKey.excludeCredentials = withIds(asked.excludeCredentials)
      const { rawId, response } = await navigator.credentials.create({ publicKey })
      return {
        id: text(rawId),
        clientDataJSON: text(response.clientDataJSON),
        attestationObject: text(response.attestationObject)
      }
    }
    publicKey.allowCredentials = withIds(asked.allowCredentials)
    const { rawId, response } = await navigator.credentials.get({ publicKey })
    return {
      id: text(rawId),
      clientDataJSON: text(response.clientDataJSON),
      authenticatorData: text(response.authenticatorData),
      signature: text(response.signature)
    }
  }

  async function ask () {
    status.textContent = ''
    try {
      form.elements.answer.value = JSON.stringify(await answered())
    } catch (error) {
      status.textContent = error.name === 'InvalidStateError' ? form.dataset.known : form.dataset.failed
      return
    }
    form.submit()
  }

  form.querySelector('[data-passkey-button]').addEventListener('click', ask)
  // Enter in the field for a name makes the passkey, as the button does; beside a code it sends the code
  if (makes) form.addEventListener('submit', (event) => { event.preventDefault(); ask() })
  part.hidden = false
  document.querySelectorAll('[data-passkey-without]').forEach((each) => { each.hidden = true })
})()

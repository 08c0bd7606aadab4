// Passkeys: the one thing in the workbench that cannot be done without scripts.
"use strict";

(() => {
  const isKnown = Boolean(window.PublicKeyCredential && navigator.credentials);
  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const send = async (path, form, more = {}) => {
    const fields = new URLSearchParams(new FormData(form));
    for (const [name, value] of Object.entries(more)) fields.set(name, value);
    const answer = await fetch(path, { method: "POST", body: fields, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const known = (listed = []) => listed.map((one) => ({ ...one, id: bytes(one.id) }));

  const make = async (form) => {
    const asked = JSON.parse((await send("/account/passkey/offer", form)).asked);
    asked.challenge = bytes(asked.challenge);
    asked.user.id = bytes(asked.user.id);
    asked.excludeCredentials = known(asked.excludeCredentials);
    const made = await navigator.credentials.create({ publicKey: asked });
    return {
      attestationObject: text(made.response.attestationObject),
      clientDataJSON: text(made.response.clientDataJSON),
      made,
    };
  };

  const sign = async (form) => {
    const asked = JSON.parse((await send("/sign-in/passkey/question", form)).asked);
    asked.challenge = bytes(asked.challenge);
    asked.allowCredentials = known(asked.allowCredentials);
    const made = await navigator.credentials.get({ publicKey: asked });
    return {
      authenticatorData: text(made.response.authenticatorData),
      clientDataJSON: text(made.response.clientDataJSON),
      signature: text(made.response.signature),
      userHandle: made.response.userHandle ? text(made.response.userHandle) : null,
      made,
    };
  };

  const ways = { add: make, sign };
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const note = form.parentElement.querySelector("[data-no-passkey]");
    if (!isKnown) continue;
    form.hidden = false;
    if (note) note.hidden = true;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const alert = form.querySelector("[role=alert]");
      alert.hidden = true;
      try {
        const { made, ...response } = await ways[form.dataset.passkey](form);
        const answer = { id: made.id, rawId: text(made.rawId), type: made.type, response };
        const told = await send(form.action, form, { answer: JSON.stringify(answer) });
        window.location.assign(told.next);
      } catch {
        alert.hidden = false;
      }
    });
  }
})();

// A form that makes a track: sends itself once only, and is another wish when the browser brings it back alive.

class WishOnce extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    const button = form.querySelector("[type=submit]");
    form.addEventListener("submit", () => {
      button.setAttribute("aria-disabled", "true");
      button.textContent = button.dataset.sending;
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted && crypto.randomUUID) form.elements.submission.value = crypto.randomUUID();
      button.removeAttribute("aria-disabled");
      button.textContent = button.dataset.label;
    });
  }
}

customElements.define("wish-once", WishOnce);

/** Closes a menu on Escape and on a click outside. Without scripts it is a plain <details>. */
class DropDown extends HTMLElement {
  #controller;

  connectedCallback() {
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.#close(true), { signal });
    document.addEventListener("click", (event) => this.contains(event.target) || this.#close(false), { signal });
  }

  disconnectedCallback() {
    this.#controller.abort();
  }

  #close(refocus) {
    const details = this.querySelector("details");
    if (!details.open) return;
    details.open = false;
    if (refocus) details.querySelector("summary").focus();
  }
}

customElements.define("drop-down", DropDown);

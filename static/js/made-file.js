// A file that is made on demand: asks for it, says how far it is, and lets the download begin by itself. Whoever wants
// something else of it hears the event "made" and prevents the download. Without scripts the form leads to a page.

const ASK_EVERY = 700;
const PATIENCE = 5;

// What is said, in the language of the page.
const words = document.getElementById("made-file-words").dataset;

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

class MadeFile extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.button = this.querySelector("button");
    this.said = this.querySelector("[role=status]");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!this.busy) this.make();
    });
  }

  async make() {
    this.busy = true;
    this.button.setAttribute("aria-disabled", "true");
    this.said.textContent = words.begun;
    try {
      const address = await this.made();
      this.said.textContent = words.ready;
      const event = new CustomEvent("made", { bubbles: true, cancelable: true });
      if (this.dispatchEvent(event)) location.href = address;
    } catch (fault) {
      this.said.textContent = fault.message;
    }
    this.button.removeAttribute("aria-disabled");
    this.busy = false;
  }

  // Asks, and asks again until it is there; the address to fetch it from.
  async made() {
    let failures = 0;
    let options = { method: "POST", body: new FormData(this.form) };
    for (;;) {
      const file = await this.state(options);
      options = {};
      if (file?.dataset.file === "ready") return file.querySelector("a[href]")?.href;
      if (file?.dataset.file === "failed") throw new Error(words.failed);
      failures = file ? 0 : failures + 1;
      if (failures > PATIENCE || file?.dataset.file === "none") {
        throw new Error(words.away);
      }
      if (file) this.said.textContent = words.share.replace("{percent}", `${file.dataset.percent} %`);
      await wait(ASK_EVERY);
    }
  }

  // What the page of the file says of it; nothing while the site is away, or if it is not to be made now.
  async state(options) {
    try {
      const answer = await fetch(this.form.action, options);
      if (!answer.ok) return null;
      return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-file]");
    } catch {
      return null;
    }
  }
}

customElements.define("made-file", MadeFile);

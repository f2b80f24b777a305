// Follows a brief: asks how far it is, and shows the whole page again once it was read.

const ASK_EVERY = 700;

class BriefProgress extends HTMLElement {
  connectedCallback() {
    if (!this.hasAttribute("finished")) this.ask();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  ask() {
    this.timer = setTimeout(async () => {
      const fresh = await this.fetched();
      if (fresh?.hasAttribute("finished")) {
        location.reload();
        return;
      }
      if (fresh) this.show(fresh);
      this.ask();
    }, ASK_EVERY);
  }

  async fetched() {
    try {
      const answer = await fetch(this.getAttribute("source"), { credentials: "same-origin" });
      if (!answer.ok) return null;
      return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("brief-progress");
    } catch {
      return null; // The site is away for a moment.
    }
  }

  // Only what has changed, so that whoever stands on the button stays there.
  show(fresh) {
    this.querySelector("progress").value = fresh.querySelector("progress").value;
    for (const part of ["stage", "percent"]) {
      const [old, now] = [this, fresh].map((root) => root.querySelector(`[data-part=${part}]`));
      if (old.textContent !== now.textContent) old.textContent = now.textContent;
    }
  }
}

customElements.define("brief-progress", BriefProgress);

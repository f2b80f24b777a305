// Follows a generation: by socket where there is one, else by asking again. The row in the database is the
// truth; a message only says what it was a moment ago, and the finished page is always fetched.

const ASK_EVERY = 1500;
const ASK_BESIDE_SOCKET = 6000;
const CONNECT_AGAIN = 4000;
const OPEN = 1;

class GenerationProgress extends HTMLElement {
  connectedCallback() {
    this.done = this.hasAttribute("finished");
    if (this.done) return;
    this.ask(ASK_EVERY);
    this.connect();
  }

  disconnectedCallback() {
    this.done = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  connect() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    this.socket = new WebSocket(`${scheme}://${location.host}${this.getAttribute("socket")}`);
    this.socket.addEventListener("message", (event) => this.show(JSON.parse(event.data)));
    this.socket.addEventListener("close", () => {
      if (!this.done) setTimeout(() => this.done || this.connect(), CONNECT_AGAIN);
    });
  }

  ask(after) {
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => {
      await this.fetchPage();
      if (!this.done) this.ask(this.socket?.readyState === OPEN ? ASK_BESIDE_SOCKET : ASK_EVERY);
    }, after);
  }

  async show(progress) {
    if (this.done) return;
    if (progress.finished) {
      await this.fetchPage();
      return;
    }
    if (progress.state !== this.querySelector("[data-state]")?.dataset.state) {
      await this.fetchPage();
      return;
    }
    this.querySelector("progress").value = progress.percent;
    this.querySelector("[data-part=percent]").textContent = `${progress.percent} %`;
    const left = this.querySelector("[data-part=left]");
    left.textContent = left.dataset.words.replace("{seconds}", progress.seconds_left);
    const place = this.querySelector("[data-part=place]");
    if (place) {
      const { before, next } = place.dataset;
      place.textContent = progress.position ? before.replace("{number}", progress.position) : next;
    }
  }

  async fetchPage() {
    try {
      const answer = await fetch(this.getAttribute("source"), { credentials: "same-origin" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("generation-progress");
      if (!fresh || this.done) return;
      const held = this.contains(document.activeElement);
      this.done = fresh.hasAttribute("finished");
      const said = document.querySelector("[data-part=said]");
      if (said) said.textContent = fresh.querySelector("[data-part=stage]")?.textContent ?? "";
      this.toggleAttribute("finished", this.done);
      this.replaceChildren(...fresh.childNodes);
      if (this.done) {
        clearTimeout(this.timer);
        this.socket?.close();
        document.title = this.querySelector("[data-part=title]")?.textContent ?? document.title;
        if (held) this.querySelector("h1, h2")?.focus();
      } else if (held) {
        this.querySelector("button")?.focus();
      }
    } catch {
      // The site is away for a moment; the next question may find it again.
    }
  }
}

customElements.define("generation-progress", GenerationProgress);

/**
 * One example of the landing page: a round button and the picture of its notes, which fills as it plays.
 * Without scripts the browser's own controls stand there instead.
 */
const PLAY = "M9 6.5v11l9-5.5z";
const PAUSE = "M8 6h3v12H8zM13 6h3v12h-3z";

class ExamplePlayer extends HTMLElement {
  #audio;
  #button;

  connectedCallback() {
    if (this.#audio) return;
    this.#audio = this.querySelector("audio");
    this.#audio.controls = false;
    this.#audio.hidden = true;
    this.#button = document.createElement("button");
    this.#button.type = "button";
    this.#button.className = "example__button";
    this.#button.innerHTML = '<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><path fill="currentColor"/></svg>';
    this.prepend(this.#button);
    this.#button.addEventListener("click", () => this.#toggle());
    for (const name of ["play", "pause", "ended", "error"]) this.#audio.addEventListener(name, () => this.#show());
    this.#audio.addEventListener("timeupdate", () => this.#fill());
    this.#show();
  }

  async #toggle() {
    if (!this.#audio.paused) {
      this.#audio.pause();
      return;
    }
    for (const other of document.querySelectorAll("example-player audio")) other.pause();
    try {
      await this.#audio.play();
    } catch (error) {
      if (error.name !== "AbortError") this.#show();
    }
  }

  #show() {
    const playing = !this.#audio.paused && !this.#audio.ended;
    this.#button.querySelector("path").setAttribute("d", playing ? PAUSE : PLAY);
    this.#button.setAttribute("aria-label", playing ? this.dataset.pause : this.dataset.play);
    this.toggleAttribute("data-playing", playing);
    this.#fill();
  }

  #fill() {
    const { currentTime, duration, ended } = this.#audio;
    const played = duration > 0 && !ended ? (100 * currentTime) / duration : 0;
    this.style.setProperty("--played", `${played}%`);
  }
}

customElements.define("example-player", ExamplePlayer);

// The player of a track: a button, the outline as a slider, and the time. It drives the <audio> inside it.

const STEP = 5;
const DRAWING_WIDTH = 240;

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

class TrackPlayer extends HTMLElement {
  connectedCallback() {
    this.audio = this.querySelector("audio");
    this.deck = this.querySelector(".player__deck");
    this.button = this.querySelector(".player__play");
    this.wave = this.querySelector(".player__wave");
    this.played = this.querySelector(".player__played");
    this.time = this.querySelector(".player__time");
    this.audio.controls = false;
    this.deck.hidden = false;
    this.button.addEventListener("click", () => this.toggle());
    this.wave.addEventListener("keydown", (event) => this.key(event));
    this.wave.addEventListener("pointerdown", (event) => this.drag(event));
    for (const name of ["timeupdate", "durationchange", "seeked", "play", "pause", "ended"]) {
      this.audio.addEventListener(name, () => this.draw());
    }
    this.audio.addEventListener("play", () => this.pauseOthers());
    this.audio.addEventListener("error", () => {
      this.time.textContent = this.dataset.broken;
    });
    this.draw();
  }

  get duration() {
    return Number.isFinite(this.audio.duration) ? this.audio.duration : Number(this.getAttribute("seconds"));
  }

  toggle() {
    if (this.audio.paused) {
      this.audio.play();
    } else {
      this.audio.pause();
    }
  }

  seek(seconds) {
    this.audio.currentTime = Math.min(Math.max(0, seconds), this.duration);
    this.draw();
  }

  key(event) {
    const goal = {
      ArrowLeft: this.audio.currentTime - STEP,
      ArrowDown: this.audio.currentTime - STEP,
      ArrowRight: this.audio.currentTime + STEP,
      ArrowUp: this.audio.currentTime + STEP,
      Home: 0,
      End: this.duration,
    }[event.key];
    if (goal !== undefined) {
      event.preventDefault();
      this.seek(goal);
    } else if (event.key === " " || event.key === "Enter") {
      event.preventDefault();
      this.toggle();
    }
  }

  drag(event) {
    const follow = (at) => {
      const box = this.wave.getBoundingClientRect();
      this.seek(((at.clientX - box.left) / box.width) * this.duration);
    };
    follow(event);
    this.wave.setPointerCapture(event.pointerId);
    this.wave.addEventListener("pointermove", follow);
    this.wave.addEventListener("pointerup", () => this.wave.removeEventListener("pointermove", follow), { once: true });
  }

  pauseOthers() {
    for (const audio of document.querySelectorAll("audio")) {
      if (audio !== this.audio) audio.pause();
    }
  }

  draw() {
    const now = this.audio.currentTime;
    const playing = !this.audio.paused;
    this.classList.toggle("player--playing", playing);
    this.button.setAttribute("aria-label", playing ? this.button.dataset.pause : this.button.dataset.play);
    this.played.setAttribute("width", String((now / this.duration) * DRAWING_WIDTH));
    this.wave.setAttribute("aria-valuenow", String(Math.round(now)));
    this.wave.setAttribute("aria-valuetext", this.dataset.at.replace("{now}", clock(now)).replace("{end}", clock(this.duration)));
    this.time.textContent = `${clock(now)} / ${clock(this.duration)}`;
  }
}

customElements.define("track-player", TrackPlayer);

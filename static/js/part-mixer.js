// Mutes and solos the parts of a track. Each part is a sound of its own, fetched only once the listener asks for it;
// the page's player stays the one transport, silent meanwhile, and the parts follow it.

const USUAL_RATE = 32000;
const LOW_RATE = 22050;
const LONG = 300; // Seconds of all parts together, from which on fewer samples are kept of each.
const SOON = 0.03;
const DRIFT = 0.08;
const CLOSING = 0.015;

class PartMixer extends HTMLElement {
  connectedCallback() {
    this.audio = document.querySelector("track-player audio");
    this.ask = this.querySelector(".mixer__ask");
    this.deck = this.querySelector(".mixer__deck");
    if (!this.ask) return;
    this.rows = [...this.querySelectorAll(".parts__part")];
    this.ask.hidden = false;
    this.querySelector(".mixer__plain").hidden = true;
    this.addEventListener("made", (event) => {
      event.preventDefault();
      this.open();
    });
    this.addEventListener("click", (event) => this.press(event.target.closest("[data-switch]")));
    for (const name of ["playing", "seeked"]) this.audio.addEventListener(name, () => this.play());
    for (const name of ["pause", "waiting", "seeking", "ended"]) this.audio.addEventListener(name, () => this.hush());
    this.audio.addEventListener("timeupdate", () => this.keepTogether());
  }

  async open() {
    const said = this.ask.querySelector("[role=status]");
    try {
      if (!this.context) await this.load((words) => { said.textContent = words; });
    } catch {
      said.textContent = this.dataset.broken;
      return;
    }
    said.textContent = "";
    this.switchOver(true);
    this.rows[0].querySelector("button").focus();
  }

  async load(say) {
    const seconds = Number(this.getAttribute("seconds")) * this.rows.length;
    const context = new AudioContext({ sampleRate: seconds > LONG ? LOW_RATE : USUAL_RATE });
    const limiter = this.limiter(context);
    limiter.connect(context.destination);
    this.parts = [];
    for (const [place] of this.rows.entries()) {
      say(this.dataset.loading.replace("{part}", place + 1).replace("{parts}", this.rows.length));
      const answer = await fetch(`${this.getAttribute("source")}${place + 1}.mp3`);
      if (!answer.ok) throw new Error(answer.statusText);
      const buffer = await context.decodeAudioData(await answer.arrayBuffer());
      const gain = new GainNode(context);
      gain.connect(limiter);
      this.parts.push({ buffer, gain });
    }
    this.context = context;
  }

  // Catches the loud moments of all parts together, as the finished track's own limiter did.
  limiter(context) {
    return new DynamicsCompressorNode(context, { threshold: -2, knee: 0, ratio: 20, attack: 0.002, release: 0.1 });
  }

  // Lets the parts sound in place of the finished track, or that again.
  switchOver(mixing) {
    this.mixing = mixing;
    this.audio.muted = mixing;
    this.ask.hidden = mixing;
    this.deck.hidden = !mixing;
    for (const row of this.rows) row.querySelector(".parts__switches").hidden = !mixing;
    if (mixing) {
      this.set();
      this.play();
    } else {
      this.hush();
      for (const path of this.querySelectorAll(".roll__part--silent")) path.classList.remove("roll__part--silent");
      this.ask.querySelector("button").focus();
    }
  }

  press(button) {
    if (!button) return;
    if (button.dataset.switch === "leave") {
      this.switchOver(false);
    } else {
      button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
      this.set();
    }
  }

  set() {
    const pressed = (row, name) => row.querySelector(`[data-switch=${name}]`).getAttribute("aria-pressed") === "true";
    const alone = this.rows.some((row) => pressed(row, "solo"));
    for (const [place, row] of this.rows.entries()) {
      const heard = alone ? pressed(row, "solo") : !pressed(row, "mute");
      this.parts[place].gain.gain.setTargetAtTime(heard ? 1 : 0, this.context.currentTime, CLOSING);
      row.toggleAttribute("data-silent", !heard);
      this.querySelector(`path[data-part="${place}"]`).classList.toggle("roll__part--silent", !heard);
    }
  }

  async play() {
    if (!this.mixing || this.audio.paused) return;
    await this.context.resume();
    this.hush();
    const at = this.audio.currentTime;
    const when = this.context.currentTime + SOON;
    this.zero = when - SOON - at;
    this.sources = this.parts.map(({ buffer, gain }) => {
      const source = new AudioBufferSourceNode(this.context, { buffer });
      source.connect(gain);
      source.start(when, at + SOON);
      return source;
    });
  }

  hush() {
    for (const source of this.sources ?? []) source.stop();
    this.sources = null;
  }

  keepTogether() {
    if (!this.sources || this.audio.paused) return;
    if (Math.abs(this.context.currentTime - this.zero - this.audio.currentTime) > DRIFT) this.play();
  }
}

customElements.define("part-mixer", PartMixer);

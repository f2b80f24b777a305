// The piano roll: a line that moves with the player, and a way to seek in it with the pointer.

class TrackRoll extends HTMLElement {
  connectedCallback() {
    this.audio = document.querySelector("track-player audio");
    this.now = this.querySelector(".roll__now");
    this.now.removeAttribute("hidden");
    for (const name of ["play", "seeked", "timeupdate"]) this.audio.addEventListener(name, () => this.draw());
    this.querySelector("svg").addEventListener("click", (event) => this.seek(event));
    this.draw();
  }

  get scale() {
    return Number(this.getAttribute("scale"));
  }

  seek(event) {
    const left = event.currentTarget.getBoundingClientRect().left;
    this.audio.currentTime = (event.clientX - left) / this.scale;
  }

  draw() {
    const x = this.audio.currentTime * this.scale;
    this.now.setAttribute("transform", `translate(${x.toFixed(1)})`);
    if (this.audio.paused) return;
    if (x < this.scrollLeft || x > this.scrollLeft + this.clientWidth) this.scrollLeft = x - this.clientWidth / 10;
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }
}

customElements.define("track-roll", TrackRoll);

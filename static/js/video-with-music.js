// A video with a track beneath it. The video is the clock: the music follows its play, its seeks and its speed.

const FARTHEST = 0.12; // Seconds that the two may be apart; a smaller jump is heard more than it helps.

class VideoWithMusic extends HTMLElement {
  connectedCallback() {
    this.video = this.querySelector("video");
    this.audio = this.querySelector("audio");
    this.querySelector("[data-part=alone]").hidden = true;
    this.querySelector("[data-part=volumes]").hidden = false;
    this.video.addEventListener("play", () => this.follow());
    this.video.addEventListener("playing", () => this.follow());
    for (const name of ["pause", "waiting", "ended"]) {
      this.video.addEventListener(name, () => this.audio.pause());
    }
    for (const name of ["seeking", "seeked", "timeupdate"]) {
      this.video.addEventListener(name, () => this.align());
    }
    this.video.addEventListener("ratechange", () => {
      this.audio.playbackRate = this.video.playbackRate;
    });
    this.video.addEventListener("error", () => {
      this.querySelector("[data-part=broken]").hidden = false;
    });
    for (const slider of this.querySelectorAll("[data-volume]")) {
      slider.addEventListener("input", () => {
        this[slider.dataset.volume].volume = Number(slider.value);
      });
    }
    // Another player of the page begins: one at a time.
    document.addEventListener("play", (event) => this.contains(event.target) || this.video.pause(), true);
  }

  follow() {
    for (const other of document.querySelectorAll("audio")) {
      if (other !== this.audio) other.pause();
    }
    this.align();
    if (this.audio.paused && !this.isOver) this.audio.play().catch(() => {});
  }

  align() {
    if (this.isOver) {
      this.audio.pause();
    } else if (Math.abs(this.audio.currentTime - this.video.currentTime) > FARTHEST) {
      this.audio.currentTime = this.video.currentTime;
    }
  }

  // The video goes on after the music.
  get isOver() {
    return Number.isFinite(this.audio.duration) && this.video.currentTime >= this.audio.duration;
  }
}

customElements.define("video-with-music", VideoWithMusic);

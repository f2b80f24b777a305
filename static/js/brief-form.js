// What a video is about: a file can be dropped, and the form sends itself once only.

class BriefForm extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    const button = form.querySelector("[type=submit]");
    const file = form.querySelector("[type=file]");
    const tooLarge = this.querySelector("[data-part=too-large]");
    this.takeDrops(this.querySelector("[data-part=drop]"), file);
    form.addEventListener("submit", (event) => {
      // Said here, since a server that refuses it while it is being sent cannot be heard.
      tooLarge.hidden = !(file.files[0]?.size > Number(tooLarge.dataset.most) * 1e6);
      if (!tooLarge.hidden || button.getAttribute("aria-disabled") === "true") {
        event.preventDefault();
        return;
      }
      button.setAttribute("aria-disabled", "true");
      button.textContent = button.dataset.sending;
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted && crypto.randomUUID) {
        form.elements["brief-submission"].value = crypto.randomUUID();
      }
      button.removeAttribute("aria-disabled");
      button.textContent = button.dataset.label;
    });
  }

  takeDrops(zone, input) {
    zone.classList.add("drop--ready");
    zone.querySelector("[data-part=invitation]").hidden = false;
    zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      zone.classList.add("drop--over");
    });
    zone.addEventListener("dragleave", () => zone.classList.remove("drop--over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      zone.classList.remove("drop--over");
      if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
      input.focus();
    });
  }
}

customElements.define("brief-form", BriefForm);

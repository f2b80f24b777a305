// The studio's form: shows the intensity as a number, fills in usual lengths, and sends itself once only.

class MoodForm extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    const intensity = form.elements.intensity;
    const shown = this.querySelector("[data-part=intensity]");
    const show = () => {
      shown.textContent = `${Math.round(intensity.value * 100)} %`;
    };
    intensity.addEventListener("input", show);
    show();
    for (const preset of this.querySelectorAll("[data-seconds]")) {
      preset.hidden = false;
      preset.addEventListener("click", () => {
        form.elements.seconds.value = preset.dataset.seconds;
        form.elements.seconds.focus();
      });
    }
    form.addEventListener("submit", () => {
      const button = form.querySelector("[type=submit]");
      button.setAttribute("aria-disabled", "true");
      button.textContent = button.dataset.sending;
    });
    window.addEventListener("pageshow", (event) => {
      // Back from a track under way: what is sent now is another wish.
      if (event.persisted && crypto.randomUUID) form.elements.submission.value = crypto.randomUUID();
      const button = form.querySelector("[type=submit]");
      button.removeAttribute("aria-disabled");
      button.textContent = button.dataset.label;
    });
  }
}

customElements.define("mood-form", MoodForm);

// The understood timeline: what is chosen shows at once in its colours, and the form sends itself once only.

class BriefPlan extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    for (const row of this.querySelectorAll("[data-row]")) this.follow(row);
    const button = form.querySelector("[type=submit]");
    form.addEventListener("submit", () => {
      button.setAttribute("aria-disabled", "true");
      button.textContent = button.dataset.sending;
    });
    window.addEventListener("pageshow", (event) => {
      // Back from a track under way: what is sent now is another wish.
      if (event.persisted && crypto.randomUUID) form.elements.submission.value = crypto.randomUUID();
      button.removeAttribute("aria-disabled");
      button.textContent = button.dataset.label;
    });
  }

  follow(row) {
    const mood = row.querySelector("select");
    const slider = row.querySelector("[type=range]");
    const shown = row.querySelector("[data-part=intensity]");
    const block = this.querySelector(`[data-block="${row.dataset.row}"]`);
    const show = () => {
      shown.textContent = `${Math.round(slider.value * 100)} %`;
      for (const part of [row, block]) part.setAttribute("class", `feels feels--${mood.value}`);
      block.querySelector(".timeline__mood").textContent = mood.selectedOptions[0].textContent;
    };
    mood.addEventListener("change", show);
    slider.addEventListener("input", show);
    show();
  }
}

customElements.define("brief-plan", BriefPlan);

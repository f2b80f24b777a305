// Copies the value of the field it stands beside; where the browser may not, it selects it.

class CopyButton extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const field = document.getElementById(this.getAttribute("for"));
    const said = this.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        said.textContent = this.dataset.done;
      } catch {
        said.textContent = this.dataset.byHand;
      }
    });
  }
}

customElements.define("copy-button", CopyButton);

/** How large names are, on one line and on two: measured once, all at the same time. */

export interface Mass {
  readonly breite: number;
  readonly hoehe: number;
}

interface Masse {
  /** What the size depends on, beside the style sheet. */
  readonly inhalt: string;
  readonly einzeilig: Mass;
  /** null where the name cannot be broken. */
  readonly zweizeilig: Mass | null;
}

export class Schriftmasse {
  private masse = new WeakMap<HTMLElement, Masse>();

  /** After what may change every size, as a narrower window or larger letters do. */
  vergiss(): void {
    this.masse = new WeakMap();
  }

  /** Measures those that are not known; they are visible and on one line afterwards. */
  miss(schilder: readonly HTMLElement[], mitZahl: boolean): void {
    const neue = schilder.filter(
      (schild) => this.masse.get(schild)?.inhalt !== inhalt(schild, mitZahl),
    );
    if (!neue.length) return;
    const zerlegbar = (schild: HTMLElement): boolean => schild.textContent.includes("-");
    // Write, read, write, read: in between the browser lays out the page once, not once a name.
    for (const schild of neue) {
      schild.hidden = false;
      schild.removeAttribute("data-umbruch");
    }
    const einzeilig = neue.map(mass);
    for (const schild of neue) schild.toggleAttribute("data-umbruch", zerlegbar(schild));
    const zweizeilig = neue.map((schild) => (zerlegbar(schild) ? mass(schild) : null));
    neue.forEach((schild, i) => {
      schild.removeAttribute("data-umbruch");
      this.masse.set(schild, {
        inhalt: inhalt(schild, mitZahl),
        einzeilig: einzeilig[i]!,
        zweizeilig: zweizeilig[i]!,
      });
    });
  }

  /** null while it is not measured, or where there is no second line. */
  von(schild: HTMLElement, umbruch: boolean): Mass | null {
    const masse = this.masse.get(schild);
    return (umbruch ? masse?.zweizeilig : masse?.einzeilig) ?? null;
  }
}

function mass({ offsetWidth, offsetHeight }: HTMLElement): Mass {
  return { breite: offsetWidth, hoehe: offsetHeight };
}

/** The number of a district is drawn by the style sheet, while its layer is on. */
function inhalt(schild: HTMLElement, mitZahl: boolean): string {
  return `${schild.textContent} ${mitZahl ? (schild.dataset["zahl"] ?? "") : ""}`;
}

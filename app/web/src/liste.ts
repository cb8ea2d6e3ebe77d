/** The result list: the server's entries are taken over, further ones cloned from its template. */
import { alle, element, finde, fuelle, setzeText, vorlage } from "./dom";
import type { Bild, Kern } from "./kern";
import {
  codeVon,
  entfernungInWorten,
  labelsVon,
  laufzeit,
  projektAdresse,
  standorteVon,
} from "./projekt";

export class Liste {
  private readonly eintraege = new Map<string, HTMLElement>();
  private readonly hatKarte = finde("#karte") !== null;

  constructor(
    private readonly kern: Kern,
    private readonly liste: HTMLElement,
  ) {
    for (const kind of liste.children)
      if (kind instanceof HTMLElement && kind.dataset["id"])
        this.eintraege.set(kind.dataset["id"], kind);
    for (const knopf of alle("[data-zeigen]", liste)) knopf.hidden = !this.hatKarte;
    liste.addEventListener("click", (ereignis) => this.zeigeAufKarte(ereignis));
  }

  zeige(bild: Bild): void {
    const { zeilen, entfernungen } = bild.ergebnis;
    const neu = Array.from(zeilen, (zeile) => {
      const eintrag = this.eintrag(zeile, bild);
      this.schreibeEntfernung(eintrag, entfernungen?.[zeile]);
      return eintrag;
    });
    const gleich =
      neu.length === this.liste.childElementCount &&
      neu.every((eintrag, i) => this.liste.children[i] === eintrag);
    if (!gleich) this.liste.replaceChildren(...neu);
    // The whole result stands here now; the server's pages of it are for browsers without script.
    this.liste.removeAttribute("start");
    finde("nav.blaettern")?.remove();
    const leer = finde("#leer");
    if (leer) leer.hidden = neu.length > 0;
    this.markiere(bild);
  }

  private eintrag(zeile: number, { engine: { index } }: Bild): HTMLElement {
    const id = index.id[zeile] ?? "";
    const vorhanden = this.eintraege.get(id);
    if (vorhanden) return vorhanden;
    const neu = vorlage("vorlage-eintrag") ?? element("li");
    const { blatt, texte } = this.kern;
    neu.dataset["id"] = id;
    const bezirke = labelsVon(index, blatt, "stadtbezirk", zeile).join(", ");
    const [status = ""] = labelsVon(index, blatt, "status", zeile);
    const name = index.name[zeile] ?? "";
    const ohneOrt = standorteVon(index, zeile).length ? "" : texte("liste.ohne_lage");
    fuelle(neu, {
      name,
      meta: [bezirke, status, laufzeit(index, zeile, texte), ohneOrt].filter(Boolean).join(" · "),
    });
    finde('[data-feld="name"]', neu)?.setAttribute("href", projektAdresse(blatt, id));
    this.schreibeHandlungsfeld(neu, codeVon(index, "handlungsfeld", zeile));
    const zeigen = finde("[data-zeigen]", neu);
    if (zeigen) zeigen.hidden = !this.hatKarte;
    if (ohneOrt) zeigen?.remove();
    zeigen?.setAttribute("aria-label", `${texte("liste.zeigen")}: ${name}`);
    this.eintraege.set(id, neu);
    return neu;
  }

  private schreibeHandlungsfeld(eintrag: HTMLElement, code: string): void {
    const symbol = finde('[data-feld="handlungsfeld"]', eintrag);
    if (!symbol) return;
    symbol.dataset["code"] = code;
    const name = this.kern.blatt.codes["handlungsfeld"]?.[code]?.label ?? "";
    symbol.setAttribute("aria-label", name);
  }

  private schreibeEntfernung(eintrag: HTMLElement, meter: number | undefined): void {
    const slot = finde('[data-feld="entfernung"]', eintrag);
    if (!slot) return;
    slot.hidden = meter === undefined || Number.isNaN(meter);
    if (meter !== undefined && !slot.hidden)
      setzeText(slot, entfernungInWorten(meter, this.kern.texte));
  }

  private markiere({ abfrage }: Bild): void {
    const offen = abfrage.get("projekt")?.[0];
    for (const [id, eintrag] of this.eintraege) {
      if (id === offen) eintrag.setAttribute("data-offen", "");
      else eintrag.removeAttribute("data-offen");
    }
  }

  private zeigeAufKarte(ereignis: Event): void {
    if (!(ereignis.target instanceof Element)) return;
    const knopf = ereignis.target.closest<HTMLElement>("[data-zeigen]");
    const id = knopf?.closest<HTMLElement>("[data-id]")?.dataset["id"];
    if (!knopf || !id) return;
    ereignis.preventDefault();
    document.dispatchEvent(new Event("nordwaerts:karte"));
    this.kern.oeffne(id, () => knopf.focus());
  }
}

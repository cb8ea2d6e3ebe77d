"""What a page is to somebody with larger letters, more space between them, or a small screen."""

from typing import Any

from playwright.sync_api import Frame, Page

_ABSTAENDE = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }
"""

_ABGESCHNITTEN = """() => {
  const sichtbar = e => e.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const versteckt = e => getComputedStyle(e).clipPath !== 'none';
  const text = e => [...e.childNodes].some(k => k.nodeType === 3 && k.data.trim());
  const kappt = wert => wert === 'hidden' || wert === 'clip';
  const funde = [];
  for (const e of document.querySelectorAll('body *')) {
    if (!sichtbar(e) || e.closest('[aria-hidden=true], #karte') || versteckt(e)) continue;
    const stil = getComputedStyle(e);
    if (stil.webkitLineClamp !== 'none' || e.closest('.nur-vorlesen')) continue;
    const breit = kappt(stil.overflowX) && e.scrollWidth > e.clientWidth + 1;
    const hoch = kappt(stil.overflowY) && e.scrollHeight > e.clientHeight + 1;
    const enthaelt = text(e) || e.querySelector('p, span, a, button, label');
    if ((breit || hoch) && enthaelt && e.clientWidth && stil.display !== 'inline')
      funde.push(`${e.tagName}.${e.className}#${e.id}: ${e.scrollWidth}×${e.scrollHeight} in `
        + `${e.clientWidth}×${e.clientHeight}`);
  }
  return funde;
}"""

_UEBERDECKT = """() => {
  const wahl = 'a[href], button, input, select, summary, label, h1, h2, h3, p, dt, dd';
  const funde = [];
  const kopf = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
  for (const e of document.querySelectorAll(wahl)) {
    if (!e.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    if (e.closest('.nur-vorlesen, .sprung, [inert], .leaflet-container, svg')) continue;
    if (getComputedStyle(e).clipPath !== 'none') continue;
    if (!e.textContent.trim() && !e.matches('input,select,button')) continue;
    e.scrollIntoView({block: 'center', inline: 'nearest', behavior: 'instant'});
    const k = [...e.getClientRects()].find(r => r.width > 1 && r.height > 1);
    if (!k) continue;
    const x = k.left + k.width / 2, y = k.top + Math.min(k.height / 2, 12);
    if (x < 0 || y < kopf || x >= innerWidth || y >= innerHeight) continue;
    const oben = document.elementFromPoint(x, y);
    if (!oben || e.contains(oben) || oben.contains(e)) continue;
    // An empty, transparent box hides nothing.
    const durchsichtig = getComputedStyle(oben).backgroundColor === 'rgba(0, 0, 0, 0)';
    if (!oben.textContent.trim() && durchsichtig) continue;
    funde.push(`${e.tagName}.${e.className} „${e.textContent.trim().slice(0, 40)}“ unter `
      + `${oben.tagName}.${oben.className}`);
  }
  scrollTo(0, 0);
  return funde;
}"""


def schriftgroesse(seite: Page, prozent: int) -> None:
    """Set the browser's own text size, which em media queries follow; 16 px are 100 percent."""
    cdp = seite.context.new_cdp_session(seite)
    px = round(16 * prozent / 100)
    cdp.send("Page.setFontSizes", {"fontSizes": {"standard": px, "fixed": px}})


def textabstaende(seite: Page | Frame) -> None:
    """Apply the spacing of WCAG 1.4.12, as a reader's own style sheet would."""
    seite.evaluate(
        """css => {
          const blatt = new CSSStyleSheet();
          blatt.replaceSync(css);
          document.adoptedStyleSheets = [...document.adoptedStyleSheets, blatt];
        }""",
        _ABSTAENDE,
    )


def abgeschnitten(seite: Page | Frame) -> list[str]:
    """Return the elements whose text does not fit and cannot be scrolled to."""
    return _liste(seite.evaluate(_ABGESCHNITTEN))


def ueberdeckt(seite: Page | Frame) -> list[str]:
    """Return the texts and controls that lie under something else when scrolled to."""
    return _liste(seite.evaluate(_UEBERDECKT))


def zu_breit(seite: Page | Frame) -> int:
    """By how many pixels the page can be scrolled sideways."""
    return int(
        seite.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
    )


def _liste(wert: Any) -> list[str]:
    return [str(einzeln) for einzeln in wert]

"""The same documents as pages: title, text, tables, ways on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.darstellung import Darstellung, Text
from app.ogc.dokumente import KONFORMITAET, Dokumente
from app.ogc.items import Blatt
from app.ogc.sammlung import KOLLEKTIONEN, Sammlung
from layers.herkunft import herkunft

_ZEICHEN: Final = 160
"""Longest text in a cell of a table of features."""


@dataclass(frozen=True, slots=True)
class Zelle:
    """One cell; ``href`` makes it a link, ``lang`` says if it is not in the page's language."""

    text: str
    href: str = ""
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Tafel:
    """A table: its caption, the heads of its columns, its rows; the first cell names the row."""

    titel: str
    kopf: tuple[str, ...]
    zeilen: tuple[tuple[Zelle, ...], ...]


@dataclass(frozen=True, slots=True)
class Ogcseite:
    """The context of ``ogc.html``.

    Attributes
    ----------
    pfad
        Where the page lies: links from the landing page down to its parent.
    json
        Address of the same document for programs.
    vorige, naechste
        Addresses of the pages before and after.
    """

    titel: Text
    text: str
    pfad: tuple[Zelle, ...]
    json: str
    tafeln: tuple[Tafel, ...]
    vorige: str = ""
    naechste: str = ""


@dataclass(frozen=True, slots=True)
class Seiten:
    """Makes the pages of one snapshot in one language."""

    d: Darstellung
    dokumente: Dokumente

    def start(self) -> Ogcseite:
        """Return the landing page."""
        t, urls = self.d.t, self.d.urls
        wege = (
            ("ogc.sammlungen", "/collections"),
            ("ogc.konformitaet", "/conformance"),
            ("ogc.api", "/api"),
        )
        zeilen = tuple(
            (Zelle(t(key), urls.ogc(pfad)), Zelle(t(f"{key}.text"))) for key, pfad in wege
        )
        tafel = Tafel(t("ogc.inhalt"), (t("ogc.spalte.name"), t("ogc.spalte.text")), zeilen)
        return self._seite(Text(t("ogc.titel")), t("ogc.text"), "", (tafel, self._tafel()))

    def konformitaet(self) -> Ogcseite:
        """Return the conformance declaration."""
        t = self.d.t
        zeilen = tuple((Zelle(klasse, klasse),) for klasse in KONFORMITAET)
        tafel = Tafel(t("ogc.konformitaet"), (t("ogc.spalte.klasse"),), zeilen)
        return self._seite(
            Text(t("ogc.konformitaet")), t("ogc.konformitaet.text"), "/conformance", (tafel,)
        )

    def api(self, beschreibung: Mapping[str, Any]) -> Ogcseite:
        """Return the description of the interface, an address a row."""
        t, adresse = self.d.t, self.dokumente.adresse()
        zeilen = tuple(
            (Zelle(f"GET {adresse}{pfad}"), Zelle(", ".join(_parameter(op["get"]))))
            for pfad, op in beschreibung["paths"].items()
        )
        kopf = (t("ogc.spalte.adresse"), t("ogc.spalte.parameter"))
        return self._seite(
            Text(t("ogc.api")), t("ogc.api.text"), "/api", (Tafel(t("ogc.api"), kopf, zeilen),)
        )

    def sammlungen(self) -> Ogcseite:
        """Return the list of collections."""
        t = self.d.t
        return self._seite(
            Text(t("ogc.sammlungen")), t("ogc.sammlungen.text"), "/collections", (self._tafel(),)
        )

    def sammlung(self, s: Sammlung) -> Ogcseite:
        """Return the description of a collection."""
        t, urls = self.d.t, self.d.urls
        quelle = herkunft(s.id, self.dokumente.snapshot.quellen)
        beschreibung = self.dokumente.sammlung(s)
        ausdehnung = beschreibung["extent"]
        rahmen = ausdehnung.get("spatial", {}).get("bbox", [[]])[0]
        zeit = ausdehnung.get("temporal", {}).get("interval", [[]])[0]
        lizenz = quelle.lizenz
        deutsch = self.d.deutsch("").lang
        paare = (
            ("ogc.items", Zelle(t("ogc.anzahl", len(s)), urls.ogc(f"/collections/{s.id}/items"))),
            ("ogc.merkmale", Zelle(str(len(s.arten)), urls.ogc(f"/collections/{s.id}/queryables"))),
            ("ogc.datei", Zelle(f"{s.id}.geojson", urls.daten(s.id))),
            ("ogc.rahmen", Zelle(", ".join(map(str, rahmen)))),
            ("ogc.zeitraum", Zelle(" – ".join((tag or "…")[:10] for tag in zeit))),
            (
                "ogc.systeme",
                Zelle(", ".join(crs.rsplit("/", 1)[-1] for crs in beschreibung["crs"])),
            ),
            ("ogc.herausgeber", Zelle(beschreibung["attribution"], lang=deutsch)),
            ("ogc.lizenz", Zelle(lizenz.name, lizenz.text, deutsch) if lizenz else Zelle("")),
        )
        zeilen = tuple((Zelle(t(key)), zelle) for key, zelle in paare if zelle.text)
        kopf = (t("ogc.spalte.name"), t("ogc.spalte.wert"))
        tafel = Tafel(t("ogc.eckdaten"), kopf, zeilen)
        return self._seite(self._titel(s), t(f"ogc.text.{s.id}"), f"/collections/{s.id}", (tafel,))

    def merkmale(self, s: Sammlung) -> Ogcseite:
        """Return what can be filtered by."""
        t = self.d.t
        schemata = self.dokumente.merkmale(s)["properties"]
        zeilen = tuple(
            (
                Zelle(name),
                Zelle(schema["title"]),
                Zelle(schema.get("type", schema.get("format", ""))),
                Zelle(", ".join(schema.get("enum", ())) or schema.get("description", "")),
            )
            for name, schema in schemata.items()
        )
        kopf = tuple(t(f"ogc.spalte.{key}") for key in ("name", "text", "art", "werte"))
        tafel = Tafel(t("ogc.merkmale"), kopf, zeilen)
        pfad = f"/collections/{s.id}/queryables"
        return self._seite(Text(t("ogc.merkmale")), t("ogc.merkmale.text"), pfad, (tafel,), s)

    def items(self, blatt: Blatt) -> Ogcseite:
        """Return one page of features."""
        t, s, f = self.d.t, blatt.sammlung, blatt.anfrage.format
        pfad, spalten = f"/collections/{s.id}/items", KOLLEKTIONEN[s.id]
        zeilen = tuple(
            (
                Zelle(s.ids[zeile], self.d.urls.ogc(f"{pfad}/{s.ids[zeile]}")),
                *(self._wert(s.eigenschaften(zeile).get(name)) for name in spalten),
            )
            for zeile in blatt.zeilen.tolist()
        )
        kopf = ("id", *(self._spaltentitel(s, name) for name in spalten))
        gezeigt = t("ogc.gezeigt", blatt.gesamt, anzahl=len(blatt.zeilen))
        ziele = [
            "" if offset is None else f"/ogc{pfad}{blatt.ziel(f, offset)}"
            for offset in (blatt.vorige(), blatt.naechste())
        ]
        return Ogcseite(
            titel=self._titel(s),
            text=gezeigt,
            pfad=self._pfad(pfad, s),
            json=f"/ogc{pfad}{blatt.ziel('json', blatt.anfrage.offset)}",
            tafeln=(Tafel(t("ogc.items"), kopf, zeilen),) if zeilen else (),
            vorige=ziele[0],
            naechste=ziele[1],
        )

    def feature(self, s: Sammlung, zeile: int, geometrie: str, query: str) -> Ogcseite:
        """Return one feature; ``geometrie``: as GeoJSON, in the system that was asked for."""
        t, fid = self.d.t, s.ids[zeile]
        werte = s.eigenschaften(zeile)
        zeilen = tuple(
            (Zelle(self._spaltentitel(s, name)), self._wert(wert, ganz=True))
            for name, wert in werte.items()
            if wert is not None
        )
        kopf = (t("ogc.spalte.name"), t("ogc.spalte.wert"))
        lage = Tafel(t("ogc.geometrie"), ("GeoJSON",), ((Zelle(geometrie),),))
        name = str(werte.get("name") or fid)
        return Ogcseite(
            titel=self.d.deutsch(name),
            text=fid,
            pfad=self._pfad(f"/collections/{s.id}/items/{fid}", s),
            json=f"/ogc/collections/{s.id}/items/{fid}{query}",
            tafeln=(Tafel(t("ogc.merkmale"), kopf, zeilen), lage),
        )

    def _tafel(self) -> Tafel:
        t, urls = self.d.t, self.d.urls
        zeilen = tuple(
            (
                Zelle(t(f"ogc.titel.{id_}"), urls.ogc(f"/collections/{id_}")),
                Zelle(t(f"ogc.text.{id_}")),
                Zelle(
                    t("ogc.anzahl", len(self.dokumente.bestand[id_])),
                    urls.ogc(f"/collections/{id_}/items"),
                ),
            )
            for id_ in KOLLEKTIONEN
        )
        kopf = (t("ogc.spalte.name"), t("ogc.spalte.text"), t("ogc.items"))
        return Tafel(t("ogc.sammlungen"), kopf, zeilen)

    def _titel(self, s: Sammlung) -> Text:
        return Text(self.d.t(f"ogc.titel.{s.id}"))

    def _spaltentitel(self, s: Sammlung, name: str) -> str:
        return str(self.dokumente.merkmal(s, name)["title"])

    def _wert(self, wert: object, *, ganz: bool = False) -> Zelle:
        text = "" if wert is None else str(wert)
        kurz = text if ganz or len(text) <= _ZEICHEN else text[:_ZEICHEN] + "…"
        return Zelle(kurz, lang=self.d.deutsch("").lang if isinstance(wert, str) else None)

    def _pfad(self, pfad: str, s: Sammlung | None = None) -> tuple[Zelle, ...]:
        t, urls = self.d.t, self.d.urls
        oben = [Zelle(t("ogc.titel"), urls.ogc())] if pfad else []
        if s is not None or pfad.count("/") > 1:
            oben.append(Zelle(t("ogc.sammlungen"), urls.ogc("/collections")))
        if s is not None:
            oben.append(Zelle(t(f"ogc.titel.{s.id}"), urls.ogc(f"/collections/{s.id}")))
        return tuple(oben)

    def _seite(
        self,
        titel: Text,
        text: str,
        pfad: str,
        tafeln: tuple[Tafel, ...],
        s: Sammlung | None = None,
    ) -> Ogcseite:
        return Ogcseite(titel, text, self._pfad(pfad, s), f"/ogc{pfad}?f=json", tafeln)


def _parameter(operation: Mapping[str, Any]) -> Iterable[str]:
    for parameter in operation["parameters"]:
        yield parameter.get("name") or parameter["$ref"].rsplit("/", 1)[-1]

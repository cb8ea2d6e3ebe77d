"""What an update did, or why it was refused, in German (build half)."""

from collections.abc import Iterator

from app.katalog import Katalog
from layers.ablehnung import Abgelehnt
from layers.amtlich.aktualisieren import ANZAHL, Aenderung, Bericht


def ablehnung(fehler: Abgelehnt, t: Katalog) -> str:
    """Return what is wrong, where, what to do, and that nothing was changed."""
    return f"{t(f'update.abgelehnt.{fehler.grund}', **fehler.werte)} {t('update.bleibt')}"


def saetze(bericht: Bericht, t: Katalog) -> Iterator[str]:
    """Return what was fetched, how well it fits now, and what is different."""
    vorher, nachher = bericht.abdeckung.vorher, bericht.abdeckung.nachher
    yield t("update.abgerufen", kilobyte=round(bericht.bytes / 1000), stand=bericht.stand)
    yield t(
        "update.bereinigt",
        luecken=vorher.luecken,
        luecken_ha=round(vorher.luecken_ha, 1),
        groesste_ha=round(vorher.groesste_luecke_ha, 1),
        ueberlappung_ha=round(vorher.ueberlappung_ha, 1),
        nachher=nachher.luecken,
        nachher_ha=round(nachher.ueberlappung_ha, 1),
    )
    yield t(
        "update.abweichung",
        prozent=round(float(bericht.abdeckung.abweichung.max()) * 100, 2),
        name=bericht.groesste_abweichung,
    )
    yield t("update.flaeche", ha=round(bericht.ha, 1), ha_alt=round(bericht.ha_alt, 1))
    if not bericht.aenderungen:
        yield t("update.unveraendert", anzahl=ANZAHL)
        return
    yield t("update.geaendert", len(bericht.aenderungen), anzahl=ANZAHL)
    for aenderung in bericht.aenderungen:
        yield f"  {aenderung.nr} {_aenderung(aenderung, t)}"


def _aenderung(aenderung: Aenderung, t: Katalog) -> str:
    teile = [aenderung.name]
    if aenderung.name != aenderung.name_alt:
        teile = [t("update.name", name=aenderung.name, name_alt=aenderung.name_alt)]
    if aenderung.ha != aenderung.ha_alt:
        teile.append(t("update.hektar", ha=aenderung.ha, ha_alt=aenderung.ha_alt))
    if aenderung.umriss:
        teile.append(t("update.umriss"))
    return ", ".join(teile)

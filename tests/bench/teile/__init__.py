"""One part, one module: ``miss`` measures, ``zeige`` makes its section, ``ziele`` judges it."""
